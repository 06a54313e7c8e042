//! The client's side: what is sent for each purpose, row by row, and what cannot be sent.

use http_preconditions::{
    EntityTag, HttpDate, IfNoneMatch,
    cache::{CacheKind, HeadVerdict, Reuse, Validation, ValidationOutcome, evaluate_stored},
    client::{DateTrust, NoStrongValidator, ResponseValidators, create_only, revalidate},
    evaluate,
    range::RangeSpec,
};
use oracle::validation;
use support::roles;
use support::vectors::{Row, rows};

#[track_caller]
fn lines(row: &Row, column: usize) -> Vec<(&str, Vec<u8>)> {
    let fields = row.fields(column).into_iter();
    fields.map(|(name, value)| (name, value.to_vec())).collect()
}

#[test]
fn stored_responses_are_validated_with_the_fields_of_the_table() {
    for row in rows("revalidate.tsv") {
        let sent = roles::on_revalidation(&roles::responses(row.text(0)));
        assert_eq!(sent, lines(&row, 1), "{row}");
    }
}

#[test]
fn the_tags_of_a_cache_join_those_of_its_client() {
    for row in rows("union.tsv") {
        let stored = roles::responses(row.text(0));
        let request = validation::Request {
            method: "GET",
            fields: row.from(2).map(|line| ("If-None-Match", line)).collect(),
            stored: &stored,
        };
        let (added, _) = roles::on_validation(&request, &[]);
        let expected = match row.octets(1) {
            b"-" => vec![],
            value => vec![("If-None-Match", value.to_vec())],
        };
        assert_eq!(added, expected, "{row}");
    }
}

#[test]
fn a_held_response_guards_and_resumes_as_far_as_its_validators_are_strong() {
    for row in rows("held.tsv") {
        let (guard, resume) = roles::on_held(&roles::response(row.text(0)), 500);
        let expected = lines(&row, 2);
        assert_eq!(guard.unwrap_or_default(), expected, "{row}");
        let expected = match row.octets(1) {
            b"-" => None,
            value => {
                let date = value.strip_prefix(b"If-Unmodified-Since: ");
                let if_range = ("If-Range", value);
                let (name, value) = date.map_or(if_range, |date| ("If-Unmodified-Since", date));
                let range = ("Range", b"bytes=500-".to_vec());
                Some(vec![range, (name, value.to_vec())])
            }
        };
        assert_eq!(resume, expected, "{row}");
    }
}

/// RFC 9110 §13.1.1, §13.1.2, §13.1.5: what MUST NOT be sent has no way to be built. A value is `*`
/// alone, a date, a range, or a list of at least one tag; If-Range comes with Range only.
#[test]
fn what_must_not_be_sent_does_not_come_out() {
    for row in rows("revalidate.tsv")
        .iter()
        .chain(&rows("held.tsv"))
        .chain(&rows("freshen.tsv"))
    {
        let stored = roles::responses(row.text(0));
        for (name, value) in roles::on_revalidation(&stored) {
            match name {
                "If-None-Match" => {
                    let list = IfNoneMatch::parse(&value).unwrap();
                    assert!(!list.is_any() && list.tags().count() > 0, "{row}");
                }
                "If-Modified-Since" => assert!(HttpDate::parse(&value).is_ok(), "{row}"),
                _ => panic!("{name}: {row}"),
            }
        }
        for held in &stored {
            let (guard, resume) = roles::on_held(held, u64::MAX);
            for (name, value) in guard.into_iter().flatten() {
                let is_strong = EntityTag::parse(&value).is_ok_and(|tag| !tag.is_weak());
                assert_eq!(is_strong, name == "If-Match", "{row}");
            }
            if let Some(fields) = resume {
                assert_eq!(fields[0].0, "Range");
                assert_eq!(fields[0].1, b"bytes=18446744073709551615-");
                let value = &fields[1].1;
                assert!(!value.starts_with(b"W/"), "{row}");
                let is_date = HttpDate::parse(value).is_ok();
                assert!(fields[1].0 == "If-Range" || is_date, "{row}");
                let has_tag = held.etag.is_some() || held.malformed_etag;
                let is_if_range = fields[1].0 == "If-Range";
                // §13.1.5: no date where there is a tag.
                assert!(!(is_if_range && is_date && has_tag), "{row}");
            }
        }
    }
    let create = create_only();
    assert_eq!(create.name(), "If-None-Match");
    assert_eq!(roles::octets(create.value()), b"*");
    assert_eq!(evaluate("PUT", [(create.name(), "*")], None).status(), 200);
    let exists = ResponseValidators::new();
    assert_eq!(format!("{:?}", exists.guard()), "Err(NoStrongValidator)");
    let error = exists.guard().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no strong validator: a strong entity tag or a trusted Last-Modified is needed"
    );
}

#[test]
fn every_octet_of_a_tag_is_sent_as_it_came() {
    let opaque: Vec<u8> = (0x21..=0xFF)
        .filter(|octet| ![0x22, 0x7F].contains(octet))
        .collect();
    let tag = EntityTag::strong(&opaque).unwrap();
    let held = ResponseValidators::new().etag(tag);
    let expected = [b"\"", opaque.as_slice(), b"\""].concat();
    let list = revalidate([held]).next().unwrap();
    assert_eq!(roles::octets(list.value()), expected);
    let [_, if_range] = held.resume(RangeSpec::Suffix(1)).unwrap();
    assert_eq!(roles::octets(if_range.value()), expected);
    let client = [("If-None-Match", &expected)];
    let validation = Validation::new("GET", client, [held.etag(tag.to_weak())]);
    let union = validation.fields().next().unwrap();
    assert_eq!(
        roles::octets(union.value()),
        [expected.as_slice(), b", W/", &expected].concat()
    );
}

#[test]
fn every_form_of_range_can_be_resumed() {
    let held = ResponseValidators::new().etag(EntityTag::from_static("\"v1\""));
    let ranges = [
        (
            RangeSpec::Int {
                first: 0,
                last: None,
            },
            "bytes=0-",
        ),
        (
            RangeSpec::Int {
                first: 5,
                last: Some(9),
            },
            "bytes=5-9",
        ),
        (RangeSpec::Suffix(500), "bytes=-500"),
    ];
    for (range, value) in ranges {
        let [sent, _] = held.resume(range).unwrap();
        assert_eq!(sent.to_string(), format!("Range: {value}"));
    }
    // RFC 9110 §14.1.1: an int-range whose last-pos is less than its first-pos is invalid.
    for (first, last, is_sent) in [(5, 4, false), (5, 5, true), (u64::MAX, 0, false)] {
        let last = Some(last);
        let fields = held.resume(RangeSpec::Int { first, last });
        assert_eq!(fields.is_some(), is_sent, "{first}-{last:?}");
    }
    // RFC 9110 §14.1.2: a suffix of no octets is unsatisfiable.
    for (length, is_sent) in [(0, false), (1, true), (u64::MAX, true)] {
        let fields = held.resume(RangeSpec::Suffix(length));
        assert_eq!(fields.is_some(), is_sent, "-{length}");
    }
}

/// RFC 9110 §8.8.2.2 by the Date that came with the content, whatever RFC 9111 §3.2 has made of the
/// stored one.
#[test]
fn a_304_makes_no_date_strong() {
    const MODIFIED: (&str, &str) = ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT");
    let updated = [MODIFIED, ("Date", "Sat, 29 Oct 1994 19:45:11 GMT")];
    let lm = roles::date(roles::LM);
    let cases = [
        (Some("Sat, 29 Oct 1994 19:43:31 GMT"), false),
        (Some("Sat, 29 Oct 1994 19:44:30 GMT"), false),
        (Some("Sat, 29 Oct 1994 19:44:31 GMT"), true),
        // Without a Date of its own it does not get that of the 304.
        (None, false),
    ];
    for (first, is_strong) in cases {
        let date = first.map(|value| ("Date", value));
        let received = ResponseValidators::from_fields([MODIFIED].into_iter().chain(date));
        let stored = ResponseValidators::from_stored(200, updated, received.first_date());
        assert_eq!(stored.first_date(), received.first_date());
        let strong = is_strong.then_some(lm);
        assert_eq!(stored.strong_last_modified(), strong, "{first:?}");
        assert_eq!(stored.guard().is_ok(), is_strong, "{first:?}");
        let rest = RangeSpec::Suffix(1);
        assert_eq!(stored.resume(rest).is_some(), is_strong, "{first:?}");
        let request = [("Range", "bytes=0-1"), ("If-Range", MODIFIED.1)];
        let reuse = evaluate_stored("GET", request, Some(&stored));
        assert_eq!(matches!(reuse, Reuse::Range(_)), is_strong, "{first:?}");
    }
}

#[test]
fn values_show_as_text() {
    let held = [
        EntityTag::from_static("W/\"v1\""),
        EntityTag::strong(b"\xFF\xC3\xA9").unwrap(),
    ];
    let field = revalidate(held.map(|tag| ResponseValidators::new().etag(tag)))
        .next()
        .unwrap();
    assert_eq!(
        format!("{field:?}"),
        "RequestField(If-None-Match: W/\"v1\", \"\u{FFFD}\u{E9}\")"
    );
    let list = field.value();
    assert_eq!(format!("{list}"), "W/\"v1\", \"\u{FFFD}\u{E9}\"");
    assert_eq!(
        format!("{list:?}"),
        "FieldValue(W/\"v1\", \"\u{FFFD}\u{E9}\")"
    );
    assert_eq!(list.len(), 13);
}

/// RFC 9110 §8.8.2.2, on both sides of each bound and at the ends of time.
#[test]
fn a_date_is_strong_from_its_gap_on() {
    let lm = roles::date(roles::LM);
    let date = |seconds| Some(roles::date(roles::LM + seconds));
    for gap in [0, 1, 2, 59, 60, 61, 3600] {
        let trust = DateTrust::MinGap { seconds: gap };
        let bound = i64::from(gap.max(1));
        for seconds in -70..4000 {
            assert_eq!(trust.is_strong(lm, date(seconds)), seconds >= bound);
            assert_eq!(
                DateTrust::SameClock.is_strong(lm, date(seconds)),
                seconds >= 1
            );
        }
    }
    assert!(!DateTrust::SameClock.is_strong(lm, None));
    assert!(DateTrust::MinGap { seconds: u32::MAX }.is_strong(HttpDate::MIN, Some(HttpDate::MAX)));
    assert!(!DateTrust::SameClock.is_strong(HttpDate::MAX, Some(HttpDate::MIN)));
    assert_eq!(DateTrust::default(), DateTrust::MinGap { seconds: 60 });
    let held = ResponseValidators::new()
        .last_modified(lm)
        .date(roles::date(roles::LM + 1));
    assert_eq!(held.strong_last_modified(), None);
    assert_eq!(
        held.date_trust(DateTrust::SameClock).strong_last_modified(),
        Some(lm)
    );
    assert_eq!(ResponseValidators::default(), ResponseValidators::new());
}

/// Names in any case, whitespace around values, other fields in between, any format of a date; what
/// cannot be read, and what comes twice.
#[test]
fn validators_are_read_from_the_fields_of_a_response() {
    let lm = roles::date(roles::LM);
    let tag = EntityTag::from_static("\"v1\"");
    let read = |fields: &[(&'static str, &'static str)]| {
        ResponseValidators::from_fields(fields.iter().map(|(name, value)| (name, *value)))
    };
    let all = read(&[
        ("etag", " \"v1\"\t"),
        ("ETags", "\"v2\""),
        ("LAST-MODIFIED", "Saturday, 29-Oct-94 19:43:31 GMT"),
        ("Date", "Sat Oct 29 19:43:31 1994"),
        ("content-length", " 0010 "),
        ("Expires", "0"),
    ]);
    let expected = ResponseValidators::new()
        .etag(tag)
        .last_modified(lm)
        .date(lm)
        .content_length(10);
    assert_eq!(all, expected);

    assert_eq!(read(&[("Date", "-1")]), ResponseValidators::new());
    // What cannot be read is not the same as what is absent: it agrees with nothing.
    let unreadable = [
        ("Last-Modified", "0"),
        ("Content-Length", ""),
        ("Content-Length", "+5"),
        ("Content-Length", "5, 5"),
        ("Content-Length", "18446744073709551616"),
    ];
    for line in unreadable {
        let read = read(&[line]);
        assert_ne!(read, ResponseValidators::new(), "{line:?}");
        let readable = ResponseValidators::new()
            .last_modified(lm)
            .content_length(5);
        let verdicts = [
            (read, readable, HeadVerdict::Different),
            (readable, read, HeadVerdict::Different),
            (read, read, HeadVerdict::TellsNothing),
            (read, ResponseValidators::new(), HeadVerdict::TellsNothing),
        ];
        for (stored, head, verdict) in verdicts {
            assert_eq!(stored.compared_with_head(&head), verdict, "{line:?}");
        }
        assert_eq!(revalidate([read]).count(), 0, "{line:?}");
    }
    assert_eq!(
        read(&[("Content-Length", "18446744073709551615")]),
        ResponseValidators::new().content_length(u64::MAX)
    );
    // Lines that are the same are one line; lines that are not are none that can be read.
    for (name, value, same, other) in [
        ("ETag", "\"v1\"", " \"v1\"", "W/\"v1\""),
        (
            "Last-Modified",
            "Sat, 29 Oct 1994 19:43:31 GMT",
            "Sat Oct 29 19:43:31 1994",
            "Sat, 29 Oct 1994 19:43:32 GMT",
        ),
        (
            "Date",
            "Sat, 29 Oct 1994 19:43:31 GMT",
            "Sat Oct 29 19:43:31 1994",
            "yesterday",
        ),
        ("Content-Length", "5", "05", "6"),
        (
            "Content-Range",
            "bytes 0-4/10",
            "Bytes 0-4/10",
            "bytes 0-4/*",
        ),
    ] {
        let once = read(&[(name, value)]);
        assert_ne!(once, ResponseValidators::new());
        assert_eq!(read(&[(name, value), (name, same)]), once, "{name}");
        assert_eq!(read(&[(name, same), (name, value), (name, value)]), once);
        let differ = read(&[(name, value), (name, other)]);
        assert_ne!(differ, once, "{name}");
        assert_eq!(
            differ == ResponseValidators::new(),
            name == "Date",
            "{name}"
        );
        assert_eq!(read(&[(name, other), (name, value)]), differ, "{name}");
        assert_eq!(
            read(&[(name, value), (name, other), (name, value)]),
            differ,
            "{name}"
        );
    }

    // A malformed tag is there, and is not the same as none.
    for fields in [
        &[("ETag", "v1")][..],
        &[("ETag", "")],
        &[("ETag", "\"v1\""), ("ETag", "W/\"v1\"")],
        &[("ETag", "v1"), ("ETag", "\"v1\"")],
    ] {
        assert_ne!(read(fields), ResponseValidators::new(), "{fields:?}");
        assert_eq!(revalidate([read(fields)]).count(), 0, "{fields:?}");
        let version = read(fields).representation();
        assert!(!version.combines_with(&version), "{fields:?}");
    }

    // A year of two digits is that of its time: in 2001 the year 94 is past.
    let in_2080 = HttpDate::parse(b"Thu, 01 Aug 2080 00:00:00 GMT").unwrap();
    let year = |received| {
        let fields = [("Last-Modified", "Saturday, 29-Oct-94 19:43:31 GMT")];
        ResponseValidators::from_fields_at(fields, received)
    };
    let stored = |received| {
        let fields = [("Last-Modified", "Saturday, 29-Oct-94 19:43:31 GMT")];
        ResponseValidators::from_stored_at(200, fields, Some(lm), received)
    };
    let in_2094 = HttpDate::parse(b"Fri, 29 Oct 2094 19:43:31 GMT").unwrap();
    assert_eq!(
        year(lm),
        ResponseValidators::new().received(lm).last_modified(lm)
    );
    assert_eq!(
        year(in_2080),
        ResponseValidators::new()
            .received(in_2080)
            .last_modified(in_2094)
    );
    assert_eq!(stored(lm).first_date(), Some(lm));
    assert_eq!(revalidate([stored(lm)]).count(), 1);
    let sent = |received| {
        let (_, value) = revalidate([stored(received)]).next().unwrap().into_parts();
        value.to_string()
    };
    assert_eq!(sent(lm), lm.to_string());
    assert_eq!(sent(in_2080), in_2094.to_string());
}

#[test]
fn types_are_plain_values() {
    fn copy<T: Copy + Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    fn error<T: std::error::Error + Copy + Eq + std::hash::Hash + Send + Sync + 'static>() {}
    copy::<ResponseValidators>();
    copy::<DateTrust>();
    copy::<Reuse>();
    copy::<ValidationOutcome>();
    copy::<CacheKind>();
    copy::<HeadVerdict>();
    error::<NoStrongValidator>();
    let (_, value) = create_only().into_parts();
    assert_eq!(format!("{value:?}"), "FieldValue(*)");
}
