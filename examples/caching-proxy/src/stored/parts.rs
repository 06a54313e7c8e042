//! Parts of a representation: what is stored of them, what is missing, and what they make together.
//! (RFC 9111 §3.3, §3.4)

use std::sync::Arc;

use bytes::Bytes;
use http_preconditions::cache::{CacheKind, update_stored};
use http_preconditions::client::{IncompleteResponse, PartialResponse, Resume};
use http_preconditions::range::{ByteRange, ContentRange};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::response::Parts;
use hyper::{Response, StatusCode};

use crate::asked::Asked;
use crate::store::Found;
use crate::stored::Stored;
use crate::transfer::Arriving;

impl Found {
    /// Returns a stored part that the origin can complete for this request.
    pub(crate) fn to_complete(&self, asked: &Asked) -> Option<Arc<Stored>> {
        // The last one was stored last.
        let mut parts = self.responses.iter().rev();
        let part = parts.find(|part| part.resumed().is_some()).cloned();
        part.filter(|_| asked.is_for_the_whole())
    }
}

impl Stored {
    /// Returns the fields that ask for the bytes behind this part, if it is a beginning with a
    /// strong validator.
    pub(crate) fn resumed(&self) -> Option<[(HeaderName, HeaderValue); 2]> {
        if self.is_outdated {
            return None;
        }
        match self.beginning(&self.coding())?.next_request() {
            Resume::Range(range) => Some(self.validators().resume(range)?.map(Into::into)),
            Resume::Complete | Resume::Restart => None,
        }
    }

    /// Returns the whole that this part makes together with a 206, or `None` if they do not fit or
    /// the 206 does not reach the end.
    pub(crate) fn completed_by(&self, asked: &Asked, update: &Parts) -> Option<Arriving> {
        let coding = self.coding();
        let verdict = self.beginning(&coding)?.continued_by(&update.headers);
        let PartialResponse::Append { skip, new } = verdict else {
            return None;
        };
        let length = self.content.len() as u64 + new;
        let parts = [self.part(), part(&update.headers)];
        // A server may send less than it was asked for: RFC 9110 §15.3.7.
        let mut lengths = parts.into_iter().flatten();
        lengths.find(|part| part.complete_length() == Some(length))?;
        let (mut head, ()) = Response::new(()).into_parts();
        head.headers.clone_from(&self.fields);
        update_stored(&mut head.headers, &update.headers, CacheKind::Shared).ok()?;
        head.headers.remove(header::CONTENT_RANGE);
        head.headers.insert(header::CONTENT_LENGTH, length.into());
        let stored = Self::new(asked, &head).map(|stored| Self {
            // The bytes of that date are still among them.
            first_date: self.first_date,
            ..stored
        });
        Some(Arriving {
            head,
            stored,
            held: self.content.clone(),
            skip,
        })
    }

    /// Returns this part and a newer one as one response, if they share a strong validator, are
    /// adjacent or overlap, and one of them is a beginning.
    pub(crate) fn combined_with(&self, newer: &Self) -> Option<Self> {
        // `continued_by` allows that Content-Encoding is left out after If-Range. Nothing that was
        // left out is stored.
        let has_coding = |stored: &Self| stored.fields.contains_key(header::CONTENT_ENCODING);
        if !self.fits(&newer.request) || has_coding(self) != has_coding(newer) {
            return None;
        }
        let content = joined(self, newer).or_else(|| joined(newer, self))?;
        let mut lengths = [self, newer].into_iter().filter_map(Self::part);
        let length = lengths.find_map(|part| part.complete_length());
        let part = ByteRange::new(0, (content.len() as u64).checked_sub(1)?)?;
        let combined = Self {
            request: newer.request.clone(),
            ..self.updated(&newer.fields, newer.at).ok()?
        };
        combined.holding(ContentRange::new(part, length)?, content)
    }

    /// Adds the content that arrived. Returns `None` if it is not what the fields announce, or
    /// nothing of it.
    pub(crate) fn with_content(self, content: Bytes, is_whole: bool) -> Option<Self> {
        let (first, announced, complete) = if self.is_part() {
            let part = self.part()?;
            let range = part.range()?;
            (range.first(), Some(range.length()), part.complete_length())
        } else {
            let length = self.fields.get(header::CONTENT_LENGTH);
            let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
            (0, length, length)
        };
        let arrived = content.len() as u64;
        if is_whole && announced.is_some_and(|announced| announced != arrived) {
            return None;
        }
        if is_whole && !self.is_part() {
            return Some(Self { content, ..self });
        }
        // What arrived of a success that was cut is a part from now on: RFC 9111 §3.3.
        if !self.is_part() && self.status != StatusCode::OK {
            return None;
        }
        let range = ByteRange::new(first, first.checked_add(arrived)?.checked_sub(1)?)?;
        self.holding(ContentRange::new(range, complete)?, content)
    }

    /// Returns this response with the content of a part. A part that holds all bytes is the whole:
    /// RFC 9110 §15.3.7.3.
    fn holding(mut self, part: ContentRange, content: Bytes) -> Option<Self> {
        let range = part.range()?;
        let is_all = range.first() == 0 && part.complete_length() == Some(range.length());
        let length = range.length().into();
        self.fields.insert(header::CONTENT_LENGTH, length);
        if is_all {
            self.status = StatusCode::OK;
            self.fields.remove(header::CONTENT_RANGE);
        } else {
            self.status = StatusCode::PARTIAL_CONTENT;
            self.fields.insert(header::CONTENT_RANGE, part.into());
        }
        Some(Self { content, ..self })
    }

    pub(crate) fn is_part(&self) -> bool {
        self.status == StatusCode::PARTIAL_CONTENT
    }

    /// Returns the Content-Range of this part.
    pub(crate) fn part(&self) -> Option<ContentRange> {
        part(&self.fields).filter(|_| self.is_part())
    }

    /// Returns what is held, if this is a part that begins at the first byte.
    fn beginning<'a>(&'a self, coding: &'a [u8]) -> Option<IncompleteResponse<'a>> {
        let part = self.part()?;
        part.range().filter(|range| range.first() == 0)?;
        let version = self.validators().representation();
        let held = IncompleteResponse::new(version, self.content.len() as u64);
        let held = held.content_encoding(coding);
        Some(match part.complete_length() {
            Some(length) => held.complete_length(length),
            None => held,
        })
    }

    /// Returns all lines of Content-Encoding as one.
    fn coding(&self) -> Vec<u8> {
        let lines = self.fields.get_all(header::CONTENT_ENCODING).iter();
        let lines: Vec<_> = lines.map(HeaderValue::as_bytes).collect();
        lines.join(&b", "[..])
    }
}

/// Returns the bytes of both parts, if `first` is a beginning that `second` continues.
fn joined(first: &Stored, second: &Stored) -> Option<Bytes> {
    let coding = first.coding();
    match first.beginning(&coding)?.continued_by(&second.fields) {
        PartialResponse::Append { skip, .. } => {
            let new = second.content.get(usize::try_from(skip).ok()?..)?;
            Some([&first.content, new].concat().into())
        }
        _ => None,
    }
}

/// Returns the Content-Range of a 206 with one part.
fn part(fields: &HeaderMap) -> Option<ContentRange> {
    let part = ContentRange::try_from(fields.get(header::CONTENT_RANGE)?).ok();
    part.filter(|part| part.range().is_some())
}
