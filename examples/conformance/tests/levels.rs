//! Which statuses fail a case, and at which level.

mod canned;

use std::time::Duration;

use example_conformance::case::Level::{self, Must, Should, Taste};
use example_conformance::case::Role::{self, Cache, Origin};
use example_conformance::cases;
use example_conformance::resource::Resource;
use example_conformance::run::{Finding, run};
use example_conformance::target::Target;
use example_conformance::verdict::Verdict;

/// What is said of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Right,
    Wrong(Level),
    Skipped,
}
use Said::{Right, Skipped, Wrong};

const ROWS: &[(&str, Role, u16, Said)] = &[
    // The status of the evaluation.
    ("if-match/current", Origin, 200, Right),
    ("if-match/other", Origin, 412, Right),
    ("if-none-match/current", Origin, 304, Right),
    // Another one fails at the level of the case.
    ("if-match/current", Origin, 412, Wrong(Must)),
    ("if-match/current", Origin, 400, Wrong(Must)),
    ("if-match/other", Origin, 200, Wrong(Must)),
    ("if-match/other", Origin, 304, Wrong(Must)),
    ("if-none-match/current", Origin, 200, Wrong(Must)),
    ("if-none-match/current", Origin, 412, Wrong(Must)),
    ("if-unmodified-since/garbage", Origin, 412, Wrong(Must)),
    ("if-unmodified-since/garbage", Origin, 400, Wrong(Must)),
    ("if-modified-since/equal", Origin, 200, Wrong(Should)),
    ("if-modified-since/earlier", Origin, 304, Wrong(Must)),
    ("range/unknown-unit", Origin, 416, Wrong(Must)),
    // A refusal does not perform the method, and 412 is a MAY (§13.1.1).
    ("if-match/other", Origin, 400, Right),
    ("range/if-match-other", Origin, 404, Right),
    ("412/status", Origin, 412, Right),
    ("412/status", Origin, 400, Wrong(Taste)),
    ("412/status", Origin, 200, Skipped),
    // §13.2.1 can be read to ask for the 416 of the request without conditions.
    ("range/unsatisfiable-if-match-other", Origin, 416, Right),
    (
        "range/unsatisfiable-if-match-other",
        Origin,
        200,
        Wrong(Must),
    ),
    (
        "range/unsatisfiable-if-none-match",
        Origin,
        416,
        Wrong(Must),
    ),
    // What is malformed may get 400, and what the RFC leaves open is TASTE whatever comes of it.
    ("if-match/without-quotes", Origin, 412, Right),
    ("if-match/without-quotes", Origin, 400, Right),
    ("if-match/without-quotes", Origin, 200, Wrong(Taste)),
    ("if-none-match/without-quotes", Origin, 304, Wrong(Taste)),
    ("if-none-match/other-without-quotes", Origin, 400, Right),
    (
        "if-none-match/other-without-quotes",
        Origin,
        304,
        Wrong(Taste),
    ),
    // A cache need not evaluate, and must not where only an origin server does.
    ("if-none-match/current", Cache, 200, Wrong(Should)),
    ("if-none-match/current", Cache, 412, Wrong(Should)),
    ("if-none-match/current", Cache, 304, Right),
    ("if-none-match/without-quotes", Cache, 304, Wrong(Taste)),
    ("range/unknown-unit", Cache, 416, Wrong(Must)),
    ("if-none-match/other", Cache, 304, Wrong(Must)),
    ("if-match/other", Cache, 200, Skipped),
    ("if-unmodified-since/earlier", Cache, 200, Skipped),
    (
        "precedence/match-false-none-match-false",
        Cache,
        304,
        Skipped,
    ),
    // A server may ignore Range, always.
    ("range/first-last", Origin, 200, Skipped),
    ("if-range/other", Origin, 206, Wrong(Must)),
    // The RFC says of a malformed If-Range nothing.
    ("if-range/garbage", Origin, 206, Wrong(Taste)),
    // Fields are tested where the status is right.
    ("304/etag", Origin, 200, Skipped),
    ("304/etag", Origin, 304, Wrong(Must)),
    ("304/other-fields", Origin, 304, Right),
    // 503 twice.
    ("if-match/current", Origin, 503, Wrong(Must)),
];

const WHOLE: &str = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\n\
    Last-Modified: Sat, 29 Oct 1994 19:43:31 GMT\r\nContent-Length: 30\r\n\r\n\
    012345678901234567890123456789";

/// What `bytes=3-7` asks for.
const PART: &str = "HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\n\
    Content-Range: bytes 3-7/30\r\nContent-Length: 5\r\n\r\n34567";

/// Sends the 200 to who sends no condition and no Range, and else this status.
fn start(status: u16) -> String {
    start_with(move |_| status)
}

/// The same, with a status for the first request that is not plain, the second, and so on.
fn start_with(status_of: impl Fn(usize) -> u16 + Send + 'static) -> String {
    let mut asked = 0;
    canned::serve(move |request| {
        if !request.contains("\r\nIf-") && !request.contains("\r\nRange:") {
            return WHOLE.to_owned();
        }
        asked += 1;
        match status_of(asked) {
            200 => WHOLE.to_owned(),
            206 => PART.to_owned(),
            304 => "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned(),
            status => format!("HTTP/1.1 {status} \r\nContent-Length: 0\r\n\r\n"),
        }
    })
}

#[test]
fn a_status_fails_at_the_level_of_the_rule_it_breaks() {
    for (name, role, status, expected) in ROWS {
        let finding = find(&start(*status), name, *role);
        assert_eq!(
            said(&finding),
            *expected,
            "{name}, {role:?}, {status}: {finding:#?}"
        );
    }
}

/// A cache is not blamed by a rule for others.
#[test]
fn a_finding_cites_what_binds_the_role() {
    for (name, role, level, place) in [
        ("if-none-match/current", Origin, Must, "RFC 9110 §13.1.2"),
        ("if-none-match/current", Cache, Should, "RFC 9111 §4.3.2"),
        (
            "if-modified-since/equal",
            Origin,
            Should,
            "RFC 9110 §13.1.3",
        ),
        ("if-modified-since/equal", Cache, Should, "RFC 9111 §4.3.2"),
        ("if-none-match/other", Cache, Must, "RFC 9110 §13.1.2"),
        (
            "if-none-match/without-quotes",
            Cache,
            Taste,
            "RFC 9110 §8.8.3",
        ),
        ("304/etag", Cache, Must, "RFC 9110 §15.4.5"),
        ("range/unknown-unit", Origin, Must, "RFC 9110 §14.2"),
        ("range/unknown-unit", Cache, Must, "RFC 9110 §3.7"),
    ] {
        // Whatever comes of it.
        for status in [200, 304, 412, 416, 503] {
            let finding = find(&start(status), name, role);
            let found = (finding.level, finding.place());
            assert_eq!(
                found,
                (level, place.to_owned()),
                "{name}, {role:?}, {status}"
            );
        }
    }
}

/// It may even serve one range and no other.
#[test]
fn nobody_is_blamed_for_ignoring_range() {
    let url = canned::serve(|request| {
        let part = request.contains("\r\nRange: bytes=0-0\r\n");
        if part {
            return PART
                .replace("3-7/", "0-0/")
                .replace("5\r\n\r\n34567", "1\r\n\r\n0");
        }
        WHOLE.to_owned()
    });
    let mut tested = 0;
    let is_guarded = |line: &str| line.starts_with("If-") && !line.starts_with("If-Range");
    let cases = cases::all().filter(|case| {
        case.lines.iter().any(|line| line.starts_with("Range:"))
            && !case.lines.iter().any(|line| is_guarded(line))
    });
    for case in cases {
        let finding = find(&url, case.name, Origin);
        assert!(
            matches!(said(&finding), Right | Skipped),
            "{}: {finding:#?}",
            case.name
        );
        tested += usize::from(said(&finding) == Right);
    }
    assert!(tested > 30, "{tested}");
}

/// A server that is starting, or has too few connections, says so with 503.
#[test]
fn who_cannot_answer_now_is_asked_again() {
    for (status, again, expected) in [
        (503, 304, Right),
        (502, 304, Right),
        (504, 200, Wrong(Must)),
        (503, 503, Wrong(Must)),
        (500, 304, Wrong(Must)),
        (429, 429, Skipped),
    ] {
        // Each request and its repetition are two that are not plain.
        let is_repeated = (502..=504).contains(&status);
        let url = start_with(move |asked| match asked % 2 {
            0 if is_repeated => again,
            _ => status,
        });
        let finding = find(&url, "if-none-match/current", Origin);
        assert_eq!(said(&finding), expected, "{status}, {again}: {finding:#?}");
    }
}

fn find(url: &str, name: &str, role: Role) -> Finding {
    let target = Target::parse(url).expect("it is a URL");
    let wire = target.wire(Duration::from_secs(5));
    let wire = wire.expect("it has an address");
    let resource = Resource::learn(&wire, &target);
    let resource = resource.unwrap_or_else(|error| panic!("{name}: {error}"));
    let case = cases::all().find(|case| case.name == name);
    let case = case.unwrap_or_else(|| panic!("{name}: no such case"));
    run(case, &wire, &resource, role)
}

fn said(finding: &Finding) -> Said {
    match &finding.verdict {
        Verdict::Right => Right,
        Verdict::Wrong(_) => Wrong(finding.level),
        Verdict::Skipped(_) => Skipped,
    }
}
