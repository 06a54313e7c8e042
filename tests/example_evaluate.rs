//! The example program `evaluate`, as people and other programs call it.
//!
//! What is expected follows from RFC 9110 and the crate's decisions, and from what `--help` says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test stops where something is wrong, and a table has as many rows as it needs"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::{Value, json};
use support::vectors::rows;

const LM: &str = "Sat, 29 Oct 1994 19:43:31 GMT";

/// What a call of the program came to.
struct Ran {
    code: i32,
    output: String,
    errors: String,
}

/// The program lies beside the directory of this test: `cargo test` builds both.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.parent().and_then(Path::parent).unwrap();
    let name = format!("evaluate{}", std::env::consts::EXE_SUFFIX);
    let program = target.join("examples").join(name);
    assert!(
        program.exists(),
        "{} is missing; `cargo build --example evaluate` makes it",
        program.display()
    );
    program
}

fn run(options: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(program())
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Beside the reading, since neither pipe holds all of a large batch.
    let done = thread::scope(|scope| {
        scope.spawn(move || {
            // A program that stops before the end of its input closes the pipe.
            _ = stdin.write_all(input);
        });
        child.wait_with_output().unwrap()
    });
    Ran {
        code: done.status.code().unwrap(),
        output: String::from_utf8(done.stdout).unwrap(),
        errors: String::from_utf8(done.stderr).unwrap(),
    }
}

fn requests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/requests")
}

/// Runs the program on a sample and returns its report.
#[track_caller]
fn report(file: &str, options: &[&str]) -> String {
    let request = std::fs::read(requests().join(file)).unwrap();
    let ran = run(options, &request);
    assert_eq!(
        (ran.code, ran.errors.as_str()),
        (0, ""),
        "{file} {options:?}"
    );
    ran.output
}

/// The message of a call that evaluates nothing: one line, and exit code 2.
#[track_caller]
fn refusal(options: &[&str], input: &[u8]) -> String {
    let row = format!("{options:?} < {}", input.escape_ascii());
    let ran = run(options, input);
    assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{row}");
    assert_eq!(ran.errors.lines().count(), 1, "{row}\n{}", ran.errors);
    assert!(ran.errors.starts_with("error: "), "{row}\n{}", ran.errors);
    ran.errors
}

/// A call, indented its status line, and sentences of its report.
const SAMPLES: &str = r#"
revalidate.http --etag '"v1"' --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 304 Not Modified
    If-None-Match is false: it lists W/"v1", the tag of the representation is "v1"
    equal by weak comparison (RFC 9110 §13.1.2).
    A GET is then answered 304 (§13.2.2 step 3).
    If-Modified-Since is ignored, because If-None-Match is present (§13.1.3).
    keep Cache-Control, Content-Location, Date, ETag, Expires, Vary (§15.4.5)
revalidate.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 200 OK
    If-None-Match is true: it lists W/"v1", "v0", and the representation has no tag
revalidate.http --etag '"v1"' --status 301
    HTTP/1.1 301 Moved Permanently
    The request has no condition that counts (RFC 9110 §13.2.2 step 6).
    If-None-Match is ignored, because the answer without conditions is 301 (§13.2.1).
    If-Modified-Since is ignored, because the answer without conditions is 301 (§13.2.1).
    Next: answer 301, as if there were no conditions.
outdated.http --etag '"v1"' --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 200 OK
    No condition is false (RFC 9110 §13.2.2 step 6).
    If-None-Match is true: it lists "v0", and the tag of the representation is "v1"
    If-Modified-Since is ignored, because If-None-Match is present (§13.1.3).
lost-update.http --etag '"v2"' --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 412 Precondition Failed
    If-Match is false: it lists "v1", and the tag of the representation is "v2" (RFC 9110 §13.1.1).
    A PUT is then answered 412 (§13.2.2 step 1).
    If-Unmodified-Since is ignored, because If-Match is present (§13.1.4).
    Next: do not perform the PUT.
lost-update.http --etag 'W/"v1"'
    HTTP/1.1 412 Precondition Failed
    the tag of the representation is W/"v1", and a weak tag equals none by strong
lost-update.http --etag '"v2"' --already-applied --status 204
    HTTP/1.1 204 No Content
    If-Match is false
    Next: do not perform the PUT again
create-only.http --missing --status 201
    HTTP/1.1 201 Created
    If-None-Match is true: `*` asks that there be no current representation, and there is none
create-only.http
    HTTP/1.1 412 Precondition Failed
    If-None-Match is false: `*` asks that there be no current representation, and there is one
    A PUT is then answered 412 (§13.2.2 step 3).
create-only.http --require-if-match
    HTTP/1.1 412 Precondition Failed
create-only.http --require-if-match --missing
    HTTP/1.1 200 OK
resume.http --etag '"v1"'
    HTTP/1.1 200 OK
    If-Range is true: it holds "v1"
    Range is honoured (§14.2).
    in a 206, or a 416
resume.http --etag '"v2"'
    HTTP/1.1 200 OK
    If-Range is false: it holds "v1", and the tag of the representation is "v2" (RFC 9110 §13.1.5).
    Range is then ignored (§13.2.2 step 5).
resume.http --etag '"v1"' --length 1048577
    HTTP/1.1 206 Partial Content
    Range is honoured: 1048576-1048576 of 1048577 octets (§14.2).
    send octets 1048576 to 1048576 with `Content-Range: bytes 1048576-1048576/1048577` (§15.3.7.1)
resume.http --etag '"v1"' --length 1048576
    HTTP/1.1 416 Range Not Satisfiable
    Range is honoured, but asks for none of the 1048576 octets (§14.1.2).
    send no octet of it, but `Content-Range: bytes */1048576` (§15.5.17)
resume.http --missing
    HTTP/1.1 404 Not Found
    If-Range is ignored, because the answer without conditions is 404 (§13.2.1).
    Range is ignored, because there is no representation to take a range of (§14.2).
parts.http --length 1000
    HTTP/1.1 206 Partial Content
    Range is honoured: 0-0, 900-999 of 1000 octets (§14.2).
    send 2 parts as multipart/byteranges, each with its Content-Range (§15.3.7.2)
parts.http --length 100
    HTTP/1.1 200 OK
    its ranges are too many, or together more than the 100 octets (§14.2)
parts.http --length 1000 --several-ranges ignore
    HTTP/1.1 200 OK
    it asks for several ranges, and this server serves only one (§14.2)
parts.http --length 1000 --several-ranges reject
    HTTP/1.1 416 Range Not Satisfiable
    Range asks for several ranges, which this server rejects (§14.2).
resume-by-date.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 200 OK
    and so is Last-Modified, but that is not known to be strong (§8.8.2.2)
two-digit-year.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 200 OK
    its date is Fri, 28 Oct 1994 00:00:00 GMT, written Friday, 28-Oct-94 00:00:00 GMT, and
    and Last-Modified is later: Sat, 29 Oct 1994 19:43:31 GMT (§13.1.3)

# 28 October 2094 is 50 years and a second ahead, which is too far; then 50 years, which is not.
two-digit-year.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT' --now 2361225599
    HTTP/1.1 200 OK
    its date is Fri, 28 Oct 1994
two-digit-year.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT' --now 2361225600
    HTTP/1.1 304 Not Modified
    its date is Thu, 28 Oct 2094
    and Last-Modified is earlier
    Expires, Last-Modified, Vary

bad-date.http --last-modified 'Sat, 29 Oct 1994 19:43:31 GMT'
    HTTP/1.1 200 OK
    If-Unmodified-Since is ignored, because it is no HTTP-date (§13.1.4).
    expected `GMT` at byte 26
    The client meant to guard the DELETE; a careful server answers 400 instead.
bad-date.http --require-if-match
    HTTP/1.1 428 Precondition Required
    The DELETE needs If-Match, and the request has none (RFC 6585 §3).
bad-date.http --missing --require-if-match
    HTTP/1.1 404 Not Found
    If-Unmodified-Since is ignored, because the answer without conditions is 404 (§13.2.1).
"#;

#[test]
fn samples_are_explained() {
    let mut current = (String::new(), String::new());
    for line in SAMPLES.lines().filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            continue;
        }
        let Some(sentence) = line.strip_prefix("    ") else {
            let words = words(line);
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            current = (line.to_owned(), report(words[0], &words[1..]));
            continue;
        };
        let (call, report) = &current;
        let is_there = if sentence.starts_with("HTTP/") {
            report.lines().next() == Some(sentence)
        } else {
            report.contains(sentence)
        };
        assert!(is_there, "{call}\n{sentence}\n\n{report}");
    }
}

/// Options, a method and its field lines; the status, and a sentence of the report.
const TYPED: &str = r#"
GET Range: items=0-1 -> 200, because it does not begin with `bytes=` (§14.2)
--length 9 GET Range: bytes=5-4 -> 200, because it is malformed: expected
--length 9 GET Range: items=0-1 -> 200, does not begin with `bytes=`
--length 0 GET Range: bytes=0- -> 200, because there is no octet to send
--length 9 GET Range: bytes=0-|Range: bytes=1- -> 200, it comes in 2 lines
--length 9 PUT Range: bytes=0- -> 200, no ranges are defined for PUT
--length 9 --malformed-range reject GET Range: bytes=5-4 -> 416, Range is malformed, which this server rejects (§14.2).
--length 9 --malformed-range reject GET Range: bytes=0-|Range: bytes=1- -> 416, Malformed: Range (line 2): expected
OPTIONS If-Match: * -> 200, because OPTIONS selects no representation (§13.2.1)
PUT If-Modified-Since: x -> 200, because PUT is neither GET nor HEAD (§13.1.3)
GET If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT -> 200, because the representation has no Last-Modified to compare with (§13.1.3)
GET If-Modified-Since: x -> 200, because it is no HTTP-date (§13.1.3)
GET If-Modified-Since: x|If-Modified-Since: x -> 200, because it comes in 2 lines and can have only one (§13.1.3)
--missing PUT If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT -> 200, because there is no representation that could have a date (§13.1.4)
GET If-Range: "v1" -> 200, because there is no Range (§13.1.5)
GET If-Range: "v1"|Range: a=0 -> 200, because Range is (§13.1.5)
--etag '"v1"' PUT If-Match: W/"v1", "v1" -> 200, it lists "v1", which is the tag of the representation
--etag '"v1"' PUT If-Match: , -> 412, it lists nothing, and the tag
--etag '"v1"' GET If-None-Match: "v1", x -> 304, a tag in it that can be read matches
--etag '"v1"' GET If-None-Match: "v1 -> 200, no tag in it that can be read matches
PUT If-None-Match: v1 -> 412, a part of it cannot be read, and is taken to match
--missing PUT If-None-Match: v1 -> 200, is taken not to match
--etag '"v1"' PUT If-Match: "v0"|If-Range: "v1"|Range: bytes=0- -> 412, Range is not reached.
--require-if-match PUT If-None-Match: "v1" -> 428, The PUT needs If-Match
"#;

#[test]
fn requests_that_are_typed_are_explained() {
    for row in TYPED.lines().skip(1) {
        let (call, expected) = row.split_once(" -> ").unwrap();
        let (status, sentence) = expected.split_once(", ").unwrap();
        let start = call.find(": ").and_then(|end| call[..end].rfind(' '));
        let (before, fields) = call.split_at(start.unwrap());
        let (options, method) = before.rsplit_once(' ').unwrap_or(("", before));
        let options = words(options);
        let options: Vec<_> = options.iter().map(String::as_str).collect();
        let fields = fields.trim().replace('|', "\n");
        let ran = run(
            &options,
            format!("{method} / HTTP/1.1\n{fields}\n\n").as_bytes(),
        );
        assert_eq!(
            ran.output.split(' ').nth(1),
            Some(status),
            "{row}\n{}",
            ran.output
        );
        assert!(ran.output.contains(sentence), "{row}\n{}", ran.output);
    }
}

#[test]
fn malformed_octets_have_a_caret() {
    let cases = [
        (
            "unquoted-tag.http",
            "Malformed: If-Match: expected an entity tag at byte 0\n    v1\n    ^\n",
        ),
        // The caret is at byte 10, and the two octets of é are eight columns.
        (
            "several-lines.http",
            "Malformed: If-None-Match (line 2): expected `,` or the end of the list at byte 10\n\
             \x20   W/\"caf\\xC3\\xA9\" \"v1\", \"sugar\"\n\
             \x20                   ^\n",
        ),
    ];
    for (file, excerpt) in cases {
        let report = report(file, &["--etag", "\"sugar\""]);
        assert!(report.contains(excerpt), "{file}\n{report}");
    }
}

/// The table in `examples/requests/README.md` is true, and names every sample.
#[test]
fn samples_have_the_status_that_their_table_says() {
    let table = std::fs::read_to_string(requests().join("README.md")).unwrap();
    let mut files = std::collections::BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect();
        let [_, file, options, status, ..] = cells.as_slice() else {
            panic!("{row}");
        };
        let options = words(options);
        let options: Vec<_> = options.iter().map(String::as_str).collect();
        let report = report(file, &options);
        let found = report.split(' ').nth(1);
        assert_eq!(found, Some(*status), "{row}\n{report}");
        files.insert((*file).to_owned());
    }
    let there = std::fs::read_dir(requests()).unwrap();
    let there = there.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: Vec<_> = there.filter(|name| name != "README.md").collect();
    assert!(there.len() >= 11, "{there:?}");
    assert!(there.iter().all(|name| files.contains(name)), "{there:?}");
}

/// The words of a command line whose only quotes are `'`, each around a whole word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn requests_are_read_as_people_type_them() {
    let cases: &[&[u8]] = &[
        b"GET / HTTP/1.1\r\nIf-None-Match: \"v1\"\r\n\r\n",
        b"GET / HTTP/1.1\nIf-None-Match: \"v1\"\n\n",
        b"GET / HTTP/1.1\nIf-None-Match: \"v1\"\n",
        b"GET / HTTP/1.1\nIf-None-Match: \"v1\"",
        b"\r\n\nGET / HTTP/1.1\nIF-NONE-MATCH:\"v1\"\t \n\n",
        b"GET / HTTP/1.0\r\nIf-None-Match: \"v1\"\r\n\r\nno: field\r\n\xFF\xFE",
    ];
    for case in cases {
        let ran = run(&["--etag", "\"v1\""], case);
        let shown = case.escape_ascii();
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{shown}");
        assert!(
            ran.output.starts_with("HTTP/1.1 304 "),
            "{shown}\n{}",
            ran.output
        );
    }
}

#[test]
fn many_fields_and_long_values_are_read() {
    let mut request = b"GET / HTTP/1.1\n".to_vec();
    request.extend(b"a: b\n".repeat(100_000));
    request.extend(b"If-None-Match: ");
    request.extend(b"\"not-this-one\", ".repeat(20_000));
    request.extend(b"\"v1\n");
    let ran = run(&["--etag", "\"v1\""], &request);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.output.starts_with("HTTP/1.1 200 "), "{}", ran.output);
    // The end of the value, where the quote is missing, and not all of it.
    assert!(ran.output.contains("at byte 320003\n"), "{}", ran.output);
    assert!(
        ran.output.contains("\"not-this-one\", \"v1\n"),
        "{}",
        ran.output
    );
    assert!(ran.output.len() < 1000, "{}", ran.output);
}

#[test]
fn octets_that_are_no_ascii_are_compared_and_escaped() {
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let done = Command::new(program())
            .arg("--etag")
            .arg(OsStr::from_bytes(b"\"\xE9\""))
            .stdin(std::fs::File::open(requests().join("resume.http")).unwrap())
            .output()
            .unwrap();
        let output = String::from_utf8(done.stdout).unwrap();
        assert!(
            output.contains(r#"the tag of the representation is "\xE9""#),
            "{output}"
        );
    }
    let ran = run(
        &["--etag", "\"é\""],
        b"GET / HTTP/1.1\nIf-None-Match: \"\xC3\xA9\"\n\n",
    );
    assert!(ran.output.starts_with("HTTP/1.1 304 "), "{}", ran.output);
}

#[test]
fn unreadable_requests_are_refused_in_one_line() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "there is no request"),
        (b"\r\n\n", "there is no request"),
        (b"GET", "line 1 of the request"),
        (b"GET /\n\n", "line 1 of the request"),
        (
            b"GET / HTTP/9\n",
            "line 1 of the request: invalid HTTP version: GET / HTTP/9",
        ),
        (
            b"G\xFFT / HTTP/1.1\n",
            r"line 1 of the request: invalid token: G\xFFT / HTTP/1.1",
        ),
        (
            b"GET / HTTP/1.1\nHost: a\nIf Match: x\nA: b\n",
            "line 3 of the request: invalid header name: If Match: x",
        ),
        (
            b"GET / HTTP/1.1\nHost: a\n folded\n",
            "line 3 of the request",
        ),
        (
            b"GET / HTTP/1.1\nIf-Match: \"a\x00\"\n",
            "line 2 of the request: invalid header value",
        ),
    ];
    for (request, message) in cases {
        let error = refusal(&[], request);
        assert!(
            error.contains(message),
            "{}\n{error}",
            request.escape_ascii()
        );
    }
    let error = refusal(&[], &vec![b'a'; 2 * 1024 * 1024]);
    assert!(error.contains("longer than 1 MiB"), "{error}");
}

#[test]
fn bad_options_are_refused_in_one_line() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["--etag", "v1"],
            "--etag v1: expected an entity tag at byte 0",
        ),
        (&["--etag", "v1"], r#"--etag '"v1"'"#),
        (&["--etag", "W/v1"], r#"--etag 'W/"v1"'"#),
        (&["--etag", "it's"], r#"--etag '"it'\''s"'"#),
        (&["--etag", "\"a\nb\""], r#"--etag "a\x0Ab": expected"#),
        (&["--etag"], "a value is required for '--etag <TAG>'"),
        (
            &["--last-modified", "yesterday"],
            "--last-modified yesterday: expected a day name",
        ),
        (&["--now", "soon"], "--now soon: expected a day name"),
        (
            &["--now", "253402300800"],
            "time out of range: an HTTP-date has a year from 1 to 9999",
        ),
        (&["--status", "99"], "99 is not in 100..=599"),
        (&["--status", "600"], "600 is not in 100..=599"),
        (&["--status", "OK"], "'OK' for '--status <CODE>'"),
        (
            &["--missing", "--etag", "\"v1\""],
            "'--missing' cannot be used with '--etag <TAG>'",
        ),
        (&["--missing", "--last-modified", LM], "cannot be used with"),
        (
            &["--strong-date"],
            "were not provided: --last-modified <DATE>",
        ),
        (
            &["--missing", "--length", "1"],
            "'--missing' cannot be used with '--length <OCTETS>'",
        ),
        (&["--length", "-1"], "unexpected argument '-1' found"),
        (&["--length", "1k"], "'1k' for '--length <OCTETS>'"),
        (
            &["--length", "18446744073709551616"],
            "number too large to fit",
        ),
        (
            &["--malformed-range", "serve"],
            "'serve' for '--malformed-range <POLICY>': expected \"ignore\" or \"reject\"",
        ),
        (
            &["--several-ranges", "no"],
            "expected \"serve\", \"ignore\" or",
        ),
        (&["--batch", "--missing"], "'--batch' cannot be used with"),
        (&["--etga", "\"v1\""], "unexpected argument '--etga' found"),
        (
            &["request.http"],
            "unexpected argument 'request.http' found",
        ),
    ];
    for (options, message) in cases {
        let error = refusal(options, b"GET / HTTP/1.1\n\n");
        assert!(error.contains(message), "{options:?}\n{error}");
    }
}

#[test]
fn help_names_every_option_and_every_key() {
    for option in ["--help", "-h"] {
        let ran = run(&[option], b"");
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
        for word in [
            "--etag",
            "--last-modified",
            "--strong-date",
            "--length",
            "--missing",
            "--status",
            "--now",
            "--require-if-match",
            "--already-applied",
            "--malformed-range",
            "--several-ranges",
            "range_policy",
            "--batch",
            "Examples:",
            "Exit codes:",
            "method",
            "fields",
            "exists",
            "decided_by",
            "malformed",
            "ranges",
            "\"precondition_required\"",
            "\"locked\"",
            "must_submit",
            "schedule_tag",
            "lists",
        ] {
            assert!(
                ran.output.contains(word),
                "{option}: {word}\n{}",
                ran.output
            );
        }
        assert!(
            ran.output.lines().all(|line| line.len() <= 100),
            "{}",
            ran.output
        );
    }
    let ran = run(&["--version"], b"");
    assert_eq!(
        ran.output,
        format!("evaluate {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn batch_answers_line_by_line() {
    let cases: &[(&str, &str)] = &[
        (
            r#"{"method":"GET","status":200,"exists":true,"etag":"\"v1\"","last_modified":"Sat, 29 Oct 1994 19:43:31 GMT","strong_date":false,"now":null,"require_if_match":false,"already_applied":false,"fields":[["If-None-Match","\"v1\""]]}"#,
            r#"{"status":304,"outcome":"not_modified","decided_by":"If-None-Match","range":false,"malformed":[]}"#,
        ),
        (
            r#"{"fields":[],"method":"GET"}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#" { "method" : "GET" , "fields" : [ ] , "exists" : false } "#,
            r#"{"status":404,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        // Said, 200 is what a server answers for what is missing.
        (
            r#"{"method":"GET","fields":[["If-None-Match","*"]],"exists":false,"status":200}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Match","\"v1\""]],"exists":false,"etag":"\"v1\""}"#,
            r#"{"status":412,"outcome":"precondition_failed","decided_by":"If-Match","range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Match","\"v1\""]],"etag":"\"v2\"","status":204,"already_applied":true}"#,
            r#"{"status":204,"outcome":"precondition_failed","decided_by":"If-Match","range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Modified-Since","x"]],"require_if_match":true}"#,
            r#"{"status":428,"outcome":"precondition_required","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        // Only If-Match tells that the client works with the current version (RFC 6585 §3).
        (
            r#"{"method":"PUT","fields":[["If-None-Match","\"v1\""]],"etag":"\"v2\"","require_if_match":true}"#,
            r#"{"status":428,"outcome":"precondition_required","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Unmodified-Since","Fri, 31 Dec 9999 23:59:59 GMT"]],"last_modified":"Sat, 29 Oct 1994 19:43:31 GMT","require_if_match":true}"#,
            r#"{"status":428,"outcome":"precondition_required","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Match","*"]],"etag":"\"v2\"","require_if_match":true}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[],"exists":false,"require_if_match":true}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"GET","fields":[],"require_if_match":true}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        // CR, LF and NUL are read as SP (§5.5); a guard with one inside is refused.
        (
            r#"{"method":"PUT","fields":[["If-Unmodified-Since","Sat, 29 Oct\r1994 19:43:31 GMT"]],"last_modified":"Sat, 29 Oct 1994 19:43:31 GMT"}"#,
            r#"{"status":412,"outcome":"precondition_failed","decided_by":"If-Unmodified-Since","range":false,"malformed":[{"field":"If-Unmodified-Since","kind":"field_vchar","offset":11}]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Unmodified-Since","Sat, 29 Oct 1994 19:43:31 GMT\r"]],"last_modified":"Sat, 29 Oct 1994 19:43:32 GMT"}"#,
            r#"{"status":412,"outcome":"precondition_failed","decided_by":"If-Unmodified-Since","range":false,"malformed":[]}"#,
        ),
        // What cannot be read matches nothing where nothing exists.
        (
            r#"{"method":"PUT","fields":[["If-None-Match","v1"]],"exists":false}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[{"field":"If-None-Match","kind":"entity_tag","offset":0}]}"#,
        ),
        // A DELETE or PATCH of nothing fails without conditions, which are then ignored (§13.2.1).
        (
            r#"{"method":"DELETE","fields":[["If-Match","\"v1\""]],"exists":false}"#,
            r#"{"status":404,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PATCH","fields":[["If-Match","\"v1\""]],"exists":false}"#,
            r#"{"status":404,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        // A 206 without a Range is the 200 that Range would have changed.
        (
            r#"{"method":"GET","fields":[],"status":206}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        // One octet, whether JSON escapes it or not; C3 A9 are two others.
        (
            r#"{"method":"PUT","fields":[["If-Match","\"é\""]],"etag":"\"\u00e9\""}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"PUT","fields":[["If-Match","\"Ã©\""]],"etag":"\"é\""}"#,
            r#"{"status":412,"outcome":"precondition_failed","decided_by":"If-Match","range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"GET","fields":[["if-none-match","\"v1"],["RANGE","bytes=0-"],["If-Range","\"v1\" x"],["If-Range","\"v1\""]],"etag":"\"v1\""}"#,
            r#"{"status":200,"outcome":"perform","decided_by":"If-Range","range":false,"malformed":[{"field":"If-None-Match","kind":"closing_quote","offset":3},{"field":"If-Range","kind":"end","offset":5}]}"#,
        ),
        (
            r#"{"method":"GET","fields":[["Range","bytes=0-"],["If-Range","Sat, 29 Oct 1994 19:43:31 GMT"]],"last_modified":"Saturday, 29-Oct-94 19:43:31 GMT","strong_date":true}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":true,"malformed":[]}"#,
        ),
        (
            r#"{"method":"GET","fields":[["If-Modified-Since","Sat,29 Oct"]]}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[{"field":"If-Modified-Since","kind":"separator","offset":4}]}"#,
        ),
        // 15 June 2026, 12:00:00: that of 2076 is exactly 50 years ahead, a second more is too
        // far.
        (
            r#"{"id":7,"method":"GET","now":1781524800,"last_modified":"Thu, 01 Jan 2015 00:00:00 GMT","fields":[["If-Modified-Since","Monday, 15-Jun-76 12:00:00 GMT"]]}"#,
            r#"{"status":304,"outcome":"not_modified","decided_by":"If-Modified-Since","range":false,"malformed":[]}"#,
        ),
        (
            r#"{"method":"GET","now":"Mon, 15 Jun 2026 12:00:00 GMT","last_modified":"Thu, 01 Jan 2015 00:00:00 GMT","fields":[["If-Modified-Since","Tuesday, 15-Jun-76 12:00:01 GMT"]]}"#,
            r#"{"status":200,"outcome":"perform","decided_by":null,"range":false,"malformed":[]}"#,
        ),
    ];
    let (lines, answers): (Vec<_>, Vec<_>) = cases.iter().copied().unzip();
    for end in ["\n", "\r\n"] {
        // The last line has no end.
        let ran = run(&["--batch"], lines.join(end).as_bytes());
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
        for (answer, (line, expected)) in ran.output.lines().zip(cases) {
            assert_eq!(answer, *expected, "{line}");
        }
        assert_eq!(ran.output, answers.join("\n") + "\n");
    }
    let ran = run(&["--batch"], b"");
    assert_eq!((ran.code, ran.output.as_str()), (0, ""));
}

/// Lines of Range, a length and a policy; the status, ranges, and how Range is malformed.
const RANGES: &str = r#"
["bytes=0-99"] 1000 {} -> 206 [[0,99]]
["bytes= 0-0 , -100"] 1000 {} -> 206 [[0,0],[900,999]]
["bytes=1000-"] 1000 {} -> 416 []
["bytes=5-4"] 1000 {} -> 200 [] last_position
["bytes=A-"] 1000 {} -> 200 [] range_spec
["items=0-1"] 1000 {} -> 200 []
["bytes=0-,0-"] 1000 {} -> 200 []
["bytes=0-1","bytes=0-1"] 1000 {} -> 200 [] single_line
[] 1000 {} -> 200 []
["bytes=-1"] 18446744073709551615 {} -> 206 [[18446744073709551614,18446744073709551614]]
# An empty representation has no ranges, whatever the policy.
["bytes=0-"] 0 {} -> 200 []
["bytes=-1"] 0 {} -> 200 []
["bytes=5-4"] 0 {"malformed":"reject"} -> 200 [] last_position
# Without a length it is said that Range counts, and no more.
["bytes=1000-"] null {} -> 200 null
["bytes=0-1,3-4"] null {"several":"reject"} -> 200 null
# A malformed Range may be rejected (§14.2). A unit that is not understood is never malformed.
["bytes=5-4"] 1000 {"malformed":"ignore"} -> 200 [] last_position
["bytes=5-4"] 1000 {"malformed":"reject"} -> 416 [] last_position
["bytes=3-1,5-6"] 1000 {"malformed":"reject"} -> 416 [] last_position
["bytes=0-1","bytes=0-1"] 1000 {"malformed":"reject"} -> 416 [] single_line
["items=0-1"] 1000 {"malformed":"reject"} -> 200 []
["bytes=0-1"] 1000 {"malformed":"reject"} -> 206 [[0,1]]
# Several ranges; one that is not satisfiable does not count.
["bytes=0-1,3-4"] 1000 {"several":"serve"} -> 206 [[0,1],[3,4]]
["bytes=0-1,3-4"] 1000 {"several":"ignore"} -> 200 []
["bytes=0-1,3-4"] 1000 {"several":"reject"} -> 416 []
["bytes=0-1,1000-"] 1000 {"several":"reject"} -> 206 [[0,1]]
["bytes=0-1,3-4"] 1000 {"malformed":"reject","several":"ignore"} -> 200 []
"#;

/// With a length the status is that of the answer with its ranges, and the ranges are told.
#[test]
fn batch_answers_range_where_there_is_a_length() {
    let rows = RANGES.lines().skip(1);
    for row in rows.filter(|row| !row.starts_with('#')) {
        let (input, expected) = row.split_once(" -> ").unwrap();
        let input: Vec<_> = input.rsplitn(3, ' ').collect();
        let [policy, length, ranges] = input.as_slice() else {
            panic!("{row}");
        };
        let ranges: Vec<String> = serde_json::from_str(ranges).unwrap();
        let fields: Vec<_> = ranges.iter().map(|value| ["rAnGe", value]).collect();
        let fields = serde_json::to_string(&fields).unwrap();
        let line = format!(
            r#"{{"method":"GET","length":{length},"range_policy":{policy},"fields":{fields}}}"#
        );
        let ran = run(&["--batch"], line.as_bytes());
        let answer: Value = serde_json::from_str(&ran.output).unwrap();
        let has_ranges = answer.get("ranges").is_some();
        assert_eq!(has_ranges, *length != "null", "{line}\n{answer}");
        let mut found = format!("{} {}", answer["status"], answer["ranges"]);
        for malformed in answer["malformed"].as_array().unwrap() {
            assert_eq!(malformed["field"], "Range", "{line}\n{answer}");
            write!(found, " {}", malformed["kind"].as_str().unwrap()).unwrap();
        }
        assert_eq!(found, expected, "{line}\n{answer}");
        let is_honoured = !expected.starts_with("200 []");
        assert_eq!(answer["range"], is_honoured, "{line}\n{answer}");
    }
}

/// A status, a deciding field and the verdict on If, each for the method, the URI, the lines and what
/// is to be submitted that follow. `/x` has the tag `"v1"` and the tokens `urn:x:t` and `urn:x:u`,
/// `/c/` has the token `urn:x:c`, and the schedule tag is `"s1"`.
const DAV: &str = r#"
# A condition that is true, and its token (RFC 4918 section 7.5, 10.4)
200 null true <- PUT /x [["If","(<urn:x:t> [\"v1\"])"]] [["urn:x:t"]]
412 "If" false <- PUT /x [["If","(<urn:x:t> [\"v0\"])"]] [["urn:x:t"]]
423 null true <- PUT /x [["If","([\"v1\"])"]] [["urn:x:t"]]
423 null null <- PUT /x [] [["urn:x:t","urn:x:u"]]
200 null true <- PUT /x [["if","(<urn:x:u>)"]] [["urn:x:t","urn:x:u"]]
423 null true <- PUT /x [["If","(<urn:x:u>)"]] [["urn:x:t"],["urn:x:u"]]
# A lock that nobody may satisfy
423 null true <- PUT /x [["If","(<urn:x:u>)"]] [[]]
# Resource-Tags: this host in any case, with port 80 or without, a slash more or less
200 null true <- PUT /x [["If","</x/> ([\"v1\"])"]] []
200 null true <- PUT /x [["If","<HTTPS://Example.COM:80/c> (<urn:x:c>)"]] []
412 "If" false <- PUT /x [["If","<http://example.com:8080/x> ([\"v1\"])"]] []
412 "If" false <- PUT /x [["If","<ftp://example.com/x> ([\"v1\"])"]] []
412 "If" false <- PUT /x [["If","</x?v=1> ([\"v1\"])"]] []
200 null true <- PUT /none [["If","(Not [\"v1\"])"]] []
# Malformed, before the lock
412 "If" "malformed" <- PUT /x [["If","([\"v1\"]"]] [["urn:x:t"]]
412 "If" "malformed" <- GET /x [["If",""]] []
412 "If" "malformed" <- PUT /x [["If","([\"v1\"])"],["If","([\"v1\"])"]] []
# With RFC 9110
304 "If-None-Match" true <- GET /x [["If","([\"v1\"])"],["If-None-Match","\"v1\""]] []
412 "If-Match" true <- PUT /x [["If-Match","\"v0\""],["If","(<urn:x:t>)"]] [["urn:x:t"]]
423 null null <- PUT /x [["If-Match","\"v0\""]] [["urn:x:t"]]
404 null false <- GET /none [["If","([\"v1\"])"]] []
200 null false <- OPTIONS /x [["If","([\"v0\"])"]] []
# If-Schedule-Tag-Match (RFC 6638 section 8.3)
200 null null <- PUT /x [["If-Schedule-Tag-Match","\"s1\""]] []
412 "If-Schedule-Tag-Match" null <- DELETE /x [["If-Schedule-Tag-Match","\"s0\""]] []
412 "If-Match" null <- PUT /x [["If-Schedule-Tag-Match","\"s0\""],["If-Match","\"v0\""]] []
"#;

#[test]
fn batch_knows_the_fields_of_webdav() {
    let resources = r#"{"/x":{"etag":"\"v1\"","tokens":["urn:x:t","urn:x:u"]},"/c/":{"tokens":["urn:x:c"]},"/none":{"exists":false}}"#;
    let rows = DAV.lines().skip(1);
    for row in rows.filter(|row| !row.starts_with('#')) {
        let (expected, input) = row.split_once(" <- ").unwrap();
        let (method, input) = input.split_once(' ').unwrap();
        let (uri, input) = input.split_once(' ').unwrap();
        let (fields, locks) = input.rsplit_once(' ').unwrap();
        let line = format!(
            r#"{{"method":"{method}","fields":{fields},"dav":{{"request_uri":"{uri}","host":"example.com","resources":{resources},"must_submit":{locks},"schedule_tag":"\"s1\""}}}}"#
        );
        let ran = run(&["--batch"], line.as_bytes());
        let answer: Value = serde_json::from_str(&ran.output).unwrap();
        let found = [&answer["status"], &answer["decided_by"], &answer["if"]];
        let found = found.map(Value::to_string).join(" ");
        assert_eq!(found, expected, "{line}\n{answer}");
    }
}

#[test]
fn batch_tells_the_lists_of_if() {
    let line = r#"{"method":"GET","fields":[["If","</x> (Not<urn:x:t>[W/\"v \u00e9\"]) ([\"\"]) <http://h> (<DAV:no-lock>)"]],"dav":{"request_uri":"/x"}}"#;
    let expected = json!([
        { "resource": "/x", "conditions": [
            { "not": true, "token": "urn:x:t" },
            { "not": false, "etag": "W/\"v \u{e9}\"" },
        ] },
        { "resource": "/x", "conditions": [{ "not": false, "etag": "\"\"" }] },
        { "resource": "http://h", "conditions": [{ "not": false, "token": "DAV:no-lock" }] },
    ]);
    // Nothing is mapped, so that the first state of each list is missing.
    let ran = run(&["--batch"], line.as_bytes());
    let answer: Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(
        (&answer["lists"], &answer["if"]),
        (&expected, &json!(false)),
        "{answer}"
    );
    // A server that does not know the field says nothing of it.
    let (without, _) = line.rsplit_once(",\"dav\"").unwrap();
    let ran = run(&["--batch"], format!("{without}}}").as_bytes());
    let answer: Value = serde_json::from_str(&ran.output).unwrap();
    let found = (&answer["status"], answer.get("lists"), answer.get("if"));
    assert_eq!(found, (&json!(200), None, None));
}

/// What the error of a line says, and the line.
const BATCH_ERRORS: &str = r#"
a JSON object <- 
a JSON object <-  
a JSON object <- null
a JSON object <- "GET"
EOF <- {
a JSON object <- ["GET",[],true]
trailing <- {"method":"GET","fields":[]}{}
`fields` <- {"method":"GET"}
`method` <- {"fields":[]}
`etag` <- {"method":"GET","fields":[],"etag":null,"etag":null}
method: expected a string <- {"method":null,"fields":[]}
length: expected an integer from 0, found -1 <- {"method":"GET","fields":[],"length":-1}
length: expected an integer from 0, found a string <- {"method":"GET","fields":[],"length":"1"}
fields: expected an array <- {"method":"GET","fields":null}
fields: expected an array <- {"method":"GET","fields":{"a":"b"}}
fields[1]: expected [name, value] <- {"method":"GET","fields":[["a","b"],"c: d"]}
fields[0]: expected [name, value] <- {"method":"GET","fields":[["a"]]}
fields[0]: expected [name, value] <- {"method":"GET","fields":[["a","b","c"]]}
fields[0]: expected a string <- {"method":"GET","fields":[["a",1]]}
fields[0]: U+0100 <- {"method":"GET","fields":[["\u0100","b"]]}
fields[0]: U+1F600 <- {"method":"GET","fields":[["a","\ud83d\ude00"]]}
etag: expected an entity tag at byte 0 <- {"method":"GET","fields":[],"etag":"v1"}
etag: U+20AC <- {"method":"GET","fields":[],"etag":"\"\u20ac\""}
etag: expected a string, found 1 <- {"method":"GET","fields":[],"etag":1}
last_modified: expected a day name <- {"method":"GET","fields":[],"last_modified":"1994"}
last_modified: expected a string <- {"method":"GET","fields":[],"last_modified":0}
now: expected a day name <- {"method":"GET","fields":[],"now":"now"}
dav: expected an object <- {"method":"GET","fields":[],"dav":null}
dav.request_uri: expected a string <- {"method":"GET","fields":[],"dav":{}}
dav.resources: expected an object <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","resources":[]}}
dav.resources./x: expected an object <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","resources":{"/x":"v"}}}
dav.resources./x.etag: expected an entity tag at byte 0 <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","resources":{"/x":{"etag":"v"}}}}
dav.resources./x.exists: expected true or false <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","resources":{"/x":{"exists":null}}}}
dav.resources./x.tokens: expected an array <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","resources":{"/x":{"tokens":null}}}}
dav.must_submit: expected an array <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","must_submit":null}}
dav.must_submit[0]: expected an array <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","must_submit":["urn:x:t"]}}
dav.must_submit[0][1]: expected a string <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","must_submit":[["urn:x:t",1]]}}
dav.schedule_tag: expected a schedule tag in quotes at byte 0 <- {"method":"GET","fields":[],"dav":{"request_uri":"/x","schedule_tag":"s1"}}
now: expected an HTTP-date or an integer <- {"method":"GET","fields":[],"now":0.5}
now: time out of range: <- {"method":"GET","fields":[],"now":253402300800}
status: expected an integer from 100 <- {"method":"GET","fields":[],"status":99}
status: expected an integer <- {"method":"GET","fields":[],"status":600}
status: expected an integer <- {"method":"GET","fields":[],"status":"200"}
exists: expected true or false <- {"method":"GET","fields":[],"exists":null}
strong_date: expected true or false <- {"method":"GET","fields":[],"strong_date":1}
require_if_match: <- {"method":"GET","fields":[],"require_if_match":null}
already_applied: <- {"method":"GET","fields":[],"already_applied":"no"}
range_policy: expected an object, found null <- {"method":"GET","fields":[],"range_policy":null}
range_policy: expected an object, found a string <- {"method":"GET","fields":[],"range_policy":"reject"}
range_policy: expected an object, found an array <- {"method":"GET","fields":[],"range_policy":[]}
range_policy.malformed: expected <- {"method":"GET","fields":[],"range_policy":{"malformed":"serve"}}
range_policy.malformed: expected <- {"method":"GET","fields":[],"range_policy":{"malformed":null}}
range_policy.malformed: expected <- {"method":"GET","fields":[],"range_policy":{"malformed":"Reject"}}
range_policy.several: expected <- {"method":"GET","fields":[],"range_policy":{"several":"no"}}
range_policy.several: expected <- {"method":"GET","fields":[],"range_policy":{"malformed":"reject","several":1}}
"#;

#[test]
fn batch_goes_on_after_an_error() {
    let rows = BATCH_ERRORS.lines().skip(1);
    let rows = rows.map(|row| row.split_once(" <- ").unwrap());
    let mut cases: Vec<_> = rows.map(|(error, line)| (line.as_bytes(), error)).collect();
    let no_utf8: &[u8] = b"{\"method\":\"GET\",\"fields\":[[\"a\",\"\xE9\"]]}";
    cases.push((no_utf8, "UTF-8 at byte 32"));
    let mut input = Vec::new();
    for (line, _) in &cases {
        input.extend_from_slice(line);
        input.extend_from_slice(b"\n{\"method\":\"GET\",\"fields\":[]}\n");
    }
    let ran = run(&["--batch"], &input);
    assert_eq!((ran.code, ran.errors.as_str()), (1, ""));
    let answers: Vec<_> = ran.output.lines().collect();
    assert_eq!(answers.len(), 2 * cases.len());
    for (answers, (line, message)) in answers.chunks(2).zip(&cases) {
        let line = line.escape_ascii();
        let [refused, evaluated] = answers else {
            panic!("{line}");
        };
        let refused: Value = serde_json::from_str(refused).unwrap();
        assert_eq!(refused.as_object().unwrap().len(), 1, "{line}\n{refused}");
        let error = refused["error"].as_str().unwrap();
        assert!(error.contains(message), "{line}\n{error}");
        assert!(
            evaluated.starts_with(r#"{"status":200,"#),
            "after {line}\n{evaluated}"
        );
    }
}

/// Row by row what the RFC requires, with what a server knows in a JSON object.
#[test]
fn batch_evaluates_the_scenarios() {
    let mut input = String::new();
    let mut expected = Vec::new();
    for row in rows("scenarios.tsv") {
        let [state, method, outcome] = [row.text(1), row.text(2), row.text(3)];
        if state == "S8" {
            // No key says that ranges are not supported.
            continue;
        }
        let tag = match state {
            "S2" => json!("W/\"v1\""),
            "S3" | "S5" | "S6" => Value::Null,
            _ => json!("\"v1\""),
        };
        let date = match state {
            "S4" | "S5" | "S6" => Value::Null,
            _ => json!(LM),
        };
        let fields: Vec<_> = row
            .from(4)
            .map(|line| {
                let line: String = line.iter().copied().map(char::from).collect();
                let (name, value) = line.split_once(':').unwrap();
                json!([name, value])
            })
            .collect();
        let object = json!({
            "method": method, "exists": state != "S6", "etag": tag, "last_modified": date,
            "strong_date": state != "S7", "fields": fields,
        });
        writeln!(input, "{object}").unwrap();
        let (word, status, range) = match outcome {
            "304" => ("not_modified", 304, false),
            "412" => ("precondition_failed", 412, false),
            "404" => ("perform", 404, false),
            outcome => ("perform", 200, outcome == "range"),
        };
        expected.push((row, json!([word, status, range])));
    }
    assert!(expected.len() >= 94, "{} scenarios", expected.len());
    let ran = run(&["--batch"], input.as_bytes());
    assert_eq!(ran.code, 0);
    assert_eq!(ran.output.lines().count(), expected.len());
    for (answer, (row, expected)) in ran.output.lines().zip(expected) {
        let answer: Value = serde_json::from_str(answer).unwrap();
        let found = json!([answer["outcome"], answer["status"], answer["range"]]);
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn batch_keeps_the_order_of_100_000_lines() {
    const LINES: usize = 100_000;
    // The status and the offset of what is malformed tell which line was answered.
    // 206 is not among the statuses: without a Range it comes back as 200.
    let status = |number: usize| 207 + number % 90;
    let mut input = String::new();
    for number in 0..LINES {
        if number % 1000 == 7 {
            input.push_str("{}\n");
            continue;
        }
        let opaque = "a".repeat(number / 100 % 100);
        let status = status(number);
        writeln!(
            input,
            r#"{{"method":"GET","status":{status},"fields":[["If-None-Match","\"{opaque}"]]}}"#
        )
        .unwrap();
    }
    let ran = run(&["--batch"], input.as_bytes());
    assert_eq!((ran.code, ran.errors.as_str()), (1, ""));
    let mut count = 0;
    for (number, answer) in ran.output.lines().enumerate() {
        if number % 1000 == 7 {
            assert!(
                answer.starts_with(r#"{"error":"#),
                "line {number}: {answer}"
            );
        } else {
            let status = status(number);
            let offset = 1 + number / 100 % 100;
            assert_eq!(
                answer,
                format!(
                    r#"{{"status":{status},"outcome":"perform","decided_by":null,"range":false,"malformed":[{{"field":"If-None-Match","kind":"closing_quote","offset":{offset}}}]}}"#
                ),
                "line {number}"
            );
        }
        count += 1;
    }
    assert_eq!(count, LINES);
}

/// A long line is an error, and not the end; memory stays bounded.
#[test]
fn batch_passes_over_a_line_that_is_too_long() {
    let mut input = b"{\"method\":\"".to_vec();
    input.resize(17 * 1024 * 1024, b'G');
    input.extend(b"\",\"fields\":[]}\n{\"method\":\"GET\",\"fields\":[]}\n");
    let ran = run(&["--batch"], &input);
    assert_eq!(ran.code, 1);
    let answers: Vec<_> = ran.output.lines().collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0], r#"{"error":"the line is longer than 16 MiB"}"#);
    assert!(answers[1].starts_with(r#"{"status":200,"#));
}

/// As under `evaluate --batch | head -1`.
#[test]
fn batch_stops_quietly_when_nobody_reads() {
    let mut child = Command::new(program())
        .arg("--batch")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    _ = stdin.write_all(&b"{\"method\":\"GET\",\"fields\":[]}\n".repeat(100_000));
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "");
}
