//! The fields that request ranges of a held version: Range, and the condition beside it.

use crate::date::http_date::HttpDate;
use crate::range::byte_range::RangeSpec;
use crate::request::field::Field;
use crate::request::field_value::{FieldValue, RequestField};
use crate::request::if_range::IfRange;
use crate::stored::validators::ResponseValidators;

impl<'a> ResponseValidators<'a> {
    /// Returns Range and a condition, which resume a download, or tell the client that the
    /// representation has changed. ([RFC 9110 §13.1.5], [§13.1.4])
    ///
    /// | validators | condition | if the representation has changed |
    /// | --- | --- | --- |
    /// | a strong tag | If-Range with the tag | 200 with all of it |
    /// | no `ETag`, a strong date | If-Range with Last-Modified | 200 with all of it |
    /// | a weak or unreadable `ETag`, a strong date | If-Unmodified-Since with Last-Modified | 412 |
    ///
    /// A client that has an entity tag must not send a date as If-Range. After a 412, discard the
    /// held bytes and request the whole representation. Returns `None` if:
    ///
    /// - The response has no such validators. The held part cannot be completed safely; request
    ///   the whole representation.
    /// - The last position of `range` is before its first, which is invalid (§14.1.1).
    /// - `range` is a suffix of 0 bytes, which no representation satisfies (§14.1.2).
    ///
    /// [`IncompleteResponse`](crate::client::IncompleteResponse) finds the range to request, and
    /// judges whether a 206 continues the held part.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, client::ResponseValidators, range::RangeSpec};
    ///
    /// let rest = RangeSpec::Int { first: 500, last: None };
    /// let held = ResponseValidators::new().etag(EntityTag::from_static("\"v1\""));
    /// let fields = held.resume(rest).ok_or("the tag is strong")?;
    /// let lines = fields.map(|field| field.to_string());
    /// assert_eq!(lines, ["Range: bytes=500-", "If-Range: \"v1\""]);
    ///
    /// let weak = ResponseValidators::new().etag(EntityTag::from_static("W/\"v1\""));
    /// assert!(weak.resume(rest).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// [RFC 9110 §13.1.5]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
    /// [§13.1.4]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.4
    #[must_use]
    pub fn resume(&self, range: RangeSpec) -> Option<[RequestField<'a>; 2]> {
        if !is_requestable(range) {
            return None;
        }
        let condition = RangeCondition::of(self)?;
        Some([range_field(range), condition.field()])
    }

    /// Returns Range with several ranges, and the condition of [`resume`](Self::resume). ([RFC 9110
    /// §14.2])
    ///
    /// Returns `None` as [`resume`](Self::resume) does, and if there is no range. A server may
    /// answer with all ranges, with some of them or with the whole representation, and may combine
    /// ranges that are close to each other (§15.3.7.2).
    /// [`IncompleteResponse::parts`](crate::client::IncompleteResponse::parts) judges a 206.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, client::ResponseValidators, range::RangeSpec};
    ///
    /// let held = ResponseValidators::new().etag(EntityTag::from_static("\"v1\""));
    /// let start = RangeSpec::Int { first: 0, last: Some(499) };
    /// let fields = held.resume_several([start, RangeSpec::Suffix(500)]).ok_or("a strong tag")?;
    /// let lines = fields.map(|field| field.to_string());
    /// assert_eq!(lines, ["Range: bytes=0-499,-500", "If-Range: \"v1\""]);
    /// assert!(held.resume_several([start, RangeSpec::Suffix(0)]).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
    #[must_use]
    pub fn resume_several<R>(&self, ranges: R) -> Option<[RequestField<'a, R::IntoIter>; 2]>
    where
        R: IntoIterator<Item = RangeSpec, IntoIter: Clone>,
    {
        let condition = RangeCondition::of(self)?;
        Some([request_ranges(ranges)?, condition.field()])
    }
}

/// Returns Range with these ranges, without a condition. ([RFC 9110 §14.2])
///
/// Use this to request parts of a representation of which you hold nothing. To complete a part
/// that you hold, use [`ResponseValidators::resume`] or
/// [`IncompleteResponse`](crate::client::IncompleteResponse): without a condition, the server may
/// send ranges of another version.
///
/// Returns `None` if there is no range, or if one of them is invalid or never satisfiable, such as
/// `5-4` and `-0`.
///
/// # Examples
///
/// ```
/// use http_preconditions::{client::request_ranges, range::RangeSpec};
///
/// let range = RangeSpec::Int { first: 0, last: Some(0) };
/// let field = request_ranges([range, RangeSpec::Suffix(22)]).ok_or("two ranges")?;
/// assert_eq!(field.to_string(), "Range: bytes=0-0,-22");
/// assert!(request_ranges([RangeSpec::Int { first: 5, last: Some(4) }]).is_none());
/// assert!(request_ranges([]).is_none());
/// # Ok::<(), &str>(())
/// ```
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[must_use]
pub fn request_ranges<R>(ranges: R) -> Option<RequestField<'static, R::IntoIter>>
where
    R: IntoIterator<Item = RangeSpec, IntoIter: Clone>,
{
    let ranges = ranges.into_iter();
    ranges.clone().next()?;
    if !ranges.clone().all(is_requestable) {
        return None;
    }
    Some(RequestField::new(Field::Range, FieldValue::list(ranges)))
}

/// Returns false if the range is invalid (§14.1.1) or never satisfiable (§14.1.2).
const fn is_requestable(range: RangeSpec) -> bool {
    match range {
        RangeSpec::Int {
            first,
            last: Some(last),
        } => first <= last,
        RangeSpec::Int { last: None, .. } => true,
        RangeSpec::Suffix(length) => length > 0,
    }
}

pub(super) const fn range_field(range: RangeSpec) -> RequestField<'static> {
    RequestField::new(Field::Range, FieldValue::range(range))
}

/// The condition under which a range of a held version is requested.
#[derive(Clone, Copy)]
pub(super) enum RangeCondition<'a> {
    IfRange(IfRange<'a>),
    IfUnmodifiedSince(HttpDate),
}

impl<'a> RangeCondition<'a> {
    /// Returns `None` if no validator of the held version is strong.
    pub(super) fn of(held: &ResponseValidators<'a>) -> Option<Self> {
        if let Some(validator) = held.representation().strong_validator() {
            return Some(Self::IfRange(validator));
        }
        // §13.1.5 forbids If-Range here: there is an `ETag`, and it is weak or unreadable.
        held.strong_last_modified().map(Self::IfUnmodifiedSince)
    }

    pub(super) const fn field<T>(self) -> RequestField<'a, T> {
        match self {
            Self::IfRange(IfRange::EntityTag(tag)) => {
                RequestField::new(Field::IfRange, FieldValue::tag(tag))
            }
            Self::IfRange(IfRange::HttpDate(date)) => {
                RequestField::new(Field::IfRange, FieldValue::date(date))
            }
            Self::IfUnmodifiedSince(date) => {
                RequestField::new(Field::IfUnmodifiedSince, FieldValue::date(date))
            }
        }
    }
}
