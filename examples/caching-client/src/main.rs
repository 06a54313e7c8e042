//! Downloads what has changed, goes on where it was cut, and never splices two versions.
//!
//! The content goes to the standard output, and what was asked and answered to the standard error.
//! It exits with 1 if there is no content, and with 3 if the connection was cut: the next run goes
//! on.

mod download;
mod store;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use download::{Download, Outcome};
use store::Store;

/// Downloads what has changed, goes on where it was cut, and never splices two versions.
#[derive(Parser)]
struct Options {
    /// Where the cache is; it is made if it is not there.
    #[arg(long, default_value = "cache")]
    cache: PathBuf,
    /// What to download. Redirects are not followed.
    url: String,
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let store = Store::new(&options.cache, &options.url)?;
    match Download::new(&options.url, store).run()? {
        Outcome::Content(content) => {
            io::stdout().write_all(&content)?;
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Nothing => Ok(ExitCode::FAILURE),
        Outcome::Cut => Ok(ExitCode::from(3)),
    }
}
