//! The reader of responses: what a server may send, and what no client should take for a response.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use example_conformance::wire::{Fault, Reader};

/// What comes behind the octets of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The connection ends.
    Closed,
    /// It stays open, and nothing more comes.
    Open,
    /// It is reset.
    Reset,
}
use End::{Closed, Open, Reset};

/// What is expected: the status, the content and the interim statuses; or a fault, of which the
/// text begins so.
type Expected<'e> = Result<(u16, &'e str, &'e [u16]), &'e str>;

const ROWS: &[(&str, &str, &str, End, Expected<'static>)] = &[
    // Lengths. On a connection that is kept, the reader must not wait for its end.
    (
        "length",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "no content",
        "GET",
        "HTTP/1.1 412 \r\nContent-Length: 0\r\n\r\n",
        Open,
        Ok((412, "", &[])),
    ),
    (
        "no reason",
        "GET",
        "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        Open,
        Ok((200, "", &[])),
    ),
    (
        "the same length twice",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "more than its length",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc",
        Open,
        Ok((200, "ab", &[])),
    ),
    (
        "two lengths",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        Open,
        Err("the response is no HTTP response: Content-Length"),
    ),
    (
        "a length of letters",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nabc",
        Open,
        Err("the response is no HTTP response: Content-Length"),
    ),
    (
        "a length with a sign",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc",
        Open,
        Err("the response is no HTTP response: Content-Length"),
    ),
    (
        "a huge length",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc",
        Open,
        Err("the response is longer"),
    ),
    // Until the connection ends.
    (
        "no length",
        "GET",
        "HTTP/1.1 200 OK\r\n\r\nabc",
        Closed,
        Ok((200, "abc", &[])),
    ),
    (
        "no length, reset",
        "GET",
        "HTTP/1.1 200 OK\r\n\r\nabc",
        Reset,
        Ok((200, "abc", &[])),
    ),
    (
        "no length, open",
        "GET",
        "HTTP/1.1 200 OK\r\n\r\nabc",
        Open,
        Err("the response did not come in time"),
    ),
    (
        "HTTP/1.0",
        "GET",
        "HTTP/1.0 200 OK\r\n\r\nabc",
        Closed,
        Ok((200, "abc", &[])),
    ),
    // Chunks.
    (
        "chunks",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "chunks with extensions",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3 ;a=\"b\";c\r\nabc\r\n000;x\r\n\r\n",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "chunks with trailers",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nETag: \"a\"\r\nA: b\r\n\r\n",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "upper case",
        "GET",
        "HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
        Open,
        Ok((200, "0123456789", &[])),
    ),
    (
        "chunks over a length",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        Open,
        Ok((200, "abc", &[])),
    ),
    (
        "a coding that is not the last",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nabc",
        Closed,
        Ok((200, "abc", &[])),
    ),
    (
        "chunks without an end",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        Closed,
        Err("the response ends too early"),
    ),
    (
        "a chunk without a size",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nabc\r\n",
        Open,
        Err("the response is no HTTP response: a chunk has no size"),
    ),
    (
        "a chunk with an empty size",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\nabc\r\n",
        Open,
        Err("the response is no HTTP response: a chunk has no size"),
    ),
    (
        "a chunk that is too long",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        Open,
        Err("the response is no HTTP response: a chunk is longer"),
    ),
    (
        "a huge chunk",
        "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n",
        Open,
        Err("the response is longer"),
    ),
    // No content, whatever the fields say.
    (
        "HEAD",
        "HEAD",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
        Open,
        Ok((200, "", &[])),
    ),
    (
        "HEAD in chunks",
        "HEAD",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        Open,
        Ok((200, "", &[])),
    ),
    (
        "304 with a length",
        "GET",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n",
        Open,
        Ok((304, "", &[])),
    ),
    (
        "204",
        "PUT",
        "HTTP/1.1 204 No Content\r\n\r\n",
        Open,
        Ok((204, "", &[])),
    ),
    // Interim responses.
    (
        "100",
        "PUT",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        Open,
        Ok((201, "", &[100])),
    ),
    (
        "103 and 102",
        "GET",
        "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
        Open,
        Ok((200, "a", &[103, 102])),
    ),
    (
        "101",
        "GET",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        Open,
        Err("the response is no HTTP response: 101"),
    ),
    (
        "only 100",
        "GET",
        "HTTP/1.1 100 Continue\r\n\r\n",
        Closed,
        Err("the connection was closed"),
    ),
    // Not whole.
    (
        "nothing",
        "GET",
        "",
        Closed,
        Err("the connection was closed without a response"),
    ),
    (
        "nothing, reset",
        "GET",
        "",
        Reset,
        Err("the connection was closed without a response"),
    ),
    (
        "nothing, open",
        "GET",
        "",
        Open,
        Err("the response did not come in time"),
    ),
    (
        "half a head",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Le",
        Closed,
        Err("the response ends too early"),
    ),
    (
        "half of the content",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc",
        Closed,
        Err("the response ends too early"),
    ),
    (
        "half of the content, open",
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc",
        Open,
        Err("the response did not come in time"),
    ),
    // Something else.
    (
        "another protocol",
        "GET",
        "SSH-2.0-OpenSSH_9.2\r\n",
        Open,
        Err("the response is no HTTP response"),
    ),
    (
        "HTTP/0.9",
        "GET",
        "<html>no head</html>\r\n",
        Closed,
        Err("the response is no HTTP response"),
    ),
    (
        "a line without a colon",
        "GET",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        Open,
        Err("the response is no HTTP response"),
    ),
];

/// Octets that come in pieces, and then the end.
struct Source<'s> {
    octets: &'s [u8],
    piece: usize,
    end: End,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.piece.min(self.octets.len()).min(buffer.len());
        if length > 0 {
            let (piece, rest) = self.octets.split_at(length);
            buffer[..length].copy_from_slice(piece);
            self.octets = rest;
            return Ok(length);
        }
        match self.end {
            Closed => Ok(0),
            // What a socket with a time-out says.
            Open => Err(io::ErrorKind::WouldBlock.into()),
            Reset => Err(io::ErrorKind::ConnectionReset.into()),
        }
    }
}

#[test]
fn responses_are_read_or_refused() {
    for (name, method, octets, end, expected) in ROWS {
        for piece in [usize::MAX, 1, 7] {
            let source = Source {
                octets: octets.as_bytes(),
                piece,
                end: *end,
            };
            let deadline = Instant::now() + Duration::from_secs(5);
            let read = Reader::new(source).response(method, deadline);
            match (read, expected) {
                (Ok(response), Ok((status, content, interim))) => {
                    let read = (response.status, response.content.as_slice());
                    assert_eq!(read, (*status, content.as_bytes()), "{name}, {piece}");
                    assert_eq!(response.interim, *interim, "{name}, {piece}");
                }
                (Err(fault), Err(start)) => {
                    let text = fault.to_string();
                    assert!(text.starts_with(start), "{name}, {piece}: {text}");
                }
                (read, _) => panic!("{name}, {piece}: {read:?}, expected {expected:?}"),
            }
        }
    }
}

/// On a connection that is kept, a response ends where the next begins.
#[test]
fn responses_follow_each_other() {
    let octets = b"HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n\
        HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n\
        HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\nbc";
    let source = Source {
        octets,
        piece: usize::MAX,
        end: Open,
    };
    let mut reader = Reader::new(source);
    let deadline = Instant::now() + Duration::from_secs(5);
    let mut next = || {
        reader
            .response("GET", deadline)
            .map(|response| (response.status, response.content))
    };
    assert_eq!(next(), Ok((304, Vec::new())));
    assert_eq!(next(), Ok((200, b"a".to_vec())));
    assert_eq!(next(), Ok((206, b"bc".to_vec())));
    assert_eq!(next(), Err(Fault::TimedOut));
}

/// A server that sends an octet now and then is given up when its time is over.
#[test]
fn a_slow_response_is_given_up() {
    struct Slow;
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(1));
            buffer[0] = b'H';
            Ok(1)
        }
    }
    let head = b"HTTP/1.1 200 OK\r\n\r\n".as_slice();
    let deadline = Instant::now() + Duration::from_millis(50);
    let read = Reader::new(head.chain(Slow)).response("GET", deadline);
    let fault = read.expect_err("it has no end");
    assert_eq!(*fault.cause(), Fault::TimedOut);
}

/// Octets without an end are not kept.
#[test]
fn an_endless_response_is_given_up() {
    for head in [
        "",
        "HTTP/1.1 200 OK\r\nA: ",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        let source = head.as_bytes().chain(io::repeat(b'0'));
        let deadline = Instant::now() + Duration::from_mins(1);
        let read = Reader::new(source).response("GET", deadline);
        let cause = read.as_ref().map_err(Fault::cause);
        let is_refused = matches!(cause, Err(Fault::TooLong | Fault::Garbage(_)));
        assert!(
            is_refused,
            "{head:?}: {:?}",
            read.map(|response| response.status)
        );
    }
}
