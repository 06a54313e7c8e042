//! Long values and many lines: no panic, the right answer, and no time that grows faster than the
//! input: if it did, this would take hours. To a tenth it is measured by the benchmark `growth`.

use std::collections::HashSet;
use support::agree;
use support::agree_on_ranges;
use support::dav;
use support::downloads;
use support::hostile;
use support::multipart;
use support::roles;

use http_preconditions::{
    EntityTag, ErrorKind, Evaluation, IfMatch, Outcome, Representation,
    cache::{CacheKind, Validation, freshened_by, unstorable_fields},
    client::{MultipartReader, PartialResponse, ResponseValidators, UnsatisfiedRange, revalidate},
    dav::{If, Preconditions},
    evaluate,
    range::{Range, RangePolicy, Resolution},
};

#[test]
fn long_values_are_read_as_the_oracle_reads_them() {
    for (name, pattern) in hostile::PATTERNS {
        for value in hostile::values(pattern, 64 * 1024) {
            println!("{name}");
            agree::on_entity_tag(&value);
            agree::on_list(&value);
            agree::on_date(&value, 0);
            agree::on_if_range(&value, 0);
        }
    }
}

/// None of them is a guard that holds, so that no PUT is performed on their account.
#[test]
fn a_mebibyte_in_every_field_fails_the_guards() {
    for (name, pattern) in hostile::PATTERNS {
        for value in hostile::values(pattern, 1024 * 1024) {
            let decision = hostile::evaluate_all(&value);
            assert_eq!(decision.outcome(), Outcome::PreconditionFailed, "{name}");
            assert!(
                decision
                    .malformed()
                    .all(|malformed| malformed.error().offset() <= value.len()),
                "{name}"
            );
        }
    }
}

/// The inputs behind CVE-2023-22795, CVE-2024-38809 and CVE-2017-16119 (time), golang/go#39817 and
/// others (panics).
#[test]
fn advisories_of_others_are_not_ours() {
    let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    let many_members = "\"v0\",".repeat(200_000);
    let spaces = format!("a{}a", " ".repeat(1_000_000));
    let unclosed = format!("\"{}", "a".repeat(1_000_000));
    let cases = [
        (",", 200),
        ("\"", 200),
        ("W/\"", 200),
        ("W/", 200),
        ("\"\"\"", 200),
        (many_members.as_str(), 200),
        (spaces.as_str(), 200),
        (unclosed.as_str(), 200),
        // jetty/jetty.project#952 and its successor: a suffix is no wildcard.
        ("\"--gzip\"", 200),
        ("\"--\"", 200),
        ("W/\"--\"", 200),
        ("\"v1--gzip\"", 200),
    ];
    for (value, status) in cases {
        let start = &value[..value.len().min(40)];
        assert_eq!(
            evaluate("GET", [("If-None-Match", value)], Some(&current)).status(),
            status,
            "{start}"
        );
        assert_eq!(
            evaluate("PUT", [("If-Match", value)], Some(&current)).status(),
            412,
            "{start}"
        );
    }
    let found_last = format!("{many_members}\"v1\"");
    assert_eq!(
        evaluate("GET", [("If-None-Match", &found_last)], Some(&current)).status(),
        304
    );
    assert_eq!(
        IfMatch::parse(found_last.as_bytes())
            .unwrap()
            .tags()
            .count(),
        200_001
    );
}

#[test]
fn ten_thousand_lines_are_one_field() {
    let current = Representation::new().etag(EntityTag::from_static("\"v9999\""));
    let lines: Vec<String> = (0..10_000).map(|number| format!("\"v{number}\"")).collect();
    let fields = || lines.iter().map(|line| ("If-None-Match", line));
    assert_eq!(evaluate("GET", fields(), Some(&current)).status(), 304);
    assert_eq!(
        evaluate("GET", fields().take(9_999), Some(&current)).status(),
        200
    );
    // More lines than are counted are still there, and of a single-valued field still too many.
    for count in [65_535, 65_536, 65_537, 70_000] {
        let mut evaluation = Evaluation::new("GET", Some(&current));
        for _ in 0..count {
            evaluation.field("If-Match", "\"v0\"");
        }
        assert_eq!(evaluation.decide().status(), 412, "{count}");
        let mut evaluation = Evaluation::new("GET", Some(&current));
        for _ in 0..count {
            evaluation.field("If-Match", "*");
            evaluation.field("If-None-Match", "*");
            evaluation.field("If-Range", "\"v9999\"");
            evaluation.field("Range", "bytes=0-1");
        }
        let decision = evaluation.decide();
        assert_eq!(
            (decision.status(), decision.honours_range()),
            (412, false),
            "{count}"
        );
        let mut evaluation = Evaluation::new("GET", Some(&current));
        evaluation.field("Range", "bytes=0-1");
        for _ in 0..count {
            evaluation.field("If-Range", "\"v9999\"");
        }
        assert!(!evaluation.decide().honours_range(), "{count}");
    }
}

/// The same values as a client's fields before a cache, and as a server's fields behind it.
#[test]
fn long_values_are_nothing_to_a_client_or_a_cache() {
    let stored = oracle::client::Response {
        etag: oracle::entity_tag(b"\"a\""),
        gap: Some(60),
        ..oracle::client::Response::default()
    };
    for (name, pattern) in hostile::PATTERNS {
        for value in hostile::values(pattern, 64 * 1024) {
            println!("{name}");
            for field in ["If-None-Match", "If-Modified-Since", "If-Range"] {
                roles::on_reuse(&oracle::cache::Request {
                    method: "GET",
                    stored: Some(stored.clone()),
                    now: 0,
                    fields: vec![(field, &value), ("Range", b"bytes=0-1")],
                });
            }
            let request = oracle::validation::Request {
                method: "GET",
                fields: vec![("If-None-Match", &value)],
                stored: std::slice::from_ref(&stored),
            };
            roles::on_validation(&request, &[(304, stored.clone())]);
            for field in ["ETag", "Last-Modified", "Date", "Content-Length"] {
                let read = ResponseValidators::from_fields([(field, &value)]);
                let tag = oracle::entity_tag(&value);
                let sent = revalidate([read]).count();
                assert_eq!(
                    sent,
                    usize::from(field == "ETag" && tag.is_some()),
                    "{field}"
                );
            }
        }
        for value in hostile::values(pattern, 1024 * 1024) {
            for field in ["Connection", "Cache-Control"] {
                let names = unstorable_fields(field, &value, CacheKind::Shared);
                assert!(names.map(<[u8]>::len).sum::<usize>() <= value.len());
            }
        }
    }
    let listed = format!("max-age=5, private=\"{}\"", "x,".repeat(500_000));
    let names = unstorable_fields("Cache-Control", &listed, CacheKind::Shared);
    assert_eq!(names.count(), 500_000);
}

/// What is held and what comes back, in every field that a download looks at.
#[test]
fn long_values_are_nothing_to_a_download() {
    const NAMES: [&str; 6] = [
        "ETag",
        "Last-Modified",
        "Content-Range",
        "Content-Length",
        "Content-Encoding",
        "Content-Type",
    ];
    let held = downloads::download("tag=W/\"a\" lm=0 date=60 octets=600 digest coding=gzip");
    for (name, pattern) in hostile::PATTERNS.iter().chain(hostile::RANGES) {
        for value in hostile::values(pattern, 64 * 1024) {
            println!("{name}");
            for field in NAMES {
                let fields = [
                    ("Content-Range", &b"bytes 600-999/1000"[..]),
                    (field, &value),
                ];
                downloads::on_partial(&held, &fields);
                downloads::on_unsatisfied(&held, &fields[1..]);
            }
        }
        let [value, ..] = hostile::values(pattern, 1024 * 1024);
        let held = downloads::incomplete(&held).content_encoding(&value);
        let verdict = held.continued_by(NAMES.map(|name| (name, &value)));
        assert!(!matches!(verdict, PartialResponse::Append { .. }));
        let verdict = held.unsatisfied_by(NAMES.map(|name| (name, &value)));
        assert_ne!(verdict, UnsatisfiedRange::Complete);
    }
}

/// In Content-Type, in a head, before the first part, in a part, and behind it; the boundary too.
#[test]
fn a_mebibyte_is_nothing_to_a_reader_of_parts() {
    const MANY: &[(&str, &[u8])] = &[
        ("delimiter", b"\r\n--b"),
        ("delimiter alone", b"--b"),
        ("padding", b"--b "),
        ("end but for an octet", b"\r\n--b-"),
        ("line end", b"\r\n"),
        ("LF", b"\n"),
        ("CR", b"\r"),
        ("field", b"X: y\r\n"),
        ("folded line", b" x\r\n"),
        ("colon", b":"),
        ("Content-Range", b"Content-Range: bytes 0-0/9\r\n"),
        ("parameter", b";x=y"),
        ("quoted-pair", b"\\\""),
    ];
    const MEBIBYTE: usize = 1024 * 1024;
    let content_type = b"multipart/byteranges; boundary=b";
    let reader = MultipartReader::new(content_type).unwrap();
    let range = format!("--b\nContent-Range: bytes 0-{}/*\n\n", MEBIBYTE - 1);
    for (name, pattern) in hostile::PATTERNS.iter().chain(MANY) {
        println!("{name}");
        let [repeated, ..] = hostile::values(pattern, MEBIBYTE);
        for start in ["; boundary=b", "; boundary=", "; boundary=\"", "; x=\"", ""] {
            let content_type = [b"multipart/byteranges", start.as_bytes(), &repeated].concat();
            let _ = multipart::on_multipart(&content_type, b"--b--", None);
        }
        let part = [range.as_bytes(), &repeated, b"\n--b--"].concat();
        for step in [1, 1000, 2 * MEBIBYTE] {
            let (parts, ending) = multipart::read(&reader, &part, step);
            assert_eq!((parts.len(), ending), (1, Some(Ok(()))));
            for start in ["", "x", "--b", "--b\n", "--b\nX: y", "--b\nContent-Type: x"] {
                let content = [start.as_bytes(), &repeated].concat();
                let (parts, ending) = multipart::read(&reader, &content, step);
                assert!(parts.len() < 2 && ending.is_some(), "{start}");
            }
            let content = [&part[..part.len() - 6], &repeated].concat();
            let (_, ending) = multipart::read(&reader, &content, step);
            assert!(ending.is_some_and(|ending| ending.is_err()));
        }
        // Within the limit, as the oracle reads it.
        let [short, ..] = hostile::values(pattern, MultipartReader::MAX_HEAD / 2);
        for start in ["", "--b\n", "--b\nX: y"] {
            let behind = b"\n--b\nContent-Range: bytes 0-0/9\n\n0\n--b--";
            let content = [start.as_bytes(), &short, behind].concat();
            multipart::on_multipart(content_type, &content, None).unwrap();
        }
    }
    let part = "--b\r\nContent-Range: bytes 3-3/9\r\n\r\n3\r\n";
    let many = part.repeat(MEBIBYTE / part.len()) + "--b--";
    let (parts, ending) = multipart::on_multipart(content_type, many.as_bytes(), None).unwrap();
    assert_eq!(ending, Some(Ok(())));
    assert_eq!(parts.len(), MEBIBYTE / part.len());
    // More octets than there are.
    let huge = format!("--b\nContent-Range: bytes 0-{}/*\n\n", u64::MAX - 1);
    let (parts, ending) = multipart::read(&reader, huge.as_bytes(), 1);
    assert_eq!((parts.len(), ending), (0, None));
    let longer = huge.replace(&(u64::MAX - 1).to_string(), &u64::MAX.to_string());
    let (_, ending) = multipart::read(&reader, longer.as_bytes(), 1);
    assert_ne!(ending.unwrap().unwrap_err().kind(), ErrorKind::LineEnd);
}

#[test]
fn thousands_of_stored_responses_are_chosen_from() {
    let tags: Vec<String> = (0..4_000).map(|number| format!("\"v{number}\"")).collect();
    let stored = || {
        let tags = tags.iter();
        tags.map(|tag| ResponseValidators::new().etag(EntityTag::parse(tag.as_bytes()).unwrap()))
    };
    let last = ResponseValidators::new().etag(EntityTag::from_static("\"v3999\""));
    assert!(freshened_by(&last, stored()).eq([3_999]));
    let (_, value) = revalidate(stored()).next().unwrap().into_parts();
    assert_eq!(value.to_string(), tags.join(", "));
    let client = [("If-None-Match", "\"v3999\"")];
    let validation = Validation::new("GET", client, stored().chain(stored()));
    assert!(validation.freshened(304, &last).eq([3_999, 7_999]));
    let (_, value) = validation.fields().next().unwrap().into_parts();
    // A tag may be listed twice, so that time is linear.
    let listed = value.to_string();
    let listed: HashSet<&str> = listed.split(", ").collect();
    assert_eq!(listed, tags.iter().map(String::as_str).collect());
    assert!(value.len() <= 2 * tags.join(", ").len() + 2);
}

#[test]
fn long_ranges_are_read_as_the_oracle_reads_them() {
    for (name, pattern) in hostile::RANGES {
        for value in hostile::range_values(pattern, 64 * 1024) {
            println!("{name}");
            agree_on_ranges::on_range(&value, [0, 1, 1000]);
            agree_on_ranges::on_range_within(&value, [1000], u16::MAX, u16::MAX);
            agree_on_ranges::on_content_range(&value);
            agree_on_ranges::on_accept_ranges(&value);
        }
    }
}

/// Of a representation of 1,000 octets, that is; and the answer is never larger than that.
#[test]
fn a_mebibyte_of_ranges_is_ignored_or_small() {
    for (name, pattern) in hostile::RANGES {
        for value in hostile::range_values(pattern, 1024 * 1024) {
            let Ok(range) = Range::parse(&value) else {
                continue;
            };
            if let Resolution::Partial(ranges) = range.resolve(1000, RangePolicy::new()) {
                let octets: u64 = ranges.map(|range| range.length()).sum();
                assert!(octets <= 1000, "{name}");
            }
        }
    }
    // All of them are read, if somebody asks.
    let value = format!("bytes={}", "0-,".repeat(349_525));
    assert_eq!(hostile::resolve_all(value.as_bytes()), 349_525);
    // A number of a mebibyte is a number.
    let digits = "9".repeat(1024 * 1024);
    let zeros = "0".repeat(1024 * 1024);
    let resolves_to = |value: String, length| {
        let range = Range::parse(value.as_bytes()).unwrap();
        agree_on_ranges::resolution(range, length, RangePolicy::new())
    };
    let part = |first, last| oracle::range::Resolution::Partial(vec![(first, last)]);
    let none = oracle::range::Resolution::Unsatisfiable;
    assert_eq!(resolves_to(format!("bytes=5-{digits}"), 10), part(5, 9));
    assert_eq!(
        resolves_to(format!("bytes={zeros}5-{zeros}6"), 10),
        part(5, 6)
    );
    assert_eq!(resolves_to(format!("bytes=-{digits}"), 10), part(0, 9));
    assert_eq!(resolves_to(format!("bytes={digits}-"), u64::MAX), none);
    assert!(Range::parse(format!("bytes={digits}9-{digits}").as_bytes()).is_err());
}

/// As the oracle reads them, and what is malformed performs nothing.
#[test]
fn long_values_of_if_are_read_as_the_oracle_reads_them() {
    let mut read = 0;
    for (name, pattern) in hostile::IFS {
        for value in hostile::if_values(pattern, 64 * 1024) {
            println!("{name}");
            let well_formed = dav::on_if(&value);
            dav::on_lock_token(&value);
            dav::on_schedule_tag(&value);
            if let Some((value, lists)) = well_formed {
                dav::on_truth(value, &lists, &|_, _| false);
                read += 1;
            }
        }
    }
    assert!(read > 20, "{read}");
}

#[test]
fn a_mebibyte_of_if_performs_nothing_that_it_should_not() {
    for (name, pattern) in hostile::IFS {
        for value in hostile::if_values(pattern, 1024 * 1024) {
            let conditions = hostile::if_all(&value);
            let conditions_of = |answer| {
                let has = |_, _| Ok::<_, ()>(answer);
                let lines = [value.as_slice()];
                let checked = Preconditions::new().check_if(lines, has, [["urn:x:t"]]);
                checked.unwrap().check_schedule_tag(lines, None)
            };
            for answer in [false, true] {
                let decision = Evaluation::new("PUT", None).decide_dav(&conditions_of(answer));
                let is_malformed = conditions == 0;
                let performs = decision.outcome() == Outcome::Perform;
                assert!(
                    !performs && (!is_malformed || decision.status() == 412),
                    "{name}"
                );
                assert!(
                    decision
                        .malformed()
                        .all(|it| it.error().offset() <= value.len()),
                    "{name}"
                );
            }
        }
    }
    // At most one look-up for each four octets, and each of them is counted.
    let value = format!("({})", "<a:>".repeat(250_000));
    assert_eq!(hostile::if_all(value.as_bytes()), 250_000);
    let mut questions = 0;
    let is_true = If::parse(value.as_bytes()).unwrap().is_true(|_, _| {
        questions += 1;
        true
    });
    assert!(is_true && questions == 250_000);
    let open = "(".repeat(1_000_000);
    assert_eq!(If::parse(open.as_bytes()).unwrap_err().offset(), 1);
}
