//! The proxy as a process, and a client of it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::message::Message;

/// A running proxy, which ends when this is dropped.
pub(crate) struct Proxy {
    process: Child,
    address: String,
}

impl Proxy {
    pub(crate) fn start(origin: &str, stderr: Stdio) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_example-caching-proxy"))
            .args(["--listen", "127.0.0.1:0", "--origin", origin])
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("the proxy starts");
        let mut url = String::new();
        let output = process.stdout.take().expect("it is piped");
        BufReader::new(output)
            .read_line(&mut url)
            .expect("the proxy prints its URL");
        let address = url.trim().trim_start_matches("http://").to_owned();
        Self { process, address }
    }

    pub(crate) fn log(&mut self) -> ChildStderr {
        self.process.stderr.take().expect("it is piped")
    }

    /// Sends a request, and reads what comes until the connection ends.
    pub(crate) fn exchange(&self, request: &Message) -> Message {
        let mut stream = TcpStream::connect(&self.address).expect("the proxy listens");
        let mut head = format!("{} HTTP/1.1\r\nHost: client.example\r\n", request.start);
        if request.get("Connection").is_none() {
            head.push_str("Connection: close\r\n");
        }
        for (name, value) in &request.fields {
            head.push_str(&[name, ": ", value, "\r\n"].concat());
        }
        if !request.content.is_empty() {
            let length = request.content.len().to_string();
            head.push_str(&["Content-Length: ", &length, "\r\n"].concat());
        }
        head.push_str("\r\n");
        let mut octets = head.into_bytes();
        octets.extend(&request.content);
        stream.write_all(&octets).expect("the proxy reads");
        let mut received = Vec::new();
        // A connection that is cut ends what was received.
        let _ = stream.read_to_end(&mut received);
        response(&received)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn response(received: &[u8]) -> Message {
    let end = received.windows(4).position(|octets| octets == b"\r\n\r\n");
    let (head, content) = received.split_at(end.map_or(received.len(), |end| end + 4));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let start = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .unwrap_or_default();
    let fields = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_owned(), value.to_owned()))
    });
    let mut response = Message {
        start: start.to_owned(),
        fields: fields.collect(),
        content: content.to_vec(),
    };
    if response.get("Transfer-Encoding").is_some() {
        response.content = unchunked(content);
    }
    response
}

/// Returns the content of these chunks, as far as they arrived.
fn unchunked(mut chunks: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    while let Some(end) = chunks.windows(2).position(|octets| octets == b"\r\n") {
        let size = String::from_utf8_lossy(&chunks[..end]);
        let size = usize::from_str_radix(&size, 16).unwrap_or(0);
        let Some(chunk) = chunks.get(end + 2..end + 2 + size).filter(|_| size > 0) else {
            break;
        };
        content.extend(chunk);
        chunks = chunks.get(end + 4 + size..).unwrap_or_default();
    }
    content
}
