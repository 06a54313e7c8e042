//! Entity tags: RFC 9110 §8.8.3, alone and in If-Range (§13.1.5).

use super::{Stop, Tag, expected_end};
use crate::error::ErrorKind;

/// `etagc = %x21 / %x23-7E / obs-text`
pub(super) const fn is_etagc(octet: u8) -> bool {
    matches!(octet, 0x21 | 0x23..=0x7E | 0x80..)
}

/// The rest behind `*etagc`.
const fn etagcs(mut input: &[u8]) -> &[u8] {
    // What has no vectors, as a Cortex-M0, would only have more flash taken.
    #[cfg(target_pointer_width = "64")]
    {
        while let Some((block, rest)) = input.split_first_chunk::<16>() {
            if !is_plain(block) {
                break;
            }
            input = rest;
        }
        if let Some((block, rest)) = input.split_first_chunk::<8>() {
            if is_plain(block) {
                input = rest;
            }
        }
    }
    while let [first, rest @ ..] = input {
        if !is_etagc(*first) {
            break;
        }
        input = rest;
    }
    input
}

/// Reports whether a block is of the octets that nearly every tag is of: `%x23-7E`, which leaves
/// out `!` and `obs-text`.
// In another block each octet has to be looked at.
#[cfg(target_pointer_width = "64")]
#[inline]
const fn is_plain<const N: usize>(block: &[u8; N]) -> bool {
    are_plain(block, block)
}

/// The same of two blocks.
// Nothing in it branches, so that 16 octets are one vector with SSE2. Counted upwards from `#` and
// around, the farther of two octets tells of both: a list of 1,000 tags takes 8 % less time than
// when each octet is compared.
#[cfg(target_pointer_width = "64")]
#[inline]
const fn are_plain<const N: usize>(a: &[u8; N], b: &[u8; N]) -> bool {
    let mut all = true;
    let (mut a, mut b): (&[u8], &[u8]) = (a, b);
    while let ([x, a_behind @ ..], [y, b_behind @ ..]) = (a, b) {
        let (x, y) = (x.wrapping_sub(b'#'), y.wrapping_sub(b'#'));
        let farther = if x > y { x } else { y };
        all &= farther <= b'~' - b'#';
        (a, b) = (a_behind, b_behind);
    }
    all
}

/// Reports whether this is plainly `*etagc`: without `!` and `obs-text`, or of less than 16 octets.
/// What is refused may be `*etagc` nevertheless.
// From 16 octets on none is read by itself, since the last block may overlap the one before it. Up to
// 64 there is no loop.
#[cfg(target_pointer_width = "64")]
#[expect(clippy::inline_always, reason = "without it a list takes a tenth more")]
#[inline(always)]
pub(crate) const fn are_plainly_etagcs(opaque: &[u8]) -> bool {
    let (Some((first, mut rest)), Some(last)) =
        (opaque.split_first_chunk::<32>(), opaque.last_chunk::<32>())
    else {
        return match (opaque.first_chunk::<16>(), opaque.last_chunk::<16>()) {
            (Some(first), Some(last)) => are_plain(first, last),
            _ => etagcs(opaque).is_empty(),
        };
    };
    if !are_plain(first, last) {
        return false;
    }
    while let Some((block, behind @ [_, ..])) = rest.split_first_chunk::<32>() {
        if !is_plain(block) {
            return false;
        }
        rest = behind;
    }
    true
}

/// `*etagc` and nothing else.
pub(crate) const fn etagcs_only(opaque: &[u8]) -> Result<(), Stop> {
    match etagcs(opaque) {
        [] => Ok(()),
        rest => Err(Stop::at(rest, ErrorKind::ClosingQuote)),
    }
}

/// `opaque-tag = DQUOTE *etagc DQUOTE`, without its quotes.
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

/// `entity-tag = [ weak ] opaque-tag` and the rest, in nom's order.
#[cfg_attr(not(target_pointer_width = "64"), inline(never))]
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

/// `entity-tag`, if that and nothing else, not even whitespace, is the value, and plainly so.
// Its quotes are where they have to be: 85 instructions for 42 octets instead of 150.
#[cfg(target_pointer_width = "64")]
#[expect(
    clippy::inline_always,
    reason = "to call it would take a twentieth of what one tag does"
)]
#[inline(always)]
pub(crate) const fn exact_entity_tag(value: &[u8]) -> Option<Tag<'_>> {
    match in_quotes(value) {
        Some((weak, opaque)) if are_plainly_etagcs(opaque) => Some((weak, opaque)),
        _ => None,
    }
}

/// `[ weak ] DQUOTE *OCTET DQUOTE`: what begins and ends as a tag.
pub(crate) const fn in_quotes(value: &[u8]) -> Option<Tag<'_>> {
    match value {
        [b'"', opaque @ .., b'"'] => Some((false, opaque)),
        [b'W', b'/', b'"', opaque @ .., b'"'] => Some((true, opaque)),
        _ => None,
    }
}

/// `entity-tag` and the end of the value.
#[inline]
pub(crate) const fn only_entity_tag(text: &[u8]) -> Result<Tag<'_>, Stop> {
    #[cfg(target_pointer_width = "64")]
    if let Some(tag) = exact_entity_tag(text) {
        return Ok(tag);
    }
    match entity_tag(text) {
        Ok(([], tag)) => Ok(tag),
        Ok((rest, _)) => Err(expected_end(rest)),
        Err(stop) => Err(stop),
    }
}

// §13.1.5 If-Range

/// Which rule `entity-tag / HTTP-date` is to be read with: the former iff one of the first three
/// octets is a `DQUOTE`.
pub(crate) const fn is_entity_tag(if_range: &[u8]) -> bool {
    matches!(if_range, [b'"', ..] | [_, b'"', ..] | [_, _, b'"', ..])
}
