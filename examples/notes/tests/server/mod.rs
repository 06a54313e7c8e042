//! The program itself, started for a test and ended after it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    child: Child,
    /// Scheme, address and port.
    pub(crate) origin: String,
}

impl Server {
    /// Starts the program on a free port and reads its address from what it prints.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_example-notes"))
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("it is piped");
        let mut origin = String::new();
        BufReader::new(stdout)
            .read_line(&mut origin)
            .expect("the program prints its address");
        let origin = origin.trim_end().to_owned();
        assert!(origin.starts_with("http://"), "address: {origin:?}");
        Self { child, origin }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended or not, it is gone after this.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
