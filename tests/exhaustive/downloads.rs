//! Downloads that were cut, each case against the oracle: every way in which a validator can be held
//! and come back, and every place of a part within a few octets.

use oracle::client::Response;
use oracle::download::Download;
use support::downloads;

use crate::lines::{AFTER, LM, Lines, SAME};

fn versions() -> Vec<Response> {
    let tag = |weak| {
        let opaque = b"v1".to_vec();
        Some(oracle::Tag { weak, opaque })
    };
    let mut versions = Vec::new();
    for (etag, malformed_etag) in [
        (None, false),
        (None, true),
        (tag(false), false),
        (tag(true), false),
    ] {
        for (last_modified, malformed_last_modified, date) in [
            (None, false, None),
            (None, true, Some(LM + 60)),
            (Some(LM), false, None),
            (Some(LM), false, Some(LM + 59)),
            (Some(LM), false, Some(LM + 60)),
        ] {
            versions.push(Response {
                etag: etag.clone(),
                malformed_etag,
                last_modified,
                malformed_last_modified,
                date,
                gap: Some(60),
                ..Response::default()
            });
        }
    }
    versions
}

/// Every version, with and without a digest, against every `ETag` and every Last-Modified.
#[test]
fn every_validator_of_a_part_agrees_with_the_oracle() {
    const TAGS: [Lines; 9] = [
        &[],
        &[b"\"v1\""],
        &[b"W/\"v1\""],
        &[b"\"v2\""],
        &[b"v1"],
        &[b"\"v1\"", b"\"v1\""],
        &[b"\"v1\"", b"W/\"v1\""],
        &[b"W/\"v1\"", b"\"v2\""],
        &[b"W/\"v1\"", b"v1"],
    ];
    const DATES: [Lines; 6] = [
        &[],
        &[SAME],
        &[AFTER],
        &[b"yesterday"],
        &[SAME, SAME],
        &[SAME, AFTER],
    ];
    let mut cases = 0;
    for version in versions() {
        for digest in [false, true] {
            let download = Download {
                version: version.clone(),
                octets: 6,
                digest,
                ..Download::default()
            };
            downloads::on_next(&download);
            for tags in TAGS {
                for dates in DATES {
                    let tags = tags.iter().map(|tag| ("etag", *tag));
                    let dates = dates.iter().map(|date| ("last-modified", *date));
                    let fields: Vec<_> = tags.chain(dates).collect();
                    for range in [&b"bytes 6-9/10"[..], b"bytes */6"] {
                        let mut fields = fields.clone();
                        fields.push(("content-range", range));
                        downloads::on_partial(&download, &fields);
                        downloads::on_unsatisfied(&download, &fields);
                        cases += 2;
                    }
                }
            }
        }
    }
    println!("validators of parts enumerated: {cases}");
    assert!(cases > 8_000);
}

/// Every part of up to five octets, and every length, for every way to hold some of them.
#[test]
fn every_place_of_a_part_agrees_with_the_oracle() {
    const MOST: u64 = 5;
    let version = Response {
        etag: oracle::entity_tag(b"\"v1\""),
        ..Response::default()
    };
    let ranges = || (0..MOST).flat_map(|first| (first..MOST).map(move |last| (first, last)));
    let segments = || ranges().map(Some).chain([None]);
    let lengths = || (0..=MOST + 1).map(Some).chain([None]);
    let mut cases = 0_u64;
    for segment in segments() {
        for octets in 0..=MOST {
            for complete in lengths() {
                let download = Download {
                    version: version.clone(),
                    octets,
                    segment,
                    complete,
                    ..Download::default()
                };
                downloads::on_next(&download);
                let mut check = |range: String| {
                    let fields = [
                        ("ETag", &b"\"v1\""[..]),
                        ("Content-Range", range.as_bytes()),
                    ];
                    downloads::on_partial(&download, &fields);
                    downloads::on_unsatisfied(&download, &fields);
                    cases += 2;
                };
                for length in lengths() {
                    let length = length.map_or("*".to_owned(), |length| length.to_string());
                    check(format!("bytes */{length}"));
                    for (first, last) in ranges() {
                        check(format!("bytes {first}-{last}/{length}"));
                    }
                }
            }
        }
    }
    println!("places of parts enumerated: {cases}");
    assert!(cases > 100_000);
}
