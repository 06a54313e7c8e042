//! From a request to 206, 416 or 200, where the complete length is known.

use http_preconditions::{
    Condition, Decision, EntityTag, Evaluation, Field, HttpDate, IgnoreReason, Options, Outcome,
    Representation, evaluate,
    range::{ContentRange, MalformedRange, RangePolicy, SeveralRanges},
};
use support::agree;
use support::vectors::rows;

const V1: EntityTag = EntityTag::from_static("\"v1\"");
const LM: &str = "Sat, 29 Oct 1994 19:43:31 GMT";

/// As the scenarios' S1: a strong tag, a strong date, 1,000 octets.
fn s1() -> Representation<'static> {
    let date = HttpDate::parse(LM.as_bytes()).unwrap();
    Representation::new()
        .etag(V1)
        .strong_last_modified(date)
        .complete_length(1000)
}

/// The Content-Range, and the ranges; nothing where there is neither.
fn sent(decision: &Decision, range: impl AsRef<[u8]>) -> String {
    let field = decision.content_range().map(|field| field.to_string());
    let ranges = decision.ranges(&range);
    assert_eq!(ranges.len(), ranges.clone().count());
    let ranges = ranges.map(|range| format!("{}-{}", range.first(), range.last()));
    field
        .into_iter()
        .chain(ranges)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The state that a row names.
fn state(name: &str) -> Representation<'static> {
    let weak = Representation::new().etag(EntityTag::from_static("W/\"v1\""));
    let lm = HttpDate::parse(LM.as_bytes()).unwrap();
    match name {
        "S1" => s1(),
        "weak" => weak.complete_length(1000),
        "dated" => Representation::new()
            .last_modified(lm)
            .complete_length(1000),
        "no-ranges" => s1().without_ranges(),
        "empty" => s1().complete_length(0),
        _ => panic!("no state {name}"),
    }
}

/// The policy that a row names.
fn policy(name: &str) -> RangePolicy {
    let usual = RangePolicy::new();
    match name {
        "usual" => usual,
        "single" => usual.max_ranges(1),
        "twice" => usual.max_total_times(2),
        "reject-malformed" => usual.malformed(MalformedRange::Reject),
        "ignore-several" => usual.several(SeveralRanges::Ignore),
        "reject-several" => usual.several(SeveralRanges::Reject),
        _ => panic!("no policy {name}"),
    }
}

#[test]
fn range_is_answered_where_the_file_says() {
    for row in rows("range_decisions.tsv") {
        let fields = row.fields(5);
        let current = state(row.text(1));
        let options = Options::new().range_policy(policy(row.text(2)));
        let decision = Evaluation::with_options(row.text(0), Some(&current), options)
            .fields(fields.clone())
            .decide();
        let status: u16 = row.number(3);
        assert_eq!(decision.status(), status, "{row}");
        let range = fields.iter().find(|(name, _)| *name == "Range");
        let value = range.map_or(&[][..], |(_, value)| value);
        assert_eq!(sent(&decision, value).as_bytes(), row.octets(4), "{row}");
        let honours_range = matches!(status, 206 | 416);
        assert_eq!(decision.honours_range(), honours_range, "{row}");
    }
}

/// A Range that is ignored leaves If-Range without a say, as where it is absent.
#[test]
fn if_range_is_ignored_beside_a_range_that_is() {
    let condition = |range| {
        let fields = [("Range", range), ("If-Range", "\"v0\"")];
        let decision = evaluate("GET", fields, Some(&s1()));
        assert_eq!(decision.status(), 200, "{range}");
        decision.condition(Field::IfRange)
    };
    assert_eq!(condition("bytes=0-1"), Condition::False);
    assert_eq!(condition("bytes=1000-"), Condition::False);
    assert_eq!(
        condition("bytes=5-4"),
        Condition::Ignored(IgnoreReason::NoRange)
    );
    assert_eq!(
        condition("items=0-1"),
        Condition::Ignored(IgnoreReason::NoRange)
    );
    assert_eq!(
        condition("bytes=0-,0-"),
        Condition::Ignored(IgnoreReason::NoRange)
    );
}

/// what is 416 without conditions is refused by the caller for reasons of its own.
#[test]
fn only_in_place_of_a_200() {
    let status = |unconditional, range: &str| {
        let current = s1();
        let options = Options::new().unconditional_status(unconditional);
        let decision = Evaluation::with_options("GET", Some(&current), options)
            .fields([("Range", range)])
            .decide();
        (
            decision.status(),
            decision.outcome(),
            sent(&decision, range),
        )
    };
    let part = "bytes 0-99/1000 0-99".to_owned();
    let perform = |status, part: &str| (status, Outcome::Perform, part.to_owned());
    assert_eq!(
        status(200, "bytes=0-99"),
        (206, Outcome::Perform, part.clone())
    );
    // What a caller calls by the status that it becomes.
    assert_eq!(status(206, "bytes=0-99"), (206, Outcome::Perform, part));
    assert_eq!(status(206, "bytes=1000-"), perform(416, "bytes */1000"));
    assert_eq!(status(201, "bytes=0-99"), perform(201, ""));
    assert_eq!(status(204, "bytes=1000-"), perform(204, ""));
    assert_eq!(
        status(404, "bytes=0-99"),
        (404, Outcome::Unconditional, String::new())
    );
    assert_eq!(
        status(416, "bytes=0-99"),
        (416, Outcome::Unconditional, String::new())
    );
    let none = evaluate("GET", [("Range", "bytes=0-99")], None);
    assert_eq!((none.status(), none.content_range()), (404, None));
}

#[test]
fn without_a_length_it_is_said_that_range_is_honoured_and_no_more() {
    let current = Representation::new().etag(V1);
    for range in ["bytes=0-99", "bytes=1000-", "bytes=5-4", "bytes="] {
        let decision = evaluate("GET", [("Range", range)], Some(&current));
        assert_eq!(
            (decision.status(), decision.honours_range()),
            (200, true),
            "{range}"
        );
        assert_eq!(sent(&decision, range), "", "{range}");
    }
    for range in ["items=0-99", "bytes", ""] {
        let decision = evaluate("GET", [("Range", range)], Some(&current));
        assert!(!decision.honours_range(), "{range}");
    }
}

/// with If-Range the client has the metadata already.
#[test]
fn a_206_has_the_fields_of_the_200() {
    let keeps = |fields: &[(&str, &str)], name: &str| {
        let decision = evaluate("GET", fields.iter().copied(), Some(&s1()));
        assert_eq!(decision.status(), 206);
        decision.partial_content_keeps(name)
    };
    let plain = [("Range", "bytes=0-99")];
    let resumed = [("Range", "bytes=0-99"), ("If-Range", "\"v1\"")];
    for name in [
        "Date",
        "Cache-Control",
        "ETag",
        "Expires",
        "Content-Location",
        "Vary",
    ] {
        assert!(keeps(&plain, name) && keeps(&resumed, name), "{name}");
    }
    for name in ["Content-Type", "Content-Encoding", "Last-Modified"] {
        assert!(keeps(&plain, name) && !keeps(&resumed, name), "{name}");
    }
    assert!(!keeps(&plain, "Content-Length"), "it is that of the whole");
}

#[test]
fn the_length_is_part_of_the_representation() {
    assert_eq!(s1(), s1());
    assert_ne!(s1(), s1().complete_length(1001));
    assert!(format!("{:?}", s1()).contains("length: Some(1000)"));
    let hash = |current: Representation<'_>| {
        use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
        BuildHasherDefault::<DefaultHasher>::default().hash_one(current)
    };
    assert_eq!(hash(s1()), hash(s1()));
    assert_ne!(hash(s1()), hash(s1().complete_length(1001)));
}

/// The decision has one answer, whatever value comes with the question: the single range needs none,
/// and a value with another number of ranges gives none. The length is never a lie.
#[test]
fn ranges_come_from_the_value_that_was_evaluated() {
    let two = evaluate("GET", [("Range", "bytes=0-0,2-2")], Some(&s1()));
    let one = evaluate("GET", [("Range", "bytes=0-0")], Some(&s1()));
    let none = evaluate("GET", [("Range", "bytes=1000-")], Some(&s1()));
    let others = [
        "bytes=5-5, 7-7,9-9",
        "bytes=5-5,1000-",
        "bytes=7-7",
        "nothing",
        "",
    ];
    for other in others {
        for (decision, expected) in [
            (two, ""),
            (one, "bytes 0-0/1000 0-0"),
            (none, "bytes */1000"),
        ] {
            assert_eq!(sent(&decision, other), expected, "{other}");
        }
    }
    assert_eq!(sent(&two, "bytes=0-0,2-2"), "0-0 2-2");
    assert_eq!(one.range().map(|range| range.length()), Some(1));
    assert_eq!((two.range(), none.range()), (None, None));
}

/// Every way of a method, of the conditions, of If-Range and of Range, for every length: the core's
/// verdict without a length, and the oracle of ranges behind it.
#[test]
fn each_combination_comes_to_what_the_two_oracles_say() {
    let methods = ["GET", "HEAD", "QUERY", "PUT", "OPTIONS"];
    let conditions: [&[(&str, &str)]; 6] = [
        &[],
        &[("If-None-Match", "\"v1\"")],
        &[("If-None-Match", "\"v0\"")],
        &[("If-Match", "\"v0\"")],
        &[("If-Match", "\"v1\"")],
        &[("If-Modified-Since", LM)],
    ];
    let if_ranges: [&[(&str, &str)]; 6] = [
        &[],
        &[("If-Range", "\"v1\"")],
        &[("If-Range", "\"v0\"")],
        &[("If-Range", LM)],
        &[("If-Range", "x")],
        &[("If-Range", "\"v1\""), ("If-Range", "\"v1\"")],
    ];
    let values = [
        "bytes=0-0",
        "bytes=0-",
        "bytes=-1",
        "bytes=-0",
        "bytes=2-",
        "bytes=9-",
        "bytes=0-0,-1",
        "bytes=9-,0-0",
        "bytes=0-,0-",
        "bytes=1-0",
        "bytes=",
        "bytes",
        "",
        "items=0-0",
        "Bytes= 1-1 ,",
        "bytes=0-99999999999999999999",
    ];
    let states = [
        Some(oracle::State {
            etag: oracle::entity_tag(b"\"v1\""),
            last_modified: Some(783_459_811),
            strong_date: true,
            ranges: true,
            length: None,
        }),
        Some(oracle::State {
            etag: oracle::entity_tag(b"W/\"v1\""),
            last_modified: None,
            strong_date: false,
            ranges: true,
            length: None,
        }),
        Some(oracle::State {
            etag: oracle::entity_tag(b"\"v1\""),
            last_modified: None,
            strong_date: false,
            ranges: false,
            length: None,
        }),
        None,
    ];
    let mut count = 0;
    for state in &states {
        for method in methods {
            for condition in conditions {
                for if_range in if_ranges {
                    for value in values {
                        for status in [None, Some(200), Some(204), Some(206), Some(301)] {
                            for range_policy in POLICIES {
                                let fields = [condition, if_range, &[("Range", value)]].concat();
                                let fields =
                                    fields.iter().map(|(name, value)| (*name, value.as_bytes()));
                                count += decisions_agree(oracle::Request {
                                    method,
                                    state: state.clone(),
                                    status,
                                    now: 0,
                                    require_if_match: false,
                                    already_applied: false,
                                    range_policy,
                                    fields: fields.collect(),
                                });
                            }
                        }
                    }
                }
            }
        }
    }
    println!("{count} decisions");
    assert!(count >= 500_000);
}

const POLICIES: [oracle::range::Policy; 4] = [
    oracle::range::USUAL,
    oracle::range::Policy {
        rejects_malformed: true,
        ..oracle::range::USUAL
    },
    oracle::range::Policy {
        several: oracle::range::Several::Ignore,
        ..oracle::range::USUAL
    },
    oracle::range::Policy {
        several: oracle::range::Several::Reject,
        rejects_malformed: true,
        ..oracle::range::USUAL
    },
];

/// The request for each of some lengths; returns how many.
fn decisions_agree(mut request: oracle::Request<'_>) -> u64 {
    let lengths = [0, 1, 2, 3, 10];
    for length in lengths {
        if let Some(state) = &mut request.state {
            state.length = Some(length);
        }
        let decision = agree::on_request(&request);
        let (verdict, case) = (oracle::decide(&request), || format!("{request:?}"));
        let value = request.fields.last().map_or(&b""[..], |(_, value)| value);
        let sent = decision
            .ranges(value)
            .map(|range| (range.first(), range.last()));
        assert!(sent.eq(verdict.ranges.iter().copied()), "{}", case());
        let field = match (verdict.status, verdict.ranges.as_slice()) {
            (206, [(first, last)]) => Some(format!("bytes {first}-{last}/{length}")),
            (416, _) => Some(format!("bytes */{length}")),
            _ => None,
        };
        let content_range = decision.content_range();
        assert_eq!(
            content_range.map(|field: ContentRange| field.to_string()),
            field,
            "{}",
            case()
        );
    }
    lengths.len() as u64
}
