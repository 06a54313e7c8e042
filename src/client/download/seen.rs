//! The fields of a 206, compared line by line with the response that is held.

use crate::date::http_date::HttpDate;
use crate::grammar;
use crate::range::content_range::ContentRange;
use crate::representation::Representation;
use crate::stored::read::read_content_length;
use crate::stored::single_line::SingleLine;
use crate::tag::content_coding::ContentCoding;
use crate::tag::entity_tag::EntityTag;

/// The findings about a 206 that decide whether it continues the held bytes.
pub(super) struct Seen<'a> {
    version: Representation<'a>,
    /// Whether every `ETag` line strongly matches the held version; `None` if there is no line.
    pub(super) etag: Option<bool>,
    /// Whether every Last-Modified line has the held date; `None` if there is no line.
    pub(super) last_modified: Option<bool>,
    pub(super) content_range: SingleLine<ContentRange>,
    pub(super) content_length: SingleLine<u64>,
    pub(super) multipart: bool,
    /// The codings of the held bytes that are not yet compared with a Content-Encoding.
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
            content_range: SingleLine::Absent,
            content_length: SingleLine::Absent,
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

    /// Takes one line of Content-Encoding, which continues the list of the line before (§5.3).
    fn codings(&mut self, value: &[u8]) {
        self.names_codings |= grammar::elements(value).next().is_some();
        let mut named = value;
        while let Some(coding) = next_coding(&mut named) {
            let held = next_coding(&mut self.held_codings);
            self.is_another_coding |= held.is_none_or(|held| !is_same(held, coding));
        }
    }

    /// Returns true if the codings are those of the held bytes, or if the 206 names no coding.
    pub(super) fn is_same_coding(&self) -> bool {
        let is_complete = !self.names_codings || next_coding(&mut &*self.held_codings).is_none();
        is_complete && !self.is_another_coding
    }
}

/// Removes the next coding from a list and returns it, or `None` at the end of the list. The list
/// is in the order in which the codings were applied (§8.4). Skips `identity`, which stands for
/// no coding.
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

/// Returns true if the two names mean one content coding (§8.4.1). A name that is no token is the
/// same only as itself.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (ContentCoding::parse(one), ContentCoding::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one.eq_ignore_ascii_case(other),
    }
}
