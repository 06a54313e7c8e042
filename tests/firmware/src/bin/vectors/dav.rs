//! The vectors of WebDAV and CalDAV.

use core::convert::Infallible;
use core::fmt::Write as _;

use http_preconditions::dav::{
    If, IfTag, IfToSend, ListToSend, LockToken, Preconditions, ResourceTag, ScheduleTag, State,
    StateCondition, StateToken,
};
use http_preconditions::{
    Decision, EntityTag, Evaluation, Options, Outcome, ParseError, Representation,
};

use crate::{Row, Text, are_reports};

/// Cuts the text at the first place where `end` stands.
fn cut<'a>(text: &'a [u8], end: &[u8]) -> (&'a [u8], &'a [u8]) {
    let place = text.windows(end.len()).position(|octets| octets == end);
    let place = place.unwrap_or(text.len());
    (
        &text[..place],
        text.get(place + end.len()..).unwrap_or_default(),
    )
}

/// The entity tag and the state tokens of the resource with this path, as they are written.
fn resource<'a>(row: &Row<'a>, path: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let slash = |path: &[u8]| path.len() - usize::from(path.ends_with(b"/"));
    let mut rest = row.octets(3);
    while !rest.is_empty() {
        let (written, behind) = cut(rest, b"; ");
        rest = behind;
        let (found, state) = cut(written, b" ");
        if found[..slash(found)] == path[..slash(path)] && !state.is_empty() {
            let end = state.iter().rposition(|octet| *octet == b'"').unwrap_or(0);
            return Some(state.split_at(end + 1));
        }
    }
    None
}

fn same_tag(listed: IfTag<'_>, current: &[u8], is_weak: bool) -> bool {
    match EntityTag::parse(current) {
        Ok(current) if is_weak => listed.weak_eq(current),
        Ok(current) => listed.strong_eq(current),
        // A tag of RFC 2616 that is none of RFC 9110, or no tag.
        Err(_) => {
            let quoted = current.strip_prefix(b"W/").unwrap_or(current);
            let opaque = quoted
                .strip_prefix(b"\"")
                .and_then(|rest| rest.strip_suffix(b"\""));
            opaque == Some(listed.opaque()) && (is_weak || (quoted == current && !listed.is_weak()))
        }
    }
}

/// The server's look-up: has the resource this state?
fn has(row: &Row<'_>, tag: Option<ResourceTag<'_>>, state: State<'_>, is_weak: bool) -> bool {
    let (_, target) = cut(row.octets(1), b" ");
    let is_ours = tag.is_none_or(|tag| match (tag.scheme(), tag.authority()) {
        (None, None) => true,
        (Some(scheme), Some(authority)) => {
            let host = authority.strip_suffix(b":80").unwrap_or(authority);
            scheme.eq_ignore_ascii_case(b"http")
                && [&b"example.com"[..], b"www.example.com"]
                    .iter()
                    .any(|ours| host.eq_ignore_ascii_case(ours))
        }
        _ => false,
    });
    let path = tag.map_or(target, |tag| tag.path_and_query());
    let found = resource(row, path).filter(|_| is_ours);
    found.is_some_and(|(etag, tokens)| match state {
        State::Token(token) => tokens
            .split(|octet| *octet == b' ')
            .any(|found| found == token.as_bytes()),
        State::EntityTag(listed) => same_tag(listed, etag, is_weak),
    })
}

fn decide(row: &Row<'_>, is_weak: bool) -> Option<Decision> {
    let lines = |wanted: &'static [u8]| {
        row.from(8).filter_map(move |line| {
            let value = line.strip_prefix(wanted)?.strip_prefix(b":")?;
            Some(value.strip_prefix(b" ").unwrap_or(value))
        })
    };
    let mut preconditions = Preconditions::new();
    if row.octets(3) != b"unchecked" {
        let look_up = |resource, state| Ok::<_, Infallible>(has(row, resource, state, is_weak));
        let locks = row
            .octets(4)
            .split(|octet| *octet == b',')
            .filter(|lock| *lock != b"-");
        let locks = locks.map(|lock| lock.split(|octet| *octet == b'|'));
        let Ok(checked) = preconditions.check_if(lines(b"If"), look_up, locks);
        preconditions = checked;
    }
    if row.octets(5) != b"unchecked" {
        let current = ScheduleTag::parse(row.octets(5)).ok();
        preconditions = preconditions.check_schedule_tag(lines(b"If-Schedule-Tag-Match"), current);
    }
    let (method, target) = cut(row.octets(1), b" ");
    let current = resource(row, target).map(|(etag, _)| {
        let etag = EntityTag::parse(etag).ok();
        Representation::with_validators(etag, None)
    });
    let mut options = Options::new();
    if let Some(status) = row.number(2) {
        options = options.unconditional_status(status);
    }
    let evaluation = Evaluation::with_options(method, current.as_ref(), options);
    Some(row.fill(8, evaluation)?.decide_dav(&preconditions))
}

fn verdict_is(row: &Row<'_>, is_weak: bool, expected: &str) -> Option<bool> {
    let decision = decide(row, is_weak)?;
    let mut verdict = Text::new();
    let written = match (decision.outcome(), decision.decided_by()) {
        (Outcome::Perform, None) => verdict.write_str("perform"),
        (_, None) => write!(verdict, "{}", decision.status()),
        (_, Some(field)) => write!(verdict, "{} {field}", decision.status()),
    };
    Some(written.is_ok() && verdict.text() == expected && are_reports(&decision, row.text(7)?)?)
}

pub(crate) fn request(row: &Row<'_>) -> Option<bool> {
    let verdict = row.text(6)?;
    let (weak, strong) = verdict.split_once(" / ").unwrap_or((verdict, verdict));
    Some(verdict_is(row, true, weak)? && verdict_is(row, false, strong)?)
}

/// The parts from column 3 on, or the error.
fn are_parts(row: &Row<'_>, parts: Result<[Option<&[u8]>; 3], ParseError>) -> Option<bool> {
    match parts {
        Ok(parts) => {
            let mut columns = row.from(3);
            let same = parts
                .into_iter()
                .flatten()
                .all(|part| columns.next() == Some(part));
            Some(row.octets(2) == b"ok" && same && columns.next().is_none())
        }
        Err(error) => row.is_error(2, error),
    }
}

fn url_parts<'a>(tag: ResourceTag<'a>) -> [Option<&'a [u8]>; 3] {
    let or_none = |part: Option<&'a [u8]>| Some(part.unwrap_or(b"-"));
    [
        or_none(tag.scheme()),
        or_none(tag.authority()),
        Some(tag.path_and_query()),
    ]
}

/// Writes the lists of a value one by one, each with its Resource-Tag, and demands that they are read as they were.
fn is_written(value: If<'_>) -> Option<bool> {
    for list in value.lists() {
        let mut conditions = [StateCondition::NOT_NO_LOCK; 8];
        let mut count = 0;
        for condition in list.conditions() {
            *conditions.get_mut(count)? = condition;
            count += 1;
        }
        let conditions = conditions.get(..count)?;
        let one = [match list.resource() {
            Some(resource) => ListToSend::about(resource, conditions),
            None => ListToSend::new(conditions),
        }];
        let mut room = [0; 128];
        let written = IfToSend::new(&one)?.write_to(&mut room).ok()?;
        let again = If::parse(written).ok()?.lists().next()?;
        if again.resource() != list.resource() || !again.conditions().eq(list.conditions()) {
            return Some(false);
        }
    }
    Some(true)
}

pub(crate) fn value(row: &Row<'_>) -> Option<bool> {
    let value = row.octets(1);
    let one = |part| [Some(part), None, None];
    match row.octets(0) {
        b"if" => match If::parse(value) {
            Ok(read) => Some(row.octets(2) == b"ok" && is_written(read)?),
            Err(error) => row.is_error(2, error),
        },
        b"lock-token" => are_parts(
            row,
            LockToken::parse(value).map(|read| one(read.token().as_bytes())),
        ),
        b"state-token" => are_parts(
            row,
            StateToken::new(value).map(|token| one(token.as_bytes())),
        ),
        b"schedule-tag" => are_parts(row, ScheduleTag::parse(value).map(|tag| one(tag.opaque()))),
        b"resource-tag" => are_parts(row, ResourceTag::new(value).map(url_parts)),
        b"received" => {
            let mut text = Text::new();
            write!(text, "<{}> (<a:>)", row.text(1)?).ok()?;
            let list = If::parse(text.text().as_bytes()).ok()?.lists().next()?;
            are_parts(row, Ok(url_parts(list.resource()?)))
        }
        _ => None,
    }
}
