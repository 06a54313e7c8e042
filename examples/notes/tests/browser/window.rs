//! One window of the browser, as its user sees it.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(15);

pub(crate) struct Window {
    pub(crate) driver: WebDriver,
    handle: WindowHandle,
}

impl Window {
    /// The window that is open now.
    pub(crate) async fn current(driver: &WebDriver) -> WebDriverResult<Self> {
        Ok(Self {
            driver: driver.clone(),
            handle: driver.window().await?,
        })
    }

    /// One more window.
    pub(crate) async fn open(driver: &WebDriver) -> WebDriverResult<Self> {
        let handle = driver.new_window().await?;
        driver.switch_to_window(handle.clone()).await?;
        driver.set_window_rect(0, 0, 1440, 900).await?;
        Self::current(driver).await
    }

    pub(crate) async fn to_front(&self) -> WebDriverResult<()> {
        self.driver.switch_to_window(self.handle.clone()).await
    }

    pub(crate) async fn click(&self, id: &str) -> WebDriverResult<()> {
        self.driver.find(By::Id(id)).await?.click().await
    }

    /// Types at the end of a field.
    pub(crate) async fn type_into(
        &self,
        id: &str,
        keys: impl Into<TypingData>,
    ) -> WebDriverResult<()> {
        self.driver.find(By::Id(id)).await?.send_keys(keys).await
    }

    /// Types in place of what is in a field.
    pub(crate) async fn rewrite(&self, id: &str, text: &str) -> WebDriverResult<()> {
        self.type_into(id, Key::Control + "a").await?;
        self.type_into(id, text).await
    }

    /// Types where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) -> WebDriverResult<()> {
        self.driver.active_element().await?.send_keys(keys).await
    }

    /// The id of the element that has the focus.
    pub(crate) async fn focus(&self) -> WebDriverResult<String> {
        let active = self.driver.active_element().await?;
        Ok(active.id().await?.unwrap_or_default())
    }

    /// The value of this script.
    pub(crate) async fn value(&self, script: &str) -> WebDriverResult<serde_json::Value> {
        let value = self
            .driver
            .execute(format!("return {script};"), Vec::new())
            .await?;
        Ok(value.json().clone())
    }

    /// What is in a field.
    pub(crate) async fn field(&self, id: &str) -> WebDriverResult<String> {
        let value = self
            .value(&format!("document.getElementById('{id}').value"))
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an element is visible, with this in its text.
    pub(crate) async fn sees(&self, id: &str, text: &str) -> WebDriverResult<()> {
        let start = Instant::now();
        let element = format!("document.getElementById('{id}')");
        let script = format!(
            "{element}.checkVisibility() ? {element}.innerText || {element}.value || '' : null"
        );
        loop {
            let seen = self.value(&script).await?;
            if seen.as_str().is_some_and(|seen| seen.contains(text)) {
                return Ok(());
            }
            assert!(start.elapsed() < PATIENCE, "#{id} is {seen}, not {text:?}");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Each entry of the panel on one line, the newest first.
    pub(crate) async fn exchanges(&self) -> WebDriverResult<Vec<String>> {
        let script = "[...document.querySelectorAll('#exchanges > li')].map(item => item.innerText.replace(/\\s+/g, ' '))";
        let entries = self.value(script).await?;
        Ok(serde_json::from_value(entries).expect("a list of strings"))
    }

    /// Waits until the panel has an exchange that begins so and contains each of these.
    pub(crate) async fn exchanged(&self, begin: &str, parts: &[&str]) -> WebDriverResult<()> {
        let start = Instant::now();
        loop {
            let entries = self.exchanges().await?;
            let fits = |entry: &String| {
                entry.starts_with(begin) && parts.iter().all(|part| entry.contains(part))
            };
            if entries.iter().any(fits) {
                return Ok(());
            }
            assert!(
                start.elapsed() < PATIENCE,
                "no {begin:?} with {parts:?} among {entries:#?}"
            );
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Takes a picture of this width, in light or dark.
    pub(crate) async fn picture(
        &self,
        name: &str,
        width: u32,
        height: u32,
        scheme: &str,
    ) -> WebDriverResult<()> {
        let devtools = self.driver.cdp();
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        devtools
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        devtools
            .send_raw("Emulation.setEmulatedMedia", scheme)
            .await?;
        let wider = self
            .value("document.documentElement.scrollWidth - innerWidth")
            .await?;
        assert!(
            wider.as_i64().is_some_and(|wider| wider <= 0),
            "{name}: {wider} too wide"
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notes");
        std::fs::create_dir_all(&folder).expect("the folder for pictures");
        self.driver.screenshot(&folder.join(name)).await?;
        devtools
            .send_raw("Emulation.clearDeviceMetricsOverride", json!({}))
            .await?;
        devtools
            .send_raw("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await?;
        Ok(())
    }
}
