//! The grammars of RFC 9110, one function for each ABNF rule, under the rule's name. No other file says `nom`.
//!
//! House rules: combinators come from nom's root modules; bodies end in `parse_complete`, because `parse` is the
//! streaming mode, which asks for more input instead of seeing the end. The entity-tag alone is written by hand, as
//! `const fn`, since tags are constants of programs and nom does not run at compile time.

use nom::branch::alt;
use nom::bytes::{tag, tag_no_case, take_while, take_while1};
use nom::combinator::{opt, rest};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser as _};

use crate::calendar::Civil;
use crate::error::{ErrorKind, ParseError};

/// What nom's parsers return: the rest and the value, or where it stopped.
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T, Stop>;

/// What was expected, and how many octets were left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    kind: ErrorKind,
    left: usize,
}

impl Stop {
    const fn at(input: &[u8], kind: ErrorKind) -> Self {
        Self {
            kind,
            left: input.len(),
        }
    }

    /// The error in terms of the whole `value`, of which `left` octets were not read.
    pub(crate) const fn in_value(self, value: &[u8]) -> ParseError {
        ParseError::new(self.kind, value.len().saturating_sub(self.left))
    }

    /// The error, whichever way nom wraps it. `Incomplete` does not occur: only streaming parsers ask for more.
    pub(crate) fn of(error: &nom::Err<Self>) -> Self {
        match error {
            nom::Err::Error(stop) | nom::Err::Failure(stop) => *stop,
            nom::Err::Incomplete(_) => Self {
                kind: ErrorKind::End,
                left: 0,
            },
        }
    }
}

/// nom's combinators ask for this; no combinator used here fails of its own accord in a way that is shown.
impl<'a> nom::error::ParseError<&'a [u8]> for Stop {
    fn from_error_kind(input: &'a [u8], _: nom::error::ErrorKind) -> Self {
        Self::at(input, ErrorKind::End)
    }

    fn append(_: &'a [u8], _: nom::error::ErrorKind, first: Self) -> Self {
        first
    }
}

const fn stop<T>(input: &[u8], kind: ErrorKind) -> Parsed<'_, T> {
    Err(nom::Err::Error(Stop::at(input, kind)))
}

/// Where something follows a value that ought to be the whole.
pub(crate) const fn expected_end(rest: &[u8]) -> Stop {
    Stop::at(trim_start(rest), ErrorKind::End)
}

/// Reads the whole of a field value with `production`; whitespace around it is no part of it (§5.5).
pub(crate) fn whole<'a, T>(
    value: &'a [u8],
    production: impl FnOnce(&'a [u8]) -> Parsed<'a, T>,
) -> Result<T, ParseError> {
    let text = trim_end(value);
    // What is trimmed from the end is left at every stop, so that offsets count from the start of `value`.
    let read = production(trim_start(text)).and_then(|(rest, read)| match rest {
        [] => Ok(read),
        rest => Err(nom::Err::Error(expected_end(rest))),
    });
    read.map_err(|error| Stop::of(&error).in_value(text))
}

// §5.6.3 Whitespace

/// `OWS = *( SP / HTAB )`
const fn is_ows(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

pub(crate) const fn trim_start(mut value: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = value {
        if !is_ows(*first) {
            break;
        }
        value = rest;
    }
    value
}

pub(crate) const fn trim_end(mut value: &[u8]) -> &[u8] {
    while let [rest @ .., last] = value {
        if !is_ows(*last) {
            break;
        }
        value = rest;
    }
    value
}

// §8.8.3 ETag

/// `etagc = %x21 / %x23-7E / obs-text`
const fn is_etagc(octet: u8) -> bool {
    matches!(octet, 0x21 | 0x23..=0x7E | 0x80..)
}

/// The rest behind `*etagc`.
const fn etagcs(mut input: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = input {
        if !is_etagc(*first) {
            break;
        }
        input = rest;
    }
    input
}

/// `*etagc` and nothing else.
pub(crate) const fn etagcs_only(opaque: &[u8]) -> Result<(), Stop> {
    match etagcs(opaque) {
        [] => Ok(()),
        rest => Err(Stop::at(rest, ErrorKind::ClosingQuote)),
    }
}

/// `opaque-tag = DQUOTE *etagc DQUOTE`, without its quotes.
const fn opaque_tag(input: &[u8], otherwise: ErrorKind) -> Result<(&[u8], &[u8]), Stop> {
    let [b'"', opaque @ ..] = input else {
        return Err(Stop::at(input, otherwise));
    };
    let end = etagcs(opaque);
    let ([b'"', rest @ ..], Some((opaque, _))) = (
        end,
        opaque.split_at_checked(opaque.len().wrapping_sub(end.len())),
    ) else {
        return Err(Stop::at(end, ErrorKind::ClosingQuote));
    };
    Ok((rest, opaque))
}

/// `entity-tag = [ weak ] opaque-tag`, as the rest, whether it is weak, and the opaque part.
pub(crate) const fn entity_tag(input: &[u8]) -> Result<(&[u8], (bool, &[u8])), Stop> {
    let (weak, tag) = match input {
        [b'W', b'/', tag @ ..] => (true, opaque_tag(tag, ErrorKind::OpaqueTag)),
        tag => (false, opaque_tag(tag, ErrorKind::EntityTag)),
    };
    match tag {
        Ok((rest, opaque)) => Ok((rest, (weak, opaque))),
        Err(stop) => Err(stop),
    }
}

// §5.6.1 Lists, and the lists of §13.1.1 and §13.1.2

/// What stands between two members and around them: `*( OWS "," OWS )`, any number of empty elements.
pub(crate) fn between_members(input: &[u8]) -> Parsed<'_, ()> {
    let empty = take_while(|octet| octet == b',' || is_ows(octet));
    empty.map(|_| ()).parse_complete(input)
}

/// One member of `#entity-tag`, up to the comma or the end behind it.
pub(crate) fn member(input: &[u8]) -> Parsed<'_, (bool, &[u8])> {
    if let [b'*', ..] = input {
        return stop(input, ErrorKind::Wildcard);
    }
    let (rest, tag) = entity_tag(input).map_err(nom::Err::Error)?;
    match trim_start(rest) {
        rest @ ([] | [b',', ..]) => Ok((rest, tag)),
        rest => stop(rest, ErrorKind::ListEnd),
    }
}

/// What a member that is none takes up: all to the next comma outside of quotes, or to the end.
pub(crate) fn malformed_member(input: &[u8]) -> Parsed<'_, usize> {
    let quoted = (tag("\""), take_while(|octet| octet != b'"'), opt(tag("\""))).map(|_| ());
    let unquoted = take_while1(|octet| octet != b'"' && octet != b',').map(|_| ());
    many0_count(alt((quoted, unquoted))).parse_complete(input)
}

// §13.1.5 If-Range

/// Which rule `entity-tag / HTTP-date` is to be read with: the former iff one of the first three octets is a `DQUOTE`.
pub(crate) const fn is_entity_tag(if_range: &[u8]) -> bool {
    matches!(if_range, [b'"', ..] | [_, b'"', ..] | [_, _, b'"', ..])
}

// §14.1.1 Range Specifiers

/// Reports whether a Range begins with `range-unit "="` for the unit `bytes`, which is known in any case (§14.1).
pub(crate) fn is_bytes(range: &[u8]) -> bool {
    let unit = tag_no_case::<_, _, Stop>("bytes=").parse_complete(trim_start(range));
    unit.is_ok()
}

// §5.6.7 Date/Time Formats

/// `HTTP-date = IMF-fixdate / obs-date`, in seconds since 1970-01-01. A year of two digits is read as of `now`.
///
/// The octet behind the first three letters tells the three forms apart. Whether the day name fits the date is not
/// asked: our decision.
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

/// `IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT`, `date1 = day SP month SP year`, behind the day name.
fn imf_fixdate(input: &[u8]) -> Parsed<'_, i64> {
    let (day_at, _) = (separator(','), separator(' ')).parse_complete(input)?;
    let (input, day) = two_digits(ErrorKind::Day).parse_complete(day_at)?;
    let (year_at, month) =
        delimited(separator(' '), month, separator(' ')).parse_complete(input)?;
    let (input, year) = four_digit_year(year_at)?;
    let (input, time) = delimited(separator(' '), time_of_day, gmt).parse_complete(input)?;
    instant(input, (year_at, year), month, (day_at, day), time)
}

/// `rfc850-date = day-name-l "," SP date2 SP time-of-day SP GMT`, `date2 = day "-" month "-" 2DIGIT`, behind the name.
fn rfc850_date(input: &[u8], now: i64) -> Parsed<'_, i64> {
    let (day_at, _) = (separator(','), separator(' ')).parse_complete(input)?;
    let (input, day) = two_digits(ErrorKind::Day).parse_complete(day_at)?;
    let (year_at, month) =
        delimited(separator('-'), month, separator('-')).parse_complete(input)?;
    let (input, year) = two_digits(ErrorKind::Year).parse_complete(year_at)?;
    let (input, time) = delimited(separator(' '), time_of_day, gmt).parse_complete(input)?;
    let [hour, minute, second] = time;
    let year = Civil {
        year: year.into(),
        month,
        day,
        hour,
        minute,
        second,
    }
    .with_two_digit_year(Civil::from_unix(now))
    .year;
    instant(input, (year_at, year), month, (day_at, day), time)
}

/// `asctime-date = day-name SP date3 SP time-of-day SP year`, `date3 = month SP ( 2DIGIT / ( SP 1DIGIT ))`, behind the
/// day name.
fn asctime_date(input: &[u8]) -> Parsed<'_, i64> {
    let (day_at, month) = delimited(separator(' '), month, separator(' ')).parse_complete(input)?;
    let (input, day) = match day_at {
        [b' ', day @ ..] => digit(ErrorKind::Day).parse_complete(day)?,
        day => two_digits(ErrorKind::Day).parse_complete(day)?,
    };
    let (year_at, time) =
        delimited(separator(' '), time_of_day, separator(' ')).parse_complete(input)?;
    let (input, year) = four_digit_year(year_at)?;
    instant(input, (year_at, year), month, (day_at, day), time)
}

/// The instant that the parts of a date name, if the calendar has it. Year and day come with their places.
fn instant<'a>(
    rest: &'a [u8],
    (year_at, year): (&'a [u8], u16),
    month: u8,
    (day_at, day): (&'a [u8], u8),
    [hour, minute, second]: [u8; 3],
) -> Parsed<'a, i64> {
    let civil = Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    };
    if !(1..=9999).contains(&year) {
        return stop(year_at, ErrorKind::Year);
    }
    if day == 0 || day > civil.days_in_month() {
        return stop(day_at, ErrorKind::Day);
    }
    match civil.unix() {
        // The leap second at the end of year 9999 is the first of a year that no date can name.
        unix if unix > Civil::MAX => stop(year_at, ErrorKind::Year),
        unix => Ok((rest, unix)),
    }
}

/// `time-of-day = hour ":" minute ":" second`. A leap second is the last of a day, and reads as the next: our decision.
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
    match preceded(separator(' '), rest).parse_complete(input)? {
        (_, [b'G', b'M', b'T', rest @ ..]) => Ok((rest, ())),
        (_, input) => stop(input, ErrorKind::Gmt),
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
