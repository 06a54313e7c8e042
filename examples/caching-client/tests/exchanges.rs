//! The client against a server that changes what it has, and cuts connections. The transcripts in
//! README.md are what comes out here.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;

use http_preconditions::{EntityTag, Evaluation, HttpDate, Outcome, Representation};

/// What the server does with the next requests.
#[derive(Clone)]
struct Page {
    content: Vec<u8>,
    etag: Option<&'static str>,
    last_modified: Option<&'static str>,
    date: &'static str,
    cache_control: &'static str,
    /// Each connection is cut behind so many octets of content.
    cut: Option<usize>,
    /// As servers do that do not know If-Range.
    ignores_if_range: bool,
    /// A 200 without Content-Length.
    chunked: bool,
    /// A 206 has at most so many octets.
    most: Option<usize>,
    /// The `ETag` of a 304, made from that of a 200.
    etag_of_304: fn(Option<&'static str>) -> Option<&'static str>,
    /// Each request for a range gets a 304.
    ranges_get_304: bool,
}

const PAGE: Page = Page {
    content: Vec::new(),
    etag: Some("\"v1,en\""),
    last_modified: None,
    date: "Sat, 29 Oct 1994 19:45:00 GMT",
    cache_control: "no-cache",
    cut: None,
    ignores_if_range: false,
    chunked: false,
    most: None,
    etag_of_304: |etag| etag,
    ranges_get_304: false,
};

/// A version of 1,000 octets, each of which is of this version alone.
fn version(letter: u8) -> Vec<u8> {
    vec![letter; 1000]
}

struct Server {
    url: String,
    page: Arc<Mutex<Page>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/page", listener.local_addr().expect("bound"));
        let page = Arc::new(Mutex::new(PAGE));
        let served = Arc::clone(&page);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let page = served.lock().expect("no panic").clone();
                // A client that is gone is no matter.
                let _ = answer(&stream, &page);
            }
        });
        Self { url, page }
    }

    fn has(&self, page: Page) {
        *self.page.lock().expect("no panic") = page;
    }
}

fn answer(mut stream: &TcpStream, page: &Page) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    let head = lines.map_while(Result::ok);
    let head: Vec<String> = head.take_while(|line| !line.is_empty()).collect();
    let fields = head.iter().filter_map(|line| line.split_once(':'));
    let fields =
        fields.filter(|(name, _)| !page.ignores_if_range || !name.eq_ignore_ascii_case("If-Range"));

    // What is no tag is sent all the same, as some servers do.
    let etag = page
        .etag
        .and_then(|tag| EntityTag::parse(tag.as_bytes()).ok());
    let mut current = Representation::with_validators(etag, None);
    if let Some(date) = page.last_modified {
        current = current.strong_last_modified(HttpDate::parse(date.as_bytes()).expect("a date"));
    }
    let current = current.complete_length(page.content.len() as u64);
    let method = request.split(' ').next().unwrap_or_default();
    let range = fields
        .clone()
        .find(|(name, _)| name.eq_ignore_ascii_case("Range"));
    if page.ranges_get_304 && range.is_some() {
        return stream.write_all(b"HTTP/1.1 304 .\r\nConnection: close\r\n\r\n");
    }
    let decision = Evaluation::new(method, Some(&current))
        .fields(fields)
        .decide();

    let mut head = format!("HTTP/1.1 {} .\r\nConnection: close\r\n", decision.status());
    let mut line = |name: &str, value: &str| {
        head.push_str(&[name, ": ", value, "\r\n"].concat());
    };
    line("Date", page.date);
    line("Cache-Control", page.cache_control);
    let tag = match decision.outcome() {
        Outcome::NotModified => (page.etag_of_304)(page.etag),
        _ => page.etag,
    };
    if let Some(tag) = tag {
        line("ETag", tag);
    }
    if let Some(date) = page.last_modified {
        line("Last-Modified", date);
    }
    let mut content = &page.content[..];
    if decision.outcome() == Outcome::NotModified {
        content = &[];
    } else {
        let value = range.map_or("", |(_, value)| value);
        if let Some(range) = decision.ranges(value.as_bytes()).next() {
            let first = usize::try_from(range.first()).expect("within");
            let most = page.most.unwrap_or(usize::MAX);
            content = &content[first..first.saturating_add(most).min(content.len())];
            let last = range.first() + content.len() as u64 - 1;
            let length = page.content.len();
            line("Content-Range", &format!("bytes {first}-{last}/{length}"));
        } else if let Some(field) = decision.content_range() {
            line("Content-Range", &field.to_string());
        }
        if page.chunked && decision.status() == 200 {
            line("Transfer-Encoding", "chunked");
        } else {
            line("Content-Length", &content.len().to_string());
        }
    }
    let is_chunked = head.contains("Transfer-Encoding");
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    if is_chunked {
        write!(stream, "{:x}\r\n", content.len())?;
    }
    stream.write_all(&content[..content.len().min(page.cut.unwrap_or(usize::MAX))])?;
    if is_chunked && page.cut.is_none() {
        stream.write_all(b"\r\n0\r\n\r\n")?;
    }
    Ok(())
}

fn run(cache: &Path, url: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caching-client"));
    let command = command.arg("--cache").arg(cache).arg(url);
    command.output().expect("it runs")
}

/// Runs the client once; `said` are lines that it says.
#[track_caller]
fn assert_run(cache: &Path, server: &Server, code: i32, content: &[u8], said: &[&str]) -> String {
    let output = run(cache, &server.url);
    let transcript = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(code), "{transcript}");
    assert!(output.stdout == content, "other content:\n{transcript}");
    for line in said {
        assert!(
            transcript.lines().any(|other| other == *line),
            "{line}:\n{transcript}"
        );
    }
    transcript.replace(&server.url, "http://localhost:8000/page")
}

#[test]
fn the_transcripts_of_the_readme_are_what_happens() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path();
    let server = Server::start();
    let v1 = Page {
        content: version(b'1'),
        ..PAGE
    };
    let v2 = Page {
        content: version(b'2'),
        etag: Some("\"v2,en\""),
        ..PAGE
    };
    let v3 = Page {
        content: version(b'3'),
        etag: Some("\"v3,en\""),
        ..PAGE
    };
    let mut transcripts = Vec::new();

    // A cut, and the rest.
    server.has(Page {
        cut: Some(600),
        ..v1.clone()
    });
    let cut = ["< 200 OK", "< etag: \"v1,en\""];
    transcripts.push(assert_run(cache, &server, 3, b"", &cut));
    server.has(v1.clone());
    let rest = [
        "> range: bytes=600-",
        "> if-range: \"v1,en\"",
        "< 206 Partial Content",
    ];
    transcripts.push(assert_run(cache, &server, 0, &v1.content, &rest));

    // A 304, and a field that it adds.
    server.has(Page {
        cache_control: "max-age=60",
        ..v1.clone()
    });
    let freshened = [
        "> if-none-match: \"v1,en\"",
        "< 304 Not Modified",
        "* freshened, 1000 octets from the cache",
    ];
    transcripts.push(assert_run(cache, &server, 0, &v1.content, &freshened));
    let head = std::fs::read_dir(cache)
        .expect("there")
        .flatten()
        .find(|file| {
            file.path()
                .extension()
                .is_some_and(|extension| extension == "head")
        });
    let head = std::fs::read_to_string(head.expect("there").path()).expect("text");
    assert!(head.contains("cache-control:max-age=60") && head.contains("content-length:1000"));

    // Changed, and cut; changed again in between.
    server.has(Page {
        cut: Some(600),
        ..v2.clone()
    });
    let changed = ["> if-none-match: \"v1,en\"", "< 200 OK"];
    transcripts.push(assert_run(cache, &server, 3, b"", &changed));
    server.has(v3.clone());
    let in_between = ["> if-range: \"v2,en\"", "< 200 OK", "< etag: \"v3,en\""];
    transcripts.push(assert_run(cache, &server, 0, &v3.content, &in_between));

    // The same with a server that does not know If-Range.
    server.has(Page {
        cut: Some(600),
        ..v1.clone()
    });
    assert_run(cache, &server, 3, b"", &[]);
    server.has(Page {
        ignores_if_range: true,
        ..v2.clone()
    });
    let refused = [
        "< 206 Partial Content",
        "* not put behind what is here (DifferentVersion): all of it again",
        "< 200 OK",
    ];
    transcripts.push(assert_run(cache, &server, 0, &v2.content, &refused));

    // What the connection says of a cut is the platform's.
    let told = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("* cut"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let readme = told(include_str!("../README.md"));
    for transcript in transcripts {
        assert!(
            readme.contains(&told(&transcript)),
            "README.md lacks\n{transcript}"
        );
    }
}

#[test]
fn what_has_no_strong_validator_is_downloaded_again() {
    let weak = [
        (Some("W/\"v1\""), None),
        (None, None),
        // Sent within the minute after it was modified.
        (None, Some("Sat, 29 Oct 1994 19:44:01 GMT")),
        (Some("W/\"v1\""), Some("Sat, 29 Oct 1994 19:44:01 GMT")),
        (Some("v1"), Some("Sat, 29 Oct 1994 19:44:01 GMT")),
    ];
    let server = Server::start();
    for (etag, last_modified) in weak {
        let folder = tempfile::tempdir().expect("a folder");
        let page = Page {
            content: version(b'1'),
            etag,
            last_modified,
            ..PAGE
        };
        server.has(Page {
            cut: Some(600),
            ..page.clone()
        });
        assert_run(folder.path(), &server, 3, b"", &[]);
        server.has(Page {
            content: version(b'2'),
            ..page
        });
        let transcript = assert_run(folder.path(), &server, 0, &version(b'2'), &["< 200 OK"]);
        assert!(!transcript.contains("range:"), "{transcript}");
    }
}

#[test]
fn a_strong_date_resumes_and_many_cuts_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let page = Page {
        content: (0..1000_u32).map(|index| index.to_le_bytes()[0]).collect(),
        etag: None,
        last_modified: Some("Sat, 29 Oct 1994 19:43:31 GMT"),
        cut: Some(300),
        ..PAGE
    };
    server.has(page.clone());
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    for _ in 0..2 {
        let date = "> if-range: Sat, 29 Oct 1994 19:43:31 GMT";
        assert_run(
            folder.path(),
            &server,
            3,
            b"",
            &[date, "< 206 Partial Content"],
        );
    }
    let last = ["> range: bytes=900-", "< 206 Partial Content"];
    assert_run(folder.path(), &server, 0, &page.content, &last);
    let since = [
        "> if-modified-since: Sat, 29 Oct 1994 19:43:31 GMT",
        "< 304 Not Modified",
    ];
    assert_run(folder.path(), &server, 0, &page.content, &since);
}

/// A date may not stand in If-Range beside a tag, weak as it is.
#[test]
fn a_weak_tag_beside_a_strong_date_resumes_if_unmodified() {
    let server = Server::start();
    let page = Page {
        content: version(b'1'),
        etag: Some("W/\"v1\""),
        last_modified: Some("Sat, 29 Oct 1994 19:43:31 GMT"),
        ..PAGE
    };
    let cut = |page: &Page| Page {
        cut: Some(600),
        ..page.clone()
    };
    let since = "> if-unmodified-since: Sat, 29 Oct 1994 19:43:31 GMT";

    let folder = tempfile::tempdir().expect("a folder");
    server.has(cut(&page));
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    server.has(page.clone());
    let rest = [since, "< 206 Partial Content"];
    assert_run(folder.path(), &server, 0, &page.content, &rest);

    let folder = tempfile::tempdir().expect("a folder");
    server.has(cut(&page));
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    let changed = Page {
        content: version(b'2'),
        etag: Some("W/\"v2\""),
        last_modified: Some("Sat, 29 Oct 1994 19:43:32 GMT"),
        ..page
    };
    server.has(changed.clone());
    let again = [since, "* another version: all of it again", "< 200 OK"];
    assert_run(folder.path(), &server, 0, &changed.content, &again);
}

/// All had arrived when the connection was cut, and nobody knew.
#[test]
fn a_416_tells_that_all_is_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let page = Page {
        content: version(b'1'),
        chunked: true,
        ..PAGE
    };
    let cut = Page {
        cut: Some(1000),
        ..page.clone()
    };
    server.has(cut.clone());
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    server.has(page.clone());
    let complete = [
        "> range: bytes=1000-",
        "< content-range: bytes */1000",
        "* there is no more: 1000 octets are all",
    ];
    let transcript = assert_run(folder.path(), &server, 0, &page.content, &complete);
    assert!(!transcript.contains("< 200"), "{transcript}");
    let current = ["> if-none-match: \"v1,en\"", "< 304 Not Modified"];
    assert_run(folder.path(), &server, 0, &page.content, &current);

    // A server that does not know If-Range has another version, which is shorter.
    let folder = tempfile::tempdir().expect("a folder");
    server.has(cut);
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    let shorter = Page {
        content: vec![b'2'; 700],
        ignores_if_range: true,
        ..page
    };
    server.has(shorter.clone());
    let again = ["< content-range: bytes */700", "< 200 OK"];
    let transcript = assert_run(folder.path(), &server, 0, &shorter.content, &again);
    assert!(
        transcript.contains("* not all that there is"),
        "{transcript}"
    );
}

#[test]
fn a_304_does_not_make_a_part_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let page = Page {
        content: version(b'1'),
        ..PAGE
    };
    server.has(Page {
        cut: Some(600),
        ..page.clone()
    });
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    server.has(Page {
        ranges_get_304: true,
        ..page.clone()
    });
    let again = [
        "> range: bytes=600-",
        "< 304 Not Modified",
        "* nobody asked whether a part is current: all of it again",
        "< 200 OK",
    ];
    assert_run(folder.path(), &server, 0, &page.content, &again);
}

/// Some servers send a 304 without `ETag`, and some send one that nobody asked about.
#[test]
fn a_304_is_about_what_was_asked_or_the_whole_is_loaded_again() {
    let server = Server::start();
    let page = Page {
        content: version(b'1'),
        ..PAGE
    };
    let bare = Page {
        etag_of_304: |_| None,
        cache_control: "max-age=60",
        ..page.clone()
    };
    let other = Page {
        etag_of_304: |_| Some("\"v9,en\""),
        ..page.clone()
    };
    let rows: [(Page, &[&str]); 2] = [
        (
            bare,
            &[
                "< 304 Not Modified",
                "* current, 1000 octets from the cache",
            ],
        ),
        (
            other,
            &[
                "< 304 Not Modified",
                "* the 304 is about another response: all of it again",
                "< 200 OK",
            ],
        ),
    ];
    for (then, said) in rows {
        let folder = tempfile::tempdir().expect("a folder");
        server.has(page.clone());
        assert_run(folder.path(), &server, 0, &page.content, &["< 200 OK"]);
        server.has(then.clone());
        let transcript = assert_run(folder.path(), &server, 0, &then.content, said);
        // A bare 304 is followed by no second request.
        let requests = transcript.matches("> GET").count();
        assert_eq!(
            requests,
            said.iter().filter(|line| line.starts_with('<')).count(),
            "{transcript}"
        );
    }
}

#[test]
fn what_is_not_to_be_stored_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    server.has(Page {
        content: version(b'1'),
        cache_control: "private, No-Store",
        ..PAGE
    });
    assert_run(folder.path(), &server, 0, &version(b'1'), &["< 200 OK"]);
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0);
}

/// Without Content-Length it is a 206 that says how much there is, or the end of a 200.
#[test]
fn what_has_no_length_is_whole_when_all_of_it_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let page = Page {
        content: (0..1000_u32).map(|index| index.to_le_bytes()[0]).collect(),
        chunked: true,
        ..PAGE
    };
    server.has(Page {
        cut: Some(600),
        ..page.clone()
    });
    assert_run(folder.path(), &server, 3, b"", &["< 200 OK"]);
    // Less than was asked for: 800 of 1,000 octets are not shown.
    server.has(Page {
        most: Some(200),
        ..page.clone()
    });
    let less = ["> range: bytes=600-", "< content-range: bytes 600-799/1000"];
    assert_run(folder.path(), &server, 3, b"", &less);
    let rest = ["> range: bytes=800-", "< content-range: bytes 800-999/1000"];
    assert_run(folder.path(), &server, 0, &page.content, &rest);
    let current = ["> if-none-match: \"v1,en\"", "< 304 Not Modified"];
    assert_run(folder.path(), &server, 0, &page.content, &current);

    // All of it at once is validated the next time, and not continued.
    let folder = tempfile::tempdir().expect("a folder");
    server.has(page.clone());
    assert_run(folder.path(), &server, 0, &page.content, &["< 200 OK"]);
    let transcript = assert_run(folder.path(), &server, 0, &page.content, &current);
    assert!(!transcript.contains("range:"), "{transcript}");
}
