//! A real browser on the page: two windows edit one note, and neither edit is lost.
//!
//! It needs Chromium and its driver, and runs when it is named: `cargo test -p example-notes --test
//! browser`. Pictures are left in the folder `tmp` of the target folder.

mod driver;
mod faults;
mod merges;
#[path = "../server/mod.rs"]
mod server;
mod window;

use server::Server;
use thirtyfour::prelude::*;
use window::Window;

#[tokio::test]
async fn two_windows_edit_one_note_and_nothing_is_lost() -> WebDriverResult<()> {
    let server = Server::start(&[]);
    let driver = driver::start();
    let browser = driver::browser(&driver).await?;
    // Whatever comes of it, the browser is closed.
    let told = tokio::spawn(story(browser.clone(), server)).await;
    browser.quit().await?;
    told.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}

/// The note, and what each window makes of it.
const NOTE: &str = "Dinner on Friday\n\nSeven o\u{2019}clock, at our place.\nAnna brings dessert.\nTom is vegetarian.";
const MINE: &str = "Dinner on Friday\n\nSeven o\u{2019}clock, at our place.\nAnna brings dessert.\nTom and Ines are vegetarian.\nTo buy: candles, lemons.";
const THEIRS: &str = "Dinner on Friday\n\nHalf past seven, at Anna\u{2019}s place.\nAnna brings dessert.\nTom is vegetarian.";
/// And both, with one more line.
const MERGED: &str = "Dinner on Friday\n\nHalf past seven, at Anna\u{2019}s place.\nAnna brings dessert.\nTom and Ines are vegetarian.\nTo buy: candles, lemons.\nBoth of them.";

async fn story(browser: WebDriver, server: Server) -> WebDriverResult<()> {
    let page = format!("{}/#dinner", server.origin);
    let one = notes_to_edit(&browser, &server.origin).await?;
    browser.goto(&page).await?;
    a_reload_revalidates(&one).await?;
    let two = Window::open(&browser).await?;
    browser.goto(&page).await?;
    a_reload_revalidates(&two).await?;

    both_edit_version_1(&one, &two).await?;
    the_second_sees_both(&two).await?;
    both_go_into_one(&two).await?;

    // The first window learns of it, and a reload is a 304 again.
    two.driver.refresh().await?;
    two.exchanged("GET /notes/dinner 304", &["decided"]).await?;
    one.to_front().await?;
    one.click("revalidate").await?;
    one.sees("version", "version 3").await?;
    one.sees("text", MERGED).await?;

    one_of_two(&one, &two).await?;
    no_note_of_that_name(&one).await?;
    merges::merges(&one).await?;
    faults::nothing_is_lost_to_them(&one, &server.origin).await?;
    without_complaints(&browser).await?;
    drop(server);
    without_a_server(&one).await
}

async fn notes_to_edit(browser: &WebDriver, origin: &str) -> WebDriverResult<Window> {
    let one = Window::current(browser).await?;
    browser.goto(origin).await?;
    one.sees("text", "Two tabs, one note").await?;
    one.exchanged(
        "GET /notes/welcome 200",
        &["ETag:", ".1\"", "No condition was sent."],
    )
    .await?;
    for (name, text) in [
        ("books", "To read"),
        ("garden", "Seeds to order"),
        ("dinner", NOTE),
    ] {
        let text = serde_json::Value::from(text);
        let headers = "{ 'If-None-Match': '*' }";
        let put = format!(
            "fetch('/notes/{name}', {{ method: 'PUT', headers: {headers}, body: {text} }})"
        );
        one.value(&format!("{put}.then(answer => answer.status)"))
            .await?;
    }
    Ok(one)
}

/// A reload asks whether what is there is still good, and it is.
async fn a_reload_revalidates(window: &Window) -> WebDriverResult<()> {
    window.sees("text", NOTE).await?;
    window.sees("list", "Dinner on Friday").await?;
    window.driver.refresh().await?;
    let is_good = &["If-None-Match: \"", "decided", "holds the current version"];
    window.exchanged("GET /notes/dinner 304", is_good).await?;
    window.exchanged("GET /notes 304", is_good).await?;
    window.sees("text", NOTE).await
}

/// Both windows edit version 1, and the first one saves, by keyboard.
async fn both_edit_version_1(one: &Window, two: &Window) -> WebDriverResult<()> {
    two.to_front().await?;
    two.rewrite("text", MINE).await?;
    two.sees("state", "not saved").await?;
    one.to_front().await?;
    one.rewrite("text", THEIRS).await?;
    one.press(Key::Control + "s").await?;
    one.sees("status", "Saved as version 2.").await?;
    one.exchanged(
        "PUT /notes/dinner 204",
        &["If-Match: \"", ".1\"", "ETag: \"", ".2\""],
    )
    .await?;
    one.picture("editor-light.png", 1440, 760, "light").await?;
    one.picture("editor-phone.png", 360, 740, "light").await
}

/// The second window is refused, and sees what each has changed.
async fn the_second_sees_both(two: &Window) -> WebDriverResult<()> {
    two.to_front().await?;
    two.click("save").await?;
    two.sees("conflict-title", "This note changed while you were writing")
        .await?;
    two.exchanged(
        "PUT /notes/dinner 412",
        &[
            "If-Match: \"",
            ".1\" decided",
            "has changed since it was fetched: its tag is",
        ],
    )
    .await?;
    two.sees("mine", "Tom and Ines are vegetarian.").await?;
    two.sees("theirs", "Half past seven").await?;
    two.exchanged("GET /notes 200", &["What the client holds is not current."])
        .await?;
    two.sees("mine-version", "based on version 1").await?;
    two.sees("theirs-version", "version 2").await?;
    two.sees("alert", "Choose between your version and theirs.")
        .await?;
    assert_eq!(two.focus().await?, "conflict-title");
    two.picture("conflict-light.png", 1280, 640, "light")
        .await?;
    two.picture("conflict-dark.png", 1280, 640, "dark").await?;
    two.picture("conflict-tablet.png", 900, 1000, "light")
        .await?;
    two.picture("conflict-phone.png", 360, 1500, "light")
        .await?;
    two.picture("conflict-phone-dark.png", 360, 1500, "dark")
        .await
}

/// Both edits go into one note, with the keyboard alone.
async fn both_go_into_one(two: &Window) -> WebDriverResult<()> {
    for id in ["keep", "take", "merge"] {
        two.press(Key::Tab).await?;
        assert_eq!(two.focus().await?, id);
    }
    two.press(Key::Enter).await?;
    assert_eq!(two.focus().await?, "merged");
    two.picture("merge-light.png", 1440, 900, "light").await?;
    two.press(Key::Control + Key::End).await?;
    // Each has changed other lines, so that nothing is left to do but to add.
    two.press("\nBoth of them.").await?;
    two.press(Key::Tab).await?;
    assert_eq!(two.focus().await?, "save-merge");
    two.press(Key::Enter).await?;
    two.sees("status", "Saved as version 3.").await?;
    assert_eq!(two.focus().await?, "text");
    two.sees("text", MERGED).await
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
    two.exchanged("PUT /notes/dinner 204", &["If-Match: \"", ".4\"", ".5\""])
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
    assert_eq!(
        one.value("document.getElementById('state').innerText")
            .await?,
        ""
    );
    Ok(())
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

/// What cannot be saved now is kept.
async fn without_a_server(window: &Window) -> WebDriverResult<()> {
    window.type_into("text", "\nUnsent.").await?;
    window.click("save").await?;
    window
        .sees("status", "The server cannot be reached.")
        .await?;
    window.sees("text", "\nUnsent.").await?;
    let draft = window
        .value("sessionStorage.getItem('draft welcome')")
        .await?;
    assert!(
        draft
            .as_str()
            .is_some_and(|draft| draft.contains("Unsent.")),
        "{draft}"
    );
    window.sees("state", "not saved").await
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
