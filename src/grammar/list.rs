//! Lists of RFC 9110 §5.6.1, as If-Match and If-None-Match have them (§13.1.1, §13.1.2).

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::opt;
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};

#[cfg(target_pointer_width = "64")]
use super::entity_tag::entity_tag_of;
use super::{Parsed, Stop, Tag, entity_tag, stop, trim_start};
use crate::error::ErrorKind;

/// What stands between two members and around them: `*( OWS "," OWS )`, any number of empty
/// elements. It cannot fail.
pub(crate) fn between_members(mut input: &[u8]) -> &[u8] {
    while let [b',' | b' ' | b'\t', rest @ ..] = input {
        input = rest;
    }
    input
}

/// One member of `#entity-tag`, up to the comma or the end behind it.
#[inline]
pub(crate) fn member(input: &[u8]) -> Result<(&[u8], Tag<'_>), Stop> {
    if let [b'*', ..] = input {
        return Err(Stop::at(input, ErrorKind::Wildcard));
    }
    let (rest, tag) = entity_tag(input)?;
    match trim_start(rest) {
        rest @ ([] | [b',', ..]) => Ok((rest, tag)),
        rest => Err(Stop::at(rest, ErrorKind::ListEnd)),
    }
}

/// One member whose opaque part has this many octets, up to what follows the comma behind it and a
/// space, or to the end; none if it is another.
#[cfg(target_pointer_width = "64")]
#[inline]
pub(crate) fn member_of(length: usize, input: &[u8]) -> Option<(&[u8], Tag<'_>)> {
    match entity_tag_of(length, input) {
        Some(([b',', b' ', rest @ ..] | [b',', rest @ ..] | rest @ [], tag)) => Some((rest, tag)),
        _ => None,
    }
}

/// What a member that is none takes up: all to the next comma outside of quotes, or to the end.
///
/// Its first octet is taken whatever it is, so that who calls this again and again gets on.
pub(crate) fn malformed_member(input: &[u8]) -> Parsed<'_, usize> {
    let first = alt((quoted, octet(|_| true)));
    let other = alt((quoted, octet(|octet| octet != b',')));
    preceded(first, many0_count(other)).parse_complete(input)
}

/// `DQUOTE` to `DQUOTE`, or to the end.
fn quoted(input: &[u8]) -> Parsed<'_, ()> {
    let dquote = || octet(|octet| octet == b'"');
    let within = many0_count(octet(|octet| octet != b'"'));
    delimited(dquote(), within.map(|_| ()), opt(dquote())).parse_complete(input)
}

/// One octet of a class.
pub(super) fn octet<'a>(class: impl Fn(u8) -> bool) -> impl Fn(&'a [u8]) -> Parsed<'a, ()> {
    move |input| match input {
        [octet, rest @ ..] if class(*octet) => Ok((rest, ())),
        _ => stop(input, ErrorKind::End),
    }
}
