//! Range, Content-Range and Accept-Ranges: RFC 9110 §14, section by section.

use http_preconditions::{
    ParseError,
    range::{AcceptRanges, ByteRange, ContentRange, Range, RangePolicy, RangeSpec, Resolution},
};
use support::agree_on_ranges;
use support::vectors::{Row, kind, rows};

/// The columns `err`, kind and offset.
#[track_caller]
fn assert_refused(error: ParseError, row: &Row, column: usize) {
    assert_eq!(
        ("err", kind(error).as_str(), error.offset()),
        (
            row.text(column),
            row.text(column + 1),
            row.number(column + 2)
        ),
        "{row}"
    );
}

#[test]
fn ranges_come_to_what_the_file_says() {
    for row in rows("ranges.tsv") {
        let (value, length) = (row.octets(0), row.number(1));
        let read = match Range::parse(value) {
            Ok(read) => read,
            Err(error) => {
                assert_refused(error, &row, 2);
                continue;
            }
        };
        let verdict = match read.resolve(length, RangePolicy::new()) {
            Resolution::Partial(ranges) => {
                assert_eq!(ranges.len(), row.from(3).count(), "{row}");
                let ranges = ranges.map(|range| format!("{}-{}", range.first(), range.last()));
                assert!(ranges.map(String::into_bytes).eq(row.from(3)), "{row}");
                "partial"
            }
            Resolution::Unsatisfiable => "unsatisfiable",
            Resolution::Ignored => "ignored",
        };
        assert_eq!(verdict, row.text(2), "{row}");
    }
}

#[test]
fn content_ranges_are_read_or_refused_where_the_file_says() {
    for row in rows("content_ranges.tsv") {
        let read = match ContentRange::parse(row.octets(0)) {
            Ok(read) => read,
            Err(error) => {
                assert_refused(error, &row, 1);
                continue;
            }
        };
        let shown = |number: Option<u64>| number.map_or("*".to_owned(), |n| n.to_string());
        let columns = [
            "ok".to_owned(),
            shown(read.range().map(|range| range.first())),
            shown(read.range().map(|range| range.last())),
            shown(read.complete_length()),
        ];
        assert!(
            columns.map(String::into_bytes).iter().eq(row.from(1)),
            "{row}"
        );
    }
}

#[test]
fn accept_ranges_are_read_or_refused_where_the_file_says() {
    for row in rows("accept_ranges.tsv") {
        match AcceptRanges::parse(row.octets(0)) {
            Ok(read) => {
                assert_eq!(
                    ("ok", read.has_bytes().to_string().as_str()),
                    (row.text(1), row.text(2)),
                    "{row}"
                );
                assert!(read.units().eq(row.from(3)), "{row}");
                assert_eq!(read.to_string().as_bytes(), read.as_bytes(), "{row}");
            }
            Err(error) => assert_refused(error, &row, 1),
        }
    }
}

/// The oracle is written from the same chapter, and the file from neither.
#[test]
fn the_oracle_comes_to_what_the_files_say() {
    for row in rows("ranges.tsv") {
        let read = oracle::range::range(row.octets(0));
        let verdict =
            read.map(|read| oracle::range::resolve(&read, row.number(1), oracle::range::USUAL));
        let columns: Vec<Vec<u8>> = match verdict {
            Some(oracle::range::Resolution::Partial(ranges)) => {
                let ranges = ranges.iter().map(|(first, last)| format!("{first}-{last}"));
                ["partial".to_owned()]
                    .into_iter()
                    .chain(ranges)
                    .map(String::into_bytes)
                    .collect()
            }
            Some(oracle::range::Resolution::Unsatisfiable) => vec![b"unsatisfiable".to_vec()],
            Some(oracle::range::Resolution::Ignored) => vec![b"ignored".to_vec()],
            None => row
                .from(2)
                .map(<[u8]>::to_vec)
                .filter(|_| row.text(2) == "err")
                .collect(),
        };
        assert!(columns.iter().eq(row.from(2)), "{columns:?}: {row}");
    }
    for file in ["ranges.tsv", "content_ranges.tsv", "accept_ranges.tsv"] {
        for row in rows(file) {
            agree_on_ranges::on_range(row.octets(0), [0, 1, 2, 10, 500, 1000, u64::MAX]);
            agree_on_ranges::on_content_range(row.octets(0));
            agree_on_ranges::on_accept_ranges(row.octets(0));
        }
    }
    for row in rows("content_ranges.tsv") {
        assert_eq!(
            oracle::range::content_range(row.octets(0)).is_some(),
            row.text(1) == "ok",
            "{row}"
        );
    }
    for row in rows("accept_ranges.tsv") {
        assert_eq!(
            oracle::range::accept_ranges(row.octets(0)).is_some(),
            row.text(1) == "ok",
            "{row}"
        );
    }
}

#[test]
fn limits_count_what_would_be_sent() {
    let resolve = |value: &str, length, limits| {
        agree_on_ranges::resolution(Range::parse(value.as_bytes()).unwrap(), length, limits)
    };
    let partial = |ranges: &[(u64, u64)]| oracle::range::Resolution::Partial(ranges.to_vec());
    let ignored = oracle::range::Resolution::Ignored;
    let new = RangePolicy::new();
    assert_eq!(RangePolicy::default(), new);
    let cases = [
        // The number: what cannot be satisfied costs nothing, and is not counted.
        ("bytes=0-0", 10, new.max_ranges(1), partial(&[(0, 0)])),
        ("bytes=0-0,2-2", 10, new.max_ranges(1), ignored.clone()),
        (
            "bytes=0-0,2-2",
            10,
            new.max_ranges(2),
            partial(&[(0, 0), (2, 2)]),
        ),
        (
            "bytes=0-0,99-,-0",
            10,
            new.max_ranges(1),
            partial(&[(0, 0)]),
        ),
        ("bytes=0-0", 10, new.max_ranges(0), ignored.clone()),
        // The sum, cut at the end of the representation.
        (
            "bytes=0-,0-",
            10,
            new.max_total_times(2),
            partial(&[(0, 9), (0, 9)]),
        ),
        (
            "bytes=0-,0-,0-0",
            10,
            new.max_total_times(2),
            ignored.clone(),
        ),
        (
            "bytes=0-999,5-",
            10,
            new.max_total_times(2),
            partial(&[(0, 9), (5, 9)]),
        ),
        ("bytes=0-0", 10, new.max_total_times(0), ignored.clone()),
        // What is satisfiable for no limit is refused for any.
        (
            "bytes=99-",
            10,
            new.max_ranges(0).max_total_times(0),
            oracle::range::Resolution::Unsatisfiable,
        ),
        // Neither the sum nor the product overflows: below 2^64 is the end of it.
        (
            "bytes=0-,0-",
            u64::MAX,
            new.max_total_times(u16::MAX),
            ignored.clone(),
        ),
        (
            "bytes=0-,0-",
            u64::MAX / 2,
            new.max_total_times(u16::MAX),
            partial(&[(0, u64::MAX / 2 - 1)].repeat(2)),
        ),
    ];
    for (value, length, limits, expected) in cases {
        assert_eq!(
            resolve(value, length, limits),
            expected,
            "{value} of {length}, {limits:?}"
        );
    }
    // 200 are sent, and 201 are not.
    for (count, is_sent) in [(200, true), (201, false)] {
        let value = format!("bytes={}", vec!["0-0"; count].join(","));
        let sent = resolve(&value, 1000, new) != ignored;
        assert_eq!(sent, is_sent, "{count}");
    }
}

/// CVE-2011-3192, as it was sent; CVE-2024-26141; CVE-2017-7529, a suffix that overflows.
#[test]
fn advisories_of_others_are_not_ours() {
    let killer: Vec<String> = (0..1300)
        .map(|number| format!("5-{}", number + 5))
        .collect();
    let cases = [
        (format!("bytes=0-,{}", killer.join(",")), 10_000),
        (format!("bytes={}", vec!["0-"; 1000].join(",")), 1_000_000),
        (
            format!("bytes={}", vec!["-1000000"; 1000].join(",")),
            1_000_000,
        ),
        ("bytes=-623,-9223372036854775200".to_owned(), 612),
    ];
    for (value, length) in cases {
        let range = Range::parse(value.as_bytes()).unwrap();
        let start = &value[..40.min(value.len())];
        assert!(
            matches!(
                range.resolve(length, RangePolicy::new()),
                Resolution::Ignored
            ),
            "{start}"
        );
    }
}

#[test]
fn what_is_shown_and_written_is_what_is_sent() {
    let range = |first, last| ByteRange::new(first, last).unwrap();
    let spec = RangeSpec::Int {
        first: 5,
        last: Some(7),
    };
    let to_end = RangeSpec::Int {
        first: u64::MAX,
        last: None,
    };
    let longest = RangeSpec::Int {
        first: u64::MAX,
        last: Some(u64::MAX),
    };
    let specs = [
        (spec, "bytes=5-7"),
        (to_end, "bytes=18446744073709551615-"),
        (longest, "bytes=18446744073709551615-18446744073709551615"),
        (RangeSpec::Suffix(0), "bytes=-0"),
        (RangeSpec::Suffix(10), "bytes=-10"),
    ];
    for (spec, text) in specs {
        assert_eq!(spec.to_string(), text);
        let mut buffer = [b'x'; 47];
        assert_eq!(spec.write_to(&mut buffer), Ok(text.as_bytes()));
        let mut too_small = vec![b'x'; text.len() - 1];
        assert_eq!(
            spec.write_to(&mut too_small).unwrap_err().needed,
            text.len()
        );
        assert!(too_small.iter().all(|octet| *octet == b'x'), "{text}");
        let read = Range::parse(text.as_bytes()).unwrap();
        assert!(read.specs().eq([spec]), "{text}");
    }
    let fields = [
        (ContentRange::new(range(0, 0), Some(1)), "bytes 0-0/1"),
        (ContentRange::new(range(9, 10), None), "bytes 9-10/*"),
        (Some(ContentRange::unsatisfied(0)), "bytes */0"),
        (
            ContentRange::new(range(u64::MAX - 1, u64::MAX - 1), Some(u64::MAX)),
            "bytes 18446744073709551614-18446744073709551614/18446744073709551615",
        ),
    ];
    for (field, text) in fields {
        let field = field.unwrap();
        assert_eq!(field.to_string(), text);
        assert_eq!(format!("{field:>70}"), format!("{text:>70}"));
        let mut buffer = [b'x'; ContentRange::MAX_LENGTH];
        assert_eq!(field.write_to(&mut buffer), Ok(text.as_bytes()));
        assert_eq!(
            field
                .write_to(&mut buffer[..text.len() - 1])
                .unwrap_err()
                .needed,
            text.len()
        );
        assert_eq!(ContentRange::parse(text.as_bytes()), Ok(field));
    }
    assert_eq!(ContentRange::new(range(0, 9), Some(9)), None);
    assert_eq!(ByteRange::new(5, 4), None);
    assert_eq!(ByteRange::new(0, u64::MAX), None);
    assert_eq!((range(5, 7).length(), range(5, 7).end()), (3, 8));
    let read = Range::parse(b"Bytes= 0-1 ,-2").unwrap();
    assert_eq!(
        (format!("{read:?}").as_str(), read.unit()),
        ("Range(Bytes=0-1 ,-2)", &b"Bytes"[..])
    );
    let units = AcceptRanges::parse(b" bytes, lines").unwrap();
    assert_eq!(format!("{units:?}"), "AcceptRanges(bytes, lines)");
    assert_eq!(AcceptRanges::NONE.as_bytes(), b"none");
}

#[test]
fn errors_say_what_was_expected() {
    let messages = [
        ("", "a range unit at byte 0"),
        ("bytes", "`=` at byte 5"),
        (
            "bytes=",
            "a range such as `0-499`, `500-` or `-500` at byte 6",
        ),
        ("bytes=-", "a digit at byte 7"),
        (
            "bytes=5-4",
            "a last position that is not before the first at byte 8",
        ),
        ("bytes=1-2x", "`,` or the end of the list at byte 9"),
    ];
    for (value, message) in messages {
        let error = Range::parse(value.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("expected {message}"));
    }
    let messages = [
        ("items 0-1/2", "the unit `bytes` at byte 0"),
        ("bytes=0-1/2", "a space at byte 5"),
        ("bytes 0-1/2 ", "nothing"),
        (
            "bytes 0-1/18446744073709551616",
            "a number below 2^64 at byte 10",
        ),
        (
            "bytes 0-1/1",
            "a complete length greater than the last position at byte 10",
        ),
        ("bytes 0-1/2;", "the end of the value at byte 11"),
    ];
    for (value, message) in messages {
        let error = ContentRange::parse(value.as_bytes()).err();
        let shown = error.map_or("expected nothing".to_owned(), |error| error.to_string());
        assert_eq!(shown, format!("expected {message}"));
    }
}
