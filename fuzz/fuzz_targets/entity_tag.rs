//! `EntityTag` against the oracle. The input is two `ETag` values, the second behind the last LF.
#![no_main]

use http_preconditions::{EntityTag, ErrorKind};
use http_preconditions_fuzz::split;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let (a, b) = split::at_last_line(input);
    let (a, b) = (check(a), check(b));
    if let (Some((a, a_again)), Some((b, b_again))) = (a, b) {
        assert_eq!(a.strong_eq(b), oracle::strong_eq(&a_again, &b_again));
        assert_eq!(b.strong_eq(a), a.strong_eq(b));
        assert_eq!(a.weak_eq(b), oracle::weak_eq(&a_again, &b_again));
        assert_eq!(b.weak_eq(a), a.weak_eq(b));
        assert_eq!(a == b, a_again == b_again);
        assert!(!a.to_weak().strong_eq(a), "weak tags match nothing");
    }
});

fn check(value: &[u8]) -> Option<(EntityTag<'_>, oracle::Tag)> {
    let expected = oracle::entity_tag(value);
    let tag = match EntityTag::parse(value) {
        Ok(tag) => tag,
        Err(error) => {
            assert_eq!(expected, None);
            refused(value, error.kind(), error.offset());
            return None;
        }
    };
    let expected = expected.expect("the oracle refuses what the crate reads");
    assert_eq!(
        (tag.is_weak(), tag.opaque()),
        (expected.weak, &expected.opaque[..])
    );

    // Out again, octet for octet, and in parts.
    let mut buffer = vec![0; tag.len()];
    let written = tag.write_to(&mut buffer).expect("`len` octets suffice");
    assert_eq!(EntityTag::parse(written), Ok(tag));
    let one_less = tag.len() - 1;
    assert!(tag.write_to(&mut buffer[..one_less]).is_err());
    let made = if tag.is_weak() {
        EntityTag::weak(tag.opaque())
    } else {
        EntityTag::strong(tag.opaque())
    };
    assert_eq!(made, Ok(tag));
    assert!(tag.to_string().ends_with('"'));
    assert!(format!("{tag:?}").is_ascii());
    Some((tag, expected))
}

/// What stands before the offset is the beginning of a tag, and with the octet at it of none.
fn refused(value: &[u8], kind: ErrorKind, offset: usize) {
    let missing: &[u8] = match kind {
        ErrorKind::EntityTag | ErrorKind::OpaqueTag => b"\"\"",
        ErrorKind::ClosingQuote => b"\"",
        ErrorKind::End => b"",
        kind => panic!("{kind:?} is no error of an entity tag"),
    };
    let completed = [&value[..offset], missing].concat();
    assert!(oracle::entity_tag(&completed).is_some());
    if let Some(wrong) = value.get(..=offset) {
        let completed = [wrong, missing].concat();
        assert_eq!(oracle::entity_tag(&completed), None);
    }
}
