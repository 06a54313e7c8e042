//! Downloads over a bad link with the resumption of `curl` and of `wget`: cut at random places,
//! and the file changed in between in half of the runs, they end with one version whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use example_over_sockets::{Link, READERS, Server};
use fastrand::Rng;

/// For each client and server. In the odd ones the file changes after the first cut.
const RUNS: u64 = 12;

/// How a program resumes, and how it is made sure that it does not mix two versions.
#[derive(Clone, Copy, Debug)]
enum Resumes {
    /// `curl -C -` with If-Range: a false one brings a 200, at which curl gives up with 33, and the
    /// file is begun anew.
    Curl,
    /// `wget -c` with If-Match: a false one brings a 412, at which wget gives up with 8. If-Range
    /// would not do: from a 200 wget leaves out the octets that it has, and appends the rest, of
    /// whatever version (seen with 1.21.3).
    Wget,
}

/// What is held of a file: where, and with which tag.
struct Download<'a> {
    file: &'a Path,
    etag: Option<String>,
}

impl Resumes {
    /// Begins or resumes, and reports whether that was all; with the header section of the answer.
    fn run(self, url: &str, held: &Download<'_>) -> Output {
        let resume = held.etag.as_deref().filter(|_| held.file.exists());
        let mut command = match self {
            Self::Curl => {
                let mut curl = Command::new("curl");
                curl.args([
                    "--silent",
                    "--max-time",
                    "20",
                    "--dump-header",
                    "/dev/stderr",
                ]);
                if let Some(etag) = resume {
                    curl.args(["-C", "-", "--header", &format!("If-Range: {etag}")]);
                }
                curl.arg("--output").arg(held.file);
                curl
            }
            Self::Wget => {
                let mut wget = Command::new("wget");
                wget.args(["--quiet", "--server-response", "--tries=1", "--timeout=20"]);
                if let Some(etag) = resume {
                    wget.args(["-c", "--header", &format!("If-Match: {etag}")]);
                }
                wget.arg("-O").arg(held.file);
                wget
            }
        };
        command
            .arg(url)
            .output()
            .expect("curl and wget are installed")
    }

    /// The exit code at which the program has seen that the file is another.
    const fn gives_up(self) -> i32 {
        match self {
            Self::Curl => 33,
            Self::Wget => 8,
        }
    }
}

/// Reports whether the file is complete as far as the program can tell. A head that is cut before
/// the length is an answer without content to both (curl 7.88.1, wget 1.21.3).
fn is_complete(output: &Output) -> bool {
    let head = String::from_utf8_lossy(&output.stderr).to_ascii_lowercase();
    output.status.success() && head.contains("content-length:")
}

/// The value of `ETag` and the status of an answer whose head a program has printed.
fn head(printed: &[u8]) -> (Option<String>, bool) {
    let text = String::from_utf8_lossy(printed);
    let is_etag = |line: &str| line.to_ascii_lowercase().starts_with("etag:");
    let lines = text.lines().map(str::trim);
    let etag = lines.clone().rfind(|line| is_etag(line));
    let etag = etag.map(|line| line["etag:".len()..].trim().to_owned());
    let partial = lines
        .into_iter()
        .any(|line| line.starts_with("HTTP/1.1 206"));
    (etag, partial)
}

/// How much of a file there is.
fn length(file: &Path) -> usize {
    let length = fs::metadata(file).map_or(0, |file| file.len());
    usize::try_from(length).expect("it is short")
}

fn version(random: &mut Rng) -> Vec<u8> {
    let length = random.usize(20_000..60_000);
    std::iter::repeat_with(|| random.u8(..))
        .take(length)
        .collect()
}

/// What came of the runs with one client and one server.
#[derive(Debug, Default)]
struct Seen {
    cuts: u32,
    resumed: u32,
    begun_anew: u32,
}

fn download(resumes: Resumes, server: &Server, random: &mut Rng, changes: bool, seen: &mut Seen) {
    let link = Link::to(server.authority());
    let folder = tempfile::tempdir().expect("there is room for a file");
    let mut held = Download {
        file: &folder.path().join("file"),
        etag: None,
    };
    let mut content = version(random);
    server.put("/strong", &content);

    for attempt in 0.. {
        assert!(attempt < 20, "no end");
        // The first three answers at most, somewhere before their ends, header sections included.
        let left = content.len().saturating_sub(length(held.file));
        let cut = attempt == 0 || (attempt < 3 && left > 0);
        link.cut_after(if cut {
            random.usize(..left)
        } else {
            usize::MAX
        });
        let output = resumes.run(&link.url(&server.path("/strong")), &held);
        let (etag, partial) = head(&output.stderr);
        seen.resumed += u32::from(partial);
        match output.status.code() {
            _ if is_complete(&output) => break,
            Some(code) if code == resumes.gives_up() => {
                seen.begun_anew += 1;
                drop(fs::remove_file(held.file));
                held.etag = None;
            }
            // The tag is that of the answer with which the file began.
            _ => {
                assert!(cut, "{output:?}");
                seen.cuts += 1;
                // Without content there is nothing to resume.
                held.etag = held.etag.or(etag).filter(|_| length(held.file) > 0);
            }
        }
        if attempt == 0 && changes {
            content = version(random);
            server.put("/strong", &content);
        }
    }
    let received = fs::read(held.file).expect("it was downloaded");
    assert!(
        received == content,
        "{} octets of {}",
        received.len(),
        content.len()
    );
}

#[test]
fn a_resumed_download_is_one_version_whole() {
    let mut seeds = 0_u64..;
    for name in READERS {
        let server = Server::start(name);
        for resumes in [Resumes::Curl, Resumes::Wget] {
            let mut seen = Seen::default();
            for run in 0..RUNS {
                let random = &mut seeds.next().map(Rng::with_seed).expect("seeds go on");
                let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    download(resumes, &server, random, run % 2 == 1, &mut seen);
                }));
                assert!(result.is_ok(), "{name} {resumes:?} run {run}");
            }
            println!("{name} {resumes:?}: {RUNS} runs, {seen:?}");
            assert!(
                seen.resumed >= 6 && seen.begun_anew >= 3,
                "{name} {resumes:?} {seen:?}"
            );
        }
    }
}
