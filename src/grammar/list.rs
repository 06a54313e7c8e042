//! Lists of RFC 9110 §5.6.1, as in If-Match and If-None-Match (§13.1.1, §13.1.2).

use super::{Stop, Tag, entity_tag, is_ows, trim_start};
use crate::error::ErrorKind;

/// `*( OWS "," OWS )`, any number of empty elements between two members or around them: returns
/// the rest behind them. It cannot fail.
pub(crate) fn between_members(mut input: &[u8]) -> &[u8] {
    while let [octet, rest @ ..] = input {
        if *octet != b',' && !is_ows(*octet) {
            break;
        }
        input = rest;
    }
    input
}

/// One member of `#entity-tag`: returns the rest from the comma or the end behind it, and the
/// tag.
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

/// Returns the rest behind a malformed member, which ends at the next comma outside of quotes or at
/// the end.
///
/// Always consumes at least one octet of a non-empty input, so that a caller's loop makes
/// progress.
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
