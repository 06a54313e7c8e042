//! `Range`, `ContentRange` and `AcceptRanges` against the oracle. The input is a field value and, behind the last LF, a
//! complete length.
#![no_main]

use http_preconditions::{
    ErrorKind, ParseError,
    range::{Range, RangePolicy, Resolution},
};
use http_preconditions_fuzz::split;
use libfuzzer_sys::fuzz_target;
use support::agree_on_ranges;

fuzz_target!(|input: &[u8]| {
    let (value, length) = split::at_last_line(input);
    let length = str::from_utf8(length)
        .ok()
        .and_then(|length| length.parse().ok());
    let lengths = [length.unwrap_or(10), 0, 1, u64::MAX];
    agree_on_ranges::on_range(value, lengths);
    agree_on_ranges::on_range_within(value, lengths, 2, 3);
    agree_on_ranges::on_content_range(value);
    agree_on_ranges::on_accept_ranges(value);

    match Range::parse(value) {
        Ok(range) => {
            let _ = format!("{range:?}");
            for length in lengths {
                bounded(range, length);
            }
        }
        Err(error) => refused(value, error),
    }
});

/// What is sent is there, and no more than the whole.
fn bounded(range: Range<'_>, length: u64) {
    if let Resolution::Partial(ranges) = range.resolve(length, RangePolicy::new()) {
        let mut octets = 0_u64;
        for range in ranges {
            assert!(range.last() < length);
            octets = octets
                .checked_add(range.length())
                .expect("it is below the length");
        }
        assert!(octets <= length);
    }
}

/// What stands before the offset and is completed is a Range.
fn refused(value: &[u8], error: ParseError) {
    let missing: &[u8] = match error.kind() {
        ErrorKind::RangeUnit => b"items=0",
        ErrorKind::Separator(b'=') => b"=0-",
        ErrorKind::Separator(b'-') => b"-",
        ErrorKind::RangeSpec => b"0-",
        ErrorKind::Digit => b"0",
        // Nothing is below zero.
        ErrorKind::LastPosition | ErrorKind::ListEnd => b"",
        kind => panic!("{kind:?} is no error of a Range"),
    };
    let completed = [&value[..error.offset()], missing].concat();
    assert!(oracle::range::range(&completed).is_some(), "{error}");
}
