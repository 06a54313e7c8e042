//! What holds of every response is reported once, with the cases that show it, and not as a failure of
//! each of them.

mod canned;

use std::time::Duration;

use example_conformance::case::Level::Must;
use example_conformance::case::Role::Origin;
use example_conformance::resource::Resource;
use example_conformance::run::{Finding, run};
use example_conformance::target::Target;
use example_conformance::verdict::Verdict;
use example_conformance::{cases, responses};

const WHOLE: &str = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 30\r\n\r\n\
    012345678901234567890123456789";
const FIRST: &str = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/30\r\n\
    ETag: \"a\"\r\nContent-Length: 1\r\n\r\n0";

/// What comes to `Range: bytes=30-`; the rule that it breaks, its section, and what is said.
const ROWS: &[(&str, &str, &str, &str)] = &[
    (
        "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */30\r\nContent-Length: 1000\r\n\r\n",
        "response/content-length",
        "RFC 9110 §8.6",
        "the response ends too early: 416, Content-Range: bytes */30, Content-Length: 1000, no octets",
    ),
    (
        "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: many\r\n\r\nabc",
        "response/content-length",
        "RFC 9110 §8.6",
        "the response is no HTTP response: Content-Length is no length: 416, Content-Length: many, 3 octets",
    ),
    (
        "HTTP/1.1 416 Range Not Satisfiable\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
        "response/framing",
        "RFC 9112 §6",
        "the response ends too early: 416, Transfer-Encoding: chunked, 2 octets",
    ),
    (
        "HTTP/1.1 416 Range Not Satisfiable\r\nno colon\r\n\r\n",
        "response/head",
        "RFC 9112 §2.1",
        "the response is no HTTP response: invalid header name: HTTP/1.1 416 Range Not Satisfiable",
    ),
    (
        "HTTP/1.1 416 Range",
        "response/head",
        "RFC 9112 §2.1",
        "the response ends too early",
    ),
    (
        "",
        "response/arrives",
        "RFC 9110 §3.4",
        "the connection was closed without a response",
    ),
    (
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n012",
        "response/200",
        "RFC 9110 §15.3.1",
        "200 with 3 octets of 30",
    ),
    (
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 30-29/30\r\nContent-Length: 0\r\n\r\n",
        "response/206",
        "RFC 9110 §15.3.7",
        "206 with Content-Range: bytes 30-29/30",
    ),
];

/// Cases that ask for what is behind the end.
const BEHIND: &[&str] = &[
    "range/at-the-end",
    "range/unsatisfied-length",
    "416/content-range",
];

#[test]
fn a_mistake_in_many_responses_is_one_finding() {
    for (response, rule, place, what) in ROWS {
        let findings = all(response);
        let wrong: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.is_wrong())
            .collect();
        let of_rules = |finding: &&&Finding| finding.name.starts_with("response/");
        let broken: Vec<&&Finding> = wrong.iter().filter(of_rules).collect();
        let [broken] = broken.as_slice() else {
            panic!("{response:?}: {broken:#?}");
        };
        assert_eq!(broken.name, *rule, "{response:?}");
        assert_eq!(
            (broken.level, broken.place()),
            (Must, (*place).to_owned()),
            "{response:?}"
        );
        assert_eq!(broken.got, *what, "{response:?}");
        assert_eq!(broken.cases, BEHIND, "{response:?}");
        assert_eq!(broken.sent, ["GET /a", "Range: bytes=30-"], "{response:?}");
        // A case may fail by its status besides, and none counts as right.
        for finding in findings
            .iter()
            .filter(|finding| BEHIND.contains(&finding.name))
        {
            assert_ne!(
                finding.verdict,
                Verdict::Right,
                "{response:?}: {finding:#?}"
            );
            assert!(
                !finding.got.contains("ends too early"),
                "{response:?}: {finding:#?}"
            );
        }
    }
}

/// A status that can be read is judged, though what follows it cannot.
#[test]
fn the_status_of_a_broken_response_counts() {
    for (status, is_wrong) in [(416, false), (404, true)] {
        let response = format!("HTTP/1.1 {status} \r\nContent-Length: 1000\r\n\r\n");
        let findings = all(&response);
        let finding = findings.iter().find(|finding| finding.name == BEHIND[0]);
        let finding = finding.expect("it has run");
        assert_eq!(finding.is_wrong(), is_wrong, "{status}: {finding:#?}");
        assert_eq!(finding.got, status.to_string(), "{status}: {finding:#?}");
    }
}

#[test]
fn rules_are_found_where_they_are_broken_or_asked_for() {
    let findings = all(WHOLE);
    for (only, expected) in [("response/2", 2), ("response/", 6), ("range/", 0)] {
        let rules = responses::findings(&findings, only);
        assert_eq!(rules.len(), expected, "{only}: {rules:#?}");
        let is_right = |rule: &Finding| rule.verdict == Verdict::Right;
        assert!(rules.iter().all(is_right), "{only}: {rules:#?}");
    }
    let broken = all("");
    let rules = responses::findings(&broken, "range/");
    let names: Vec<_> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!(names, ["response/arrives"]);
}

/// The findings of a server that sends this to `Range: bytes=30-`.
fn all(response: &str) -> Vec<Finding> {
    let response = response.to_owned();
    let url = canned::serve(move |request| {
        if request.contains("\r\nRange: bytes=30-\r\n") {
            response.clone()
        } else if request.contains("\r\nRange: bytes=0-0\r\n") {
            FIRST.to_owned()
        } else if request.starts_with("HEAD") {
            WHOLE.replace("012345678901234567890123456789", "")
        } else {
            WHOLE.to_owned()
        }
    });
    let target = Target::parse(&url).expect("it is a URL");
    let wire = target.wire(Duration::from_secs(5));
    let wire = wire.expect("it has an address");
    let resource = Resource::learn(&wire, &target).expect("it is there");
    let mut findings: Vec<Finding> = cases::all()
        .map(|case| run(case, &wire, &resource, Origin))
        .collect();
    findings.extend(responses::findings(&findings, ""));
    findings
}
