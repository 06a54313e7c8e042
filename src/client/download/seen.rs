//! The fields of a 206 or a 416, compared line by line with the response that is held.

use crate::date::http_date::HttpDate;
use crate::grammar;
use crate::range::content_range::ContentRange;
use crate::stored::read::read_content_length;
use crate::stored::single_line::SingleLine;
use crate::stored::validators::ResponseValidators;
use crate::tag::content_coding::ContentCoding;
use crate::tag::entity_tag::EntityTag;

/// The findings about a response that decide what it means for the held bytes.
pub(in crate::client) struct Seen<'a> {
    version: &'a ResponseValidators<'a>,
    pub(super) etag: SingleLine<TagSeen>,
    /// Whether Last-Modified is the held date.
    pub(super) last_modified: SingleLine<bool>,
    pub(super) content_range: SingleLine<ContentRange>,
    pub(super) content_length: SingleLine<u64>,
    pub(in crate::client) multipart: bool,
    /// The codings of the held bytes that are not yet compared with a Content-Encoding.
    held_codings: &'a [u8],
    names_codings: bool,
    is_another_coding: bool,
}

/// A tag, compared with the held tag. Two tags that are not [`Different`](Self::Different) are
/// equal if and only if these values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TagSeen {
    /// The held tag, which is strong.
    Strong,
    /// The opaque part of the held tag, which is weak, in a strong tag.
    Strengthened,
    /// The opaque part of the held tag, in a weak tag.
    Weak,
    /// Another opaque part, or no tag is held.
    Different,
}

impl<'a> Seen<'a> {
    pub(in crate::client) const fn new(
        version: &'a ResponseValidators<'a>,
        held_codings: &'a [u8],
    ) -> Self {
        Self {
            version,
            etag: SingleLine::Absent,
            last_modified: SingleLine::Absent,
            content_range: SingleLine::Absent,
            content_length: SingleLine::Absent,
            multipart: false,
            held_codings,
            names_codings: false,
            is_another_coding: false,
        }
    }

    /// Takes one field line.
    pub(in crate::client) fn line(&mut self, name: &[u8], value: &[u8]) {
        let is = |field: &str| name.eq_ignore_ascii_case(field.as_bytes());
        if is("ETag") {
            let tag = EntityTag::parse(value).ok();
            self.etag.line(tag.map(|tag| self.compare(tag)));
        } else if is("Last-Modified") {
            let date = HttpDate::parse(value).ok();
            let held = self.version.last_modified.value();
            self.last_modified.line(date.map(|date| held == Some(date)));
        } else if is("Content-Range") {
            self.content_range.line(ContentRange::parse(value).ok());
        } else if is("Content-Length") {
            self.content_length.line(read_content_length(value));
        } else if is("Content-Encoding") {
            self.codings(value);
        } else if is("Content-Type") {
            const MULTIPART: &[u8] = b"multipart/byteranges";
            let (_, media_type) = grammar::trim(value);
            let start = media_type.get(..MULTIPART.len());
            self.multipart |= start.is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART));
        }
    }

    fn compare(&self, tag: EntityTag<'_>) -> TagSeen {
        match self.version.tag() {
            Some(held) if held.strong_eq(tag) => TagSeen::Strong,
            Some(held) if held.weak_eq(tag) && tag.is_weak() => TagSeen::Weak,
            Some(held) if held.weak_eq(tag) => TagSeen::Strengthened,
            _ => TagSeen::Different,
        }
    }

    /// Returns true if `ETag` or Last-Modified contradicts the held field: both are there, and they
    /// differ, tags by weak comparison. A field that is readable on one side only differs. Two
    /// fields that are both unreadable may be the same.
    pub(super) fn contradicts(&self) -> bool {
        let is_other_tag = |tag| tag == TagSeen::Different;
        differ(self.version.etag, self.etag, is_other_tag)
            || differ(self.version.last_modified, self.last_modified, |same| !same)
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

    /// Returns true if the codings are those of the held bytes.
    pub(super) fn is_same_coding(&self) -> bool {
        let is_complete = next_coding(&mut &*self.held_codings).is_none();
        is_complete && !self.is_another_coding
    }

    /// Returns true if the response names no coding.
    pub(super) const fn omits_coding(&self) -> bool {
        !self.names_codings
    }
}

/// Returns true if both fields are there and cannot be the same. `is_other` tells whether two
/// readable values differ.
fn differ<H, S>(held: SingleLine<H>, seen: SingleLine<S>, is_other: fn(S) -> bool) -> bool {
    match (held, seen) {
        (SingleLine::Absent, _)
        | (_, SingleLine::Absent)
        | (SingleLine::Malformed, SingleLine::Malformed) => false,
        (SingleLine::Malformed, _) | (_, SingleLine::Malformed) => true,
        (SingleLine::Value(_), SingleLine::Value(seen)) => is_other(seen),
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
