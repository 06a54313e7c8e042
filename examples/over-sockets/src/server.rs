//! One of the example servers, as a process.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// The packages of the servers, which are also their programs.
pub const SERVERS: [&str; 4] = [
    "example-actix-web",
    "example-axum",
    "example-edge-http",
    "example-picoserve",
];

/// A running server, which ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    url: String,
}

/// Where the servers lie when all of them are built: beside this test, one folder up.
static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
    // Together with other packages some dependencies have other features, and would be built again.
    if env::var_os("SERVERS_ARE_BUILT").is_none() {
        build();
    }
    let test = env::current_exe().expect("this test has a path");
    let target = test.ancestors().nth(3).expect("target/PROFILE/deps/TEST");
    target.join("debug")
});

fn build() {
    let mut build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args(["build", "--quiet", "--manifest-path"]);
    build.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    for server in SERVERS {
        build.args(["--package", server]);
    }
    let status = build.status().expect("cargo starts");
    assert!(status.success(), "the servers do not build");
}

impl Server {
    /// Builds the servers, once, and starts one at a free port.
    ///
    /// # Panics
    ///
    /// If it does not build or does not start.
    #[must_use]
    pub fn start(name: &str) -> Self {
        let mut process = Command::new(PROGRAMS.join(name))
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let output = process.stdout.take().expect("it is piped");
        let mut url = String::new();
        let read = BufReader::new(output).read_line(&mut url);
        read.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(url.ends_with('\n'), "{name} printed no address: {url:?}");
        url.pop();
        Self { process, url }
    }

    /// The URL of this path on the server.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The host and port.
    ///
    /// # Panics
    ///
    /// If the server printed no `http` URL.
    #[must_use]
    pub fn authority(&self) -> &str {
        let authority = self.url.strip_prefix("http://");
        authority.expect("the servers speak http")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the tests notice by what it does not answer.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
