//! A download in Chromium that is cut: the browser resumes by itself, with Range and If-Range, and
//! what lies in the folder of downloads is one version whole.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use example_over_sockets::{FILES, Link, Server};
use fastrand::Rng;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_mins(1);

/// Chromium without a screen, driven by chromedriver; both end when this is dropped.
struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    /// Starts it with this folder for downloads.
    fn start(downloads: &Path) -> Self {
        let mut command = Command::new("chromedriver");
        let command = command.arg("--port=0").stdout(Stdio::piped());
        let mut driver = command.spawn().expect("chromedriver is installed");
        let output = BufReader::new(driver.stdout.take().expect("it is piped"));
        let mut lines = output.lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let sessions = format!(
            "http://127.0.0.1:{}/session",
            port.expect("it says its port")
        );
        // Without a sandbox it runs as any user, and opens our own files alone.
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
            "prefs": { "download.default_directory": downloads },
        });
        let browser = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let capabilities = json!({ "capabilities": { "alwaysMatch": browser } });
        let session = post(&sessions, &capabilities);
        let id = session["value"]["sessionId"].as_str();
        let session = format!("{sessions}/{}", id.expect("a session has an id"));
        Self { driver, session }
    }

    fn open(&self, url: &str) {
        post(&format!("{}/url", self.session), &json!({ "url": url }));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(ureq::delete(&self.session).call());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

fn post(url: &str, value: &Value) -> Value {
    let request = ureq::post(url).header("Content-Type", "application/json");
    let answer = request.send(value.to_string());
    let text = answer.and_then(|mut answer| answer.body_mut().read_to_string());
    let text = text.unwrap_or_else(|error| panic!("{url}: {error}"));
    serde_json::from_str(&text).expect("a driver answers with JSON")
}

/// Waits until this is true.
fn wait(what: &str, mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < PATIENCE, "never: {what}");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_browser_resumes_what_was_cut() {
    const LENGTH: usize = 3_000_000;
    let random = &mut Rng::with_seed(0);
    let mut version = || -> Vec<u8> {
        std::iter::repeat_with(|| random.u8(..))
            .take(LENGTH)
            .collect()
    };
    let server = Server::start(FILES);
    // Whether the file is replaced after the cut.
    for is_replaced in [false, true] {
        let mut sent = version();
        server.folder().put("/file.bin", &sent);
        let link = Link::to(server.authority());
        link.cut_after(LENGTH / 3);
        link.let_through(1);
        let downloads = tempfile::tempdir().expect("there is room for a file");
        let browser = Browser::start(downloads.path());
        browser.open(&link.url("/file.bin"));

        wait("a second connection", || link.connections() == 2);
        if is_replaced {
            sent = version();
            server.folder().put("/file.bin", &sent);
        }
        link.cut_after(usize::MAX);
        link.let_through(usize::MAX);
        let file = downloads.path().join("file.bin");
        wait("the file is there", || {
            fs::metadata(&file).is_ok_and(|file| file.len() > 0)
        });
        let received = fs::read(&file).expect("it is there");
        assert!(
            received == sent,
            "replaced: {is_replaced}, {} octets",
            received.len()
        );
        // What has passed is the rest only, or another third of the old and all of the new.
        let relayed = link.relayed();
        let whole_again = relayed > LENGTH + LENGTH / 4;
        println!(
            "replaced: {is_replaced}, {relayed} octets in {} answers",
            link.connections()
        );
        assert_eq!(whole_again, is_replaced, "{relayed} octets");
    }
}
