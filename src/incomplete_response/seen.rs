//! The fields of a 206, compared with what is held as they come.

use crate::content_range::ContentRange;
use crate::entity_tag::EntityTag;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::representation::Representation;
use crate::single::Single;
use crate::validators::read_content_length;

/// The fields of a 206, as far as they say whether it goes on with what is held.
pub(super) struct Seen<'a> {
    version: Representation<'a>,
    /// Whether the validator is that of the version held, if it is there.
    pub(super) etag: Option<bool>,
    pub(super) last_modified: Option<bool>,
    pub(super) content_range: Single<ContentRange>,
    pub(super) content_length: Single<u64>,
    pub(super) multipart: bool,
    /// The codings of what is held that Content-Encoding has not named yet.
    held_codings: &'a [u8],
    names_codings: bool,
    is_another_coding: bool,
}

impl<'a> Seen<'a> {
    pub(super) const fn new(version: Representation<'a>, held_codings: &'a [u8]) -> Self {
        Self {
            version,
            etag: None,
            last_modified: None,
            content_range: Single::Absent,
            content_length: Single::Absent,
            multipart: false,
            held_codings,
            names_codings: false,
            is_another_coding: false,
        }
    }

    /// Takes one field line.
    pub(super) fn line(&mut self, name: &[u8], value: &[u8]) {
        let is = |field: &str| name.eq_ignore_ascii_case(field.as_bytes());
        if is("ETag") {
            let tag = EntityTag::parse(value).ok();
            let same = self
                .version
                .etag
                .zip(tag)
                .is_some_and(|(held, tag)| held.strong_eq(tag));
            self.etag = Some(same && self.etag != Some(false));
        } else if is("Last-Modified") {
            let date = HttpDate::parse(value).ok();
            let same = date.is_some() && date == self.version.last_modified;
            self.last_modified = Some(same && self.last_modified != Some(false));
        } else if is("Content-Range") {
            self.content_range.line(ContentRange::parse(value).ok());
        } else if is("Content-Length") {
            self.content_length.line(read_content_length(value));
        } else if is("Content-Encoding") {
            self.codings(value);
        } else if is("Content-Type") {
            const MULTIPART: &[u8] = b"multipart/byteranges";
            let start = value.trim_ascii_start().get(..MULTIPART.len());
            self.multipart |= start.is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART));
        }
    }

    /// Takes one line of Content-Encoding, which goes on with the list of the line before (§5.3).
    fn codings(&mut self, value: &[u8]) {
        self.names_codings |= grammar::elements(value).next().is_some();
        let mut named = value;
        while let Some(coding) = next_coding(&mut named) {
            let held = next_coding(&mut self.held_codings);
            self.is_another_coding |= held.is_none_or(|held| !is_same(held, coding));
        }
    }

    /// Reports whether the codings are those of what is held, or are not said.
    pub(super) fn is_same_coding(&self) -> bool {
        let is_complete = !self.names_codings || next_coding(&mut &*self.held_codings).is_none();
        is_complete && !self.is_another_coding
    }
}

/// Takes the next coding off a list, which has them in the order in which they were applied (§8.4).
/// `identity` stands for no coding.
fn next_coding<'a>(list: &mut &'a [u8]) -> Option<&'a [u8]> {
    while !list.is_empty() {
        let mut parts = list.splitn(2, |octet| *octet == b',');
        let element = parts.next().unwrap_or_default();
        *list = parts.next().unwrap_or_default();
        let coding = grammar::elements(element).next();
        let coding = coding.filter(|coding| !coding.eq_ignore_ascii_case(b"identity"));
        if coding.is_some() {
            return coding;
        }
    }
    None
}

/// Reports whether two names are of one coding: case does not count, and `x-gzip` and `x-compress`
/// are other names of `gzip` and `compress` (§8.4.1.1, §8.4.1.3).
fn is_same(one: &[u8], other: &[u8]) -> bool {
    plain_name(one).eq_ignore_ascii_case(plain_name(other))
}

fn plain_name(coding: &[u8]) -> &[u8] {
    match coding.split_first_chunk() {
        Some((b"x-" | b"X-", name))
            if name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"compress") =>
        {
            name
        }
        _ => coding,
    }
}
