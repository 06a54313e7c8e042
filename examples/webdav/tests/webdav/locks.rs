//! Locks over time: who gets one, what it covers, and when it ends.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::Duration;

use crate::server::{EXCLUSIVE, Server};

/// A request of a story.
struct Step<'a> {
    /// The method, and behind LOCK the name that its token gets: `LOCK A`.
    method: &'a str,
    path: &'a str,
    /// The fields; `{A}` is the token of that name, in its angle brackets.
    fields: &'a [(&'a str, &'a str)],
    content: Option<&'a str>,
    status: u16,
    /// Texts that the content of the response contains.
    contains: &'a [&'a str],
}

const fn step<'a>(method: &'a str, path: &'a str, status: u16) -> Step<'a> {
    Step {
        method,
        path,
        fields: &[],
        content: None,
        status,
        contains: &[],
    }
}

impl<'a> Step<'a> {
    const fn with(self, fields: &'a [(&'a str, &'a str)]) -> Self {
        Self { fields, ..self }
    }

    const fn sends(self, content: &'a str) -> Self {
        Self {
            content: Some(content),
            ..self
        }
    }

    const fn gets(self, contains: &'a [&'a str]) -> Self {
        Self { contains, ..self }
    }
}

fn lock<'a>(method: &'a str, path: &'a str, status: u16) -> Step<'a> {
    step(method, path, status).sends(EXCLUSIVE)
}

/// Puts tokens in the place of their names.
fn with_tokens(text: &str, tokens: &BTreeMap<String, String>) -> String {
    let replaced = |text: String, (name, token): (&String, &String)| {
        text.replace(&format!("{{{name}}}"), token)
    };
    tokens.iter().fold(text.to_owned(), replaced)
}

/// The server has `/a/`, `/a/b/`, `/a/file`, `/a/b/file` and `/file`.
fn tell(name: &str, steps: &[Step<'_>]) {
    let server = Server::start();
    fs::create_dir_all(server.inside("a/b")).unwrap();
    for file in ["a/file", "a/b/file", "file"] {
        fs::write(server.inside(file), "old").unwrap();
    }
    let mut tokens = BTreeMap::new();
    for (number, step) in steps.iter().enumerate() {
        let (method, token) = step.method.split_once(' ').unwrap_or((step.method, ""));
        if method == "wait" {
            thread::sleep(Duration::from_millis(step.status.into()));
            continue;
        }
        let fields = step
            .fields
            .iter()
            .map(|(name, value)| (*name, with_tokens(value, &tokens)));
        let fields: Vec<_> = fields.collect();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let response = server.send(method, step.path, &fields, step.content);
        let context = format!(
            "{name}, request {}: {} {}",
            number + 1,
            step.method,
            step.path
        );
        assert_eq!(response.status, step.status, "{context}\n{response:?}");
        if !token.is_empty() {
            let value = response.field("lock-token").expect("LOCK sends Lock-Token");
            tokens.insert(token.to_owned(), value.to_owned());
            // In XML it is in no angle brackets.
            let inner = value.trim_matches(['<', '>']).to_owned();
            tokens.insert(format!("{token}.inner"), inner);
        }
        let received = String::from_utf8_lossy(&response.content);
        for text in step.contains {
            let text = with_tokens(text, &tokens);
            assert!(
                received.contains(&text),
                "{context}: no {text} in {received}"
            );
        }
    }
}

const SHARED: &str = r#"<lockinfo xmlns="DAV:"><lockscope><shared/></lockscope><locktype><write/></locktype></lockinfo>"#;

#[test]
fn the_examples_of_lock_and_unlock() {
    // RFC 4918 §9.10.7, §9.10.8, §9.11.2.
    tell(
        "a lock, refreshed and removed",
        &[
            lock("LOCK A", "/file", 200)
                .with(&[("Timeout", "Infinite, Second-4100000000")])
                .gets(&[
                    "<D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>",
                    "<D:depth>infinity</D:depth>",
                    ">a test</D:owner>",
                    "<D:timeout>Second-3600</D:timeout>",
                    "<D:locktoken><D:href>{A.inner}</D:href></D:locktoken>",
                    "<D:lockroot><D:href>/file</D:href></D:lockroot>",
                ]),
            step("LOCK", "/file", 200)
                .with(&[("If", "({A})"), ("Timeout", "Second-60")])
                .gets(&["{A.inner}", "<D:timeout>Second-60</D:timeout>"]),
            step("PROPFIND", "/file", 207)
                .with(&[("Depth", "0")])
                .gets(&["{A.inner}"]),
            step("UNLOCK", "/file", 204).with(&[("Lock-Token", "{A}")]),
            step("PUT", "/file", 204).sends("new"),
            step("UNLOCK", "/file", 409)
                .with(&[("Lock-Token", "{A}")])
                .gets(&["<D:lock-token-matches-request-uri"]),
        ],
    );
    // §9.10.9.
    tell(
        "a member that is locked already",
        &[
            lock("LOCK A", "/a/b/file", 200),
            lock("LOCK", "/a/", 207).gets(&[
                "<D:href>/a/b/file</D:href><D:status>HTTP/1.1 423 Locked</D:status>",
                "<D:href>/a/</D:href><D:status>HTTP/1.1 424 Failed Dependency</D:status>",
            ]),
            step("PUT", "/a/file", 204).sends("not locked"),
            lock("LOCK B", "/a/", 200).with(&[("Depth", "0")]),
        ],
    );
    // §6.2, §9.10.6.
    tell(
        "who gets a lock",
        &[
            step("LOCK A", "/file", 200).sends(SHARED),
            step("LOCK B", "/file", 200).sends(SHARED),
            lock("LOCK", "/file", 423).gets(&["<D:no-conflicting-lock><D:href>/file</D:href>"]),
            step("PUT", "/file", 423).sends("no token"),
            step("PUT", "/file", 204)
                .sends("one of both")
                .with(&[("If", "({B})")]),
            step("UNLOCK", "/file", 204).with(&[("Lock-Token", "{A}")]),
            step("PUT", "/file", 423)
                .sends("B is left")
                .with(&[("If", "({A}) (Not <DAV:no-lock>)")]),
            step("PUT", "/file", 204)
                .sends("B is left")
                .with(&[("If", "({B})")]),
        ],
    );
    // §7.3, §9.10.4.
    tell(
        "an unmapped URL",
        &[
            lock("LOCK A", "/new", 201),
            step("GET", "/new", 200),
            step("PUT", "/new", 423).sends("no token"),
            step("PUT", "/new", 204)
                .sends("new")
                .with(&[("If", "({A})")]),
            lock("LOCK", "/none/new", 409),
        ],
    );
}

#[test]
fn a_lock_covers_what_its_depth_says() {
    // RFC 4918 §7.4.
    tell("infinity", &[
        lock("LOCK A", "/a/", 200).with(&[("Depth", "infinity")]),
        step("PUT", "/a/b/file", 423).sends("x").gets(&["<D:lock-token-submitted><D:href>/a/</D:href>"]),
        step("PUT", "/a/b/new", 423).sends("x"),
        step("PROPPATCH", "/a/b/", 423).sends(
            r#"<propertyupdate xmlns="DAV:"><set><prop><x xmlns="u"/></prop></set></propertyupdate>"#,
        ),
        step("MKCOL", "/a/c/", 423),
        lock("LOCK", "/a/b/file", 423).gets(&["<D:href>/a/</D:href>"]),
        // A new member has no state yet, also no lock (§10.4.4).
        step("PUT", "/a/b/new", 412)
            .sends("x")
            .with(&[("If", "({A})")]),
        step("MKCOL", "/a/c/", 201).with(&[("If", "</a/> ({A})")]),
        step("PUT", "/a/c/new", 201).sends("x").with(&[("If", "</a/> ({A})")]),
        step("PUT", "/a/c/new", 423).sends("a new member is locked too"),
        // Refreshed and removed through any resource in its scope.
        step("LOCK", "/a/b/file", 200).with(&[("If", "({A})")]).gets(&["<D:href>/a/</D:href>"]),
        step("UNLOCK", "/a/b/file", 204).with(&[("Lock-Token", "{A}")]),
        step("PUT", "/a/c/new", 204).sends("x"),
    ]);
    tell(
        "0",
        &[
            lock("LOCK A", "/a/", 200).with(&[("Depth", "0")]),
            step("PUT", "/a/file", 204).sends("a member's content is its own"),
            step("PUT", "/a/new", 423).sends("x"),
            step("DELETE", "/a/file", 423),
            lock("LOCK", "/a/new", 423),
            step("MOVE", "/file", 423).with(&[("Destination", "/a/moved")]),
            step("COPY", "/file", 423).with(&[("Destination", "/a/copied")]),
            step("COPY", "/file", 204).with(&[("Destination", "/a/file")]),
            step("DELETE", "/a/file", 204).with(&[("If", "</a/> ({A})")]),
        ],
    );
}

#[test]
fn a_lock_ends_with_its_resource_and_its_time() {
    // RFC 4918 §6.6, §7.6, §9.6, §9.8.
    tell(
        "DELETE",
        &[
            lock("LOCK A", "/a/b/file", 200),
            step("DELETE", "/a/", 423).gets(&["<D:href>/a/b/file</D:href>"]),
            step("GET", "/a/file", 200),
            step("DELETE", "/a/", 204).with(&[("If", "</a/b/file> ({A})")]),
            step("MKCOL", "/a/", 201),
            step("MKCOL", "/a/b/", 201),
            step("PUT", "/a/b/file", 201).sends("not locked"),
        ],
    );
    tell(
        "MOVE",
        &[
            lock("LOCK A", "/file", 200),
            step("MOVE", "/file", 423).with(&[("Destination", "/moved")]),
            step("MOVE", "/file", 201).with(&[("Destination", "/moved"), ("If", "({A})")]),
            step("PUT", "/moved", 204).sends("a lock does not move"),
            step("PUT", "/file", 201).sends("nor does it stay"),
        ],
    );
    tell(
        "COPY",
        &[
            lock("LOCK A", "/file", 200),
            step("COPY", "/file", 201).with(&[("Destination", "/copied")]),
            step("PUT", "/copied", 204).sends("a lock is not copied"),
            step("COPY", "/copied", 423).with(&[("Destination", "/file")]),
            step("COPY", "/copied", 204).with(&[("Destination", "/file"), ("If", "</file> ({A})")]),
            step("PUT", "/file", 423).sends("its content was replaced, and it is locked still"),
        ],
    );
    tell(
        "time",
        &[
            lock("LOCK A", "/file", 200).with(&[("Timeout", "Second-2")]),
            step("PUT", "/file", 423).sends("x"),
            step("wait", "", 2100),
            step("PUT", "/file", 412)
                .sends("x")
                .with(&[("If", "({A})")]),
            step("PUT", "/file", 204)
                .sends("x")
                .with(&[("If", "({A}) (Not <DAV:no-lock>)")]),
            step("LOCK", "/file", 412)
                .with(&[("If", "({A})")])
                .gets(&["<D:lock-token-matches-request-uri"]),
            step("PUT", "/file", 204).sends("x"),
        ],
    );
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    tell(
        "LOCK and UNLOCK",
        &[
            lock("LOCK A", "/file", 200),
            // A refresh names one lock.
            step("LOCK", "/file", 400),
            step("LOCK", "/file", 400).with(&[("If", "({A}) (<urn:x:t>)")]),
            step("LOCK", "/file", 400).with(&[("If", "({A}")]),
            step("LOCK", "/a/file", 412).with(&[("If", "</file> ({A})")]),
            // Depth, and the body.
            lock("LOCK", "/a/", 400).with(&[("Depth", "1")]),
            step("LOCK", "/a/", 400).sends("<lockinfo"),
            step("LOCK", "/a/", 422).sends(r#"<lockinfo xmlns="DAV:"/>"#),
            // UNLOCK has its token in Lock-Token (§9.11, §10.5).
            step("UNLOCK", "/file", 400),
            step("UNLOCK", "/file", 400).with(&[("If", "({A})")]),
            step("UNLOCK", "/file", 400).with(&[("Lock-Token", "{A.inner}")]),
            step("UNLOCK", "/a/file", 409).with(&[("Lock-Token", "{A}")]),
            step("UNLOCK", "/file", 409).with(&[("Lock-Token", "<urn:x:t>")]),
            step("UNLOCK", "/file", 412).with(&[("Lock-Token", "{A}"), ("If", r#"(["x"])"#)]),
            step("PUT", "/file", 423).sends("it is locked still"),
            // Overwrite, Destination.
            step("COPY", "/a/", 403).with(&[("Destination", "/a/b/c/")]),
            step("MOVE", "/a/b/", 403).with(&[("Destination", "/a/")]),
            step("MOVE", "/a/", 400).with(&[("Destination", "/c/"), ("Depth", "0")]),
            step("COPY", "/a/file", 502).with(&[("Destination", "http://other.example/x")]),
            step("COPY", "/a/file", 412).with(&[("Destination", "/a/b/file"), ("Overwrite", "F")]),
            step("COPY", "/a/file", 400).with(&[("Destination", "/x"), ("Overwrite", "maybe")]),
            step("COPY", "/a/file", 409).with(&[("Destination", "/none/x")]),
            step("POST", "/a/file", 405),
            step("PUT", "/a/", 405).sends("x"),
            step("MKCOL", "/c/", 415).sends("x"),
        ],
    );
}
