//! Uploads that are cut, are parts, are too long or do not say how long they are: what is not known
//! to be the whole new version is never stored (RFC 9112 §8).

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use example_over_sockets::{Client, SERVERS, Server};

/// Sends this, then nothing more, and returns the status of the answer, or 0 if there is none. The
/// connection is cut if the answer would else be waited for: a server may hang up where it is cut.
fn send(authority: &str, fields: &str, content: &[u8], cut: bool) -> u16 {
    let mut stream = TcpStream::connect(authority).expect("the server listens");
    let limit = Some(Duration::from_secs(20));
    stream.set_read_timeout(limit).expect("it is not zero");
    let head = format!(
        "PUT /strong HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{fields}\r\n\r\n"
    );
    // A server may refuse and hang up before it has everything.
    drop(stream.write_all(&[head.as_bytes(), content].concat()));
    if cut {
        drop(stream.shutdown(Shutdown::Write));
    }
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1);
    status.map_or(0, |status| status.parse().expect("a status"))
}

#[test]
fn what_is_not_the_whole_is_not_stored() {
    const WHOLE: u16 = 204;
    /// The server hangs up.
    const NONE: u16 = 0;
    /// edge-http 0.8.0 panics at a length that is no number, before there is a handler.
    const UNSENT: u16 = u16::MAX;
    let long = vec![b'x'; 3 << 20];
    // Whether the connection is cut then, and the answers of the servers in the order of their
    // names.
    let table: [(&str, &[u8], bool, [u16; 4]); 10] = [
        // All that was announced
        ("Content-Length: 8", b"12345678", false, [WHOLE; 4]),
        // With chunks, which only hyper knows the end of
        (
            "Transfer-Encoding: chunked",
            b"8\r\n12345678\r\n0\r\n\r\n",
            false,
            [411, WHOLE, 411, 411],
        ),
        // Cut before the end
        ("Content-Length: 1000", b"12345678", true, [400; 4]),
        ("Content-Length: 1000", b"", true, [400; 4]),
        (
            "Transfer-Encoding: chunked",
            b"8\r\n12345678\r\n",
            true,
            [411, 400, 411, 411],
        ),
        (
            "Transfer-Encoding: chunked",
            b"8\r\n1234",
            true,
            [411, 400, NONE, 411],
        ),
        // No length, or several (RFC 9112 §6.3)
        (
            "Content-Length: 8x",
            b"12345678",
            false,
            [400, 400, UNSENT, 400],
        ),
        (
            "Content-Length: 8\r\nContent-Length: 4",
            b"12345678",
            false,
            [400; 4],
        ),
        // A part (RFC 9110 §14.5)
        (
            "Content-Length: 8\r\nContent-Range: bytes 0-7/1000",
            b"12345678",
            false,
            [400; 4],
        ),
        // More than a server takes
        ("Content-Length: 3145728", &long, false, [413; 4]),
    ];
    let mut failures = Vec::new();
    for (server, name) in SERVERS.iter().enumerate() {
        for (fields, content, cut, statuses) in &table {
            if statuses[server] == UNSENT {
                continue;
            }
            let started = Server::start(name);
            let fields = format!("If-Match: \"v1\"\r\n{fields}");
            let status = send(started.authority(), &fields, content, *cut);
            let after = Client::Ureq.get(&started.url("/strong"));
            let expected = if statuses[server] == WHOLE {
                (WHOLE, Some("\"v2\""), 8)
            } else {
                (statuses[server], Some("\"v1\""), 1000)
            };
            let found = (status, after.field("etag"), after.content.len());
            if found != expected {
                let row = content.get(..20).unwrap_or(content).escape_ascii();
                failures.push(format!(
                    "{name}: {fields:?} {row}: {found:?}, not {expected:?}"
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
