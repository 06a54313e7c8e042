//! The proleptic Gregorian calendar in UTC, between year 1 and year 9999, in 32-bit arithmetic.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "years are at most 9999 and every other field has at most two digits, so that nothing comes near 32 bits"
)]

/// Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that a leap day is the last
/// day of its year.
const EPOCH: u32 = 719_468;
const SECONDS_A_DAY: i64 = 86_400;

/// A date and a time of day, as a clock in UTC shows them; the order of the fields is that of time.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Civil {
    /// 1 to 9999.
    pub(crate) year: u16,
    /// 1 to 12.
    pub(crate) month: u8,
    /// 1 to 31.
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    /// 0 to 60.
    pub(crate) second: u8,
}

impl Civil {
    /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970-01-01.
    pub(crate) const MIN: i64 = -62_135_596_800;
    pub(crate) const MAX: i64 = 253_402_300_799;

    /// The days of this month in this year, 28 to 31.
    pub(crate) const fn days_in_month(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    /// Seconds since 1970-01-01.
    pub(crate) const fn unix(self) -> i64 {
        // Counted from March, the months before each month take (153 m + 2) / 5 days.
        let (year, month) = match self.month {
            1 | 2 => (self.year as u32 - 1, self.month as u32 + 9),
            _ => (self.year as u32, self.month as u32 - 3),
        };
        let days = year * 365 + year / 4 - year / 100
            + year / 400
            + (153 * month + 2) / 5
            + self.day as u32
            - 1;
        let time = (self.hour as u32 * 60 + self.minute as u32) * 60 + self.second as u32;
        (days as i64 - EPOCH as i64) * SECONDS_A_DAY + time as i64
    }

    /// The day of `unix`, which lies between `MIN` and `MAX`, in days since 0000-03-01, and the
    /// second of that day.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`unix` lies between MIN and MAX"
    )]
    const fn day_and_second(unix: i64) -> (u32, u32) {
        let since_march = unix + EPOCH as i64 * SECONDS_A_DAY;
        // 86,400 is 128 times 675, and 10,000 years are less than 2^32 times 128 seconds: a
        // division in 32 bits does.
        let day = (since_march >> 7) as u32 / 675;
        (day, (since_march - day as i64 * SECONDS_A_DAY) as u32)
    }

    /// The civil time of `unix`, which lies between `MIN` and `MAX`.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "each value is in the range that its field states"
    )]
    pub(crate) const fn from_unix(unix: i64) -> Self {
        let (days, time) = Self::day_and_second(unix);
        // 146,097 days in 400 years, 36,524 in a century of the first three, 1,461 in four years.
        let (cycles, days) = (days / 146_097, days % 146_097);
        let year_of_cycle = (days - days / 1460 + days / 36_524 - days / 146_096) / 365;
        let day_of_year = days - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let year = cycles * 400 + year_of_cycle;
        let (year, month) = if month < 10 {
            (year, month + 3)
        } else {
            (year + 1, month - 9)
        };
        Self {
            year: year as u16,
            month: month as u8,
            day: day as u8,
            hour: (time / 3600) as u8,
            minute: (time / 60 % 60) as u8,
            second: (time % 60) as u8,
        }
    }

    /// The day of the week of `unix`, 0 for Sunday.
    pub(crate) const fn weekday(unix: i64) -> u32 {
        // 0000-03-01 is a Wednesday.
        (Self::day_and_second(unix).0 + 3) % 7
    }

    /// This time with a year of two digits read as RFC 9110 §5.6.7 wants: in the century of `now`,
    /// unless that is more than 50 years after `now`; then in the century before.
    pub(crate) fn with_two_digit_year(self, now: Self) -> Self {
        let year = now.year - now.year % 100 + self.year;
        let limit = Self {
            year: now.year + 50,
            ..now
        };
        // Field by field, so that 50 years after 29 February is well defined.
        if (Self { year, ..self }) > limit {
            // In the first century this wraps to a year that no date has, and is refused as such.
            return Self {
                year: year.wrapping_sub(100),
                ..self
            };
        }
        Self { year, ..self }
    }
}
