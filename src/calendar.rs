//! The proleptic Gregorian calendar in UTC, between year 1 and year 9999, in 32-bit arithmetic.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "years are less than 10,500 and the other numbers have at most two digits, so that nothing comes near 32 bits"
)]

/// Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that a leap day is the last
/// day of its year.
const EPOCH: u32 = 719_468;
const SECONDS_A_DAY: i64 = 86_400;
/// The calendar repeats itself after 400 years.
const CYCLE: i64 = 146_097 * SECONDS_A_DAY;

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970-01-01.
pub(crate) const MIN: i64 = -62_135_596_800;
pub(crate) const MAX: i64 = 253_402_300_799;

/// The days of the week from Sunday, filled up with spaces.
pub(crate) const DAY_NAMES: [[u8; 9]; 7] = [
    *b"Sunday   ",
    *b"Monday   ",
    *b"Tuesday  ",
    *b"Wednesday",
    *b"Thursday ",
    *b"Friday   ",
    *b"Saturday ",
];

/// The months from January.
pub(crate) const MONTH_NAMES: [[u8; 3]; 12] = [
    *b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct",
    *b"Nov", *b"Dec",
];

/// A day, or what is written as one: whether its month has it is for [`Date::exists`] to say.
#[derive(Clone, Copy)]
pub(crate) struct Date {
    /// 1 to 9999.
    pub(crate) year: u16,
    /// 1 to 12.
    pub(crate) month: u8,
    /// 1 to 31.
    pub(crate) day: u8,
}

impl Date {
    /// Reports whether the month has this day.
    pub(crate) const fn exists(self) -> bool {
        let last = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 16 == 0 || !self.ends_century()) => 29,
            2 => 28,
            _ => 31,
        };
        0 < self.day && self.day <= last
    }

    const fn ends_century(self) -> bool {
        centuries(self.year as u32) * 100 == self.year as u32
    }

    /// Seconds from 1970-01-01 to this second of the day, 0 to 86,400; the last is a leap second,
    /// and the first second of the next day.
    pub(crate) const fn unix(self, second: u32) -> i64 {
        // Counted from March, the months before each month take (153 m + 2) / 5 days, which is
        // (979 m + 15) / 32 for every month that there is.
        let (year, month) = match self.month {
            1 | 2 => (self.year as u32 - 1, self.month as u32 + 9),
            _ => (self.year as u32, self.month as u32 - 3),
        };
        let century = centuries(year);
        let days = year * 365 + year / 4 - century
            + century / 4
            + (979 * month + 15) / 32
            + self.day as u32
            - 1;
        // 86,400 is 675 times 128: a product of 32 bits does.
        ((days * 675) as i64) * 128 - EPOCH as i64 * SECONDS_A_DAY + second as i64
    }

    /// This date and second with a year of two digits read as RFC 9110 §5.6.7 wants: in the century
    /// of `now`, unless that is more than 50 years after `now`; then in the century before. Before
    /// year 1 that is year 0.
    pub(crate) const fn with_two_digit_year(self, second: u32, now: i64) -> Self {
        // 50 years back are 350 ahead and 400 back. A 29 February that is none is over when it
        // begins, so that this is the order of dates also there.
        let second = if self.month == 2 && self.day == 29 {
            0
        } else {
            second
        };
        let century = century_of(now);
        let ahead = Self {
            year: century + self.year + 350,
            ..self
        };
        let year = match century.checked_sub(100) {
            _ if ahead.unix(second) <= now + CYCLE => century + self.year,
            Some(before) => before + self.year,
            None => 0,
        };
        Self { year, ..self }
    }
}

/// The year of `now` without its last two digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`now` lies between MIN and MAX, which are less than 2^39 seconds apart"
)]
const fn century_of(now: i64) -> u16 {
    // 2^25 seconds are a little more than 17/16 of a year: that is the year or one of the two
    // before it, without a division of 64 bits.
    let elapsed = ((now - MIN) >> 25) as u32;
    let century = centuries(elapsed + elapsed * 1037 / 16_384) as u16 * 100;
    let next = Date {
        year: century + 100,
        month: 1,
        day: 1,
    };
    if next.unix(0) <= now {
        next.year
    } else {
        century
    }
}

/// The whole centuries in so many years, of which there are less than 43,700: a division by 100 for
/// cores that have none.
const fn centuries(years: u32) -> u32 {
    (years * 5243) >> 19
}

/// The day of `unix`, which lies between `MIN` and `MAX`, in days since 0000-03-01, and the second
/// of that day.
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

/// The date, the day of the week, 0 for Sunday, and the second of the day of `unix`, which lies
/// between `MIN` and `MAX`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "each value is in the range that its field states"
)]
pub(crate) const fn from_unix(unix: i64) -> (Date, u32, u32) {
    let (days, second) = day_and_second(unix);
    // 0000-03-01 is a Wednesday.
    let weekday = (days + 3) % 7;
    // By C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar
    // algorithms" (2022), 6.
    let quarters = 4 * days + 3;
    let century = quarters / 146_097;
    let of_century = 2_939_745 * ((quarters % 146_097) | 3) as u64;
    let year = 100 * century + (of_century >> 32) as u32;
    let day_of_year = (of_century as u32) / 2_939_745 / 4;
    let of_year = 2141 * day_of_year + 197_913;
    // January and February belong to the year before.
    let (year, month) = if day_of_year >= 306 {
        (year + 1, (of_year >> 16) - 12)
    } else {
        (year, of_year >> 16)
    };
    let date = Date {
        year: year as u16,
        month: month as u8,
        day: ((of_year & 0xFFFF) / 2141) as u8 + 1,
    };
    (date, weekday, second)
}
