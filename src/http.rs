//! The types of the `http` crate: what a framework holds goes in, what it sends comes out.

mod stored;

use alloc::vec;
use alloc::vec::Vec;

use ::http::header::{self, HeaderMap, HeaderValue};
use ::http::{Method as HttpMethod, StatusCode};

use crate::accept_ranges::AcceptRanges;
use crate::byte_range::RangeSpec;
use crate::content_range::ContentRange;
use crate::decision::Decision;
use crate::entity_tag::EntityTag;
use crate::entity_tag_buf::EntityTagBuf;
use crate::error::ParseError;
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::field_value::FieldValue;
use crate::http_date::HttpDate;
use crate::if_match::{IfMatch, IfNoneMatch};
use crate::if_range::IfRange;
use crate::metadata::METADATA;
use crate::method::Method;
use crate::range::Range;

pub use stored::{stored_fields, update_stored};

// `http` knows the common ones by number, and those are told in line.
impl From<&HttpMethod> for Method {
    #[inline]
    fn from(method: &HttpMethod) -> Self {
        match *method {
            HttpMethod::GET => Self::Get,
            HttpMethod::HEAD => Self::Head,
            HttpMethod::CONNECT | HttpMethod::OPTIONS | HttpMethod::TRACE => Self::Unconditional,
            HttpMethod::DELETE => Self::Delete,
            HttpMethod::PATCH => Self::Patch,
            HttpMethod::POST | HttpMethod::PUT => Self::Other,
            _ => extension(method),
        }
    }
}

/// A method that `http` knows by its name only.
fn extension(method: &HttpMethod) -> Method {
    Method::from(method.as_str())
}

impl From<HttpMethod> for Method {
    fn from(method: HttpMethod) -> Self {
        Self::from(&method)
    }
}

impl Evaluation<'_> {
    /// Takes the fields of a whole header section, all lines of each (§5.3). (Feature `http`.)
    ///
    /// That is less work than what [`evaluate()`](crate::evaluate()) and [`fields`](Self::fields)
    /// do, which take a `&HeaderMap` as well: the map knows the names by number. Nothing is
    /// allocated.
    ///
    /// # Examples
    ///
    /// ```
    /// use http::{HeaderMap, Method, StatusCode, header};
    /// use http_preconditions::{EntityTag, Evaluation, Representation};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.append(header::IF_NONE_MATCH, "\"v1\"".parse()?);
    /// headers.append(header::IF_NONE_MATCH, "\"v2\"".parse()?);
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let decision = Evaluation::new(&Method::GET, Some(&current)).headers(&headers).decide();
    /// assert_eq!(decision.status_code(), StatusCode::NOT_MODIFIED);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    // Inlined, so that the evaluation is not copied on its way in and out.
    #[inline]
    pub fn headers(mut self, headers: &HeaderMap) -> Self {
        self.take_all(headers);
        self
    }

    fn take_all(&mut self, headers: &HeaderMap) {
        // Walks the map, because to look the six names up is less work only where a request has
        // more than 50 fields.
        for (name, value) in headers {
            let field = match *name {
                header::IF_MATCH => Field::IfMatch,
                header::IF_UNMODIFIED_SINCE => Field::IfUnmodifiedSince,
                header::IF_NONE_MATCH => Field::IfNoneMatch,
                header::IF_MODIFIED_SINCE => Field::IfModifiedSince,
                header::IF_RANGE => Field::IfRange,
                header::RANGE => Field::Range,
                _ => continue,
            };
            self.take(field, value.as_bytes());
        }
    }
}

impl Decision {
    /// The status code to answer with, as [`status`](Self::status) says. (Feature `http`.)
    ///
    /// An unconditional status outside of 100 to 999, which no `StatusCode` can be, comes out as
    /// 500.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Removes from the fields of the 200 what [does not belong on the
    /// 304](Self::not_modified_keeps). (Feature `http`.)
    pub fn reduce_to_not_modified(&self, headers: &mut HeaderMap) {
        reduce(headers, |name| self.not_modified_keeps(name));
    }

    /// Removes from the fields of the 200 what [does not belong on the
    /// 206](Self::partial_content_keeps). (Feature `http`.)
    pub fn reduce_to_partial_content(&self, headers: &mut HeaderMap) {
        reduce(headers, |name| self.partial_content_keeps(name));
    }
}

fn reduce(headers: &mut HeaderMap, keeps: impl Fn(&str) -> bool) {
    for (name, _) in METADATA {
        if !keeps(name) {
            headers.remove(name);
        }
    }
}

/// The exact octets.
impl From<EntityTag<'_>> for HeaderValue {
    fn from(tag: EntityTag<'_>) -> Self {
        let mut octets = vec![0; tag.len()];
        // A buffer of `len` octets is never too small.
        let _ = tag.write_to(&mut octets);
        header_value(octets)
    }
}

/// The exact octets.
impl<const N: usize> From<EntityTagBuf<N>> for HeaderValue {
    fn from(tag: EntityTagBuf<N>) -> Self {
        tag.as_entity_tag().into()
    }
}

impl<'a, T: Iterator<Item = EntityTag<'a>> + Clone> From<FieldValue<T>> for HeaderValue {
    fn from(value: FieldValue<T>) -> Self {
        let mut octets = vec![0; value.len()];
        // A buffer of `len` octets is never too small.
        let _ = value.write_to(&mut octets);
        header_value(octets)
    }
}

/// As `IMF-fixdate`.
impl From<HttpDate> for HeaderValue {
    fn from(date: HttpDate) -> Self {
        header_value(date.to_imf_fixdate().to_vec())
    }
}

/// As `bytes=500-`.
impl From<RangeSpec> for HeaderValue {
    fn from(range: RangeSpec) -> Self {
        header_value(range.text().as_octets().to_vec())
    }
}

/// As `bytes 0-499/1000`.
impl From<ContentRange> for HeaderValue {
    fn from(field: ContentRange) -> Self {
        header_value(field.text().as_octets().to_vec())
    }
}

/// The line as it is.
impl From<AcceptRanges<'_>> for HeaderValue {
    fn from(units: AcceptRanges<'_>) -> Self {
        header_value(units.as_octets().to_vec())
    }
}

#[expect(
    clippy::expect_used,
    reason = "`etagc`, `DQUOTE`, `/`, `*` and the octets of lists, dates, ranges and units are all legal in a field value"
)]
fn header_value(octets: Vec<u8>) -> HeaderValue {
    HeaderValue::try_from(octets).expect("tags, lists, dates and ranges are field values")
}

impl<'a> TryFrom<&'a HeaderValue> for EntityTag<'a> {
    type Error = ParseError;

    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for IfMatch<'a> {
    type Error = ParseError;

    // As `parse` is.
    #[inline]
    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for IfNoneMatch<'a> {
    type Error = ParseError;

    // As `parse` is.
    #[inline]
    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for IfRange<'a> {
    type Error = ParseError;

    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl TryFrom<&HeaderValue> for HttpDate {
    type Error = ParseError;

    fn try_from(value: &HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for Range<'a> {
    type Error = ParseError;

    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl TryFrom<&HeaderValue> for ContentRange {
    type Error = ParseError;

    fn try_from(value: &HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for AcceptRanges<'a> {
    type Error = ParseError;

    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}
