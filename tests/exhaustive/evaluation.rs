//! The whole space of evaluations, each case against the oracle: every way in which a field can be
//! absent, true, false, malformed or repeated, with every class of method, state of the resource,
//! status and option.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use support::agree;

use crate::lines::{AFTER, DATES, LISTS, LM, Lines, SAME};

/// If-Unmodified-Since can be false without a date: with CR inside.
const GUARD_DATES: [Lines; 7] = [
    DATES[0],
    DATES[1],
    DATES[2],
    DATES[3],
    DATES[4],
    DATES[5],
    &[b"Mon,\r01 Jan 0001 00:00:11 GMT"],
];

/// Range, and If-Range beside it.
const RANGES: [(Lines, Lines); 14] = [
    (&[], &[]),
    (&[], &[b"\"v1\""]),
    (&[b"bytes=0-1"], &[]),
    (&[b"bytes=0-1"], &[b"\"v1\""]),
    (&[b"bytes=0-1"], &[b"W/\"v1\""]),
    (&[b"bytes=0-1"], &[b"\"v0\""]),
    (&[b"bytes=0-1"], &[SAME]),
    (&[b"bytes=0-1"], &[AFTER]),
    (&[b"bytes=0-1"], &[b"bad"]),
    (&[b"bytes=0-1"], &[b"\"v1\"", b"\"v1\""]),
    (&[b"items=0-1"], &[]),
    (&[b"items=0-1"], &[b"bad"]),
    (&[b"bytes=0-1", b"bytes=0-1"], &[]),
    (&[b"bytes=0-1", b"bytes=0-1"], &[b"\"v0\""]),
];

const METHODS: [&str; 7] = ["GET", "HEAD", "QUERY", "PUT", "DELETE", "OPTIONS", "get"];

/// The status without conditions, whether If-Match is required, whether the change is in place.
const OPTIONS: [(Option<u16>, bool, bool); 11] = [
    (None, false, false),
    (None, true, false),
    (None, false, true),
    (Some(200), true, true),
    (Some(204), false, true),
    (Some(206), false, false),
    (Some(412), true, true),
    (Some(301), true, true),
    (Some(404), false, false),
    (Some(100), true, true),
    (Some(500), true, true),
];

fn states() -> Vec<Option<oracle::State>> {
    let tag = |weak| {
        Some(oracle::Tag {
            weak,
            opaque: b"v1".to_vec(),
        })
    };
    let state = |etag, last_modified, strong_date, ranges| {
        Some(oracle::State {
            etag,
            last_modified,
            strong_date,
            ranges,
            length: None,
        })
    };
    vec![
        None,
        state(None, None, false, true),
        state(tag(false), None, false, true),
        state(tag(true), None, false, true),
        state(None, Some(LM), false, true),
        state(None, Some(LM), true, true),
        state(tag(false), Some(LM), true, true),
        state(tag(true), Some(LM), true, true),
        state(tag(false), Some(LM), true, false),
    ]
}

/// Every case of one method. What comes with Range is tried on every state; a status or an option,
/// which decides before the fields are looked at or after, does not need every range again.
fn enumerate(method: &'static str, cases: &AtomicU64) {
    let mut request = oracle::Request {
        method,
        state: None,
        status: None,
        now: LM,
        require_if_match: false,
        already_applied: false,
        range_policy: oracle::range::USUAL,
        fields: Vec::new(),
    };
    for state in states() {
        request.state = state;
        for (option, (status, require_if_match, already_applied)) in OPTIONS.into_iter().enumerate()
        {
            request.status = status;
            request.require_if_match = require_if_match;
            request.already_applied = already_applied;
            let ranges = if option == 0 {
                &RANGES[..]
            } else {
                &RANGES[..6]
            };
            for if_match in LISTS {
                for if_none_match in LISTS {
                    for if_unmodified_since in GUARD_DATES {
                        for if_modified_since in DATES {
                            for (range, if_range) in ranges {
                                let fields: [(&str, Lines); 6] = [
                                    ("if-range", if_range),
                                    ("If-Modified-Since", if_modified_since),
                                    ("If-Match", if_match),
                                    ("IF-NONE-MATCH", if_none_match),
                                    ("Range", range),
                                    ("If-Unmodified-Since", if_unmodified_since),
                                ];
                                request.fields.clear();
                                for (name, lines) in fields {
                                    request
                                        .fields
                                        .extend(lines.iter().map(|line| (name, *line)));
                                }
                                agree::on_request(&request);
                            }
                        }
                    }
                }
            }
            let lists = LISTS.len() * LISTS.len() * GUARD_DATES.len() * DATES.len();
            cases.fetch_add((lists * ranges.len()) as u64, Ordering::Relaxed);
        }
    }
}

#[test]
fn every_evaluation_agrees_with_the_oracle() {
    let cases = AtomicU64::new(0);
    thread::scope(|scope| {
        for method in METHODS {
            let cases = &cases;
            scope.spawn(move || enumerate(method, cases));
        }
    });
    let cases = cases.into_inner();
    println!("evaluations enumerated: {cases}");
    assert!(cases > 1_000_000);
}
