//! The grammars of RFC 9110, one function for each ABNF rule, under the rule's name.
//!
//! House rules: octets and numbers come out, and no public type but errors. The leaves are slice
//! patterns, since nom's slice by index, which leaves a panic in the program; nom's combinators put
//! the rules of ranges together (`range.rs`). Entity tags are read in `const fn`, because tags are
//! constants of programs.
//!
//! `fast` is the one door to what is fast: it reads the usual values ahead of the grammar, or says
//! nothing. The switch is here and nowhere else. On bare metal, and for a program built with
//! `--cfg http_preconditions_small`, `fast` says nothing at all, because flash is short there. It is
//! no Cargo feature, since features unify: one crate that asks for it would slow every server.

use crate::error::{ErrorKind, ParseError};

mod cache_control;
mod entity_tag;
#[cfg(not(any(target_os = "none", http_preconditions_small)))]
pub(crate) mod fast;
#[cfg(any(target_os = "none", http_preconditions_small))]
#[path = "grammar/small.rs"]
pub(crate) mod fast;
mod http_date;
mod list;
mod range;

pub(crate) use cache_control::{cache_control, elements};
pub(crate) use entity_tag::{
    entity_tag, etagcs_only, in_quotes, is_entity_tag, only_entity_tag, revision_id, tag_part,
};
pub(crate) use http_date::http_date;
pub(crate) use list::{behind_malformed, between_members, member};
pub(crate) use range::{
    acceptable_range, acceptable_ranges, complete, content_range, has_other_unit, is_bytes,
    is_bytes_unit, number_below_2_64, range_spec, ranges_specifier,
};

/// An entity tag as read: whether it is weak, and the opaque part.
pub(crate) type Tag<'a> = (bool, &'a [u8]);

/// What was expected, and how many octets were left.
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

    /// The same behind so many octets of `input`.
    const fn behind(input: &[u8], octets: u8, kind: ErrorKind) -> Self {
        Self {
            kind,
            left: input.len().saturating_sub(octets as usize),
        }
    }

    /// The error in terms of the value of which `text` begins at `start`.
    pub(crate) const fn in_value(self, start: usize, text: &[u8]) -> ParseError {
        let read = text.len().saturating_sub(self.left);
        ParseError::new(self.kind, start.saturating_add(read))
    }
}

/// Where something follows a value that ought to be the whole.
const fn expected_end(rest: &[u8]) -> Stop {
    Stop::at(trim_start(rest), ErrorKind::End)
}

/// Reads a field value with `production`, which reads all of it; whitespace around it is no part of
/// it (§5.5).
pub(crate) fn whole<'a, T>(
    value: &'a [u8],
    production: impl FnOnce(&'a [u8]) -> Result<T, Stop>,
) -> Result<T, ParseError> {
    let (start, text) = trim(value);
    production(text).map_err(|stop| stop.in_value(start, text))
}

// §5.6.3 Whitespace

/// Returns true for `CR`, `LF` and `NUL`, which are read as `SP`: a recipient either rejects the
/// message or replaces them (§5.5), and replacing is our decision.
pub(crate) const fn is_replaced_by_sp(octet: u8) -> bool {
    matches!(octet, b'\r' | b'\n' | b'\0')
}

/// Refuses a value with CR, LF or NUL inside.
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

/// `SP`, or an octet that is read as one.
const fn is_sp(octet: u8) -> bool {
    octet == b' ' || is_replaced_by_sp(octet)
}

/// One octet of `OWS = *( SP / HTAB )`.
const fn is_ows(octet: u8) -> bool {
    octet == b'\t' || is_sp(octet)
}

/// Returns where the value begins behind its leading whitespace, and it without whitespace around.
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

/// `tchar`: `DIGIT`, `ALPHA` and fifteen others of `VCHAR`.
const fn is_tchar(octet: u8) -> bool {
    matches!(octet,
        b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~'
        | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
}

/// `token = 1*tchar`
pub(crate) const fn token(text: &[u8]) -> Result<(), ParseError> {
    one_or_more(text, ErrorKind::Token)
}

/// Reads one or more octets of the class that is `expected`, up to the end.
const fn one_or_more(text: &[u8], expected: ErrorKind) -> Result<(), ParseError> {
    let mut rest = text;
    while let [octet, behind @ ..] = rest {
        let fits = match expected {
            ErrorKind::Token => is_tchar(*octet),
            ErrorKind::HexDigit => matches!(*octet, b'0'..=b'9' | b'a'..=b'f'),
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
