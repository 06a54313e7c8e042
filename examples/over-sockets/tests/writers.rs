//! Concurrent writers: each counts up what it has read, and no count is lost.

use std::thread;

use example_over_sockets::{Client, SERVERS, Server};

const WRITERS: u64 = 8;
const WRITES: u64 = 25;

/// Reads, adds one and writes with the tag as guard, until it has done so often enough; returns how
/// often it was refused.
fn count_up(url: &str) -> u64 {
    let (mut written, mut refused) = (0, 0);
    while written < WRITES {
        let current = Client::Ureq.get(url);
        let count: u64 = String::from_utf8_lossy(&current.content)
            .parse()
            .expect("a number");
        let guard = [("If-Match", current.field("etag").expect("a tag").as_bytes())];
        let next = (count + 1).to_string();
        match Client::Ureq
            .send("PUT", url, &guard, Some(next.as_bytes()))
            .status
        {
            204 => written += 1,
            412 => refused += 1,
            status => panic!("{status}"),
        }
    }
    refused
}

#[test]
fn no_update_is_lost() {
    for name in SERVERS {
        let server = Server::start(name);
        let url = server.url("/guarded");
        let begin = Client::Ureq.send("PUT", &url, &[("If-Match", b"*")], Some(b"0"));
        assert_eq!(begin.status, 204, "{name}\n{begin:?}");

        let refused: u64 = thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|_| scope.spawn(|| count_up(&url)))
                .collect();
            writers
                .into_iter()
                .map(|writer| writer.join().expect("it ends"))
                .sum()
        });
        let end = Client::Ureq.get(&url);
        let count = String::from_utf8_lossy(&end.content);
        let tag = end.field("etag");
        println!(
            "{name}: {} written, {refused} refused, {count} counted, {tag:?}",
            WRITERS * WRITES
        );
        assert_eq!(count, (WRITERS * WRITES).to_string(), "{name}");
        // The first version, that with 0, and one for each write.
        assert_eq!(
            tag,
            Some(&*format!("\"v{}\"", WRITERS * WRITES + 2)),
            "{name}"
        );
        assert!(refused > 0, "{name}: the writers never met");
    }
}
