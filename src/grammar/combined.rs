//! What the rules that are combined with nom have in common: their result, and the smallest rules.
//!
//! The combinators come from nom's root modules. Functions end in `parse_complete`, because nom's
//! `parse` is its streaming mode, which asks for more input at the end. Only the files of Range and
//! of WebDAV use nom.

use nom::IResult;

use super::{Stop, expected_end};
use crate::error::ErrorKind;

/// The rest and the value, or the place where the parser stopped.
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T, Stop>;

/// Required by nom's combinators. The combinators that we use make no error of their own that a
/// caller sees.
impl<'a> nom::error::ParseError<&'a [u8]> for Stop {
    fn from_error_kind(input: &'a [u8], _: nom::error::ErrorKind) -> Self {
        Self::at(input, ErrorKind::End)
    }

    fn append(_: &'a [u8], _: nom::error::ErrorKind, first: Self) -> Self {
        first
    }
}

pub(super) const fn stop<T>(input: &[u8], kind: ErrorKind) -> Parsed<'_, T> {
    Err(nom::Err::Error(Stop::at(input, kind)))
}

/// Returns the parsed value if nothing but whitespace follows it.
pub(crate) fn complete<T>(parsed: Parsed<'_, T>) -> Result<T, Stop> {
    up_to_the_end(parsed, expected_end)
}

/// Returns the parsed value if nothing follows it; `otherwise` is the error about what follows.
pub(super) fn up_to_the_end<'a, T>(
    parsed: Parsed<'a, T>,
    otherwise: impl FnOnce(&'a [u8]) -> Stop,
) -> Result<T, Stop> {
    match parsed {
        Ok(([], read)) => Ok(read),
        Ok((rest, _)) => Err(otherwise(rest)),
        Err(nom::Err::Error(stop) | nom::Err::Failure(stop)) => Err(stop),
        // Unreachable: only streaming parsers ask for more input.
        Err(nom::Err::Incomplete(_)) => Err(Stop::at(&[], ErrorKind::End)),
    }
}

/// Returns the parsed value if nothing follows it, not even whitespace.
pub(super) fn only_the_end<T>(parsed: Parsed<'_, T>) -> Result<T, Stop> {
    up_to_the_end(parsed, |rest| Stop::at(rest, ErrorKind::End))
}

/// Returns the octets of a class at the beginning, and the rest.
pub(super) fn span(input: &[u8], class: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let length = input.iter().take_while(|octet| class(**octet)).count();
    // The default is never taken: the count is at most the length.
    input.split_at_checked(length).unwrap_or((input, &[]))
}

/// Creates a parser for one octet.
pub(super) fn literal<'a>(literal: u8) -> impl Fn(&'a [u8]) -> Parsed<'a, ()> {
    move |input| match input {
        [first, rest @ ..] if *first == literal => Ok((rest, ())),
        _ => stop(input, ErrorKind::Separator(literal)),
    }
}
