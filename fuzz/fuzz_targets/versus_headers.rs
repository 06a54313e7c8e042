//! The crate's types against those of the crate `headers`. The first line of the input is the `ETag` of the
//! representation, the second its `Last-Modified`; the others are read as lines of `ETag`, `If-Match`,
//! `If-None-Match` and `If-Range` in turn.
#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use headers::{ETag, Header, HeaderValue, IfMatch, IfNoneMatch, IfRange, LastModified};
use http_preconditions::{EntityTag, HttpDate};
use http_preconditions_fuzz::differences::headers as reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let mut lines = input.split(|octet| *octet == b'\n');
    let etag = lines.next().unwrap_or_default();
    let last_modified = lines.next().unwrap_or_default();
    let Ok(lines) = lines
        .map(HeaderValue::from_bytes)
        .collect::<Result<Vec<_>, _>>()
    else {
        // Octets that no header map holds. The other targets have them.
        return;
    };
    if reading::space_in_a_tag_panics(&lines) {
        return;
    }
    let Some(first) = lines.first() else { return };

    let theirs: Option<ETag> = decode([first]);
    let ours = reading::etag(first);
    assert_eq!(theirs.is_some(), ours.is_some());
    if let (Some(theirs), Some(ours)) = (theirs, ours) {
        assert_eq!(theirs.is_weak(), ours.is_weak());
        let mut values = Vec::new();
        theirs.encode(&mut values);
        assert_eq!(values, [HeaderValue::from(ours)]);
    }

    // A representation that both can describe: `headers` panics at dates before 1970.
    let Ok(current) = EntityTag::parse(etag) else {
        return;
    };
    let their_current: ETag = decode([&HeaderValue::from(current)]).expect("our tags are tags");
    let Some((last_modified, seconds)) = HttpDate::parse(last_modified)
        .ok()
        .and_then(|date| Some((date, u64::try_from(date.to_unix()).ok()?)))
    else {
        return;
    };
    let their_last_modified = LastModified::from(UNIX_EPOCH + Duration::from_secs(seconds));

    let if_match: IfMatch = decode(&lines).expect("`headers` takes every If-Match");
    assert_eq!(
        if_match.precondition_passes(&their_current),
        reading::if_match(&lines, current)
    );
    let if_none_match: IfNoneMatch = decode(&lines).expect("`headers` takes every If-None-Match");
    assert_eq!(
        !if_none_match.precondition_passes(&their_current),
        reading::if_none_match(&lines, current)
    );
    let if_range: Option<IfRange> = decode(&lines);
    let unmodified =
        if_range.map(|field| !field.is_modified(Some(&their_current), Some(&their_last_modified)));
    assert_eq!(
        unmodified,
        reading::if_range(&lines, current, last_modified)
    );
});

fn decode<'a, H: Header>(lines: impl IntoIterator<Item = &'a HeaderValue>) -> Option<H> {
    H::decode(&mut lines.into_iter()).ok()
}
