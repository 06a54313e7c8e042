//! The fields of a 304, a 412 and a 416 on each server: nothing of the 200 that they must not have
//! (RFC 9110 §15.4.5, §15.5.13, §15.5.17).

use example_over_sockets::{Client, FILES, READERS, Response, Server};

/// The fields of the 200 that a 304 has.
const OF_304: [&str; 6] = [
    "cache-control",
    "content-location",
    "date",
    "etag",
    "expires",
    "vary",
];

/// Fields that are about the resource or the connection, and no metadata of the representation.
const OF_ANY: [&str; 3] = ["accept-ranges", "connection", "keep-alive"];

/// The fields of the 200 that a refusal has not.
const NOT_OF_A_REFUSAL: [&str; 7] = [
    "cache-control",
    "content-encoding",
    "content-language",
    "content-location",
    "etag",
    "expires",
    "last-modified",
];

/// The fields that the answer must not have.
fn forbidden(answer: &Response) -> Vec<&str> {
    let names = answer.fields.iter().map(|(name, _)| name.as_str());
    let is_forbidden = |name: &&str| match answer.status {
        304 => !OF_304.contains(name) && !OF_ANY.contains(name),
        412 => NOT_OF_A_REFUSAL.contains(name) || *name == "content-range",
        _ => NOT_OF_A_REFUSAL.contains(name),
    };
    names.filter(is_forbidden).collect()
}

/// The method, the fields, the status. TAG stands for the tag of the server.
type Row = (&'static str, &'static [(&'static str, &'static str)], u16);

#[test]
fn answers_have_no_field_that_is_of_the_200() {
    const DATE: &str = "Sat, 29 Oct 1994 19:43:31 GMT";
    const EARLIER: &str = "Sat, 29 Oct 1994 19:43:30 GMT";
    let table: [Row; 15] = [
        // 304
        ("GET", &[("If-None-Match", "TAG")], 304),
        ("HEAD", &[("If-None-Match", "TAG")], 304),
        ("GET", &[("If-None-Match", "*")], 304),
        ("GET", &[("If-None-Match", "W/TAG")], 304),
        ("GET", &[("If-Modified-Since", DATE)], 304),
        (
            "GET",
            &[("If-None-Match", "TAG"), ("Range", "bytes=0-9")],
            304,
        ),
        (
            "GET",
            &[("If-None-Match", "TAG"), ("Range", "bytes=0-9,-1")],
            304,
        ),
        // 412
        ("GET", &[("If-Match", "\"another\"")], 412),
        ("HEAD", &[("If-Match", "\"another\"")], 412),
        ("GET", &[("If-Unmodified-Since", EARLIER)], 412),
        (
            "GET",
            &[("If-Match", "\"another\""), ("Range", "bytes=0-9")],
            412,
        ),
        ("PUT", &[("If-Match", "\"another\"")], 412),
        ("PUT", &[("If-None-Match", "*")], 412),
        // 416
        ("GET", &[("Range", "bytes=1000-")], 416),
        (
            "GET",
            &[("Range", "bytes=1000-1001, 2000-"), ("If-Range", "TAG")],
            416,
        ),
    ];
    let mut failures = Vec::new();
    for name in READERS {
        let server = Server::start(name);
        let url = server.url("/strong");
        let whole = Client::Ureq.get(&url);
        // There is something to leave out.
        for field in ["etag", "last-modified", "cache-control", "content-type"] {
            assert!(whole.field(field).is_some(), "{name} {field}\n{whole:?}");
        }
        let tag = whole.field("etag").unwrap_or_default();
        for (method, fields, status) in table {
            if method == "PUT" && name == FILES {
                continue;
            }
            let fields: Vec<_> = fields
                .iter()
                .map(|(field, value)| (*field, value.replace("TAG", tag)))
                .collect();
            let lines: Vec<_> = fields
                .iter()
                .map(|(field, value)| (*field, value.as_bytes()))
                .collect();
            let body = (method == "PUT").then_some(b"another".as_slice());
            let answer = Client::Ureq.send(method, &url, &lines, body);
            let context = format!("{name} {method} {fields:?}\n{answer:?}");
            assert_eq!(answer.status, status, "{context}");
            let forbidden = forbidden(&answer);
            if !forbidden.is_empty() {
                failures.push(format!("{forbidden:?} of {context}"));
            }
            let content_range = (status == 416).then_some("bytes */1000");
            assert_eq!(answer.field("content-range"), content_range, "{context}");
            if status == 304 {
                assert_eq!(answer.field("etag"), Some(tag), "{context}");
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
