//! What goes wrong on the way: requests that take long, and errors that the server did not make.

use thirtyfour::prelude::*;

use crate::window::Window;

/// Puts something between the page and the server, as a relay is: it keeps requests of one method
/// waiting, or answers them itself.
const RELAY: &str = r"(() => {
    const server = window.fetch;
    window.relay = {
        hold(method) {
            this.held = method;
            this.arrived = new Promise((arrive) => (this.arrive = arrive));
            this.passed = new Promise((pass) => (this.pass = pass));
        },
        fail(method, content) { Object.assign(this, { failing: method, content }); },
    };
    window.fetch = async (path, options) => {
        if (options.method === relay.held) {
            relay.held = null;
            relay.arrive(true);
            await relay.passed;
        }
        if (options.method === relay.failing) {
            return new Response(relay.content, { status: 500 });
        }
        return server(path, options);
    };
})()";

pub(crate) async fn nothing_is_lost_to_them(window: &Window, origin: &str) -> WebDriverResult<()> {
    let faults = Faults { window, origin };
    faults.what_is_typed_during_a_save_that_is_refused().await?;
    faults.what_is_typed_before_another_note_is_opened().await?;
    faults.a_note_that_cannot_be_deleted_stays().await?;
    faults.a_deletion_is_of_the_note_that_was_open().await?;
    faults.an_error_is_no_deletion().await?;
    faults.line_ends_of_others_are_no_edit().await?;
    faults.a_reason_may_quote().await?;
    window.driver.goto(origin).await?;
    window.driver.refresh().await?;
    window.sees("text", "Two tabs, one note").await
}

struct Faults<'a> {
    window: &'a Window,
    origin: &'a str,
}

impl Faults<'_> {
    /// Opens a note with the relay in between.
    async fn open(&self, name: &str) -> WebDriverResult<()> {
        let driver = &self.window.driver;
        driver.goto(format!("{}/#{name}", self.origin)).await?;
        driver.refresh().await?;
        self.window.sees("version", "version").await?;
        self.window.value(RELAY).await?;
        Ok(())
    }

    /// Writes a note as another client does.
    async fn write(&self, name: &str, condition: &str, text: &str) -> WebDriverResult<()> {
        let text = serde_json::Value::from(text);
        let script = format!(
            "fetch('/notes/{name}', {{ method: 'PUT', headers: {{ '{condition}': '*' }}, body: {text} }}).then(({{ ok }}) => ok)"
        );
        assert_eq!(self.window.value(&script).await?, true, "{name}");
        Ok(())
    }

    /// The edit that a reload brings back.
    async fn draft(&self, name: &str) -> WebDriverResult<String> {
        let script = format!("sessionStorage.getItem('draft {name}') ?? ''");
        let draft = self.window.value(&script).await?;
        Ok(draft.as_str().unwrap_or_default().to_owned())
    }

    async fn delete(&self) -> WebDriverResult<()> {
        self.window.click("delete").await?;
        self.window.driver.accept_alert().await
    }

    async fn what_is_typed_during_a_save_that_is_refused(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.write("late", "If-None-Match", "A note").await?;
        self.open("late").await?;
        self.write("late", "If-Match", "A note\nof theirs").await?;
        window.type_into("text", "\nMine.").await?;
        window.value("relay.hold('PUT')").await?;
        window.click("save").await?;
        window.value("relay.arrived").await?;
        window.type_into("text", "\nAnd more.").await?;
        window.value("relay.pass()").await?;
        window.sees("mine", "And more.").await?;
        window.click("keep").await?;
        window.sees("status", "Saved as version 3.").await?;
        assert_eq!(window.field("text").await?, "A note\nMine.\nAnd more.");
        assert_eq!(self.draft("late").await?, "");
        Ok(())
    }

    async fn what_is_typed_before_another_note_is_opened(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.open("late").await?;
        window.type_into("text", "\nSaved.").await?;
        window.value("relay.hold('PUT')").await?;
        window.click("save").await?;
        window.value("relay.arrived").await?;
        window.type_into("text", "\nUnsaved.").await?;
        window.value("location.hash = 'books'").await?;
        window.sees("title", "To read").await?;
        window.value("relay.pass()").await?;
        window.exchanged("PUT /notes/late 204", &[".4\""]).await?;
        window.sees("list", "version 4").await?;
        window.value("location.hash = 'late'").await?;
        window.sees("version", "version 4").await?;
        window.sees("text", "\nSaved.\nUnsaved.").await?;
        window.click("save").await?;
        window.sees("status", "Saved as version 5.").await
    }

    async fn a_note_that_cannot_be_deleted_stays(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.open("late").await?;
        window.type_into("text", "\nKept.").await?;
        window
            .value(r#"relay.fail('DELETE', '{ "detail": "Not now." }')"#)
            .await?;
        self.delete().await?;
        window.sees("status", "Not now.").await?;
        assert!(self.draft("late").await?.contains("Kept."));
        assert!(window.field("text").await?.ends_with("\nKept."));
        window.click("save").await?;
        window.sees("status", "Saved as version 6.").await
    }

    async fn a_deletion_is_of_the_note_that_was_open(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.open("late").await?;
        window.value("relay.hold('DELETE')").await?;
        self.delete().await?;
        window.value("relay.arrived").await?;
        window.value("location.hash = 'books'").await?;
        window.sees("title", "To read").await?;
        window.type_into("text", "\nKept.").await?;
        window.value("relay.pass()").await?;
        window.exchanged("DELETE /notes/late 204", &[]).await?;
        window
            .exchanged("GET /notes 200", &["What the client holds is not current."])
            .await?;
        window.sees("text", "\nKept.").await?;
        assert!(self.draft("books").await?.contains("Kept."));
        window.click("save").await?;
        window.sees("status", "Saved as version 2.").await
    }

    async fn an_error_is_no_deletion(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.open("books").await?;
        window.value("relay.fail('GET', 'no JSON')").await?;
        window.value("location.hash = 'garden'").await?;
        window.sees("status", "The server answers 500.").await?;
        window.sees("title", "To read").await?;
        window.sees("list", "Seeds to order").await?;

        // Where there is an edit to settle, it stays.
        self.open("books").await?;
        self.write("books", "If-Match", "Read").await?;
        window.type_into("text", "\nMine.").await?;
        window.value("relay.fail('GET', '{}')").await?;
        window.click("save").await?;
        window.sees("status", "The server answers 500.").await?;
        window.sees("state", "not saved").await?;
        window.sees("text", "\nMine.").await?;
        window.value("relay.fail(null)").await?;
        window.click("save").await?;
        window.sees("theirs", "Read").await?;
        window.click("take").await?;
        window.sees("status", "You have version 3 now.").await
    }

    async fn line_ends_of_others_are_no_edit(&self) -> WebDriverResult<()> {
        let window = self.window;
        self.write("crlf", "If-None-Match", "One\r\nTwo\rThree\nFour")
            .await?;
        self.open("crlf").await?;
        window.sees("version", "version 1").await?;
        window.sees("text", "One\nTwo\nThree\nFour").await?;
        let state = window.value("document.getElementById('state').innerText");
        assert_eq!(state.await?, "");
        Ok(())
    }

    async fn a_reason_may_quote(&self) -> WebDriverResult<()> {
        let put = "import('/client.js').then(({ put }) => put('/notes/crlf', 'a', 'W/abc'))";
        let why = format!("{put}.then(({{ why }}) => why)");
        let why = self.window.value(&why).await?;
        let said = why.as_str().expect("a reason");
        assert!(said.contains("expected `\"` after `W/`"), "{said}");
        Ok(())
    }
}
