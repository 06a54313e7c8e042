//! GET, HEAD and OPTIONS, with the conditions and ranges of RFC 9110.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use example_over_sockets::Incoming;

use crate::server::Server;

const LAST_MODIFIED: &str = "Sat, 29 Oct 1994 19:43:31 GMT";

#[test]
fn reads_are_conditional() {
    /// Fields, status, content; of HEAD there is none.
    type Row<'a> = (&'a [(&'a str, &'a str)], u16, &'a str);

    let server = Server::start();
    let path = server.inside("file.txt");
    fs::write(&path, "0123456789").unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(783_459_811);
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    let etag = server.etag("/file.txt");
    let etag = etag.as_str();
    let table: [Row<'_>; 11] = [
        (&[], 200, "0123456789"),
        (&[("If-None-Match", etag)], 304, ""),
        (&[("If-None-Match", "\"x\"")], 200, "0123456789"),
        (&[("If-Modified-Since", LAST_MODIFIED)], 304, ""),
        (&[("If-Match", "\"x\"")], 412, ""),
        // Ranges.
        (&[("Range", "bytes=2-3")], 206, "23"),
        (&[("Range", "bytes=-1")], 206, "9"),
        (&[("Range", "bytes=10-")], 416, ""),
        (&[("Range", "bytes=2-3"), ("If-Range", etag)], 206, "23"),
        (
            &[("Range", "bytes=2-3"), ("If-Range", "\"x\"")],
            200,
            "0123456789",
        ),
        (&[("Range", "bytes=2-3"), ("If-None-Match", etag)], 304, ""),
    ];
    for (fields, status, content) in table {
        for method in ["GET", "HEAD"] {
            let response = server.send(method, "/file.txt", fields, None);
            // Range is defined for GET alone (RFC 9110 §14.2).
            let expected = if method == "HEAD" && matches!(status, 206 | 416) {
                200
            } else {
                status
            };
            assert_eq!(response.status, expected, "{method} {fields:?}");
            let sent = if method == "GET" { content } else { "" };
            assert_eq!(
                String::from_utf8_lossy(&response.content),
                sent,
                "{method} {fields:?}"
            );
            let is_about_it = matches!(expected, 200 | 206 | 304);
            let tag = response.field("etag");
            assert_eq!(tag, is_about_it.then_some(etag), "{method} {fields:?}");
            if is_about_it && expected != 304 {
                let policy = response.field("content-security-policy");
                assert_eq!(policy, Some("sandbox"), "{method} {fields:?}");
            }
            // A length would be that of the 200 (§8.6).
            if status == 304 {
                assert_eq!(
                    response.field("content-length"),
                    None,
                    "{method} {fields:?}"
                );
            }
        }
    }
    let parts = server.send("GET", "/file.txt", &[("Range", "bytes=0-1,8-9")], None);
    let content = String::from_utf8(parts.content).unwrap();
    assert!(content.contains("bytes 0-1/10\r\n\r\n01\r\n"), "{content}");
    assert!(content.contains("bytes 8-9/10\r\n\r\n89\r\n"), "{content}");
}

/// A PUT puts another file in the place of the one that is being sent; a change in place mixes two
/// versions, and cuts the connection.
#[test]
fn no_response_has_two_versions() {
    let server = Server::start();
    let path = server.inside("file");
    // More than the buffers of a connection hold.
    let length = 24 << 20;
    let receive = |change: &dyn Fn()| {
        fs::write(&path, vec![b'a'; length]).unwrap();
        let mut response = Incoming::ask(server.authority(), "GET", "/file", &[]);
        assert_eq!(response.read(1000), [b'a'; 1000]);
        change();
        response.rest()
    };
    let replaced = receive(&|| assert_eq!(server.status("PUT", "/file", &[], Some("new")), 204));
    assert_eq!(replaced.len(), length - 1000);
    assert!(replaced.iter().all(|octet| *octet == b'a'));
    assert_eq!(fs::read(&path).unwrap(), b"new");

    let changed = receive(&|| {
        let mut file = fs::File::options().write(true).open(&path).unwrap();
        file.write_all(b"b").unwrap();
    });
    assert!(changed.len() < length - 1000, "the connection was not cut");
}

/// Whoever changes a file, in whatever way: the tag is another one.
#[test]
fn a_tag_changes_with_the_content() {
    let server = Server::start();
    let path = server.inside("file");
    let mut tags = Vec::new();
    let mut check = |what: &str| {
        let tag = server.etag("/file");
        assert!(!tag.starts_with("W/"), "{what}: {tag}");
        assert!(!tags.contains(&tag), "{what}");
        tags.push(tag);
    };
    fs::write(&path, "1").unwrap();
    check("a new file");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let age = |path: &Path| {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    };
    fs::write(&path, "2").unwrap();
    check("at once, with the same length");
    fs::write(&path, "3").unwrap();
    age(&path);
    check("with the same length and time");
    // A tag is remembered once the times are settled.
    std::thread::sleep(Duration::from_millis(2100));
    let settled = server.etag("/file");
    assert_eq!(server.etag("/file"), settled);
    fs::write(&path, "4").unwrap();
    age(&path);
    check("with the same length and time, after it was remembered");
    let other = server.inside("other");
    fs::write(&other, "5").unwrap();
    age(&other);
    fs::rename(&other, &path).unwrap();
    check("by a rename of an equally old file");

    // A PUT sends the tag of what it has stored.
    let put = server.send("PUT", "/file", &[], Some("6"));
    assert_eq!(put.field("etag"), Some(&*server.etag("/file")));
    assert!(put.field("last-modified").is_some());
    check("by a PUT");
}

#[test]
fn options_says_what_there_is() {
    let server = Server::start();
    fs::write(server.inside("file"), "").unwrap();
    for (path, has, has_not) in [
        ("/file", "PUT", "MKCOL"),
        ("/", "PROPFIND", "PUT"),
        ("/none", "MKCOL", "GET"),
    ] {
        let response = server.send("OPTIONS", path, &[], None);
        assert_eq!(response.field("dav"), Some("1, 2, 3"), "{path}");
        let allow: Vec<_> = response.field("allow").unwrap().split(", ").collect();
        assert!(
            allow.contains(&has) && !allow.contains(&has_not),
            "{path}: {allow:?}"
        );
    }
    let request = format!(
        "OPTIONS * HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.authority()
    );
    assert_eq!(server.raw(&request), 200);
}
