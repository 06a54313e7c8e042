//! The requests of the project's vector files, sent to each example server by each client: the
//! answers are those that the files ask for.

use std::collections::HashMap;

use example_over_sockets::{
    Client, FILES, Field, Response, SERVERS, Server, about, tests_a_date_for_strength,
};
use support::vectors::{Row, rows};

/// The methods that the servers have. Another is refused before any condition (RFC 9110 §13.2.1).
const METHODS: [&str; 6] = ["GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS"];

/// Those of the files' methods that edge-http knows. It reads their names in any case, which §9.1
/// does not allow, and closes the connection at others.
const EDGE_HTTP: [&str; 17] = [
    "GET",
    "HEAD",
    "PUT",
    "DELETE",
    "POST",
    "OPTIONS",
    "PATCH",
    "PROPFIND",
    "TRACE",
    "MKCOL",
    "MOVE",
    "COPY",
    "PROPPATCH",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
];

/// The fields of a 200 that a 304 must repeat (§15.4.5).
const KEPT: [&str; 6] = [
    "content-location",
    "date",
    "etag",
    "vary",
    "cache-control",
    "expires",
];

/// The fields of a 200 that a 304 must not repeat, all that there are of them.
const NOT_KEPT: [&str; 3] = ["content-type", "content-language", "content-length"];

/// A Range that is honoured, and asks for twice the 1000 octets that there are: the whole is sent
/// (§14.2).
const TWICE_THE_WHOLE: &[u8] = b"bytes= 0-999, 4500-5499, -1000";

/// A row of a vector file as a request to a server.
struct Case<'a> {
    row: &'a Row,
    path: &'static str,
    method: &'a str,
    /// As in `scenarios.tsv`.
    outcome: &'a str,
    fields: Vec<Field<'a>>,
}

impl<'a> Case<'a> {
    fn new(row: &'a Row, path: &'static str, columns: [usize; 3]) -> Self {
        let [method, outcome, fields] = columns;
        Self {
            row,
            path,
            method: row.text(method),
            outcome: match row.text(outcome) {
                // Files with a status column have the default of the crate for any success.
                "200" => "perform",
                outcome => outcome,
            },
            fields: row.fields(fields),
        }
    }

    /// Whether it reaches the server's handler. Clients send neither CONNECT, which asks for a
    /// tunnel, nor control characters, which end a field line or make the request invalid
    /// (§5.5).
    fn arrives(&self, server: &str) -> bool {
        let control = |octet: &u8| (*octet < b' ' && *octet != b'\t') || *octet == 0x7F;
        let fields_can = |(_, value): &Field<'_>| !value.iter().any(control);
        let method_can = match server {
            "example-edge-http" => EDGE_HTTP.contains(&self.method),
            _ => self.method != "CONNECT",
        };
        method_can && self.fields.iter().all(fields_can)
    }

    fn performs(&self) -> bool {
        METHODS.contains(&self.method) && ["perform", "range", "full"].contains(&self.outcome)
    }

    fn changes(&self) -> bool {
        self.performs() && ["PUT", "DELETE", "POST"].contains(&self.method)
    }

    /// The status that stands for the outcome.
    fn status(&self, exists: bool) -> u16 {
        match (self.method, self.outcome) {
            (method, _) if !METHODS.contains(&method) => 405,
            // Refused as well; `deviations.tsv` leaves open what a server answers here.
            ("DELETE" | "POST", _) if !exists => 404,
            (_, "range") if self.fields.contains(&("Range", TWICE_THE_WHOLE)) => 200,
            (_, "range") => 206,
            ("GET" | "HEAD", "perform" | "full") => 200,
            ("PUT", "perform" | "full") if !exists => 201,
            (_, "perform" | "full") => 204,
            (_, status) => status.parse().expect("an outcome or a status"),
        }
    }
}

/// Sends the rows, each to a server that is as it was started, and compares the answers.
fn compare(mut server: Server, client: Client, cases: &[&Case<'_>]) {
    let name = server.name();
    // What a server has at each path, as far as it was asked.
    let mut known = HashMap::new();
    let mut sent = 0;
    for case in cases.iter().filter(|case| case.arrives(name)) {
        let url = server.url(case.path);
        let before = known.remove(case.path);
        let before = before.unwrap_or_else(|| client.get(&url));
        let body = (case.method == "PUT").then_some(b"another".as_slice());
        let answer = client.send(case.method, &url, &case.fields, body);
        let after = client.get(&url);
        let context = format!("{name} {client:?} {}\n{answer:?}", case.row);

        let exists = before.status == 200;
        assert_eq!(answer.status, case.status(exists), "{context}");
        assert_answer(case, &before, &answer, &context);
        if case.changes() && answer.status < 300 {
            assert_changed(case, &before, &answer, &after, &context);
            server = Server::start(name);
            known.clear();
        } else {
            assert_eq!(after.content, before.content, "{context}");
            assert_eq!(after.field("etag"), before.field("etag"), "{context}");
            known.insert(case.path, after);
        }
        sent += 1;
    }
    println!("{name}, {client:?}: {sent} of {} rows", cases.len());
    assert!(sent * 10 > cases.len() * 9, "{sent} of {}", cases.len());
}

fn assert_answer(case: &Case<'_>, whole: &Response, answer: &Response, context: &str) {
    match answer.status {
        200 => {
            let expected: &[u8] = if case.method == "HEAD" {
                &[]
            } else {
                &whole.content
            };
            assert_eq!(answer.content, expected, "{context}");
            assert_eq!(undated(answer), undated(whole), "{context}");
        }
        304 => {
            assert!(answer.content.is_empty(), "{context}");
            for (name, value) in undated(whole) {
                let expected = match name {
                    // It stands in for a tag that there is not.
                    "last-modified" => whole.field("etag").is_none(),
                    name => !NOT_KEPT.contains(&name),
                };
                let expected = expected.then_some(value);
                assert_eq!(answer.field(name), expected, "{name} {context}");
            }
            for name in KEPT {
                let both = (answer.field(name), whole.field(name));
                assert_eq!(both.0.is_some(), both.1.is_some(), "{name} {context}");
            }
            for (name, _) in &answer.fields {
                assert!(whole.field(name).is_some(), "{name} {context}");
            }
        }
        206 => {
            // Two parts are told by their media type, and `ranges.rs` looks into them.
            if let Some(field) = answer.field("content-range") {
                let range = field
                    .strip_prefix("bytes ")
                    .and_then(|field| field.strip_suffix("/1000"));
                let (first, last) = range
                    .and_then(|range| range.split_once('-'))
                    .expect(context);
                let [first, last]: [usize; 2] =
                    [first, last].map(|number| number.parse().expect(context));
                assert_eq!(answer.content, whole.content[first..=last], "{context}");
            } else {
                let content_type = answer.field("content-type").expect(context);
                assert!(
                    content_type.starts_with("multipart/byteranges; boundary="),
                    "{context}"
                );
            }
            for name in KEPT {
                let both = (answer.field(name), whole.field(name));
                assert_eq!(both.0.is_some(), both.1.is_some(), "{name} {context}");
            }
        }
        // How to ask again is explained, and the answer is not to be stored (RFC 6585 §3).
        428 => {
            assert!(
                answer
                    .content
                    .windows(8)
                    .any(|octets| octets == b"If-Match"),
                "{context}"
            );
            assert_eq!(answer.field("cache-control"), Some("no-store"), "{context}");
        }
        412 => assert_eq!(answer.field("etag"), None, "{context}"),
        _ => {}
    }
}

/// The field lines but for the moment at which they were sent.
fn undated(answer: &Response) -> Vec<(&str, &str)> {
    let lines = answer
        .fields
        .iter()
        .map(|(name, value)| (&**name, &**value));
    let mut lines: Vec<_> = lines
        .filter(|(name, _)| !["date", "expires", "connection", "keep-alive"].contains(name))
        .collect();
    lines.sort_unstable();
    lines
}

fn assert_changed(
    case: &Case<'_>,
    before: &Response,
    answer: &Response,
    after: &Response,
    context: &str,
) {
    match case.method {
        "DELETE" => assert_eq!(after.status, 404, "{context}"),
        "PUT" => assert_eq!(after.content, b"another", "{context}"),
        _ => assert_eq!(after.content, before.content, "{context}"),
    }
    for name in ["etag", "last-modified"] {
        // The validators of the answer are those of the new version (§9.3.4).
        assert_eq!(answer.field(name), after.field(name), "{name} {context}");
        let (before, after) = (before.field(name), after.field(name));
        assert!(before != after || before.is_none(), "{name} {context}");
    }
}

/// The path whose resource is in a state of `scenarios.tsv`.
fn path_of_state(state: &str) -> &'static str {
    match state {
        "S1" => "/strong",
        "S2" => "/weak-tag",
        "S3" => "/no-tag",
        "S4" => "/no-date",
        "S5" => "/neither",
        "S6" => "/missing",
        "S7" => "/weak-date",
        "S8" => "/no-ranges",
        state => panic!("{state}"),
    }
}

/// The path whose resource is in a state of `deviations.tsv`, if there is one.
fn path_of_deviation(row: &Row) -> Option<&'static str> {
    const DATE: &str = "Sat, 29 Oct 1994 19:43:31 GMT";
    let [date, strength, exists, status] = [2, 3, 4, 5].map(|column| row.text(column));
    Some(match (row.octets(1), date, strength, exists) {
        _ if status != "-" => return None,
        (_, _, _, "no") => "/missing",
        (b"\"v1\"", DATE, "strong", _) => "/strong",
        (b"W/\"v1\"", DATE, "strong", _) => "/weak-tag",
        (b"-", DATE, "strong", _) => "/no-tag",
        (b"\"v1\"", "-", ..) => "/no-date",
        (b"-", "-", ..) => "/neither",
        (b"\"v1\"", DATE, "weak", _) => "/weak-date",
        _ => return None,
    })
}

/// Which servers a client sends a row to. A request takes long, above all one that is a process.
#[derive(Clone, Copy)]
enum To {
    EachServer,
    OneServer,
}

fn with_each(rows: &[Row], clients: &[(Client, To)], case: impl Fn(&Row) -> Option<Case<'_>>) {
    let cases: Vec<Case<'_>> = rows.iter().filter_map(&case).collect();
    for (index, server) in SERVERS.into_iter().enumerate() {
        for (client, to) in clients {
            let cases = cases.iter();
            match to {
                To::EachServer => {
                    compare(Server::start(server), *client, &cases.collect::<Vec<_>>());
                }
                To::OneServer => {
                    let dealt = cases.skip(index).step_by(SERVERS.len());
                    compare(Server::start(server), *client, &dealt.collect::<Vec<_>>());
                }
            }
        }
    }
}

const BOTH: [(Client, To); 2] = [
    (Client::Curl, To::OneServer),
    (Client::Ureq, To::EachServer),
];

#[test]
fn scenarios_t001_to_t095() {
    let rows = rows("scenarios.tsv");
    assert!(rows.len() >= 95);
    with_each(&rows, &BOTH, |row| {
        Some(Case::new(row, path_of_state(row.text(1)), [2, 3, 4]))
    });
}

#[test]
fn deviations_of_others() {
    let rows = rows("deviations.tsv");
    with_each(&rows, &[(Client::Ureq, To::OneServer)], |row| {
        Some(Case::new(row, path_of_deviation(row)?, [6, 7, 8]))
    });
}

/// What is reported as malformed is the crate's to tell; what is answered shows here.
#[test]
fn malformed_fields() {
    let rows = rows("malformed.tsv");
    with_each(&rows, &BOTH, |row| {
        let case = Case::new(row, "/weak-date", [0, 1, 3]);
        // No client sends CR, LF and NUL.
        case.arrives("").then_some(case)
    });
}

/// 428 for a PUT of what exists without If-Match (RFC 6585 §3).
#[test]
fn unguarded_writes() {
    let rows = rows("options.tsv");
    with_each(&rows, &BOTH, |row| {
        let path = match (row.text(0), row.text(1), row.text(2), row.text(3)) {
            ("require", "dated", "-", "PUT") => "/guarded",
            ("require", "missing", "-", "PUT") => "/guarded-missing",
            _ => return None,
        };
        Some(Case::new(row, path, [3, 4, 5]))
    });
}

/// The rows of reads whose state a file can be in: with a strong tag, which is not that of the rows,
/// and a date that is a weak validator; or there is none.
#[test]
fn reads_of_files() {
    const DATE: &[u8] = b"Sat, 29 Oct 1994 19:43:31 GMT";
    let server = Server::start(FILES);
    let first = Client::Ureq.get(&server.url("/strong"));
    let tag = first.field("etag").expect("a file has a tag");
    let scenarios = rows("scenarios.tsv");
    let scenarios = scenarios.iter().filter_map(|row| {
        let exists = match row.text(1) {
            "S1" | "S7" => true,
            "S6" => false,
            _ => return None,
        };
        Some((row, exists, row.text(1) == "S1", [2, 3, 4]))
    });
    let deviations = rows("deviations.tsv");
    let deviations = deviations.iter().filter_map(|row| {
        let exists = row.text(4) == "yes";
        let is_file = row.octets(1) == b"\"v1\"" && row.octets(2) == DATE;
        let has_state = row.text(5) == "-" && (is_file || !exists);
        has_state.then_some((row, exists, row.text(3) == "strong", [6, 7, 8]))
    });
    let malformed = rows("malformed.tsv");
    let malformed = malformed.iter().map(|row| (row, true, false, [0, 1, 3]));

    let rows = scenarios.chain(deviations).chain(malformed);
    let rows = rows.filter(|(row, _, has_strong_date, [method, _, fields])| {
        let strong = *has_strong_date && tests_a_date_for_strength(&row.fields(*fields));
        ["GET", "HEAD"].contains(&row.text(*method)) && !strong
    });
    let rows: Vec<_> = rows
        .map(|(row, exists, _, columns)| {
            let path = if exists { "/strong" } else { "/missing" };
            (row, path, columns, about(tag, &row.fields(columns[2])))
        })
        .collect();
    let cases: Vec<Case<'_>> = rows
        .iter()
        .map(|(row, path, columns, fields)| Case {
            fields: fields
                .iter()
                .map(|(name, value)| (*name, &**value))
                .collect(),
            ..Case::new(row, path, *columns)
        })
        .collect();
    assert!(cases.len() > 600, "{}", cases.len());
    compare(server, Client::Ureq, &cases.iter().collect::<Vec<_>>());
}
