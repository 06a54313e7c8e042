//! The grammars of RFC 9110, RFC 9111 and WebDAV: one function for each ABNF rule, named after the
//! rule.
//!
//! | file | contains |
//! | --- | --- |
//! | `grammar.rs` | whitespace, tokens, where a parser stopped, and the switch for `fast` |
//! | `grammar/entity_tag.rs` | `entity-tag`, the choice in If-Range, parts of the tags we make |
//! | `grammar/list.rs` | the members of If-Match and If-None-Match |
//! | `grammar/http_date.rs` | `HTTP-date`, in three formats |
//! | `grammar/calendar.rs` | dates to seconds and back, by arithmetic only |
//! | `grammar/combined.rs` | the smallest rules for those that nom's combinators combine |
//! | `grammar/range.rs` | Range, Accept-Ranges and Content-Range; uses nom |
//! | `grammar/uri.rs` | URLs and URIs of WebDAV, not taken further apart than their authority |
//! | `grammar/webdav.rs` | If, Lock-Token and If-Schedule-Tag-Match of RFC 4918 and 6638; uses nom |
//! | `grammar/multipart.rs` | the boundary, the delimiters and the fields of `multipart/byteranges` |
//! | `grammar/cache_control.rs` | Cache-Control, and lists of field names |
//! | `grammar/buffer.rs` | writes field values: octets, numbers, hex, base64url |
//! | `grammar/text.rs` | writes octets in pieces: into a buffer, and as text for people |
//! | `grammar/fast.rs` | `fast`: the usual values, read ahead of the grammar |
//! | `grammar/small.rs` | `fast` for small programs: every function returns `None` |
//!
//! Rules for this folder. Functions return octets and numbers, and no public type except errors.
//! Parsers are slice patterns, because nom slices by index, which leaves a panic in the program;
//! only `range.rs` and `webdav.rs` combine their rules with nom. Entity tags are parsed in
//! `const fn`, because programs have them as constants.
//!
//! `fast` is the one door to code that exists only for speed. A function of `fast` may answer, or
//! return `None`; the caller then uses the grammar. It never refuses a value. The switch is in
//! this file alone: `fast` is `small.rs` on bare metal, where flash is scarce, and in a program
//! that is built with `--cfg http_preconditions_small`. The switch is not a Cargo feature,
//! because features unify: one crate that asks for the small form would slow down every server in
//! the same build.
//!
//! If you are new here, you may read and change every file except `fast.rs` and `small.rs`: each
//! rule follows the RFC section that its file names, and `fast` decides nothing that the grammar
//! does not decide. Only if you make a rule stricter, or change the value that it returns, you
//! must change `fast.rs` too; its function may always return `None` instead. `.ci/run small` runs the
//! tests of the core with `small.rs`.

use crate::error::{ErrorKind, ParseError};

pub(crate) mod buffer;
mod cache_control;
pub(crate) mod calendar;
mod combined;
mod entity_tag;
#[cfg(not(any(target_os = "none", http_preconditions_small)))]
pub(crate) mod fast;
#[cfg(any(target_os = "none", http_preconditions_small))]
#[path = "grammar/small.rs"]
pub(crate) mod fast;
mod http_date;
mod list;
mod multipart;
mod range;
pub(crate) mod text;
mod uri;
mod webdav;

pub(crate) use cache_control::{cache_control, elements};
pub(crate) use combined::complete;
pub(crate) use entity_tag::{
    entity_tag, etagcs_only, in_quotes, is_entity_tag, only_entity_tag, revision_id, tag_part,
};
pub(crate) use http_date::http_date;
pub(crate) use list::{behind_malformed, between_members, member};
pub(crate) use multipart::{byteranges, is_close_delimiter, is_delimiter, part_field, unquoted};
pub(crate) use range::{
    acceptable_range, acceptable_ranges, content_range, has_other_unit, is_bytes, is_bytes_unit,
    number_below_2_64, range_spec, ranges_specifier,
};
pub(crate) use uri::{authority, scheme, simple_ref_to_send, state_token};
pub(crate) use webdav::{
    State, condition, if_value, is_tagged, list, lock_token, only_if_tag, ows, resource_tag,
    schedule_tag,
};

/// An entity tag as parsed: true if it is weak, and the opaque part.
pub(crate) type Tag<'a> = (bool, &'a [u8]);

/// The place where a parser stopped: what it expected, and how many octets were left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    kind: ErrorKind,
    left: usize,
}

impl Stop {
    const fn at(input: &[u8], kind: ErrorKind) -> Self {
        Self {
            kind,
            left: input.len(),
        }
    }

    /// Like `at`, but `octets` octets further into the input.
    const fn behind(input: &[u8], octets: u8, kind: ErrorKind) -> Self {
        Self {
            kind,
            left: input.len().saturating_sub(octets as usize),
        }
    }

    /// Returns the error for the whole value, in which `text` begins at `start`.
    pub(crate) const fn in_value(self, start: usize, text: &[u8]) -> ParseError {
        let read = text.len().saturating_sub(self.left);
        ParseError::new(self.kind, start.saturating_add(read))
    }
}

/// Returns the error for `rest`, which follows where the value had to end.
const fn expected_end(rest: &[u8]) -> Stop {
    Stop::at(trim_start(rest), ErrorKind::End)
}

/// Parses a field value with `production`, which must read all of it. Whitespace around the value
/// is removed first (§5.5).
pub(crate) fn whole<'a, T>(
    value: &'a [u8],
    production: impl FnOnce(&'a [u8]) -> Result<T, Stop>,
) -> Result<T, ParseError> {
    let (start, text) = trim(value);
    production(text).map_err(|stop| stop.in_value(start, text))
}

// §5.6.3 Whitespace

/// Returns true for `CR`, `LF` and `NUL`, which are read as `SP`. §5.5 lets a recipient reject
/// the message or replace these octets; replacing them is our decision.
pub(crate) const fn is_replaced_by_sp(octet: u8) -> bool {
    matches!(octet, b'\r' | b'\n' | b'\0')
}

/// Fails at the first `CR`, `LF` or `NUL` in the text.
pub(crate) fn without_forbidden(text: &[u8]) -> Result<(), Stop> {
    let mut rest = text;
    while let [octet, behind @ ..] = rest {
        if is_replaced_by_sp(*octet) {
            return Err(Stop::at(rest, ErrorKind::FieldVchar));
        }
        rest = behind;
    }
    Ok(())
}

/// Returns true for `SP`, and for an octet that is read as `SP`.
const fn is_sp(octet: u8) -> bool {
    octet == b' ' || is_replaced_by_sp(octet)
}

/// Returns true for an octet of `OWS = *( SP / HTAB )`.
const fn is_ows(octet: u8) -> bool {
    octet == b'\t' || is_sp(octet)
}

/// Returns the length of the leading whitespace, and the value without whitespace around it.
pub(crate) const fn trim(value: &[u8]) -> (usize, &[u8]) {
    let mut text = trim_start(value);
    let start = value.len().wrapping_sub(text.len());
    while let [rest @ .., last] = text {
        if !is_ows(*last) {
            break;
        }
        text = rest;
    }
    (start, text)
}

const fn trim_start(mut input: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = input {
        if !is_ows(*first) {
            break;
        }
        input = rest;
    }
    input
}

// §5.6.2 Tokens

/// Returns true for a `tchar`: `DIGIT`, `ALPHA` and fifteen other octets of `VCHAR`.
const fn is_tchar(octet: u8) -> bool {
    matches!(octet,
        b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~'
        | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
}

/// `token = 1*tchar`
pub(crate) const fn token(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::Token)
}

/// Fails unless the text is a `boundary` (RFC 2046 §5.1.1): 1 to 70 `bchars`, without those that a
/// parameter must quote.
pub(crate) fn boundary(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::Boundary)?;
    match text.get(70) {
        None => Ok(()),
        Some(_) => Err(ParseError::new(ErrorKind::Boundary, 70)),
    }
}

/// Fails unless the text is one or more octets of the class that is `expected`.
const fn one_or_more(text: &[u8], expected: ErrorKind) -> Result<(), ParseError> {
    let mut rest = text;
    while let [octet, behind @ ..] = rest {
        let fits = match expected {
            ErrorKind::Token => is_tchar(*octet),
            ErrorKind::HexDigit => matches!(*octet, b'0'..=b'9' | b'a'..=b'f'),
            ErrorKind::Boundary => matches!(*octet,
                b'\'' | b'+' | b'_' | b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z'),
            _ => entity_tag::is_part_octet(*octet),
        };
        if !fits {
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
