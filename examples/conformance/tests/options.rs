//! The program: its options, its exit codes, and the forms of its report.

mod canned;

use std::net::TcpListener;
use std::process::Command;

use example_over_sockets::Server;
use serde_json::Value;

/// The exit code, standard output and standard error.
fn conformance(arguments: &[&str]) -> (i32, String, String) {
    let program = env!("CARGO_BIN_EXE_example-conformance");
    let output = Command::new(program).args(arguments).output();
    let output = output.expect("the program starts");
    let text = |octets| String::from_utf8(octets).expect("it is text");
    let code = output.status.code().expect("no signal ended it");
    (code, text(output.stdout), text(output.stderr))
}

/// A server that sends this to whoever connects, and returns its URL.
fn canned(response: &'static str) -> String {
    canned::serve(move |_| response.to_owned())
}

#[test]
fn what_cannot_be_tested_is_told() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        format!("http://{}/", listener.local_addr().expect("it is bound"))
    };
    let (moved, missing, garbage, silent, endless) = (
        canned("HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
        canned("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        canned("hello\r\n"),
        canned(""),
        canned("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
    );
    let both = ["--json", "-", "--html", "-", "http://127.0.0.1:9/"];
    for (arguments, message) in [
        // Options.
        (
            &[][..],
            "the following required arguments were not provided: <URL>",
        ),
        (
            &["--what", "http://a/"][..],
            "unexpected argument '--what' found\n",
        ),
        (
            &["http://a/", "--onyl", "x"][..],
            "unexpected argument '--onyl' found\n",
        ),
        (
            &["--timeout", "0", "http://a/"][..],
            "invalid value '0' for '--timeout <SECONDS>'",
        ),
        (
            &["--only", "no-such-case", "http://a/"][..],
            "no case has \"no-such-case\" in its name",
        ),
        (
            &both[..],
            "--json and --html cannot both be standard output",
        ),
        // URLs.
        (
            &["file.txt"][..],
            "file.txt: expected a URL such as http://127.0.0.1:8080/file.txt",
        ),
        (
            &["localhost:8080/file.txt"][..],
            "localhost:8080/file.txt: expected a URL such as http://",
        ),
        (
            &["https://127.0.0.1/"][..],
            "https://127.0.0.1/: expected http, not https",
        ),
        (
            &["http://me@127.0.0.1/"][..],
            "http://me@127.0.0.1/: a user name is not supported",
        ),
        (
            &["http://no-such-host.invalid/"][..],
            "no such address: no-such-host.invalid",
        ),
        // Servers.
        (&[nobody.as_str()][..], "no connection"),
        (&[moved.as_str()][..], "a redirect (301); test /b"),
        (&[missing.as_str()][..], "expected 200 to GET, got 404"),
        (&[garbage.as_str()][..], "the response is no HTTP response"),
        (
            &[silent.as_str()][..],
            "the connection was closed without a response",
        ),
        (
            &[endless.as_str()][..],
            "the response is longer than this program reads",
        ),
    ] {
        let (code, output, error) = conformance(arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}: {error}");
        assert!(error.starts_with("error: "), "{arguments:?}: {error}");
        assert!(error.contains(message), "{arguments:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{arguments:?}: {error}");
    }
}

/// A SHOULD that fails leaves the exit code alone, and is counted in the last line.
#[test]
fn the_last_line_counts_what_fails() {
    const DATED: &str = "HTTP/1.1 200 OK\r\nLast-Modified: Sat, 29 Oct 1994 19:43:31 GMT\r\n\
        Content-Length: 3\r\n\r\nabc";
    let url = canned(DATED);
    for (only, code, last) in [
        (
            "if-modified-since/garbage",
            0,
            "No MUST fails, and no SHOULD.",
        ),
        (
            "if-modified-since/equal",
            0,
            "No MUST fails; 1 SHOULD does.",
        ),
        ("if-none-match/star-head", 1, "1 MUST fails."),
        ("if-none-match/star", 1, "2 MUST fail."),
    ] {
        let (found, output, _) = conformance(&[&url, "--only", only]);
        assert_eq!(found, code, "{only}: {output}");
        assert_eq!(output.lines().last(), Some(last), "{only}: {output}");
        assert!(
            output.contains("; no Date to compare it with: weak"),
            "{only}: {output}"
        );
    }
}

/// What the last line of all cases says is what the counts say.
#[test]
fn the_last_line_adds_up() {
    let url = canned(
        "HTTP/1.1 200 OK\r\nLast-Modified: Sat, 29 Oct 1994 19:43:31 GMT\r\n\
        Content-Length: 3\r\n\r\nabc",
    );
    let (_, output, _) = conformance(&[&url]);
    let wrong = |level: &str| {
        let fails = format!(" {level:<6} RFC");
        let blocks = output.lines().filter(|line| line.starts_with("FAILS"));
        blocks.filter(|line| line.contains(&fails)).count()
    };
    let (must, should) = (wrong("MUST"), wrong("SHOULD"));
    assert!(must > 1 && should > 0, "{output}");
    let last = format!("{must} MUST fail, and {should} SHOULD.");
    assert_eq!(output.lines().last(), Some(last.as_str()), "{output}");
}

#[test]
fn the_help_says_what_is_required() {
    let (code, output, _) = conformance(&["--help"]);
    assert_eq!(code, 0);
    for part in [
        "Usage: conformance [OPTIONS] <URL>\n       conformance --list [--only <PATTERN>]\n",
        "a 404",
        "the resource was changed while it was tested",
    ] {
        assert!(output.contains(part), "{part}: {output}");
    }
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    let (code, _, error) = conformance(&[&format!("http://{address}/"), "--timeout", "1"]);
    assert_eq!(code, 2);
    assert!(
        error.contains("the response did not come in time"),
        "{error}"
    );
}

/// Ignores all conditions, which are each MUST or SHOULD.
const DEAF: &str = "HTTP/1.1 200 OK\r\nETag: \"<a&b>\"\r\nContent-Length: 3\r\n\r\nabc";

#[test]
fn a_server_that_ignores_conditions_fails() {
    let url = canned(DEAF);
    let (code, output, error) = conformance(&[&url]);
    assert_eq!((code, error.as_str()), (1, ""), "{output}");
    for part in [
        "FAILS    if-none-match/current",
        "If-None-Match: \"<a&b>\"",
        "got       200",
        "required  304",
        "RFC 9110 §13.1.2",
        " MUST fail.\n",
        "no Last-Modified:",
        "a plain range gets no 206, which is allowed:",
    ] {
        assert!(output.contains(part), "{part}: {output}");
    }
    // Right cases are not there, and are with -v, with the octets.
    assert!(!output.contains("if-none-match/other "), "{output}");
    let (code, output, _) = conformance(&[&url, "-v", "--only", "if-none-match/other"]);
    assert_eq!(code, 0, "{output}");
    assert!(output.contains("right    if-none-match/other "), "{output}");
    assert!(output.contains("> GET /a HTTP/1.1"), "{output}");
    assert!(output.contains("< HTTP/1.1 200 OK"), "{output}");
}

#[test]
fn a_resource_without_validators_has_cases_left() {
    let url = canned("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    let (code, output, _) = conformance(&[&url, "--only", "if-modified-since"]);
    assert_eq!(code, 0, "{output}");
    assert!(
        output.contains("no Last-Modified: if-modified-since/equal,"),
        "{output}"
    );
    assert!(output.contains("MUST     3 of   3 right"), "{output}");
    assert!(
        output.ends_with("\nNo MUST fails, and no SHOULD.\n"),
        "{output}"
    );
    assert!(
        output.contains("\nThis resource has no validator: a URL with an ETag or a Last-Modified"),
        "{output}"
    );
    // What is missing has one name.
    let (_, output, _) = conformance(&[&url]);
    let reasons = output.lines().filter(|line| line.starts_with("  no ETag"));
    assert_eq!(reasons.count(), 1, "{output}");
    let reasons = output
        .lines()
        .filter(|line| line.starts_with("  no Last-Modified"));
    assert_eq!(reasons.count(), 1, "{output}");
    let (_, output, _) = conformance(&[&canned(DEAF), "--only", "range/"]);
    assert!(!output.contains("has no validator"), "{output}");
}

#[test]
fn cases_are_listed() {
    let (code, output, _) = conformance(&["--list"]);
    assert_eq!(code, 0);
    let names: Vec<&str> = output
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    for name in [
        "if-match/weak-form",
        "range/swapped",
        "write/lost-updates",
        "304/etag",
    ] {
        assert!(names.contains(&name), "{name}: {output}");
    }
    assert!(names.len() > 200, "{}", names.len());
    let (_, output, _) = conformance(&["--list", "--only", "lost-updates"]);
    assert_eq!(
        output.split_whitespace().collect::<Vec<_>>(),
        ["write/lost-updates", "TASTE", "RFC", "9110", "§13.1.1"]
    );
}

#[test]
fn the_json_has_each_case() {
    let url = canned(DEAF);
    let (code, output, _) = conformance(&[&url, "--json", "-"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&output).expect("it is JSON");
    assert_eq!(report["target"], url);
    assert_eq!(report["resource"]["ETag"], "\"<a&b>\"");
    let cases = report["cases"].as_array().expect("it is an array");
    let of = |level: &str, results: &[&str]| {
        let cases = cases.iter().filter(|case| {
            case["level"] == level && results.iter().any(|result| case["result"] == *result)
        });
        cases.count()
    };
    for level in ["MUST", "SHOULD", "TASTE"] {
        let counts = &report["summary"][level];
        assert_eq!(counts["right"], of(level, &["right"]), "{level}");
        assert_eq!(counts["tested"], of(level, &["right", "wrong"]), "{level}");
    }
    let case = cases
        .iter()
        .find(|case| case["case"] == "if-none-match/current");
    let case = case.expect("it is there");
    assert_eq!(case["result"], "wrong");
    assert_eq!(case["got"], "200");
    assert_eq!(case["required"], "304");
    assert_eq!(
        (&case["rfc"], &case["section"]),
        (&9110.into(), &"13.1.2".into())
    );
    assert_eq!(case["sent"][0], "GET /a");
    assert_eq!(case["sent"][1], "If-None-Match: \"<a&b>\"");
    assert!(case["why"].as_str().is_some_and(|why| why.ends_with('.')));
}

#[test]
fn the_page_has_each_case_once_and_is_escaped() {
    let url = canned(DEAF);
    let folder = std::env::temp_dir().join(format!("conformance-{}", std::process::id()));
    let file = folder.with_extension("html");
    let path = file.to_str().expect("it is Unicode");
    let (code, output, error) = conformance(&[&url, "--html", path]);
    assert_eq!((code, error.as_str()), (1, ""));
    assert!(output.contains("FAILS"), "the text is there too: {output}");
    let page = std::fs::read_to_string(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it is there");
    let (_, list, _) = conformance(&["--list"]);
    for name in list.lines().filter_map(|line| line.split(' ').next()) {
        let is_write = name.starts_with("write/") || name.starts_with("create/");
        let times = page.matches(&format!("id=\"{name}\"")).count();
        assert_eq!(times, usize::from(!is_write), "{name}");
    }
    assert!(page.contains("&quot;&lt;a&amp;b&gt;&quot;"));
    assert!(!page.contains("<a&b>"));
    // It needs nothing else.
    for outside in ["<script", "<link", "<img", "url(", "@import", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    for part in [
        "<!DOCTYPE html>",
        "prefers-color-scheme: dark",
        "width=device-width",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn writes_go_where_nothing_is() {
    let server = Server::start("example-axum");
    let (strong, missing) = (server.url("/strong"), server.url("/missing"));
    let (code, output, error) = conformance(&[&strong, "--writes", &missing, "--only", "write/"]);
    assert_eq!((code, error.as_str()), (0, ""), "{output}");
    assert!(output.contains("MUST    3"), "{output}");
    // What was created is deleted, so that it goes a second time.
    let (code, _, error) = conformance(&[&strong, "--writes", &missing, "--only", "create/"]);
    assert_eq!(code, 0, "{error}");
    // What exists is left alone.
    let (code, _, error) = conformance(&[&strong, "--writes", &server.url("/no-tag")]);
    assert_eq!(code, 2, "{error}");
    assert!(
        error.contains("it exists, and would be overwritten"),
        "{error}"
    );
}
