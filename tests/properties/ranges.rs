//! Laws of ranges that hold for all values, tried on random ones. What once failed is in
//! `range_properties.proptest-regressions`.

use http_preconditions::{
    client::{IncompleteResponse, PartialResponse, ResponseValidators, Resume, UnsatisfiedRange},
    range::{ByteRange, ContentRange, Range, RangePolicy, RangeSpec, Resolution},
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::agree_on_ranges;

/// A number as it is written: near the lengths, near 2^64, or longer than any integer.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..30_u64).prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => (0..3_u128).prop_map(|more| (u128::from(u64::MAX) - 1 + more).to_string()),
        1 => "0{0,3}[0-9]{1,30}",
    ]
}

fn member() -> impl Strategy<Value = String> {
    prop_oneof![
        (number(), number()).prop_map(|(first, last)| format!("{first}-{last}")),
        number().prop_map(|first| format!("{first}-")),
        number().prop_map(|length| format!("-{length}")),
    ]
}

/// What may stand between two members, and does not change them.
fn separator() -> impl Strategy<Value = String> {
    select(vec![",", ", ", " ,", "\t,\t", ",,", " , ,", ",\t ,,"]).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = String> {
    let unit = select(vec!["bytes=", "Bytes=", "bytes= ", "bytes=\t,"]);
    (unit, vec((member(), separator()), 1..8)).prop_map(|(unit, members)| {
        let members = members
            .into_iter()
            .map(|(member, separator)| member + &separator);
        unit.to_owned() + &members.collect::<String>()
    })
}

fn length() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => 0..30_u64,
        1 => any::<u64>(),
        1 => Just(u64::MAX),
    ]
}

fn byte_range() -> impl Strategy<Value = ByteRange> {
    (length(), length()).prop_map(|(a, b)| {
        let (first, last) = (a.min(b), a.max(b).min(u64::MAX - 1));
        ByteRange::new(first.min(last), last).expect("first is at most last")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn ranges_come_to_what_the_oracle_says(
        value in value(),
        lengths in vec(length(), 1..4),
        count in 0..9_u16,
        times in 0..4_u16,
    ) {
        agree_on_ranges::on_range(value.as_bytes(), lengths.iter().copied());
        agree_on_ranges::on_range_within(value.as_bytes(), lengths, count, times);
    }

    #[test]
    fn any_octets_are_read_as_the_oracle_reads_them(value in vec(any::<u8>(), 0..64), set in "[-0-9, =/*]{0,12}") {
        for start in ["", "bytes=", "bytes ", "items="] {
            for rest in [&value[..], set.as_bytes()] {
                let value = [start.as_bytes(), rest].concat();
                agree_on_ranges::on_range(&value, [0, 10]);
                agree_on_ranges::on_content_range(&value);
                agree_on_ranges::on_accept_ranges(&value);
            }
        }
    }

    // One octet that no set has makes the whole of it invalid, wherever it is.
    #[test]
    fn a_set_with_a_broken_octet_is_no_set(
        value in value(),
        at in any::<prop::sample::Index>(),
        octet in select(b"\x01\x0B\x0C;:+x=\"\x7F\xFF".to_vec()),
    ) {
        let mut value = value.into_bytes();
        let start = value.iter().position(|octet| *octet == b'=').unwrap() + 1;
        value.insert(start + at.index(value.len() + 1 - start), octet);
        let error = Range::parse(&value).map(|_| ()).unwrap_err();
        prop_assert!(error.offset() <= value.len());
    }

    #[test]
    fn what_is_resolved_is_there_and_no_more_than_the_whole(value in value(), length in length()) {
        if let Ok(range) = Range::parse(value.as_bytes())
            && let Resolution::Partial(ranges) = range.resolve(length, RangePolicy::new())
        {
            let mut octets = 0;
            for range in ranges {
                prop_assert!(range.first() <= range.last() && range.last() < length);
                octets += range.length();
            }
            prop_assert!(octets > 0 && octets <= length);
        }
    }

    #[test]
    fn a_content_range_reads_as_it_is_written(range in byte_range(), length in proptest::option::of(length())) {
        let field = ContentRange::new(range, length);
        prop_assert_eq!(field.is_some(), length.is_none_or(|length| range.last() < length));
        if let Some(field) = field {
            agree_on_ranges::on_content_range(field.to_string().as_bytes());
        }
        if let Some(length) = length {
            agree_on_ranges::on_content_range(ContentRange::unsatisfied(length).to_string().as_bytes());
        }
    }

    // A download that is cut again and again, from a server that answers what it is asked, with less or with more:
    // what is put together is the whole, octet for octet.
    #[test]
    fn a_download_that_is_cut_becomes_the_whole(
        content in vec(any::<u8>(), 1..200),
        cuts in vec((1..60_usize, 0..4_u64, any::<bool>()), 0..12),
    ) {
        let length = content.len() as u64;
        let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
        let mut file = content[..content.len() / 3].to_vec();
        for (received, early, knows_length) in cuts {
            let held = IncompleteResponse::new(version, file.len() as u64);
            let held = if knows_length { held.complete_length(length) } else { held };
            let spec = match held.next_request() {
                Resume::Complete => break,
                Resume::Restart => {
                    prop_assert!(file.is_empty());
                    file = content[..received.min(content.len())].to_vec();
                    continue;
                }
                Resume::Range(spec) => spec,
            };
            let Some(asked) = spec.resolve(length) else {
                // All is held, and the client did not know.
                prop_assert_eq!(file.len(), content.len());
                let field = ContentRange::unsatisfied(length).to_string();
                let verdict = held.unsatisfied_by([("Content-Range", field)]);
                prop_assert_eq!(verdict, UnsatisfiedRange::Complete);
                break;
            };
            let sent = ByteRange::new(asked.first().saturating_sub(early), asked.last()).unwrap();
            let field = ContentRange::new(sent, Some(length)).unwrap().to_string();
            let answer = [("ETag", "\"v1\""), ("Content-Range", field.as_str())];
            let PartialResponse::Append { skip, new } = held.continued_by(answer) else {
                panic!("{held:?}: {field}");
            };
            prop_assert_eq!(skip + new, sent.length());
            let at = |octet: u64| usize::try_from(octet).unwrap();
            let part = &content[at(sent.first())..at(sent.end())];
            // The transfer is cut again.
            let part = &part[..part.len().min(received + at(skip))];
            file.extend(&part[at(skip)..]);
        }
        prop_assert!(content.starts_with(&file));
    }

    // Whatever else the answer says, nothing of another version is put behind what is held.
    #[test]
    fn nothing_of_another_version_is_appended(
        range in byte_range(),
        octets in length(),
        length in proptest::option::of(length()),
        tag in select(vec!["\"v2\"", "W/\"v1\"", "v1", ""]),
    ) {
        let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
        let held = IncompleteResponse::new(version, octets);
        let Some(field) = ContentRange::new(range, length) else { return Ok(()) };
        let field = field.to_string();
        let answer = held.continued_by([("Content-Range", field.as_str()), ("ETag", tag)]);
        prop_assert_eq!(answer, PartialResponse::DifferentVersion);
        let unknown = IncompleteResponse::new(ResponseValidators::new(), octets);
        prop_assert_eq!(unknown.continued_by([("Content-Range", &field)]), PartialResponse::DifferentVersion);
    }

    #[test]
    fn a_spec_reads_as_it_is_written(first in any::<u64>(), more in proptest::option::of(any::<u64>())) {
        let last = more.map(|more| first.saturating_add(more));
        for spec in [RangeSpec::Int { first, last }, RangeSpec::Suffix(first)] {
            let text = spec.to_string();
            let read = Range::parse(text.as_bytes()).unwrap();
            prop_assert!(read.specs().eq([spec]), "{}", text);
        }
    }
}
