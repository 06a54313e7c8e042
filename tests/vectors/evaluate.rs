//! The evaluation of whole requests, row by row, against RFC 9110 §13.2.2.

use http_preconditions::{
    Condition, Decision, EntityTag, Evaluation, Field, HttpDate, IgnoreReason, Options, Outcome,
    Representation, evaluate,
};
use support::vectors::{Row, kind, rows};

const V1: EntityTag = EntityTag::from_static("\"v1\"");

/// Sat, 29 Oct 1994 19:43:31 GMT, the Last-Modified of all rows.
fn lm() -> HttpDate {
    HttpDate::from_unix(783_459_811).unwrap()
}

/// What a decision says, in the words of the outcome columns.
fn outcome(decision: &Decision) -> String {
    match decision.outcome() {
        Outcome::Perform if decision.honours_range() => {
            assert!([200, 206].contains(&decision.status()));
            "range".to_owned()
        }
        Outcome::Perform if (200..=299).contains(&decision.status()) => "perform".to_owned(),
        _ => decision.status().to_string(),
    }
}

/// `full` says beside `perform` only that there was a Range.
#[track_caller]
fn assert_outcome(decision: &Decision, expected: &str, row: &Row) {
    let expected = if expected == "full" {
        "perform"
    } else {
        expected
    };
    assert_eq!(outcome(decision), expected, "{row}\n{decision:?}");
}

#[test]
fn scenarios_come_out_as_the_rfc_requires() {
    let rows = rows("scenarios.tsv");
    assert!(rows.len() >= 95);
    for row in rows {
        let s1 = Representation::new().etag(V1).strong_last_modified(lm());
        let strong_date = Representation::new().strong_last_modified(lm());
        let representation = match row.text(1) {
            "S1" => Some(s1),
            "S2" => Some(s1.etag(V1.to_weak())),
            "S3" => Some(strong_date),
            "S4" => Some(Representation::new().etag(V1)),
            "S5" => Some(Representation::new()),
            "S6" => None,
            "S7" => Some(s1.last_modified(lm())),
            "S8" => Some(s1.without_ranges()),
            state => panic!("{state}"),
        };
        let status = match (row.text(1), row.text(2)) {
            ("S6", "PUT") => 201,
            ("S6", _) => 404,
            _ => 200,
        };
        let options = Options::new().unconditional_status(status);
        let decision = Evaluation::with_options(row.text(2), representation.as_ref(), options)
            .fields(row.fields(4))
            .decide();
        assert_outcome(&decision, row.text(3), &row);
    }
}

/// Inputs that servers and crates in use answer otherwise.
#[test]
fn known_bugs_of_other_servers() {
    for row in rows("deviations.tsv") {
        let etag = match row.octets(1) {
            b"-" => None,
            value => Some(EntityTag::parse(value).unwrap()),
        };
        let date = match row.text(2) {
            "-" => None,
            value => Some(value.parse().unwrap()),
        };
        let current = Representation::with_validators(etag, date);
        let current = match (row.text(3), date) {
            ("strong", Some(date)) => current.strong_last_modified(date),
            _ => current,
        };
        let current = (row.text(4) == "yes").then_some(current);
        let mut options = Options::new();
        if row.text(5) != "-" {
            options = options.unconditional_status(row.number(5));
        }
        let evaluation = Evaluation::with_options(row.text(6), current.as_ref(), options);
        assert_outcome(
            &evaluation.fields(row.fields(8)).decide(),
            row.text(7),
            &row,
        );
    }
}

/// Every row again with its lines in the opposite order, and with names in
/// other cases, among fields of other names.
#[test]
fn order_case_and_other_fields_do_not_matter() {
    let current = Representation::new().etag(V1).strong_last_modified(lm());
    for row in rows("scenarios.tsv")
        .iter()
        .filter(|row| row.text(1) == "S1")
    {
        let fields = row.fields(4);
        let expected = Evaluation::new(row.text(2), Some(&current))
            .fields(fields.clone())
            .decide();
        let mut evaluation = Evaluation::new(row.text(2), Some(&current));
        for (name, value) in fields.iter().rev() {
            evaluation.field("If-Matches", "\"v1\"");
            evaluation.field("If-None-Matcx", "*");
            evaluation.field(name.to_ascii_uppercase(), value);
            evaluation.field("Rangy", "bytes=0-1");
        }
        assert_eq!(evaluation.decide(), expected, "{row}");
    }
}

/// 432 combinations, of which 208 are answered 412, 70 are answered 304, and 154 go on.
#[test]
fn table_a_has_432_cells() {
    const IF_MATCH: [&str; 3] = ["", "\"v1\"", "\"v0\""];
    const IF_UNMODIFIED_SINCE: [&str; 4] = [
        "",
        "yesterday",
        "Sat, 29 Oct 1994 19:43:31 GMT",
        "Sat, 29 Oct 1994 19:43:30 GMT",
    ];
    const IF_NONE_MATCH: [&str; 3] = ["", "\"v0\"", "\"v1\""];
    const IF_MODIFIED_SINCE: [&str; 4] = [
        "",
        "yesterday",
        "Sat, 29 Oct 1994 19:43:30 GMT",
        "Sat, 29 Oct 1994 19:43:31 GMT",
    ];
    let current = Representation::new().etag(V1).last_modified(lm());
    let (mut failed, mut not_modified, mut perform) = (0, 0, 0);
    for method in ["GET", "HEAD", "PUT"] {
        for if_match in IF_MATCH {
            for if_unmodified_since in IF_UNMODIFIED_SINCE {
                for if_none_match in IF_NONE_MATCH {
                    for if_modified_since in IF_MODIFIED_SINCE {
                        let fields = [
                            ("If-Match", if_match),
                            ("If-Unmodified-Since", if_unmodified_since),
                            ("If-None-Match", if_none_match),
                            ("If-Modified-Since", if_modified_since),
                        ];
                        let present = fields.into_iter().filter(|(_, value)| !value.is_empty());
                        match evaluate(method, present, Some(&current)).status() {
                            412 => failed += 1,
                            304 => not_modified += 1,
                            200 => perform += 1,
                            status => panic!("{method} {fields:?}: {status}"),
                        }
                    }
                }
            }
        }
    }
    assert_eq!((failed, not_modified, perform), (208, 70, 154));
}

/// §13.2.1: what is redirected or refused anyway is; 412 is the one failure that conditions still
/// go before.
#[test]
fn unconditional_statuses_come_back_unless_2xx_or_412() {
    const FALSE: [(&str, &str); 3] = [
        ("If-Match", "\"v0\""),
        ("If-None-Match", "\"v1\""),
        ("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:30 GMT"),
    ];
    let current = Representation::new().etag(V1).last_modified(lm());
    for status in 100..=599 {
        for field in FALSE {
            let options = Options::new().unconditional_status(status);
            let decision = Evaluation::with_options("GET", Some(&current), options)
                .fields([field, ("Range", "bytes=0-1")])
                .decide();
            let conditional = if field.0 == "If-None-Match" { 304 } else { 412 };
            if (200..=299).contains(&status) || status == 412 {
                assert_eq!(decision.status(), conditional, "{status} {field:?}");
            } else {
                assert_eq!(
                    (decision.outcome(), decision.status()),
                    (Outcome::Unconditional, status),
                    "{field:?}"
                );
                assert_eq!(
                    (decision.decided_by(), decision.honours_range()),
                    (None, false),
                    "{status} {field:?}"
                );
            }
        }
    }
    // True conditions change nothing, and only a 200 is sent in parts (§14.2).
    for (status, honours_range) in [
        (200, true),
        (203, false),
        (206, true),
        (299, false),
        (412, false),
        (301, false),
    ] {
        let options = Options::new().unconditional_status(status);
        let decision = Evaluation::with_options("GET", Some(&current), options)
            .fields([("If-Match", "*"), ("Range", "bytes=0-1")])
            .decide();
        assert_eq!(
            (decision.status(), decision.honours_range()),
            (status, honours_range)
        );
        let performs = (200..=299).contains(&status);
        assert_eq!(decision.outcome() == Outcome::Perform, performs, "{status}");
        assert_eq!(
            decision.outcome() == Outcome::Unconditional,
            !performs,
            "{status}"
        );
    }
}

/// A caller may call the 200 by the 206 that Range makes of it. Where Range is not honoured it is
/// 200 again.
#[test]
fn a_206_is_a_200_where_range_is_not_honoured() {
    const IGNORED: &[&[(&str, &str)]] = &[
        &[],
        &[("Range", "bytes=0-1"), ("If-Range", "\"v0\"")],
        &[("Range", "bytes=0-1"), ("If-Range", "v1")],
        &[("Range", "bytes=5-4")],
        &[("Range", "bytes=")],
        &[("Range", "bytes=0-1"), ("Range", "bytes=0-1")],
        &[("Range", "bytes=0-,0-")],
        &[("Range", "lines=0-1")],
        &[("If-Match", "*")],
    ];
    let options = Options::new().unconditional_status(206);
    let current = Representation::new().etag(V1).complete_length(1000);
    let states = [
        current,
        current.complete_length(0),
        current.without_ranges(),
    ];
    for fields in IGNORED {
        for state in &states {
            for method in ["GET", "QUERY", "HEAD", "PUT"] {
                let decision = Evaluation::with_options(method, Some(state), options)
                    .fields(fields.iter().copied())
                    .decide();
                let context = format!("{method} {fields:?} {state:?}");
                assert_eq!(decision.status(), 200, "{context}");
                assert!(!decision.honours_range(), "{context}");
            }
        }
    }
    let parts = [("Range", "bytes=0-1")];
    let decision = Evaluation::with_options("GET", Some(&current), options).fields(parts);
    assert_eq!(decision.decide().status(), 206);
}

/// §13.1.3, §13.1.4: dates are those of the origin server, whatever its clock says.
#[test]
fn no_condition_is_compared_with_the_clock() {
    let current = Representation::new().etag(V1).strong_last_modified(lm());
    for row in rows("scenarios.tsv")
        .iter()
        .filter(|row| row.text(1) == "S1" && !row.to_string().contains("-94"))
    {
        let at = |now: i64| {
            let now = HttpDate::from_unix(now).unwrap();
            Evaluation::with_options(row.text(2), Some(&current), Options::new().now(now))
                .fields(row.fields(4))
                .decide()
        };
        assert_eq!(at(0), at(4_102_444_800), "{row}");
    }
}

/// §9.3.2: HEAD is answered as GET, but for ranges.
#[test]
fn head_is_decided_as_get() {
    let current = Representation::new().etag(V1).strong_last_modified(lm());
    for row in rows("scenarios.tsv").iter().take(69) {
        let decide = |method| {
            let decision = evaluate(method, row.fields(4), Some(&current));
            (decision.outcome(), decision.status(), decision.decided_by())
        };
        assert_eq!(decide("GET"), decide("HEAD"), "{row}");
    }
}

#[test]
fn a_missing_representation_is_404_to_those_who_ask_for_it() {
    let cases = [
        ("GET", 404),
        ("HEAD", 404),
        ("QUERY", 404),
        ("PUT", 200),
        ("POST", 200),
        ("PROPFIND", 200),
        ("DELETE", 404),
        ("PATCH", 404),
        ("OPTIONS", 200),
    ];
    for (method, status) in cases {
        assert_eq!(
            evaluate(method, [("If-None-Match", "*")], None).status(),
            status,
            "{method}"
        );
    }
}

/// RFC 6585 §3; and success instead of 412 as §13.1.1 and §13.1.4 allow.
#[test]
fn options_change_only_their_own_status() {
    let undated = Representation::new().etag(V1);
    let dated = undated.last_modified(lm());
    for row in rows("options.tsv") {
        let current = match row.text(1) {
            "dated" => Some(&dated),
            "undated" => Some(&undated),
            _ => None,
        };
        let mut options = Options::new();
        let unconditional = row.text(2).parse();
        if let Ok(status) = unconditional {
            options = options.unconditional_status(status);
        }
        options = match row.text(0) {
            "require" => options.require_if_match(),
            _ => options.already_applied(),
        };
        let decision = Evaluation::with_options(row.text(3), current, options)
            .fields(row.fields(5))
            .decide();
        let (outcome, status) = (decision.outcome(), decision.status());
        match row.text(4) {
            "applied" => {
                assert_eq!(
                    (outcome, status),
                    (Outcome::AlreadyApplied, unconditional.unwrap_or(200)),
                    "{row}"
                );
                assert_ne!(decision.decided_by(), None, "{row}");
            }
            expected => {
                assert_eq!(status.to_string(), expected, "{row}");
                assert_eq!(
                    outcome == Outcome::PreconditionRequired,
                    expected == "428",
                    "{row}"
                );
                assert_ne!(outcome, Outcome::AlreadyApplied, "{row}");
            }
        }
    }
}

/// What is malformed is reported where the field counts, with its line and its octet, and never
/// lets an update pass but in the one case that §13.1.4 demands.
#[test]
fn malformed_fields_are_reported_and_fail_guards() {
    let current = Representation::new().etag(V1).last_modified(lm());
    for row in rows("malformed.tsv") {
        let decision = evaluate(row.text(0), row.fields(3), Some(&current));
        assert_eq!(decision.status(), row.number::<u16>(1), "{row}");
        assert!(!decision.honours_range(), "{row}");
        let reports = decision.malformed().map(|malformed| {
            let (field, line, error) = (malformed.field(), malformed.line(), malformed.error());
            format!("{field} {line} {} {}", kind(error), error.offset())
        });
        assert_eq!(reports.collect::<Vec<_>>().join(" "), row.text(2), "{row}");
    }
}

#[test]
fn malformed_fields_read_as_sentences() {
    let fields = [("If-Match", "\"v1\""), ("If-Match", "\"a b\"")];
    let decision = evaluate("PUT", fields, Some(&Representation::new()));
    let sentences: Vec<_> = decision
        .malformed()
        .map(|malformed| malformed.to_string())
        .collect();
    assert_eq!(
        sentences,
        ["If-Match (line 2): expected an entity tag character or `\"` at byte 2"]
    );
}

/// A decision says why a field is ignored where nothing exists, or has no date.
#[test]
fn a_decision_says_why_a_date_is_ignored() {
    use IgnoreReason::{NoModificationDate, UnconditionalStatus};
    let now = "Sat, 29 Oct 1994 19:43:31 GMT";
    let dates = [("If-Unmodified-Since", now), ("If-Modified-Since", now)];
    let undated = Representation::new();
    for (method, state, field, reason) in [
        ("GET", None, Field::IfModifiedSince, UnconditionalStatus),
        (
            "DELETE",
            None,
            Field::IfUnmodifiedSince,
            UnconditionalStatus,
        ),
        ("PUT", None, Field::IfUnmodifiedSince, NoModificationDate),
        (
            "PUT",
            Some(&undated),
            Field::IfUnmodifiedSince,
            NoModificationDate,
        ),
        (
            "GET",
            Some(&undated),
            Field::IfModifiedSince,
            NoModificationDate,
        ),
    ] {
        let decision = evaluate(method, dates, state);
        let context = format!("{method} {state:?} {field}");
        assert_eq!(
            decision.condition(field),
            Condition::Ignored(reason),
            "{context}"
        );
    }
}

/// A method, field lines, what became of each condition, and which field decided.
type Case<'a> = (
    &'a str,
    &'a [(&'a str, &'a str)],
    [Condition; 5],
    Option<Field>,
);

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn a_decision_says_what_became_of_each_condition() {
    use Condition::{Absent, False, Ignored, True};
    use IgnoreReason::{Method, NoRange, NotADate, OverruledBy};
    const FIELDS: [Field; 5] = [
        Field::IfMatch,
        Field::IfUnmodifiedSince,
        Field::IfNoneMatch,
        Field::IfModifiedSince,
        Field::IfRange,
    ];
    let current = Representation::new().etag(V1).last_modified(lm());
    let (now, before) = (
        "Sat, 29 Oct 1994 19:43:31 GMT",
        "Sat, 29 Oct 1994 19:43:30 GMT",
    );
    let cases: &[Case] = &[
        ("GET", &[], [Absent; 5], None),
        (
            "GET",
            &[
                ("If-Match", "\"v1\""),
                ("If-Unmodified-Since", before),
                ("If-Modified-Since", now),
            ],
            [
                True,
                Ignored(OverruledBy(Field::IfMatch)),
                Absent,
                False,
                Absent,
            ],
            Some(Field::IfModifiedSince),
        ),
        (
            "PUT",
            &[
                ("If-Unmodified-Since", before),
                ("If-None-Match", "*"),
                ("If-Modified-Since", now),
            ],
            [Absent, False, False, Ignored(Method), Absent],
            Some(Field::IfUnmodifiedSince),
        ),
        (
            "GET",
            &[
                ("If-None-Match", "\"v0\""),
                ("Range", "bytes=0-1"),
                ("If-Range", "W/\"v1\""),
            ],
            [Absent, Absent, True, Absent, False],
            Some(Field::IfRange),
        ),
        (
            "GET",
            &[("Range", "items=0-1"), ("If-Range", "\"v1\"")],
            [Absent, Absent, Absent, Absent, Ignored(NoRange)],
            None,
        ),
        (
            "TRACE",
            &[("If-Match", "\"v0\""), ("If-None-Match", "*")],
            [Ignored(Method), Absent, Ignored(Method), Absent, Absent],
            None,
        ),
        (
            "PUT",
            &[("If-Modified-Since", now)],
            [Absent, Absent, Absent, Ignored(Method), Absent],
            None,
        ),
        (
            "PUT",
            &[("If-Unmodified-Since", "yesterday")],
            [Absent, Ignored(NotADate), Absent, Absent, Absent],
            None,
        ),
        (
            "GET",
            &[("If-Modified-Since", now), ("If-Modified-Since", now)],
            [Absent, Absent, Absent, Ignored(NotADate), Absent],
            None,
        ),
        (
            "PUT",
            &[("If-Unmodified-Since", "Sat,\r29 Oct 1994 19:43:31 GMT")],
            [Absent, False, Absent, Absent, Absent],
            Some(Field::IfUnmodifiedSince),
        ),
        (
            "HEAD",
            &[("Range", "bytes=0-1"), ("If-Range", "\"v1\"")],
            [Absent, Absent, Absent, Absent, Ignored(NoRange)],
            None,
        ),
    ];
    for (method, fields, conditions, decided_by) in cases {
        let decision = evaluate(*method, fields.iter().copied(), Some(&current));
        assert_eq!(
            FIELDS.map(|field| decision.condition(field)),
            *conditions,
            "{method} {fields:?}"
        );
        assert_eq!(decision.decided_by(), *decided_by, "{method} {fields:?}");
    }
}

/// The clock is asked for years of two digits and for nothing else.
#[test]
fn a_decision_shows_its_fields_by_name() {
    let fields = [("If-Match", "v1"), ("If-Unmodified-Since", "never")];
    let decision = evaluate("PUT", fields, Some(&Representation::new()));
    let shown = format!("{decision:?}");
    for part in [
        "outcome: PreconditionFailed",
        "present: {IfMatch, IfUnmodifiedSince}",
        "ignored: {IfUnmodifiedSince}",
        "faults: [Malformed { field: IfMatch, line: 1, error: ParseError { kind: EntityTag, offset: 0 } }]",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn decisions_are_equal_when_they_say_the_same() {
    let dated = Representation::new().last_modified(lm());
    let undated = Representation::new();
    let long = dated.complete_length(1000);
    let decision = |method, field, representation| evaluate(method, [field], Some(representation));
    let plain = decision("GET", ("Accept", "*/*"), &dated);
    // Each a request and a representation, and whether its decision is that of a GET without
    // conditions on the dated one.
    for (method, field, representation, equal) in [
        // What only could have led to another decision does not count.
        ("GET", ("Host", "example.com"), &dated, true),
        ("GET", ("Accept", "*/*"), &undated, true),
        ("HEAD", ("Accept", "*/*"), &dated, true),
        ("GET", ("Accept", "*/*"), &long, true),
        // A condition does, also one that is ignored, and so does its error.
        ("GET", ("If-Modified-Since", "0"), &dated, false),
        ("GET", ("If-Match", "*"), &dated, false),
    ] {
        let decision = decision(method, field, representation);
        assert_eq!(decision == plain, equal, "{method} {field:?} {decision:?}");
    }

    let malformed = |value| evaluate("PUT", [("If-Match", value)], Some(&dated));
    assert_eq!(
        malformed("v1"),
        malformed("v2"),
        "the same error at the same octet"
    );
    assert_ne!(
        malformed("v1"),
        malformed(" v1"),
        "the error is one octet on"
    );
    assert_ne!(
        malformed("v1"),
        malformed("\"v1\""),
        "one is malformed, the other false"
    );
}

#[test]
fn now_changes_only_years_of_two_digits() {
    let in_2070 = HttpDate::parse(b"Wed, 01 Jan 2070 12:00:00 GMT").unwrap();
    let current = Representation::new().etag(V1).strong_last_modified(in_2070);
    let cases = [
        (
            "If-Modified-Since",
            "Wednesday, 01-Jan-70 12:00:00 GMT",
            [304, 200],
        ),
        (
            "If-Unmodified-Since",
            "Wednesday, 01-Jan-70 12:00:00 GMT",
            [200, 412],
        ),
        (
            "If-Modified-Since",
            "Wed, 01 Jan 2070 12:00:00 GMT",
            [304, 304],
        ),
        (
            "If-Unmodified-Since",
            "Wed Jan  1 12:00:00 2070",
            [200, 200],
        ),
    ];
    for (name, value, statuses) in cases {
        let status = |now: &[u8]| {
            let options = Options::new().now(HttpDate::parse(now).unwrap());
            let evaluation = Evaluation::with_options("GET", Some(&current), options);
            evaluation.fields([(name, value)]).decide().status()
        };
        let answers = [
            status(b"Mon, 15 Jun 2026 12:00:00 GMT"),
            status(b"Sat, 29 Oct 1994 19:43:31 GMT"),
        ];
        assert_eq!(answers, statuses, "{name}: {value}");
    }
}

/// R-132, §14.1: the unit in any case; another unit, several lines and no unit are not honoured.
#[test]
fn range_is_honoured_in_bytes_only() {
    let current = Representation::new().etag(V1);
    let cases: &[(&str, &[&str], bool)] = &[
        ("GET", &["bytes=0-99"], true),
        ("GET", &[" Bytes= 0-99, 200-299"], true),
        ("QUERY", &["bytes=-1"], true),
        ("GET", &["items=0-1"], false),
        ("GET", &["bytes"], false),
        ("GET", &["bytes =0-1"], false),
        ("GET", &[""], false),
        ("GET", &["bytes=0-1", "bytes=0-1"], false),
        ("HEAD", &["bytes=0-99"], false),
        ("PUT", &["bytes=0-99"], false),
    ];
    for (method, lines, honoured) in cases {
        let fields = lines.iter().map(|line| ("Range", *line));
        let decision = evaluate(*method, fields.clone(), Some(&current));
        assert_eq!(
            (decision.status(), decision.honours_range()),
            (200, *honoured),
            "{method} {lines:?}"
        );
        assert!(
            !evaluate(*method, fields.clone(), Some(&current.without_ranges())).honours_range()
        );
        assert!(!evaluate(*method, fields, None).honours_range());
    }

    for (place, letter) in b"bytes=".iter().enumerate() {
        for octet in 0..=u8::MAX {
            let mut range = *b"bytes=0-99";
            range[place] = octet;
            let decision = evaluate("GET", [("Range", range)], Some(&current));
            assert_eq!(
                decision.honours_range(),
                octet.eq_ignore_ascii_case(letter),
                "{}",
                range.escape_ascii()
            );
        }
    }
}

/// what of the 200 belongs on the answer that stands for it.
#[test]
fn a_304_and_a_206_keep_what_they_must_and_no_more() {
    const CASES: &[(&str, [bool; 4])] = &[
        ("Content-Location", [true; 4]),
        ("Date", [true; 4]),
        ("ETag", [true; 4]),
        ("vary", [true; 4]),
        ("CACHE-CONTROL", [true; 4]),
        ("Expires", [true; 4]),
        ("Last-Modified", [false, true, true, false]),
        ("Content-Type", [false, false, true, false]),
        ("content-encoding", [false, false, true, false]),
        ("Content-Language", [false, false, true, false]),
        ("Content-Disposition", [false, false, true, false]),
        ("Repr-Digest", [false, false, true, false]),
        ("Content-Length", [false; 4]),
        ("Content-Range", [false; 4]),
        ("Content-Digest", [false; 4]),
        ("Content-MD5", [false; 4]),
        // No representation metadata: none of the rule's business.
        ("Set-Cookie", [true; 4]),
        ("Server", [true; 4]),
        ("Accept-Ranges", [true; 4]),
        ("Content-Security-Policy", [true; 4]),
        ("X-Content-Type", [true; 4]),
        ("", [true; 4]),
    ];
    let tagged = Representation::new().etag(V1).last_modified(lm());
    let dated = Representation::new().last_modified(lm());
    let date = "Sat, 29 Oct 1994 19:43:31 GMT";
    let with_tag = evaluate("GET", [("If-None-Match", "\"v1\"")], Some(&tagged));
    let without_tag = evaluate("GET", [("If-Modified-Since", date)], Some(&dated));
    let range = evaluate("GET", [("Range", "bytes=0-1")], Some(&tagged));
    let if_range = evaluate(
        "GET",
        [("Range", "bytes=0-1"), ("If-Range", "\"v1\"")],
        Some(&tagged),
    );
    assert!(with_tag.status() == 304 && without_tag.status() == 304);
    assert!(range.honours_range() && if_range.honours_range());
    // 304 with a tag, 304 without, 206 without If-Range, 206 with.
    for (name, keeps) in CASES {
        let kept = [
            with_tag.not_modified_keeps(name),
            without_tag.not_modified_keeps(name),
            range.partial_content_keeps(name),
            if_range.partial_content_keeps(name),
        ];
        assert_eq!(kept, *keeps, "{name}");
    }
}
