//! A content with several parts against the oracle, and what its parts hold. The first line of the input is the
//! Content-Type, the second one the complete length if it is known, and the third one the Range that was sent; the content
//! follows them.
#![no_main]

use http_preconditions::{
    client::MultipartReader,
    range::{ByteRange, ContentRange, Range},
};
use libfuzzer_sys::fuzz_target;
use support::multipart;

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(4, |octet| *octet == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (content_type, length, range, content) = (line(), line(), line(), line());
    // The oracle has no limit for a head.
    if content.len() >= MultipartReader::MAX_HEAD {
        return;
    }
    let length = str::from_utf8(length)
        .ok()
        .and_then(|length| length.parse().ok());
    let Ok((parts, _)) = multipart::on_multipart(content_type, content, length) else {
        return;
    };
    let Ok(range) = Range::parse(range) else {
        return;
    };
    for (first, last, complete, _, octets) in parts {
        let part = ByteRange::new(first, last).expect("it was read");
        let part = ContentRange::new(part, complete).expect("it was read");
        requested(part, range, &octets);
    }
});

/// What is found is in the part, and in the range.
fn requested(part: ContentRange, range: Range<'_>, octets: &[u8]) {
    for held in part.requested(range.specs()) {
        let spec = range.specs().nth(held.index()).expect("it was requested");
        let start = usize::try_from(held.offset()).expect("it is in the content");
        let length = usize::try_from(held.range().length()).expect("it is in the content");
        assert!(octets[start..].len() >= length);
        let length = part.complete_length().unwrap_or(u64::MAX);
        let all = spec.resolve(length).expect("it is satisfiable");
        assert!(all.first() <= held.range().first() && held.range().last() <= all.last());
        assert!(!held.is_whole() || all == held.range());
    }
}
