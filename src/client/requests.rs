//! The request fields for each purpose of a client, made from the validators that it holds.

use core::fmt;
use core::iter;

use crate::request::field::Field;
use crate::request::field_value::{FieldValue, RequestField};
use crate::stored::validators::ResponseValidators;
use crate::tag::entity_tag::EntityTag;

use crate::client::tags::Tags;

/// Returns the fields that ask whether a stored response is still current, for a GET or a HEAD.
/// ([RFC 9111 §4.3.1])
///
/// A response whose [status](ResponseValidators::status) is not 2xx is skipped, and so is an
/// [incomplete](ResponseValidators::incomplete) response that lacks bytes that the request asks
/// for. From the remaining responses:
///
/// - If-None-Match lists all tags in one line.
/// - If-Modified-Since is added if exactly one response remains, even if the `ETag` of that
///   response is unreadable.
///
/// The iterator is empty if no response has a usable validator. Send the request without
/// conditions then; the new response replaces the stored one.
///
/// A tag may be listed twice if there are more than eight different tags, which does no harm:
/// only the first eight different tags are compared, so that the time is linear. An incomplete
/// response that has all requested bytes is validated like a complete one, with its date too: RFC
/// 9111 wants the date in requests without Range, and does not forbid the date in others.
///
/// You must add the other fields of the request. A cache that validates on its own sends the
/// fields that the stored Vary names, with their stored values. For a response with `Vary: *` it
/// does not know those fields, and must forward the client's request instead (RFC 9111 §4.1).
///
/// If the server answers 304, pass the 304 to [`freshened_by`](crate::cache::freshened_by()). A
/// full response means that no stored response is suitable: use the full response (RFC 9111
/// §4.3.3).
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, HttpDate, client::{ResponseValidators, revalidate}};
///
/// let stored = ResponseValidators::new()
///     .etag(EntityTag::from_static("W/\"v1\""))
///     .last_modified(HttpDate::from_unix(783_459_811)?);
/// let lines: Vec<_> = revalidate([stored]).map(|field| field.to_string()).collect();
/// assert_eq!(
///     lines,
///     ["If-None-Match: W/\"v1\"", "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT"]
/// );
/// assert_eq!(revalidate([ResponseValidators::new()]).count(), 0);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9111 §4.3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
pub fn revalidate<'a, S>(
    stored: S,
) -> impl Iterator<Item = RequestField<'a, impl Iterator<Item = EntityTag<'a>> + Clone>>
where
    S: IntoIterator<Item = ResponseValidators<'a>, IntoIter: Clone>,
{
    let stored = stored.into_iter().filter(ResponseValidators::is_candidate);
    let mut first_two = stored.clone();
    let date = match (first_two.next(), first_two.next()) {
        (Some(only), None) => only.last_modified.value(),
        _ => None,
    };
    let tags = tag_list(Tags::new(iter::empty(), stored));
    let date = date.map(|date| RequestField::new(Field::IfModifiedSince, FieldValue::date(date)));
    [tags, date].into_iter().flatten()
}

/// Returns `If-None-Match: *`, with which a PUT creates and never overwrites. ([RFC 9110
/// §13.1.2])
///
/// Do not confuse it with `"*"` in quotes, which is an ordinary tag: a PUT with that tag
/// overwrites.
///
/// # Examples
///
/// ```
/// use http_preconditions::client::create_only;
///
/// assert_eq!(create_only().to_string(), "If-None-Match: *");
/// ```
///
/// [RFC 9110 §13.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
#[must_use]
pub const fn create_only() -> RequestField<'static> {
    RequestField::new(Field::IfNoneMatch, FieldValue::ANY)
}

impl<'a> ResponseValidators<'a> {
    /// Returns the field that keeps an update or a deletion from overwriting a change by someone
    /// else. ([RFC 9110 §13.1.1], [§13.1.4])
    ///
    /// It is If-Match with the tag if the tag is strong. Otherwise it is If-Unmodified-Since with
    /// Last-Modified if the date is strong. An unreadable `ETag` counts as no tag.
    ///
    /// With a GET and a Range, the field requests a 412 instead of a part of another version. A
    /// server that has no modification date for the resource ignores If-Unmodified-Since and
    /// performs the method.
    ///
    /// A date is less safe than a tag. A cache on the way may have replaced Date with the Date of
    /// a 304, as RFC 9111 §3.2 requires. A date that two versions share then looks strong, and an
    /// update is lost. [`DateTrust`](crate::client::DateTrust) describes how to trust no date.
    ///
    /// # Errors
    ///
    /// - a weak tag or no tag, and no Last-Modified
    /// - a weak tag or no tag, and a Last-Modified that is [not known to be
    ///   strong](ResponseValidators::strong_last_modified)
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, client::ResponseValidators};
    ///
    /// let held = ResponseValidators::new().etag(EntityTag::from_static("\"v1\""));
    /// assert_eq!(held.guard()?.to_string(), "If-Match: \"v1\"");
    ///
    /// let weak = ResponseValidators::new().etag(EntityTag::from_static("W/\"v1\""));
    /// let error = weak.guard().unwrap_err();
    /// assert_eq!(error.to_string(), "no strong validator: a strong entity tag or a trusted Last-Modified is needed");
    /// # Ok::<(), http_preconditions::client::NoStrongValidator>(())
    /// ```
    ///
    /// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
    /// [§13.1.4]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.4
    pub fn guard(&self) -> Result<RequestField<'a>, NoStrongValidator> {
        match (self.tag(), self.strong_last_modified()) {
            (Some(tag), _) if !tag.is_weak() => {
                Ok(RequestField::new(Field::IfMatch, FieldValue::tag(tag)))
            }
            (_, Some(date)) => Ok(RequestField::new(
                Field::IfUnmodifiedSince,
                FieldValue::date(date),
            )),
            _ => Err(NoStrongValidator),
        }
    }
}

/// The error for a response without a strong validator: no request field can keep an update from
/// overwriting a change by someone else. ([RFC 9110 §8.8.1])
///
/// [RFC 9110 §8.8.1]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NoStrongValidator;

impl fmt::Display for NoStrongValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no strong validator: a strong entity tag or a trusted Last-Modified is needed")
    }
}

impl core::error::Error for NoStrongValidator {}

/// Creates If-None-Match with these tags. Returns `None` if there is no tag.
pub(crate) fn tag_list<'a, T: Iterator<Item = EntityTag<'a>> + Clone>(
    tags: T,
) -> Option<RequestField<'a, T>> {
    tags.clone().next()?;
    Some(RequestField::new(
        Field::IfNoneMatch,
        FieldValue::list(tags),
    ))
}
