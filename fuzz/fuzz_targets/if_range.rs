//! `IfRange` against the oracle. The input is a field value and, behind the last LF, the seconds of "now".
#![no_main]

use http_preconditions::{EntityTag, HttpDate, IfRange};
use http_preconditions_fuzz::split;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let (value, now) = split::at_now(input);
    let expected = oracle::if_range(value, now.to_unix());
    match (IfRange::parse_at(value, now), expected) {
        (Ok(IfRange::EntityTag(tag)), Some(oracle::IfRange::Tag(expected))) => {
            assert_eq!(
                (tag.is_weak(), tag.opaque()),
                (expected.weak, &expected.opaque[..])
            );
            assert_eq!(EntityTag::parse(value), Ok(tag));
            assert!(HttpDate::parse_at(value, now).is_err());
        }
        (Ok(IfRange::HttpDate(date)), Some(oracle::IfRange::Date(expected))) => {
            assert_eq!(date.to_unix(), expected);
            assert_eq!(HttpDate::parse_at(value, now), Ok(date));
            assert!(EntityTag::parse(value).is_err());
        }
        (Err(error), None) => {
            assert!(error.offset() <= value.len());
            let either = [
                EntityTag::parse(value).unwrap_err(),
                HttpDate::parse_at(value, now).unwrap_err(),
            ];
            assert!(either.contains(&error), "{error}");
        }
        (parsed, expected) => panic!("{parsed:?}, but {expected:?}"),
    }
    let without_clock = HttpDate::ASSUMED_NOW;
    assert_eq!(
        IfRange::parse(value),
        IfRange::parse_at(value, without_clock)
    );
});
