//! Octets as text that a terminal shows as it is meant.

use std::fmt::Write as _;

use http_preconditions::{ByteRange, EntityTag};

/// How much of a value is shown. A tag has no limit, and a field can be a megabyte.
const SHOWN: usize = 64;

/// The octets as text: what is not printable ASCII is escaped as `\xE9`.
pub(crate) fn octets(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for &octet in octets {
        match octet {
            b' '..=b'~' => text.push(char::from(octet)),
            // Writing into a String cannot fail.
            _ => _ = write!(text, "\\x{octet:02X}"),
        }
    }
    text
}

/// The beginning of the octets, with `…` where something is left out.
pub(crate) fn beginning(value: &[u8]) -> String {
    match value.split_at_checked(SHOWN) {
        Some((first, [_, ..])) => format!("{}…", octets(first)),
        _ => octets(value),
    }
}

/// The end of the octets, with `…` where something is left out.
fn end(value: &[u8]) -> String {
    match value.split_at_checked(value.len().saturating_sub(SHOWN)) {
        Some(([_, ..], last)) => format!("…{}", octets(last)),
        _ => octets(value),
    }
}

/// The value around the octet at `offset`, and a line with a caret for under it.
pub(crate) fn caret(value: &[u8], offset: usize) -> (String, String) {
    let (before, after) = value.split_at_checked(offset).unwrap_or((value, &[]));
    let before = end(before);
    // An octet is one column, escaped it is four: the columns are those of the text shown.
    let under = " ".repeat(before.chars().count());
    (before + &beginning(after), under + "^")
}

/// The tag as it stands in a field.
pub(crate) fn tag(tag: EntityTag<'_>) -> String {
    let weak = if tag.is_weak() { "W/" } else { "" };
    format!("{weak}\"{}\"", beginning(tag.opaque()))
}

/// The first three tags, and how many more there are.
pub(crate) fn tags<'a>(tags: impl IntoIterator<Item = EntityTag<'a>>) -> String {
    first_three(tags.into_iter().map(tag))
}

/// The first three ranges, and how many more there are.
pub(crate) fn ranges(ranges: impl IntoIterator<Item = ByteRange>) -> String {
    let shown = |range: ByteRange| format!("{}-{}", range.first(), range.last());
    first_three(ranges.into_iter().map(shown))
}

fn first_three(mut shown: impl Iterator<Item = String>) -> String {
    let mut text = shown.by_ref().take(3).collect::<Vec<_>>().join(", ");
    match shown.count() {
        0 => {}
        more => _ = write!(text, " and {more} more"),
    }
    text
}

/// A character of the input that no field can hold.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
