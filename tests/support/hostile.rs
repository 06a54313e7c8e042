//! Values that are made to cost time: one thing, over and over.

use http_preconditions::{
    Decision, EntityTag, Evaluation, Field, Representation,
    range::{ContentRange, Range, RangePolicy, Resolution},
};

/// What is repeated, by the name that figures are printed under.
pub const PATTERNS: &[(&str, &[u8])] = &[
    ("dquote", b"\""),
    ("comma", b","),
    ("space", b" "),
    ("tab comma", b"\t,"),
    ("weak prefix", b"W/"),
    ("tag and comma", b"\"a\","),
    ("tag, comma and space", b"\"a\", "),
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

/// What is repeated behind `bytes=`.
pub const RANGES: &[(&str, &[u8])] = &[
    ("open range", b"0-,"),
    ("range", b"5-5,"),
    ("growing range", b"0-0,0-1,0-2,"),
    ("suffix", b"-1,"),
    ("unsatisfiable", b"99999-,"),
    ("large range", b"0-99999999999999999999999,"),
    ("digit", b"9"),
    ("zero", b"0"),
    ("hyphen", b"-"),
    ("digit hyphen", b"1-"),
    ("comma", b","),
    ("space comma", b" ,"),
    ("space", b" "),
    ("tab", b"\t"),
    ("unit", b"bytes="),
    ("letter", b"a"),
    ("nul", b"\0"),
];

/// The pattern up to this length, as a set, within a member, as a last position, and behind the
/// name of another unit.
pub fn range_values(pattern: &[u8], length: usize) -> [Vec<u8>; 4] {
    let repeated: Vec<u8> = pattern.iter().copied().cycle().take(length).collect();
    let behind = |start: &[u8], end: &[u8]| [start, &repeated, end].concat();
    [
        behind(b"bytes=", b""),
        behind(b"bytes=0-0,", b"1-1"),
        behind(b"bytes=1-", b""),
        behind(b"items=", b""),
    ]
}

/// All that is made of a Range: read, resolved and walked through, all of it whatever the limits.
/// Returns the number of ranges.
pub fn resolve_all(value: &[u8]) -> usize {
    let _ = ContentRange::parse(value);
    let Ok(range) = Range::parse(value) else {
        return 0;
    };
    let limits = RangePolicy::new()
        .max_ranges(u16::MAX)
        .max_total_times(u16::MAX);
    if let Resolution::Partial(ranges) = range.resolve(1000, limits) {
        assert_eq!(ranges.len(), ranges.count());
    }
    range.specs().filter_map(|spec| spec.resolve(1000)).count()
}
