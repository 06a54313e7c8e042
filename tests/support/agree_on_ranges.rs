//! Asks the crate and the oracle the same about ranges, and demands the same answer.

use http_preconditions::{
    ParseError,
    range::{AcceptRanges, ContentRange, Range, RangePolicy, RangeSpec, Resolution},
};
use oracle::range as oracle;

/// What the crate makes of a Range, in the oracle's words.
pub fn resolution(range: Range<'_>, length: u64, policy: RangePolicy) -> oracle::Resolution {
    match range.resolve(length, policy) {
        Resolution::Partial(ranges) => {
            let count = ranges.len();
            let ranges: Vec<_> = ranges.map(|range| (range.first(), range.last())).collect();
            assert_eq!(count, ranges.len(), "{range:?} of {length}");
            oracle::Resolution::Partial(ranges)
        }
        Resolution::Unsatisfiable => oracle::Resolution::Unsatisfiable,
        Resolution::Ignored => oracle::Resolution::Ignored,
    }
}

/// Demands that both read the same of one Range, and make the same of it for each length.
#[track_caller]
pub fn on_range(value: &[u8], lengths: impl IntoIterator<Item = u64>) {
    on_range_within(value, lengths, 200, 1);
}

/// The same within other limits than the usual.
#[track_caller]
pub fn on_range_within(
    value: &[u8],
    lengths: impl IntoIterator<Item = u64>,
    count: u16,
    times: u16,
) {
    let (read, expected) = match (Range::parse(value), oracle::range(value)) {
        (Ok(read), Some(expected)) => (read, expected),
        (Err(error), None) => return assert_offset(error, value),
        (read, expected) => {
            panic!("{}: {read:?}, oracle: {expected:?}", value.escape_ascii())
        }
    };
    match &expected {
        oracle::Range::Bytes(specs) => {
            assert!(read.is_bytes(), "{read:?}");
            let same = read.specs().map(spec).eq(specs.iter().map(saturated));
            assert!(same, "{read:?}, oracle: {expected:?}");
        }
        oracle::Range::OtherUnit => {
            assert!(
                !read.is_bytes() && read.specs().next().is_none(),
                "{read:?}"
            );
        }
    }
    let policy = RangePolicy::new().max_ranges(count).max_total_times(times);
    let same = oracle::Policy {
        max_ranges: count.into(),
        max_total_times: times.into(),
        ..oracle::USUAL
    };
    for length in lengths {
        assert_eq!(
            resolution(read, length, policy),
            oracle::resolve(&expected, length, same),
            "{read:?} of {length}, {policy:?}"
        );
    }
}

/// The crate's numbers are those of the oracle, or 2^64 - 1 where those are larger.
fn saturated(spec: &oracle::Spec) -> String {
    let saturated = |number: &String| match number.as_str() {
        "" => "0".to_owned(),
        digits => digits.parse().unwrap_or(u64::MAX).to_string(),
    };
    match spec {
        oracle::Spec::Int(first, last) => {
            let last = last.as_ref().map(saturated).unwrap_or_default();
            format!("{}-{last}", saturated(first))
        }
        oracle::Spec::Suffix(length) => format!("-{}", saturated(length)),
    }
}

fn spec(spec: RangeSpec) -> String {
    let text = spec.to_string();
    text.strip_prefix("bytes=")
        .map(str::to_owned)
        .expect("the unit is bytes")
}

/// Demands that both read the same of one Content-Range.
#[track_caller]
pub fn on_content_range(value: &[u8]) {
    let read = ContentRange::parse(value);
    let same = read.ok().map(|read| {
        let range = read.range().map(|range| (range.first(), range.last()));
        (range, read.complete_length())
    });
    assert_eq!(
        same,
        oracle::content_range(value),
        "{}",
        value.escape_ascii()
    );
    match read {
        Ok(read) => {
            let text = read.to_string();
            assert_eq!(ContentRange::parse(text.as_bytes()), Ok(read), "{text}");
            let mut buffer = [0; ContentRange::MAX_LENGTH];
            assert_eq!(read.write_to(&mut buffer), Ok(text.as_bytes()), "{text}");
        }
        Err(error) => assert_offset(error, value),
    }
}

/// Demands that both read the same of one Accept-Ranges.
#[track_caller]
pub fn on_accept_ranges(value: &[u8]) {
    let read = AcceptRanges::parse(value);
    let expected = oracle::accept_ranges(value);
    match (read, expected) {
        (Ok(read), Some(expected)) => {
            assert!(
                read.units().eq(expected.iter().map(String::as_bytes)),
                "{read:?}"
            );
            let has_bytes = expected
                .iter()
                .any(|unit| unit.eq_ignore_ascii_case("bytes"));
            assert_eq!(read.has_bytes(), has_bytes, "{read:?}");
        }
        (Err(error), None) => assert_offset(error, value),
        (read, expected) => panic!("{}: {read:?}, oracle: {expected:?}", value.escape_ascii()),
    }
}

/// An error points into the value or at its end.
#[track_caller]
fn assert_offset(error: ParseError, value: &[u8]) {
    assert!(
        error.offset() <= value.len(),
        "{error}: {}",
        value.escape_ascii()
    );
}
