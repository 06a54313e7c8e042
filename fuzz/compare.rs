//! A request decided by the crate and by the oracle, and both decisions compared.

use http::{HeaderMap, HeaderName, HeaderValue};
use http_preconditions::{
    Decision, EntityTag, Evaluation, Field, HttpDate, Outcome, Representation,
};
use oracle::{Request, State, Tag};

#[path = "../tests/oracle/mod.rs"]
pub(crate) mod oracle;

/// The crate's decision, after it is found to be the oracle's.
pub(crate) fn decide(request: &Request<'_>) -> Decision {
    let representation = request.state.as_ref().map(representation);
    let mut evaluation = Evaluation::new(request.method, representation.as_ref()).now(
        HttpDate::from_unix(request.now).expect("targets make only moments that a date can name"),
    );
    if let Some(status) = request.status {
        evaluation = evaluation.unconditional_status(status);
    }
    if request.require_precondition {
        evaluation = evaluation.require_precondition();
    }
    if request.already_applied {
        evaluation = evaluation.already_applied();
    }
    let lines = request.fields.iter().copied();
    let at_once = evaluation.clone().fields(lines).decide();
    if let Some(headers) = header_map(request) {
        assert_eq!(evaluation.clone().headers(&headers).decide(), at_once);
    }
    for (name, value) in &request.fields {
        // To ask early changes nothing.
        let _ = evaluation.decide();
        evaluation.field(name, value);
    }
    let decision = evaluation.decide();
    assert_eq!(decision, at_once);

    let verdict = oracle::decide(request);
    assert_eq!(decision.status(), verdict.status);
    assert_eq!(outcome(&decision), verdict.outcome);
    let decided_by = decision.decided_by().map(Field::name);
    assert_eq!(decided_by, verdict.decided_by);
    assert_eq!(decision.honours_range(), verdict.range);
    let malformed = decision
        .malformed()
        .map(|malformed| malformed.field().name());
    assert_eq!(malformed.collect::<Vec<_>>(), verdict.malformed);
    check_places(&decision, request);
    decision
}

/// The lines of conditions as a header map, if it takes all their values.
fn header_map(request: &Request<'_>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.fields {
        if Field::from_name(name.as_bytes()).is_some() {
            let name: HeaderName = name.parse().ok()?;
            headers.append(name, HeaderValue::from_bytes(value).ok()?);
        }
    }
    Some(headers)
}

fn representation(state: &State) -> Representation<'_> {
    let date =
        |seconds| HttpDate::from_unix(seconds).expect("a state's date is one that can be named");
    let date = state.last_modified.map(date);
    let mut representation = Representation::with_validators(state.etag.as_ref().map(tag), date);
    if let (Some(date), true) = (date, state.strong_date) {
        representation = representation.strong_last_modified(date);
    }
    if state.ranges {
        representation
    } else {
        representation.without_ranges()
    }
}

fn tag(tag: &Tag) -> EntityTag<'_> {
    let made = if tag.weak {
        EntityTag::weak(&tag.opaque)
    } else {
        EntityTag::strong(&tag.opaque)
    };
    made.expect("a state's tag is one")
}

/// The outcome in the words of the oracle, which leaves it to the status whether the method is performed.
fn outcome(decision: &Decision) -> oracle::Outcome {
    let success = matches!(decision.status(), 200..=299);
    match decision.outcome() {
        Outcome::Perform if success => oracle::Outcome::Perform,
        Outcome::Unconditional if !success => oracle::Outcome::Perform,
        Outcome::NotModified => oracle::Outcome::NotModified,
        Outcome::PreconditionFailed => oracle::Outcome::PreconditionFailed,
        Outcome::PreconditionRequired => oracle::Outcome::PreconditionRequired,
        Outcome::AlreadyApplied => oracle::Outcome::AlreadyApplied,
        outcome => panic!("{outcome:?} with {}", decision.status()),
    }
}

/// What is malformed is so at an octet of a line that is there.
fn check_places(decision: &Decision, request: &Request<'_>) {
    for malformed in decision.malformed() {
        let name = malformed.field().name();
        let mut lines = request
            .fields
            .iter()
            .filter(|(line, _)| line.eq_ignore_ascii_case(name));
        let line = lines.nth(usize::from(malformed.line()) - 1);
        let (_, value) = line.expect("the line is there");
        assert!(malformed.error().offset() <= value.len(), "{malformed}");
    }
}
