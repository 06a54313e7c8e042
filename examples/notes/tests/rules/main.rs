//! What the server answers over a socket, to each condition that a client of notes can send.

mod note;
#[path = "../server/mod.rs"]
mod server;

use note::{Note, text_field};
use reqwest::header::{self, HeaderMap};
use reqwest::{Method, Response, StatusCode};
use server::Server;

const GET: Method = Method::GET;
const HEAD: Method = Method::HEAD;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

/// Whether the note is another one afterwards.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    Same,
    Written,
    Deleted,
}
use After::{Deleted, Same, Written};

type Row = (Method, &'static str, &'static str, u16, &'static str, After);

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
    (Method::PATCH, "If-Match: OLD", "three", 405, "-", Same),
];

#[rustfmt::skip]
const WITHOUT_A_NOTE: &[Row] = &[
    (GET, "", "", 404, "-", Same),
    (GET, "If-None-Match: *", "", 404, "-", Same),
    (PUT, "", "three", 428, "-", Same),
    (PUT, "If-None-Match: *", "three", 201, "-", Written),
    (PUT, "If-None-Match: *", "", 201, "-", Written),
    (PUT, "If-Match: *", "three", 412, "If-Match", Same),
    (PUT, "If-Match: OLD", "three", 412, "If-Match", Same),
    (DELETE, "If-Match: *", "", 404, "-", Same),
    (DELETE, "", "", 404, "-", Same),
];

#[tokio::test]
async fn conditions_decide_what_becomes_of_a_note() {
    let server = Server::start(&[]);
    for (number, row) in ON_A_NOTE.iter().enumerate() {
        let note = Note::new(&server, &format!("note-{number}"));
        let old = text_field(&note.put("If-None-Match: *", "one").await, "etag");
        let second = note.put(&format!("If-Match: {old}"), "two").await;
        assert_eq!(second.status(), StatusCode::NO_CONTENT);
        check(&note, row, &old, &second).await;
    }
}

#[tokio::test]
async fn conditions_decide_where_there_is_no_note() {
    let server = Server::start(&[]);
    for (number, row) in WITHOUT_A_NOTE.iter().enumerate() {
        let note = Note::new(&server, &format!("note-{number}"));
        let other = Note::new(&server, "welcome").send(&GET, "", "").await;
        check(&note, row, &text_field(&other, "etag"), &other).await;
    }
}

#[tokio::test]
async fn a_deleted_note_is_deleted_and_its_tags_never_come_back() {
    let server = Server::start(&[]);
    let note = Note::new(&server, "phoenix");
    let first = text_field(&note.put("If-None-Match: *", "one").await, "etag");
    let deleted = note.send(&DELETE, &format!("If-Match: {first}"), "").await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    assert_eq!(deleted.headers().get("etag"), None);
    assert_eq!(
        note.put("If-None-Match: *", "one").await.status(),
        StatusCode::CREATED
    );
    let stale = note.put(&format!("If-Match: {first}"), "two").await;
    assert_eq!(stale.status(), StatusCode::PRECONDITION_FAILED);
}

/// RFC 9110 §15.4.5, for a note, for the list, and for each file of the page.
#[tokio::test]
async fn a_304_has_the_fields_of_the_200_that_belong_on_it() {
    let server = Server::start(&[]);
    for path in [
        "notes/welcome",
        "notes",
        "",
        "style.css",
        "icon.svg",
        "app.js",
        "client.js",
        "list.js",
        "conflict.js",
        "diff.js",
        "element.js",
        "exchanges.js",
    ] {
        let resource = Note::at(&server, path);
        let full = resource.send(&GET, "", "").await;
        assert_eq!(full.status(), StatusCode::OK, "/{path}");
        let condition = format!("If-None-Match: {}", text_field(&full, "etag"));
        for method in [GET, HEAD] {
            let reduced = resource.send(&method, &condition, "").await;
            assert_eq!(reduced.status(), StatusCode::NOT_MODIFIED, "/{path}");
            let mut expected = comparable(full.headers());
            for name in ["content-type", "content-length", "last-modified"] {
                expected.remove(name);
            }
            assert_eq!(comparable(reduced.headers()), expected, "{method} /{path}");
            for name in ["etag", "cache-control", "content-security-policy"] {
                assert!(reduced.headers().contains_key(name), "{name} of /{path}");
            }
            assert!(reduced.headers().contains_key("date"), "/{path}");
        }
        let head = resource.send(&HEAD, "", "").await;
        assert_eq!(
            comparable(head.headers()),
            comparable(full.headers()),
            "/{path}"
        );
    }
}

#[tokio::test]
async fn the_list_has_another_tag_after_each_change() {
    let server = Server::start(&[]);
    let list = Note::at(&server, "notes");
    let note = Note::new(&server, "other");
    let mut tags = vec![text_field(&list.send(&GET, "", "").await, "etag")];
    for (method, condition, text) in [
        (PUT, "If-None-Match: *", "one"),
        (PUT, "If-Match: *", "two"),
        (DELETE, "If-Match: *", ""),
        (PUT, "If-None-Match: *", "one"),
    ] {
        let answer = note.send(&method, condition, text).await;
        assert!(answer.status().is_success(), "{method} {condition}");
        let tag = text_field(&list.send(&GET, "", "").await, "etag");
        assert!(!tags.contains(&tag), "{tag} after {tags:?}");
        tags.push(tag);
    }
}

#[tokio::test]
async fn errors_are_problem_details() {
    let server = Server::start(&[]);
    let too_long = "a".repeat((64 << 10) + 1);
    for (method, path, field, text, status) in [
        (GET, "nowhere", "", "", 404),
        (GET, "notes/nowhere", "", "", 404),
        (PUT, "notes", "", "", 405),
        (PUT, "notes/welcome", "", "three", 428),
        (PUT, "notes/welcome", "If-Match: \"old\"", "three", 412),
        (
            PUT,
            "notes/welcome",
            "If-Match: *\nContent-Type: image/png",
            "three",
            415,
        ),
        (PUT, "notes/welcome", "If-Match: *", &too_long, 413),
    ] {
        let answer = Note::at(&server, path).send(&method, field, text).await;
        assert_eq!(answer.status().as_u16(), status, "{method} /{path}");
        assert_eq!(
            text_field(&answer, "content-type"),
            "application/problem+json"
        );
        assert_eq!(text_field(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(answer.headers().contains_key("allow"), status == 405);
        let details: serde_json::Value =
            serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
        assert_eq!(details["status"], status);
        assert!(
            details["detail"]
                .as_str()
                .is_some_and(|detail| detail.ends_with('.') || status == 413)
        );
    }
}

#[tokio::test]
async fn a_file_keeps_the_notes_and_their_tags() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let file = format!("{folder}/kept-{}.db", std::process::id());
    let mut tags = Vec::new();
    for arguments in [&["--database", &file][..], &["--database", &file], &[]] {
        let server = Server::start(arguments);
        let answer = Note::new(&server, "welcome").send(&GET, "", "").await;
        tags.push(text_field(&answer, "etag"));
    }
    assert_eq!(tags[0], tags[1], "of the same file");
    assert_ne!(tags[0], tags[2], "of another database");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{suffix}"));
    }
}

/// Sends what the row says, and looks at the answer and at what becomes of the note.
async fn check(note: &Note, row: &Row, old: &str, now: &Response) {
    let (method, fields, text, status, by, after) = row;
    let before = note.state().await;
    let fields = fields
        .replace("OLD", old)
        .replace("NOW", &text_field(now, "etag"))
        .replace("DATE", &text_field(now, "last-modified"));
    let answer = note.send(method, &fields, text).await;
    assert_eq!(answer.status().as_u16(), *status, "{row:?}");
    let said = answer.headers().get("preconditions-decision");
    let said = said.map_or("", |said| said.to_str().expect("ASCII"));
    let decided = said.split("; ").find_map(|part| part.strip_prefix("by="));
    assert_eq!(decided.unwrap_or("-"), *by, "{row:?}: {said}");
    let tag = answer.headers().get(header::ETAG).cloned();
    let written = note.state().await;
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

/// Without what differs from answer to answer.
fn comparable(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove("date");
    headers.remove("preconditions-decision");
    headers
}
