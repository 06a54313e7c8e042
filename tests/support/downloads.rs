//! Asks the crate and the oracle the same about downloads that were cut, and demands the same
//! answer.

use http_preconditions::{
    HttpDate,
    client::{IncompleteResponse, PartialResponse, Resume, UnsatisfiedRange},
    range::ByteRange,
};
use oracle::download::{self, Download, Next, Partial, Unsatisfied};

use crate::roles;

/// A download as the rows describe it, in the words of [`roles::response`] and these: `octets=600`,
/// `of=1000` for the complete length, `segment=250-499`, `coding=gzip`, `digest`.
#[track_caller]
pub fn download(words: &str) -> Download {
    let mut download = Download::default();
    let mut of_response = Vec::new();
    for word in words.split(' ') {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{words}"));
        match name {
            "octets" => download.octets = number(value),
            "of" => download.complete = Some(number(value)),
            "segment" => {
                let (first, last) = value.split_once('-').unwrap_or_else(|| panic!("{words}"));
                download.segment = Some((number(first), number(last)));
            }
            "coding" => download.coding = value.as_bytes().to_vec(),
            "digest" => download.digest = true,
            _ => of_response.push(word),
        }
    }
    download.version = roles::response(&of_response.join(" "));
    download
}

/// What the crate knows of an oracle's download.
pub fn incomplete(download: &Download) -> IncompleteResponse<'_> {
    let version = roles::validators(&download.version);
    let mut held =
        IncompleteResponse::new(version, download.octets).content_encoding(&download.coding);
    if let Some((first, last)) = download.segment {
        held = held.segment(ByteRange::new(first, last).expect("a range"));
    }
    if let Some(length) = download.complete {
        held = held.complete_length(length);
    }
    if download.digest {
        held = held.verified_by_digest();
    }
    held
}

/// What is asked for next.
#[track_caller]
pub fn on_next(download: &Download) -> Next {
    let held = incomplete(download);
    let fields = roles::sent(held.fields());
    let next = match held.next_request() {
        Resume::Complete => Next::Complete,
        Resume::Restart => Next::Restart,
        Resume::Range(range) => {
            assert_eq!(fields[0].1, range.to_string().into_bytes());
            Next::Range(fields.clone())
        }
    };
    assert_eq!(fields.is_empty(), !matches!(next, Next::Range(_)));
    assert_eq!(next, download::next(download), "{download:#?}");
    next
}

/// What a 206 with these fields means.
#[track_caller]
pub fn on_partial(download: &Download, fields: &[(&str, &[u8])]) -> Partial {
    let partial = match incomplete(download).continued_by(fields.iter().copied()) {
        PartialResponse::Append { skip, new } => Partial::Append { skip, new },
        PartialResponse::NotAdjacent => Partial::NotAdjacent,
        PartialResponse::DifferentVersion => Partial::DifferentVersion,
        PartialResponse::DifferentLength => Partial::DifferentLength,
        PartialResponse::DifferentCoding => Partial::DifferentCoding,
        PartialResponse::WrongContentLength => Partial::WrongContentLength,
        PartialResponse::Multipart => Partial::Multipart,
        PartialResponse::NoContentRange => Partial::NoContentRange,
        other => panic!("{other:?}"),
    };
    let expected = download::partial(download, fields, HttpDate::ASSUMED_NOW.to_unix());
    assert_eq!(partial, expected, "{download:#?} {fields:?}");
    partial
}

/// What a 416 with these fields means.
#[track_caller]
pub fn on_unsatisfied(download: &Download, fields: &[(&str, &[u8])]) -> Unsatisfied {
    let unsatisfied = match incomplete(download).unsatisfied_by(fields.iter().copied()) {
        UnsatisfiedRange::Complete => Unsatisfied::Complete,
        UnsatisfiedRange::DifferentLength => Unsatisfied::DifferentLength,
        UnsatisfiedRange::DifferentVersion => Unsatisfied::DifferentVersion,
        UnsatisfiedRange::Unknown => Unsatisfied::Unknown,
        other => panic!("{other:?}"),
    };
    let expected = download::unsatisfied(download, fields, HttpDate::ASSUMED_NOW.to_unix());
    assert_eq!(unsatisfied, expected, "{download:#?} {fields:?}");
    unsatisfied
}
