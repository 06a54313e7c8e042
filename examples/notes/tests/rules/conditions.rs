//! The conditions that a client of notes can send, and what each comes to; and why, as it is told.

use std::time::{SystemTime, UNIX_EPOCH};

use example_over_sockets::Client::{Curl, Ureq};
use example_over_sockets::Response;
use http_preconditions::HttpDate;
use sfv::{Item, Parser};

use crate::note::{Note, text_field};
use crate::server::Server;
use crate::{DELETE, GET, HEAD, PUT};

/// Whether the note is another one afterwards.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    Same,
    Written,
    Deleted,
}
use After::{Deleted, Same, Written};

type Text = &'static str;
type Row = (Text, Text, Text, u16, Text, After);

/// Method, fields, text, status, the field that decides, and what becomes of the note. The note
/// "two" is in its second version: `OLD` and `NOW` stand for the tags, `DATE` for its date. `-` is
/// none.
#[rustfmt::skip]
const ON_A_NOTE: &[Row] = &[
    // Without conditions: read, but not changed (RFC 6585 §3).
    (GET, "", "", 200, "-", Same),
    (HEAD, "", "", 200, "-", Same),
    (PUT, "", "three", 428, "-", Same),
    (DELETE, "", "", 428, "-", Same),
    // §13.1.2: cache validation is by weak comparison.
    (GET, "If-None-Match: NOW", "", 304, "If-None-Match", Same),
    (GET, "If-None-Match: W/NOW", "", 304, "If-None-Match", Same),
    (GET, "If-None-Match: OLD, NOW", "", 304, "If-None-Match", Same),
    (GET, "If-None-Match: OLD\nIf-None-Match: NOW", "", 304, "If-None-Match", Same),
    (GET, "If-None-Match: *", "", 304, "If-None-Match", Same),
    (HEAD, "If-None-Match: NOW", "", 304, "If-None-Match", Same),
    (GET, "If-None-Match: OLD", "", 200, "-", Same),
    (GET, "If-None-Match: two", "", 200, "-", Same),
    // §13.1.3: the date counts where there is no tag.
    (GET, "If-Modified-Since: DATE", "", 304, "If-Modified-Since", Same),
    (GET, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "", 200, "-", Same),
    (GET, "If-None-Match: OLD\nIf-Modified-Since: DATE", "", 200, "-", Same),
    // §13.1.1: also of a GET, If-Match can be demanded.
    (GET, "If-Match: OLD", "", 412, "If-Match", Same),
    (GET, "If-Match: NOW", "", 200, "-", Same),
    // §14.2: ranges are not supported.
    (GET, "Range: bytes=0-0", "", 200, "-", Same),
    // §13.1.1: an edit is guarded by strong comparison.
    (PUT, "If-Match: NOW", "three", 204, "-", Written),
    (PUT, "If-Match: OLD, NOW", "three", 204, "-", Written),
    (PUT, "If-Match: *", "three", 204, "-", Written),
    (PUT, "If-Match: OLD", "three", 412, "If-Match", Same),
    (PUT, "If-Match: W/NOW", "three", 412, "If-Match", Same),
    (PUT, "If-Match: two", "three", 412, "If-Match", Same),
    (PUT, "If-Match: NOW\nIf-None-Match: NOW", "three", 412, "If-None-Match", Same),
    (DELETE, "If-Match: NOW", "", 204, "-", Deleted),
    (DELETE, "If-Match: OLD", "", 412, "If-Match", Same),
    // §13.1.1: the answer was lost, and the client sends its edit again.
    (PUT, "If-Match: OLD", "two", 204, "If-Match", Same),
    // §13.1.2: create, but never overwrite.
    (PUT, "If-None-Match: *", "three", 412, "If-None-Match", Same),
    (PUT, "If-None-Match: *", "two", 412, "If-None-Match", Same),
    // Our own rule: only If-Match guards an edit, since two edits can share a date.
    (PUT, "If-Unmodified-Since: DATE", "three", 428, "-", Same),
    (PUT, "If-None-Match: OLD", "three", 428, "-", Same),
    (DELETE, "If-Unmodified-Since: DATE", "", 428, "-", Same),
    (PUT, "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "three", 412, "If-Unmodified-Since", Same),
    // §13.2.1: what is refused anyway is refused before the conditions.
    (PUT, "If-Match: OLD\nContent-Type: text/html", "three", 415, "-", Same),
    // §14.5: a part is not stored as the whole.
    (PUT, "If-Match: NOW\nContent-Range: bytes 0-4/10", "three", 400, "-", Same),
    (PUT, "If-Match: OLD\nContent-Range: bytes 0-4/10", "three", 400, "-", Same),
    // §13.1.1: what is not a list of tags is a condition that is false; the reason quotes the `"` that it lacks.
    (PUT, "If-Match: W/abc", "three", 412, "If-Match", Same),
    ("PATCH", "If-Match: OLD", "three", 405, "-", Same),
];

#[rustfmt::skip]
const WITHOUT_A_NOTE: &[Row] = &[
    (GET, "", "", 404, "-", Same),
    (GET, "If-None-Match: *", "", 404, "-", Same),
    (PUT, "", "three", 201, "-", Written),
    (PUT, "If-None-Match: *", "three", 201, "-", Written),
    (PUT, "If-None-Match: *", "", 201, "-", Written),
    (PUT, "If-Match: *", "three", 412, "If-Match", Same),
    (PUT, "If-Match: OLD", "three", 412, "If-Match", Same),
    (DELETE, "If-Match: *", "", 404, "-", Same),
    (DELETE, "", "", 404, "-", Same),
];

#[test]
fn conditions_decide_what_becomes_of_a_note() {
    for client in [Curl, Ureq] {
        let server = Server::start(&[]);
        for (number, row) in ON_A_NOTE.iter().enumerate() {
            let note = Note::new(client, &server, &format!("note-{number}"));
            let old = text_field(&note.put("If-None-Match: *", "one"), "etag");
            let second = note.put(&format!("If-Match: {old}"), "two");
            assert_eq!(second.status, 204);
            check(&note, row, &old, &second);
        }
    }
}

#[test]
fn conditions_decide_where_there_is_no_note() {
    for client in [Curl, Ureq] {
        let server = Server::start(&[]);
        for (number, row) in WITHOUT_A_NOTE.iter().enumerate() {
            let note = Note::new(client, &server, &format!("note-{number}"));
            let other = Note::new(client, &server, "welcome").send(GET, "", "");
            check(&note, row, &text_field(&other, "etag"), &other);
        }
    }
}

#[test]
fn a_reason_may_quote() {
    let server = Server::start(&[]);
    let answer = Note::new(Ureq, &server, "welcome").put("If-Match: W/abc", "three");
    let (by, why) = decision(&answer).expect("the field");
    assert_eq!(by.as_deref(), Some("If-Match"));
    assert!(why.contains("expected `\"` after `W/`"), "{why}");
    let details: serde_json::Value = serde_json::from_slice(&answer.content).expect("JSON");
    assert_eq!(details["detail"], why);
}

/// RFC 9110 §5.6.7: a year of two digits is in the past if it would be more than 50 years ahead.
#[test]
fn years_of_two_digits_are_read_by_the_clock() {
    const DAY: i64 = 24 * 60 * 60;
    let server = Server::start(&[]);
    let note = Note::new(Ureq, &server, "welcome");
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = i64::try_from(since.expect("after 1970").as_secs()).expect("seconds");
    // 50 years are 18,262 or 18,263 days, but 18,261 around the year 2100.
    for (days, status) in [(18_258, 304), (18_266, 200)] {
        let date = HttpDate::from_unix(now + days * DAY).expect("a year of four digits");
        let date = date.to_string();
        let part = |range: std::ops::Range<usize>| &date[range];
        let (day, month, year, time) = (part(5..7), part(8..11), part(14..16), part(17..25));
        let field = format!("If-Modified-Since: Sunday, {day}-{month}-{year} {time} GMT");
        assert_eq!(note.send(GET, &field, "").status, status, "{field}");
    }
}

/// Sends what the row says, and looks at the answer and at what becomes of the note.
fn check(note: &Note, row: &Row, old: &str, now: &Response) {
    let (method, fields, text, status, by, after) = row;
    let before = note.state();
    let fields = fields
        .replace("OLD", old)
        .replace("NOW", &text_field(now, "etag"))
        .replace("DATE", &text_field(now, "last-modified"));
    let answer = note.send(method, &fields, text);
    assert_eq!(answer.status, *status, "{row:?}");
    let (decided, _) = decision(&answer).unwrap_or_default();
    assert_eq!(
        decided.as_deref().unwrap_or("-"),
        *by,
        "{row:?}: {answer:?}"
    );
    let tag = answer.field("etag").map(str::to_owned);
    let written = note.state();
    match after {
        Same => assert_eq!(written, before, "{row:?}"),
        Deleted => assert_eq!(written, None, "{row:?}"),
        Written => {
            let (new_tag, new_text) = written.expect("the note is there");
            assert_eq!(new_text, *text, "{row:?}");
            assert_eq!(tag.expect("of the new version"), new_tag, "{row:?}");
            assert_ne!(Some(new_tag), before.map(|(tag, _)| tag), "{row:?}");
        }
    }
}

/// The field that has decided, and why, read as the Structured Field that it is. (RFC 9651)
fn decision(answer: &Response) -> Option<(Option<String>, String)> {
    let field = answer.field("preconditions-decision")?;
    let item: Item = Parser::new(field)
        .parse()
        .unwrap_or_else(|error| panic!("{field}: {error}"));
    let by = item.params.get("by").map(|by| {
        let by = by.as_token().expect("a token");
        by.as_str().to_owned()
    });
    let why = item.params.get("why").and_then(|why| why.as_string());
    Some((by, why.expect("a string").as_str().to_owned()))
}
