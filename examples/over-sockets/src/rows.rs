//! The rows of the project's vector files, for a server whose tags are its own.

use crate::client::Field;

/// Replaces the tag `"v1"` of the rows by the tag that a server has in its place.
#[must_use]
pub fn about<'a>(tag: &str, fields: &[Field<'a>]) -> Vec<(&'a str, Vec<u8>)> {
    let replaced = |value: &[u8]| {
        let mut rest = value;
        let mut replaced = Vec::new();
        while let Some(first) = rest.first() {
            if let Some(behind) = rest.strip_prefix(b"\"v1\"") {
                replaced.extend(tag.as_bytes());
                rest = behind;
            } else {
                replaced.push(*first);
                rest = &rest[1..];
            }
        }
        replaced
    };
    let fields = fields.iter();
    fields
        .map(|(name, value)| (*name, replaced(value)))
        .collect()
}

/// Whether it matters that a date is a strong validator: in an If-Range without a tag.
#[must_use]
pub fn tests_a_date_for_strength(fields: &[Field<'_>]) -> bool {
    let mut fields = fields.iter();
    fields.any(|(name, value)| name.eq_ignore_ascii_case("If-Range") && !value.contains(&b'"'))
}
