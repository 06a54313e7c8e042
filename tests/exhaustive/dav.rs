//! WebDAV and CalDAV against the oracle: the truth of every `If` of two short lists, every short value, and
//! every combination of `If`, locks and `If-Schedule-Tag-Match` with the conditions of RFC 9110.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use oracle::dav::{Dav, State};
use support::dav;

use crate::lines::{AFTER, BEFORE, LM, Lines};

/// Every list of one to three of these, with `Not` and without.
fn lists() -> Vec<String> {
    const STATES: [&str; 3] = ["<urn:x:t>", "[\"a\"]", "<DAV:no-lock>"];
    let conditions: Vec<_> = STATES
        .iter()
        .flat_map(|state| [(*state).to_owned(), format!("Not {state}")])
        .collect();
    let mut inside = conditions.clone();
    for _ in 0..2 {
        let longer: Vec<_> = inside
            .iter()
            .flat_map(|list| conditions.iter().map(move |more| format!("{list} {more}")))
            .collect();
        inside.extend(longer);
        inside.sort();
        inside.dedup();
    }
    inside.into_iter().map(|list| format!("({list})")).collect()
}

/// Every assignment of states to the resources: a bit for each, of which the first two are of `/1` or of
/// the Request-URI.
fn every_assignment(value: &str, bits: u32) -> u64 {
    let read = dav::on_if(value.as_bytes());
    let (read, expected) = read.expect("the value is well-formed");
    for assignment in 0..1_u32 << bits {
        let has = |resource: Option<&[u8]>, state: &State| {
            let first = if resource == Some(b"/2") { 2 } else { 0 };
            let bit = first + u32::from(matches!(state, State::Tag(_)));
            assignment >> bit & 1 == 1
        };
        dav::on_truth(read, &expected, &has);
    }
    1 << bits
}

#[test]
fn the_truth_of_two_lists_is_that_of_the_oracle() {
    let lists = lists();
    assert_eq!(lists.len(), 6 + 36 + 216);
    let (first_half, second_half) = lists.split_at(lists.len() / 2);
    let cases = AtomicU64::new(0);
    thread::scope(|scope| {
        for half in [first_half, second_half] {
            let (lists, cases) = (&lists, &cases);
            scope.spawn(move || {
                let mut count = 0;
                for a in half {
                    count += every_assignment(a, 2);
                    count += every_assignment(&format!("</1>{a}"), 2);
                    for b in lists {
                        count += every_assignment(&format!("{a} {b}"), 2);
                        count += every_assignment(&format!("</1> {a}{b}"), 2);
                        count += every_assignment(&format!("</1> {a} </2> {b}"), 4);
                    }
                }
                cases.fetch_add(count, Ordering::Relaxed);
            });
        }
    });
    let cases = cases.into_inner();
    println!("truths of If enumerated: {cases}");
    assert!(cases > 1_000_000);
}

/// Up to five pieces in every order, alone and behind each beginning.
#[test]
fn every_short_value_is_read_as_the_oracle_reads_it() {
    const PIECES: [&[u8]; 16] = [
        b"(", b")", b"<", b">", b"[", b"]", b"\"", b"W/", b"not", b"N", b" ", b"a:", b"/", b"\0",
        b"<a:>", b"[\"\"]",
    ];
    const STARTS: [&[u8]; 5] = [b"", b"(", b"(<a:>\t", b"</>(", b"(NOT[\"a\"])"];
    let values = AtomicU64::new(0);
    let read = AtomicU64::new(0);
    thread::scope(|scope| {
        for start in STARTS {
            let (values, read) = (&values, &read);
            scope.spawn(move || {
                let mut longest = vec![start.to_vec()];
                for _ in 0..5 {
                    let longer = longest
                        .iter()
                        .flat_map(|value| PIECES.iter().map(move |piece| [value, *piece].concat()));
                    longest = longer.collect();
                    for value in &longest {
                        values.fetch_add(1, Ordering::Relaxed);
                        read.fetch_add(dav::on_if(value).is_some().into(), Ordering::Relaxed);
                        dav::on_lock_token(value);
                        dav::on_schedule_tag(value);
                    }
                }
            });
        }
    });
    let (values, read) = (values.into_inner(), read.into_inner());
    println!("short values of If: {values}, of which {read} are well-formed");
    assert!(values > 2_000_000 && read > 1_000);
}

/// Absent, true, false, malformed, repeated. Nothing has any state, and the token is submitted.
const IFS: [Lines; 5] = [
    &[],
    &[b"(Not <urn:x:t>)"],
    &[b"(<urn:x:t>)"],
    &[b"(Not <urn:x:t>"],
    &[b"(Not <urn:x:t>)", b"(Not <urn:x:t>)"],
];
const SCHEDULE_TAGS: [Lines; 5] = [
    &[],
    &[b"\"s1\""],
    &[b"\"s0\""],
    &[b"s1"],
    &[b"\"s1\"", b"\"s1\""],
];
/// Of If-Match and If-None-Match.
const LISTS: [Lines; 3] = [&[], &[b"\"v1\""], &[b"\"v0\""]];
/// Dates, and a Range with If-Range.
const OTHERS: [(&str, Lines); 5] = [
    ("Range", &[]),
    ("If-Unmodified-Since", &[BEFORE]),
    ("If-Modified-Since", &[AFTER]),
    ("Range", &[b"bytes=0-1"]),
    ("If-Unmodified-Since", &[b"yesterday"]),
];
const METHODS: [&str; 6] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPPATCH"];
const STATUSES: [Option<u16>; 7] = [
    None,
    Some(200),
    Some(204),
    Some(206),
    Some(301),
    Some(404),
    Some(412),
];

fn states() -> [Option<oracle::State>; 2] {
    let etag = oracle::Tag {
        weak: false,
        opaque: b"v1".to_vec(),
    };
    let state = oracle::State {
        etag: Some(etag),
        last_modified: Some(LM),
        strong_date: true,
        ranges: true,
        length: Some(10),
    };
    [None, Some(state)]
}

fn every_decision(method: &'static str) -> u64 {
    let has = |_: Option<&[u8]>, _: &State| false;
    let locks: [&[&[u8]]; 3] = [&[], &[b"urn:x:t"], &[b"urn:x:t", b"urn:x:u"]];
    let servers = locks.map(|locks| Dav {
        has: Some(&has),
        locks: locks.iter().map(|token| vec![token.to_vec()]).collect(),
        schedule_tag: Some(Some(b"s1".to_vec())),
    });
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
    let mut cases = 0;
    for state in states() {
        request.state = state;
        for (status, options) in STATUSES
            .iter()
            .flat_map(|status| (0..4).map(|o| (*status, o)))
        {
            request.status = status;
            request.require_if_match = options & 1 == 1;
            request.already_applied = options & 2 == 2;
            for ways in 0..5 * 5 * 3 * 3 * 5 {
                let fields = [
                    ("If", IFS[ways % 5]),
                    ("If-Schedule-Tag-Match", SCHEDULE_TAGS[ways / 5 % 5]),
                    ("If-Match", LISTS[ways / 25 % 3]),
                    ("If-None-Match", LISTS[ways / 75 % 3]),
                    OTHERS[ways / 225],
                ];
                request.fields.clear();
                for (name, lines) in fields {
                    let lines = lines.iter().map(|line| (name, *line));
                    request.fields.extend(lines);
                }
                for server in &servers {
                    dav::on_request(&request, server);
                    cases += 1;
                }
            }
        }
    }
    cases
}

#[test]
fn the_order_of_all_conditions_is_that_of_the_oracle() {
    let cases = AtomicU64::new(0);
    thread::scope(|scope| {
        for method in METHODS {
            let cases = &cases;
            scope.spawn(move || cases.fetch_add(every_decision(method), Ordering::Relaxed));
        }
    });
    let cases = cases.into_inner();
    println!("decisions with WebDAV enumerated: {cases}");
    assert!(cases > 1_000_000);
}
