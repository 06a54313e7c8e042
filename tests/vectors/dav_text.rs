//! What people read of the values of WebDAV and CalDAV: errors, `Display` and `Debug`.

use http_preconditions::dav::{
    If, IfScheduleTagMatch, IfToSend, ListToSend, LockToken, ResourceTag, ScheduleTag, State,
};

/// Each error is a sentence: what was expected, and where.
#[test]
fn errors_of_webdav_read_as_sentences() {
    let dav = |value: &'static str| If::parse(value.as_bytes()).map(drop);
    let cases = [
        (
            dav(""),
            "expected a list of conditions in `(` and `)` at byte 0",
        ),
        (
            dav("()"),
            "expected a state token in `<` and `>` or an entity tag in `[` and `]` at byte 1",
        ),
        (
            dav("(<urn:x:t>"),
            "expected the next condition or `)` at byte 10",
        ),
        (
            dav("([\"a\"]), ([\"b\"])"),
            "expected the next list or the end of the value at byte 7",
        ),
        (dav("([\"a\")"), "expected `]` at byte 5"),
        (dav("(<t>)"), "expected an absolute URI at byte 2"),
        (
            dav("(<urn:x:t"),
            "expected a URI character or `>` at byte 9",
        ),
        (
            dav("<x> ([\"a\"])"),
            "expected a path or an absolute URI at byte 1",
        ),
        (
            LockToken::parse(b"urn:x:t").map(drop),
            "expected an absolute URI in `<` and `>` at byte 0",
        ),
        (
            ResourceTag::new(b"/a/..").map(drop),
            "expected a path without `.` and `..` at byte 3",
        ),
        (
            ScheduleTag::parse(b"s1").map(drop),
            "expected a schedule tag in quotes at byte 0",
        ),
    ];
    for (read, sentence) in cases {
        assert_eq!(read.unwrap_err().to_string(), sentence);
    }
    let tag = ScheduleTag::parse(b"\"s1\"").unwrap();
    let too_small = tag.write_to(&mut [0; 3]).unwrap_err();
    assert_eq!(too_small.to_string(), "buffer too small: 4 bytes needed");
}

/// `Debug` shows what is written, with every octet outside of ASCII escaped.
#[test]
fn values_of_webdav_show_what_is_written() {
    let value = If::parse(b"</x>(<urn:x:t>\tnot [W/\"a\xFF\"])").unwrap();
    let list = value.lists().next().unwrap();
    let conditions: Vec<_> = list.conditions().collect();
    let send = [ListToSend::about(list.resource().unwrap(), &conditions)];
    let send = IfToSend::new(&send).unwrap();
    let State::EntityTag(tag) = conditions[1].state() else {
        panic!("{conditions:?}");
    };
    let shown = [
        (
            format!("{value:?}"),
            "If(</x>(<urn:x:t>\\x09not [W/\"a\\xff\"]))",
        ),
        (
            format!("{list:?}"),
            "List(</x> (<urn:x:t>\\x09not [W/\"a\\xff\"]))",
        ),
        (
            format!("{:?}", list.conditions()),
            "[StateCondition(<urn:x:t>), StateCondition(Not [W/\"a\\xff\"])]",
        ),
        (
            format!("{:?}", value.state_tokens()),
            "[StateToken(urn:x:t)]",
        ),
        (
            format!("{tag:?} {tag}"),
            "IfTag(W/\"a\\xff\") W/\"a\u{FFFD}\"",
        ),
        (format!("{:?}", list.resource()), "Some(ResourceTag(/x))"),
        (format!("{send}"), "</x> (<urn:x:t> Not [W/\"a\u{FFFD}\"])"),
        (
            format!("{:?}", LockToken::parse(b"<urn:x:t>").unwrap()),
            "LockToken(StateToken(urn:x:t))",
        ),
        (
            format!("{:?}", IfScheduleTagMatch::parse(b"\"s1\"").unwrap()),
            "IfScheduleTagMatch(ScheduleTag(\"s1\"))",
        ),
        (value.to_string(), "</x>(<urn:x:t>\tnot [W/\"a\u{FFFD}\"])"),
    ];
    for (shown, expected) in shown {
        assert_eq!(shown, expected);
    }
}
