//! Programs that people download with, over a link that cuts each answer: they resume by
//! themselves, and what they end with is the file.

use std::fs;
use std::path::Path;
use std::process::Command;

use example_over_sockets::{FILES, Link, Server};
use fastrand::Rng;

/// So many octets of each answer pass.
const CUT: usize = 100_000;

/// A file takes at least so many answers.
const ANSWERS: usize = 6;

/// A program with its options, those for the file and those for the folder and the name in it.
const PROGRAMS: [&[&str]; 4] = [
    &[
        "curl",
        "--silent",
        "--max-time",
        "20",
        "-C",
        "-",
        "--output",
        "FILE",
    ],
    &[
        "wget",
        "--quiet",
        "--tries=1",
        "--timeout=20",
        "-c",
        "-O",
        "FILE",
    ],
    &[
        "aria2c",
        "--no-conf",
        "--quiet",
        "--max-tries=30",
        "--allow-overwrite=true",
        "--file-allocation=none",
        "-x4",
        "-s4",
        "-k1M",
        "-d",
        "FOLDER",
        "-o",
        "NAME",
    ],
    &[
        "aria2c",
        "--no-conf",
        "--quiet",
        "--max-tries=1",
        "--continue=true",
        "--file-allocation=none",
        "-x1",
        "-s1",
        "-d",
        "FOLDER",
        "-o",
        "NAME",
    ],
];

/// Runs the program once, and reports whether it thinks that it is done.
fn run(program: &[&str], folder: &Path, url: &str) -> bool {
    let file = folder.join("file");
    let mut command = Command::new(program[0]);
    for option in &program[1..] {
        match *option {
            "FILE" => command.arg(&file),
            "FOLDER" => command.arg(folder),
            "NAME" => command.arg("file"),
            option => command.arg(option),
        };
    }
    let output = command.arg(url).output();
    output
        .unwrap_or_else(|error| panic!("{program:?}: {error}"))
        .status
        .success()
}

#[test]
fn programs_finish_what_was_cut() {
    let random = &mut Rng::with_seed(0);
    let server = Server::start(FILES);
    for program in PROGRAMS {
        // Of several connections at a time aria2c takes no less than 1 MiB each.
        let parallel = program.contains(&"-x4");
        let cut = if parallel { CUT * 8 } else { CUT };
        let length = cut * (ANSWERS - 1) + 1;
        let octets = std::iter::repeat_with(|| random.u8(..));
        let sent: Vec<u8> = octets.take(length).collect();
        server.put("/strong", &sent);

        let link = Link::to(server.authority());
        link.cut_after(cut);
        let folder = tempfile::tempdir().expect("there is room for a file");
        let url = link.url(&server.path("/strong"));
        let runs = (1..20).find(|_| run(program, folder.path(), &url));
        let received = fs::read(folder.path().join("file")).unwrap_or_default();
        let answers = link.connections();
        let context = format!(
            "{program:?}: {} of {length} octets, {answers} answers, {runs:?} runs",
            received.len()
        );
        println!("{context}");
        assert!(runs.is_some(), "{context}");
        assert!(received == sent, "{context}");
        assert!(answers >= ANSWERS, "{context}");
    }
}
