//! Asks the crate and the oracle the same about `multipart/byteranges`, and demands the same answer.

use http_preconditions::{
    ParseError,
    client::{MultipartReader, MultipartStep},
};
use oracle::multipart::{Ending, Part};

/// The content of a Content-Type as it is compared: how it was folded is nothing.
fn unfolded(value: &[u8]) -> Vec<u8> {
    let words = value.split(|octet| b" \t\r\n\0".contains(octet));
    let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
    words.join(&b' ')
}

/// The parts of a content, and its end or its error; `None` where it is cut.
pub type Read = (Vec<Part>, Option<Result<(), ParseError>>);

/// Reads a content that arrives in steps of so many octets.
pub fn read(reader: &MultipartReader, content: &[u8], step: usize) -> Read {
    let mut reader = reader.clone();
    let (mut consumed, mut arrived) = (0, 0);
    let mut parts = Vec::new();
    loop {
        match reader.read(&content[consumed..arrived]) {
            Ok(MultipartStep::NeedMore) if arrived < content.len() => {
                arrived = content.len().min(arrived + step);
            }
            Ok(MultipartStep::NeedMore) => return (parts, None),
            Ok(MultipartStep::End) => return (parts, Some(Ok(()))),
            Ok(MultipartStep::Part(part)) => {
                let range = part.range();
                assert_eq!(part.content_range().range(), Some(range));
                consumed += part.len();
                let length = usize::try_from(range.length()).unwrap_or(usize::MAX);
                let Some(octets) = content[consumed..].get(..length) else {
                    return (parts, None);
                };
                let complete = part.content_range().complete_length();
                let content_type = part.content_type().map(unfolded);
                parts.push((
                    range.first(),
                    range.last(),
                    complete,
                    content_type,
                    octets.to_vec(),
                ));
                consumed += length;
                arrived = arrived.max(consumed);
            }
            Err(error) => {
                assert!(error.offset() <= arrived - consumed, "{error}");
                return (parts, Some(Err(error)));
            }
        }
    }
}

/// What a content has, in whatever steps it arrives.
#[track_caller]
pub fn on_multipart(
    content_type: &[u8],
    content: &[u8],
    length: Option<u64>,
) -> Result<Read, ParseError> {
    let boundary = oracle::multipart::boundary(content_type);
    let reader = MultipartReader::new(content_type);
    let shown = content_type.escape_ascii();
    assert_eq!(reader.is_ok(), boundary.is_some(), "{shown} {reader:?}");
    let reader = reader?;
    let reader = match length {
        Some(length) => reader.complete_length(length),
        None => reader,
    };
    let (parts, ending) = oracle::multipart::parts(content, &boundary.unwrap_or_default(), length);
    let parts: Vec<Part> = parts
        .into_iter()
        .map(|(first, last, complete, content_type, octets)| {
            let content_type = content_type.as_deref().map(unfolded);
            (first, last, complete, content_type, octets)
        })
        .collect();
    let all = read(&reader, content, content.len().max(1));
    for step in [1, 2, 7] {
        // A later octet may be what an error is about; the parts before it are the same.
        let other = read(&reader, content, step);
        assert_eq!(other.0, all.0, "{step} {}", content.escape_ascii());
        assert_eq!(other.1, all.1, "{step} {}", content.escape_ascii());
    }
    let is = match all.1 {
        None => Ending::Cut,
        Some(Ok(())) => Ending::End,
        Some(Err(_)) => Ending::Error,
    };
    assert_eq!((&all.0, is), (&parts, ending), "{}", content.escape_ascii());
    Ok(all)
}
