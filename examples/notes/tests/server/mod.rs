//! A server that is started for a test and ends with it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    child: Child,
    /// Scheme, address and port.
    pub(crate) origin: String,
}

impl Server {
    /// Starts the program itself, on a port that is free.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-notes"));
        command.args(["--listen", "127.0.0.1:0"]).args(arguments);
        Self::run(command, |line| {
            line.starts_with("http://").then(|| line.to_owned())
        })
    }

    /// Starts this one, and reads its origin from a line that it prints.
    pub(crate) fn run(mut command: Command, origin: impl Fn(&str) -> Option<String>) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let stdout = child.stdout.take().expect("it is piped");
        let origin = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| origin(&line))
            .unwrap_or_else(|| panic!("{command:?} prints no address"));
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
