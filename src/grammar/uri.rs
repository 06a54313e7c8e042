//! The URLs and URIs of WebDAV: `Simple-ref` of RFC 4918 §8.3, and `absolute-URI` of RFC 3986 §4.3.

use super::Stop;
use super::combined::{Parsed, only_the_end, span, stop};
use crate::error::ErrorKind;

/// `Simple-ref = absolute-URI / ( path-absolute [ "?" query ] )` (§8.3)
pub(super) fn simple_ref(input: &[u8]) -> Parsed<'_, &[u8]> {
    match input {
        [b'/', b'/', ..] => stop(input, ErrorKind::SimpleRef),
        [b'/', ..] => {
            let (path, rest) = span(input, is_uri_octet);
            Ok((rest, path))
        }
        _ => absolute_uri(input, ErrorKind::SimpleRef),
    }
}

/// `absolute-URI = scheme ":" hier-part [ "?" query ]` (RFC 3986 §4.3): the octets behind the colon
/// are not taken apart. `otherwise` is the error if the scheme is missing.
pub(super) fn absolute_uri(input: &[u8], otherwise: ErrorKind) -> Parsed<'_, &[u8]> {
    let (uri, rest) = span(input, is_uri_octet);
    match scheme(uri) {
        ([_, ..], [b':', ..]) => Ok((rest, uri)),
        // The value ends in the scheme.
        ([_, ..], []) if rest.is_empty() => stop(rest, otherwise),
        _ => stop(input, otherwise),
    }
}

/// `scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )` (RFC 3986 §3.1): returns the scheme, empty
/// if there is none, and what follows it.
pub(crate) fn scheme(uri: &[u8]) -> (&[u8], &[u8]) {
    match uri {
        [b'a'..=b'z' | b'A'..=b'Z', ..] => span(
            uri,
            |octet| matches!(octet, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.'),
        ),
        _ => (&[], uri),
    }
}

/// `authority` of a URL, if it has one, and what follows: the path and the query.
pub(crate) fn authority(url: &[u8]) -> (Option<&[u8]>, &[u8]) {
    match scheme(url).1 {
        [b':', b'/', b'/', rest @ ..] => {
            let (authority, path) = span(rest, |octet| !matches!(octet, b'/' | b'?'));
            (Some(authority), path)
        }
        [b':', rest @ ..] => (None, rest),
        _ => (None, url),
    }
}

/// `absolute-URI`, up to the end of the text.
pub(crate) fn state_token(text: &[u8]) -> Result<(), Stop> {
    only_the_end(absolute_uri(text, ErrorKind::AbsoluteUri)).map(|_| ())
}

/// `Simple-ref`, up to the end of the text, without dot segments (§8.3, erratum 1519).
pub(crate) fn simple_ref_to_send(url: &[u8]) -> Result<(), Stop> {
    only_the_end(simple_ref(url))?;
    let (_, mut rest) = authority(url);
    loop {
        let (segment, behind) = span(rest, |octet| !matches!(octet, b'/' | b'?'));
        if is_dot_segment(segment) {
            return Err(Stop::at(rest, ErrorKind::DotSegment));
        }
        match behind {
            [b'/', behind @ ..] => rest = behind,
            _ => return Ok(()),
        }
    }
}

/// Returns true for `.` and `..`, also with dots that are percent-encoded (RFC 3986 §6.2.2).
fn is_dot_segment(segment: &[u8]) -> bool {
    let behind = behind_dot(segment);
    matches!(behind, Some([])) || matches!(behind.and_then(behind_dot), Some([]))
}

fn behind_dot(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Returns true for an octet of a URI, and for others that clients send unencoded: all but
/// controls, `SP`, `<`, `>` and `#` (our decision). A fragment has no place in `absolute-URI`.
const fn is_uri_octet(octet: u8) -> bool {
    matches!(octet, b'!'..=b'~' | 0x80..) && !matches!(octet, b'<' | b'>' | b'#')
}
