//! A real browser on the page: two windows edit one note, and neither edit is lost.
//!
//! It needs Chromium and its driver, and runs when it is named: `cargo test -p example-notes --test
//! browser`. Pictures are left in `target/tmp/notes`.

mod driver;
#[path = "../server/mod.rs"]
mod server;
mod window;

use driver::Driver;
use server::Server;
use thirtyfour::prelude::*;
use window::Window;

#[tokio::test]
async fn two_windows_edit_one_note_and_nothing_is_lost() -> WebDriverResult<()> {
    let server = Server::start(&[]);
    let driver = Driver::start();
    let browser = driver.browser().await?;
    // Whatever comes of it, the browser is closed.
    let told = tokio::spawn(story(browser.clone(), server.origin.clone())).await;
    browser.quit().await?;
    told.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}

async fn story(browser: WebDriver, origin: String) -> WebDriverResult<()> {
    let one = Window::current(&browser).await?;
    browser.goto(&origin).await?;
    one.sees("text", "Two tabs, one note").await?;
    one.exchanged("GET /notes/welcome 200", &["ETag:", ".1\""])
        .await?;

    // A reload asks whether what is there is still good.
    browser.refresh().await?;
    one.exchanged(
        "GET /notes/welcome 304",
        &["If-None-Match: \"", "decided", "holds the current version"],
    )
    .await?;
    one.exchanged("GET /notes 304", &["If-None-Match: \""])
        .await?;
    one.sees("text", "Two tabs, one note").await?;

    // Both windows edit version 1, and the first one saves, by keyboard.
    let two = Window::open(&browser).await?;
    browser.goto(&origin).await?;
    two.sees("text", "nothing is overwritten").await?;
    two.type_into("text", "\nTo buy: ink.").await?;
    two.sees("state", "not saved").await?;
    one.to_front().await?;
    one.type_into("text", "\nTo buy: paper.").await?;
    one.press(Key::Control + "s").await?;
    one.sees("status", "Saved as version 2.").await?;
    one.exchanged(
        "PUT /notes/welcome 204",
        &["If-Match: \"", ".1\"", "ETag: \"", ".2\""],
    )
    .await?;
    one.picture("editor-light.png", 1440, 900, "light").await?;

    // The second is refused, and sees both versions.
    two.to_front().await?;
    two.click("save").await?;
    two.sees("conflict-title", "This note changed while you were writing")
        .await?;
    two.exchanged(
        "PUT /notes/welcome 412",
        &[
            "If-Match: \"",
            ".1\" decided",
            "has changed since it was fetched",
        ],
    )
    .await?;
    two.sees("mine", "To buy: ink.").await?;
    two.sees("theirs", "To buy: paper.").await?;
    two.sees("mine-version", "based on version 1").await?;
    two.sees("theirs-version", "version 2").await?;
    two.sees("alert", "Choose between your version and theirs.")
        .await?;
    assert_eq!(two.focus().await?, "conflict-title");
    two.picture("conflict-light.png", 1440, 900, "light")
        .await?;
    two.picture("conflict-dark.png", 1440, 900, "dark").await?;
    two.picture("conflict-phone.png", 360, 1500, "light")
        .await?;
    two.picture("conflict-phone-dark.png", 360, 1500, "dark")
        .await?;

    // Both go into one, with the keyboard alone.
    for id in ["keep", "take", "merge"] {
        two.press(Key::Tab).await?;
        assert_eq!(two.focus().await?, id);
    }
    two.press(Key::Enter).await?;
    assert_eq!(two.focus().await?, "merged");
    two.picture("merge-light.png", 1440, 1100, "light").await?;
    two.press(Key::Control + Key::End).await?;
    two.press("\nBoth of them.").await?;
    two.press(Key::Tab).await?;
    assert_eq!(two.focus().await?, "save-merge");
    two.press(Key::Enter).await?;
    two.sees("status", "Saved as version 3.").await?;
    assert_eq!(two.focus().await?, "text");
    for line in ["To buy: ink.", "To buy: paper.", "Both of them."] {
        two.sees("text", line).await?;
    }

    // The first window learns of it, and a reload is a 304 again.
    one.to_front().await?;
    one.click("revalidate").await?;
    one.sees("version", "version 3").await?;
    assert_eq!(one.field("text").await?, {
        two.to_front().await?;
        two.field("text").await?
    });
    browser.refresh().await?;
    two.exchanged("GET /notes/welcome 304", &["decided"])
        .await?;

    one_of_two(&one, &two).await?;
    no_note_of_that_name(&one).await?;
    without_complaints(&browser).await
}

/// The other two choices, and an edit that a reload does not lose.
async fn one_of_two(one: &Window, two: &Window) -> WebDriverResult<()> {
    two.to_front().await?;
    two.sees("version", "version 3").await?;
    two.type_into("text", "\nMine.").await?;
    two.driver.refresh().await?;
    two.sees("status", "Your edit is still here.").await?;
    two.sees("text", "\nMine.").await?;
    one.to_front().await?;
    one.type_into("text", "\nTheirs.").await?;
    one.click("save").await?;
    one.sees("status", "Saved as version 4.").await?;
    two.to_front().await?;
    two.click("save").await?;
    two.sees("theirs", "Theirs.").await?;
    two.click("keep").await?;
    two.sees("status", "Saved as version 5.").await?;
    assert!(two.field("text").await?.ends_with("\nMine."));
    two.exchanged("PUT /notes/welcome 204", &["If-Match: \"", ".4\"", ".5\""])
        .await?;

    // The first window is out of date without an edit, then with one.
    one.to_front().await?;
    one.click("revalidate").await?;
    one.sees("version", "version 5").await?;
    one.type_into("text", "\nAgain.").await?;
    two.to_front().await?;
    two.type_into("text", "\nLast.").await?;
    two.click("save").await?;
    two.sees("status", "Saved as version 6.").await?;
    one.to_front().await?;
    one.click("save").await?;
    one.sees("mine", "Again.").await?;
    one.click("take").await?;
    one.sees("status", "You have version 6 now.").await?;
    assert!(one.field("text").await?.ends_with("\nMine.\nLast."));
    one.sees("state", "").await
}

/// A note that is new, one that is deleted, and one that is deleted under an edit.
async fn no_note_of_that_name(window: &Window) -> WebDriverResult<()> {
    window.click("new").await?;
    window.sees("version", "new").await?;
    window.type_into("text", "A second note").await?;
    window.click("save").await?;
    window.sees("status", "Saved as version 1.").await?;
    window
        .exchanged("PUT /notes/", &["201", "If-None-Match: *"])
        .await?;
    window.sees("list", "A second note").await?;
    window
        .picture("created-dark.png", 1440, 900, "dark")
        .await?;

    // Another client deletes it while it is edited.
    window.type_into("text", ", edited").await?;
    let path = "'/notes/' + location.hash.slice(1)";
    window
        .value(&format!(
            "fetch({path}, {{ method: 'DELETE', headers: {{ 'If-Match': '*' }} }})"
        ))
        .await?;
    window.click("save").await?;
    window
        .sees(
            "conflict-title",
            "This note was deleted while you were writing",
        )
        .await?;
    window
        .picture("deleted-phone.png", 360, 900, "light")
        .await?;
    window.click("keep").await?;
    window.sees("status", "Saved as version 3.").await?;
    window
        .exchanged("PUT /notes/", &["201", "If-None-Match: *", ".3\""])
        .await?;

    window.click("delete").await?;
    window.driver.accept_alert().await?;
    window.sees("status", "Deleted.").await?;
    window
        .exchanged("DELETE /notes/", &["204", "If-Match: \"", ".3\""])
        .await?;
    window.sees("title", "Two tabs, one note").await
}

/// The browser has logged no script error and no breach of the content security policy.
async fn without_complaints(browser: &WebDriver) -> WebDriverResult<()> {
    for entry in browser.browser_log().await? {
        // It logs each refusal that a script is given.
        assert!(
            entry
                .message
                .contains("the server responded with a status of 4"),
            "{entry:?}"
        );
    }
    Ok(())
}
