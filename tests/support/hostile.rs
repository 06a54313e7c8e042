//! Values that are made to cost time: one thing, over and over.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test takes the part that it needs"
)]

use http_preconditions::{Decision, EntityTag, Evaluation, Field, Representation};

/// What is repeated, by the name that figures are printed under.
pub const PATTERNS: &[(&str, &[u8])] = &[
    ("dquote", b"\""),
    ("comma", b","),
    ("space", b" "),
    ("tab comma", b"\t,"),
    ("weak prefix", b"W/"),
    ("tag and comma", b"\"a\","),
    ("tag and space", b"\"a\" "),
    ("tag and junk", b"\"a\"x,"),
    ("digit", b"9"),
    ("letter", b"a"),
    ("star", b"*"),
    ("star and comma", b"*,"),
    ("backslash dquote", b"\\\""),
    ("space in tag", b"\"a b\","),
    ("open quote", b"\"a, "),
    ("obs-text", b"\xFF"),
    ("nul", b"\0"),
    ("day name", b"Sun, "),
];

/// The pattern up to this length, as it is, within quotes, and behind a tag.
pub fn values(pattern: &[u8], length: usize) -> [Vec<u8>; 3] {
    let repeated: Vec<u8> = pattern.iter().copied().cycle().take(length).collect();
    let quoted = [b"\"", repeated.as_slice(), b"\""].concat();
    let behind_a_tag = [b"\"v0\", ", repeated.as_slice()].concat();
    [repeated, quoted, behind_a_tag]
}

/// Every field with this value, evaluated for a PUT.
pub fn evaluate_all(value: &[u8]) -> Decision {
    const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    let current = Representation::new().etag(TAG);
    let mut evaluation = Evaluation::new("PUT", Some(&current));
    for &field in Field::ALL {
        evaluation.field(field.name(), value);
    }
    evaluation.decide()
}
