//! Ranges over sockets: one part, several parts, none (RFC 9110 §14.2, §15.3.7, §15.5.17).

use example_over_sockets::{Client, Response, SERVERS, Server};

/// What a Range of 1000 octets comes to.
enum Expected {
    /// 200, the whole.
    Whole,
    /// 206, as it is or as multipart: the first and the last position of each part.
    Parts(&'static [(usize, usize)]),
    /// 416
    Unsatisfiable,
}
use Expected::{Parts, Unsatisfiable, Whole};

const RANGES: [(&str, Expected); 17] = [
    // One part
    ("bytes=0-99", Parts(&[(0, 99)])),
    ("bytes=990-", Parts(&[(990, 999)])),
    ("bytes=-1", Parts(&[(999, 999)])),
    ("bytes=-5000", Parts(&[(0, 999)])),
    ("bytes=500-18446744073709551616", Parts(&[(500, 999)])),
    // Several, in the order in which they are asked for
    ("bytes=0-0,-1", Parts(&[(0, 0), (999, 999)])),
    (
        "bytes=500-599, 0-99,,300-300",
        Parts(&[(500, 599), (0, 99), (300, 300)]),
    ),
    ("bytes=0-99,50-149", Parts(&[(0, 99), (50, 149)])),
    // Of several, one that can be satisfied: not multipart (§15.3.7.2)
    ("bytes=0-0,2000-", Parts(&[(0, 0)])),
    ("bytes=1000-,-1,5000-6000", Parts(&[(999, 999)])),
    // None
    ("bytes=1000-", Unsatisfiable),
    ("bytes=-0", Unsatisfiable),
    ("bytes=18446744073709551616-", Unsatisfiable),
    // No range, another unit, more than the whole (our decision)
    ("bytes=5-2", Whole),
    ("bytes=0-1;2-3", Whole),
    ("lines=0-1", Whole),
    ("bytes=0-,0-", Whole),
];

fn on_each(test: impl Fn(&Server, Client, &str)) {
    for name in SERVERS {
        let server = Server::start(name);
        for client in [Client::Curl, Client::Ureq] {
            test(&server, client, name);
        }
    }
}

#[test]
fn ranges_are_sent_as_they_are_asked_for() {
    on_each(|server, client, name| {
        let url = server.url("/strong");
        let whole = client.get(&url);
        for (range, expected) in &RANGES {
            let answer = client.send("GET", &url, &[("Range", range.as_bytes())], None);
            let context = format!("{name} {client:?} {range}\n{answer:?}");
            match expected {
                Whole => {
                    assert_eq!(answer.status, 200, "{context}");
                    assert_eq!(answer.content, whole.content, "{context}");
                    assert_eq!(answer.field("content-range"), None, "{context}");
                }
                Parts(ranges) => {
                    assert_eq!(answer.status, 206, "{context}");
                    let parts = ranges.iter().map(|(first, last)| {
                        let part = whole.content[*first..=*last].to_vec();
                        (format!("bytes {first}-{last}/1000"), part)
                    });
                    assert_eq!(received(&answer), parts.collect::<Vec<_>>(), "{context}");
                    for name in ["etag", "last-modified", "vary", "cache-control"] {
                        assert_eq!(answer.field(name), whole.field(name), "{context}");
                    }
                }
                Unsatisfiable => {
                    assert_eq!(answer.status, 416, "{context}");
                    assert_eq!(
                        answer.field("content-range"),
                        Some("bytes */1000"),
                        "{context}"
                    );
                    assert!(answer.content.is_empty(), "{context}");
                }
            }
        }
    });
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
