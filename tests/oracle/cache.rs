//! What a cache does: RFC 9111, whose section numbers these are unless they say otherwise.

use super::client::{Response, date_is_strong};
use super::{IfRange, Members, Tag, http_date, if_range, members, range, strong_eq, trim, weak_eq};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    Forward,
    NotModified,
    Serve,
    Range,
    /// From a part: the first and the last position, and where the first is in what is stored.
    Part(u64, u64, u64),
}

/// A request that came to a cache, and the response that it chose to answer it from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub method: &'a str,
    pub stored: Option<Response>,
    pub now: i64,
    pub fields: Vec<(&'a str, &'a [u8])>,
}

pub(super) fn lines<'a>(fields: &[(&'a str, &'a [u8])], wanted: &str) -> Vec<&'a [u8]> {
    let mut lines = Vec::new();
    for (name, value) in fields {
        if name.eq_ignore_ascii_case(wanted) {
            lines.push(*value);
        }
    }
    lines
}

/// Handling a received validation request: 4.3.2.
pub fn reuse(request: &Request<'_>) -> Reuse {
    // 4: what is unsafe is written through. Here only methods that read are answered at all.
    let reads = ["GET", "HEAD", "QUERY"].contains(&request.method);
    if !reads {
        return Reuse::Forward;
    }
    let Some(stored) = &request.stored else {
        return Reuse::Forward;
    };
    // RFC 4918 section 10.4.5: with If a client asks caches to stay out of the way; they know no locks.
    for extension in ["If", "If-Schedule-Tag-Match"] {
        if !lines(&request.fields, extension).is_empty() {
            return Reuse::Forward;
        }
    }
    // 3.3: an incomplete response is used for a range wholly within it.
    let held = held_range(request, stored);
    let could_answer = match stored.content_range {
        Some(_) => held.is_some(),
        None => stored.could_answer(),
    };
    if !could_answer {
        return Reuse::Forward;
    }
    // "a stored 200 (OK) or 206 (Partial Content)": any other has no conditions, and no ranges (RFC
    // 9110 section 14.2). What is incomplete is not served as if it were whole.
    if stored.code() != 200 && stored.code() != 206 {
        return if stored.part.is_some() {
            Reuse::Forward
        } else {
            Reuse::Serve
        };
    }

    // If-Match and If-Unmodified-Since are the origin's: not looked at.
    let if_none_match = lines(&request.fields, "If-None-Match");
    if !if_none_match.is_empty() {
        if listed(&members(&if_none_match), stored.etag.as_ref()) {
            return Reuse::NotModified;
        }
    } else if let Some(since) = if_modified_since(request) {
        // Last-Modified; else Date; else when it was received.
        let reference = match stored.last_modified {
            Some(date) => Some(date),
            None => match stored_date(stored) {
                Some(date) => Some(date),
                None => stored.received,
            },
        };
        if let Some(reference) = reference {
            if reference <= since {
                return Reuse::NotModified;
            }
        }
    }

    if asks_for_range(request) {
        let if_range = lines(&request.fields, "If-Range");
        let applies = if_range.is_empty() || unchanged(&if_range, stored, request.now);
        if applies && status_of_range(request, stored) != Some(200) {
            // Whose parts are of the version in If-Match must not get one of another: our decision.
            let guards = ["If-Match", "If-Unmodified-Since"];
            if guards
                .iter()
                .any(|guard| !lines(&request.fields, guard).is_empty())
            {
                return Reuse::Forward;
            }
            return match held {
                Some((first, last, offset)) => Reuse::Part(first, last, offset),
                None => Reuse::Range,
            };
        }
    }
    // All of it is not there if only a part is stored.
    if stored.part.is_some() {
        return Reuse::Forward;
    }
    Reuse::Serve
}

fn if_modified_since(request: &Request<'_>) -> Option<i64> {
    match lines(&request.fields, "If-Modified-Since")[..] {
        [line] => http_date(line, request.now),
        _ => None,
    }
}

/// The positions that a single range asks for, where the part that is stored has them all, and where
/// the first of them is in it.
pub fn held_range(request: &Request<'_>, stored: &Response) -> Option<(u64, u64, u64)> {
    let (first, last, complete) = stored.content_range?;
    if !asks_for_range(request) {
        return None;
    }
    let Some(range::Range::Bytes(specs)) = range::range(lines(&request.fields, "Range")[0]) else {
        return None;
    };
    // Several are forwarded: our decision.
    let [spec] = &specs[..] else {
        return None;
    };
    let length = match (complete, spec) {
        (Some(length), _) => length,
        // Where it ends does not depend on how long the whole is.
        (None, range::Spec::Int(_, Some(_))) => u64::MAX,
        (None, _) => return None,
    };
    let asked = range::Range::Bytes(specs);
    let range::Resolution::Partial(ranges) = range::resolve(&asked, length, ONE) else {
        return None;
    };
    let (asked_first, asked_last) = ranges[0];
    if asked_first < first || asked_last > last {
        return None;
    }
    Some((asked_first, asked_last, asked_first - first))
}

/// Reports whether If-None-Match is false: `*`, since something is stored, or the tag by weak
/// comparison.
fn listed(members: &Members, etag: Option<&Tag>) -> bool {
    if members.any {
        return true;
    }
    if let Some(etag) = etag {
        for tag in &members.tags {
            if weak_eq(tag, etag) {
                return true;
            }
        }
    }
    false
}

/// RFC 9110 section 14.2: one Range in bytes, of a method that has ranges.
fn asks_for_range(request: &Request<'_>) -> bool {
    if !["GET", "QUERY"].contains(&request.method) {
        return false;
    }
    match lines(&request.fields, "Range")[..] {
        [line] => {
            let value = trim(line);
            value.len() >= 6 && value[..6].eq_ignore_ascii_case(b"bytes=")
        }
        _ => false,
    }
}

/// What its Range makes of a 200, where all of the response is stored and it is known how much that
/// is: 206, 416, or the 200 as it is.
pub fn status_of_range(request: &Request<'_>, stored: &Response) -> Option<u16> {
    if stored.part.is_some() {
        return None;
    }
    let length = stored.content_length?;
    match lines(&request.fields, "Range")[..] {
        [line] => Some(range::status(line, length, range::USUAL).0),
        _ => None,
    }
}

/// The Date among the stored fields: 3.2 has a 304 replace it.
fn stored_date(stored: &Response) -> Option<i64> {
    if stored.updated_date.is_some() {
        return stored.updated_date;
    }
    stored.date
}

/// RFC 9110 section 13.1.5, by what is stored.
fn unchanged(lines: &[&[u8]], stored: &Response, now: i64) -> bool {
    if lines.len() != 1 {
        return false;
    }
    match if_range(lines[0], now) {
        Some(IfRange::Tag(tag)) => match &stored.etag {
            Some(etag) => strong_eq(&tag, etag),
            None => false,
        },
        // Beside a tag that cannot be read a date is no validator: our decision.
        Some(IfRange::Date(date)) => {
            stored.last_modified == Some(date) && date_is_strong(stored) && !stored.malformed_etag
        }
        None => false,
    }
}

/// Freshening stored responses upon validation: 4.3.4. The indices of those that the 304 updates,
/// of all that could have been chosen for the request if freshness did not matter.
pub fn freshened(not_modified: &Response, set: &[Response]) -> Vec<usize> {
    let mut updated = Vec::new();

    // "each of those strong validators identifies a selected representation": all that share one.
    for (index, stored) in set.iter().enumerate() {
        if stored.is_success() && shares_strong_validator(not_modified, stored) {
            updated.push(index);
        }
    }
    if !updated.is_empty() {
        return updated;
    }
    // "if none [...] contains at least one of the same strong validators, [...] MUST NOT use the
    // new response to update any"
    if let Some(tag) = &not_modified.etag {
        if !tag.weak {
            return updated;
        }
    }

    // "no strong validators but [...] one or more weak": the most recent of those that match.
    let has_one = not_modified.etag.is_some()
        || not_modified.malformed_etag
        || not_modified.last_modified.is_some();
    if has_one {
        let mut latest: Option<usize> = None;
        for (index, stored) in set.iter().enumerate() {
            if stored.is_success() && matches_weakly(not_modified, stored) {
                match latest {
                    // Of the same age, the last one: our decision.
                    Some(other) if age_key(&set[other]) > age_key(stored) => {}
                    _ => latest = Some(index),
                }
            }
        }
        updated.extend(latest);
        return updated;
    }

    // "no validator at all, and there is only one stored response, and that also lacks one": one
    // that cannot be read is there.
    if let [stored] = set {
        let lacks_both = |response: &Response| {
            response.etag.is_none()
                && !response.malformed_etag
                && response.last_modified.is_none()
                && !response.malformed_last_modified
        };
        if lacks_both(not_modified) && lacks_both(stored) && stored.is_success() {
            updated.push(0);
        }
    }
    updated
}

/// A tag that cannot be read is no tag: our decision. A date is one by what is stored beside it: RFC 9110 section 8.8.2.2. Where there are two tags,
/// and they are of different versions, the date is shared by both and so is weak: section 8.8.1.
fn shares_strong_validator(not_modified: &Response, stored: &Response) -> bool {
    if let (Some(a), Some(b)) = (&not_modified.etag, &stored.etag) {
        if strong_eq(a, b) {
            return true;
        }
        if a.opaque != b.opaque {
            return false;
        }
    }
    not_modified.last_modified.is_some()
        && not_modified.last_modified == stored.last_modified
        && date_is_strong(stored)
}

/// That a tag is compared weakly, and that it goes before the date, is our decision.
fn matches_weakly(not_modified: &Response, stored: &Response) -> bool {
    if let Some(a) = &not_modified.etag {
        if let Some(b) = &stored.etag {
            return weak_eq(a, b);
        }
    }
    not_modified.last_modified.is_some() && not_modified.last_modified == stored.last_modified
}

/// Later is more recent; without Date, when it was received; without both, the oldest of all.
fn age_key(stored: &Response) -> i64 {
    match stored_date(stored) {
        Some(date) => date,
        None => stored.received.unwrap_or(i64::MIN),
    }
}

/// 4: of several that could be used, the most recent. 3.3: a part that lacks something could not.
pub fn most_recent(set: &[Response]) -> Option<usize> {
    let usable: Vec<usize> = (0..set.len())
        .filter(|index| set[*index].could_answer())
        .collect();
    latest(&usable, set)
}

/// The latest of those of these indices; of the same age the last, which is our decision.
pub fn latest(indices: &[usize], set: &[Response]) -> Option<usize> {
    let mut latest: Option<usize> = None;
    for index in indices.iter().copied() {
        let stored = &set[index];
        match latest {
            Some(other) if age_key(&set[other]) > age_key(stored) => {}
            _ => latest = Some(index),
        }
    }
    latest
}

/// Freshening with HEAD: 4.3.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    Updates,
    Stale,
    TellsNothing,
}

/// What a HEAD says of a stored response to a GET. That without a validator it updates nothing, and
/// that what neither side can read says nothing, is our decision.
pub fn head(head: &Response, stored: &Response) -> Head {
    if head.code() != 200 {
        return Head::TellsNothing;
    }
    if stored.code() != 200 && stored.code() != 206 {
        return Head::Stale;
    }
    let mut agrees = false;
    // What cannot be read was received, and is equal to nothing.
    if head.malformed_etag && !stored.malformed_etag {
        return Head::Stale;
    }
    if head.etag.is_some() {
        if head.etag != stored.etag {
            return Head::Stale;
        }
        agrees = true;
    }
    if head.malformed_last_modified && !stored.malformed_last_modified {
        return Head::Stale;
    }
    if head.last_modified.is_some() {
        if head.last_modified != stored.last_modified {
            return Head::Stale;
        }
        agrees = true;
    }
    // Content-Length of a HEAD is that of the whole: 9110 section 8.6.
    let (length, malformed_length) = match stored.content_range {
        Some((_, _, Some(complete))) => (Some(complete), false),
        Some((_, _, None)) => (head.content_length, head.malformed_content_length),
        None => (stored.content_length, stored.malformed_content_length),
    };
    if head.malformed_content_length && !malformed_length {
        return Head::Stale;
    }
    if head.content_length.is_some() && head.content_length != length {
        return Head::Stale;
    }
    if agrees {
        Head::Updates
    } else {
        Head::TellsNothing
    }
}

/// What the client gets after its request was validated with the tags of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validated {
    /// The 304, which is about the client's own response.
    NotModified,
    /// A 200, from the stored response of this index with the 304's fields.
    Stored(usize),
    /// Nothing is there to answer from: ask again without the cache's tags.
    Forward,
    /// The response that came, which is a full one.
    Response,
    /// The response that came, which says nothing about what is stored.
    Unrelated,
    /// The failure, or what is done when there is no answer.
    Failed,
}

/// The names in lower case of a response's fields that are put into the stored one: 3.2 with 3.1.
pub fn replaced(fields: &[(&str, &[u8])], shared: bool) -> Vec<String> {
    let mut replaced = stored_fields(fields, shared);
    replaced.retain(|name| {
        ![
            // Of the content that is stored.
            "content-length",
            "content-range",
            "content-encoding",
            // They tell the stored content from others: our decision.
            "etag",
            "last-modified",
        ]
        .contains(&name.as_str())
    });
    replaced
}

/// The names in lower case of a response's fields that are stored: 3.1.
pub fn stored_fields(fields: &[(&str, &[u8])], shared: bool) -> Vec<String> {
    let mut excepted: Vec<Vec<u8>> = Vec::new();
    for name in [
        "connection",
        // RFC 9110 section 7.6.1: of the connection, listed or not.
        "proxy-connection",
        "keep-alive",
        "te",
        "transfer-encoding",
        "upgrade",
        "proxy-authenticate",
        "proxy-authentication-info",
        "proxy-authorization",
    ] {
        excepted.push(name.into());
    }
    for line in lines(fields, "Connection") {
        for option in line.split(|octet| *octet == b',') {
            excepted.push(lower_case(option));
        }
    }
    for line in lines(fields, "Cache-Control") {
        for directive in outside_of_quotes(line, b',') {
            let parts = outside_of_quotes(directive, b'=');
            let name = lower_case(parts[0]);
            if parts.len() < 2 || !(name == b"no-cache" || name == b"private" && shared) {
                continue;
            }
            let argument = trim(&directive[parts[0].len() + 1..]);
            // What is between its quotes, the last of which may be missing.
            let argument = match argument {
                [b'"', ..] => between_quotes(argument),
                token => token,
            };
            for name in argument.split(|octet| *octet == b',') {
                excepted.push(lower_case(name));
            }
        }
    }
    let mut replaced = Vec::new();
    for (name, _) in fields {
        let name = name.to_ascii_lowercase();
        // An empty element of a list names nothing.
        let is_excepted = !name.is_empty() && excepted.contains(&name.clone().into_bytes());
        if !is_excepted && !replaced.contains(&name) {
            replaced.push(name);
        }
    }
    replaced
}

fn lower_case(name: &[u8]) -> Vec<u8> {
    trim(name).to_ascii_lowercase()
}

/// The parts between separators that stand outside of `quoted-string`, in which a backslash takes
/// the next octet as it is: RFC 9110 section 5.6.4.
fn outside_of_quotes(line: &[u8], separator: u8) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let (mut start, mut at, mut quoted) = (0, 0, false);
    while at < line.len() {
        if line[at] == b'"' {
            quoted = !quoted;
        } else if line[at] == b'\\' && quoted {
            at += 1;
        } else if line[at] == separator && !quoted {
            parts.push(&line[start..at]);
            start = at + 1;
        }
        at += 1;
    }
    parts.push(&line[start..]);
    parts
}

/// What a `quoted-string` at the beginning of the text has in it: its end is found by taking away
/// octets from the front, two at a time behind a backslash.
fn between_quotes(text: &[u8]) -> &[u8] {
    let inside = &text[1..];
    let mut rest = inside;
    loop {
        match rest {
            [] | [b'"', ..] => return &inside[..inside.len() - rest.len()],
            [b'\\', _, behind @ ..] | [_, behind @ ..] => rest = behind,
        }
    }
}

/// 4.4: an answer without an error to a method that is not known to be safe. CONNECT has no target
/// that could be stored.
pub fn invalidates(method: &str, status: u16) -> bool {
    let safe = ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"].contains(&method);
    !safe && method != "CONNECT" && status >= 200 && status <= 399
}

/// A part of what is stored is one range.
const ONE: range::Policy = range::Policy {
    max_ranges: 1,
    ..range::USUAL
};
