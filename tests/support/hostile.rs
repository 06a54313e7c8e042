//! Values that are made to cost time: one thing, over and over.

use http_preconditions::{
    Decision, EntityTag, Evaluation, Field, Representation,
    dav::{If, LockToken, ScheduleTag},
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

/// What is repeated in an `If`.
pub const IFS: &[(&str, &[u8])] = &[
    ("open list", b"("),
    ("closed list", b")"),
    ("empty list", b"()"),
    ("list", b"(<a:>)"),
    ("negated list", b"(Not<a:>)"),
    ("list of a tag", b"([\"a\"]) "),
    ("tagged list", b"</a>(<a:>)"),
    ("Resource-Tag", b"</a> "),
    ("token", b"<a:>"),
    ("negated token", b"Not<a:> "),
    ("no-lock", b"<DAV:no-lock> "),
    ("entity tag", b"[W/\"a\"]"),
    ("Not", b"Not "),
    ("open token", b"<a:"),
    ("open tag", b"[\""),
    ("less-than", b"<"),
    ("bracket", b"["),
    ("letter", b"a"),
    ("slash", b"/"),
    ("space", b" "),
    ("tab", b"\t"),
    ("dquote", b"\""),
    ("obs-text", b"\xFF"),
    ("nul", b"\0"),
];

/// The pattern up to this length, as it is, within a list, a tag, a token and a Resource-Tag, and behind a list and a
/// Resource-Tag.
pub fn if_values(pattern: &[u8], length: usize) -> [Vec<u8>; 7] {
    // Whole patterns, so that what is well-formed stays so.
    let repeated = pattern.repeat(length / pattern.len());
    let behind = |start: &[u8], end: &[u8]| [start, &repeated, end].concat();
    [
        behind(b"", b""),
        behind(b"(", b")"),
        behind(b"([\"", b"\"])"),
        behind(b"(<a:", b">)"),
        behind(b"</", b"> (<a:>)"),
        behind(b"(Not <b:>)", b""),
        behind(b"</x>", b""),
    ]
}

/// All that is made of an `If`: read, walked through, evaluated to its end, and searched for a token. Returns the number
/// of its conditions.
pub fn if_all(value: &[u8]) -> usize {
    let _ = (LockToken::parse(value), ScheduleTag::parse(value));
    let Ok(read) = If::parse(value) else {
        return 0;
    };
    let mut asked = 0_usize;
    let _ = read.is_true(|_, _| {
        asked += 1;
        false
    });
    let conditions = read.lists().map(|list| list.conditions().count()).sum();
    assert!(asked <= conditions && !read.submits("urn:x:t"));
    let _ = read.single_token();
    conditions
}
