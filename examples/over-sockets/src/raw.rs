//! Requests as they stand on the wire, and answers that are read as slowly as one likes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer whose head has arrived.
#[derive(Debug)]
pub struct Incoming {
    /// The status code.
    pub status: u16,
    head: String,
    content: BufReader<TcpStream>,
}

impl Incoming {
    /// Sends a request with these field lines to a target that is in no normal form, and reads the
    /// head of the answer.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    #[must_use]
    pub fn ask(authority: &str, method: &str, target: &str, lines: &[&str]) -> Self {
        let mut stream = TcpStream::connect(authority).expect("the server listens");
        let limit = Some(Duration::from_mins(1));
        stream.set_read_timeout(limit).expect("it is not zero");
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {authority}\r\n");
        for line in lines {
            request += line;
            request += "\r\n";
        }
        request += "Connection: close\r\n\r\n";
        stream
            .write_all(request.as_bytes())
            .expect("the server reads");

        let mut content = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = content.read_line(&mut head);
            let ended = !read.is_ok_and(|length| length > 0);
            assert!(!ended, "{method} {target}: {head:?}");
        }
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Self {
            status: status.unwrap_or_else(|| panic!("{head}")),
            head,
            content,
        }
    }

    /// The value of a field, whose name is given in lower case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let line = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        line.map(|(_, value)| value)
    }

    /// The announced length.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    pub fn length(&self) -> u64 {
        let length = self.field("content-length");
        let length = length.and_then(|length| length.parse().ok());
        length.unwrap_or_else(|| panic!("no length: {}", self.head))
    }

    /// Reads the next octets of the content, and no more.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn read(&mut self, length: usize) -> Vec<u8> {
        let mut octets = vec![0; length];
        self.content
            .read_exact(&mut octets)
            .expect("there are so many");
        octets
    }

    /// Reads until the connection ends, however it ends.
    #[must_use]
    pub fn rest(mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        // What arrived before an error is there.
        drop(self.content.read_to_end(&mut octets));
        octets
    }

    /// Reads over so many octets of the content, without keeping them.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn skip(&mut self, length: u64) {
        let mut content = self.content.by_ref().take(length);
        let skipped = io::copy(&mut content, &mut io::sink());
        assert_eq!(skipped.ok(), Some(length), "{}", self.head);
    }
}
