//! Chromium without a screen, and the server that drives it.

use std::process::Command;

use thirtyfour::ChromiumLikeCapabilities;
use thirtyfour::prelude::*;

use crate::server::Server;

pub(crate) fn start() -> Server {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0");
    Server::run(command, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    })
}

pub(crate) async fn browser(driver: &Server) -> WebDriverResult<WebDriver> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        // So that it runs as any user; it opens our own page alone.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
        "--hide-scrollbars",
    ] {
        capabilities.add_arg(argument)?;
    }
    WebDriver::new(&driver.origin, capabilities).await
}
