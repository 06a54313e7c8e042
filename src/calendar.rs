//! The proleptic Gregorian calendar in UTC, between year 1 and year 9999, in 32-bit arithmetic.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "years are less than 10,100 and the other numbers have two digits: days times 675 stays below 2^31 up to year 10,600, and the second of a day times 37,283 below 2^32"
)]

/// Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that a leap day is the last
/// day of its year.
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

/// What their long names have more, filled up with spaces.
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

/// The three letters of a name as one number, which is compared at once.
pub(crate) const fn name([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

/// Seconds from 1970-01-01 to this second of a day, 0 to 86,400; the last is a leap second, and the
/// first second of the next day. The year is one from -150 to 10,100, so that years near those that
/// a date can have can be tried; the month may be 13, which is the next January.
// Not inlined, so that the places of the slow way do not hold it each.
#[inline(never)]
pub(crate) const fn unix(year: i32, month: i32, day: i32, second: i32) -> i64 {
    unix_inlined(year, month, day, second)
}

/// Like `unix`, without a call.
#[expect(clippy::inline_always, reason = "on the path of every date")]
#[inline(always)]
pub(crate) const fn unix_inlined(year: i32, month: i32, day: i32, second: i32) -> i64 {
    // January and February are the months 13 and 14 of the year before; this is -1 for them.
    let winter = (month - 3) >> 31;
    let (year, month) = (year + winter, month - 12 * winter);
    // A division by 100 for cores that have none.
    let century = (year * 5243) >> 19;
    // The months from March to the month m take (153 (m - 3) + 2) / 5 days, which is
    // (979 (m - 3) + 15) / 32 for every month that there is.
    let days = year * 365 + (year >> 2) - century
        + (century >> 2)
        + ((979 * month - 2922 - 32 * (EPOCH + 1)) >> 5)
        + day;
    // 86,400 is 675 times 128: a product of 32 bits does.
    (days * 675) as i64 * 128 + second as i64
}

/// The year that ends in these two digits, of a date that has this month, day and second, read as
/// RFC 9110 §5.6.7 wants: in the century of `now`, unless that is more than 50 years after `now`;
/// then in the century before. Before year 1 it is not positive.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`now` lies between MIN and MAX, which are less than 2^39 seconds apart"
)]
pub(crate) const fn full_year(digits: i32, month: i32, day: i32, second: i32, now: i64) -> i32 {
    // The year is in a century if now is no earlier than this of that century: the date less 50
    // years, or the first day where that is later. A 29 February that is none is over when it
    // begins.
    let (year, month, day, second) = if digits < 50 {
        (0, 1, 1, 0)
    } else if month == 2 && day == 29 {
        (digits - 50, month, day, 0)
    } else {
        (digits - 50, month, day, second)
    };
    // 2^25 seconds are a little less than 697/65,536 of a century: with two of them more that is
    // the century of `now`, or for its last three years the next one, without a division of 64
    // bits.
    let elapsed = ((now - MIN) >> 25) as i32;
    let mut century = (((elapsed + 2) * 697) >> 16) * 100;
    while unix(century + year, month, day, second) > now {
        century -= 100;
    }
    century + digits
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

/// A date of the years 1 to 9999, as it is written.
pub(crate) struct Date {
    /// From 0 for Wednesday, which 0000-03-01 is.
    pub(crate) weekday: u32,
    pub(crate) day: u32,
    /// From 0 for March.
    pub(crate) month: u32,
    /// The first two digits of the year, and the last two.
    pub(crate) year: [u32; 2],
    /// Hour, minute and second.
    pub(crate) time: [u32; 3],
}

/// The date of `unix`, which lies between `MIN` and `MAX`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower half is what is wanted"
)]
pub(crate) const fn from_unix(unix: i64) -> Date {
    let (days, second) = day_and_second(unix);
    // By C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar
    // algorithms" (2022), 6.
    let quarters = 4 * days + 3;
    let century = quarters / 146_097;
    let of_century = 2_939_745 * ((quarters % 146_097) | 3) as u64;
    let year = (of_century >> 32) as u32;
    let day_of_year = (of_century as u32) / 2_939_745 / 4;
    // 197,913 there, where March is month 3.
    let of_year = 2141 * day_of_year + 1305;
    // January and February belong to the year before.
    let winter = day_of_year >= 306;
    Date {
        // How many eighths of the week are over: each of its days begins in another one. 2^32 / 7 is
        // rounded up, which is right below day 178,956,973.
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

/// Hour, minute and second of a second of the day.
const fn time(second: u32) -> [u32; 3] {
    // Parts of an hour in 27 bits, of a minute in 25, of a second in 23, as 60 is 15 times 4: 32 bits
    // hold each product. 2^27 / 3600 is rounded up, which is 7/10 of a second too much after 86,400
    // seconds.
    let hour = second * 37_283;
    let minute = (hour & 0x7FF_FFFF) * 15;
    let second = (minute & 0x1FF_FFFF) * 15;
    [hour >> 27, minute >> 25, second >> 23]
}
