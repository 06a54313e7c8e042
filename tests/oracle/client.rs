//! What a client or a cache may send about the responses that it holds: RFC 9110 sections 8.8.2.2
//! and 13.1, RFC 9111 section 4.3.1.

use super::{Tag, entity_tag, http_date, imf_fixdate, trim};

/// A response as it was received: what its header section says, and what its recipient knows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Response {
    pub etag: Option<Tag>,
    /// There is an `ETag` that cannot be read. It is none that could be sent or matched: our
    /// decision.
    pub malformed_etag: bool,
    pub last_modified: Option<i64>,
    /// The same of `Last-Modified`, and of `Content-Length` below.
    pub malformed_last_modified: bool,
    /// Of the response that brought the content.
    pub date: Option<i64>,
    /// The Date that a 304 has put in the place of that one.
    pub updated_date: Option<i64>,
    pub received: Option<i64>,
    pub content_length: Option<u64>,
    pub malformed_content_length: bool,
    /// The seconds between Last-Modified and Date that are demanded where the two clocks may
    /// differ; `None`: they are believed to be one.
    pub gap: Option<i64>,
    /// `Some`: only a part is stored; whether it holds all that the request's Range asks for. Where
    /// it is known which part, that says so.
    pub part: Option<bool>,
    /// The first and the last position of the part, and the complete length if that is known.
    pub content_range: Option<(u64, u64, Option<u64>)>,
    /// The status code, if it is not 200.
    pub status: Option<u16>,
}

impl Response {
    pub fn code(&self) -> u16 {
        self.status.unwrap_or(200)
    }

    /// RFC 9110 section 15.4.5: a 304 is sent in the place of a success.
    pub fn is_success(&self) -> bool {
        self.code() / 100 == 2
    }

    /// Whether the request at hand could be answered from it: RFC 9111 section 3.3. A 206 that does
    /// not say which part it is holds nothing.
    pub fn could_answer(&self) -> bool {
        match self.part {
            Some(holds) => holds,
            None => self.code() != 206,
        }
    }
}

/// What a response's fields say. Of a field that has a single value, two lines that are not the same
/// say nothing, and what cannot be read neither, but that it is there.
pub fn read(fields: &[(&str, &[u8])], now: i64) -> Response {
    let lines = |wanted: &str| {
        let mut lines = Vec::new();
        for (name, value) in fields {
            if name.eq_ignore_ascii_case(wanted) {
                lines.push(*value);
            }
        }
        lines
    };
    let (etag, malformed_etag) = single(&lines("ETag"), entity_tag);
    let (last_modified, malformed_last_modified) =
        single(&lines("Last-Modified"), |line| http_date(line, now));
    let (content_length, malformed_content_length) = single(&lines("Content-Length"), length);
    let (date, _) = single(&lines("Date"), |line| http_date(line, now));
    let (part, malformed_part) = single(&lines("Content-Range"), content_range);
    // RFC 9110 section 8.6: the length is that of the content, which then is not the part. Our decision.
    let agrees = |(first, last, _): &(u64, u64, Option<u64>)| match content_length {
        Some(length) => last - first == length.wrapping_sub(1),
        None => !malformed_content_length,
    };
    let is_part = part.is_some() || malformed_part;
    let part = part.filter(agrees);
    Response {
        etag,
        malformed_etag,
        last_modified,
        malformed_last_modified,
        date,
        content_length,
        malformed_content_length,
        part: is_part.then_some(false),
        content_range: part,
        ..Response::default()
    }
}

/// The value that all lines have, and whether there are lines without one.
pub(super) fn single<T: PartialEq>(
    lines: &[&[u8]],
    read: impl Fn(&[u8]) -> Option<T>,
) -> (Option<T>, bool) {
    let Some(first) = lines.first() else {
        return (None, false);
    };
    let first = read(first);
    for line in lines {
        let value = read(line);
        if value.is_none() || value != first {
            return (None, true);
        }
    }
    (first, false)
}

/// `None` too for the Content-Range of a 416, which has no part.
fn content_range(line: &[u8]) -> Option<(u64, u64, Option<u64>)> {
    let (part, complete) = super::range::content_range(line)?;
    let (first, last) = part?;
    Some((first, last, complete))
}

/// `1*DIGIT`, below 2^64.
fn length(line: &[u8]) -> Option<u64> {
    let digits = trim(line);
    let mut number: u128 = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = (number * 10 + u128::from(digit - b'0')).min(1 << 64);
    }
    if digits.is_empty() {
        return None;
    }
    u64::try_from(number).ok()
}

/// The fields to send, in any order, as names and exact octets.
pub type Fields = Vec<(&'static str, Vec<u8>)>;

/// 8.8.2.2, as a client and a cache have to see it.
pub fn date_is_strong(response: &Response) -> bool {
    let Some(last_modified) = response.last_modified else {
        return false;
    };
    // "that cache entry includes a Date value", which is about when the content was sent: a 304
    // brings another one, without content.
    let Some(date) = response.date else {
        return false;
    };
    // "at least one second after the Last-Modified value"
    if date - last_modified < 1 {
        return false;
    }
    match response.gap {
        None => true,
        Some(gap) => date - last_modified >= gap,
    }
}

/// The tag as it is written.
pub fn written(tag: &Tag) -> Vec<u8> {
    let mut octets = Vec::new();
    if tag.weak {
        octets.extend(b"W/");
    }
    octets.push(b'"');
    octets.extend(&tag.opaque);
    octets.push(b'"');
    assert_eq!(entity_tag(&octets).as_ref(), Some(tag));
    octets
}

pub(super) fn written_date(date: i64) -> Vec<u8> {
    let octets = imf_fixdate(date).into_bytes();
    assert_eq!(http_date(&octets, 0), Some(date));
    octets
}

/// A list in one line: there are servers that read no second one, and servers that refuse it.
pub fn written_list(tags: &[Tag]) -> Vec<u8> {
    let mut line = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        if index > 0 {
            line.extend(b", ");
        }
        line.extend(written(tag));
    }
    line
}

/// Those that the request can be answered from. RFC 9111 section 4.3.1 forbids the tag of a part
/// which the requested range is not fully inside. Another status than a success is not what a 304
/// would stand for.
fn candidates(stored: &[Response]) -> Vec<&Response> {
    let mut candidates = Vec::new();
    for response in stored {
        if response.could_answer() && response.is_success() {
            candidates.push(response);
        }
    }
    candidates
}

/// The tags of all, each once as far as there are no more than eight different ones before it.
pub(super) fn tags(stored: &[&Response], before: &[Tag]) -> Vec<Tag> {
    let mut tags = before.to_vec();
    for response in stored {
        if let Some(tag) = &response.etag {
            let mut different: Vec<&Tag> = Vec::new();
            for tag in &tags {
                if !different.contains(&tag) {
                    different.push(tag);
                }
            }
            different.truncate(8);
            if !different.contains(&tag) {
                tags.push(tag.clone());
            }
        }
    }
    tags
}

/// A validation of the cache's own: RFC 9111 section 4.3.1.
pub fn revalidate(stored: &[Response]) -> Fields {
    let stored = candidates(stored);
    let mut fields = Vec::new();
    let tags = tags(&stored, &[]);
    // "MUST send the relevant entity tags"
    if !tags.is_empty() {
        fields.push(("If-None-Match", written_list(&tags)));
    }
    // "SHOULD send the Last-Modified value [...] if [...] a single stored response is being
    // validated"
    if stored.len() == 1 {
        if let Some(date) = stored[0].last_modified {
            fields.push(("If-Modified-Since", written_date(date)));
        }
    }
    fields
}

/// What keeps a change from overwriting another one: 13.1.1, and 13.1.4 with a date that is strong.
/// A weak tag never matches If-Match.
pub fn guard(held: &Response) -> Option<(&'static str, Vec<u8>)> {
    if let Some(tag) = &held.etag {
        if !tag.weak {
            return Some(("If-Match", written(tag)));
        }
    }
    if let Some(date) = held.last_modified {
        if date_is_strong(held) {
            return Some(("If-Unmodified-Since", written_date(date)));
        }
    }
    None
}

/// 13.1.5: no weak tag, and no date but a strong one of a representation without a tag; and not
/// without Range.
fn if_range(held: &Response) -> Option<Vec<u8>> {
    if let Some(tag) = &held.etag {
        return (!tag.weak).then(|| written(tag));
    }
    if held.malformed_etag || !date_is_strong(held) {
        return None;
    }
    held.last_modified.map(written_date)
}

/// Range with If-Range, or where that is forbidden with If-Unmodified-Since, if the date is strong:
/// 13.1.4 lets a client do so to get a 412 in the place of a part of another version.
pub fn resume(held: &Response, first: u64) -> Option<Fields> {
    let condition = match if_range(held) {
        Some(value) => ("If-Range", value),
        None if date_is_strong(held) => ("If-Unmodified-Since", written_date(held.last_modified?)),
        None => return None,
    };
    let range = format!("bytes={first}-").into_bytes();
    Some(vec![("Range", range), condition])
}

/// 15.3.7.3: parts are combined only if they share the same strong validator, which is the one that
/// If-Range would have.
pub fn combine(a: &Response, b: &Response) -> bool {
    if_range(a).is_some() && if_range(a) == if_range(b)
}
