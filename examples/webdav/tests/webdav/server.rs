//! The server as a process, on its own folder and port.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use example_over_sockets::{Client, Response};
use tempfile::TempDir;

/// A running server, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    authority: String,
    folder: TempDir,
}

/// The body of LOCK for an exclusive lock.
pub(crate) const EXCLUSIVE: &str = r#"<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>a test</D:owner></D:lockinfo>"#;

/// The program of the server.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_example-webdav");

impl Server {
    pub(crate) fn start() -> Self {
        Self::run(Command::new(PROGRAM))
    }

    /// Starts a server that serves any host name.
    pub(crate) fn at_any_address() -> Self {
        let mut program = Command::new(PROGRAM);
        program.arg("--any-address");
        Self::run(program)
    }

    /// Starts a server that can write files of a few kibibytes only, as on a disk that is full.
    pub(crate) fn with_small_files() -> Self {
        let mut shell = Command::new("sh");
        let script = "ulimit -f 8; trap '' XFSZ; exec \"$0\" \"$@\"";
        shell.args(["-c", script, PROGRAM]);
        Self::run(shell)
    }

    fn run(mut program: Command) -> Self {
        // What is served has a neighbour, which nothing may reach.
        let folder = TempDir::new().expect("there is room for a folder");
        let served = folder.path().join("served");
        std::fs::create_dir(&served).expect("there is room for a folder");
        program.args(["--listen", "127.0.0.1:0"]).arg(served);
        let mut process = program
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("it is piped");
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        read.expect("the server prints its address");
        let authority = line.trim_end().strip_prefix("http://");
        Self {
            process,
            authority: authority.expect("the address is a URL").to_owned(),
            folder,
        }
    }

    /// The host and port.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.authority)
    }

    /// The folder around the one that is served.
    pub(crate) fn outside(&self) -> &Path {
        self.folder.path()
    }

    /// A file or folder in the one that is served.
    pub(crate) fn inside(&self, path: &str) -> PathBuf {
        self.folder
            .path()
            .join("served")
            .join(path.trim_matches('/'))
    }

    /// Sends a request.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
        content: Option<&str>,
    ) -> Response {
        let fields = fields.iter().map(|(name, value)| (*name, value.as_bytes()));
        let fields: Vec<_> = fields.collect();
        let content = content.map(str::as_bytes);
        Client::Ureq.send(method, &self.url(path), &fields, content)
    }

    /// Sends a request, and returns the status of its response.
    pub(crate) fn status(
        &self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
        content: Option<&str>,
    ) -> u16 {
        self.send(method, path, fields, content).status
    }

    /// Locks a resource, and returns the token in its angle brackets.
    pub(crate) fn lock(&self, path: &str, fields: &[(&str, &str)], lockinfo: &str) -> String {
        let response = self.send("LOCK", path, fields, Some(lockinfo));
        assert!(
            matches!(response.status, 200 | 201),
            "LOCK {path}: {response:?}"
        );
        let token = response.field("lock-token").expect("LOCK sends Lock-Token");
        token.to_owned()
    }

    /// Returns the entity tag of a file.
    pub(crate) fn etag(&self, path: &str) -> String {
        let response = self.send("HEAD", path, &[], None);
        let etag = response.field("etag");
        etag.unwrap_or_else(|| panic!("{path}: {response:?}"))
            .to_owned()
    }

    /// Sends a request as it stands on the wire, and returns the status of the response, or 0 if there
    /// is none.
    pub(crate) fn raw(&self, request: &str) -> u16 {
        status(self.begin(request))
    }

    /// Sends a request like [`raw`](Self::raw), and ends the connection behind it.
    pub(crate) fn cut(&self, request: &str) -> u16 {
        let stream = self.begin(request);
        drop(stream.shutdown(Shutdown::Write));
        status(stream)
    }

    /// Sends the beginning of a request.
    pub(crate) fn begin(&self, octets: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.authority).expect("the server listens");
        let limit = Some(Duration::from_secs(20));
        stream.set_read_timeout(limit).expect("it is not zero");
        stream
            .write_all(octets.as_bytes())
            .expect("the server reads");
        stream
    }
}

/// Waits for the end of the connection. Returns the status of the response, or 0 if there is none.
pub(crate) fn status(mut stream: TcpStream) -> u16 {
    let mut response = Vec::new();
    drop(stream.read_to_end(&mut response));
    let response = String::from_utf8_lossy(&response);
    let status = response.split(' ').nth(1);
    status.map_or(0, |status| status.parse().expect("a status"))
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the tests notice by what it does not answer.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
