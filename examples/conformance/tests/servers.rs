//! The example servers, as processes: no case fails, whatever validators a resource has.

use std::time::Duration;

use example_conformance::case::Role;
use example_conformance::cases;
use example_conformance::resource::Resource;
use example_conformance::run::{Finding, run};
use example_conformance::target::Target;
use example_conformance::verdict::Verdict;
use example_conformance::wire::Wire;
use example_conformance::writes;
use example_over_sockets::{FILES, SERVERS, Server};

/// A resource, how many cases are tested of it at least, and whether it is written to.
const ROWS: &[(&str, usize, bool)] = &[
    ("/strong", 150, false),
    ("/weak-tag", 140, false),
    ("/no-tag", 90, false),
    ("/no-date", 120, false),
    ("/neither", 60, false),
    ("/weak-date", 150, false),
    ("/no-ranges", 115, false),
    ("/missing", 35, true),
    // PUT without If-Match gets 428.
    ("/guarded-missing", 35, true),
];

const TIMEOUT: Duration = Duration::from_secs(10);

#[test]
fn servers_that_write_are_right() {
    for name in SERVERS {
        let server = Server::start(name);
        for (path, least, is_written) in ROWS {
            let target = Target::parse(&server.url(path)).expect("it is a URL");
            let wire = target.wire(TIMEOUT).expect("it has an address");
            let findings = if *is_written {
                writes::run(&wire, &target, "").unwrap_or_else(|error| panic!("{name}: {error}"))
            } else {
                read(&wire, &target)
            };
            check(&format!("{name} {path}"), &findings, *least);
        }
    }
}

#[test]
fn the_server_of_files_is_right() {
    let server = Server::start(FILES);
    let target = Target::parse(&server.url("/strong")).expect("it is a URL");
    let wire = target.wire(TIMEOUT).expect("it has an address");
    check(FILES, &read(&wire, &target), 150);
}

fn read(wire: &Wire, target: &Target) -> Vec<Finding> {
    let resource = Resource::learn(wire, target).unwrap_or_else(|error| panic!("{error}"));
    let all = cases::all();
    all.map(|case| run(case, wire, &resource, Role::Origin))
        .collect()
}

fn check(context: &str, findings: &[Finding], least: usize) {
    let failures: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.is_wrong())
        .collect();
    assert!(failures.is_empty(), "{context}: {failures:#?}");
    let is_right = |finding: &&Finding| finding.verdict == Verdict::Right;
    let right = findings.iter().filter(is_right).count();
    assert!(right >= least, "{context}: {right} cases, expected {least}");
}
