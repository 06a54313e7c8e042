//! A download that was cut: what a client asks for, and what a 206 or a 416 then means. RFC 9110
//! sections 13.1.4, 13.1.5, 15.3.7, 15.5.17.

use super::client::{Fields, Response, read, resume, single};
use super::{entity_tag, http_date, range, strong_eq, weak_eq};

/// What a client holds of a representation, and how.
#[derive(Clone, Debug, Default)]
pub struct Download {
    /// The response that brought the first octets.
    pub version: Response,
    /// How many are held, from the beginning or from that of the segment.
    pub octets: u64,
    /// The first and the last position of what is wanted, if that is not all.
    pub segment: Option<(u64, u64)>,
    pub complete: Option<u64>,
    /// The Content-Encoding.
    pub coding: Vec<u8>,
    /// Its client verifies the digest of the whole.
    pub digest: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Complete,
    Restart,
    Range(Fields),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partial {
    Append { skip: u64, new: u64 },
    NotAdjacent,
    DifferentVersion,
    DifferentLength,
    DifferentCoding,
    WrongContentLength,
    Multipart,
    NoContentRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsatisfied {
    Complete,
    DifferentLength,
    DifferentVersion,
    Unknown,
}

impl Download {
    /// The positions that are wanted, from the first to the one behind the last, if that is known.
    fn wanted(&self) -> (u128, Option<u128>) {
        match self.segment {
            Some((first, last)) => (first.into(), Some(u128::from(last) + 1)),
            None => (0, self.complete.map(u128::from)),
        }
    }

    /// The position of the first octet that is missing.
    fn missing(&self) -> u128 {
        self.wanted().0 + u128::from(self.octets)
    }

    /// The condition of a request for a range, if there is a validator for one.
    fn condition(&self) -> Option<(&'static str, Vec<u8>)> {
        resume(&self.version, 0).map(|fields| fields[1].clone())
    }

    /// 15.3.7.3: without a strong validator nothing is combined, unless the client finds out in
    /// the end.
    fn may_combine(&self) -> bool {
        self.digest || self.condition().is_some()
    }
}

pub fn next(download: &Download) -> Next {
    let (_, end) = download.wanted();
    let missing = download.missing();
    if let (Some(end), Some(complete)) = (end, download.complete) {
        if end > u128::from(complete) {
            return Next::Restart;
        }
    }
    if end == Some(missing) {
        return Next::Complete;
    }
    let is_too_much = end.is_some_and(|end| end < missing);
    let has_nothing = download.segment.is_none() && download.octets == 0;
    if is_too_much || has_nothing || !download.may_combine() {
        return Next::Restart;
    }
    let last = download.segment.map(|(_, last)| last.to_string());
    let range = format!("bytes={missing}-{}", last.unwrap_or_default());
    let mut fields = vec![("Range", range.into_bytes())];
    fields.extend(download.condition());
    Next::Range(fields)
}

/// Whether a validator of the answer is another one than that of what is held. Lines that can all be
/// read are not what cannot be read; of two that cannot be read nobody knows.
fn contradicts(held: &Response, fields: &[(&str, &[u8])], now: i64) -> bool {
    let answer = read(fields, now);
    let tags = lines(fields, "ETag");
    let reads_tags = !tags.is_empty() && tags.iter().all(|line| entity_tag(line).is_some());
    let other_tag = match (&held.etag, &answer.etag) {
        (Some(held), Some(sent)) => !weak_eq(held, sent),
        (Some(_), None) => answer.malformed_etag,
        (None, _) => held.malformed_etag && reads_tags,
    };
    let dates = lines(fields, "Last-Modified");
    let reads_dates = !dates.is_empty() && dates.iter().all(|line| http_date(line, now).is_some());
    let other_date = match (held.last_modified, answer.last_modified) {
        (Some(held), Some(sent)) => held != sent,
        (Some(_), None) => answer.malformed_last_modified,
        (None, _) => held.malformed_last_modified && reads_dates,
    };
    other_tag || other_date
}

fn is_same_version(download: &Download, fields: &[(&str, &[u8])], now: i64) -> bool {
    let (held, answer) = (&download.version, read(fields, now));
    if download.digest {
        return !contradicts(held, fields, now);
    }
    let has_tag = answer.etag.is_some() || answer.malformed_etag;
    let has_date = answer.last_modified.is_some() || answer.malformed_last_modified;
    let same_date = answer.last_modified.is_some() && answer.last_modified == held.last_modified;
    match download.condition() {
        Some(("If-Range", value)) if value.ends_with(b"\"") => {
            let (Some(held), Some(sent)) = (&held.etag, &answer.etag) else {
                return false;
            };
            strong_eq(held, sent)
        }
        // "a sender that generates a 206 response with an If-Range header field in the request
        // SHOULD NOT generate other representation header fields"
        Some(("If-Range", _)) => same_date || (!has_date && !has_tag),
        // "Otherwise, the sender MUST generate all of the representation header fields", and
        // 13.1.4: "A recipient MUST ignore the If-Unmodified-Since header field if the resource
        // does not have a modification date available."
        Some(_) => same_date && !contradicts(held, fields, now),
        None => false,
    }
}

/// The names of a Content-Encoding, in lower case, as they are usually written.
fn codings(value: &[u8]) -> Vec<String> {
    let value = String::from_utf8_lossy(value).to_ascii_lowercase();
    let mut codings = Vec::new();
    for name in value.split(',') {
        // CR, LF and NUL are read as spaces: 5.5.
        match name.trim_matches([' ', '\t', '\r', '\n', '\0']) {
            "" | "identity" => {}
            "x-gzip" => codings.push("gzip".to_owned()),
            "x-compress" => codings.push("compress".to_owned()),
            name => codings.push(name.to_owned()),
        }
    }
    codings
}

fn lines<'a>(fields: &[(&str, &'a [u8])], wanted: &str) -> Vec<&'a [u8]> {
    let mut lines = Vec::new();
    for (name, value) in fields {
        if name.eq_ignore_ascii_case(wanted) {
            lines.push(*value);
        }
    }
    lines
}

pub fn partial(download: &Download, fields: &[(&str, &[u8])], now: i64) -> Partial {
    let answer = read(fields, now);
    if !is_same_version(download, fields, now) {
        return Partial::DifferentVersion;
    }
    let coding = lines(fields, "Content-Encoding").join(&b","[..]);
    let is_named = coding
        .split(|octet| *octet == b',')
        .any(|name| !super::trim(name).is_empty());
    // What a 206 may leave out after If-Range, it has to say otherwise: 15.3.7.
    let has_if_range = matches!(download.condition(), Some(("If-Range", _)));
    if (is_named || !has_if_range) && codings(&coding) != codings(&download.coding) {
        return Partial::DifferentCoding;
    }
    for line in lines(fields, "Content-Type") {
        let line = super::trim(line).to_ascii_lowercase();
        if line.starts_with(b"multipart/byteranges") {
            return Partial::Multipart;
        }
    }
    let (field, _) = single(&lines(fields, "Content-Range"), range::content_range);
    let Some((Some((first, last)), complete)) = field else {
        return Partial::NoContentRange;
    };
    let length = u128::from(last) + 1 - u128::from(first);
    let is_other = |sent: u64| u128::from(sent) != length;
    if answer.malformed_content_length || answer.content_length.is_some_and(is_other) {
        return Partial::WrongContentLength;
    }
    // All that is held, wanted and sent has a place in the whole.
    let missing = download.missing();
    let segment_end = download.segment.map_or(0, |(_, last)| u128::from(last) + 1);
    for known in [download.complete, complete].into_iter().flatten() {
        let known = u128::from(known);
        if known < u128::from(last) + 1 || known < missing || known < segment_end {
            return Partial::DifferentLength;
        }
        if complete.is_some_and(|complete| u128::from(complete) != known) {
            return Partial::DifferentLength;
        }
    }
    let end = match download.segment {
        Some((_, wanted)) => last.min(wanted),
        None => last,
    };
    if u128::from(first) > missing || u128::from(end) < missing {
        return Partial::NotAdjacent;
    }
    let missing = u64::try_from(missing).expect("it is at most the last position");
    Partial::Append {
        skip: missing - first,
        new: end - missing + 1,
    }
}

pub fn unsatisfied(download: &Download, fields: &[(&str, &[u8])], now: i64) -> Unsatisfied {
    if !download.may_combine() || contradicts(&download.version, fields, now) {
        return Unsatisfied::DifferentVersion;
    }
    let (field, _) = single(&lines(fields, "Content-Range"), range::content_range);
    let Some((None, Some(complete))) = field else {
        return Unsatisfied::Unknown;
    };
    if download.complete.is_some_and(|known| known != complete) {
        return Unsatisfied::DifferentLength;
    }
    let whole = u128::from(complete);
    let is_all = match download.segment {
        Some((_, last)) => download.missing() == u128::from(last) + 1 && u128::from(last) < whole,
        None => download.missing() == whole,
    };
    if is_all {
        Unsatisfied::Complete
    } else {
        Unsatisfied::DifferentLength
    }
}
