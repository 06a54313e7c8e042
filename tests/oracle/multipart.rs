//! `multipart/byteranges` once more, of a content that is there as a whole: RFC 9110 sections 8.3.1,
//! 5.6.6 and 14.6, RFC 2046 section 5.1.1.

use super::range;

/// The boundary that a Content-Type has.
pub fn boundary(content_type: &[u8]) -> Option<Vec<u8>> {
    let text: String = super::trim(content_type)
        .iter()
        .map(|&octet| char::from(super::received(octet)))
        .collect();
    // The parameters begin at the first semicolon; those of a quoted-string end none.
    let mut pieces = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if c == ';' && !quoted {
            pieces.push(String::new());
            continue;
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        pieces.last_mut()?.push(c);
    }
    let is_ows = [' ', '\t'];
    let media_type = pieces.remove(0);
    if !media_type
        .trim_matches(is_ows)
        .eq_ignore_ascii_case("multipart/byteranges")
    {
        return None;
    }
    let mut found = None;
    for piece in pieces {
        let piece = piece.trim_matches(is_ows);
        if piece.is_empty() {
            continue;
        }
        let (name, value) = piece.split_once('=')?;
        let value = if is_token(value) {
            value.to_owned()
        } else {
            quoted_string(value)?
        };
        if !is_token(name) {
            return None;
        }
        if name.eq_ignore_ascii_case("boundary") && found.replace(value).is_some() {
            return None;
        }
    }
    let found: Vec<char> = found?.chars().collect();
    let last = found.last()?;
    if found.len() > 70 || is_ows.contains(last) {
        return None;
    }
    // One character for each octet.
    found.iter().map(|c| u8::try_from(*c).ok()).collect()
}

fn is_token(text: &str) -> bool {
    let is_tchar = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_tchar)
}

/// What a `quoted-string` stands for.
fn quoted_string(text: &str) -> Option<String> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_text = |c: char| c == '\t' || (c >= ' ' && c != '\x7F');
    let mut value = String::new();
    let mut characters = inside.chars();
    while let Some(c) = characters.next() {
        let c = match c {
            '\\' => characters.next()?,
            '"' => return None,
            c => c,
        };
        if !is_text(c) {
            return None;
        }
        value.push(c);
    }
    Some(value)
}

/// A part: its first and last position, the complete length, its Content-Type, its content.
pub type Part = (u64, u64, Option<u64>, Option<Vec<u8>>, Vec<u8>);

/// What is read of a content: all parts up to the end, up to where it is cut, or up to an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    End,
    Cut,
    Error,
}

/// A line without its end, and what follows, if the line has an end.
fn line(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = content.iter().position(|octet| *octet == b'\n')?;
    let line = &content[..end];
    Some((
        line.strip_suffix(b"\r").unwrap_or(line),
        &content[end + 1..],
    ))
}

/// The parts of a content. No head is longer than the limit of the crate.
pub fn parts(mut content: &[u8], boundary: &[u8], mut length: Option<u64>) -> (Vec<Part>, Ending) {
    let mut largest = 0;
    let delimiter = [b"--", boundary].concat();
    let end = [&delimiter[..], b"--"].concat();
    let mut parts = Vec::new();
    loop {
        if !parts.is_empty() {
            match content {
                [] | [b'\r'] => return (parts, Ending::Cut),
                [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => content = rest,
                _ => return (parts, Ending::Error),
            }
        }
        // The delimiter, behind a preamble if it is the first.
        loop {
            if content.starts_with(&end) {
                return (parts, Ending::End);
            }
            let Some((first, rest)) = line(content) else {
                return (parts, Ending::Cut);
            };
            content = rest;
            let padding = first.strip_prefix(&delimiter[..]);
            if padding.is_some_and(|padding| padding.iter().all(|octet| b" \t".contains(octet))) {
                break;
            }
            if !parts.is_empty() {
                return (parts, Ending::Error);
            }
        }
        let mut fields: Vec<Vec<u8>> = Vec::new();
        loop {
            let Some((first, rest)) = line(content) else {
                return (parts, Ending::Cut);
            };
            content = rest;
            if first.is_empty() {
                break;
            }
            match fields.last_mut() {
                Some(field) if first.starts_with(b" ") || first.starts_with(b"\t") => {
                    field.extend(b"  ");
                    field.extend(first);
                }
                _ => fields.push(first.to_vec()),
            }
        }
        let mut ranges = Vec::new();
        let mut content_type = None;
        for field in fields {
            let Some(colon) = field.iter().position(|octet| *octet == b':') else {
                continue;
            };
            let (name, value) = (&field[..colon], &field[colon + 1..]);
            if name.eq_ignore_ascii_case(b"content-range") {
                ranges.push(range::content_range(value));
            } else if name.eq_ignore_ascii_case(b"content-type") && content_type.is_none() {
                content_type = Some(super::trim(value).to_vec());
            }
        }
        let Some(Some((Some((first, last)), complete))) = ranges.first().copied() else {
            return (parts, Ending::Error);
        };
        if ranges.iter().any(|range| *range != ranges[0]) {
            return (parts, Ending::Error);
        }
        // One length, which every part is within, those before it too.
        length = length.or(complete);
        largest = largest.max(last);
        if complete.is_some_and(|complete| Some(complete) != length)
            || length.is_some_and(|length| largest >= length)
        {
            return (parts, Ending::Error);
        }
        let octets = u128::from(last) + 1 - u128::from(first);
        let Some(octets) = usize::try_from(octets)
            .ok()
            .filter(|octets| *octets <= content.len())
        else {
            return (parts, Ending::Cut);
        };
        parts.push((
            first,
            last,
            complete,
            content_type,
            content[..octets].to_vec(),
        ));
        content = &content[octets..];
    }
}
