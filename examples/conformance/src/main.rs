//! Tells which rules of RFC 9110 on conditional requests a server breaks:
//! `cargo run -p example-conformance -- http://127.0.0.1:8080/file.txt`.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use example_conformance::case::{Case, Role};
use example_conformance::report::{Report, html, json, text};
use example_conformance::resource::Resource;
use example_conformance::run::{Finding, run};
use example_conformance::target::Target;
use example_conformance::{cases, responses, wire, writes};

const ABOUT: &str = "\
Tells which rules of RFC 9110 on conditional requests a server breaks.

Asks for the resource in some 240 ways, and compares each response with what the RFC requires of
it. Nothing is changed on the server. Prints what fails: what was sent, what came, what is required,
at which level, in which section, and why it matters. MUST and SHOULD are the RFC's; TASTE is where
it leaves the choice to the server, and this program says what its authors would choose.";

const AFTER_HELP: &str = "\
The resource should be a static file of 20 octets or more, with an ETag and a Last-Modified: the
program says which cases it skips where they are missing.

--writes URL also sends PUT, POST and DELETE with guards. If the URL ends with a slash, they go to a
new name below it; otherwise to the URL itself, which must not exist. What they create is deleted.

Exit codes:
  0  no MUST fails
  1  some MUST fails
  2  nothing could be tested: bad options, no such address, no response, a redirect, a 404 or
     another status than 200; or the resource was changed while it was tested
";

const USAGE: &str = "\
conformance [OPTIONS] <URL>
       conformance --list [--only <PATTERN>]";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "conformance", about = ABOUT, after_help = AFTER_HELP, override_usage = USAGE)]
struct Options {
    /// The resource, as an http URL; only --list needs none
    #[arg(required_unless_present = "list", value_name = "URL")]
    url: Option<String>,

    /// Send PUT, POST and DELETE too, to this URL
    #[arg(long, value_name = "URL")]
    writes: Option<String>,

    /// The server is a cache: skip what only an origin server evaluates
    #[arg(long)]
    cache: bool,

    /// Run the cases whose name contains this
    #[arg(long, value_name = "PATTERN", default_value = "")]
    only: String,

    /// List the cases, and send nothing
    #[arg(long)]
    list: bool,

    /// Show every case, with the octets on the wire
    #[arg(short, long)]
    verbose: bool,

    /// Write the report as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    json: Option<String>,

    /// Write the report as a page; - is standard output
    #[arg(long, value_name = "FILE")]
    html: Option<String>,

    /// How many seconds a response may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10,
        value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

fn main() -> ExitCode {
    let done = match Options::try_parse() {
        Ok(options) if options.list => list(&options.only).map(|()| true),
        Ok(options) => check(&options),
        Err(asked) if !asked.use_stderr() => print(&asked.to_string()).map(|()| true),
        Err(error) => Err(one_line(&error.to_string())),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            tell(&format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// Tests the server, and returns true if no MUST fails.
fn check(options: &Options) -> Result<bool, String> {
    if options.json.as_deref() == Some("-") && options.html.as_deref() == Some("-") {
        return Err("--json and --html cannot both be standard output".to_owned());
    }
    let chosen: Vec<&Case> = chosen(&options.only).collect();
    let writes = options.writes.as_deref().filter(|_| {
        let mut names = writes::list();
        names.any(|(name, ..)| name.contains(&options.only))
    });
    let writes = writes.map(Target::parse).transpose()?;
    if chosen.is_empty() && writes.is_none() {
        return Err(format!("no case has {:?} in its name", options.only));
    }
    let target = Target::parse(options.url.as_deref().unwrap_or_default())?;
    let timeout = Duration::from_secs(options.timeout);
    let wire = target.wire(timeout)?;
    let resource = Resource::learn(&wire, &target)?;

    let role = if options.cache {
        Role::Cache
    } else {
        Role::Origin
    };

    let mut findings = Vec::new();
    for (index, case) in chosen.iter().enumerate() {
        progress(&format!("{} of {}: {}", index + 1, chosen.len(), case.name));
        findings.push(run(case, &wire, &resource, role));
    }
    if let Some(target) = &writes {
        progress("writes");
        let wire = target.wire(timeout)?;
        findings.extend(writes::run(&wire, target, &options.only)?);
    }
    progress("");
    findings.extend(responses::findings(&findings, &options.only));
    let again = Resource::learn(&wire, &target)?;
    if again.etag() != resource.etag() || again.last_modified != resource.last_modified {
        return Err(format!("{target}: it was changed while it was tested"));
    }
    report(options, &target, &resource, findings)
}

fn report(
    options: &Options,
    target: &Target,
    resource: &Resource,
    findings: Vec<Finding>,
) -> Result<bool, String> {
    let server = resource.full.value("Server");
    let report = Report {
        target: target.to_string(),
        server: server.map_or_else(String::new, wire::text),
        learned: resource.describe(),
        advice: resource.advice(),
        findings,
    };
    let mut output_is_taken = false;
    let mut save = |file: &Option<String>, content: &dyn Fn() -> String| match file.as_deref() {
        None => Ok(()),
        Some("-") => {
            output_is_taken = true;
            print(&content())
        }
        Some(file) => fs::write(file, content()).map_err(|error| format!("{file}: {error}")),
    };
    save(&options.json, &|| format!("{:#}\n", json::json(&report)))?;
    save(&options.html, &|| html::html(&report))?;
    if !output_is_taken {
        print(&text::text(&report, options.verbose))?;
    }
    Ok(report.is_right())
}

fn chosen(pattern: &str) -> impl Iterator<Item = &'static Case> {
    cases::all().filter(move |case| case.name.contains(pattern))
}

fn list(pattern: &str) -> Result<(), String> {
    let row = |(name, level, rfc, section): (&str, _, u16, &str)| {
        format!(
            "{name:<44} {level:<6} RFC {rfc} §{section}
"
        )
    };
    let cases = chosen(pattern).map(|case| (case.name, case.level, 9110, case.section));
    let others = writes::list().chain(responses::list());
    let others = others.filter(|(name, ..)| name.contains(pattern));
    print(&cases.chain(others).map(row).collect::<String>())
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

/// Replaces the line of a terminal that tells how far it is.
fn progress(line: &str) {
    if io::stderr().is_terminal() {
        tell(&format!("\r\x1b[K{line}"));
    }
}

/// Writes to standard error. Where that fails, nobody is left to be told.
fn tell(text: &str) {
    _ = io::stderr().write_all(text.as_bytes());
}

/// Returns the message of clap's report without its tips on usage.
fn one_line(report: &str) -> String {
    let is_tip = |line: &&str| {
        ["tip:", "Usage:", "For more"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let lines = report
        .lines()
        .map(str::trim)
        .take_while(|line| !is_tip(line))
        .filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" ");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}
