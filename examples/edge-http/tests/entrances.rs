//! Two more of the embedded world go in as pairs of names and values: the lines of httparse, on
//! which edge-http and others are built, and what embedded-svc looks up.

use embedded_svc::http::Headers;
use http_preconditions::{EntityTag, Field, Outcome, Representation, evaluate};

const CURRENT: Representation = Representation::new().etag(EntityTag::from_static("\"v2\""));

#[test]
fn httparse_gives_its_headers() {
    let head =
        b"PUT /page HTTP/1.1\r\nHost: device\r\nIf-Match: \"v1\"\r\nif-match: \"v2\"\r\n\r\n";
    let mut lines = [httparse::EMPTY_HEADER; 8];
    let mut request = httparse::Request::new(&mut lines);
    assert!(request.parse(head).unwrap().is_complete());

    let fields = request.headers.iter().map(|line| (line.name, line.value));
    let decision = evaluate(request.method.unwrap(), fields, Some(&CURRENT));
    assert_eq!(decision.outcome(), Outcome::Perform);
}

/// A request of embedded-svc, which has one value for each name.
struct Request<'a>(&'a [(&'a str, &'a str)]);

impl Headers for Request<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.0.iter();
        let line = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        line.map(|(_, value)| *value)
    }
}

/// The fields that count, looked up one after the other.
fn fields(request: &impl Headers) -> impl Iterator<Item = (&str, &str)> {
    let names = Field::ALL.iter().map(|field| field.name());
    names.filter_map(|name| request.header(name).map(|value| (name, value)))
}

#[test]
fn embedded_svc_is_asked_for_each_field() {
    for (line, status) in [
        (("if-none-match", "\"v1\", \"v2\""), 304),
        (("If-Match", "\"v1\""), 412),
        (("Host", "device"), 200),
    ] {
        let request = Request(&[line]);
        let decision = evaluate("GET", fields(&request), Some(&CURRENT));
        assert_eq!(decision.status(), status, "{line:?}");
    }
}

/// What embedded-svc cannot say: a second line of a field. With If-Match that is safe, since fewer
/// tags match; with If-None-Match on a PUT the tag that forbids it may be the one that is not seen.
/// Servers whose own types have all lines give them all.
#[test]
fn a_second_line_is_not_seen_by_look_up() {
    let lines = [("If-None-Match", "\"v1\""), ("If-None-Match", "\"v2\"")];
    let seen = evaluate("PUT", fields(&Request(&lines)), Some(&CURRENT));
    assert_eq!(seen.outcome(), Outcome::Perform);
    let all = evaluate("PUT", lines, Some(&CURRENT));
    assert_eq!(all.outcome(), Outcome::PreconditionFailed);
}
