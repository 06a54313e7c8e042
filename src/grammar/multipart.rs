//! `multipart/byteranges` of RFC 9110 §14.6 and RFC 2046 §5.1: its boundary, its delimiters, and
//! the fields of a part.

use super::{Stop, is_ows, is_replaced_by_sp, is_tchar, trim_start};
use crate::error::ErrorKind;

/// `media-type = type "/" subtype parameters` (RFC 9110 §8.3.1) of `multipart/byteranges`: returns
/// its boundary, as [`unquoted`] reads it.
pub(crate) fn byteranges(text: &[u8]) -> Result<&[u8], Stop> {
    const TYPE: &[u8] = b"multipart/byteranges";
    let mut rest = match text.split_at_checked(TYPE.len()) {
        Some((media_type, rest)) if media_type.eq_ignore_ascii_case(TYPE) => rest,
        _ => return Err(Stop::at(text, ErrorKind::MediaType)),
    };
    if matches!(rest, [octet, ..] if is_tchar(*octet)) {
        return Err(Stop::at(text, ErrorKind::MediaType));
    }
    let mut boundary = None;
    loop {
        rest = match trim_start(rest) {
            [] => break,
            [b';', behind @ ..] => trim_start(behind),
            other => return Err(Stop::at(other, ErrorKind::Separator(b';'))),
        };
        // A parameter may be missing between two semicolons.
        if matches!(rest, [] | [b';', ..]) {
            continue;
        }
        let (behind, name, value) = parameter(rest)?;
        if name.eq_ignore_ascii_case(b"boundary") && boundary.replace(value).is_some() {
            return Err(Stop::at(rest, ErrorKind::BoundaryParameter));
        }
        rest = behind;
    }
    let missing = Err(Stop::at(rest, ErrorKind::BoundaryParameter));
    let Some(value) = boundary else {
        return missing;
    };
    // RFC 2046 §5.1.1: a space at its end could not be told from the padding of a delimiter.
    match (unquoted(value).count(), unquoted(value).last()) {
        (1..=70, Some(last)) if !is_ows(last) => Ok(value),
        _ => missing,
    }
}

/// `parameter = parameter-name "=" ( token / quoted-string )` (§5.6.6): returns the rest, the name,
/// and the value without quotes.
fn parameter(input: &[u8]) -> Result<(&[u8], &[u8], &[u8]), Stop> {
    let (name, rest) = token(input)?;
    match rest {
        [b'=', b'"', text @ ..] => {
            let (value, rest) = quoted_string(text)?;
            Ok((rest, name, value))
        }
        [b'=', text @ ..] => {
            let (value, rest) = token(text)?;
            Ok((rest, name, value))
        }
        _ => Err(Stop::at(rest, ErrorKind::Separator(b'='))),
    }
}

/// `token = 1*tchar` (§5.6.2), and the rest.
fn token(input: &[u8]) -> Result<(&[u8], &[u8]), Stop> {
    let length = input.iter().take_while(|octet| is_tchar(**octet)).count();
    match input.split_at_checked(length) {
        Some((name @ [_, ..], rest)) => Ok((name, rest)),
        _ => Err(Stop::at(input, ErrorKind::Token)),
    }
}

/// `quoted-string` (§5.6.4) behind its first `DQUOTE`: returns the text up to the last one, with its
/// backslashes, and the rest.
fn quoted_string(text: &[u8]) -> Result<(&[u8], &[u8]), Stop> {
    let mut rest = text;
    loop {
        rest = match rest {
            [b'"', behind @ ..] => {
                let length = text.len().saturating_sub(rest.len());
                let (inside, _) = text.split_at_checked(length).unwrap_or_default();
                return Ok((inside, behind));
            }
            [b'\\', octet, behind @ ..] | [octet, behind @ ..] if is_quotable(*octet) => behind,
            _ => return Err(Stop::at(rest, ErrorKind::QuotedString)),
        };
    }
}

/// Returns true for `HTAB`, `SP`, `VCHAR` and `obs-text`, and for an octet that is read as `SP`.
const fn is_quotable(octet: u8) -> bool {
    matches!(octet, b'\t' | b' '..=b'~' | 0x80..) || is_replaced_by_sp(octet)
}

/// Returns the octets that a parameter value stands for: `quoted-pair` is its second octet.
pub(crate) fn unquoted(value: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut is_escaped = false;
    value.iter().filter_map(move |octet| {
        is_escaped = *octet == b'\\' && !is_escaped;
        let read = if is_replaced_by_sp(*octet) {
            b' '
        } else {
            *octet
        };
        (!is_escaped).then_some(read)
    })
}

/// A line between two parts.
pub(crate) enum Delimiter {
    /// `delimiter transport-padding`: a part follows.
    Part,
    /// `close-delimiter`, whatever follows it.
    End,
}

/// Returns the delimiter that a line begins with or consists of, or `None` if it is another line.
pub(crate) fn delimiter(line: &[u8], boundary: &[u8]) -> Option<Delimiter> {
    let padding = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    if padding.starts_with(b"--") {
        return Some(Delimiter::End);
    }
    let is_padding = padding.iter().all(|octet| matches!(octet, b' ' | b'\t'));
    is_padding.then_some(Delimiter::Part)
}

/// The next field of a part: returns the rest, the name, and the value with all lines into which it
/// is folded. A line without a colon has no value.
pub(crate) fn part_field(head: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let mut rest = head;
    let rest = loop {
        rest = match rest {
            [b'\n', behind @ ..] if !matches!(behind, [b' ' | b'\t', ..]) => break behind,
            [_, behind @ ..] => behind,
            [] => break rest,
        };
    };
    let length = head.len().saturating_sub(rest.len());
    let (field, _) = head.split_at_checked(length).unwrap_or_default();
    let mut parts = field.splitn(2, |octet| *octet == b':');
    let name = parts.next().unwrap_or_default();
    (rest, name, parts.next().unwrap_or_default())
}
