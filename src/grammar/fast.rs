//! Fast paths, one for each kind of value that most requests carry.
//!
//! A function here answers, or returns `None`; the caller then reads the value by the grammar. It
//! never refuses a value. `small.rs` has the same functions for programs without room for these.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of two and of four digits"
)]

use super::Tag;
use super::entity_tag::{etagcs, in_quotes, is_etagc};
use crate::grammar::calendar::{self, DAY_NAMES, MONTH_NAMES};

// §8.8.3 ETag

/// Parses a value that is one entity tag, without whitespace around it.
#[expect(clippy::inline_always, reason = "on the path of every request")]
#[inline(always)]
pub(crate) const fn entity_tag(value: &[u8]) -> Option<Tag<'_>> {
    match in_quotes(value) {
        Some((weak, opaque)) if are_etagcs(opaque) => Some((weak, opaque)),
        _ => None,
    }
}

/// Returns whether the entity tag that is the whole value is wanted.
///
/// The tag is compared before it is validated. `is_wanted` must compare it with a valid tag: a
/// tag that equals a valid tag is valid too.
#[expect(clippy::inline_always, reason = "on the path of every request")]
#[inline(always)]
pub(crate) fn tag<'a>(value: &'a [u8], is_wanted: impl FnOnce(Tag<'a>) -> bool) -> Option<bool> {
    let tag = in_quotes(value)?;
    let wanted = is_wanted(tag);
    (wanted || are_etagcs(tag.1)).then_some(wanted)
}

/// Returns whether any tag of a list is wanted, if `,` or `, ` separates the tags. `is_wanted` must
/// return false for every tag whose opaque part is not `likely`.
///
/// The function guesses that each tag is as long as the tag before it, and the first tag as long
/// as `likely`. If the guess is right, it need not search for the end of the tag. A wrong guess
/// costs at most a check of that many octets.
pub(crate) fn tags<'a>(
    value: &'a [u8],
    likely: &[u8],
    is_wanted: impl Fn(Tag<'a>) -> bool,
) -> Option<bool> {
    let (mut any, mut rest, mut length) = (false, value, likely.len());
    loop {
        let (weak, text) = match rest {
            [b'"', text @ ..] => (false, text),
            [b'W', b'/', b'"', text @ ..] => (true, text),
            _ => return None,
        };
        let (opaque, behind) = match text.split_at_checked(length) {
            Some((opaque, [b'"', behind @ ..])) if are_etagcs(opaque) => (opaque, behind),
            _ => {
                length = text.iter().position(|octet| *octet == b'"')?;
                match text.split_at_checked(length) {
                    Some((opaque, [_, behind @ ..])) if are_etagcs(opaque) => (opaque, behind),
                    _ => return None,
                }
            }
        };
        // The last octet tells most tags apart, without a call that compares all octets.
        any |= opaque.last() == likely.last() && is_wanted((weak, opaque));
        rest = match behind {
            [] => return Some(any),
            [b',', b' ', rest @ ..] | [b',', rest @ ..] => rest,
            _ => return None,
        };
    }
}

/// Returns true if the octets are `*etagc`.
// The last block may overlap the block before it: from one block on, no octet is checked alone.
#[expect(clippy::inline_always, reason = "on the path of every request")]
#[inline(always)]
const fn are_etagcs(opaque: &[u8]) -> bool {
    let Some(last) = opaque.last_chunk() else {
        return etagcs(opaque).is_empty();
    };
    let mut rest = opaque;
    while let Some((block, behind @ [_, ..])) = rest.split_first_chunk() {
        if !is_block(block) {
            return false;
        }
        rest = behind;
    }
    is_block(last)
}

/// Returns true if each octet of a block is an `etagc`.
// Without branches, so that the block is one vector if the target has vectors. `misfits` is a
// number, because the compiler turns a `bool` into branches again.
#[inline]
const fn is_block(block: &[u8; 16]) -> bool {
    let mut misfits = 0;
    let mut rest: &[u8] = block;
    while let [octet, behind @ ..] = rest {
        misfits |= !is_etagc(*octet) as u8;
        rest = behind;
    }
    misfits == 0
}

// §5.6.7 Date/Time Formats

/// Parses an `HTTP-date` in any of its three formats to seconds since 1970. A year of two digits
/// is read relative to `now`.
///
/// Returns `None` for 29 February and for a leap second.
#[rustfmt::skip] // A pattern on one line is a picture of its format.
pub(crate) fn http_date(value: &[u8], now: i64) -> Option<i64> {
    // Each pattern is the RFC's picture of a date: `w` day name, `d` day, `n` month, `y` year,
    // and `h`, `m`, `s` time of day.
    match *value {
        // Sun, 06 Nov 1994 08:49:37 GMT
        [w1, w2, w3, b',', b' ', d1, d2, b' ', n1, n2, n3, b' ', y1, y2, y3, y4, b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', b'G', b'M', b'T'] if is_day_name([w1, w2, w3]) => {
            let moment = moment([n1, n2, n3], [d1, d2], [[h1, h2], [m1, m2], [s1, s2]])?;
            unix(four_digits([y1, y2, y3, y4])?, moment)
        }
        // Sunday, 06-Nov-94 08:49:37 GMT
        [ref day_name @ .., b',', b' ', d1, d2, b'-', n1, n2, n3, b'-', y1, y2, b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', b'G', b'M', b'T'] if is_long_day_name(day_name) => {
            let moment = moment([n1, n2, n3], [d1, d2], [[h1, h2], [m1, m2], [s1, s2]])?;
            let (month, day, second) = moment;
            let year = two_digits([y1, y2])?;
            unix(calendar::full_year(year, month, day, second, now), moment)
        }
        // Sun Nov  6 08:49:37 1994
        [w1, w2, w3, b' ', n1, n2, n3, b' ', d1, d2, b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', y1, y2, y3, y4] if is_day_name([w1, w2, w3]) => {
            let d1 = if d1 == b' ' { b'0' } else { d1 };
            let moment = moment([n1, n2, n3], [d1, d2], [[h1, h2], [m1, m2], [s1, s2]])?;
            unix(four_digits([y1, y2, y3, y4])?, moment)
        }
        _ => None,
    }
}

/// Month, day, and second of the day.
type Moment = (i32, i32, i32);

/// Parses a month, a day that the month has in every year, and a time of day.
#[expect(clippy::inline_always, reason = "each format has its own")]
#[inline(always)]
fn moment(month: [u8; 3], day: [u8; 2], [hour, minute, second]: [[u8; 2]; 3]) -> Option<Moment> {
    let name = calendar::name(month);
    let month = MONTH_NAMES.iter().position(|known| *known == name)?;
    let month = i32::try_from(month).ok()? + 1;
    let day = two_digits(day)?;
    let last = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let second = two_digits(second)?;
    if day == 0 || day > last || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some((month, day, (hour * 60 + minute) * 60 + second))
}

fn unix(year: i32, (month, day, second): Moment) -> Option<i64> {
    (year > 0).then(|| calendar::unix_inlined(year, month, day, second))
}

fn is_day_name(name: [u8; 3]) -> bool {
    DAY_NAMES.contains(&calendar::name(name))
}

fn is_long_day_name(name: &[u8]) -> bool {
    matches!(
        name,
        b"Monday" | b"Tuesday" | b"Wednesday" | b"Thursday" | b"Friday" | b"Saturday" | b"Sunday"
    )
}

fn four_digits([a, b, c, d]: [u8; 4]) -> Option<i32> {
    Some(two_digits([a, b])? * 100 + two_digits([c, d])?)
}

fn two_digits([tens, units]: [u8; 2]) -> Option<i32> {
    let (tens, units) = (tens.wrapping_sub(b'0'), units.wrapping_sub(b'0'));
    (tens <= 9 && units <= 9).then(|| i32::from(tens) * 10 + i32::from(units))
}
