//! The whole space of a client's and a cache's side, each case against the oracle: every way in
//! which a validator can be there, strong, weak or malformed, and every way in which a field can
//! come.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use support::roles;

use oracle::Tag;
use oracle::cache::Request;
use oracle::client::Response;

use crate::lines::{AFTER, BEFORE, DATES, LISTS, LM, Lines, SAME};

/// Range, and If-Range beside it.
const RANGES: [(Lines, Lines); 15] = [
    (&[], &[]),
    (&[], &[b"\"v0\""]),
    (&[b"bytes=0-1"], &[]),
    (&[b"bytes=0-1"], &[b"\"v1\""]),
    (&[b"bytes=0-1"], &[b"W/\"v1\""]),
    (&[b"bytes=0-1"], &[SAME]),
    (&[b"bytes=0-1"], &[AFTER]),
    (&[b"bytes=0-1"], &[b"bad"]),
    (&[b"bytes=0-1"], &[b"\"v1\"", b"\"v1\""]),
    (&[b"items=0-1"], &[]),
    (&[b"bytes=5-4"], &[]),
    (&[b"bytes=10-"], &[b"\"v1\""]),
    (&[b"bytes=0-1", b"bytes=0-1"], &[]),
    (&[b"bytes=1-"], &[]),
    (&[b"bytes=1-4"], &[b"\"v1\""]),
];

/// What only an origin evaluates: If-Match and If-Unmodified-Since.
const GUARDS: [(Lines, Lines); 3] = [(&[], &[]), (&[b"\"v0\""], &[BEFORE]), (&[b"*"], &[b"bad"])];

const METHODS: [&str; 6] = ["GET", "HEAD", "QUERY", "PUT", "OPTIONS", "get"];

fn tag(weak: bool, opaque: &str) -> (Option<Tag>, bool) {
    let opaque = opaque.into();
    (Some(Tag { weak, opaque }), false)
}

/// Every way in which these can be combined.
fn each(
    etags: &[(Option<Tag>, bool)],
    dates: &[(Option<i64>, Option<i64>, Option<i64>)],
    gaps: &[Option<i64>],
    parts: &[Option<bool>],
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (etag, malformed_etag) in etags {
        for (last_modified, date, received) in dates {
            for gap in gaps {
                for part in parts {
                    responses.push(Response {
                        etag: etag.clone(),
                        malformed_etag: *malformed_etag,
                        last_modified: *last_modified,
                        date: *date,
                        received: *received,
                        gap: *gap,
                        part: *part,
                        ..Response::default()
                    });
                }
            }
        }
    }
    responses
}

/// Those that these are made into, if any, behind them all.
fn with(responses: Vec<Response>, change: fn(&mut Response) -> bool) -> Vec<Response> {
    let changed = responses.iter().cloned().filter_map(|mut response| {
        let is_changed = change(&mut response);
        is_changed.then_some(response)
    });
    let changed: Vec<_> = changed.collect();
    responses.into_iter().chain(changed).collect()
}

/// Where Last-Modified is there and cannot be read.
fn with_malformed_dates(responses: Vec<Response>) -> Vec<Response> {
    with(responses, |response| {
        response.malformed_last_modified = true;
        response.last_modified.is_none() && response.date.is_none()
    })
}

/// Where a 304 has brought a later Date.
fn with_updates(responses: Vec<Response>) -> Vec<Response> {
    with(responses, |response| {
        response.updated_date = Some(LM + 60);
        response.received.is_none() && response.date != response.updated_date
    })
}

fn dates() -> Vec<(Option<i64>, Option<i64>, Option<i64>)> {
    let mut dates = Vec::new();
    for last_modified in [None, Some(LM)] {
        for date in [None, Some(LM - 1), Some(LM), Some(LM + 1), Some(LM + 60)] {
            for received in [None, Some(LM)] {
                dates.push((last_modified, date, received));
            }
        }
    }
    dates
}

/// Table B with table C in it.
fn requests(method: &'static str, cases: &AtomicU64) {
    let etags = [
        (None, false),
        (None, true),
        tag(false, "v1"),
        tag(true, "v1"),
    ];
    let parts = [None, Some(true), Some(false)];
    let stored = with_updates(each(&etags, &dates(), &[None, Some(60)], &parts));
    let stored = with(stored, |response| {
        response.content_length = Some(10);
        response.gap.is_none() && response.part != Some(false)
    });
    // Of what is known to be a part, what is asked for is in it, beside it, or without an end.
    let stored = with(stored, |response| {
        response.content_range = Some((0, 4, Some(20)));
        response.status = Some(206);
        response.gap.is_none() && response.part == Some(false)
    });
    let stored = with(stored, |response| {
        response.content_range = Some((1, 19, None));
        response.gap == Some(60) && response.part == Some(false)
    });
    let stored = with(stored, |response| {
        response.status = Some(404);
        response.gap.is_none()
            && response.part != Some(true)
            && response.received.is_none()
            && response.updated_date.is_none()
    });
    let mut request = Request {
        method,
        stored: None,
        now: LM,
        fields: Vec::new(),
    };
    for stored in stored.into_iter().map(Some).chain([None]) {
        request.stored = stored;
        for if_none_match in LISTS {
            for if_modified_since in DATES {
                for (range, if_range) in RANGES {
                    for (if_match, if_unmodified_since) in GUARDS {
                        let fields: [(&str, Lines); 6] = [
                            ("If-Match", if_match),
                            ("range", range),
                            ("If-Modified-Since", if_modified_since),
                            ("IF-NONE-MATCH", if_none_match),
                            ("If-Range", if_range),
                            ("If-Unmodified-Since", if_unmodified_since),
                        ];
                        request.fields.clear();
                        for (name, lines) in fields {
                            let lines = lines.iter().map(|line| (name, *line));
                            request.fields.extend(lines);
                        }
                        roles::on_reuse(&request);
                    }
                }
            }
        }
        let lists = LISTS.len() * DATES.len() * RANGES.len() * GUARDS.len();
        cases.fetch_add(lists as u64, Ordering::Relaxed);
    }
}

#[test]
fn every_request_to_a_cache_agrees_with_the_oracle() {
    let cases = AtomicU64::new(0);
    thread::scope(|scope| {
        for method in METHODS {
            let cases = &cases;
            scope.spawn(move || requests(method, cases));
        }
    });
    let cases = cases.into_inner();
    println!("requests to a cache enumerated: {cases}");
    assert!(cases > 1_000_000);
}

/// What a 304 can have, and what can be stored beside each other.
fn answers_and_stored() -> (Vec<Response>, Vec<Response>) {
    let etags = [
        (None, false),
        (None, true),
        tag(false, "1"),
        tag(true, "1"),
        tag(false, "2"),
        tag(true, "2"),
    ];
    let answers = each(
        &etags,
        &[
            (None, None, None),
            (Some(LM), None, None),
            (Some(LM + 1), Some(LM + 99), None),
        ],
        &[Some(60)],
        &[None],
    );
    let stored = each(
        &etags[..5],
        &[
            (None, None, None),
            (None, Some(LM), None),
            (Some(LM), Some(LM), Some(LM + 9)),
            (Some(LM), Some(LM + 60), None),
            (Some(LM), None, Some(LM + 5)),
            (Some(LM + 1), Some(LM + 61), None),
        ],
        &[Some(60)],
        &[None, Some(false)],
    );
    let stored = with(stored, |response| {
        response.updated_date = Some(LM + 70);
        response.last_modified == Some(LM) && response.date == Some(LM) && response.part.is_none()
    });
    let stored = with(stored, |response| {
        response.status = Some(404);
        response.date == Some(LM + 60) && response.part.is_none()
    });
    (with_malformed_dates(answers), with_malformed_dates(stored))
}

#[test]
fn every_freshening_agrees_with_the_oracle() {
    let (answers, stored) = answers_and_stored();
    let mut cases = 0_u64;
    for answer in &answers {
        for a in &stored {
            roles::on_pair(answer, a);
            roles::on_freshening(answer, std::slice::from_ref(a));
            for b in &stored {
                roles::on_freshening(answer, &[a.clone(), b.clone()]);
                cases += 1;
            }
        }
    }
    // Of three, those that are whole: what a part lacks is nothing to a 304.
    let stored: Vec<_> = stored
        .into_iter()
        .filter(|stored| stored.part.is_none())
        .collect();
    for answer in &answers {
        for a in &stored {
            for b in &stored {
                for c in &stored {
                    roles::on_freshening(answer, &[a.clone(), b.clone(), c.clone()]);
                    cases += 1;
                }
            }
        }
    }
    println!("304s enumerated: {cases}");
    assert!(cases > 500_000);
}

/// Every 304 about pairs of all that can be stored. `validation.rs` has the other statuses.
#[test]
fn every_304_to_a_validation_agrees_with_the_oracle() {
    const CLIENTS: [Lines; 8] = [
        &[],
        &[b""],
        &[b"\"1\""],
        &[b"W/\"1\""],
        &[b"\"2\", W/\"2\""],
        &[b"\"3\"", b"\"1\",\"1\""],
        &[b"*"],
        &[b"*", b"\"1\""],
    ];
    let (answers, stored) = answers_and_stored();
    let answers: Vec<_> = answers.into_iter().map(|answer| (304, answer)).collect();
    let mut cases = 0;
    let mut check = |set: &[Response]| {
        roles::on_revalidation(set);
        for client in CLIENTS {
            let request = oracle::validation::Request {
                method: "GET",
                fields: client.iter().map(|line| ("If-None-Match", *line)).collect(),
                stored: set,
            };
            cases += roles::on_validation(&request, &answers).1.len();
        }
    };
    for a in &stored {
        for b in &stored {
            check(&[a.clone(), b.clone()]);
        }
    }
    println!("304s to validations enumerated: {cases}");
    assert!(cases > 1_000_000);
}

#[test]
fn all_that_a_client_can_hold_agrees_with_the_oracle() {
    let etags = [
        (None, false),
        (None, true),
        tag(false, "v1"),
        tag(true, "v1"),
        tag(false, ""),
    ];
    let gaps = [
        None,
        Some(0),
        Some(1),
        Some(2),
        Some(59),
        Some(60),
        Some(61),
    ];
    let all = each(&etags, &dates(), &gaps, &[None, Some(true), Some(false)]);
    let all = with_malformed_dates(with_updates(all));
    let all = with(all, |response| {
        response.content_length = Some(10);
        response.gap.is_none()
    });
    let all = with(all, |response| {
        response.malformed_content_length = true;
        response.gap.is_none() && response.content_length.is_none()
    });
    let all = with(all, |response| {
        response.content_range = Some((0, 4, Some(10)));
        response.gap.is_none() && response.part == Some(true)
    });
    let all = with(all, |response| {
        response.status = Some(404);
        response.gap == Some(0)
    });
    for held in &all {
        roles::on_held(held, 500);
        roles::on_revalidation(std::slice::from_ref(held));
    }
    let few: Vec<_> = all.iter().step_by(7).collect();
    for one in &few {
        for other in &few {
            roles::on_pair(one, other);
        }
    }
    println!(
        "held responses enumerated: {}, pairs: {}",
        all.len(),
        few.len() * few.len()
    );
}

/// All values of up to six of the pieces that matter in Cache-Control and Connection.
#[test]
fn every_short_list_of_fields_agrees_with_the_oracle() {
    const PIECES: [&str; 9] = ["no-cache", "private", "x", "=", "\"", ",", "\\", " ", "X,"];
    let mut cases = 0_u64;
    for length in 0..=6 {
        for number in 0..PIECES.len().pow(length) {
            let mut value = String::new();
            let mut rest = number;
            for _ in 0..length {
                value += PIECES[rest % PIECES.len()];
                rest /= PIECES.len();
            }
            for name in ["Cache-Control", "Connection"] {
                let fields = [(name, value.as_bytes()), ("X", b"1"), ("Y", b"2")];
                roles::on_storing(&fields, http_preconditions::cache::CacheKind::Shared);
                roles::on_merge(&fields, http_preconditions::cache::CacheKind::Shared);
                roles::on_merge(&fields, http_preconditions::cache::CacheKind::Private);
                cases += 2;
            }
        }
    }
    println!("lists of fields enumerated: {cases}");
    assert!(cases > 1_000_000);
}
