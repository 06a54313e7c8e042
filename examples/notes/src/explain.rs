//! Why a request was answered as it was, for people: in `Preconditions-Decision`, a field for show only.
//!
//! ```text
//! Preconditions-Decision: precondition-failed; by=If-Match; why="It is not the current version, …"
//! ```
//!
//! It is a Structured Field (RFC 9651) of this example's own; no client may depend on it.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use http_preconditions::{Condition, Field, Outcome};

use crate::conditional::Verdict;
use crate::validators::Validators;

const NAME: HeaderName = HeaderName::from_static("preconditions-decision");

/// The field, as the only one of its section.
pub(crate) fn field(verdict: &Verdict, current: Option<&Validators>) -> HeaderMap {
    let outcome = match verdict.outcome {
        Outcome::NotModified => "not-modified",
        Outcome::PreconditionFailed => "precondition-failed",
        Outcome::PreconditionRequired => "precondition-required",
        Outcome::AlreadyApplied => "already-applied",
        Outcome::Unconditional => "unconditional",
        _ => "perform",
    };
    let by = match verdict.decision.decided_by() {
        Some(field) => format!("; by={field}"),
        None => String::new(),
    };
    // Nothing of the request is repeated here, and no sentence has a quote or a backslash.
    let value = format!("{outcome}{by}; why=\"{}\"", why(verdict, current));
    HeaderValue::try_from(value)
        .map(|value| (NAME, value))
        .into_iter()
        .collect()
}

/// The reason, in one sentence of ASCII.
pub(crate) fn why(verdict: &Verdict, current: Option<&Validators>) -> String {
    let decision = verdict.decision;
    if let Some(malformed) = decision.malformed().next() {
        return format!("{malformed}.");
    }
    let tag = current.map_or("", |current| &current.tag);
    match (verdict.outcome, decision.decided_by(), current) {
        (Outcome::PreconditionFailed, Some(Field::IfMatch), Some(_)) => {
            format!("The note has changed since it was fetched: its version is {tag} now.")
        }
        (Outcome::PreconditionFailed, Some(Field::IfMatch), None) => {
            "The note has been deleted since it was fetched.".to_owned()
        }
        (Outcome::PreconditionFailed, Some(Field::IfNoneMatch), _) => {
            format!("It exists already, in version {tag}.")
        }
        (Outcome::PreconditionFailed, ..) => "It has changed since that date.".to_owned(),
        (Outcome::PreconditionRequired, ..) => "An edit says which version it replaces: send \
             If-Match with its tag, or If-None-Match with * for a note that is to be new."
            .to_owned(),
        (Outcome::NotModified, Some(Field::IfNoneMatch), _) => {
            format!("The client holds the current version, {tag}.")
        }
        (Outcome::NotModified, ..) => "It has not changed since that date.".to_owned(),
        (Outcome::AlreadyApplied, ..) => {
            format!("What was sent is there already, as version {tag}; nothing is written.")
        }
        (Outcome::Unconditional, ..) => "There is no note of this name.".to_owned(),
        _ => format!("{} {}", why_not_refused(verdict), now(current)),
    }
}

fn why_not_refused(verdict: &Verdict) -> &'static str {
    let holds = |field| verdict.decision.condition(field) == Condition::True;
    if holds(Field::IfMatch) {
        "If-Match named the current version."
    } else if holds(Field::IfNoneMatch) {
        "If-None-Match named nothing that is there."
    } else {
        "No condition stands in the way."
    }
}

fn now(current: Option<&Validators>) -> String {
    match current {
        Some(current) => format!("The version is {} now.", current.tag),
        None => "The note is deleted now.".to_owned(),
    }
}
