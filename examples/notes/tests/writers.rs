//! Many clients count in one note, through two servers on one file, and no count is lost.

mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::{Client, StatusCode, header};
use server::Server;
use tokio::task::JoinSet;

const CLIENTS: usize = 32;
const PUTS: u32 = 10_000;

#[derive(Default)]
struct Counts {
    sent: AtomicU32,
    performed: AtomicU32,
    refused: AtomicU32,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_between_writers() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let file = format!("{folder}/writers-{}.db", std::process::id());
    let servers = [(); 2].map(|()| Server::start(&["--database", &file]));
    let notes = servers
        .each_ref()
        .map(|server| format!("{}/notes/count", server.origin));
    let created = Client::new()
        .put(&notes[0])
        .header(header::IF_NONE_MATCH, "*")
        .body("0")
        .send()
        .await
        .expect("the server answers");
    assert_eq!(created.status(), StatusCode::CREATED);

    let counts = Arc::new(Counts::default());
    let mut writers = JoinSet::new();
    for client in 0..CLIENTS {
        let note = notes[client % notes.len()].clone();
        writers.spawn(write(client, note, Arc::clone(&counts)));
    }
    tokio::time::timeout(Duration::from_secs(100), writers.join_all())
        .await
        .expect("the writers finish in time");

    let performed = counts.performed.load(Ordering::Relaxed);
    let refused = counts.refused.load(Ordering::Relaxed);
    println!(
        "{PUTS} conditional PUTs by {CLIENTS} clients through {} servers: {performed} performed, \
         {refused} refused",
        servers.len(),
    );
    assert_eq!(
        performed + refused,
        PUTS,
        "every PUT is answered 204 or 412"
    );
    assert!(performed > 0 && refused > 0, "the writers have met");
    for note in &notes {
        let last = fetch(&Client::new(), note).await;
        println!(
            "final version {}, final count {}",
            last.version(),
            last.count
        );
        assert_eq!(last.count, performed, "a count is lost");
        // The version that was created is the first.
        assert_eq!(last.version(), performed + 1, "a version is lost");
    }
    drop(servers);
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{suffix}"));
    }
}

/// Counts on from what is there, as often as all clients together have not yet done enough.
async fn write(number: usize, note: String, counts: Arc<Counts>) {
    let client = Client::new();
    while counts.sent.fetch_add(1, Ordering::Relaxed) < PUTS {
        let current = fetch(&client, &note).await;
        let answer = client
            .put(&note)
            .header(header::IF_MATCH, &current.tag)
            .body(format!("{} client {number}", current.count + 1))
            .send()
            .await
            .expect("the server answers");
        let count = match answer.status() {
            StatusCode::NO_CONTENT => &counts.performed,
            StatusCode::PRECONDITION_FAILED => &counts.refused,
            other => panic!("client {number}: {other}"),
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

struct Current {
    tag: String,
    count: u32,
}

impl Current {
    /// The tag is `"origin.version"`.
    fn version(&self) -> u32 {
        let version = self.tag.trim_matches('"').rsplit('.').next();
        version
            .and_then(|version| version.parse().ok())
            .expect("a version")
    }
}

async fn fetch(client: &Client, note: &str) -> Current {
    let answer = client.get(note).send().await.expect("the server answers");
    assert_eq!(answer.status(), StatusCode::OK);
    let tag = answer.headers()[header::ETAG]
        .to_str()
        .expect("our tags are ASCII")
        .to_owned();
    let text = answer.text().await.expect("the note is text");
    let count = text.split(' ').next().and_then(|count| count.parse().ok());
    Current {
        tag,
        count: count.expect("a count"),
    }
}
