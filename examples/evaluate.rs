//! Says what the preconditions of an HTTP request require, and why.
//!
//! It reads a request head from standard input, knows the state of the resource from its options,
//! and prints the status line and the reasons; with `--batch` it reads and writes JSON lines.
//! `cargo run --example evaluate -- --help` says how to call it, and `examples/requests` has
//! requests to try it on.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

#[path = "evaluate/answer.rs"]
mod answer;
#[path = "evaluate/batch.rs"]
mod batch;
#[path = "evaluate/case.rs"]
mod case;
#[path = "evaluate/head.rs"]
mod head;
#[path = "evaluate/line.rs"]
mod line;
#[path = "evaluate/next.rs"]
mod next;
#[path = "evaluate/options.rs"]
mod options;
#[path = "evaluate/report.rs"]
mod report;
#[path = "evaluate/show.rs"]
mod show;
#[path = "evaluate/state.rs"]
mod state;
#[path = "evaluate/why.rs"]
mod why;
#[path = "evaluate/why_ignored.rs"]
mod why_ignored;

use case::Case;
use options::{Options, Stop};

/// Every line was evaluated, except some of `--batch` that are in error.
const SOME_LINES_FAILED: u8 = 1;
/// Nothing was evaluated: the options are bad, or the request cannot be read.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let done = Options::read().and_then(|options| {
        if options.is_batch() {
            batch::run(io::stdin().lock(), io::stdout().lock()).map_err(Stop::Failed)
        } else {
            single(&options).map_err(Stop::Failed)
        }
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(SOME_LINES_FAILED),
        Err(Stop::Asked(text)) => match print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => failed(&message),
        },
        Err(Stop::Failed(message)) => failed(&message),
    }
}

/// Evaluates the one request on standard input.
fn single(options: &Options) -> Result<bool, String> {
    let state = options.state()?;
    if io::stdin().is_terminal() {
        tell("Type a request; an empty line ends it.");
    }
    let request = head::read(io::stdin().lock())?;
    print(&report::report(&Case::new(&request, &state))).map(|()| true)
}

/// Writes to standard output. A reader that has gone away has read enough.
fn print(text: &str) -> Result<(), String> {
    let mut output = io::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}

fn failed(message: &str) -> ExitCode {
    tell(&format!("error: {message}"));
    ExitCode::from(UNUSABLE)
}

/// Writes a line to standard error. Where that fails, nobody is left to be told.
fn tell(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}
