//! What the server answers over a socket: to each condition that a client of notes can send, and
//! otherwise.

mod conditions;
mod note;
#[path = "../server/mod.rs"]
mod server;

use std::collections::BTreeMap;

use example_over_sockets::Client::{Curl, Ureq};
use example_over_sockets::Response;
use note::{Note, text_field};
use server::Server;

const GET: &str = "GET";
const HEAD: &str = "HEAD";
const PUT: &str = "PUT";
const DELETE: &str = "DELETE";

#[test]
fn a_deleted_note_is_deleted_and_its_tags_never_come_back() {
    let server = Server::start(&[]);
    let note = Note::new(Ureq, &server, "phoenix");
    let first = text_field(&note.put("If-None-Match: *", "one"), "etag");
    let deleted = note.send(DELETE, &format!("If-Match: {first}"), "");
    assert_eq!(deleted.status, 204);
    assert_eq!(deleted.field("etag"), None);
    assert_eq!(note.put("If-None-Match: *", "one").status, 201);
    let stale = note.put(&format!("If-Match: {first}"), "two");
    assert_eq!(stale.status, 412);
}

/// RFC 9110 §15.4.5, for a note, for the list, and for each file of the page.
#[test]
fn a_304_has_the_fields_of_the_200_that_belong_on_it() {
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
        let resource = Note::at(Ureq, &server, path);
        let full = resource.send(GET, "", "");
        assert_eq!(full.status, 200, "/{path}");
        let condition = format!("If-None-Match: {}", text_field(&full, "etag"));
        for method in [GET, HEAD] {
            let reduced = resource.send(method, &condition, "");
            assert_eq!(reduced.status, 304, "/{path}");
            let mut expected = comparable(&full);
            for name in ["content-type", "content-length", "last-modified"] {
                expected.remove(name);
            }
            assert_eq!(comparable(&reduced), expected, "{method} /{path}");
            for name in ["etag", "cache-control", "content-security-policy"] {
                assert!(reduced.field(name).is_some(), "{name} of /{path}");
            }
            assert!(reduced.field("date").is_some(), "/{path}");
        }
        let head = resource.send(HEAD, "", "");
        assert_eq!(comparable(&head), comparable(&full), "/{path}");
    }
}

#[test]
fn the_list_has_another_tag_after_each_change() {
    let server = Server::start(&[]);
    let list = Note::at(Ureq, &server, "notes");
    let note = Note::new(Ureq, &server, "other");
    let mut tags = vec![text_field(&list.send(GET, "", ""), "etag")];
    for (method, condition, text) in [
        (PUT, "If-None-Match: *", "one"),
        (PUT, "If-Match: *", "two"),
        (DELETE, "If-Match: *", ""),
        (PUT, "If-None-Match: *", "one"),
    ] {
        let answer = note.send(method, condition, text);
        assert!((200..300).contains(&answer.status), "{method} {condition}");
        let tag = text_field(&list.send(GET, "", ""), "etag");
        assert!(!tags.contains(&tag), "{tag} after {tags:?}");
        tags.push(tag);
    }
}

#[test]
fn errors_are_problem_details() {
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
        // No text in UTF-8, and no name that a link can lead to. (RFC 3986 §5.2.4)
        (GET, "notes/%ff", "", "", 400),
        (PUT, "notes/%ff", "If-None-Match: *", "three", 400),
        (DELETE, "notes/%ff", "If-Match: *", "", 400),
        (PUT, "notes/.", "If-None-Match: *", "three", 400),
        (PUT, "notes/..", "If-None-Match: *", "three", 400),
        (PUT, "notes/%2e%2E", "If-None-Match: *", "three", 400),
        (GET, "notes/.", "", "", 400),
    ] {
        let answer = Note::at(Ureq, &server, path).send(method, field, text);
        assert_eq!(answer.status, status, "{method} /{path}");
        assert_eq!(
            text_field(&answer, "content-type"),
            "application/problem+json"
        );
        assert_eq!(text_field(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(answer.field("allow").is_some(), status == 405);
        let details: serde_json::Value = serde_json::from_slice(&answer.content).expect("JSON");
        assert_eq!(details["status"], status);
        assert!(
            details["detail"]
                .as_str()
                .is_some_and(|detail| detail.ends_with('.') || status == 413)
        );
    }
}

#[test]
fn a_file_keeps_the_notes_and_their_tags() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let file = format!("{folder}/kept-{}.db", std::process::id());
    let mut tags = Vec::new();
    for arguments in [&["--database", &file][..], &["--database", &file], &[]] {
        let server = Server::start(arguments);
        let answer = Note::new(Ureq, &server, "welcome").send(GET, "", "");
        tags.push(text_field(&answer, "etag"));
    }
    assert_eq!(tags[0], tags[1], "of the same file");
    assert_ne!(tags[0], tags[2], "of another database");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{suffix}"));
    }
}

/// A name that leads to this machine, but is not its own, is that of another site. (RFC 9110 §7.4)
#[test]
fn only_who_asks_for_this_machine_is_answered() {
    let server = Server::start(&[]);
    let port = server.origin.rsplit(':').next().expect("a port");
    for (host, ours) in [
        ("localhost", true),
        ("localhost:PORT", true),
        ("LocalHost:PORT", true),
        ("127.0.0.1:PORT", true),
        ("[::1]:PORT", true),
        // Another port can lead here.
        ("localhost:1", true),
        ("rebound.example", false),
        ("rebound.example:PORT", false),
        ("localhost.rebound.example:PORT", false),
        ("127.0.0.1.rebound.example:PORT", false),
        ("127.0.0.1@rebound.example", false),
        ("192.0.2.1:PORT", false),
        ("[2001:db8::1]:PORT", false),
        ("localhost rebound.example", false),
    ] {
        let field = format!("Host: {}", host.replace("PORT", port));
        for (method, path, status) in [(GET, "notes/welcome", 200), (PUT, "notes/welcome", 428)] {
            let answer = Note::at(Curl, &server, path).send(method, &field, "three");
            let expected = if ours { status } else { 421 };
            assert_eq!(answer.status, expected, "{field}: {method}");
            assert_eq!(text_field(&answer, "x-content-type-options"), "nosniff");
        }
    }
}

/// Without what differs from answer to answer.
fn comparable(answer: &Response) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<_, _> = answer.fields.iter().cloned().collect();
    fields.remove("date");
    fields.remove("preconditions-decision");
    fields
}
