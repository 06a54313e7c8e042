//! Entity tags: RFC 9110 §8.8.3, alone and in If-Range (§13.1.5), and the parts of tags that we
//! make.

use super::{Stop, Tag, expected_end, one_or_more};
use crate::error::{ErrorKind, ParseError};

/// `etagc = %x21 / %x23-7E / obs-text`
pub(super) const fn is_etagc(octet: u8) -> bool {
    matches!(octet, 0x21 | 0x23..=0x7E | 0x80..)
}

/// Returns the rest behind `*etagc`.
pub(super) const fn etagcs(mut input: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = input {
        if !is_etagc(*first) {
            break;
        }
        input = rest;
    }
    input
}

/// `*etagc`, up to the end of the input.
pub(crate) const fn etagcs_only(opaque: &[u8]) -> Result<(), Stop> {
    match etagcs(opaque) {
        [] => Ok(()),
        rest => Err(Stop::at(rest, ErrorKind::ClosingQuote)),
    }
}

/// `opaque-tag = DQUOTE *etagc DQUOTE`: returns the rest, and the tag without its quotes.
/// `otherwise` is the error if the first quote is missing.
#[inline]
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

/// `entity-tag = [ weak ] opaque-tag`: returns the rest, then the tag, as nom does.
// Not inlined: this is the slow path, and each of its three callers would contain a copy.
#[inline(never)]
pub(crate) const fn entity_tag(input: &[u8]) -> Result<(&[u8], Tag<'_>), Stop> {
    let (weak, tag, otherwise) = match input {
        [b'W', b'/', tag @ ..] => (true, tag, ErrorKind::OpaqueTag),
        tag => (false, tag, ErrorKind::EntityTag),
    };
    match opaque_tag(tag, otherwise) {
        Ok((rest, opaque)) => Ok((rest, (weak, opaque))),
        Err(stop) => Err(stop),
    }
}

/// `[ weak ] DQUOTE *OCTET DQUOTE`: a value that begins and ends like a tag. The octets between
/// the quotes are not checked.
pub(crate) const fn in_quotes(value: &[u8]) -> Option<Tag<'_>> {
    match value {
        [b'"', opaque @ .., b'"'] => Some((false, opaque)),
        [b'W', b'/', b'"', opaque @ .., b'"'] => Some((true, opaque)),
        _ => None,
    }
}

/// `entity-tag`, up to the end of the value.
#[inline]
pub(crate) const fn only_entity_tag(text: &[u8]) -> Result<Tag<'_>, Stop> {
    match entity_tag(text) {
        Ok(([], tag)) => Ok(tag),
        Ok((rest, _)) => Err(expected_end(rest)),
        Err(stop) => Err(stop),
    }
}

// §13.1.5 If-Range

/// Returns true if an If-Range, `entity-tag / HTTP-date`, must be read as an `entity-tag`: one of
/// its first three octets is a `DQUOTE`.
pub(crate) const fn is_entity_tag(if_range: &[u8]) -> bool {
    matches!(if_range, [b'"', ..] | [_, b'"', ..] | [_, _, b'"', ..])
}

// Parts of the tags that this crate makes: our own rules

/// `revision-id = 1*( DIGIT / %x61-66 )`
pub(crate) const fn revision_id(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::HexDigit)
}

/// `tag-part = 1*( %x21 / %x23-2D / %x2F-5B / %x5D-7E / obs-text )`
pub(crate) const fn tag_part(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::TagPart)
}

/// Returns true for an octet of `tag-part`: an `etagc` except the full stop, which separates
/// parts, and the backslash, against which RFC 9110 advises servers (§8.8.3).
pub(super) const fn is_part_octet(octet: u8) -> bool {
    is_etagc(octet) && !matches!(octet, b'.' | b'\\')
}
