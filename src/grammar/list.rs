//! Lists of RFC 9110 §5.6.1, as If-Match and If-None-Match have them (§13.1.1, §13.1.2).

use super::{Stop, Tag, entity_tag, trim_start};
#[cfg(target_pointer_width = "64")]
use super::{are_plainly_etagcs, in_quotes};
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

/// The opaque part of the first member, if each is as weak and as long as that one, and plainly a
/// tag, with `,` or everywhere `, ` between them and nothing around them; or if there is one member.
// The first tells where each of the others begins.
#[cfg(target_pointer_width = "64")]
pub(crate) fn alike(value: &[u8]) -> Option<&[u8]> {
    let (weak, opaques) = in_quotes(value)?;
    let (behind, (_, first)) = entity_tag(value).ok()?;
    let length = first.len();
    let all = match (weak, behind) {
        (_, []) => true,
        (false, [b',', b' ', ..]) => are_alike(b"\", \"", length, opaques),
        (false, _) => are_alike(b"\",\"", length, opaques),
        (true, [b',', b' ', ..]) => are_alike(b"\", W/\"", length, opaques),
        (true, _) => are_alike(b"\",W/\"", length, opaques),
    };
    all.then_some(first)
}

/// Reports whether these are opaque parts of this length, plainly so, with this between them.
#[cfg(target_pointer_width = "64")]
fn are_alike<const N: usize>(between: &[u8; N], length: usize, opaques: &[u8]) -> bool {
    let mut members = opaques.chunks_exact(length.saturating_add(N));
    let last = members.remainder();
    last.len() == length
        && are_plainly_etagcs(last)
        && members.all(|member| match member.split_last_chunk() {
            Some((opaque, end)) => end == between && are_plainly_etagcs(opaque),
            None => false,
        })
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
