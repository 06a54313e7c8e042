//! A request decided by the crate and by the oracle, and both decisions compared; and by the crate in each of the ways
//! in which it takes field lines.

use http::{HeaderMap, HeaderName, HeaderValue};
use http_preconditions::{Decision, Field};

use oracle::Request;
use support::agree;

/// The crate's decision, after it is found to be the oracle's.
pub fn decide(request: &Request<'_>) -> Decision {
    let decision = agree::on_request(request);
    let representation = request.state.as_ref().map(agree::representation);
    let mut evaluation = agree::evaluation(request, representation.as_ref());
    if let Some(headers) = header_map(request) {
        assert_eq!(evaluation.clone().headers(&headers).decide(), decision);
    }
    for (name, value) in &request.fields {
        // To ask early changes nothing.
        let _ = evaluation.decide();
        evaluation.field(name, value);
    }
    assert_eq!(evaluation.decide(), decision);
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
