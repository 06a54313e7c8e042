//! `litmus`, the test suite of the neon library, against the server.

use std::process::Command;

use tempfile::TempDir;

use crate::server::Server;

/// The suites, and how many tests each has.
const SUITES: [(&str, usize); 5] = [
    ("basic", 16),
    ("copymove", 13),
    ("props", 30),
    ("locks", 41),
    ("http", 4),
];

/// The suite, the test, and the warning or failure.
type Finding = (String, String, String);

/// The findings that are known, and why they are there.
const KNOWN: [(&str, &str, &str); 1] = [(
    // It sends `DELETE /litmus/frag/#ment`, which is no request target. The `http` crate, which
    // parses it for hyper, cuts the fragment off before a server sees it.
    "basic",
    "delete_fragment",
    "WARNING: DELETE removed collection resource with Request-URI including fragment; unsafe",
)];

#[test]
fn every_test_of_litmus_passes() {
    let server = Server::start();
    let folder = TempDir::new().expect("there is room for the log of litmus");
    let output = Command::new("litmus")
        .args(["--keep-going", &server.url("/")])
        .env("TESTS", SUITES.map(|(suite, _)| suite).join(" "))
        .current_dir(folder.path())
        .output()
        .expect("litmus is not there: apt-get install litmus");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let (passed, findings) = read(&output);
    let known = KNOWN.map(|(suite, test, text)| (suite.into(), test.into(), text.into()));
    assert_eq!(findings, known, "{output}");
    assert_eq!(
        passed,
        SUITES.map(|(suite, tests)| (suite.to_owned(), tests)),
        "{output}"
    );
}

/// Returns the number of tests that passed in each suite, and what was found fault with.
fn read(output: &str) -> (Vec<(String, usize)>, Vec<Finding>) {
    let (mut passed, mut findings) = (Vec::<(String, usize)>::new(), Vec::new());
    let mut name = String::new();
    // A line is written again, after a carriage return, when the result is there.
    for line in output.split(['\n', '\r']) {
        if let Some(suite) = line.strip_prefix("-> running `") {
            passed.push((suite.trim_end_matches("':").to_owned(), 0));
        }
        let Some((suite, count)) = passed.last_mut() else {
            continue;
        };
        let (head, text) = line.split_at(line.len().min(26));
        if let Some((number, named)) = head.split_once(". ")
            && number.trim().parse::<usize>().is_ok()
        {
            named.trim_end_matches(['.', ' ']).clone_into(&mut name);
        } else if !head.starts_with("    ..") {
            continue;
        }
        match text.trim() {
            "" => {}
            text if text.starts_with("pass") => *count += 1,
            text => findings.push((suite.clone(), name.clone(), text.to_owned())),
        }
    }
    (passed, findings)
}

/// A result that is overlooked would be a test that cannot fail.
#[test]
fn results_of_litmus_are_read() {
    let output = "-> running `basic':\n 0. init..................\r 0. init.................. pass\n \
        1. put................... WARNING: odd\n    ...................... pass (with 1 warning)\n \
        2. get................... FAIL (no such file)\n 3. head.................. SKIPPED\n\
        <- summary for `basic': of 3 tests run: 2 passed, 1 failed. 66.7%\n";
    let (passed, findings) = read(output);
    assert_eq!(passed, [("basic".to_owned(), 2)]);
    let expected = [
        ("put", "WARNING: odd"),
        ("get", "FAIL (no such file)"),
        ("head", "SKIPPED"),
    ];
    let expected = expected.map(|(test, text)| ("basic".into(), test.into(), text.into()));
    assert_eq!(findings, expected);
}
