//! The three date formats of RFC 9110 §5.6.7.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of at most four digits"
)]

use nom::Parser as _;
use nom::sequence::{delimited, terminated};

use super::{Parsed, stop};
use crate::calendar::Civil;
use crate::error::ErrorKind;

/// `HTTP-date = IMF-fixdate / obs-date`, in seconds since 1970-01-01. A year of two digits is read
/// as of `now`.
///
/// The octet behind the first three letters tells the three forms apart. Whether the day name fits
/// the date is not asked: our decision.
pub(crate) fn http_date(input: &[u8], now: i64) -> Parsed<'_, i64> {
    let (after_name, rest_of_name) = day_name(input)?;
    match after_name {
        [b',', ..] => imf_fixdate(after_name),
        [b' ', ..] => asctime_date(after_name),
        _ => match after_name.strip_prefix(rest_of_name) {
            Some(after_name) => rfc850_date(after_name, now),
            None => stop(after_name, ErrorKind::Separator(',')),
        },
    }
}

/// `IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT`, `date1 = day SP month SP year`,
/// behind the day name.
fn imf_fixdate(input: &[u8]) -> Parsed<'_, i64> {
    let (day_at, _) = (separator(','), separator(' ')).parse_complete(input)?;
    let (input, day) = two_digits(ErrorKind::Day).parse_complete(day_at)?;
    let (year_at, month) =
        delimited(separator(' '), month, separator(' ')).parse_complete(input)?;
    let (input, year) = four_digit_year(year_at)?;
    let (input, time) = delimited(separator(' '), time_of_day, gmt).parse_complete(input)?;
    instant(input, civil(year, month, day, time), year_at, day_at)
}

/// `rfc850-date = day-name-l "," SP date2 SP time-of-day SP GMT`, `date2 = day "-" month "-"
/// 2DIGIT`, behind the name.
fn rfc850_date(input: &[u8], now: i64) -> Parsed<'_, i64> {
    let (day_at, _) = (separator(','), separator(' ')).parse_complete(input)?;
    let (input, day) = two_digits(ErrorKind::Day).parse_complete(day_at)?;
    let (year_at, month) =
        delimited(separator('-'), month, separator('-')).parse_complete(input)?;
    let (input, year) = two_digits(ErrorKind::Year).parse_complete(year_at)?;
    let (input, time) = delimited(separator(' '), time_of_day, gmt).parse_complete(input)?;
    let civil = civil(year.into(), month, day, time).with_two_digit_year(Civil::from_unix(now));
    instant(input, civil, year_at, day_at)
}

/// `asctime-date = day-name SP date3 SP time-of-day SP year`, `date3 = month SP ( 2DIGIT / ( SP
/// 1DIGIT ))`, behind the day name.
fn asctime_date(input: &[u8]) -> Parsed<'_, i64> {
    let (day_at, month) = delimited(separator(' '), month, separator(' ')).parse_complete(input)?;
    let (input, day) = match day_at {
        [b' ', day @ ..] => digit(ErrorKind::Day).parse_complete(day)?,
        day => two_digits(ErrorKind::Day).parse_complete(day)?,
    };
    let (year_at, time) =
        delimited(separator(' '), time_of_day, separator(' ')).parse_complete(input)?;
    let (input, year) = four_digit_year(year_at)?;
    instant(input, civil(year, month, day, time), year_at, day_at)
}

fn civil(year: u16, month: u8, day: u8, [hour, minute, second]: [u8; 3]) -> Civil {
    Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    }
}

/// The instant of a date, if the calendar has it; and where its year and its day stand.
fn instant<'a>(
    rest: &'a [u8],
    civil: Civil,
    year_at: &'a [u8],
    day_at: &'a [u8],
) -> Parsed<'a, i64> {
    if !(1..=9999).contains(&civil.year) {
        return stop(year_at, ErrorKind::Year);
    }
    if civil.day == 0 || civil.day > civil.days_in_month() {
        return stop(day_at, ErrorKind::Day);
    }
    match civil.unix() {
        // The leap second at the end of year 9999 is the first of a year that no date can name.
        unix if unix > Civil::MAX => stop(year_at, ErrorKind::Year),
        unix => Ok((rest, unix)),
    }
}

/// `time-of-day = hour ":" minute ":" second`. A leap second is the last of a day, and reads as the
/// next: our decision.
fn time_of_day(input: &[u8]) -> Parsed<'_, [u8; 3]> {
    let (input, hour) =
        terminated(up_to(23, ErrorKind::Hour), separator(':')).parse_complete(input)?;
    let (input, minute) =
        terminated(up_to(59, ErrorKind::Minute), separator(':')).parse_complete(input)?;
    let last_second = if (hour, minute) == (23, 59) { 60 } else { 59 };
    let (input, second) = up_to(last_second, ErrorKind::Second).parse_complete(input)?;
    Ok((input, [hour, minute, second]))
}

/// `day-name`, with the letters that follow it in `day-name-l`.
fn day_name(input: &[u8]) -> Parsed<'_, &'static [u8]> {
    match input {
        [b'M', b'o', b'n', rest @ ..]
        | [b'F', b'r', b'i', rest @ ..]
        | [b'S', b'u', b'n', rest @ ..] => Ok((rest, b"day")),
        [b'T', b'u', b'e', rest @ ..] => Ok((rest, b"sday")),
        [b'W', b'e', b'd', rest @ ..] => Ok((rest, b"nesday")),
        [b'T', b'h', b'u', rest @ ..] => Ok((rest, b"rsday")),
        [b'S', b'a', b't', rest @ ..] => Ok((rest, b"urday")),
        _ => stop(input, ErrorKind::DayName),
    }
}

/// `month`, 1 for `Jan` to 12 for `Dec`.
fn month(input: &[u8]) -> Parsed<'_, u8> {
    match input {
        [b'J', b'a', b'n', rest @ ..] => Ok((rest, 1)),
        [b'F', b'e', b'b', rest @ ..] => Ok((rest, 2)),
        [b'M', b'a', b'r', rest @ ..] => Ok((rest, 3)),
        [b'A', b'p', b'r', rest @ ..] => Ok((rest, 4)),
        [b'M', b'a', b'y', rest @ ..] => Ok((rest, 5)),
        [b'J', b'u', b'n', rest @ ..] => Ok((rest, 6)),
        [b'J', b'u', b'l', rest @ ..] => Ok((rest, 7)),
        [b'A', b'u', b'g', rest @ ..] => Ok((rest, 8)),
        [b'S', b'e', b'p', rest @ ..] => Ok((rest, 9)),
        [b'O', b'c', b't', rest @ ..] => Ok((rest, 10)),
        [b'N', b'o', b'v', rest @ ..] => Ok((rest, 11)),
        [b'D', b'e', b'c', rest @ ..] => Ok((rest, 12)),
        _ => stop(input, ErrorKind::Month),
    }
}

/// `SP GMT`
fn gmt(input: &[u8]) -> Parsed<'_, ()> {
    let (input, ()) = separator(' ')(input)?;
    match input {
        [b'G', b'M', b'T', rest @ ..] => Ok((rest, ())),
        _ => stop(input, ErrorKind::Gmt),
    }
}

/// `year = 4DIGIT`
fn four_digit_year(input: &[u8]) -> Parsed<'_, u16> {
    let (input, century) = two_digits(ErrorKind::Year).parse_complete(input)?;
    let (input, year) = two_digits(ErrorKind::Year).parse_complete(input)?;
    Ok((input, u16::from(century) * 100 + u16::from(year)))
}

/// `2DIGIT` of at most `max`.
fn up_to<'a>(max: u8, kind: ErrorKind) -> impl Fn(&'a [u8]) -> Parsed<'a, u8> {
    move |input| match two_digits(kind)(input)? {
        (rest, value) if value <= max => Ok((rest, value)),
        _ => stop(input, kind),
    }
}

/// `2DIGIT`
fn two_digits<'a>(kind: ErrorKind) -> impl Fn(&'a [u8]) -> Parsed<'a, u8> {
    move |input| {
        let (input, tens) = digit(kind)(input)?;
        let (input, ones) = digit(kind)(input)?;
        Ok((input, tens * 10 + ones))
    }
}

/// `DIGIT = %x30-39`, as its value.
fn digit<'a>(kind: ErrorKind) -> impl Fn(&'a [u8]) -> Parsed<'a, u8> {
    move |input| match input {
        [digit @ b'0'..=b'9', rest @ ..] => Ok((rest, digit & 0x0F)),
        _ => stop(input, kind),
    }
}

/// One octet that stands between two parts of a date.
fn separator<'a>(literal: char) -> impl Fn(&'a [u8]) -> Parsed<'a, ()> {
    move |input| match input {
        [first, rest @ ..] if char::from(*first) == literal => Ok((rest, ())),
        _ => stop(input, ErrorKind::Separator(literal)),
    }
}
