//! Feature `http`: a framework's own types in and out.
#![cfg(feature = "http")]

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method as HttpMethod, Response, StatusCode};
use http_preconditions::{
    EntityTag, Evaluation, Field, HttpDate, IfMatch, IfNoneMatch, IfRange, Method, Options,
    OriginClock, Representation, ValidatorsToSend,
    cache::{
        CacheKind, Reuse, Validation, evaluate_stored, freshened_by, stored_fields, update_stored,
    },
    client::{ResponseValidators, create_only, revalidate},
    dav::{If, Preconditions, ScheduleTag, State},
    evaluate,
    range::{AcceptRanges, ByteRange, ContentRange, Range, RangeSpec},
    response::Plan,
    tag::EntityTagBuf,
};
use support::vectors::rows;

const V1: EntityTag = EntityTag::from_static("\"v1\"");

/// Sat, 29 Oct 1994 19:43:31 GMT
fn lm() -> HttpDate {
    HttpDate::from_unix(783_459_811).unwrap()
}

/// The files hold octets that no header map takes; those rows are left out.
fn header_map(fields: &[(&str, &[u8])]) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    map.insert(header::HOST, HeaderValue::from_static("example.com"));
    for (name, value) in fields {
        map.append(
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_bytes(value).ok()?,
        );
    }
    Some(map)
}

/// From a header map, from its pairs and line by line it is one decision, for every vector that a
/// header map can hold.
#[test]
fn header_maps_and_pairs_agree() {
    let current = Representation::new().etag(V1).strong_last_modified(lm());
    let mut compared = 0;
    for (file, fields_from) in [
        ("scenarios.tsv", 4),
        ("malformed.tsv", 3),
        ("deviations.tsv", 8),
    ] {
        for row in rows(file) {
            let fields = row.fields(fields_from);
            let Some(map) = header_map(&fields) else {
                continue;
            };
            for method in [
                HttpMethod::GET,
                HttpMethod::HEAD,
                HttpMethod::PUT,
                HttpMethod::OPTIONS,
            ] {
                let expected = evaluate(method.as_str(), fields.clone(), Some(&current));
                let evaluation = Evaluation::new(&method, Some(&current));
                assert_eq!(
                    evaluation.headers(&map).decide(),
                    expected,
                    "{method} {row}"
                );
                assert_eq!(
                    evaluate(&method, &map, Some(&current)),
                    expected,
                    "{method} {row}"
                );
                assert_eq!(
                    u16::from(expected.status_code()),
                    expected.status(),
                    "{method} {row}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 5000, "only {compared} rows fit a header map");
}

/// The lines of one field stand apart from each other, each among fields whose names are as long as
/// one that counts, and behind more fields than requests have.
#[test]
fn a_header_map_gives_every_line_of_a_field_among_any_number_of_others() {
    // Of a field its lines in any case of the name, and what they come to in PUT and in GET.
    type Case = (&'static [(&'static str, &'static str)], u16, u16);
    const CASES: &[Case] = &[
        (&[("If-Match", "\"v0\""), ("IF-MATCH", "\"v1\"")], 200, 200),
        (&[("if-match", "\"v1\""), ("If-Match", "\"v0\"")], 200, 200),
        (&[("If-Match", "\"v0\""), ("if-match", "\"v2\"")], 412, 412),
        (
            &[("If-None-Match", "\"v0\""), ("if-None-match", "\"v1\"")],
            412,
            304,
        ),
        (
            &[("If-None-Match", "\"v0\""), ("IF-NONE-MATCH", "\"v2\"")],
            200,
            200,
        ),
        (
            &[("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT")],
            200,
            304,
        ),
        (
            &[("IF-UNMODIFIED-SINCE", "Sat, 29 Oct 1994 19:43:30 GMT")],
            412,
            412,
        ),
        (&[("if-range", "\"v1\""), ("range", "bytes=0-9")], 200, 206),
        (&[("If-Range", "\"v0\""), ("Range", "bytes=0-9")], 200, 200),
        (&[("Range", "bytes=0-9"), ("Range", "bytes=0-9")], 200, 200),
    ];
    const OTHERS: [&str; 6] = [
        "Allow",
        "if-batch",
        "if-rangf",
        "if-none-matcj",
        "if-modified-sinco",
        "if-unmodified-sinco",
    ];
    let current = Representation::new()
        .etag(V1)
        .strong_last_modified(lm())
        .complete_length(100);
    for (lines, put, get) in CASES {
        for others in [0, 1, 30, 36, 100] {
            let mut map = HeaderMap::new();
            let mut append = |name: &str, value| {
                let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                map.append(name, HeaderValue::from_static(value));
            };
            for number in 0..others {
                append(&format!("x-{number}"), "\"v1\"");
            }
            for (name, value) in *lines {
                append(name, value);
                for other in &OTHERS[..OTHERS.len().min(others)] {
                    append(other, "\"v1\"");
                }
            }
            for (method, expected) in [(HttpMethod::PUT, *put), (HttpMethod::GET, *get)] {
                let decision = Evaluation::new(&method, Some(&current))
                    .headers(&map)
                    .decide();
                assert_eq!(
                    decision.status(),
                    expected,
                    "{method} {lines:?} beside {others}"
                );
            }
        }
    }
}

#[test]
fn methods_are_those_of_the_same_name() {
    let cases = [
        (HttpMethod::GET, Method::Get),
        (HttpMethod::HEAD, Method::Head),
        (HttpMethod::CONNECT, Method::Unconditional),
        (HttpMethod::OPTIONS, Method::Unconditional),
        (HttpMethod::TRACE, Method::Unconditional),
        (HttpMethod::POST, Method::Other),
        (HttpMethod::PUT, Method::Other),
        (HttpMethod::PATCH, Method::Patch),
        (HttpMethod::DELETE, Method::Delete),
        (HttpMethod::from_bytes(b"QUERY").unwrap(), Method::Query),
        (HttpMethod::from_bytes(b"get").unwrap(), Method::Other),
    ];
    for (method, class) in cases {
        assert_eq!(Method::from(&method), class, "{method}");
    }
}

#[test]
fn tags_and_dates_become_header_values_and_back() {
    for row in rows("entity_tags.tsv")
        .iter()
        .filter(|row| row.text(1) == "ok")
    {
        let tag = EntityTag::parse(row.octets(0)).unwrap();
        let value = HeaderValue::from(tag);
        let mut buffer = vec![0; tag.len()];
        assert_eq!(
            value.as_bytes(),
            tag.write_to(&mut buffer).unwrap(),
            "{row}"
        );
        assert_eq!(EntityTag::try_from(&value), Ok(tag), "{row}");
        let kept = EntityTagBuf::<256>::new(tag).unwrap();
        assert_eq!(HeaderValue::from(kept), value, "{row}");
        assert_eq!(
            IfRange::try_from(&value),
            Ok(IfRange::EntityTag(tag)),
            "{row}"
        );
        assert!(IfMatch::try_from(&value).unwrap().tags().eq([tag]), "{row}");
        assert!(
            IfNoneMatch::try_from(&value).unwrap().tags().eq([tag]),
            "{row}"
        );
    }
    for octet in (0..=u8::MAX).filter(|octet| EntityTag::strong(&[*octet]).is_ok()) {
        let value = HeaderValue::from(EntityTag::strong(&[octet]).unwrap());
        assert_eq!(value.as_bytes(), [b'"', octet, b'"']);
    }
    for date in [HttpDate::MIN, lm(), HttpDate::MAX] {
        let value = HeaderValue::from(date);
        assert_eq!(value, date.to_string());
        assert_eq!(HttpDate::try_from(&value), Ok(date));
        assert_eq!(IfRange::try_from(&value), Ok(IfRange::HttpDate(date)));
    }
}

#[test]
fn a_header_map_is_reduced_in_place() {
    let all = [
        "date",
        "etag",
        "last-modified",
        "vary",
        "cache-control",
        "content-type",
        "content-length",
        "content-encoding",
        "set-cookie",
        "content-location",
        "x-request-id",
    ];
    let full: HeaderMap = all
        .iter()
        .map(|name| (HeaderName::from_static(name), HeaderValue::from_static("1")))
        .collect();
    let current = Representation::new().etag(V1).last_modified(lm());
    let not_modified = evaluate("GET", [("If-None-Match", "\"v1\"")], Some(&current));
    let range = evaluate(
        "GET",
        [("Range", "bytes=0-1"), ("If-Range", "\"v1\"")],
        Some(&current),
    );
    let mut headers = full.clone();
    headers.append(header::SET_COOKIE, HeaderValue::from_static("2"));
    not_modified.reduce_to_not_modified(&mut headers);
    let kept = [
        "date",
        "etag",
        "vary",
        "cache-control",
        "set-cookie",
        "content-location",
        "x-request-id",
    ];
    assert_eq!(headers.keys_len(), kept.len());
    assert!(
        kept.iter().all(|name| headers.contains_key(*name)),
        "{headers:?}"
    );
    assert_eq!(
        headers.get_all(header::SET_COOKIE).iter().count(),
        2,
        "every line stays"
    );
    let mut headers = full;
    range.reduce_to_partial_content(&mut headers);
    assert!(!headers.contains_key(header::CONTENT_TYPE) && headers.contains_key(header::ETAG));
}

/// A status that the type cannot hold is no reason to panic.
#[test]
fn statuses_outside_of_http_come_out_as_500() {
    for status in [0, 99, 1000, u16::MAX] {
        let options = Options::new().unconditional_status(status);
        let decision = Evaluation::with_options("GET", None, options).decide();
        assert_eq!(
            (decision.status(), decision.status_code()),
            (status, StatusCode::INTERNAL_SERVER_ERROR)
        );
    }
}

#[test]
fn ranges_are_header_values_and_read_from_them() {
    let range = ByteRange::new(0, 499).unwrap();
    let field = ContentRange::new(range, Some(1000)).unwrap();
    assert_eq!(HeaderValue::from(field), "bytes 0-499/1000");
    assert_eq!(ContentRange::try_from(&HeaderValue::from(field)), Ok(field));
    assert_eq!(
        HeaderValue::from(ContentRange::unsatisfied(1000)),
        "bytes */1000"
    );
    let spec = RangeSpec::Int {
        first: 500,
        last: None,
    };
    let value = HeaderValue::from(spec);
    assert_eq!(value, "bytes=500-");
    assert!(Range::try_from(&value).unwrap().specs().eq([spec]));
    assert_eq!(HeaderValue::from(AcceptRanges::BYTES), "bytes");
    assert_eq!(HeaderValue::from(AcceptRanges::NONE), "none");
    assert!(
        AcceptRanges::try_from(&HeaderValue::from_static("Bytes"))
            .unwrap()
            .has_bytes()
    );
    let wrong = HeaderValue::from_static("0-499");
    assert_eq!(Range::try_from(&wrong).unwrap_err().offset(), 5);
    assert_eq!(ContentRange::try_from(&wrong).unwrap_err().offset(), 0);
    assert!(AcceptRanges::try_from(&HeaderValue::from_static("")).is_err());
}

/// What goes in replaces all lines of its name; all else stays as it was.
#[test]
fn stored_header_maps_are_updated_as_the_rows_say() {
    for row in rows("merge.tsv") {
        let Some(update) = header_map(&row.fields(2)) else {
            continue;
        };
        for kind in [CacheKind::Shared, CacheKind::Private] {
            let mut stored = HeaderMap::new();
            for name in update.keys() {
                stored.append(name, HeaderValue::from_static("before"));
                stored.append(name, HeaderValue::from_static("before, too"));
            }
            stored.insert("x-stays", HeaderValue::from_static("as it was"));
            stored.insert(header::AGE, HeaderValue::from_static("7200"));
            update_stored(&mut stored, &update, kind).unwrap();
            if !update.contains_key(header::AGE) {
                assert!(!stored.contains_key(header::AGE), "{row}");
            }
            assert_eq!(stored["x-stays"], "as it was", "{row}");
            let expected = match (row.text(0), kind) {
                ("shared", CacheKind::Private) | ("private", CacheKind::Shared) => continue,
                _ => row.text(1).split(' ').collect::<Vec<_>>(),
            };
            for name in update.keys().filter(|name| *name != header::HOST) {
                let lines: Vec<_> = stored.get_all(name).iter().collect();
                let replaced = lines == update.get_all(name).iter().collect::<Vec<_>>();
                let kept = lines == ["before", "before, too"];
                assert_eq!(
                    (replaced, kept),
                    {
                        let goes_in = expected.contains(&name.as_str());
                        (goes_in, !goes_in)
                    },
                    "{name}: {row}"
                );
            }
        }
    }
}

#[test]
fn header_maps_are_stored_as_the_rows_say() {
    for row in rows("store.tsv") {
        let fields = row.fields(2);
        let response = header_map(&fields).unwrap();
        for kind in [CacheKind::Shared, CacheKind::Private] {
            let names = match (row.text(0), kind) {
                ("shared", CacheKind::Private) | ("private", CacheKind::Shared) => continue,
                _ => row.text(1).split(' '),
            };
            let names: Vec<_> = names.chain(["host"]).collect();
            let mut expected = HeaderMap::new();
            for (name, value) in &response {
                if names.contains(&name.as_str()) {
                    expected.append(name, value.clone());
                }
            }
            assert_eq!(stored_fields(&response, kind), expected, "{kind:?} {row}");
        }
    }
}

/// A server that brings new names with each 304 fills the map, and no more.
#[test]
fn a_map_that_is_full_is_an_error_and_stays_as_it_was() {
    let update = |round: u32| {
        let names = (0..99).map(|number| format!("x-{round}-{number}"));
        let names = names.map(|name| HeaderName::from_bytes(name.as_bytes()).unwrap());
        let mut update: HeaderMap = names
            .map(|name| (name, HeaderValue::from_static("1")))
            .collect();
        update.insert(header::DATE, HeaderValue::from(lm()));
        update
    };
    let mut stored = HeaderMap::new();
    stored.insert(header::ETAG, V1.into());
    stored.insert(header::AGE, HeaderValue::from_static("5"));
    let mut rounds = 0;
    let before = loop {
        let before = stored.clone();
        if update_stored(&mut stored, &update(rounds), CacheKind::Private).is_err() {
            break before;
        }
        rounds += 1;
        assert!(rounds < 1000, "the map is never full");
    };
    assert!(rounds > 200);
    assert_eq!(stored, before);
    // The names that are there already are replaced all the same.
    assert!(update_stored(&mut stored, &update(0), CacheKind::Private).is_ok());
    assert_eq!(stored, before);
    // One name with many lines takes one place.
    let mut lines = HeaderMap::new();
    for number in 0..20_000_u32 {
        lines.append(header::WARNING, HeaderValue::from(number));
    }
    let mut stored = HeaderMap::new();
    for _ in 0..2 {
        update_stored(&mut stored, &lines, CacheKind::Private).unwrap();
        assert_eq!(stored, lines);
    }
}

/// A server behind a coder weakens the tag of its 200, and not that of its 304: the octets that are
/// stored stay those of a weak tag, and are not taken for the plain ones.
#[test]
fn a_304_makes_no_stored_tag_strong() {
    let fields: [(&str, &[u8]); 4] = [
        ("etag", b"W/\"x\""),
        ("content-encoding", b"gzip"),
        ("last-modified", b"Sat, 29 Oct 1994 19:43:31 GMT"),
        ("date", b"Sat, 29 Oct 1994 19:53:31 GMT"),
    ];
    let mut stored = header_map(&fields).unwrap();
    let first_date = ResponseValidators::from_fields(&stored).first_date();
    let fields: [(&str, &[u8]); 4] = [
        ("etag", b"\"x\""),
        ("content-encoding", b"identity"),
        ("last-modified", b"Sat, 29 Oct 1994 19:43:31 GMT"),
        ("date", b"Sat, 29 Oct 1994 19:59:31 GMT"),
    ];
    let not_modified = header_map(&fields).unwrap();
    let before = ResponseValidators::from_stored(200, &stored, first_date);
    assert!(freshened_by(&ResponseValidators::from_fields(&not_modified), [before]).eq([0]));
    update_stored(&mut stored, &not_modified, CacheKind::Shared).unwrap();
    assert_eq!(stored[header::ETAG], "W/\"x\"");
    assert_eq!(stored[header::CONTENT_ENCODING], "gzip");
    let after = ResponseValidators::from_stored(200, &stored, first_date);
    let request = [("Range", "bytes=0-9"), ("If-Range", "\"x\"")];
    assert_eq!(evaluate_stored("GET", request, Some(&after)), Reuse::Serve);
    // Nor does a response get a tag that had none.
    let mut stored = header_map(&[]).unwrap();
    update_stored(&mut stored, &not_modified, CacheKind::Shared).unwrap();
    for name in [
        header::ETAG,
        header::LAST_MODIFIED,
        header::CONTENT_ENCODING,
    ] {
        assert!(!stored.contains_key(&name), "{name}");
    }
}

/// RFC 9111 §3.2 has a 304 replace Date; RFC 9110 §8.8.2.2 judges by that of the content.
#[test]
fn an_updated_date_makes_no_last_modified_strong() {
    const LM: &[u8] = b"Sat, 29 Oct 1994 19:43:31 GMT";
    let fields = |date| {
        let lines: [(&str, &[u8]); 2] = [("last-modified", LM), ("date", date)];
        header_map(&lines).unwrap()
    };
    let mut headers = fields(LM);
    let first_date = ResponseValidators::from_fields(&headers).first_date();
    assert!(first_date.is_some());
    let not_modified = fields(b"Sat, 29 Oct 1994 19:45:11 GMT");
    update_stored(&mut headers, &not_modified, CacheKind::Private).unwrap();
    assert_eq!(headers, not_modified);
    let stored = ResponseValidators::from_stored(200, &headers, first_date);
    assert!(stored.guard().is_err());
    assert!(stored.resume(RangeSpec::Suffix(1)).is_none());
}

#[test]
fn what_a_client_sends_is_a_header_value() {
    let held = ResponseValidators::new().etag(EntityTag::strong(b"caf\xE9").unwrap());
    let mut headers = HeaderMap::new();
    for field in revalidate([held, held.etag(V1.to_weak())]) {
        let (name, value) = field.into_parts();
        headers.insert(name, value.into());
    }
    let range = RangeSpec::Suffix(5);
    for field in held.resume(range).into_iter().flatten().chain(held.guard()) {
        let (name, value) = field.into_parts();
        headers.insert(name, value.into());
    }
    let (name, any) = create_only().into_parts();
    assert_eq!(
        (name, HeaderValue::from(any)),
        ("If-None-Match", HeaderValue::from_static("*"))
    );
    let tag = HeaderValue::from_bytes(b"\"caf\xE9\"").unwrap();
    let list = HeaderValue::from_bytes(b"\"caf\xE9\", W/\"v1\"").unwrap();
    assert_eq!(headers[header::IF_NONE_MATCH], list);
    assert_eq!(headers[header::IF_RANGE], tag);
    assert_eq!(headers[header::IF_MATCH], tag);
    assert_eq!(headers[header::RANGE], "bytes=-5");
    assert_eq!(
        ResponseValidators::from_fields(&headers),
        ResponseValidators::new()
    );
}

/// The head of a 200 becomes that of the response; a refusal is made of nothing.
#[test]
fn a_plan_is_made_on_the_head_of_a_response() {
    let range = "bytes=0-0,-1";
    let current = Representation::new().etag(V1).complete_length(1000);
    let validators = ValidatorsToSend::for_response(&current, OriginClock::None);
    let plan_of = |name: &str, value: &str| {
        let evaluation = Evaluation::new(&HttpMethod::GET, Some(&current));
        evaluation.fields([(name, value)]).decide().plan()
    };
    let applied = |plan: Plan<'_>| {
        let whole = Response::builder()
            .header(header::CONTENT_TYPE, "text/plain")
            .header(header::CONTENT_LENGTH, "1000")
            .header(header::ETAG, "\"v0\"")
            .header(header::ETAG, "\"v00\"")
            .header(header::SET_COOKIE, "a=1");
        let (mut head, ()) = whole.body(()).unwrap().into_parts();
        plan.apply(&mut head).unwrap();
        if let Some(parts) = plan.multipart(Some("text/plain"), "b").unwrap() {
            parts.apply(&mut head).unwrap();
        }
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}", value.to_str().unwrap())
        };
        let mut lines: Vec<_> = head.headers.iter().map(line).collect();
        lines.sort_unstable();
        (head.status.as_u16(), lines.join("\n"))
    };
    let cases = [
        (
            plan_of("If-None-Match", "\"v1\"").validators(validators),
            304,
            "etag: \"v1\"\nset-cookie: a=1",
        ),
        (
            plan_of("Range", "bytes=0-0").validators(validators),
            206,
            "content-length: 1\ncontent-range: bytes 0-0/1000\ncontent-type: text/plain\n\
             etag: \"v1\"\nset-cookie: a=1",
        ),
        (
            plan_of("Range", range).validators(validators).range(range),
            206,
            "content-length: 145\ncontent-type: multipart/byteranges; boundary=b\n\
             etag: \"v1\"\nset-cookie: a=1",
        ),
        (
            plan_of("Range", "bytes=1000-"),
            416,
            "content-length: 0\ncontent-range: bytes */1000\nset-cookie: a=1",
        ),
        (
            plan_of("If-Match", "\"v0\""),
            412,
            "content-length: 0\nset-cookie: a=1",
        ),
    ];
    for (plan, status, lines) in cases {
        assert_eq!(applied(plan), (status, lines.to_owned()));
        let refused: Option<Response<String>> = plan.go_on().err().map(Response::from);
        let status_of = |response: &Response<String>| response.status().as_u16();
        let expected = (status != 206).then_some(status);
        assert_eq!(refused.as_ref().map(status_of), expected);
    }
    let refused = plan_of("If-None-Match", "*").validators(validators);
    let refused = Response::<String>::from(&refused);
    assert_eq!(refused.headers()[header::ETAG], "\"v1\"");
    assert_eq!((refused.headers().len(), refused.body().as_str()), (1, ""));
}

/// The plan looks its Range up in the map that was evaluated, and finds no other.
#[test]
fn a_plan_takes_range_from_a_header_map() {
    // The lines, the status, and whether there are parts.
    type Row<'a> = (&'a [(&'a str, &'a [u8])], u16, bool);
    let current = Representation::new().etag(V1).complete_length(1000);
    let several: &[u8] = b"bytes=0-0,-1";
    let rows: [Row<'_>; 5] = [
        // One line
        (&[("range", several)], 206, true),
        (&[("range", several), ("if-range", b"\"v0\"")], 200, false),
        (&[("range", b"bytes=0-0")], 206, false),
        // Several lines, no line
        (&[("range", several), ("range", several)], 200, false),
        (&[("x-range", several)], 200, false),
    ];
    for (fields, status, several) in rows {
        let map = header_map(fields).unwrap();
        let evaluation = Evaluation::new(&HttpMethod::GET, Some(&current));
        let plan = evaluation.headers(&map).decide().plan().range_of(&map);
        let parts = plan.multipart(None, "b").unwrap();
        assert_eq!(
            (plan.status(), parts.is_some()),
            (status, several),
            "{map:?}"
        );
    }
}

/// A head without room for one field more: an error, and no panic.
#[test]
fn a_plan_on_a_full_head_is_an_error() {
    let (mut head, ()) = Response::new(()).into_parts();
    for number in 0.. {
        let name = HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
        if head
            .headers
            .try_insert(name, HeaderValue::from_static("1"))
            .is_err()
        {
            break;
        }
    }
    let current = Representation::new().etag(V1).complete_length(1000);
    let plan = |name, value| evaluate("GET", [(name, value)], Some(&current)).plan();
    assert!(plan("Range", "bytes=0-0").apply(&mut head).is_err());
    assert!(
        plan("Host", "a.example").apply(&mut head).is_ok(),
        "no field is set"
    );
}

/// Names in lower case, as `HeaderName::from_static` demands.
#[test]
fn names_are_header_names() {
    for field in Field::ALL {
        let name = HeaderName::from(*field);
        assert_eq!(name.as_str(), field.lowercase_name());
        assert_eq!(HeaderName::from_static(field.lowercase_name()), name);
        assert!(field.name().eq_ignore_ascii_case(field.lowercase_name()));
    }
    let (name, value) = create_only().into();
    assert_eq!(
        (name, value),
        (header::IF_NONE_MATCH, HeaderValue::from_static("*"))
    );
}

/// The client's conditions give way to what the cache asks, and nothing else does.
#[test]
fn a_validation_is_made_on_a_header_map() {
    const LM: &[u8] = b"Sat, 29 Oct 1994 19:43:31 GMT";
    const EARLIER: &[u8] = b"Sat, 29 Oct 1994 19:43:21 GMT";
    const LATER: &[u8] = b"Sat, 29 Oct 1994 19:45:11 GMT";
    // What is stored, the client's lines, the lines that are sent.
    type Lines<'a> = &'a [(&'a str, &'a [u8])];
    type Row<'a> = (ResponseValidators<'a>, Lines<'a>, Lines<'a>);
    let tagged = ResponseValidators::new().etag(V1);
    let dated = ResponseValidators::new().last_modified(lm());
    let rows: [Row<'_>; 7] = [
        // Tags join, and a date beside them goes
        (
            tagged,
            &[("if-none-match", b"\"c\""), ("if-none-match", b"\"d\"")],
            &[("if-none-match", b"\"c\", \"d\", \"v1\"")],
        ),
        (
            tagged.last_modified(lm()),
            &[("if-modified-since", LATER), ("range", b"bytes=0-1")],
            &[
                ("if-modified-since", LM),
                ("if-none-match", b"\"v1\""),
                ("range", b"bytes=0-1"),
            ],
        ),
        // The date that is stored takes the place of the client's
        (
            dated,
            &[("if-modified-since", EARLIER), ("if-match", b"\"c\"")],
            &[("if-match", b"\"c\""), ("if-modified-since", LM)],
        ),
        (
            dated,
            &[("if-modified-since", LATER)],
            &[("if-modified-since", LM)],
        ),
        // Nothing to ask
        (
            dated,
            &[("if-none-match", b"\"c\""), ("if-modified-since", LATER)],
            &[("if-none-match", b"\"c\""), ("if-modified-since", LATER)],
        ),
        (
            tagged,
            &[("if-none-match", b"*")],
            &[("if-none-match", b"*")],
        ),
        (
            tagged,
            &[("if-none-match", b"\"v1\"")],
            &[("if-none-match", b"\"v1\"")],
        ),
    ];
    for (stored, client, expected) in rows {
        let client = header_map(client).unwrap();
        let mut sent = client.clone();
        let validation = Validation::new(&HttpMethod::GET, &client, [stored]);
        validation.apply(&mut sent).unwrap();
        assert_eq!(sent, header_map(expected).unwrap(), "{validation:?}");
    }

    // A map that is full takes no field more.
    let mut full = HeaderMap::new();
    for number in 0..u32::MAX {
        let name = HeaderName::try_from(format!("x-{number}")).unwrap();
        if full.try_insert(name, HeaderValue::from_static("")).is_err() {
            break;
        }
    }
    let none: [(&str, &str); 0] = [];
    let validation = Validation::new(&HttpMethod::GET, none, [tagged]);
    assert!(validation.apply(&mut full).is_err());
}

/// All lines of a map go to the checks of WebDAV: a look-up of the first one would hide the second.
#[test]
fn header_maps_are_checked_for_webdav() {
    const LOCK: &str = "urn:x:t";
    let current = Representation::new().etag(V1);
    let put = |fields: &[(&str, &[u8])]| {
        let map = header_map(fields).unwrap();
        let count = map.get_all("if").iter().count();
        assert_eq!(If::from_lines(map.get_all("if")).is_err(), count > 1);
        let has = |_, state: State<'_>| {
            Ok::<_, ()>(match state {
                State::Token(token) => token.as_bytes() == LOCK.as_bytes(),
                State::EntityTag(tag) => tag.strong_eq(V1),
            })
        };
        let conditions = Preconditions::new().check_if(map.get_all("if"), has, [[LOCK]]);
        let tag = ScheduleTag::parse(b"\"s1\"").ok();
        let lines = map.get_all("if-schedule-tag-match");
        let conditions = conditions.unwrap().check_schedule_tag(lines, tag);
        let evaluation = Evaluation::new(&HttpMethod::PUT, Some(&current));
        let decision = evaluation.fields(&map).decide_dav(&conditions);
        (decision.status(), decision.decided_by())
    };
    let submitted = ("If", &b"(<urn:x:t> [\"v1\"])"[..]);
    assert_eq!(put(&[]), (423, None));
    assert_eq!(put(&[submitted]), (200, None));
    assert_eq!(put(&[submitted, submitted]), (412, Some(Field::If)));
    let tag = ("If-Schedule-Tag-Match", &b"\"s1\""[..]);
    assert_eq!(put(&[submitted, tag]), (200, None));
    let by_tag = Some(Field::IfScheduleTagMatch);
    assert_eq!(put(&[submitted, tag, tag]), (412, by_tag));
    // obs-text is no reason to pass a line over.
    let obs_text = ("If", &b"(<urn:x:t> [\"\xE9\"])"[..]);
    assert_eq!(put(&[obs_text]), (412, Some(Field::If)));
}
