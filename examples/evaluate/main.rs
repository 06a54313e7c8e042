//! Says what the preconditions of an HTTP request require, and why.
//!
//! It reads a request head from standard input, knows the state of the resource from its options,
//! and prints the status line and the reasons; with `--batch` it reads and writes JSON lines.
//! `cargo run --example evaluate -- --help` says how to call it, and `examples/requests` has
//! requests to try it on.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser;
use http_preconditions::dav::Preconditions;
use http_preconditions::range::{MalformedRange, SeveralRanges};
use http_preconditions::{EntityTag, HttpDate};

use request::{Request, State, Validators, beginning};

mod batch;
mod dav;
mod explain;
mod request;
mod values;

const ABOUT: &str = "\
Says what the preconditions of an HTTP request require, and why.

Reads a request head from standard input, up to its empty line, and takes the state of the resource
from the options. Prints the status line, then the reasons: which field decided, which value met
which, what was ignored and why, what was malformed and where, and what the server does next. A
section without another name is one of RFC 9110.";

const AFTER_HELP: &str = r#"Examples:
  The client has the current version; the answer is 304:
    printf 'GET / HTTP/1.1\nIf-None-Match: W/"v1"\n' | evaluate --etag '"v1"'

  The client saw version 1, and there is version 2; the answer is 412:
    printf 'PUT / HTTP/1.1\nIf-Match: "v1"\n' | evaluate --etag '"v2"'

  The client wants to create, and nothing is there; the PUT is performed:
    printf 'PUT / HTTP/1.1\nIf-None-Match: *\n' | evaluate --missing --status 201

  The client has the first 600 octets of 1000, and wants the others; the answer is 206:
    printf 'GET / HTTP/1.1\nRange: bytes=600-\n' | evaluate --length 1000

  Many requests, one JSON object a line:
    evaluate --batch <<'END'
    {"method":"GET","etag":"\"v1\"","fields":[["If-None-Match","\"v1\""]]}
    END

The objects that --batch reads have these keys, of which only method and fields are required:
  method                string
  fields                array of [name, value], in the order of the request
  exists                boolean, true by default; if false, there is no representation
  etag, last_modified   string or null, as for the options; not used if exists is false
  length                integer or null, as --length; not used if exists is false
  strong_date, require_if_match, already_applied
                        boolean, false by default
  status                integer or null, as --status; 404 is for GET, HEAD, QUERY, DELETE, PATCH
  range_policy          object: "malformed" is "ignore" or "reject", "several" is "serve", "ignore"
                        or "reject"; the first of each by default; used with a length only
  now                   HTTP-date, integer or null, as --now
  dav                   object, for a server that knows If and If-Schedule-Tag-Match:
    request_uri         string: the state of this resource stands for exists and etag
    resources           object of {"exists", "etag", "tokens"} by path; the tokens are those of all
                        locks in whose scope the resource is
    host                string: a Resource-Tag is a path, or has http or https and this host
    must_submit         array of arrays of tokens: of each inner array one has to be submitted
    schedule_tag        string or null
A character U+0080 to U+00FF stands for the octet of that number. Other keys are passed over.

The objects that it writes, one for each line and in the same order, have these:
  status                the status code
  outcome               "perform", "not_modified", "precondition_failed", "precondition_required"
                        or "locked"; with already_applied, "precondition_failed" can have a status
                        of success
  decided_by            the field whose condition is false, or null
  range                 true if Range is to be honoured
  malformed             array of {"field", "kind", "offset"}; the kind is what was expected there
  ranges                with a length only: array of [first, last], the octets that a 206 has
  if                    with dav only: true, false or "malformed"; null without the field
  lists                 with dav only: array of {"resource", "conditions"}, the lists of If, each
                        with the resource that it is about, or null for the Request-URI. A condition
                        is {"not", "token"} or {"not", "etag"}
or only "error", for a line that is no such object. There is no end to the number of lines; one line
has up to 16 MiB.

Exit codes:
  0  evaluated, whatever the status
  1  --batch: some lines are errors
  2  bad options, or a request that cannot be read
"#;

/// The command line. All of it but `--batch` is about the server and the resource.
#[derive(Debug, Parser)]
#[command(name = "evaluate", version, about = ABOUT, after_help = AFTER_HELP)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
struct Options {
    /// The current entity-tag, quotes included: '"v1"' or 'W/"v1"'
    #[arg(long, value_name = "TAG")]
    etag: Option<OsString>,

    /// When the representation was last modified, as an HTTP-date
    #[arg(long, value_name = "DATE")]
    last_modified: Option<String>,

    /// The date is a strong validator, so that If-Range can match it
    #[arg(long, requires = "last_modified")]
    strong_date: bool,

    /// How many octets there are; Range is then answered 206 or 416
    #[arg(long, value_name = "OCTETS")]
    length: Option<u64>,

    /// There is no current representation
    #[arg(long, conflicts_with_all = ["etag", "last_modified", "length"])]
    missing: bool,

    /// Status without conditions and Range [default: 200; missing: 404]
    #[arg(long, value_name = "CODE", value_parser = clap::value_parser!(u16).range(100..=599))]
    status: Option<u16>,

    /// HTTP-date or seconds since 1970; for years of two digits only
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    now: Option<String>,

    /// The answer is 428 where a change comes without If-Match
    #[arg(long)]
    require_if_match: bool,

    /// What the request asks for is in place already, as after a retry
    #[arg(long)]
    already_applied: bool,

    /// With a length: ignore a malformed Range (default) or reject it
    #[arg(long, value_name = "POLICY", value_parser = request::malformed_range)]
    malformed_range: Option<MalformedRange>,

    /// With a length: serve (default), ignore or reject several ranges
    #[arg(long, value_name = "POLICY", value_parser = request::several_ranges)]
    several_ranges: Option<SeveralRanges>,

    /// Read one JSON object a line, and write one a line; see below
    #[arg(long, exclusive = true)]
    batch: bool,
}

fn main() -> ExitCode {
    let done = match Options::try_parse() {
        Ok(options) if options.batch => batch::run(io::stdin().lock(), io::stdout().lock()),
        Ok(options) => single(&options).map(|()| true),
        Err(asked) if !asked.use_stderr() => print(&asked.to_string()).map(|()| true),
        Err(error) => Err(one_line(&error.to_string())),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            tell(&format!("error: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Evaluates the one request on standard input.
fn single(options: &Options) -> Result<(), String> {
    let state = options.state()?;
    if io::stdin().is_terminal() {
        tell("Type a request; an empty line ends it.");
    }
    let request = Request::read(io::stdin().lock())?;
    print(&explain::report(&request, &state))
}

/// Writes to standard output. A reader that has gone away has read enough.
fn print(text: &str) -> Result<(), String> {
    let mut output = io::stdout().lock();
    let written = output.write_all(text.as_bytes());
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. Where that fails, nobody is left to be told.
fn tell(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}

impl Options {
    /// Returns the state that the options tell of.
    fn state(&self) -> Result<State<'_>, String> {
        let now = self
            .now
            .as_deref()
            .map_or(Ok(HttpDate::ASSUMED_NOW), time)?;
        let date = |text: &String| {
            HttpDate::parse_at(text.as_bytes(), now).map_err(refused("--last-modified", text))
        };
        let validators = Validators {
            etag: self.etag.as_deref().map(etag).transpose()?,
            last_modified: self.last_modified.as_ref().map(date).transpose()?,
            strong_date: self.strong_date,
            length: self.length,
        };
        Ok(State {
            validators: (!self.missing).then_some(validators),
            status: self.status,
            now,
            require_if_match: self.require_if_match,
            already_applied: self.already_applied,
            malformed_range: self.malformed_range.unwrap_or_default(),
            several_ranges: self.several_ranges.unwrap_or_default(),
            dav: Preconditions::new(),
        })
    }
}

fn time(text: &str) -> Result<HttpDate, String> {
    match text.parse() {
        Ok(seconds) => HttpDate::from_unix(seconds).map_err(refused("--now", text)),
        Err(_) => HttpDate::parse(text.as_bytes()).map_err(refused("--now", text)),
    }
}

/// Returns the message about an option whose value cannot be read.
fn refused<E: ToString>(option: &str, text: &str) -> impl Fn(E) -> String {
    let start = format!("{option} {}", beginning(text.as_bytes()));
    move |error| format!("{start}: {}", error.to_string())
}

/// Reads the tag, octet for octet where the platform has arguments of octets.
fn etag(argument: &OsStr) -> Result<EntityTag<'_>, String> {
    #[cfg(unix)]
    let octets = Some(std::os::unix::ffi::OsStrExt::as_bytes(argument));
    #[cfg(not(unix))]
    let octets = argument.to_str().map(str::as_bytes);
    let octets = octets.ok_or("--etag: expected Unicode")?;
    EntityTag::parse(octets).map_err(|error| {
        let hint = argument.to_str().and_then(quoted).map_or_else(String::new, |quoted| {
            format!(
                "; the quotes are part of the tag, and the shell takes some off: --etag {quoted}"
            )
        });
        format!("--etag {}: {error}{hint}", beginning(octets))
    })
}

/// Returns the tag whose quotes were forgotten, as it is typed in a shell.
fn quoted(text: &str) -> Option<String> {
    let (weak, opaque) = match text.strip_prefix("W/") {
        Some(opaque) => ("W/", opaque),
        None => ("", text),
    };
    let tag = format!("{weak}\"{opaque}\"");
    let is_tag = EntityTag::parse(tag.as_bytes()).is_ok();
    is_tag.then(|| format!("'{}'", tag.replace('\'', r"'\''")))
}

/// Returns the message of clap's report without its tips on usage, control characters and line
/// ends.
fn one_line(report: &str) -> String {
    let lines = report
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" ");
    let text = text.replace(" tip: ", "; ");
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    text.chars()
        .filter(|character| !character.is_control())
        .collect()
}
