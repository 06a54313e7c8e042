//! What the tags that this crate makes are put together from. `const fn`, as tags are.

use crate::error::{ErrorKind, ParseError};

use super::entity_tag::is_etagc;
use super::is_tchar;

/// `token = 1*tchar` (§5.6.2)
pub(crate) const fn token(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::Token)
}

/// `revision-id = 1*( DIGIT / %x61-66 )`, a rule of our own.
pub(crate) const fn revision_id(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::HexDigit)
}

/// `tag-part = 1*( %x21 / %x23-2D / %x2F-5B / %x5D-7E / obs-text )`, a rule of our own: `etagc`
/// without the full stop, which stands between parts, and without the backslash, which servers
/// ought to avoid (§8.8.3).
pub(crate) const fn tag_part(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::TagPart)
}

/// One or more of the octets that are `expected`, and nothing else.
const fn one_or_more(text: &[u8], expected: ErrorKind) -> Result<(), ParseError> {
    let mut rest = text;
    while let [octet, behind @ ..] = rest {
        if !is(*octet, expected) {
            break;
        }
        rest = behind;
    }
    match (text, rest) {
        ([_, ..], []) => Ok(()),
        _ => Err(ParseError::new(
            expected,
            text.len().saturating_sub(rest.len()),
        )),
    }
}

const fn is(octet: u8, expected: ErrorKind) -> bool {
    match expected {
        ErrorKind::Token => is_tchar(octet),
        ErrorKind::HexDigit => matches!(octet, b'0'..=b'9' | b'a'..=b'f'),
        _ => is_etagc(octet) && !matches!(octet, b'.' | b'\\'),
    }
}
