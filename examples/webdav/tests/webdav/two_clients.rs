//! Two clients that append to one file, each in a thread: no line of either is lost.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{EXCLUSIVE, Server};

/// The rounds of each client.
const ROUNDS: usize = 500;

/// The time that a client waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

const CLIENTS: [&str; 2] = ["a", "b"];

/// Appends a line to what was read, unless another client was faster.
fn append(server: &Server, line: &str, token: &str) -> u16 {
    let response = server.send("GET", "/lines", &[], None);
    let etag = response.field("etag").expect("a file has a tag").to_owned();
    let mut content = String::from_utf8(response.content).expect("the lines are text");
    content.push_str(line);
    content.push('\n');
    let condition = format!("({token}[{etag}])");
    server.status("PUT", "/lines", &[("If", &condition)], Some(&content))
}

/// Appends under an exclusive lock, for which it waits.
fn with_lock(server: &Server, line: &str) {
    let start = Instant::now();
    let token = loop {
        assert!(
            start.elapsed() < PATIENCE,
            "{line}: the other client does not unlock"
        );
        let response = server.send(
            "LOCK",
            "/lines",
            &[("Timeout", "Second-60")],
            Some(EXCLUSIVE),
        );
        match (response.status, response.field("lock-token")) {
            (200, Some(token)) => break token.to_owned(),
            (423, _) => thread::sleep(Duration::from_micros(200)),
            _ => panic!("{line}: {response:?}"),
        }
    };
    // Nobody else can write: the tag that was read is the current one.
    assert_eq!(append(server, line, &format!("{token} ")), 204, "{line}");
    let unlocked = server.status("UNLOCK", "/lines", &[("Lock-Token", &token)], None);
    assert_eq!(unlocked, 204, "{line}");
}

/// Appends without a lock: a condition on the tag, and another try where it is false.
fn with_tag(server: &Server, line: &str) {
    let start = Instant::now();
    loop {
        assert!(
            start.elapsed() < PATIENCE,
            "{line}: the other client is always faster"
        );
        match append(server, line, "") {
            204 => return,
            412 => {}
            status => panic!("{line}: {status}"),
        }
    }
}

fn no_line_is_lost(edit: fn(&Server, &str)) {
    let server = &Server::start();
    assert_eq!(server.status("PUT", "/lines", &[], Some("")), 201);
    thread::scope(|scope| {
        for client in CLIENTS {
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    edit(server, &format!("{client}{round}"));
                }
            });
        }
    });
    let content = std::fs::read_to_string(server.inside("lines")).expect("it exists");
    let lines: Vec<_> = content.lines().collect();
    let expected = CLIENTS.map(|client| (0..ROUNDS).map(move |round| format!("{client}{round}")));
    let expected: BTreeSet<_> = expected.into_iter().flatten().collect();
    let found: BTreeSet<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(found, expected, "lines that are lost, or nobody's");
    assert_eq!(lines.len(), 2 * ROUNDS, "a line is there twice");
}

#[test]
fn no_edit_is_lost_under_a_lock() {
    no_line_is_lost(with_lock);
}

#[test]
fn no_edit_is_lost_under_a_condition() {
    no_line_is_lost(with_tag);
}
