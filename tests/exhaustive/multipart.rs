//! `multipart/byteranges`: what a server of this crate writes, read by a client of it and cut at every
//! octet; and every short content of the pieces that matter, against the oracle.

use http_preconditions::{
    Representation,
    client::{MultipartReader, RequestedRange, request_ranges},
    evaluate,
    range::{ByteRange, ContentRange, RangeSpec},
    response::Piece,
};
use oracle::multipart::{Ending, Part};
use support::multipart;

/// The representation looks like a delimiter, wherever it is cut.
const WHOLE: &[u8] = b"\r\n--b--\r\n--b\r\n\r\n--b--";
const CONTENT_TYPE: &[u8] = b"Multipart/ByteRanges ; charset=\"a;b\"; BOUNDARY=\"\\b\"";

fn octets(range: ByteRange) -> &'static [u8] {
    let first = usize::try_from(range.first()).unwrap();
    let end = usize::try_from(range.end()).unwrap();
    &WHOLE[first..end]
}

/// What the server sends to a request for these ranges, or nothing if it sends one part or all.
fn sent(asked: [RangeSpec; 3], length: u64) -> Option<Vec<u8>> {
    let current = Representation::new().complete_length(length);
    let value = request_ranges(asked).unwrap().value().to_string();
    let plan = evaluate("GET", [("Range", &value)], Some(&current)).plan();
    let plan = plan.range(value.as_bytes());
    let parts = plan.multipart(Some("text/plain"), "b").unwrap()?;
    let mut sent = Vec::new();
    for piece in parts.pieces() {
        match piece {
            Piece::Text(text) => sent.extend(text.to_string().into_bytes()),
            Piece::Range(range) => sent.extend(octets(range)),
        }
    }
    Some(sent)
}

/// All octets of each range that was asked for are found in the parts.
fn holds_all(asked: [RangeSpec; 3], length: u64, parts: &[Part]) {
    let mut found = [None; 3];
    for (first, last, complete, content_type, content) in parts {
        assert_eq!(content_type.as_deref(), Some(&b"text/plain"[..]));
        assert_eq!(*complete, Some(length));
        let part = ContentRange::new(ByteRange::new(*first, *last).unwrap(), *complete).unwrap();
        for held in part.requested(asked).filter(RequestedRange::is_whole) {
            let start = usize::try_from(held.offset()).unwrap();
            let octets = usize::try_from(held.range().length()).unwrap();
            found[held.index()] = Some(&content[start..start + octets]);
        }
    }
    for (spec, found) in asked.iter().zip(found) {
        assert_eq!(found, spec.resolve(length).map(octets), "{asked:?}");
    }
}

#[test]
fn what_the_server_writes_the_client_reads_up_to_every_cut() {
    let length = u64::try_from(WHOLE.len()).unwrap();
    let reader = MultipartReader::new(CONTENT_TYPE).unwrap();
    let mut specs = vec![RangeSpec::Suffix(1), RangeSpec::Suffix(7)];
    for first in [0, 1, 5, 12] {
        let last = [None, Some(2), Some(9), Some(30)].map(|more| more.map(|more| first + more));
        specs.extend(last.map(|last| RangeSpec::Int { first, last }));
    }
    let (mut several, mut cuts) = (0, 0);
    for a in &specs {
        for b in &specs {
            let asked = [*a, *b, RangeSpec::Suffix(2)];
            let Some(sent) = sent(asked, length) else {
                continue;
            };
            several += 1;
            let (parts, ending) =
                multipart::on_multipart(CONTENT_TYPE, &sent, Some(length)).unwrap();
            assert_eq!(ending, Some(Ok(())), "{asked:?}");
            holds_all(asked, length, &parts);
            // Whatever is cut off, the parts before it are whole, and the end is known only at the end.
            let mut complete = 0;
            for cut in 0..=sent.len() {
                cuts += 1;
                let (before, ending) = multipart::read(&reader, &sent[..cut], sent.len());
                assert_eq!(before, parts[..before.len()]);
                assert!(before.len() == complete || before.len() == complete + 1);
                complete = before.len();
                // A CRLF follows the end.
                let is_end = cut + 2 >= sent.len();
                assert_eq!(ending, is_end.then_some(Ok(())), "{cut} of {asked:?}");
            }
            assert_eq!(complete, parts.len());
        }
    }
    println!("contents that were written: {several}, cut at {cuts} octets");
    assert!(several > 50 && cuts > 10_000);
}

/// Every part of up to five octets, with and without a length, against the set of the positions that
/// each range has.
#[test]
fn every_part_holds_the_positions_that_were_requested() {
    const MOST: u64 = 5;
    let numbers = || 0..=MOST;
    let mut specs: Vec<_> = (0..=MOST + 1).map(RangeSpec::Suffix).collect();
    for first in numbers() {
        specs.push(RangeSpec::Int { first, last: None });
        specs.extend(numbers().map(|more| RangeSpec::Int {
            first,
            last: Some(first + more),
        }));
    }
    let mut cases = 0;
    for (first, last) in numbers().flat_map(|first| (first..=MOST).map(move |last| (first, last))) {
        let range = ByteRange::new(first, last).unwrap();
        for length in (last + 1..=MOST + 2).map(Some).chain([None]) {
            let part = ContentRange::new(range, length).unwrap();
            for spec in &specs {
                cases += 1;
                // Without a length, as if it were far away: RFC 9110 section 14.1.2.
                let end = length.unwrap_or(1000);
                let wanted = |position: &u64| match *spec {
                    RangeSpec::Int { first, last } => {
                        first <= *position && last.is_none_or(|last| *position <= last)
                    }
                    RangeSpec::Suffix(octets) => position + octets >= end,
                };
                let all: Vec<u64> = (0..end).filter(wanted).collect();
                let held: Vec<u64> = (first..=last).filter(wanted).collect();
                let mut found = part.requested([*spec]);
                let Some(part) = found.next() else {
                    assert!(held.is_empty(), "{spec} {part}");
                    continue;
                };
                let range = part.range();
                assert_eq!(held, (range.first()..=range.last()).collect::<Vec<_>>());
                assert_eq!(part.offset(), range.first() - first, "{spec}");
                let is_known =
                    length.is_some() || !matches!(spec, RangeSpec::Int { last: None, .. });
                assert_eq!(part.is_whole(), is_known && held == all, "{spec}");
                assert!(found.next().is_none());
            }
        }
    }
    println!("parts and ranges enumerated: {cases}");
    assert!(cases > 1_000);
}

/// Up to five pieces, in every order: from the start, in a head, and behind a part.
#[test]
fn every_short_content_agrees_with_the_oracle() {
    const PIECES: [&str; 8] = [
        "--b",
        "--",
        "\r\n",
        "\n",
        "\r",
        " ",
        "Content-Range: bytes 0-0/1",
        "Content-Type: x",
    ];
    let mut endings = [0_u32; 3];
    let mut contents = vec![String::new()];
    for _ in 0..5 {
        let longer = contents.iter().flat_map(|content| {
            let behind = PIECES.iter();
            behind.map(move |piece| content.clone() + piece)
        });
        contents = longer.collect();
        for content in &contents {
            for start in ["", "--b\n", "--b\nContent-Range: bytes 0-0/2\n\n0"] {
                let content = [start, content].concat();
                let content_type = b"multipart/byteranges; boundary=b";
                let (_, ending) =
                    multipart::on_multipart(content_type, content.as_bytes(), None).unwrap();
                let ending = match ending {
                    Some(Ok(())) => Ending::End,
                    None => Ending::Cut,
                    Some(Err(_)) => Ending::Error,
                };
                endings[ending as usize] += 1;
            }
        }
    }
    println!("short contents that end, are cut, or have an error: {endings:?}");
    assert!(endings.iter().all(|count| *count > 1_000));
}
