//! `If` and `Lock-Token` of RFC 4918 §10.4.2 and §10.5, and the `opaque-tag` of
//! `If-Schedule-Tag-Match` (RFC 6638 §8.3).
//!
//! RFC 4918 uses the notation of RFC 2616: whitespace may stand between two parts unless a rule
//! forbids it, and a literal has no case. `CR`, `LF` and `NUL` are not read as `SP` here: a guard
//! that contains one is malformed (our decision).

use nom::Parser as _;
use nom::combinator::cut;
use nom::sequence::{delimited, preceded, terminated};

use super::combined::{Parsed, literal, only_the_end, span, stop, up_to_the_end};
use super::uri::{absolute_uri, simple_ref};
use super::{Stop, Tag};
use crate::error::ErrorKind;

/// The state in a condition: what is between `<` and `>`, or the tag between `[` and `]`.
#[derive(Clone, Copy)]
pub(crate) enum State<'a> {
    Token(&'a [u8]),
    Tag(Tag<'a>),
}

/// A condition: true if it is negated, and the state.
pub(crate) type Condition<'a> = (bool, State<'a>);

/// `If = OWS ( 1*( List OWS ) / 1*Tagged-list )`
pub(crate) fn if_value(value: &[u8]) -> Result<(), Stop> {
    let start = ows(value);
    let lists = if is_tagged(start) {
        one_or_more(tagged_list).parse_complete(start)
    } else {
        lists(start)
    };
    up_to_the_end(lists, |rest| Stop::at(rest, ErrorKind::IfEnd))
}

/// Returns true if the value begins with a `Resource-Tag`.
pub(crate) fn is_tagged(value: &[u8]) -> bool {
    matches!(ows(value), [b'<', ..])
}

/// `Tagged-list = Resource-Tag OWS 1*( List OWS )`
fn tagged_list(input: &[u8]) -> Parsed<'_, ()> {
    preceded(then_ows(resource_tag), cut(lists)).parse_complete(input)
}

/// `Resource-Tag = "<" Simple-ref ">"`: returns the rest, and what is between the brackets.
pub(crate) fn resource_tag(input: &[u8]) -> Parsed<'_, &[u8]> {
    delimited(literal(b'<'), cut(simple_ref), cut(uri_end)).parse_complete(input)
}

/// `1*( List OWS )`
fn lists(input: &[u8]) -> Parsed<'_, ()> {
    one_or_more(list).parse_complete(input)
}

/// `List = "(" OWS 1*( Condition OWS ) ")"`: returns the rest, and the conditions.
pub(crate) fn list(input: &[u8]) -> Parsed<'_, &[u8]> {
    let [b'(', inside @ ..] = input else {
        return stop(input, ErrorKind::IfList);
    };
    let conditions = ows(inside);
    let (end, ()) = cut(one_or_more(condition)).parse_complete(conditions)?;
    let [b')', rest @ ..] = end else {
        return fail(end, ErrorKind::IfListEnd);
    };
    Ok((rest, before(conditions, end)))
}

/// `Condition = [ "Not" OWS ] ( State-token / "[" If-tag "]" )`
pub(crate) fn condition(input: &[u8]) -> Parsed<'_, Condition<'_>> {
    match input {
        [b'n' | b'N', b'o' | b'O', b't' | b'T', rest @ ..] => {
            let (rest, state) = cut(state).parse_complete(ows(rest))?;
            Ok((rest, (true, state)))
        }
        // The beginning of `Not`, and then the end of the value.
        [b'n' | b'N'] | [b'n' | b'N', b'o' | b'O'] => fail(&[], ErrorKind::IfCondition),
        _ => {
            let (rest, state) = state(input)?;
            Ok((rest, (false, state)))
        }
    }
}

/// `State-token / "[" If-tag "]"`; `State-token = Coded-URL`
fn state(input: &[u8]) -> Parsed<'_, State<'_>> {
    match input {
        [b'<', ..] => coded_url.map(State::Token).parse_complete(input),
        [b'[', tag @ ..] => cut(terminated(if_tag, literal(b']')))
            .map(State::Tag)
            .parse_complete(tag),
        _ => stop(input, ErrorKind::IfCondition),
    }
}

/// `Coded-URL = "<" absolute-URI ">"`: returns the rest, and what is between the brackets.
fn coded_url(input: &[u8]) -> Parsed<'_, &[u8]> {
    delimited(
        literal(b'<'),
        cut(|uri| absolute_uri(uri, ErrorKind::AbsoluteUri)),
        cut(uri_end),
    )
    .parse_complete(input)
}

/// The `>` behind the octets of a URI.
fn uri_end(input: &[u8]) -> Parsed<'_, ()> {
    match input {
        [b'>', rest @ ..] => Ok((rest, ())),
        _ => stop(input, ErrorKind::UriEnd),
    }
}

/// `If-tag = [ "W/" ] DQUOTE *if-tagc DQUOTE`: the `entity-tag` of RFC 2616 §3.11.
fn if_tag(input: &[u8]) -> Parsed<'_, Tag<'_>> {
    let (weak, tag, otherwise) = match input {
        [b'W', b'/', tag @ ..] => (true, tag, ErrorKind::OpaqueTag),
        // The beginning of `W/`, and then the end of the value.
        [b'W'] => return stop(&[], ErrorKind::EntityTag),
        tag => (false, tag, ErrorKind::EntityTag),
    };
    let (rest, opaque) = opaque_tag(tag, otherwise)?;
    Ok((rest, (weak, opaque)))
}

/// `If-tag`, up to the end of the text.
pub(crate) fn only_if_tag(text: &[u8]) -> Result<Tag<'_>, Stop> {
    only_the_end(if_tag(text))
}

/// `opaque-tag = DQUOTE *if-tagc DQUOTE`: returns the rest, and the tag without its quotes.
/// `otherwise` is the error if the first quote is missing.
fn opaque_tag(input: &[u8], otherwise: ErrorKind) -> Parsed<'_, &[u8]> {
    let [b'"', opaque @ ..] = input else {
        return stop(input, otherwise);
    };
    match span(opaque, is_if_tagc) {
        (opaque, [b'"', rest @ ..]) => Ok((rest, opaque)),
        (_, rest) => stop(rest, ErrorKind::ClosingQuote),
    }
}

/// `if-tagc = HTAB / SP / %x21 / %x23-7E / obs-text`: the `quoted-string` of RFC 2616, without
/// escapes, which RFC 9110 abolished.
const fn is_if_tagc(octet: u8) -> bool {
    matches!(octet, b'\t' | 0x20 | 0x21 | 0x23..=0x7E | 0x80..)
}

/// `If-Schedule-Tag-Match = opaque-tag` (RFC 6638 §8.3), and the same for `Schedule-Tag`: returns
/// the tag without its quotes.
pub(crate) fn schedule_tag(value: &[u8]) -> Result<&[u8], Stop> {
    only(value, |text| opaque_tag(text, ErrorKind::ScheduleTag))
}

/// `Lock-Token = Coded-URL` (§10.5): returns what is between the brackets.
pub(crate) fn lock_token(value: &[u8]) -> Result<&[u8], Stop> {
    only(value, |text| match text {
        [b'<', ..] => coded_url(text),
        _ => stop(text, ErrorKind::CodedUrl),
    })
}

/// The whole value by this rule, with whitespace around it.
fn only<'a, T>(value: &'a [u8], rule: impl Fn(&'a [u8]) -> Parsed<'a, T>) -> Result<T, Stop> {
    only_the_end(then_ows(rule).parse_complete(ows(value)))
}

// Repetition and whitespace

/// `1*( rule OWS )`. An error at the first octet of the rule ends the repetition, but not the
/// first time; a failure behind it is a failure of the whole.
fn one_or_more<'a, T>(
    rule: impl Fn(&'a [u8]) -> Parsed<'a, T>,
) -> impl Fn(&'a [u8]) -> Parsed<'a, ()> {
    let rule = then_ows(rule);
    move |input| {
        let (mut rest, _) = rule(input)?;
        loop {
            match rule(rest) {
                Ok((behind, _)) => rest = behind,
                Err(nom::Err::Error(_)) => return Ok((rest, ())),
                Err(failure) => return Err(failure),
            }
        }
    }
}

/// `rule OWS`
fn then_ows<'a, T>(rule: impl Fn(&'a [u8]) -> Parsed<'a, T>) -> impl Fn(&'a [u8]) -> Parsed<'a, T> {
    move |input| {
        let (rest, read) = rule(input)?;
        Ok((ows(rest), read))
    }
}

/// Like `stop`, but nothing else can be tried.
const fn fail<T>(input: &[u8], kind: ErrorKind) -> Parsed<'_, T> {
    Err(nom::Err::Failure(Stop::at(input, kind)))
}

/// `OWS = *( SP / HTAB )`: returns the rest behind it.
pub(crate) fn ows(input: &[u8]) -> &[u8] {
    span(input, |octet| matches!(octet, b' ' | b'\t')).1
}

/// Returns what comes before `end`, which is the end of `input`.
fn before<'a>(input: &'a [u8], end: &[u8]) -> &'a [u8] {
    let length = input.len().saturating_sub(end.len());
    // The default is never taken: `end` is not longer than `input`.
    input.split_at_checked(length).unwrap_or_default().0
}
