//! The grammars of RFC 9110, one function for each ABNF rule, under the rule's name. Nothing
//! outside of this module says `nom`.
//!
//! House rules: nom's combinators, from its root modules, put the rules together; bodies end in
//! `parse_complete`, because `parse` is the streaming mode, which asks for more input instead of
//! seeing the end. The leaves are slice patterns of our own, since nom's slice by index, which
//! leaves a panic in the program. The entity-tag is `const fn` throughout: tags are constants of
//! programs, and nom does not run at compile time. A date, in which every part has its place, is
//! read by a template, and a list of tags octet by octet or, where all are of one length, by that;
//! what is not `Parsed` reads without nom.

use nom::IResult;

use crate::error::{ErrorKind, ParseError};

mod cache_control;
mod entity_tag;
mod http_date;
mod list;
mod made;
mod range;

pub(crate) use cache_control::{cache_control, elements};
#[cfg(target_pointer_width = "64")]
pub(crate) use entity_tag::{are_plainly_etagcs, exact_entity_tag};
pub(crate) use entity_tag::{entity_tag, etagcs_only, in_quotes, is_entity_tag, only_entity_tag};
#[cfg(target_pointer_width = "64")]
pub(crate) use http_date::exact_http_date;
pub(crate) use http_date::http_date;
#[cfg(target_pointer_width = "64")]
pub(crate) use list::alike;
pub(crate) use list::{behind_malformed, between_members, member};
pub(crate) use made::{revision_id, tag_part, token};
pub(crate) use range::{
    acceptable_range, acceptable_ranges, content_range, is_bytes_unit, number_below_2_64,
    range_spec, ranges_specifier,
};

/// An entity-tag as read: whether it is weak, and the opaque part.
pub(crate) type Tag<'a> = (bool, &'a [u8]);

/// What nom's parsers return: the rest and the value, or where it stopped.
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T, Stop>;

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

/// nom's combinators ask for this; no combinator used here fails of its own accord in a way that is
/// shown.
impl<'a> nom::error::ParseError<&'a [u8]> for Stop {
    fn from_error_kind(input: &'a [u8], _: nom::error::ErrorKind) -> Self {
        Self::at(input, ErrorKind::End)
    }

    fn append(_: &'a [u8], _: nom::error::ErrorKind, first: Self) -> Self {
        first
    }
}

const fn stop<T>(input: &[u8], kind: ErrorKind) -> Parsed<'_, T> {
    Err(nom::Err::Error(Stop::at(input, kind)))
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

/// What a parser of nom's has read, if that is all of its input.
pub(crate) fn complete<T>(parsed: Parsed<'_, T>) -> Result<T, Stop> {
    match parsed {
        Ok(([], read)) => Ok(read),
        Ok((rest, _)) => Err(expected_end(rest)),
        Err(nom::Err::Error(stop) | nom::Err::Failure(stop)) => Err(stop),
        // Only streaming parsers ask for more.
        Err(nom::Err::Incomplete(_)) => Err(Stop::at(&[], ErrorKind::End)),
    }
}

// §5.6.3 Whitespace

/// `OWS = *( SP / HTAB )`
const fn is_ows(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// The value without whitespace around it, and where in it that begins.
pub(crate) const fn trim(value: &[u8]) -> (usize, &[u8]) {
    // Nearly every value has none: 17 instructions less for who reads one, and 28 octets of flash
    // more on a Cortex-M0.
    #[cfg(target_pointer_width = "64")]
    if let [first, .., last] = value {
        if !is_ows(*first) && !is_ows(*last) {
            return (0, value);
        }
    }
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

// §14.1.1 Range Specifiers

/// Reports whether a Range begins with `range-unit "="` for the unit `bytes`, which is known in any
/// case (§14.1).
pub(crate) const fn is_bytes(range: &[u8]) -> bool {
    let Some((byte, [s, b'=', ..])) = trim_start(range).split_first_chunk::<4>() else {
        return false;
    };
    // With that bit a letter is in lower case, and nothing but a letter becomes one.
    u32::from_le_bytes(*byte) | 0x2020_2020 == u32::from_le_bytes(*b"byte") && *s | 0x20 == b's'
}
