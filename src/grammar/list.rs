//! Lists of RFC 9110 §5.6.1, as If-Match and If-None-Match have them (§13.1.1, §13.1.2).

#[cfg(target_pointer_width = "64")]
use super::entity_tag::entity_tag_of;
use super::{Stop, Tag, entity_tag, trim_start};
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
/// space, or to the end; none if it is another, or not plainly one.
#[cfg(target_pointer_width = "64")]
#[inline]
pub(crate) fn member_of(length: usize, input: &[u8]) -> Option<(&[u8], Tag<'_>)> {
    match entity_tag_of(length, input) {
        Some(([b',', b' ', rest @ ..] | [b',', rest @ ..] | rest @ [], tag)) => Some((rest, tag)),
        _ => None,
    }
}

/// What follows a member that is none: that takes up all to the next comma outside of quotes, or to
/// the end.
///
/// Its first octet is taken whatever it is, so that who calls this again and again gets on.
pub(crate) fn behind_malformed(input: &[u8]) -> &[u8] {
    let [first, rest @ ..] = input else {
        return input;
    };
    let mut quoted = *first == b'"';
    let mut rest = rest;
    while let [octet, behind @ ..] = rest {
        match octet {
            b'"' => quoted = !quoted,
            b',' if !quoted => break,
            _ => {}
        }
        rest = behind;
    }
    rest
}
