//! Fast paths, one for each kind of value that most requests carry.
//!
//! A function here answers, or returns `None`; the caller then reads the value by the grammar. It
//! never refuses a value. `small.rs` has the same functions for programs without room for these.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of two and of four digits"
)]

use super::Tag;
use super::entity_tag::{etagcs, in_quotes};
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

/// Returns true only if the octets are `*etagc`. Returns false for `!` too, which hardly any tag has:
/// without it, an `etagc` is told by two comparisons.
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

/// Returns true if each octet of a block is an `etagc` other than `!`.
// Without branches, so that the block is one vector if the target has vectors. `misfits` is a
// number, because the compiler turns a `bool` into branches again.
#[inline]
const fn is_block(block: &[u8; 16]) -> bool {
    let mut misfits = 0;
    let mut rest: &[u8] = block;
    while let [octet, behind @ ..] = rest {
        misfits |= matches!(*octet, 0..=0x22 | 0x7F) as u8;
        rest = behind;
    }
    misfits == 0
}

// §5.6.7 Date/Time Formats

/// The lowest and the highest octet at each place of a date: pictures of the formats.
type Picture<const N: usize> = [&'static [u8; N]; 2];

const IMF_FIXDATE: Picture<29> = [
    b"AAA, 00 AAA 0000 00:00:00 GMT",
    b"zzz, 39 zzz 9999 29:59:59 GMT",
];
/// Behind the day name.
const RFC850_DATE: Picture<24> = [b", 00-AAA-00 00:00:00 GMT", b", 39-zzz-99 29:59:59 GMT"];
const ASCTIME_DATE: Picture<24> = [b"AAA AAA  0 00:00:00 0000", b"zzz zzz 39 29:59:59 9999"];

/// Parses an `HTTP-date` in any of its three formats to seconds since 1970. A year of two digits
/// is read relative to `now`.
///
/// Returns `None` for 29 February and for a leap second.
#[rustfmt::skip] // A pattern on one line is a picture of its format.
pub(crate) fn http_date(value: &[u8], now: i64) -> Option<i64> {
    // The octets are named: `w` day name, `d` day, `n` month, `y` year, and `h`, `m`, `s` time.
    if let Ok(text) = <&[u8; 29]>::try_from(value) {
        let [w1, w2, w3, _, _, d1, d2, _, n1, n2, n3, _, y1, y2, y3, y4, _, time @ .., _, _, _, _] = *text;
        if !fits(text, IMF_FIXDATE) || !is_day_name([w1, w2, w3]) {
            return None;
        }
        let moment = moment([n1, n2, n3], two_digits([d1, d2]), time)?;
        return unix(four_digits([y1, y2, y3, y4]), moment);
    }
    if let Ok(text) = <&[u8; 24]>::try_from(value) {
        let [w1, w2, w3, _, n1, n2, n3, _, d1, d2, _, time @ .., _, y1, y2, y3, y4] = *text;
        // A day of one digit is behind a space.
        let is_day = matches!(d1, b' ' | b'0'..=b'3');
        if !fits(text, ASCTIME_DATE) || !is_day || !is_day_name([w1, w2, w3]) {
            return None;
        }
        let moment = moment([n1, n2, n3], two_digits([d1, d2]), time)?;
        return unix(four_digits([y1, y2, y3, y4]), moment);
    }
    let (before, text) = value.split_last_chunk::<24>()?;
    let [_, _, d1, d2, _, n1, n2, n3, _, y1, y2, _, time @ .., _, _, _, _] = *text;
    if !fits(text, RFC850_DATE) || !is_long_day_name(before) {
        return None;
    }
    let moment = moment([n1, n2, n3], two_digits([d1, d2]), time)?;
    let (month, day, second) = moment;
    let year = calendar::full_year(two_digits([y1, y2]), month, day, second, now);
    unix(year, moment)
}

/// Returns true if each octet is in the picture.
// The last block overlaps the block before it: no octet is checked alone.
#[inline]
fn fits<const N: usize>(text: &[u8; N], [lowest, highest]: Picture<N>) -> bool {
    is_between(
        text.first_chunk(),
        lowest.first_chunk(),
        highest.first_chunk(),
    ) && is_between(text.last_chunk(), lowest.last_chunk(), highest.last_chunk())
}

/// Returns true if each octet of a block is between the lowest and the highest at its place.
// Without branches, as `is_block`. Not inlined: with the pictures at hand, the compiler would take the
// blocks apart, octet by octet.
#[inline(never)]
fn is_between(
    text: Option<&[u8; 16]>,
    lowest: Option<&[u8; 16]>,
    highest: Option<&[u8; 16]>,
) -> bool {
    let (Some(text), Some(lowest), Some(highest)) = (text, lowest, highest) else {
        return false;
    };
    let octets = text.iter().zip(lowest).zip(highest);
    let misfits = octets.fold(0, |misfits, ((octet, lowest), highest)| {
        misfits | u8::from(octet < lowest) | u8::from(octet > highest)
    });
    misfits == 0
}

/// Month, day, and second of the day.
type Moment = (i32, i32, i32);

/// Parses a month and the hour of a time of day, and checks that the month has the day in every
/// year.
#[expect(clippy::inline_always, reason = "each format has its own")]
#[inline(always)]
fn moment(month: [u8; 3], day: i32, [h1, h2, _, m1, m2, _, s1, s2]: [u8; 8]) -> Option<Moment> {
    let name = calendar::name(month);
    let month = MONTH_NAMES.iter().position(|known| *known == name)?;
    let month = i32::try_from(month).ok()? + 1;
    let last = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let hour = two_digits([h1, h2]);
    if day == 0 || day > last || hour > 23 {
        return None;
    }
    let minute = hour * 60 + two_digits([m1, m2]);
    Some((month, day, minute * 60 + two_digits([s1, s2])))
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

fn four_digits([a, b, c, d]: [u8; 4]) -> i32 {
    two_digits([a, b]) * 100 + two_digits([c, d])
}

/// Returns the number of two digits; a space counts as 0.
fn two_digits([tens, units]: [u8; 2]) -> i32 {
    i32::from(tens & 0xF) * 10 + i32::from(units & 0xF)
}
