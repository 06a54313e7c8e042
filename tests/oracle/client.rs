//! What a client or a cache may send about the responses that it holds: RFC 9110 sections 8.8.2.2
//! and 13.1, RFC 9111 section 4.3.1.

use super::{IfRange, Tag, entity_tag, http_date, imf_fixdate, trim};

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
    /// `Some`: only a part is stored; whether it holds all that the request's Range asks for.
    pub part: Option<bool>,
}

/// What a response's fields say. Of a field that has a single value, two lines say nothing, and
/// what cannot be read neither, but that it is there.
pub fn read(fields: &[(&str, &[u8])], now: i64) -> Response {
    let only = |wanted: &str| {
        let mut lines = Vec::new();
        for (name, value) in fields {
            if name.eq_ignore_ascii_case(wanted) {
                lines.push(*value);
            }
        }
        (
            lines.len(),
            if lines.len() == 1 {
                Some(lines[0])
            } else {
                None
            },
        )
    };
    let (etags, line) = only("ETag");
    let etag = line.and_then(entity_tag);
    let (dates, line) = only("Last-Modified");
    let last_modified = line.and_then(|line| http_date(line, now));
    let (lengths, line) = only("Content-Length");
    let content_length = line.and_then(length);
    Response {
        malformed_etag: etags > 0 && etag.is_none(),
        etag,
        malformed_last_modified: dates > 0 && last_modified.is_none(),
        last_modified,
        date: only("Date").1.and_then(|line| http_date(line, now)),
        malformed_content_length: lengths > 0 && content_length.is_none(),
        content_length,
        ..Response::default()
    }
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

fn written_date(date: i64) -> Vec<u8> {
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
/// which the requested range is not fully inside.
fn candidates(stored: &[Response]) -> Vec<&Response> {
    let mut candidates = Vec::new();
    for response in stored {
        if response.part != Some(false) {
            candidates.push(response);
        }
    }
    candidates
}

/// The tags of all, each once.
fn tags(stored: &[&Response], before: &[Tag]) -> Vec<Tag> {
    let mut tags = before.to_vec();
    for response in stored {
        if let Some(tag) = &response.etag {
            if !tags.contains(tag) {
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
    // Not beside a tag that cannot be read: our decision.
    if stored.len() == 1 && !stored[0].malformed_etag {
        if let Some(date) = stored[0].last_modified {
            fields.push(("If-Modified-Since", written_date(date)));
        }
    }
    fields
}

/// A client's If-None-Match on its way through a cache, with the cache's tags added: RFC 9111
/// section 4.3.2. `None`: the field goes on as it is.
pub fn union(client: &[Tag], any: bool, stored: &[Response]) -> Option<Vec<u8>> {
    // Nothing may stand beside a `*`, RFC 9110 section 13.1.2.
    if any {
        return None;
    }
    let mut union = Vec::new();
    // Duplicates of the client are the client's.
    for tag in client {
        union.push(tag.clone());
    }
    let union = tags(&candidates(stored), &union);
    if union.is_empty() {
        return None;
    }
    Some(written_list(&union))
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
pub fn resume(held: &Response, first: u64) -> Option<Fields> {
    let if_range = if let Some(tag) = &held.etag {
        if tag.weak {
            return None;
        }
        IfRange::Tag(tag.clone())
    } else if held.malformed_etag {
        return None;
    } else if date_is_strong(held) {
        IfRange::Date(held.last_modified?)
    } else {
        return None;
    };
    let value = match if_range {
        IfRange::Tag(tag) => written(&tag),
        IfRange::Date(date) => written_date(date),
    };
    let range = format!("bytes={first}-").into_bytes();
    Some(vec![("Range", range), ("If-Range", value)])
}

/// 15.3.7.3: parts are combined only if they share the same strong validator, which is the one that
/// If-Range would have.
pub fn combine(a: &Response, b: &Response) -> bool {
    let a_sends = resume(a, 0);
    a_sends.is_some() && a_sends == resume(b, 0)
}
