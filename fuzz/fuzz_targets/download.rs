//! A download that was cut, against the oracle. The first line of the input says what is held, the other lines of the
//! first section are the fields of a 206 and of a 416, and the second section is the response that is held.
#![no_main]

use http_preconditions_fuzz::sections;
use libfuzzer_sys::fuzz_target;
use oracle::download::{Download, Next, Partial};
use support::downloads;

fuzz_target!(|input: &[u8]| {
    let sections = sections::read(input);
    let mut held = Download::default();
    for word in sections.first.split(|octet| *octet == b' ') {
        match word.split_first() {
            Some((b'o', number)) => held.octets = parsed(number).unwrap_or_default(),
            Some((b'c', number)) => held.complete = parsed(number),
            Some((b's', range)) => held.segment = segment(range),
            Some((b'e', coding)) => held.coding = coding.to_vec(),
            Some((b'd', _)) => held.digest = true,
            _ => {}
        }
    }
    // More is not held than there are positions.
    let first = held.segment.map_or(0, |(first, _)| first);
    if first.checked_add(held.octets).is_none() {
        return;
    }
    held.version = sections.responses.into_iter().next().unwrap_or_default();

    let next = downloads::on_next(&held);
    let partial = downloads::on_partial(&held, &sections.fields);
    downloads::on_unsatisfied(&held, &sections.fields);
    if let Partial::Append { new, .. } = partial {
        // A download that goes on does not start again behind what is appended.
        held.octets += new;
        let then = downloads::on_next(&held);
        assert!(next == Next::Restart || matches!(then, Next::Complete | Next::Range(_)));
    }
});

fn parsed(number: &[u8]) -> Option<u64> {
    str::from_utf8(number).ok()?.parse().ok()
}

/// The first and the last position, `250-499`.
fn segment(range: &[u8]) -> Option<(u64, u64)> {
    let (first, last) = str::from_utf8(range).ok()?.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last && last < u64::MAX).then_some((first, last))
}
