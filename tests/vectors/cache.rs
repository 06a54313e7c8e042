//! The cache's side, row by row, against RFC 9111 §3.2 and §4.3.

use http_preconditions::{
    EntityTag, Method,
    cache::{
        CacheKind, Reuse, evaluate_stored, invalidates, is_storable_field, most_recent,
        removed_by_update, updates_stored_field,
    },
    client::ResponseValidators,
};
use oracle::cache::{self, Request};
use oracle::client::Response;
use oracle::validation;
use support::roles;
use support::roles::LM;
use support::vectors::{Row, rows};

/// What `cache.tsv` says is stored.
fn stored(name: &str) -> Option<Response> {
    let words = match name {
        "K1" => "tag=\"v1\" lm=0 date=60 same",
        "K2" => "tag=W/\"v1\" lm=0 date=60 same",
        "K3" => "lm=0 date=60 same",
        "K4" => "date=0",
        "K5" => "received=0",
        "K6" => return None,
        "K7" => "tag=\"v1\" lm=0 date=0 same",
        "K8" => "tag=\"v1\" lm=0 date=60 same part",
        "K9" => "tag=\"v1\" lm=0 date=60 same lacking",
        "K10" => "lm=0 date=60 gap=61",
        "K11" => "date=0 received=1",
        "K12" => "tag=\"v1\" lm=0 date=60 same length=1000",
        "K13" => "lm=0 date=0 updated=99",
        "K14" => "date=0 updated=99",
        "K15" => "tag=\"v1\" length=1000 part",
        "K16" => "tag=\"v1\" lm=0 date=60 same status=404",
        "K17" => "tag=\"v1\" lm=0 date=60 same status=301 length=1000",
        "K18" => "tag=\"v1\" lm=0 date=60 same range=100-199/1000 status=206",
        "K19" => "tag=\"v1\" lm=0 date=60 same range=100-199/*",
        "K20" => "tag=\"v1\" lm=0 date=60 same status=206",
        "K21" => "tag=\"v1\" range=0-999/1000 status=206",
        "K22" => "tag=\"v1\" lm=0 status=203",
        "K24" => "tag=\"v1\" status=404 range=0-99/1000",
        _ => panic!("{name}"),
    };
    Some(roles::response(words))
}

fn outcome(reuse: cache::Reuse) -> String {
    match reuse {
        cache::Reuse::Forward => "forward".into(),
        cache::Reuse::NotModified => "304".into(),
        cache::Reuse::Serve => "serve".into(),
        cache::Reuse::Range => "range".into(),
        cache::Reuse::Part(first, last, offset) => format!("part {first}-{last} at {offset}"),
    }
}

fn request(row: &Row) -> Request<'_> {
    Request {
        method: row.text(2),
        stored: stored(row.text(1)),
        now: LM,
        fields: row.fields(4),
    }
}

#[test]
fn scenarios_c001_to_c030_come_out_as_the_rfc_requires() {
    let rows = rows("cache.tsv");
    assert_eq!(
        rows.iter()
            .filter(|row| row.text(0).starts_with('C'))
            .count(),
        30
    );
    for row in rows {
        // `full` says beside `serve` only that there was a Range.
        let expected = match row.text(3) {
            "full" => "serve",
            expected => expected,
        };
        assert_eq!(outcome(roles::on_reuse(&request(&row))), expected, "{row}");
    }
}

/// RFC 9111 §4.3.2: what only applies to an origin server is not evaluated by a cache. A range is
/// not taken from what may be another version.
#[test]
fn guards_change_nothing_but_ranges() {
    let is_guard = |name: &str| ["If-Match", "If-Unmodified-Since"].contains(&name);
    for row in rows("cache.tsv") {
        let plain = request(&row);
        if plain.fields.iter().any(|(name, _)| is_guard(name)) {
            continue;
        }
        let expected = match roles::on_reuse(&plain) {
            cache::Reuse::Range | cache::Reuse::Part(..) => cache::Reuse::Forward,
            other => other,
        };
        for (name, value) in [
            ("If-Match", &b"\"v0\""[..]),
            ("if-match", b"*"),
            ("If-Match", b"\xFF"),
            ("If-Unmodified-Since", b"Sat, 29 Oct 1994 19:43:30 GMT"),
            ("IF-UNMODIFIED-SINCE", b"never"),
        ] {
            let mut guarded = plain.clone();
            guarded.fields.insert(0, (name, value));
            assert_eq!(roles::on_reuse(&guarded), expected, "{row}");
            guarded.fields.push((name, value));
            assert_eq!(roles::on_reuse(&guarded), expected, "{row}");
        }
    }
}

/// RFC 9110 §14.2: what the decision says of a Range, where the stored response has a length.
#[test]
fn a_stored_length_answers_a_range_to_its_end() {
    const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    let stored = ResponseValidators::new().etag(TAG).content_length(1000);
    let cases = [
        ("bytes=600-", Some((206, "bytes 600-999/1000", 1))),
        ("bytes=-2000", Some((206, "bytes 0-999/1000", 1))),
        ("bytes=0-0,-1", Some((206, "", 2))),
        ("bytes=1000-", Some((416, "bytes */1000", 0))),
        ("bytes=-0", Some((416, "bytes */1000", 0))),
        // Invalid, and more than the whole: both are ignored.
        ("bytes=5-4", None),
        ("bytes=x", None),
        ("bytes=0-,0-", None),
    ];
    for (range, expected) in cases {
        let request = [("Range", range), ("If-Range", "\"v1\"")];
        let answer = match evaluate_stored("GET", request, Some(&stored)) {
            Reuse::Range(decision) => {
                let field = decision.content_range().map(|field| field.to_string());
                let count = decision.ranges(range).len();
                Some((decision.status(), field.unwrap_or_default(), count))
            }
            Reuse::Serve => None,
            reuse => panic!("{range}: {reuse:?}"),
        };
        let expected = expected.map(|(status, field, count)| (status, String::from(field), count));
        assert_eq!(answer, expected, "{range}");
        // The length of a part is not that of the whole.
        let part = stored.incomplete(true);
        let reuse = evaluate_stored("GET", request, Some(&part));
        assert!(matches!(reuse, Reuse::Range(decision) if decision.status() == 200));
    }
}

/// RFC 9110 §15.4.5: a 304 of a cache is one like any other.
#[test]
fn a_304_keeps_what_identifies_the_response() {
    const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    let stored = ResponseValidators::new().etag(TAG);
    let reuse = evaluate_stored("GET", [("If-None-Match", "\"v1\"")], Some(&stored));
    let Reuse::NotModified(decision) = reuse else {
        panic!("{reuse:?}");
    };
    for name in [
        "Content-Location",
        "Date",
        "ETag",
        "Vary",
        "Cache-Control",
        "Expires",
        "Age",
    ] {
        assert!(decision.not_modified_keeps(name), "{name}");
    }
    assert!(!decision.not_modified_keeps("Content-Type"));
    assert!(!decision.not_modified_keeps("Last-Modified"));
}

#[test]
fn a_304_freshens_what_its_validators_identify() {
    for row in rows("freshen.tsv") {
        let stored = roles::responses(row.text(1));
        let expected: Vec<usize> = match row.text(2) {
            "-" => Vec::new(),
            indices => indices
                .split(' ')
                .map(|index| index.parse().unwrap())
                .collect(),
        };
        let freshened = roles::on_freshening(&roles::response(row.text(0)), &stored);
        assert_eq!(freshened, expected, "{row}");
    }
}

#[test]
fn a_head_freshens_what_it_agrees_with() {
    for row in rows("head.tsv") {
        let (head, stored) = (roles::response(row.text(0)), roles::response(row.text(1)));
        let (updates, combines) = roles::on_pair(&head, &stored);
        let updates = match updates {
            cache::Head::Updates => "update",
            cache::Head::Stale => "stale",
            cache::Head::TellsNothing => "nothing",
        };
        assert_eq!(updates, row.text(2), "{row}");
        assert_eq!(combines, row.text(3) == "yes", "{row}");
    }
}

fn meaning(validated: cache::Validated) -> String {
    match validated {
        cache::Validated::NotModified => "304".into(),
        cache::Validated::Stored(index) => format!("stored {index}"),
        cache::Validated::Forward => "forward".into(),
        cache::Validated::Response => "response".into(),
        cache::Validated::Unrelated => "unrelated".into(),
        cache::Validated::Failed => "failed".into(),
    }
}

#[test]
fn a_validation_is_answered_to_whom_it_is_about() {
    for row in rows("validated.tsv") {
        let (answer, stored) = (roles::response(row.text(1)), roles::responses(row.text(2)));
        let request = validation::Request {
            method: "GET",
            fields: row.from(4).map(|line| ("If-None-Match", line)).collect(),
            stored: &stored,
        };
        let (_, meanings) = roles::on_validation(&request, &[(row.number(0), answer)]);
        assert_eq!(meaning(meanings[0].0), row.text(3), "{row}");
    }
}

/// RFC 9111 §4.3.1 to §4.3.4, as one: what is asked decides what the answer means.
#[test]
fn a_validation_is_about_what_was_asked() {
    for row in rows("validation.tsv") {
        let stored = roles::responses(row.text(1));
        let request = validation::Request {
            method: row.text(0),
            fields: row.fields(7),
            stored: &stored,
        };
        let answer = (row.number(3), roles::response(row.text(4)));
        let (added, meanings) = roles::on_validation(&request, &[answer]);

        let added: Vec<_> = added
            .iter()
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value)))
            .collect();
        assert_eq!(or_nothing(&added.join(" | ")), row.text(2), "{row}");
        let [(validated, freshened)] = &meanings[..] else {
            panic!("{row}");
        };
        assert_eq!(meaning(*validated), row.text(5), "{row}");
        let freshened: Vec<_> = freshened.iter().map(usize::to_string).collect();
        assert_eq!(or_nothing(&freshened.join(" ")), row.text(6), "{row}");
    }
}

/// As the rows write that there is nothing.
fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

#[test]
fn fields_go_into_the_stored_response_but_for_those_that_must_not() {
    for row in rows("merge.tsv") {
        let fields = row.fields(2);
        let kinds = match row.text(0) {
            "shared" => &[CacheKind::Shared][..],
            "private" => &[CacheKind::Private],
            _ => &[CacheKind::Shared, CacheKind::Private],
        };
        for kind in kinds {
            let replaced = roles::on_merge(&fields, *kind).join(" ");
            let expected = if row.text(1) == "-" { "" } else { row.text(1) };
            assert_eq!(replaced, expected, "{row}");
        }
    }
    assert!(updates_stored_field(b"x-\xFF"));
}

#[test]
fn fields_are_stored_but_for_those_that_must_not() {
    for row in rows("store.tsv") {
        let fields = row.fields(2);
        for kind in [CacheKind::Shared, CacheKind::Private] {
            let expected = match (row.text(0), kind) {
                ("shared", CacheKind::Private) | ("private", CacheKind::Shared) => continue,
                _ if row.text(1) == "-" => "",
                _ => row.text(1),
            };
            assert_eq!(
                roles::on_storing(&fields, kind).join(" "),
                expected,
                "{row}"
            );
        }
    }
    assert!(is_storable_field(b"x-\xFF"));
}

/// RFC 9111 §4.2.3: an age is that of the response that has it.
#[test]
fn age_leaves_with_every_update() {
    for (name, leaves) in [
        ("Age", true),
        ("AGE", true),
        ("Ages", false),
        ("Expires", false),
        ("Cache-Control", false),
        ("Date", false),
    ] {
        assert_eq!(removed_by_update(name), leaves, "{name}");
        // An update with one brings its own.
        assert!(
            updates_stored_field(name) && is_storable_field(name),
            "{name}"
        );
    }
}

/// RFC 9111 §4: the latest Date, else the time of receipt; the last of equals.
#[test]
fn the_most_recent_response_is_used() {
    for (words, expected) in [
        ("none", None),
        ("-", Some(0)),
        ("date=0|date=1|date=0", Some(1)),
        ("date=1|date=1", Some(1)),
        ("date=1|-", Some(0)),
        ("received=2|date=1", Some(0)),
        ("date=0 updated=9|date=5", Some(0)),
        // §3.3: a part that lacks what is asked for answers nothing, however recent it is.
        ("date=1|date=9 lacking", Some(0)),
        ("date=1|date=9 part", Some(1)),
        ("date=9 lacking", None),
    ] {
        let stored = roles::responses(words);
        assert_eq!(most_recent(roles::all(&stored)), expected, "{words}");
        assert_eq!(cache::most_recent(&stored), expected, "{words}");
    }
}

/// RFC 9111 §3.3: a part is never served as if it were whole, however it was read.
#[test]
fn a_line_of_content_range_makes_a_response_incomplete() {
    let whole = [("Host", "example.com")];
    let range = [("Range", "bytes=0-0")];
    for (lines, length, holds) in [
        (&["bytes 0-4/10"][..], &[][..], true),
        (&["bytes 0-4/10", "bytes 0-4/10"], &[], true),
        (&["bytes 0-4/*"], &[], true),
        (&["bytes 1-4/10"], &[], false),
        (&["bytes 0-4/10", "bytes 0-4/11"], &[], false),
        (&["bytes */10"], &[], false),
        (&["bytes 0-4"], &[], false),
        (&["items 0-4/10"], &[], false),
        (&[""], &[], false),
        // RFC 9110 §8.6: the content is as long as the part, or it is something else.
        (&["bytes 0-4/10"], &["5"], true),
        (&["bytes 0-4/10"], &["05", "5"], true),
        (&["bytes 0-4/10"], &["6"], false),
        (&["bytes 0-4/10"], &["10"], false),
        (&["bytes 0-4/10"], &["0"], false),
        (&["bytes 0-4/10"], &["5", "6"], false),
        (&["bytes 0-4/10"], &["five"], false),
    ] {
        let fields = lines.iter().map(|value| ("content-range", *value));
        let fields = fields.chain(length.iter().map(|value| ("content-length", *value)));
        let stored = ResponseValidators::from_fields(fields);
        for status in [200, 206, 404] {
            let stored = stored.status(status);
            let reuse = evaluate_stored("GET", whole, Some(&stored));
            assert_eq!(reuse, Reuse::Forward, "{lines:?} {status}");
            let reuse = evaluate_stored("GET", range, Some(&stored));
            let is_part = matches!(reuse, Reuse::Part { .. });
            assert_eq!(is_part, holds && status != 404, "{lines:?} {status}");
            assert!(is_part || reuse == Reuse::Forward, "{lines:?} {status}");
        }
    }
}

/// RFC 9111 §4.4: every status with every method.
#[test]
fn successful_writes_invalidate() {
    let methods = [
        "GET", "HEAD", "QUERY", "OPTIONS", "TRACE", "CONNECT", "PUT", "POST", "PATCH", "DELETE",
        "PROPFIND", "get", "",
    ];
    for method in methods {
        for status in 0..=999 {
            let expected = cache::invalidates(method, status);
            assert_eq!(invalidates(method, status), expected, "{method} {status}");
        }
    }
    for (method, status, expected) in [
        ("PUT", 412, false),
        ("PUT", 428, false),
        ("PUT", 204, true),
        ("POST", 303, true),
        ("DELETE", 404, false),
        ("GET", 200, false),
        ("BREW", 200, true),
    ] {
        assert_eq!(invalidates(method, status), expected, "{method} {status}");
    }
    assert!(invalidates(Method::Other, 200));
}
