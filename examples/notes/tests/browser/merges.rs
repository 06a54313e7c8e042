//! Two edits of one text, and both in one: the function of the page, run in the browser.

use thirtyfour::prelude::*;

use crate::window::Window;

/// The text before, two edits of it, and both in one.
const MERGES: &[(&str, &str, &str, &str)] = &[
    // One of them, or both, have changed nothing.
    ("a\nb", "a\nb", "a\nb", "a\nb"),
    ("a\nb", "a\nx", "a\nb", "a\nx"),
    ("a\nb", "a\nb", "x\nb", "x\nb"),
    // Other lines.
    ("a\nb\nc", "x\nb\nc", "a\nb\ny", "x\nb\ny"),
    ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
    ("a\nb", "x\na\nb", "a\nb\ny", "x\na\nb\ny"),
    // The same line: both versions stay, for a person to choose from.
    ("a\nb\nc", "a\nx\nc", "a\ny\nc", "a\nx\ny\nc"),
    ("a", "a\nx", "a\ny", "a\nx\ny"),
    // The same change.
    ("a\nb", "a\nx", "a\nx", "a\nx"),
    ("a\nb", "a", "a", "a"),
    // Nothing was there, or nothing is left.
    ("", "x", "y", "x\ny"),
    ("", "x", "x", "x"),
    ("a", "", "", ""),
    ("a", "", "a\nb", "b"),
    // Empty lines are lines.
    ("a\n\nb", "a\n\nb\n", "a\n\nx", "a\n\n\nx"),
];

/// The page merges as the table says.
pub(crate) async fn merges(window: &Window) -> WebDriverResult<()> {
    for row @ (before, mine, theirs, merged) in MERGES {
        let input = serde_json::json!([before, mine, theirs]);
        let script = format!("import('/diff.js').then(({{ merge }}) => merge(...{input}))");
        assert_eq!(window.value(&script).await?, *merged, "{row:?}");
    }
    Ok(())
}
