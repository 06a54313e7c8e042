//! Why a request was answered as it was, for people: in `Preconditions-Decision`, a field for show
//! only.
//!
//! ```text
//! Preconditions-Decision: precondition-failed; by=If-Match; why="The note has changed …"
//! ```
//!
//! It is a Structured Field (RFC 9651) of this example's own; no client may depend on it.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use http_preconditions::{Condition, Decision, Field, Outcome};

use crate::validators::Validators;

const NAME: HeaderName = HeaderName::from_static("preconditions-decision");

/// The field, as the only one of its section.
pub(crate) fn field(decision: &Decision, current: Option<&Validators>) -> HeaderMap {
    let outcome = match decision.outcome() {
        Outcome::NotModified => "not-modified",
        Outcome::PreconditionFailed => "precondition-failed",
        Outcome::PreconditionRequired => "precondition-required",
        Outcome::AlreadyApplied => "already-applied",
        Outcome::Unconditional => "unconditional",
        _ => "perform",
    };
    let by = match decision.decided_by() {
        Some(field) => format!("; by={field}"),
        None => String::new(),
    };
    // A string of ASCII, in which these two are escaped (RFC 9651 §3.3.3).
    let why = why(decision, current)
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    let value = format!("{outcome}{by}; why=\"{why}\"");
    HeaderValue::try_from(value)
        .map(|value| (NAME, value))
        .into_iter()
        .collect()
}

/// The reason, in one sentence of ASCII that repeats nothing of the request.
pub(crate) fn why(decision: &Decision, current: Option<&Validators>) -> String {
    let mut malformed = decision.malformed();
    if let Some(malformed) = malformed.find(|malformed| {
        let by = decision.decided_by();
        by.is_none_or(|by| by == malformed.field())
    }) {
        return format!("{malformed}.");
    }
    let tag = current.map_or("", |current| &current.tag);
    let said = match (decision.outcome(), decision.decided_by()) {
        (Outcome::NotModified, Some(Field::IfNoneMatch)) => "The client holds the current version.",
        (Outcome::NotModified, _) => "It has not changed since that date.",
        (Outcome::PreconditionFailed, Some(Field::IfMatch)) if current.is_none() => {
            "The note has been deleted since it was fetched."
        }
        (Outcome::PreconditionFailed, Some(Field::IfMatch)) => {
            return format!("The note has changed since it was fetched: its tag is {tag} now.");
        }
        (Outcome::PreconditionFailed, Some(Field::IfNoneMatch)) => {
            return format!("It is there already: its tag is {tag}.");
        }
        (Outcome::PreconditionFailed, _) => "It has changed since that date.",
        (Outcome::PreconditionRequired, _) => {
            "An edit says which version it replaces: send If-Match with its tag, or If-None-Match \
             with * for a note that is to be new."
        }
        (Outcome::AlreadyApplied, _) => "It is as it was sent already; nothing is written.",
        (Outcome::Unconditional, _) => "There is no note of this name.",
        _ => why_performed(decision),
    };
    said.to_owned()
}

fn why_performed(decision: &Decision) -> &'static str {
    let is = |field, condition| decision.condition(field) == condition;
    if is(Field::IfMatch, Condition::True) {
        "If-Match is true of the current version."
    } else if is(Field::IfNoneMatch, Condition::True) && decision.status() == 201 {
        "Nothing of this name was there."
    } else if is(Field::IfNoneMatch, Condition::True) {
        "What the client holds is not current."
    } else if Field::ALL.iter().all(|field| is(*field, Condition::Absent)) {
        "No condition was sent."
    } else {
        "No condition is false."
    }
}
