//! The command line.

use std::ffi::OsString;

use clap::{Parser, error::ErrorKind};
use http_preconditions::{EntityTag, HttpDate};

use crate::show;
use crate::state::{State, Validators};

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
  strong_date, require_precondition, already_applied
                        boolean, false by default
  status                integer or null, as --status; 404 is for GET, HEAD and QUERY
  now                   HTTP-date, integer or null, as --now
A character U+0080 to U+00FF stands for the octet of that number. Other keys are passed over.

The objects that it writes, one for each line and in the same order, have these:
  status                the status code
  outcome               "perform", "not_modified", "precondition_failed" or "precondition_required";
                        with already_applied, "precondition_failed" can have a status of success
  decided_by            the field whose condition is false, or null
  range                 true if Range is to be honoured
  malformed             array of {"field", "kind", "offset"}; the kind is what was expected there
  ranges                with a length only: array of [first, last], the octets that a 206 has
or only "error", for a line that is no such object. There is no end to the number of lines; one line
has up to 16 MiB.

Exit codes:
  0  evaluated, whatever the status
  1  --batch: some lines are errors
  2  bad options, or a request that cannot be read
"#;

/// The command line. All of it but `--batch` is about the state of the resource.
#[derive(Debug, Parser)]
#[command(name = "evaluate", version, about = ABOUT, after_help = AFTER_HELP)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Options {
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

    /// HTTP-date or seconds since 1970; only years of two digits ask for it
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    now: Option<String>,

    /// The answer is 428 where no condition counts
    #[arg(long)]
    require_precondition: bool,

    /// What the request asks for is in place already, as after a retry
    #[arg(long)]
    already_applied: bool,

    /// Read one JSON object a line, and write one a line; see below
    #[arg(long, exclusive = true)]
    batch: bool,
}

/// Why the program ends before it evaluates anything.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The text was asked for, such as `--help`.
    Asked(String),
    /// In one line.
    Failed(String),
}

impl Options {
    /// Reads the arguments of this process.
    pub(crate) fn read() -> Result<Self, Stop> {
        Self::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Asked(error.to_string()),
            _ => Stop::Failed(one_line(&error.to_string())),
        })
    }

    pub(crate) fn is_batch(&self) -> bool {
        self.batch
    }

    /// The state that the options tell of.
    pub(crate) fn state(&self) -> Result<State<'_>, String> {
        let now = match &self.now {
            None => HttpDate::NOW_WITHOUT_CLOCK,
            Some(text) => time(text).map_err(|error| format!("--now {}: {error}", shown(text)))?,
        };
        let etag = self.etag.as_deref().map(etag).transpose()?;
        let date = |text: &String| {
            HttpDate::parse_at(text.as_bytes(), now)
                .map_err(|error| format!("--last-modified {}: {error}", shown(text)))
        };
        let last_modified = self.last_modified.as_ref().map(date).transpose()?;
        Ok(State {
            validators: (!self.missing).then_some(Validators {
                etag,
                last_modified,
                strong_date: self.strong_date,
                length: self.length,
            }),
            status: self.status,
            now,
            require_precondition: self.require_precondition,
            already_applied: self.already_applied,
        })
    }
}

fn time(text: &str) -> Result<HttpDate, String> {
    match text.parse::<i64>() {
        Ok(seconds) => HttpDate::from_unix(seconds).map_err(|error| error.to_string()),
        Err(_) => HttpDate::parse(text.as_bytes()).map_err(|error| error.to_string()),
    }
}

/// The tag, octet for octet where the platform has arguments of octets.
fn etag(argument: &std::ffi::OsStr) -> Result<EntityTag<'_>, String> {
    #[cfg(unix)]
    let octets = Some(std::os::unix::ffi::OsStrExt::as_bytes(argument));
    #[cfg(not(unix))]
    let octets = argument.to_str().map(str::as_bytes);
    let octets = octets.ok_or("--etag: expected Unicode")?;
    EntityTag::parse(octets).map_err(|error| {
        let hint = argument.to_str().and_then(quoted).map(|quoted| {
            format!(
                "; the quotes are part of the tag, and the shell takes some off: --etag {quoted}"
            )
        });
        let hint = hint.unwrap_or_default();
        format!("--etag {}: {error}{hint}", show::beginning(octets))
    })
}

/// The tag that is left when the quotes are forgotten, as it is typed in a shell.
fn quoted(text: &str) -> Option<String> {
    let (weak, opaque) = match text.strip_prefix("W/") {
        Some(opaque) => ("W/", opaque),
        None => ("", text),
    };
    let tag = format!("{weak}\"{opaque}\"");
    let is_tag = EntityTag::parse(tag.as_bytes()).is_ok();
    is_tag.then(|| format!("'{}'", tag.replace('\'', r"'\''")))
}

fn shown(text: &str) -> String {
    show::beginning(text.as_bytes())
}

/// The message of clap's report without its tips on usage, control characters and line ends.
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
