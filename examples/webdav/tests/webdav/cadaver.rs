//! `cadaver`, a client with a command line, edits a file under a lock.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::server::Server;

#[test]
fn cadaver_locks_writes_and_unlocks() {
    let server = Server::start();
    fs::write(server.inside("file.txt"), "old").expect("there is room for a file");
    // It keeps its locks in its home.
    let home = TempDir::new().expect("there is room for a folder");
    let edited = home.path().join("edited.txt");
    fs::write(&edited, "new").expect("there is room for a file");

    let mut cadaver = Command::new("cadaver")
        .arg(server.url("/"))
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cadaver is not there: apt-get install cadaver");
    let mut commands = cadaver.stdin.take().expect("it is piped");
    let mut output = BufReader::new(cadaver.stdout.take().expect("it is piped"));
    let mut run = |command: &str, until: &str| {
        writeln!(commands, "{command}").expect("cadaver reads");
        let mut lines = String::new();
        while !lines.contains(until) {
            let read = output.read_line(&mut lines).expect("cadaver writes text");
            assert!(read > 0, "{command}: no {until:?} in {lines}");
        }
        lines
    };
    let put = || server.status("PUT", "/file.txt", &[], Some("of another client"));

    let locked = run("lock file.txt", "ocking `file.txt':");
    assert!(locked.contains("succeeded"), "{locked}");
    assert_eq!(put(), 423, "without the token");
    let written = run(&format!("put {} file.txt", edited.display()), "succeeded");
    assert!(written.contains("file.txt"), "{written}");
    assert_eq!(put(), 423, "the lock is still there");
    let content = fs::read_to_string(server.inside("file.txt"));
    assert_eq!(content.expect("it exists"), "new");
    let unlocked = run("unlock file.txt", "succeeded");
    assert!(unlocked.contains("ocking"), "{unlocked}");
    assert_eq!(put(), 204, "the lock is gone");

    writeln!(commands, "quit").expect("cadaver reads");
    assert!(cadaver.wait().expect("cadaver ends").success());
}
