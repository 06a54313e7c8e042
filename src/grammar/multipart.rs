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
        let (parameter, behind) = parameter(rest)?;
        let is_boundary = parameter.name.eq_ignore_ascii_case(b"boundary");
        if is_boundary && boundary.replace(parameter.value).is_some() {
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

/// A parameter, with its value as [`unquoted`] reads it.
struct Parameter<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

/// `parameter = parameter-name "=" ( token / quoted-string )` (§5.6.6), and the rest.
fn parameter(input: &[u8]) -> Result<(Parameter<'_>, &[u8]), Stop> {
    let (name, rest) = token(input)?;
    let (value, rest) = match rest {
        [b'=', b'"', text @ ..] => quoted_string(text)?,
        [b'=', text @ ..] => token(text)?,
        _ => return Err(Stop::at(rest, ErrorKind::Separator(b'='))),
    };
    Ok((Parameter { name, value }, rest))
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

/// Returns true if the line is `delimiter transport-padding`: a part follows.
pub(crate) fn is_delimiter(line: &[u8], boundary: &[u8]) -> bool {
    let padding = behind_boundary(line, boundary);
    padding.is_some_and(|padding| padding.iter().all(|octet| matches!(octet, b' ' | b'\t')))
}

/// Returns true if the text begins with `close-delimiter`, whatever follows it.
pub(crate) fn is_close_delimiter(text: &[u8], boundary: &[u8]) -> bool {
    behind_boundary(text, boundary).is_some_and(|behind| behind.starts_with(b"--"))
}

/// Returns what follows `dash-boundary`.
fn behind_boundary<'a>(text: &'a [u8], boundary: &[u8]) -> Option<&'a [u8]> {
    text.strip_prefix(b"--")?.strip_prefix(boundary)
}

/// The next field of a part, with all lines into which it is folded, and the rest. A line without a
/// colon has no value.
pub(crate) fn part_field(head: &[u8]) -> (PartField<'_>, &[u8]) {
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
    let value = parts.next().unwrap_or_default();
    (PartField { name, value }, rest)
}

/// A field line in the head of a part.
pub(crate) struct PartField<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) value: &'a [u8],
}
