//! Every short Range over the octets that matter, of every short length, against the oracle.

use http_preconditions::range::{ByteRange, Range, RangePolicy, RangeSpec, Resolution};
use support::agree_on_ranges;

/// Calls for each string of at most this many octets of the alphabet, behind the prefix; returns
/// how many there were.
fn for_each(prefix: &[u8], alphabet: &[u8], most: usize, mut call: impl FnMut(&[u8])) -> u64 {
    let mut count = 0;
    for length in 0..=most {
        let mut places = vec![0; length];
        loop {
            let tail = places.iter().map(|place: &usize| alphabet[*place]);
            let value: Vec<u8> = prefix.iter().copied().chain(tail).collect();
            call(&value);
            count += 1;
            let Some(place) = places.iter().rposition(|place| place + 1 < alphabet.len()) else {
                break;
            };
            places[place] += 1;
            places[place + 1..].fill(0);
        }
    }
    count
}

#[test]
fn range_sets_of_at_most_8_octets_are_read_and_resolved_as_by_the_oracle() {
    let count = for_each(b"bytes=", b"019-, ", 8, |value| {
        agree_on_ranges::on_range(value, 0..=12);
    });
    println!("{count} range sets, the valid ones of 13 lengths each");
    assert_eq!(count, (0..=8).map(|length| 6_u64.pow(length)).sum::<u64>());
}

#[test]
fn within_limits_that_are_met_by_few_members_too() {
    let count = for_each(b"bytes=", b"02-,", 8, |value| {
        for (count, times) in [(0, 1), (1, 1), (2, 1), (3, 2), (200, 0)] {
            agree_on_ranges::on_range_within(value, 0..=4, count, times);
        }
    });
    println!("{count} range sets within 5 limits");
}

#[test]
fn values_of_at_most_5_octets_are_read_as_by_the_oracle() {
    // What units, sets and both wrongly written are made of.
    let alphabet = b"bB=-,0 \t\x00\xFF*/(";
    let count = for_each(b"", alphabet, 5, |value| {
        agree_on_ranges::on_range(value, [1]);
        agree_on_ranges::on_accept_ranges(value);
    });
    let unit = for_each(b"byte", b"sS =0-", 6, |value| {
        agree_on_ranges::on_range(value, [0, 1]);
    });
    println!("{} values", count + unit);
}

#[test]
fn content_ranges_of_at_most_8_octets_are_read_as_by_the_oracle() {
    let count = for_each(b"bytes ", b"019-/*", 8, agree_on_ranges::on_content_range);
    let more = for_each(
        b"bytes",
        b" \t\r=0-/1*",
        6,
        agree_on_ranges::on_content_range,
    );
    println!("{} values", count + more);
}

/// By sets of octets: what is sent is what was asked for, as far as it is there.
#[test]
fn what_is_sent_is_what_was_asked_for_and_is_there() {
    let mut count = 0;
    for length in 0..=40_u64 {
        for first in 0..=45 {
            let asked = |spec: RangeSpec, wanted: &dyn Fn(u64) -> bool| {
                let octets: Vec<u64> = (0..length).filter(|octet| wanted(*octet)).collect();
                let sent = spec.resolve(length);
                let sent = sent.map_or(0..0, |range| range.first()..range.end());
                assert!(sent.eq(octets), "{spec} of {length}");
            };
            asked(RangeSpec::Suffix(first), &|octet| octet + first >= length);
            let to_end = RangeSpec::Int { first, last: None };
            asked(to_end, &|octet| octet >= first);
            for last in first..=45 {
                let last_too = RangeSpec::Int {
                    first,
                    last: Some(last),
                };
                asked(last_too, &|octet| octet >= first && octet <= last);
                let range = ByteRange::new(first, last).unwrap();
                assert_eq!(range.length(), last - first + 1);
                count += 1;
            }
            count += 2;
        }
    }
    println!("{count} ranges");
}

/// Whatever is asked for, no more is sent than there is, and no more often than the limits say.
#[test]
fn no_answer_is_larger_than_the_whole() {
    for_each(b"bytes=", b"03-,", 9, |value| {
        let Ok(range) = Range::parse(value) else {
            return;
        };
        for length in 0..=5 {
            if let Resolution::Partial(ranges) = range.resolve(length, RangePolicy::new()) {
                assert!(ranges.len() > 0, "{range:?}");
                let sent: u64 = ranges.map(|range| range.length()).sum();
                assert!((1..=length).contains(&sent), "{range:?} of {length}");
            }
        }
    });
}
