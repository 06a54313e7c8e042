//! The proleptic Gregorian calendar in UTC, for the years 1 to 9999, in 32-bit arithmetic.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "years are less than 10,100 and the other numbers have two digits: days times 675 stays below 2^31 up to year 10,600, and the second of a day times 37,283 below 2^32"
)]

/// Days from 0000-03-01 to 1970-01-01. A year begins in March here, so that a leap day is the
/// last day of its year.
const EPOCH: i32 = 719_468;
const SECONDS_A_DAY: i64 = 86_400;

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970-01-01.
pub(crate) const MIN: i64 = -62_135_596_800;
pub(crate) const MAX: i64 = 253_402_300_799;

/// The days of the week from Sunday.
pub(crate) const DAY_NAMES: [u32; 7] = [
    name(*b"Sun"),
    name(*b"Mon"),
    name(*b"Tue"),
    name(*b"Wed"),
    name(*b"Thu"),
    name(*b"Fri"),
    name(*b"Sat"),
];

/// The letters of each long day name after its first three, padded with spaces.
pub(crate) const DAY_NAMES_L: [[u8; 6]; 7] = [
    *b"day   ", *b"day   ", *b"sday  ", *b"nesday", *b"rsday ", *b"day   ", *b"urday ",
];

/// The months from January.
pub(crate) const MONTH_NAMES: [u32; 12] = [
    name(*b"Jan"),
    name(*b"Feb"),
    name(*b"Mar"),
    name(*b"Apr"),
    name(*b"May"),
    name(*b"Jun"),
    name(*b"Jul"),
    name(*b"Aug"),
    name(*b"Sep"),
    name(*b"Oct"),
    name(*b"Nov"),
    name(*b"Dec"),
];

/// Packs the three letters of a name into one number, so that they are compared at once.
pub(crate) const fn name([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

/// Returns the seconds from 1970-01-01 to this second of a day.
///
/// `second` is 0 to 86,400; 86,400 is a leap second, which counts as the first second of the next
/// day. `year` is -150 to 10,100, so that callers can try years outside of the range of dates.
/// `month` may be 13, the next January.
// Not inlined: the slow path calls it in several places, and each would contain a copy.
#[inline(never)]
pub(crate) const fn unix(year: i32, month: i32, day: i32, second: i32) -> i64 {
    unix_inlined(year, month, day, second)
}

/// Like `unix`, but always inlined.
#[expect(clippy::inline_always, reason = "on the path of every date")]
#[inline(always)]
pub(crate) const fn unix_inlined(year: i32, month: i32, day: i32, second: i32) -> i64 {
    // January and February are months 13 and 14 of the year before: -1 for these two, 0 for the
    // others.
    let winter = (month - 3) >> 31;
    let (year, month) = (year + winter, month - 12 * winter);
    // `year / 100`, for cores without a division.
    let century = (year * 5243) >> 19;
    // From March to the month m there are (153 (m - 3) + 2) / 5 days. For every month that equals
    // (979 (m - 3) + 15) / 32.
    let days = year * 365 + (year >> 2) - century
        + (century >> 2)
        + ((979 * month - 2922 - 32 * (EPOCH + 1)) >> 5)
        + day;
    // 86,400 is 675 times 128: the product with 675 fits into 32 bits.
    (days * 675) as i64 * 128 + second as i64
}

/// Returns the full year for the last two digits of a year, for a date with this month, day and
/// second, as RFC 9110 §5.6.7 requires: in the century of `now`, unless the date is then more
/// than 50 years after `now`; in that case in the century before. A year before year 1 is
/// returned as 0 or less.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`now` lies between MIN and MAX, which are less than 2^39 seconds apart"
)]
pub(crate) const fn full_year(digits: i32, month: i32, day: i32, second: i32, now: i64) -> i32 {
    // The year is in a century if `now` is not before this moment of the century: the date minus
    // 50 years, or the first day of the century if that is later. If 29 February does not exist
    // in that year, the moment is the beginning of 1 March.
    let (year, month, day, second) = if digits < 50 {
        (0, 1, 1, 0)
    } else if month == 2 && day == 29 {
        (digits - 50, month, day, 0)
    } else {
        (digits - 50, month, day, second)
    };
    // 2^25 seconds are a little less than 697/65,536 of a century. With two of them added, the
    // result is the century of `now`, or the next century if `now` is in the last three years of
    // its century; the loop corrects that. This needs no 64-bit division.
    let elapsed = ((now - MIN) >> 25) as i32;
    let mut century = (((elapsed + 2) * 697) >> 16) * 100;
    while unix(century + year, month, day, second) > now {
        century -= 100;
    }
    century + digits
}

/// Splits `unix`, which must be between `MIN` and `MAX`, into days since 0000-03-01 and the
/// second of the day.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`unix` lies between MIN and MAX"
)]
const fn day_and_second(unix: i64) -> (u32, u32) {
    let since_march = unix + EPOCH as i64 * SECONDS_A_DAY;
    // 86,400 is 128 times 675, and 10,000 years are less than 2^32 times 128 seconds: a 32-bit
    // division is enough.
    let day = (since_march >> 7) as u32 / 675;
    (day, (since_march - day as i64 * SECONDS_A_DAY) as u32)
}

/// The parts of a date of the years 1 to 9999, as they are written.
pub(crate) struct Date {
    /// 0 is Wednesday, the day of the week of 0000-03-01.
    pub(crate) weekday: u32,
    pub(crate) day: u32,
    /// 0 is March.
    pub(crate) month: u32,
    /// The first two digits of the year, and the last two.
    pub(crate) year: [u32; 2],
    /// Hour, minute and second.
    pub(crate) time: [u32; 3],
}

/// Returns the date of `unix`, which must be between `MIN` and `MAX`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower half is what is wanted"
)]
pub(crate) const fn from_unix(unix: i64) -> Date {
    let (days, second) = day_and_second(unix);
    // The algorithm of C. Neri and L. Schneider, "Euclidean affine functions and their
    // application to calendar algorithms" (2022), section 6.
    let quarters = 4 * days + 3;
    let century = quarters / 146_097;
    let of_century = 2_939_745 * ((quarters % 146_097) | 3) as u64;
    let year = (of_century >> 32) as u32;
    let day_of_year = (of_century as u32) / 2_939_745 / 4;
    // 1305 is 197,913 in the paper, where March is month 3.
    let of_year = 2141 * day_of_year + 1305;
    // Here, January and February belong to the year before.
    let winter = day_of_year >= 306;
    Date {
        // The fraction of the week that is over, in eighths: each day begins in another eighth.
        // The factor is 2^32 / 7, rounded up; the result is right below day 178,956,973.
        weekday: days.wrapping_mul(613_566_757) >> 29,
        day: (of_year & 0xFFFF) / 2141 + 1,
        month: of_year >> 16,
        year: match (winter, year) {
            (true, 99) => [century + 1, 0],
            (true, _) => [century, year + 1],
            (false, _) => [century, year],
        },
        time: time(second),
    }
}

/// Returns hour, minute and second of a second of the day.
const fn time(second: u32) -> [u32; 3] {
    // Fixed-point numbers: an hour has 27 bits of fraction, a minute 25 and a second 23, because
    // 60 is 15 times 4. Each product fits into 32 bits. 37,283 is 2^27 / 3600, rounded up; after
    // 86,400 seconds the error is 7/10 of a second.
    let hour = second * 37_283;
    let minute = (hour & 0x7FF_FFFF) * 15;
    let second = (minute & 0x1FF_FFFF) * 15;
    [hour >> 27, minute >> 25, second >> 23]
}
