//! Reads responses from a source of octets, as RFC 9112 §6.3 frames them.

use std::io::{self, Read};
use std::time::Instant;

use crate::wire::fault::Fault;
use crate::wire::message::{Field, Response, text};

/// The longest head, and the longest line of a chunk or a trailer.
const MAX_HEAD: usize = 64 << 10;

/// The longest content, in octets.
pub const MAX_CONTENT: usize = 32 << 20;

const MAX_FIELDS: usize = 200;

/// Reads the responses of one connection.
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    /// What was read and not used yet.
    buffer: Vec<u8>,
}

impl<R: Read> Reader<R> {
    /// A reader of a connection on which nothing was read.
    pub const fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
        }
    }

    pub(super) const fn source(&mut self) -> &mut R {
        &mut self.source
    }

    /// Reads the response to a request with this method, behind all interim responses.
    ///
    /// # Errors
    ///
    /// If there is none, or it is not whole. A source that never times out by itself is given up
    /// with the first octet after the deadline.
    pub fn response(&mut self, method: &str, deadline: Instant) -> Result<Response, Fault> {
        let mut interim = Vec::new();
        loop {
            let mut response = self.head(deadline)?;
            match response.status {
                // §15.2.2 of RFC 9110: nobody asked for another protocol.
                101 => return Err(Fault::Garbage("101 without Upgrade".to_owned())),
                100..=199 => interim.push(response.status),
                _ => {
                    response.content = match self.content(method, &response, deadline) {
                        Ok(content) => content,
                        Err(cause) => return Err(self.cut(response, cause)),
                    };
                    response.interim = interim;
                    return Ok(response);
                }
            }
            if interim.len() > 20 {
                return Err(Fault::TooLong);
            }
        }
    }

    /// What else the connection has, until it ends or its time is over.
    pub(super) fn surplus(&mut self) -> Vec<u8> {
        while self.buffer.len() < MAX_HEAD && self.more(None).is_ok_and(|read| read > 0) {}
        std::mem::take(&mut self.buffer)
    }

    /// A response whose content is not whole, with what is there of it.
    fn cut(&mut self, mut head: Response, cause: Fault) -> Fault {
        head.content = std::mem::take(&mut self.buffer);
        Fault::Content {
            head: Box::new(head),
            cause: Box::new(cause),
        }
    }

    fn head(&mut self, deadline: Instant) -> Result<Response, Fault> {
        loop {
            if let Some(parsed) = parse(&self.buffer)? {
                let (response, length) = parsed;
                self.buffer.drain(..length);
                return Ok(response);
            }
            if self.buffer.len() >= MAX_HEAD {
                return Err(Fault::TooLong);
            }
            if self.more(Some(deadline))? == 0 {
                return Err(if self.buffer.is_empty() {
                    Fault::Closed
                } else {
                    Fault::Truncated
                });
            }
        }
    }

    fn content(
        &mut self,
        method: &str,
        response: &Response,
        deadline: Instant,
    ) -> Result<Vec<u8>, Fault> {
        if method == "HEAD" || matches!(response.status, 204 | 304) {
            return Ok(Vec::new());
        }
        if let Some(coding) = response.combined("Transfer-Encoding") {
            let last = coding.rsplit(|octet| *octet == b',').next();
            let is_chunked =
                last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"chunked"));
            return if is_chunked {
                self.chunks(deadline)
            } else {
                self.until_the_end(deadline)
            };
        }
        match content_length(response)? {
            Some(length) => self.exactly(length, deadline),
            None => self.until_the_end(deadline),
        }
    }

    fn exactly(&mut self, length: usize, deadline: Instant) -> Result<Vec<u8>, Fault> {
        if length > MAX_CONTENT {
            return Err(Fault::TooLong);
        }
        while self.buffer.len() < length {
            if self.more(Some(deadline))? == 0 {
                return Err(Fault::Truncated);
            }
        }
        Ok(self.buffer.drain(..length).collect())
    }

    fn until_the_end(&mut self, deadline: Instant) -> Result<Vec<u8>, Fault> {
        while self.more(Some(deadline))? > 0 {
            if self.buffer.len() > MAX_CONTENT {
                return Err(Fault::TooLong);
            }
        }
        Ok(std::mem::take(&mut self.buffer))
    }

    /// RFC 9112 §7.1, with extensions and trailers, which are passed over.
    fn chunks(&mut self, deadline: Instant) -> Result<Vec<u8>, Fault> {
        let mut content = Vec::new();
        loop {
            let line = self.line(deadline)?;
            let size = line.split(|octet| *octet == b';').next();
            let size = size.and_then(|size| std::str::from_utf8(size.trim_ascii()).ok());
            let is_digits = |size: &&str| size.bytes().all(|octet| octet.is_ascii_hexdigit());
            let size = size
                .filter(is_digits)
                .and_then(|size| usize::from_str_radix(size, 16).ok());
            let Some(size) = size else {
                return Err(Fault::Garbage("a chunk has no size".to_owned()));
            };
            if size == 0 {
                break;
            }
            if size > MAX_CONTENT || content.len() + size > MAX_CONTENT {
                return Err(Fault::TooLong);
            }
            content.extend(self.exactly(size, deadline)?);
            if !self.line(deadline)?.is_empty() {
                return Err(Fault::Garbage("a chunk is longer than its size".to_owned()));
            }
        }
        let mut trailers = 0;
        while !self.line(deadline)?.is_empty() {
            trailers += 1;
            if trailers > MAX_FIELDS {
                return Err(Fault::TooLong);
            }
        }
        Ok(content)
    }

    /// Reads a line, and returns it without its end.
    fn line(&mut self, deadline: Instant) -> Result<Vec<u8>, Fault> {
        loop {
            if let Some(end) = self.buffer.iter().position(|octet| *octet == b'\n') {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            if self.buffer.len() >= MAX_HEAD {
                return Err(Fault::TooLong);
            }
            if self.more(Some(deadline))? == 0 {
                return Err(Fault::Truncated);
            }
        }
    }

    /// Reads what is there, and returns how much it is: 0 at the end.
    fn more(&mut self, deadline: Option<Instant>) -> Result<usize, Fault> {
        let mut octets = [0; 16 << 10];
        if deadline.is_some_and(|deadline| Instant::now() > deadline) {
            return Err(Fault::TimedOut);
        }
        let read = loop {
            match self.source.read(&mut octets) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // What a server sends to a client that has not been read to its end.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break 0,
                read => break read?,
            }
        };
        self.buffer.extend(&octets[..read]);
        Ok(read)
    }
}

/// The head at the start of these octets and its length; `None` if there is more to come.
fn parse(octets: &[u8]) -> Result<Option<(Response, usize)>, Fault> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Response::new(&mut fields);
    let garbage = |error: httparse::Error| {
        let line = octets.split(|octet| *octet == b'\n').next();
        let line = line.unwrap_or_default().trim_ascii();
        let line = text(&line[..line.len().min(80)]);
        Fault::Garbage(format!("{error}: {line}"))
    };
    let httparse::Status::Complete(length) = head.parse(octets).map_err(garbage)? else {
        return Ok(None);
    };
    let field = |field: &httparse::Header<'_>| -> Field {
        (field.name.to_owned(), field.value.trim_ascii().to_vec())
    };
    let response = Response {
        status: head.code.unwrap_or_default(),
        fields: head.headers.iter().map(field).collect(),
        head: octets[..length].to_vec(),
        ..Response::default()
    };
    Ok(Some((response, length)))
}

/// The length of the content. Lines that differ are no length.
fn content_length(response: &Response) -> Result<Option<usize>, Fault> {
    let mut lengths = response.values("Content-Length").map(|value| {
        let digits = std::str::from_utf8(value).ok();
        let digits = digits.filter(|text| text.bytes().all(|octet| octet.is_ascii_digit()));
        digits.and_then(|digits| digits.parse::<usize>().ok())
    });
    let Some(first) = lengths.next() else {
        return Ok(None);
    };
    match first {
        Some(length) if lengths.all(|other| other == Some(length)) => Ok(Some(length)),
        _ => Err(Fault::Garbage("Content-Length is no length".to_owned())),
    }
}
