//! `IfMatch` and `IfNoneMatch` against the oracle. The input is one field line.
#![no_main]

use http_preconditions::{EntityTag, EntityTags, ErrorKind, IfMatch, IfNoneMatch, ParseError};
use libfuzzer_sys::fuzz_target;
use oracle::{List, Tag};

fuzz_target!(|value: &[u8]| {
    let expected = oracle::list(value);
    let (if_match, if_none_match) = match (IfMatch::parse(value), IfNoneMatch::parse(value)) {
        (Ok(if_match), Ok(if_none_match)) => (if_match, if_none_match),
        (Err(error), Err(again)) => {
            assert_eq!(error, again);
            assert_eq!(expected, None);
            refused(value, error);
            return;
        }
        (if_match, if_none_match) => panic!("{if_match:?}, but {if_none_match:?}"),
    };
    let expected = expected.expect("the oracle refuses what the crate reads");
    let any = expected == List::Any;
    assert_eq!((if_match.is_any(), if_none_match.is_any()), (any, any));
    let listed = match expected {
        List::Any => Vec::new(),
        List::Tags(tags) => tags,
    };
    assert_same(if_match.tags(), &listed);
    assert_same(if_none_match.tags(), &listed);
    assert_eq!(listed, oracle::members(&[value]).tags);
    let _ = format!("{if_match:?} {if_none_match:?}");

    // Each of the tags, with its weakness and with the other, and one that is probably not there.
    let other = |tag: &Tag| Tag {
        weak: !tag.weak,
        ..tag.clone()
    };
    let absent = Tag {
        weak: false,
        opaque: b"v1".to_vec(),
    };
    let some = || listed.iter().take(8);
    for current in some().cloned().chain(some().map(other)).chain([absent]) {
        let strongly = listed.iter().any(|tag| oracle::strong_eq(tag, &current));
        let weakly = listed.iter().any(|tag| oracle::weak_eq(tag, &current));
        let current = if current.weak {
            EntityTag::weak(&current.opaque)
        } else {
            EntityTag::strong(&current.opaque)
        };
        let current = current.expect("the oracle's tags are tags");
        assert_eq!(if_match.matches(current), any || strongly);
        assert_eq!(if_none_match.matches(current), any || weakly);
    }
});

fn assert_same(tags: EntityTags<'_>, listed: &[Tag]) {
    assert_eq!(tags.clone().count(), listed.len());
    for (tag, listed) in tags.zip(listed) {
        assert_eq!(
            (tag.is_weak(), tag.opaque()),
            (listed.weak, &listed.opaque[..])
        );
    }
}

/// What stands before the offset is the beginning of a list, and with the octet at it of none, unless that
/// is a `*`: alone it would be right.
fn refused(value: &[u8], error: ParseError) {
    let missing: &[u8] = match error.kind() {
        ErrorKind::EntityTag | ErrorKind::OpaqueTag => b"\"\"",
        ErrorKind::ClosingQuote => b"\"",
        ErrorKind::ListEnd | ErrorKind::Wildcard => b"",
        kind => panic!("{kind:?} is no error of a list"),
    };
    let offset = error.offset();
    let completed = [&value[..offset], missing].concat();
    assert!(oracle::list(&completed).is_some());
    if error.kind() == ErrorKind::Wildcard {
        assert_eq!(value[offset], b'*');
    } else if let Some(wrong) = value.get(..=offset) {
        let completed = [wrong, missing].concat();
        assert_eq!(oracle::list(&completed), None);
    }
}
