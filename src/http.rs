//! Conversions between the values of this crate and the types of the `http` crate. (Feature
//! `http`.)

mod plan;
mod stored;
mod validation;

use alloc::vec;
use alloc::vec::Vec;

use ::http::header::{self, HeaderMap, HeaderValue};
use ::http::{Method as HttpMethod, StatusCode};

use crate::date::http_date::HttpDate;
use crate::error::ParseError;
use crate::range::accept_ranges::AcceptRanges;
use crate::range::byte_range::RangeSpec;
use crate::range::content_range::ContentRange;
use crate::range::specifier::Range;
use crate::request::field::Field;
use crate::request::field_value::{FieldValue, ListMember};
use crate::request::if_match::{IfMatch, IfNoneMatch};
use crate::request::if_range::IfRange;
use crate::request::method::Method;
use crate::server::decision::Decision;
use crate::server::evaluation::Evaluation;
use crate::server::kept_fields::METADATA;
use crate::tag::buf::EntityTagBuf;
use crate::tag::entity_tag::EntityTag;

pub use stored::{stored_fields, update_stored};

// `http` stores the standard methods as enum variants, so this match compares no text. Inlined:
// on the path of every request.
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

/// Converts a method that `http` stores by its name only.
fn extension(method: &HttpMethod) -> Method {
    Method::from(method.as_str())
}

impl From<HttpMethod> for Method {
    fn from(method: HttpMethod) -> Self {
        Self::from(&method)
    }
}

impl Evaluation<'_> {
    /// Takes all field lines of a header section (§5.3). (Feature `http`.)
    ///
    /// [`evaluate()`](crate::evaluate()) and [`fields`](Self::fields) accept a `&HeaderMap` too.
    /// This function is faster, because the map stores standard names as numbers, so no names are
    /// compared as text. It allocates nothing.
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
    // Inlined, so that the evaluation is not copied into and out of the function.
    #[inline]
    pub fn headers(mut self, headers: &HeaderMap) -> Self {
        self.take_all(headers);
        self
    }

    /// Takes each line that is a precondition or Range.
    fn take_all(&mut self, headers: &HeaderMap) {
        // Iterates over the map: to look up six names is less work only for requests with many
        // more fields than usual.
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
    /// Returns the status code to send, like [`status`](Self::status). (Feature `http`.)
    ///
    /// Returns 500 if the unconditional status is outside of 100 to 999, because a `StatusCode`
    /// cannot represent it.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        status_code(self.status())
    }

    /// Removes from the fields of a 200 those that [do not belong on a
    /// 304](Self::not_modified_keeps). (Feature `http`.)
    pub fn reduce_to_not_modified(&self, headers: &mut HeaderMap) {
        reduce(headers, |name| self.not_modified_keeps(name));
    }

    /// Removes from the fields of a 200 those that [do not belong on a
    /// 206](Self::partial_content_keeps). (Feature `http`.)
    pub fn reduce_to_partial_content(&self, headers: &mut HeaderMap) {
        reduce(headers, |name| self.partial_content_keeps(name));
    }
}

/// Converts a status code; 500 stands for a number that no `StatusCode` can represent.
fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Removes the metadata fields for which `keeps` returns false.
fn reduce(headers: &mut HeaderMap, keeps: impl Fn(&str) -> bool) {
    for (name, _) in METADATA {
        if !keeps(name) {
            headers.remove(name);
        }
    }
}

/// Writes the exact bytes of the tag, with its quotes.
impl From<EntityTag<'_>> for HeaderValue {
    fn from(tag: EntityTag<'_>) -> Self {
        let mut octets = vec![0; tag.len()];
        // A buffer of `len` bytes is never too small.
        let _ = tag.write_to(&mut octets);
        header_value(octets)
    }
}

/// Writes the exact bytes of the tag, with its quotes.
impl<const N: usize> From<EntityTagBuf<N>> for HeaderValue {
    fn from(tag: EntityTagBuf<N>) -> Self {
        tag.as_entity_tag().into()
    }
}

/// Writes the exact bytes of the value.
impl<T: Iterator<Item: ListMember> + Clone> From<FieldValue<'_, T>> for HeaderValue {
    fn from(value: FieldValue<'_, T>) -> Self {
        let mut octets = vec![0; value.len()];
        // A buffer of `len` bytes is never too small.
        let _ = value.write_to(&mut octets);
        header_value(octets)
    }
}

/// Writes the date as an `IMF-fixdate`: `Sat, 29 Oct 1994 19:43:31 GMT`.
impl From<HttpDate> for HeaderValue {
    fn from(date: HttpDate) -> Self {
        header_value(date.to_imf_fixdate().to_vec())
    }
}

/// Writes the value of a Range with this range only: `bytes=500-`.
impl From<RangeSpec> for HeaderValue {
    fn from(range: RangeSpec) -> Self {
        header_value(range.text().as_octets().to_vec())
    }
}

/// Writes the value of Content-Range: `bytes 0-499/1000`.
impl From<ContentRange> for HeaderValue {
    fn from(field: ContentRange) -> Self {
        header_value(field.text().as_octets().to_vec())
    }
}

/// Writes the field line unchanged.
impl From<AcceptRanges<'_>> for HeaderValue {
    fn from(units: AcceptRanges<'_>) -> Self {
        header_value(units.as_bytes().to_vec())
    }
}

#[expect(
    clippy::expect_used,
    reason = "`etagc`, `DQUOTE`, `/`, `*` and the bytes of lists, dates, ranges and units are all legal in a field value"
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

    // Inlined like `parse`.
    #[inline]
    fn try_from(value: &'a HeaderValue) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a HeaderValue> for IfNoneMatch<'a> {
    type Error = ParseError;

    // Inlined like `parse`.
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
