//! Ranges over sockets: one part, several parts, none (RFC 9110 §14.2, §15.3.7, §15.5.17).

use std::collections::BTreeSet;

use example_over_sockets::{
    Client, FILES, Field, READERS, Response, Server, about, tests_a_date_for_strength,
};
use support::vectors::{Row, rows};

/// Each server with `ureq`, and one with `curl`, which takes a process for each request.
fn on_each(test: impl Fn(&Server, Client, &str)) {
    for (index, name) in READERS.into_iter().enumerate() {
        let server = Server::start(name);
        test(&server, Client::Ureq, name);
        if index == 0 {
            test(&server, Client::Curl, name);
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
            let letters: Vec<u8> = (b'a'..=b'z').cycle().take(*length).collect();
            server.put("/strong", &letters);
            let whole = client.get(&url);
            assert_eq!(whole.content, letters, "{name} {client:?} {length}");
            let of_length = |row: &&Row| row.number::<usize>(1) == *length && can_be_sent(row);
            for row in rows.iter().filter(of_length) {
                let answer = client.send("GET", &url, &[("Range", row.octets(0))], None);
                let context = format!("{name} {client:?} {row}\n{answer:?}");
                let (status, ranges) = match row.text(2) {
                    "partial" => (206, texts(row.from(3))),
                    "unsatisfiable" => (416, vec![]),
                    // An invalid one is ignored as well (§14.2).
                    _ => (200, vec![]),
                };
                assert_sent(status, &ranges, &whole, &answer, &context);
                if status == 206 && ranges.len() == 1 {
                    assert_eq!(
                        answer.field("content-type"),
                        Some("text/plain"),
                        "{context}"
                    );
                }
                sent += 1;
            }
        }
        println!("{name}, {client:?}: {sent} of {} rows", rows.len());
        assert!(sent * 10 > rows.len() * 8, "{sent} of {}", rows.len());
    });
}

/// Control characters end a field line, or make the request invalid (§5.5).
fn can_be_sent(row: &Row) -> bool {
    let mut octets = row.octets(0).iter();
    !octets.any(|octet| octet.is_ascii_control() && *octet != b'\t')
}

fn texts<'a>(columns: impl Iterator<Item = &'a [u8]>) -> Vec<&'a str> {
    let texts = columns.map(|column| std::str::from_utf8(column).expect("a range is ASCII"));
    texts.collect()
}

/// Each row of GET and HEAD whose state a resource is in.
#[test]
fn conditions_decide_on_ranges_as_the_file_says() {
    let rows = rows("range_decisions.tsv");
    on_each(|server, client, name| {
        let mut sent = 0;
        for row in rows
            .iter()
            .filter(|row| ["GET", "HEAD"].contains(&row.text(0)) && row.text(2) == "usual")
        {
            let path = match row.text(1) {
                "S1" => "/strong",
                "weak" => "/weak-tag",
                "no-ranges" => "/no-ranges",
                _ => continue,
            };
            let fields = row.fields(5);
            // A file has a strong tag and a date that is weak.
            if name == FILES && (path != "/strong" || tests_a_date_for_strength(&fields)) {
                continue;
            }
            let url = server.url(path);
            let whole = client.send(row.text(0), &url, &[], None);
            let tag = whole.field("etag").filter(|_| path == "/strong");
            let fields = about(tag.unwrap_or("\"v1\""), &fields);
            let fields: Vec<Field<'_>> = fields
                .iter()
                .map(|(name, value)| (*name, &**value))
                .collect();
            let answer = client.send(row.text(0), &url, &fields, None);
            let context = format!("{name} {client:?} {row}\n{answer:?}");
            let ranges = row.text(4).split(' ');
            // Before them stands the Content-Range at the head of the answer.
            let ranges = ranges.filter(|range| range.contains('-') && !range.contains('/'));
            let ranges: Vec<&str> = ranges.collect();
            assert_sent(row.number(3), &ranges, &whole, &answer, &context);
            sent += 1;
        }
        println!("{name}, {client:?}: {sent} of {} rows", rows.len());
        assert!(sent > if name == FILES { 35 } else { 45 }, "{sent}");
    });
}

fn assert_sent(status: u16, ranges: &[&str], whole: &Response, answer: &Response, context: &str) {
    assert_eq!(answer.status, status, "{context}");
    match status {
        206 => {
            let parts = ranges.iter().map(|range| {
                let (first, last) = range.split_once('-').expect(context);
                let [first, last]: [usize; 2] = [first, last].map(|at| at.parse().expect(context));
                let field = format!("bytes {range}/{}", whole.content.len());
                (field, whole.content[first..=last].to_vec())
            });
            assert_eq!(received(answer), parts.collect::<Vec<_>>(), "{context}");
            for name in ["etag", "vary", "cache-control"] {
                assert_eq!(answer.field(name), whole.field(name), "{context}");
            }
        }
        416 => {
            let field = format!("bytes */{}", whole.content.len());
            assert_eq!(answer.field("content-range"), Some(&*field), "{context}");
            assert!(answer.content.is_empty(), "{context}");
        }
        200 => {
            assert_eq!(answer.content, whole.content, "{context}");
            assert_eq!(answer.field("content-range"), None, "{context}");
        }
        _ => assert_eq!(answer.field("content-range"), None, "{context}"),
    }
}

/// The parts of a 206, each with its `Content-Range`.
fn received(answer: &Response) -> Vec<(String, Vec<u8>)> {
    // After an If-Range a single part has none (§15.3.7).
    let content_type = answer.field("content-type").unwrap_or_default();
    let Some(boundary) = content_type.strip_prefix("multipart/byteranges; boundary=") else {
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
        let first = client.get(&url);
        let ask = |tag: &str| {
            let fields = [
                ("Range", b"bytes=10-19".as_slice()),
                ("If-Range", tag.as_bytes()),
            ];
            client.send("GET", &url, &fields, None)
        };
        let part = ask(first.field("etag").expect("it is strong"));
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
            let both = (part.field(field), first.field(field));
            assert_eq!(both.0.is_some(), both.1.is_some(), "{field} {context}");
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
            if name == FILES && path != "/strong" {
                continue;
            }
            let fields = [("Range", b"bytes=0-9".as_slice())];
            let answer = client.send(method, &server.url(path), &fields, None);
            let context = format!("{name} {client:?} {method}\n{answer:?}");
            assert_eq!(answer.status, 200, "{context}");
            assert_eq!(answer.field("accept-ranges"), Some(accepts), "{context}");
            assert_eq!(answer.field("content-length"), Some("1000"), "{context}");
        }
    });
}
