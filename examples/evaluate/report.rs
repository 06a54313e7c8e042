//! The report on one request: the status line, which field decided, and what became of the others.

use http::StatusCode;
use http_preconditions::{Condition, Field, Malformed, Outcome};

use crate::case::{CONDITIONS, Case};
use crate::next;
use crate::show;
use crate::why;
use crate::why_ignored::{self, section};

/// The whole report, which ends with a line end.
pub(crate) fn report(case: &Case<'_>) -> String {
    let mut lines = vec![status_line(case.decision.status()), String::new()];
    lines.extend(verdict(case));

    let others: Vec<_> = CONDITIONS
        .into_iter()
        .filter(|field| case.decision.decided_by() != Some(*field))
        .filter_map(|field| other_condition(case, field))
        .chain(range(case))
        .collect();
    if !others.is_empty() {
        lines.push(String::new());
        lines.extend(others);
    }

    for malformed in case.decision.malformed() {
        lines.push(String::new());
        lines.extend(excerpt(case, malformed));
    }

    lines.push(String::new());
    lines.extend(next::next(case));
    lines.push(String::new());
    lines.join("\n")
}

/// The reason is empty where no usual one is known; the space before it stays (RFC 9112 §4).
fn status_line(status: u16) -> String {
    let code = StatusCode::from_u16(status).ok();
    let reason = code.and_then(|code| code.canonical_reason());
    format!("HTTP/1.1 {status} {}", reason.unwrap_or_default())
}

/// Which field decided and what that leads to; or that none did.
fn verdict(case: &Case<'_>) -> Vec<String> {
    let method = case.method();
    let decision = case.decision;
    if let Some(field) = decision.decided_by() {
        let why = why::holds_or_fails(case, field);
        return vec![
            format!("{field} is false: {why} (RFC 9110 §{}).", section(field)),
            consequence(case, field),
        ];
    }
    let are_some = |state| {
        let mut fields = CONDITIONS.iter();
        fields.any(|field| decision.condition(*field) == state)
    };
    let text = if decision.outcome() == Outcome::PreconditionRequired {
        format!(
            "The {method} needs a condition, and the request has none that counts (RFC 6585 §3)."
        )
    } else if are_some(Condition::True) {
        "No condition is false (RFC 9110 §13.2.2 step 6).".to_owned()
    } else if !are_some(Condition::Ignored) {
        "The request has no condition (RFC 9110 §13.2.2 step 6).".to_owned()
    } else if let Some(reason) = why_ignored::whole_request(case) {
        format!("No condition counts, because {reason}.")
    } else {
        "The request has no condition that counts (RFC 9110 §13.2.2 step 6).".to_owned()
    };
    vec![text]
}

/// What the falseness of the deciding condition leads to.
fn consequence(case: &Case<'_>, field: Field) -> String {
    let method = case.method();
    let status = case.decision.status();
    let step = match field {
        Field::IfMatch => "1",
        Field::IfUnmodifiedSince => "2",
        Field::IfNoneMatch => "3",
        Field::IfModifiedSince => "4",
        _ => "5",
    };
    match case.decision.outcome() {
        Outcome::Perform => format!("Range is then ignored (§13.2.2 step {step})."),
        Outcome::AlreadyApplied => format!(
            "The {method} would be answered 412, but what it asks for is in place already, which \
             is a success (§{}).",
            section(field)
        ),
        _ => format!("A {method} is then answered {status} (§13.2.2 step {step})."),
    }
}

/// What became of a condition that has not decided; nothing where it is absent.
fn other_condition(case: &Case<'_>, field: Field) -> Option<String> {
    match case.decision.condition(field) {
        Condition::Absent => None,
        _ if field == Field::IfRange && is_behind_the_decision(case, field) => {
            Some("If-Range is not reached.".to_owned())
        }
        Condition::Ignored if why_ignored::whole_request(case).is_some() => {
            Some(format!("{field} is ignored."))
        }
        Condition::Ignored => Some(format!(
            "{field} is ignored, because {}.",
            why_ignored::condition(case, field)
        )),
        _ if is_behind_the_decision(case, field) => Some(format!("{field} is not reached.")),
        condition => {
            let verdict = if condition == Condition::True {
                "true"
            } else {
                "false"
            };
            let why = why::holds_or_fails(case, field);
            Some(format!(
                "{field} is {verdict}: {why} (§{}).",
                section(field)
            ))
        }
    }
}

fn is_behind_the_decision(case: &Case<'_>, field: Field) -> bool {
    let place = |field| CONDITIONS.iter().position(|condition| *condition == field);
    match (case.decision.outcome(), case.decision.decided_by()) {
        (Outcome::PreconditionRequired, _) => field == Field::IfRange,
        (_, Some(decider)) => place(field) > place(decider),
        (_, None) => false,
    }
}

/// What became of Range; nothing where it is absent, or where the verdict has said it.
fn range(case: &Case<'_>) -> Option<String> {
    let decision = case.decision;
    if !case.has(Field::Range) || decision.decided_by() == Some(Field::IfRange) {
        None
    } else if !matches!(
        decision.outcome(),
        Outcome::Perform | Outcome::Unconditional
    ) {
        Some("Range is not reached.".to_owned())
    } else if decision.honours_range() {
        Some(honoured(case))
    } else if why_ignored::whole_request(case).is_some() {
        Some("Range is ignored.".to_owned())
    } else {
        let why = why_ignored::range(case);
        Some(format!("Range is ignored, because {why}."))
    }
}

/// The ranges that are sent, the first three of them.
fn honoured(case: &Case<'_>) -> String {
    let Some(length) = case.state.length() else {
        return "Range is honoured (§14.2).".to_owned();
    };
    let value = case.lines(Field::Range).next().unwrap_or_default();
    let ranges = show::ranges(case.decision.ranges(value));
    if ranges.is_empty() {
        format!("Range is honoured, but asks for none of the {length} octets (§14.1.2).")
    } else {
        format!("Range is honoured: {ranges} of {length} octets (§14.2).")
    }
}

/// What is malformed, with a caret under the octet, and what is made of it.
fn excerpt(case: &Case<'_>, malformed: Malformed) -> [String; 4] {
    let field = malformed.field();
    let index = usize::from(malformed.line()).saturating_sub(1);
    let value = case.lines(field).nth(index).unwrap_or_default();
    let (value, caret) = show::caret(value, malformed.error().offset());
    let effect = match field {
        Field::IfUnmodifiedSince | Field::IfModifiedSince => "The RFC says to ignore such a field.",
        Field::IfRange => "The RFC is silent; here such a field is false.",
        Field::IfNoneMatch if !case.revalidates() => {
            "The RFC is silent; here what cannot be read in a guard is taken to match."
        }
        _ => "The RFC is silent; here what cannot be read is taken not to match.",
    };
    [
        format!("Malformed: {malformed}"),
        format!("    {value}"),
        format!("    {caret}"),
        effect.to_owned(),
    ]
}
