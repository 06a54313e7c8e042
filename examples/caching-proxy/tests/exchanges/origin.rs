//! An origin that answers by a script, and says what it did not expect.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::message::Message;

/// The Date of all responses that have no other.
const DATE: &str = "Sat, 29 Oct 1994 19:45:00 GMT";

#[derive(Default)]
struct Script {
    /// What the origin must see, and what it answers.
    exchanges: VecDeque<(String, String)>,
    complaints: Vec<String>,
}

pub(crate) struct Origin {
    pub(crate) url: String,
    script: Arc<Mutex<Script>>,
    held: Receiver<Sender<()>>,
}

impl Origin {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let script = Arc::<Mutex<Script>>::default();
        let shared = Arc::clone(&script);
        let (holds, held) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, holds) = (Arc::clone(&shared), holds.clone());
                // A proxy that is gone is no matter.
                thread::spawn(move || drop(answer(&stream, &script, &holds)));
            }
        });
        Self { url, script, held }
    }

    /// Adds what comes next.
    pub(crate) fn expect(&self, exchanges: Vec<(String, String)>) {
        let mut script = self.script.lock().expect("no panic");
        script.exchanges.extend(exchanges);
    }

    /// Waits until the origin holds an answer, which it sends on once what this returns is dropped.
    pub(crate) fn held(&self) -> Option<Sender<()>> {
        self.held.recv_timeout(Duration::from_secs(5)).ok()
    }

    /// Returns what was not as expected.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let mut script = self.script.lock().expect("no panic");
        let missed: Vec<_> = script.exchanges.drain(..).collect();
        let missed = missed
            .iter()
            .map(|(sees, _)| format!("the origin did not see {sees:?}"));
        let mut complaints = std::mem::take(&mut script.complaints);
        complaints.extend(missed);
        complaints
    }
}

fn answer(
    mut stream: &TcpStream,
    script: &Mutex<Script>,
    holds: &Sender<Sender<()>>,
) -> io::Result<()> {
    let request = read(stream)?;
    let mut script = script.lock().expect("no panic");
    let next = script.exchanges.pop_front();
    let complaint = match &next {
        Some((sees, _)) => request.differs(sees),
        None => Some("nothing is expected".to_owned()),
    };
    let complaint = complaint.map(|why| format!("the origin got {request:?}: {why}"));
    script.complaints.extend(complaint);
    let answer = next.map_or("400".to_owned(), |(_, answer)| answer);
    drop(script);
    if answer == "nothing" {
        return Ok(());
    }
    let mut answer = Message::parse(&answer);
    let has_length = !matches!(answer.start.trim_start_matches('^'), "204" | "304");
    let has_length = has_length && answer.get("Transfer-Encoding").is_none();
    let octets = answer.content.iter().filter(|octet| **octet != b'^');
    let length = has_length.then_some(octets.count());
    let mut add = |name: &str, value: &str| {
        if answer.get(name).is_none() {
            answer.fields.push((name.to_owned(), value.to_owned()));
        }
    };
    add("Date", DATE);
    add("Connection", "close");
    if let Some(length) = length {
        add("Content-Length", &length.to_string());
    }
    let mut head = format!("HTTP/1.1 {} .\r\n", answer.start);
    for (name, value) in &answer.fields {
        head.push_str(&[name, ": ", value, "\r\n"].concat());
    }
    head.push_str("\r\n");
    let mut octets = head.into_bytes();
    octets.extend(answer.content);
    let mut pieces = octets.split(|octet| *octet == b'^');
    stream.write_all(pieces.next().unwrap_or_default())?;
    for piece in pieces {
        let (release, released) = channel();
        // A test that has ended releases all.
        let _ = holds.send(release);
        let _ = released.recv();
        stream.write_all(piece)?;
    }
    Ok(())
}

/// Reads a request.
fn read(stream: &TcpStream) -> io::Result<Message> {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines();
    let start = lines.next().transpose()?.unwrap_or_default();
    let start = start.trim_end_matches(" HTTP/1.1").to_owned();
    let head = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty());
    let fields = head.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_owned(), value.to_owned()))
    });
    let mut request = Message {
        start,
        fields: fields.collect(),
        content: Vec::new(),
    };
    let length = request
        .get("Content-Length")
        .and_then(|length| length.parse().ok());
    request.content.resize(length.unwrap_or(0), 0);
    reader.read_exact(&mut request.content)?;
    Ok(request)
}
