//! WebDAV and CalDAV: requests with `If` and `If-Schedule-Tag-Match`, row by row.

use std::convert::Infallible;

use http_preconditions::{
    Condition, Decision, EntityTag, Evaluation, Field, IgnoreReason, Options, Outcome,
    Representation,
    dav::{Asking, If, IfTag, Preconditions, ResourceTag, ScheduleTag, State},
};
use support::vectors::{Row, kind, rows};

/// A resource of a row: its path, its entity tag as it is written, its state tokens.
struct Resource<'a> {
    path: &'a [u8],
    etag: Option<&'a [u8]>,
    tokens: Vec<&'a [u8]>,
}

fn split_at<'a>(text: &'a [u8], end: &[u8]) -> (&'a [u8], &'a [u8]) {
    let place = text.windows(end.len()).position(|octets| octets == end);
    let place = place.unwrap_or(text.len());
    (&text[..place], text.get(place + end.len()..).unwrap_or(&[]))
}

/// The resources of a row: no entity tag of theirs has `; ` inside.
fn resources(row: &Row) -> Vec<Resource<'_>> {
    let mut rest = match row.octets(3) {
        b"-" | b"unchecked" => &[][..],
        column => column,
    };
    let mut resources = Vec::new();
    while !rest.is_empty() {
        let (resource, behind) = split_at(rest, b"; ");
        rest = behind;
        let (path, state) = split_at(resource, b" ");
        let end = state.iter().rposition(|octet| *octet == b'"');
        let (etag, tokens) = match end {
            Some(end) => (Some(&state[..=end]), &state[end + 1..]),
            None => (
                None,
                state.strip_prefix(b"-").expect("no entity tag is `-`"),
            ),
        };
        let tokens = tokens.split(|octet| *octet == b' ');
        resources.push(Resource {
            path,
            etag,
            tokens: tokens.filter(|token| !token.is_empty()).collect(),
        });
    }
    resources
}

/// The path that a Resource-Tag names on this server: its scheme and its host in any case, port 80.
fn path_of<'a>(row: &'a Row, resource: Option<ResourceTag<'a>>) -> Option<&'a [u8]> {
    let Some(tag) = resource else {
        return Some(split_at(row.octets(1), b" ").1);
    };
    let is_ours = match (tag.scheme(), tag.authority()) {
        (None, None) => true,
        (Some(scheme), Some(authority)) => {
            let host = authority.strip_suffix(b":80").unwrap_or(authority);
            scheme.eq_ignore_ascii_case(b"http")
                && (host.eq_ignore_ascii_case(b"example.com")
                    || host.eq_ignore_ascii_case(b"www.example.com"))
        }
        _ => false,
    };
    is_ours.then(|| tag.path_and_query())
}

fn same_path(a: &[u8], b: &[u8]) -> bool {
    a.strip_suffix(b"/").unwrap_or(a) == b.strip_suffix(b"/").unwrap_or(b)
}

/// A tag of RFC 2616 need not be one of RFC 9110: then its octets are compared.
fn same_tag(listed: IfTag<'_>, current: &[u8], is_weak: bool) -> bool {
    match EntityTag::parse(current) {
        Ok(current) if is_weak => listed.weak_eq(current),
        Ok(current) => listed.strong_eq(current),
        Err(_) => {
            let strong = current.strip_prefix(b"W/").unwrap_or(current);
            let quoted = [b"\"", listed.opaque(), b"\""].concat();
            strong == quoted && (is_weak || (strong == current && !listed.is_weak()))
        }
    }
}

/// The server's look-up: has the resource this state?
fn has(row: &Row, resource: Option<ResourceTag<'_>>, state: State<'_>, is_weak: bool) -> bool {
    let mapped = resources(row);
    let path = path_of(row, resource);
    let found = path.and_then(|path| mapped.iter().find(|found| same_path(found.path, path)));
    found.is_some_and(|found| match state {
        State::Token(token) => found.tokens.contains(&token.as_bytes()),
        State::EntityTag(tag) => found.etag.is_some_and(|etag| same_tag(tag, etag, is_weak)),
    })
}

fn locks(row: &Row) -> Vec<Vec<&[u8]>> {
    match row.octets(4) {
        b"-" => Vec::new(),
        column => {
            let locks = column.split(|octet| *octet == b',');
            locks
                .map(|lock| lock.split(|octet| *octet == b'|').collect())
                .collect()
        }
    }
}

fn lines<'a>(row: &'a Row, name: &str) -> Vec<&'a [u8]> {
    let fields = row.fields(8).into_iter();
    fields
        .filter(|(field, _)| *field == name)
        .map(|(_, value)| value)
        .collect()
}

fn preconditions(row: &Row, is_weak: bool) -> Preconditions {
    let mut preconditions = Preconditions::new();
    if row.text(3) != "unchecked" {
        let look_up = |resource, state| Ok::<_, Infallible>(has(row, resource, state, is_weak));
        let Ok(checked) = preconditions.check_if(lines(row, "If"), look_up, locks(row));
        preconditions = checked;
    }
    let current = match row.octets(5) {
        b"unchecked" => return preconditions,
        b"-" => None,
        tag => Some(ScheduleTag::parse(tag).unwrap()),
    };
    preconditions.check_schedule_tag(lines(row, "If-Schedule-Tag-Match"), current)
}

fn decide(row: &Row, preconditions: &Preconditions) -> Decision {
    let (method, path) = split_at(row.octets(1), b" ");
    let mapped = resources(row);
    let target = mapped
        .iter()
        .find(|resource| same_path(resource.path, path));
    let etag = |target: &Resource<'_>| {
        let etag = target.etag.and_then(|tag| EntityTag::parse(tag).ok());
        // The row's own octets, which live long enough.
        etag.map(|tag| (tag.opaque().to_vec(), tag.is_weak()))
    };
    let etag = target.and_then(etag);
    let etag = etag.as_ref().map(|(opaque, is_weak)| {
        let tag = EntityTag::strong(opaque).unwrap();
        if *is_weak { tag.to_weak() } else { tag }
    });
    let current = target.map(|_| Representation::with_validators(etag, None));
    let mut options = Options::new();
    if row.text(2) != "-" {
        options = options.unconditional_status(row.number(2));
    }
    let evaluation = Evaluation::with_options(method, current.as_ref(), options);
    evaluation.fields(row.fields(8)).decide_dav(preconditions)
}

/// What a decision says, in the words of the verdict column.
fn verdict(decision: &Decision) -> String {
    match (decision.outcome(), decision.decided_by()) {
        (Outcome::Perform, None) => "perform".to_owned(),
        (_, None) => decision.status().to_string(),
        (_, Some(field)) => format!("{} {field}", decision.status()),
    }
}

/// What a decision reports, in the words of the column.
fn reports(decision: &Decision) -> String {
    let reports: Vec<_> = decision
        .malformed()
        .map(|malformed| {
            let (error, line) = (malformed.error(), malformed.line());
            format!(
                "{} {line} {} {}",
                malformed.field(),
                kind(error),
                error.offset()
            )
        })
        .collect();
    if reports.is_empty() {
        "-".to_owned()
    } else {
        reports.join(" ")
    }
}

/// By weak comparison, and by strong comparison.
fn verdicts(row: &Row) -> [(bool, &str); 2] {
    let (weak, strong) = row
        .text(6)
        .split_once(" / ")
        .unwrap_or((row.text(6), row.text(6)));
    [(true, weak), (false, strong)]
}

#[test]
fn requests_come_out_as_the_rfcs_require() {
    let rows = rows("dav.tsv");
    assert!(rows.len() >= 247);
    for row in rows {
        for (is_weak, expected) in verdicts(&row) {
            let decision = decide(&row, &preconditions(&row, is_weak));
            assert_eq!(verdict(&decision), expected, "{row}\n{decision:?}");
            assert_eq!(reports(&decision), row.text(7), "{row}");
            assert_eq!(
                decision.outcome() == Outcome::Locked,
                expected == "423",
                "{row}"
            );
        }
    }
}

/// If decides whenever it is false, and a true one is told apart from an absent one.
#[test]
fn the_state_of_each_condition_is_told() {
    for row in rows("dav.tsv") {
        for (is_weak, expected) in verdicts(&row) {
            let decision = decide(&row, &preconditions(&row, is_weak));
            let ignored = match (row.text(1), row.text(2)) {
                (request, _) if request.starts_with("OPTIONS") => Some(IgnoreReason::Method),
                (_, "404" | "403" | "301") => Some(IgnoreReason::UnconditionalStatus),
                _ => None,
            };
            let state = |column, name| {
                if row.text(column) == "unchecked" || lines(&row, name).is_empty() {
                    Condition::Absent
                } else if let Some(reason) = ignored {
                    Condition::Ignored(reason)
                } else if expected == format!("412 {name}") {
                    Condition::False
                } else {
                    Condition::True
                }
            };
            assert_eq!(decision.condition(Field::If), state(3, "If"), "{row}");
            // Behind another decider its state is not in the row.
            let name = "If-Schedule-Tag-Match";
            if !["423", "412 If", "412 If-Match"].contains(&expected) {
                let told = decision.condition(Field::IfScheduleTagMatch);
                assert_eq!(told, state(5, name), "{row}");
            }
        }
    }
}

/// A look-up, a look-up that can fail, and questions and answers are three ways to one truth.
#[test]
fn the_three_ways_of_a_look_up_agree() {
    let mut values = 0;
    for row in rows("dav.tsv") {
        let lines = lines(&row, "If");
        let Ok(Some(value)) = If::from_lines(lines.iter().copied()) else {
            continue;
        };
        values += 1;
        for (is_weak, expected) in verdicts(&row) {
            let is_true = value.is_true(|resource, state| has(&row, resource, state, is_weak));
            let evaluated = value.evaluate(|resource, state| {
                Ok::<_, Infallible>(has(&row, resource, state, is_weak))
            });
            assert_eq!(evaluated, Ok(is_true), "{row}");
            let mut asking = value.ask();
            while let Asking::Question(question) = asking {
                let answer = has(&row, question.resource(), question.state(), is_weak);
                asking = question.answer(answer);
            }
            assert!(
                matches!(asking, Asking::Verdict(verdict) if verdict == is_true),
                "{row}"
            );
            let is_looked_at = row.text(3) != "unchecked" && row.text(2) == "-";
            if is_looked_at && !row.text(1).starts_with("OPTIONS") {
                assert_eq!(is_true, expected != "412 If", "{row}");
            }
        }
    }
    assert!(values >= 140, "{values}");
}
