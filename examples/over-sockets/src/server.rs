//! One of the example servers, as a process.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use crate::client::Client;
use crate::folder::Folder;

/// The packages of the servers that write too, which are also their programs.
pub const SERVERS: [&str; 4] = [
    "example-actix-web",
    "example-axum",
    "example-edge-http",
    "example-picoserve",
];

/// The server that reads only: the files of a folder, which the test writes.
pub const FILES: &str = "example-files";

/// All servers.
pub const READERS: [&str; 5] = [SERVERS[0], SERVERS[1], SERVERS[2], SERVERS[3], FILES];

/// A running server, which ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    name: &'static str,
    process: Child,
    url: String,
    /// The folder of [`FILES`].
    folder: Option<Folder>,
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
    for server in READERS {
        build.args(["--package", server]);
    }
    let status = build.status().expect("cargo starts");
    assert!(status.success(), "the servers do not build");
}

impl Server {
    /// Builds the servers, once, and starts one at a free port: [`FILES`] with a folder that has
    /// the resource `/strong` only.
    ///
    /// # Panics
    ///
    /// If it does not build or does not start.
    #[must_use]
    pub fn start(name: &'static str) -> Self {
        let folder = (name == FILES).then(Folder::new);
        let mut process = Command::new(PROGRAMS.join(name))
            .args(["--listen", "127.0.0.1:0"])
            .args(folder.as_ref().map(Folder::path))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let output = process.stdout.take().expect("it is piped");
        let mut url = String::new();
        let read = BufReader::new(output).read_line(&mut url);
        read.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(url.ends_with('\n'), "{name} printed no address: {url:?}");
        url.pop();
        Self {
            name,
            process,
            url,
            folder,
        }
    }

    /// The package.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The path of this resource: a file has an ending, which tells its media type.
    #[must_use]
    pub fn path(&self, resource: &str) -> String {
        let ending = if self.folder.is_some() { ".txt" } else { "" };
        format!("{resource}{ending}")
    }

    /// The URL of this resource.
    #[must_use]
    pub fn url(&self, resource: &str) -> String {
        format!("{}{}", self.url, self.path(resource))
    }

    /// Makes this the content of a resource that exists.
    ///
    /// # Panics
    ///
    /// If the server does not take it.
    pub fn put(&self, resource: &str, content: &[u8]) {
        if let Some(folder) = &self.folder {
            folder.put(&self.path(resource), content);
        } else {
            let answer = Client::Ureq.send("PUT", &self.url(resource), &[], Some(content));
            assert_eq!(answer.status, 204, "{}\n{answer:?}", self.name);
        }
    }

    /// The folder of [`FILES`].
    ///
    /// # Panics
    ///
    /// If it is another server.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        self.folder.as_ref().expect("this server has a folder")
    }

    /// The most memory that the process has had at a time, in octets; none where the system does not
    /// tell.
    #[must_use]
    pub fn peak_memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes << 10)
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
