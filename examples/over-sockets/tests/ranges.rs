//! Ranges over sockets: one part, several parts, none (RFC 9110 §14.2, §15.3.7, §15.5.17).

#[path = "../../../tests/support/vectors.rs"]
mod vectors;

use std::collections::BTreeSet;

use example_over_sockets::{Client, Response, SERVERS, Server};
use vectors::{Row, rows};

fn on_each(test: impl Fn(&Server, Client, &str)) {
    for name in SERVERS {
        let server = Server::start(name);
        for client in [Client::Curl, Client::Ureq] {
            test(&server, client, name);
        }
    }
}

/// Each row whose length is one that a test can send, on a resource of that length.
#[test]
fn ranges_come_out_as_the_file_says() {
    let rows = rows("ranges.tsv");
    let has_length = |length: &usize| *length <= 10_000;
    let lengths: BTreeSet<usize> = rows
        .iter()
        .map(|row| row.number(1))
        .filter(has_length)
        .collect();
    on_each(|server, client, name| {
        let url = server.url("/strong");
        let mut sent = 0;
        for length in &lengths {
            let content: Vec<u8> = (b'a'..=b'z').cycle().take(*length).collect();
            assert_eq!(client.send("PUT", &url, &[], Some(&content)).status, 204);
            let whole = client.get(&url);
            assert_eq!(whole.content, content, "{name} {client:?} {length}");
            let of_length = |row: &&Row| row.number::<usize>(1) == *length && can_be_sent(row);
            for row in rows.iter().filter(of_length) {
                let answer = client.send("GET", &url, &[("Range", row.octets(0))], None);
                assert_row(
                    row,
                    &whole,
                    &answer,
                    &format!("{name} {client:?} {row}\n{answer:?}"),
                );
                sent += 1;
            }
        }
        println!("{name}, {client:?}: {sent} of {} rows", rows.len());
        assert!(sent * 10 > rows.len() * 9, "{sent} of {}", rows.len());
    });
}

/// Control characters end a field line, or make the request invalid (§5.5).
fn can_be_sent(row: &Row) -> bool {
    let mut octets = row.octets(0).iter();
    !octets.any(|octet| octet.is_ascii_control() && *octet != b'\t')
}

fn assert_row(row: &Row, whole: &Response, answer: &Response, context: &str) {
    match row.text(2) {
        "partial" => {
            assert_eq!(answer.status, 206, "{context}");
            let parts = row.from(3).map(|range| {
                let range = std::str::from_utf8(range).expect(context);
                let (first, last) = range.split_once('-').expect(context);
                let [first, last]: [usize; 2] = [first, last].map(|at| at.parse().expect(context));
                let field = format!("bytes {range}/{}", whole.content.len());
                (field, whole.content[first..=last].to_vec())
            });
            assert_eq!(received(answer), parts.collect::<Vec<_>>(), "{context}");
            for name in ["etag", "last-modified", "vary", "cache-control"] {
                assert_eq!(answer.field(name), whole.field(name), "{context}");
            }
        }
        "unsatisfiable" => {
            assert_eq!(answer.status, 416, "{context}");
            let field = format!("bytes */{}", whole.content.len());
            assert_eq!(answer.field("content-range"), Some(&*field), "{context}");
            assert!(answer.content.is_empty(), "{context}");
        }
        // An invalid one is ignored as well (§14.2).
        _ => {
            assert_eq!(answer.status, 200, "{context}");
            assert_eq!(answer.content, whole.content, "{context}");
            assert_eq!(answer.field("content-range"), None, "{context}");
        }
    }
}

/// The parts of a 206, each with its `Content-Range`.
fn received(answer: &Response) -> Vec<(String, Vec<u8>)> {
    let content_type = answer.field("content-type").expect("there was no If-Range");
    let Some(boundary) = content_type.strip_prefix("multipart/byteranges; boundary=") else {
        assert_eq!(content_type, "text/plain");
        let range = answer.field("content-range").expect("it is no multipart");
        return vec![(range.to_owned(), answer.content.clone())];
    };
    assert_eq!(answer.field("content-range"), None, "§15.3.7.2");
    let content = std::str::from_utf8(&answer.content).expect("all content here is ASCII");
    let content = format!("\r\n{content}");
    let delimiter = format!("\r\n--{boundary}");
    let (content, behind) = content
        .split_once(&format!("{delimiter}--"))
        .expect("it is closed");
    assert_eq!(behind, "\r\n");
    let parts = content.split(&delimiter).skip(1);
    let parts = parts.map(|part| {
        let (head, octets) = part.split_once("\r\n\r\n").expect("a part has a head");
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        let range = lines.find(|(name, _)| *name == "Content-Range");
        let (_, range) = range.expect("a part says which");
        (range.to_owned(), octets.as_bytes().to_vec())
    });
    parts.collect()
}

/// After a true If-Range the client has the metadata already (§15.3.7); after a false one it gets
/// all anew.
#[test]
fn if_range_decides_on_part_or_whole() {
    on_each(|server, client, name| {
        let url = server.url("/strong");
        let ask = |tag: &str| {
            let fields = [
                ("Range", b"bytes=10-19".as_slice()),
                ("If-Range", tag.as_bytes()),
            ];
            client.send("GET", &url, &fields, None)
        };
        let part = ask("\"v1\"");
        let context = format!("{name} {client:?}\n{part:?}");
        assert_eq!(part.status, 206, "{context}");
        assert_eq!(part.content, b"000000010\n", "{context}");
        assert_eq!(
            part.field("content-range"),
            Some("bytes 10-19/1000"),
            "{context}"
        );
        for field in [
            "etag",
            "vary",
            "cache-control",
            "content-location",
            "date",
            "expires",
        ] {
            assert!(part.field(field).is_some(), "{field} {context}");
        }
        for field in ["last-modified", "content-language"] {
            assert_eq!(part.field(field), None, "{field} {context}");
        }
        let whole = ask("\"v0\"");
        assert_eq!(
            (whole.status, whole.content.len()),
            (200, 1000),
            "{name} {client:?}\n{whole:?}"
        );
    });
}

/// Only GET has ranges, and only resources that say so (§14.2, §14.3).
#[test]
fn ranges_are_ignored_where_there_are_none() {
    on_each(|server, client, name| {
        for (method, path, accepts) in [("HEAD", "/strong", "bytes"), ("GET", "/no-ranges", "none")]
        {
            let fields = [("Range", b"bytes=0-9".as_slice())];
            let answer = client.send(method, &server.url(path), &fields, None);
            let context = format!("{name} {client:?} {method}\n{answer:?}");
            assert_eq!(answer.status, 200, "{context}");
            assert_eq!(answer.field("accept-ranges"), Some(accepts), "{context}");
            assert_eq!(answer.field("content-length"), Some("1000"), "{context}");
        }
    });
}
