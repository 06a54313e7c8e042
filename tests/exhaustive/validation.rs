//! What a cache asks with a client's request, and what the answer means: every kind of request with
//! every set of what can be stored, and every answer to it, against the oracle.

use support::roles;

use oracle::client::Response;
use oracle::validation::Request;

use crate::lines::{AFTER, LM, Lines};

const METHODS: [&str; 4] = ["GET", "HEAD", "QUERY", "PUT"];

const IF_NONE_MATCH: [Lines; 16] = [
    &[],
    &[b"\"c\""],
    &[b"\"s\""],
    &[b"W/\"s\""],
    &[b"\"c\", \"s\""],
    &[b""],
    &[b"\"c\"", b"W/\"s\", \"t\""],
    &[b"\"s\",\"s\""],
    &[b", \"t\" ,", b""],
    &[b"*"],
    &[b" * "],
    &[b"\"c\"", b"*"],
    &[b"*", b"*"],
    &[b"bad"],
    &[b"\"s\", bad"],
    &[b"\"s\"", b"\"c\" \"c\""],
];

/// How many of them are tried with three responses. All of their lines can be read.
const WITH_THREE: usize = 7;

const IF_MODIFIED_SINCE: [Lines; 3] = [&[], &[AFTER], &[b"yesterday", AFTER]];

/// Of the positions 0 to 4 of ten: within, beside, over the end, without an end, and not one range.
const RANGES: [Lines; 8] = [
    &[],
    &[b"bytes=1-4"],
    &[b"bytes=5-"],
    &[b"bytes=4-5"],
    &[b"bytes=-10"],
    &[b"bytes=0-1,3-4"],
    &[b"bytes=0-1", b"bytes=0-1"],
    &[b"items=0-1"],
];

fn tagged(tag: &str) -> Response {
    let etag = oracle::entity_tag(tag.as_bytes());
    assert!(etag.is_some(), "{tag}");
    Response {
        etag,
        gap: Some(60),
        ..Response::default()
    }
}

fn untagged() -> Response {
    Response {
        gap: Some(60),
        ..Response::default()
    }
}

/// What can be stored, the more usual first.
fn kinds() -> Vec<Response> {
    vec![
        tagged("\"s\""),
        Response {
            date: Some(LM + 9),
            ..tagged("W/\"s\"")
        },
        // A date that is strong, and one that is not.
        Response {
            last_modified: Some(LM),
            date: Some(LM + 60),
            ..untagged()
        },
        Response {
            last_modified: Some(LM),
            date: Some(LM + 59),
            ..untagged()
        },
        Response {
            last_modified: Some(LM),
            date: Some(LM + 61),
            ..tagged("\"t\"")
        },
        Response {
            last_modified: Some(LM),
            received: Some(LM + 5),
            ..tagged("\"s\"")
        },
        Response {
            last_modified: Some(LM + 1),
            date: Some(LM + 99),
            updated_date: Some(LM + 100),
            ..tagged("W/\"t\"")
        },
        Response {
            date: Some(LM),
            ..untagged()
        },
        Response {
            malformed_etag: true,
            last_modified: Some(LM),
            date: Some(LM + 60),
            ..untagged()
        },
        Response {
            status: Some(404),
            last_modified: Some(LM),
            date: Some(LM + 200),
            ..tagged("\"s\"")
        },
        Response {
            status: Some(206),
            part: Some(false),
            content_range: Some((0, 4, Some(10))),
            date: Some(LM + 70),
            ..tagged("\"s\"")
        },
        Response {
            malformed_last_modified: true,
            ..tagged("\"c\"")
        },
        // A part of which it is not known which it is, and which has what is asked for or lacks it.
        Response {
            part: Some(true),
            last_modified: Some(LM),
            ..tagged("\"s\"")
        },
        Response {
            part: Some(false),
            last_modified: Some(LM),
            ..tagged("\"s\"")
        },
        Response {
            status: Some(206),
            last_modified: Some(LM),
            ..tagged("\"s\"")
        },
        Response {
            status: Some(206),
            part: Some(false),
            content_range: Some((0, 4, None)),
            last_modified: Some(LM),
            date: Some(LM + 60),
            ..untagged()
        },
        Response {
            malformed_etag: true,
            malformed_last_modified: true,
            ..untagged()
        },
    ]
}

/// How many of them are tried in pairs and in threes.
const PAIRED: usize = 12;
const IN_THREES: usize = 11;

/// How many of the answers are 304s; they come first.
const NOT_MODIFIED: usize = 28;

/// Every 304, and each other status with and without a tag.
fn answers() -> Vec<(u16, Response)> {
    let mut answers = Vec::new();
    let malformed = Response {
        malformed_etag: true,
        ..untagged()
    };
    for tag in [
        untagged(),
        malformed,
        tagged("\"c\""),
        tagged("\"s\""),
        tagged("W/\"s\""),
        tagged("\"t\""),
        tagged("\"x\""),
    ] {
        for (last_modified, malformed_last_modified) in [
            (None, false),
            (Some(LM), false),
            (Some(LM + 1), false),
            (None, true),
        ] {
            let answer = Response {
                last_modified,
                malformed_last_modified,
                ..tag.clone()
            };
            answers.push((304, answer));
        }
    }
    assert_eq!(answers.len(), NOT_MODIFIED);
    for status in [200, 206, 301, 404, 412, 503] {
        answers.push((status, untagged()));
        answers.push((status, tagged("\"s\"")));
    }
    answers
}

/// Every request that these make, with this stored, and every answer to it.
fn each(
    methods: &[&str],
    lists: &[Lines],
    dates: &[Lines],
    ranges: &[Lines],
    stored: &[Response],
    answers: &[(u16, Response)],
) -> usize {
    let mut cases = 0;
    for method in methods {
        for list in lists {
            for date in dates {
                for range in ranges {
                    let mut fields: Vec<(&str, &[u8])> = vec![("If-Match", b"\"s\"")];
                    for (name, lines) in [
                        ("range", range),
                        ("If-Modified-since", date),
                        ("IF-None-Match", list),
                    ] {
                        fields.extend(lines.iter().map(|line| (name, *line)));
                    }
                    let request = Request {
                        method,
                        fields,
                        stored,
                    };
                    let (_, meanings) = roles::on_validation(&request, answers);
                    cases += meanings.len();
                }
            }
        }
    }
    cases
}

#[test]
fn every_validation_with_up_to_one_stored_agrees_with_the_oracle() {
    let answers = answers();
    let mut cases = 0;
    let mut check = |stored: &[Response]| {
        let (lists, dates) = (&IF_NONE_MATCH, &IF_MODIFIED_SINCE);
        cases += each(&METHODS, lists, dates, &RANGES, stored, &answers);
    };
    check(&[]);
    for a in &kinds() {
        check(std::slice::from_ref(a));
    }
    println!("validations of one enumerated: {cases}");
    assert!(cases > 500_000);
}

#[test]
fn every_validation_with_two_or_three_stored_agrees_with_the_oracle() {
    let (kinds, answers) = (kinds(), answers());
    let mut cases = 0;
    for a in &kinds[..PAIRED] {
        for b in &kinds[..PAIRED] {
            let stored = [a.clone(), b.clone()];
            let (dates, ranges) = (&IF_MODIFIED_SINCE[..1], &RANGES[..3]);
            cases += each(&METHODS, &IF_NONE_MATCH, dates, ranges, &stored, &answers);
        }
    }
    println!("validations of two enumerated: {cases}");
    assert!(cases > 500_000);
    cases = 0;
    for a in &kinds[..IN_THREES] {
        for b in &kinds[..IN_THREES] {
            for c in &kinds[..IN_THREES] {
                let stored = [a.clone(), b.clone(), c.clone()];
                let (dates, ranges) = (&IF_MODIFIED_SINCE[..1], &RANGES[1..2]);
                let (lists, answers) = (&IF_NONE_MATCH[..WITH_THREE], &answers[..NOT_MODIFIED]);
                cases += each(&["GET"], lists, dates, ranges, &stored, answers);
            }
        }
    }
    println!("validations of three enumerated: {cases}");
    assert!(cases > 200_000);
}
