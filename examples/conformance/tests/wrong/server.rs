//! A server of two resources, right by the crate's own evaluation but for one mistake.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use http_preconditions::range::{RangePolicy, SeveralRanges};
use http_preconditions::{
    Decision, EntityTag, Evaluation, HttpDate, Options, Outcome, Representation,
};

use crate::mistakes::{Wrong, mistakes_before};

/// Sat, 29 Oct 1994 19:43:31 GMT.
pub(crate) const LAST_MODIFIED: i64 = 783_459_811;

pub(crate) type Fields = Vec<(String, Vec<u8>)>;

/// The content and the number of a version.
type Version = Option<(Vec<u8>, usize)>;

#[derive(Debug)]
struct State {
    wrong: Wrong,
    read: Mutex<Version>,
    written: Mutex<Version>,
    versions: Mutex<usize>,
}

/// Starts the server, which goes on until the process ends, and returns its address.
pub(crate) fn start(wrong: Wrong) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    // Octets that differ from their neighbours.
    let content: Vec<u8> = (b'a'..=b'z').cycle().take(1000).collect();
    let state = Arc::new(State {
        wrong,
        read: Mutex::new(Some((content, 0))),
        written: Mutex::new(None),
        versions: Mutex::new(0),
    });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let state = Arc::clone(&state);
            thread::spawn(move || {
                // A client that goes away ends its own connection.
                drop(serve(stream, &state));
            });
        }
    });
    format!("http://{address}")
}

fn serve(mut stream: TcpStream, state: &State) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head)? == 0 {
                return Ok(());
            }
        }
        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut lines);
        request.parse(&head).expect("the checker sends HTTP");
        let fields: Fields = request
            .headers
            .iter()
            .map(|line| (line.name.to_ascii_lowercase(), line.value.to_vec()))
            .collect();
        let length = value(&fields, "content-length").map_or(0, |value| {
            let text = String::from_utf8_lossy(value);
            text.parse().expect("it is a length")
        });
        let mut content = vec![0; length];
        reader.read_exact(&mut content)?;
        let method = request.method.unwrap_or_default();
        let path = request.path.unwrap_or_default();
        stream.write_all(&state.answer(method, path, &fields, content))?;
        if value(&fields, "connection").is_some() {
            return Ok(());
        }
    }
}

fn value<'f>(fields: &'f Fields, name: &str) -> Option<&'f [u8]> {
    let line = fields.iter().find(|(known, _)| known == name);
    line.map(|(_, value)| value.as_slice())
}

impl State {
    fn answer(&self, method: &str, path: &str, fields: &Fields, content: Vec<u8>) -> Vec<u8> {
        let resource = match path {
            "/read" => &self.read,
            "/written" => &self.written,
            _ => &Mutex::new(None),
        };
        let mut version = resource.lock().expect("no thread panics");
        let is_coded = path == "/read" && value(fields, "accept-encoding").is_some();
        let suffix = match self.wrong {
            Wrong::GivesCodingsOneTag => "",
            _ if is_coded => "-gzip",
            _ => "",
        };
        let tag = version.as_ref().map(|(_, number)| match self.wrong {
            Wrong::KeepsTheTag => "\"v,1\"".to_owned(),
            _ => format!("\"v,{number}{suffix}\""),
        });
        let mut fields = fields.clone();
        let method = match (self.wrong, method) {
            (Wrong::AnswersPostAsGet, "POST") => {
                fields.clear();
                "GET"
            }
            _ => method,
        };
        mistakes_before(self.wrong, method, tag.as_deref(), &mut fields);
        let known = match self.wrong {
            Wrong::ForgetsTheTagOfTheCoding => tag.as_ref().map(|tag| tag.replace("-gzip", "")),
            _ => tag.clone(),
        };
        let decision = self.decide(method, known.as_deref(), version.as_ref(), &fields);
        if self.wrong == Wrong::LosesUpdates && method == "PUT" {
            drop(version);
            thread::sleep(Duration::from_millis(20));
            version = resource.lock().expect("no thread panics");
        }
        match (decision.outcome(), method) {
            (Outcome::Perform, "PUT") => {
                let status = if version.is_some() { 204 } else { 201 };
                let mut versions = self.versions.lock().expect("no thread panics");
                *versions += 1;
                *version = Some((content, *versions));
                response(status, &[], b"", false)
            }
            (Outcome::Perform, "DELETE") => {
                *version = None;
                response(204, &[], b"", false)
            }
            (Outcome::Perform, "OPTIONS") => response(204, &[], b"", false),
            (Outcome::Perform | Outcome::NotModified, "GET" | "HEAD") => {
                let (content, _) = version.as_ref().expect("it is there");
                let mut content = content.clone();
                if is_coded {
                    // Nobody decodes it.
                    content.reverse();
                }
                self.representation(method, &decision, tag.as_deref(), &content, is_coded)
            }
            (Outcome::PreconditionFailed, "PUT") if self.wrong == Wrong::SendsNotModifiedToPut => {
                response(304, &[], b"", false)
            }
            _ => response(decision.status(), &[], b"no\n", method == "HEAD"),
        }
    }

    fn decide(
        &self,
        method: &str,
        tag: Option<&str>,
        version: Option<&(Vec<u8>, usize)>,
        fields: &Fields,
    ) -> Decision {
        let date = HttpDate::from_unix(LAST_MODIFIED).expect("it is a date");
        let current = tag.zip(version).map(|(tag, (content, _))| {
            let tag = EntityTag::parse(tag.as_bytes()).expect("it is a tag");
            let current = Representation::with_strong_date(Some(tag), Some(date));
            current.complete_length(content.len() as u64)
        });
        let status = match (method, current.is_some()) {
            ("PUT", false) => 201,
            ("OPTIONS" | "PUT" | "DELETE", true) => 204,
            ("GET" | "HEAD", true) => 200,
            ("GET" | "HEAD" | "DELETE", false) if self.wrong == Wrong::HidesNotFound => 412,
            ("GET" | "HEAD" | "DELETE", false) => 404,
            _ => 405,
        };
        let policy = RangePolicy::new().several(SeveralRanges::Ignore);
        let now = HttpDate::try_from(SystemTime::now()).expect("it is a date");
        let options = Options::new()
            .now(now)
            .unconditional_status(status)
            .range_policy(policy);
        let method = match self.wrong {
            Wrong::HonoursRangeOnHead if method == "HEAD" => "GET",
            _ => method,
        };
        let evaluate = |skipped: &[&str]| {
            let lines = fields.iter();
            let lines = lines.filter(|(name, _)| !skipped.contains(&name.as_str()));
            let lines = lines.map(|(name, value)| (name, value));
            Evaluation::with_options(method, current.as_ref(), options)
                .fields(lines)
                .decide()
        };
        let decision = evaluate(&[]);
        match self.wrong {
            Wrong::HidesNotFound if status == 412 => {
                let has_if_match = value(fields, "if-match").is_some();
                let options = options.unconditional_status(if has_if_match { 412 } else { 404 });
                Evaluation::with_options(method, None, options).decide()
            }
            Wrong::CountsTheDateBesideTags => {
                let by_date = evaluate(&["if-none-match"]);
                if by_date.status() == 304 {
                    by_date
                } else {
                    decision
                }
            }
            Wrong::CountsTheDateBesideIfMatch => {
                let by_date = evaluate(&["if-match"]);
                if by_date.status() == 412 {
                    by_date
                } else {
                    decision
                }
            }
            Wrong::ReadsRangeBeforeConditions => {
                let alone = evaluate(&["if-match", "if-none-match", "if-unmodified-since"]);
                if alone.status() == 416 {
                    alone
                } else {
                    decision
                }
            }
            _ => decision,
        }
    }

    fn representation(
        &self,
        method: &str,
        decision: &Decision,
        tag: Option<&str>,
        content: &[u8],
        is_coded: bool,
    ) -> Vec<u8> {
        let date = HttpDate::from_unix(LAST_MODIFIED).expect("it is a date");
        let status = decision.status();
        let mut fields = vec![("Cache-Control", "no-cache".to_owned())];
        let is_bare = self.wrong == Wrong::SendsNotModifiedWithoutTag && status == 304;
        fields.extend(
            tag.filter(|_| !is_bare && status != 416)
                .map(|tag| ("ETag", tag.to_owned())),
        );
        if self.wrong != Wrong::SendsNotModifiedWithoutVary || status != 304 {
            fields.push(("Vary", "Accept-Encoding".to_owned()));
        }
        if is_coded && matches!(status, 200 | 206) {
            fields.push(("Content-Encoding", "gzip".to_owned()));
        }
        if matches!(status, 200 | 206) {
            fields.push(("Last-Modified", date.to_string()));
            fields.push(("Content-Type", "text/plain".to_owned()));
        }
        if self.wrong != Wrong::SendsNoUnsatisfiedRange || status != 416 {
            let content_range = decision.content_range();
            fields.extend(content_range.map(|value| ("Content-Range", value.to_string())));
        }
        let part = match decision.range() {
            Some(range) if status == 206 => {
                let first = usize::try_from(range.first()).expect("it is in memory");
                let end = usize::try_from(range.end()).expect("it is in memory");
                if self.wrong == Wrong::SendsOtherOctets && end < content.len() {
                    &content[first + 1..=end]
                } else {
                    &content[first..end]
                }
            }
            _ if matches!(status, 304 | 416) => b"",
            _ => content,
        };
        match (status, self.wrong) {
            (304, Wrong::SendsALengthOfNothing) => fields.push(("Content-Length", "0".to_owned())),
            (304, Wrong::SendsContentWithNotModified) => {
                let mut octets = response(304, &fields, b"", true);
                octets.extend(b"not modified");
                return octets;
            }
            _ => {}
        }
        response(status, &fields, part, method == "HEAD")
    }
}

fn response(status: u16, fields: &[(&str, String)], content: &[u8], is_head: bool) -> Vec<u8> {
    let date = HttpDate::try_from(SystemTime::now()).expect("it is a date");
    let mut lines = vec![format!("HTTP/1.1 {status} "), format!("Date: {date}")];
    lines.extend(
        fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    if !matches!(status, 204 | 304) {
        lines.push(format!("Content-Length: {}", content.len()));
    }
    let mut octets = format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes();
    if !is_head {
        octets.extend(content);
    }
    octets
}
