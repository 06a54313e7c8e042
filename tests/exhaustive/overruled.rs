//! Every subset of conditions that the caller sets, true or false, on every combination of fields,
//! against the oracle: §13.2.2 keeps its order whoever judges a condition.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use support::agree;

use crate::lines::{AFTER, BEFORE, LM, Lines, SAME};

/// Absent, true, false, malformed.
const LISTS: [Lines; 4] = [&[], &[b"\"v1\""], &[b"\"v0\""], &[b"v1"]];
const DATES: [Lines; 4] = [&[], &[BEFORE], &[AFTER], &[b"yesterday"]];
const IF_RANGES: [Lines; 4] = [&[], &[b"\"v1\""], &[SAME, SAME], &[b"bad"]];

const CONDITIONS: [&str; 5] = [
    "If-Match",
    "If-Unmodified-Since",
    "If-None-Match",
    "If-Modified-Since",
    "If-Range",
];

/// The method, the status without conditions, whether If-Match is required, whether the change is
/// in place.
const REQUESTS: [(&str, Option<u16>, bool, bool); 6] = [
    ("GET", None, false, false),
    ("HEAD", None, false, false),
    ("PUT", None, false, false),
    ("PUT", Some(204), true, true),
    ("DELETE", None, true, false),
    ("OPTIONS", None, true, true),
];

fn states() -> [Option<oracle::State>; 3] {
    let state = |last_modified, length| oracle::State {
        etag: Some(oracle::Tag {
            weak: false,
            opaque: b"v1".to_vec(),
        }),
        last_modified,
        strong_date: false,
        ranges: true,
        length,
    };
    [
        None,
        Some(state(None, None)),
        Some(state(Some(LM), Some(10))),
    ]
}

/// Each condition is left alone, true or false: what the digits of a number to the base 3 say.
fn overruled(mut number: usize) -> oracle::Overruled {
    let mut overruled = oracle::Overruled::default();
    for name in CONDITIONS {
        match number % 3 {
            0 => {}
            digit => overruled.conditions.push((name, digit == 1)),
        }
        number /= 3;
    }
    overruled
}

fn enumerate(
    (method, status, require_if_match, already_applied): (&str, Option<u16>, bool, bool),
) -> u64 {
    let mut cases = 0;
    let mut request = oracle::Request {
        method,
        state: None,
        status,
        now: LM,
        require_if_match,
        already_applied,
        range_policy: oracle::range::USUAL,
        fields: Vec::new(),
    };
    for state in states() {
        request.state = state;
        // Each way of each of the five fields.
        for ways in 0..4_usize.pow(5) {
            let way = |place: u32| ways / 4_usize.pow(place) % 4;
            let fields = [
                LISTS[way(0)],
                DATES[way(1)],
                LISTS[way(2)],
                DATES[way(3)],
                IF_RANGES[way(4)],
            ];
            request.fields.clear();
            request.fields.push(("Range", b"bytes=0-1"));
            for (name, lines) in CONDITIONS.into_iter().zip(fields) {
                request
                    .fields
                    .extend(lines.iter().map(|line| (name, *line)));
            }
            for number in 0..3_usize.pow(5) {
                agree::on_overruled(&request, &overruled(number));
                cases += 1;
            }
        }
    }
    cases
}

#[test]
fn the_callers_results_keep_their_place_in_the_order() {
    let cases = AtomicU64::new(0);
    thread::scope(|scope| {
        for request in REQUESTS {
            let cases = &cases;
            scope.spawn(move || cases.fetch_add(enumerate(request), Ordering::Relaxed));
        }
    });
    let cases = cases.into_inner();
    println!("overruled evaluations enumerated: {cases}");
    assert!(cases > 1_000_000);
}

/// The last result of a field counts, and Range is no condition.
#[test]
fn the_last_result_counts() {
    let request = oracle::Request {
        method: "PUT",
        state: states()[1].clone(),
        status: None,
        now: LM,
        require_if_match: false,
        already_applied: false,
        range_policy: oracle::range::USUAL,
        fields: vec![("If-Match", b"v0"), ("Range", b"bytes=A-"), ("Range", b"")],
    };
    for (conditions, status) in [
        (vec![("If-Match", false), ("If-Match", true)], 200),
        (vec![("If-Match", true), ("If-Match", false)], 412),
        (vec![("Range", true)], 412),
        (vec![("Range", false), ("If-Match", true)], 200),
    ] {
        let overruled = oracle::Overruled {
            conditions,
            ..oracle::Overruled::default()
        };
        let decision = agree::decide_with(&request, &overruled);
        assert_eq!(decision.status(), status, "{overruled:?}");
    }
}

/// Each list of If-Match, with each set of other tags: If-Match alone looks at them.
#[test]
fn other_tags_satisfy_if_match_alone() {
    const LINES: [Lines; 10] = [
        &[],
        &[b"\"v1\""],
        &[b"\"x\""],
        &[b"\"y\", \"z\""],
        &[b"W/\"x\""],
        &[b"x, \"x\""],
        &[b"*"],
        &[b"*", b"\"x\""],
        &[b"\"z\"", b"\"y\""],
        &[b"\"z\"", b"bad"],
    ];
    let tag = |weak, opaque: &[u8]| oracle::Tag {
        weak,
        opaque: opaque.to_vec(),
    };
    let sets = [
        vec![],
        vec![tag(false, b"x")],
        vec![tag(true, b"x")],
        vec![tag(false, b"x"), tag(false, b"y")],
        vec![tag(false, b"v1"), tag(true, b"y"), tag(false, b"z")],
    ];
    for (method, status, require_if_match, already_applied) in REQUESTS {
        for state in states() {
            for if_match in LINES {
                for if_none_match in LINES {
                    for other_tags in &sets {
                        let mut fields: Vec<(&str, &[u8])> = vec![("If-Range", b"\"x\"")];
                        fields.push(("Range", b"bytes=0-1"));
                        fields.extend(if_match.iter().map(|line| ("If-Match", *line)));
                        fields.extend(if_none_match.iter().map(|line| ("If-None-Match", *line)));
                        let request = oracle::Request {
                            method,
                            state: state.clone(),
                            status,
                            now: LM,
                            require_if_match,
                            already_applied,
                            range_policy: oracle::range::USUAL,
                            fields,
                        };
                        let overruled = oracle::Overruled {
                            other_tags: other_tags.clone(),
                            ..oracle::Overruled::default()
                        };
                        agree::on_overruled(&request, &overruled);
                    }
                }
            }
        }
    }
}
