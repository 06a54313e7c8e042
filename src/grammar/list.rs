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

/// The first of `entity-tag *( "," SP entity-tag )`, if that and nothing else is the value, and each
/// is as weak and as long as the first, and plainly a tag.
// Where each begins is known, and nothing has to be looked for. What is between two opaque parts is
// compared at once, which takes a tenth less than one octet after the other.
#[cfg(target_pointer_width = "64")]
pub(crate) fn alike(value: &[u8]) -> Option<Tag<'_>> {
    let (weak, opaques) = in_quotes(value)?;
    let (_, (_, first)) = entity_tag(value).ok()?;
    let between = if weak { 6 } else { 4 };
    let mut members = opaques.chunks_exact(first.len().saturating_add(between));
    let last = members.remainder();
    if last.len() != first.len() || !are_plainly_etagcs(last) {
        return None;
    }
    let all = members.all(|member| {
        let opaque = if weak {
            opaque_before(b"\", W/\"", member)
        } else {
            opaque_before(b"\", \"", member)
        };
        opaque.is_some_and(are_plainly_etagcs)
    });
    all.then_some((weak, first))
}

#[cfg(target_pointer_width = "64")]
fn opaque_before<'a, const N: usize>(between: &[u8; N], member: &'a [u8]) -> Option<&'a [u8]> {
    let (opaque, end) = member.split_last_chunk()?;
    (end == between).then_some(opaque)
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
