//! A stored response.

mod parts;

use std::time::SystemTime;

use bytes::Bytes;
use http_preconditions::HttpDate;
use http_preconditions::cache::{CacheKind, ResponseValidators, stored_fields, update_stored};
use hyper::header::{self, HeaderName, MaxSizeReached};
use hyper::http::response::Parts;
use hyper::{HeaderMap, Method, Response, StatusCode};

use crate::asked::Asked;
use crate::freshness::Freshness;

/// A response to a GET, and what is stored beside it.
#[derive(Clone)]
pub(crate) struct Stored {
    /// The fields of the request, for Vary.
    request: HeaderMap,
    /// When the origin was asked: no response is older.
    at: SystemTime,
    /// 206 for a part, also for that of a 200 that was cut.
    status: StatusCode,
    fields: HeaderMap,
    content: Bytes,
    /// The Date that came with the content: a 304 replaces the one among the fields.
    first_date: Option<HttpDate>,
    freshness: Freshness,
    /// A HEAD has shown that there is another version.
    is_outdated: bool,
}

impl Stored {
    /// Creates the stored response, which has no content yet. Returns `None` if it must not be
    /// stored. (RFC 9111 §3)
    pub(crate) fn new(asked: &Asked, head: &Parts) -> Option<Self> {
        let mut stored = Self {
            request: asked.fields.clone(),
            at: asked.at,
            status: head.status,
            first_date: ResponseValidators::from_fields(&head.headers).first_date(),
            fields: stored_fields(&head.headers, CacheKind::Shared),
            content: Bytes::new(),
            freshness: Freshness::new(&asked.fields, head.status, &head.headers, asked.at),
            is_outdated: false,
        };
        // One range has a Content-Range. Several do not, and are not stored. After If-Range a 206 may
        // lack fields that the client has already, such as Content-Encoding: RFC 9110 §15.3.7.
        let is_known_part = stored.part().is_some() && !asked.fields.contains_key(header::IF_RANGE);
        let is_storable = asked.method == Method::GET
            && stored.freshness.is_storable()
            && stored.fits(&asked.fields)
            && (is_known_part || !stored.is_part());
        if stored.first_date.is_none() {
            // RFC 9110 §6.6.1.
            let now = HttpDate::try_from(asked.at).ok()?;
            stored.fields.insert(header::DATE, now.into());
        }
        is_storable.then_some(stored)
    }

    /// Returns the validators, for the functions of the crate.
    pub(crate) fn validators(&self) -> ResponseValidators<'_> {
        let status = self.status.as_u16();
        let validators = ResponseValidators::from_stored(status, &self.fields, self.first_date);
        if self.is_part() {
            return validators;
        }
        // The length is known here even if the response came in chunks.
        validators.content_length(self.content.len() as u64)
    }

    /// Returns true if the validators of a 206 or a 304 are those of another version.
    pub(crate) fn is_other_than(&self, response: &ResponseValidators<'_>) -> bool {
        let (own, other) = (
            self.validators().representation(),
            response.representation(),
        );
        match (own.entity_tag(), other.entity_tag()) {
            (Some(own), Some(other)) => !own.weak_eq(other),
            _ => match (own.modification_date(), other.modification_date()) {
                (Some(own), Some(other)) => own != other,
                _ => false,
            },
        }
    }

    /// Returns this response with the fields of a 304, or of a 200 to a HEAD, that freshens it.
    pub(crate) fn updated(
        &self,
        update: &HeaderMap,
        at: SystemTime,
    ) -> Result<Self, MaxSizeReached> {
        let mut updated = self.clone();
        update_stored(&mut updated.fields, update, CacheKind::Shared)?;
        updated.at = at;
        updated.freshness = Freshness::new(&self.request, self.status, &updated.fields, at);
        updated.is_outdated = false;
        Ok(updated)
    }

    /// Returns this response, which is stale from now on.
    pub(crate) fn outdated(&self) -> Self {
        Self {
            is_outdated: true,
            ..self.clone()
        }
    }

    /// Returns true if a new response to its own request takes the place of `older`. A whole
    /// success leaves nothing beside it. Another status, and a part, tell nothing about the rest.
    pub(crate) fn replaces(&self, older: &Self) -> bool {
        let is_whole = self.status.is_success() && !self.is_part();
        (is_whole || self.status == older.status) && older.fits(&self.request)
    }

    /// Returns true if the fields that Vary lists are the same in both requests. (RFC 9111 §4.1)
    pub(crate) fn fits(&self, request: &HeaderMap) -> bool {
        let lines = self.fields.get_all(header::VARY).iter();
        let names = lines.flat_map(|line| line.as_bytes().split(|octet| *octet == b','));
        let mut names = names
            .map(<[u8]>::trim_ascii)
            .filter(|name| !name.is_empty());
        names.all(|name| match HeaderName::from_bytes(name) {
            Ok(name) => name != "*" && request.get_all(&name) == self.request.get_all(&name),
            Err(_) => false,
        })
    }

    pub(crate) fn is_fresh_for(&self, request: &HeaderMap, now: SystemTime) -> bool {
        !self.is_outdated && self.freshness.is_fresh_for(request, now)
    }

    /// Returns true if this response may be sent in place of a failure of the origin.
    pub(crate) fn may_replace(
        &self,
        failure: Option<StatusCode>,
        request: &HeaderMap,
        now: SystemTime,
    ) -> bool {
        !self.is_outdated
            && self
                .freshness
                .may_replace(failure, request, &self.fields, now)
    }

    pub(crate) const fn content(&self) -> &Bytes {
        &self.content
    }

    /// Returns the head of a response with the complete content.
    pub(crate) fn head(&self) -> Parts {
        let (mut head, ()) = Response::new(()).into_parts();
        head.status = self.status;
        head.headers.clone_from(&self.fields);
        let age = self.freshness.age(SystemTime::now());
        head.headers.insert(header::AGE, age.into());
        // A 204 must not have it: RFC 9110 §8.6.
        if self.status != StatusCode::NO_CONTENT {
            let length = self.content.len().into();
            head.headers.insert(header::CONTENT_LENGTH, length);
        }
        head
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.fields.get(header::CONTENT_TYPE)?.to_str().ok()
    }
}
