//! Chromium without a screen, and the program that drives it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use thirtyfour::ChromiumLikeCapabilities;
use thirtyfour::prelude::*;

/// `chromedriver`, which ends with this value.
pub(crate) struct Driver {
    child: Child,
    origin: String,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver is installed");
        let stdout = child.stdout.take().expect("it is piped");
        let port = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .expect("chromedriver says its port");
        let origin = format!("http://127.0.0.1:{port}");
        Self { child, origin }
    }

    pub(crate) async fn browser(&self) -> WebDriverResult<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        // Without the sandbox it runs as any user; it opens our own page alone.
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--window-size=1440,900",
            "--hide-scrollbars",
        ] {
            capabilities.add_arg(argument)?;
        }
        WebDriver::new(&self.origin, capabilities).await
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
