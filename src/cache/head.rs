//! Compares a stored response to a GET with a 200 to a HEAD. (RFC 9111 §4.3.5)

use crate::stored::single_line::SingleLine;
use crate::stored::validators::ResponseValidators;

/// The effect of a 200 to a HEAD on a stored response to a GET. ([RFC 9111 §4.3.5])
///
/// [RFC 9111 §4.3.5]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the HEAD agrees, disagrees, or has nothing to compare"
)]
pub enum HeadVerdict {
    /// The stored response is current: update its fields with the fields of the HEAD, in the same
    /// way as with the fields of a 304.
    Freshened,
    /// The stored response is another version: treat it as stale.
    Different,
    /// The HEAD has no field that distinguishes versions: leave the stored response as it is,
    /// with the same freshness.
    TellsNothing,
}

impl ResponseValidators<'_> {
    /// Compares this stored response to a GET with a 200 to a HEAD. ([RFC 9111 §4.3.5])
    ///
    /// Each validator of the HEAD, and its Content-Length, must equal that of the stored
    /// response; otherwise the stored response is [different](HeadVerdict::Different). `W/"v1"`
    /// and `"v1"` are not equal. If a [part](Self::content_range) is stored, its complete length
    /// is compared, because the Content-Length of a HEAD is the complete length.
    ///
    /// Our decisions:
    ///
    /// - A HEAD without a validator freshens nothing, even if the lengths are equal.
    /// - A field that is malformed on one side only is different. A field that is malformed on
    ///   both sides tells nothing.
    /// - A HEAD with a [status](Self::status) other than 200 tells nothing.
    /// - A stored response with a status other than 200 and 206 is different.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, cache::HeadVerdict, client::ResponseValidators};
    ///
    /// const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    /// let stored = ResponseValidators::new().etag(TAG).content_length(10);
    /// let head = ResponseValidators::new().etag(TAG);
    /// assert_eq!(stored.compared_with_head(&head), HeadVerdict::Freshened);
    /// assert_eq!(stored.compared_with_head(&head.content_length(11)), HeadVerdict::Different);
    /// let bare = ResponseValidators::new().content_length(10);
    /// assert_eq!(stored.compared_with_head(&bare), HeadVerdict::TellsNothing);
    /// ```
    ///
    /// [RFC 9111 §4.3.5]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5
    #[must_use]
    pub fn compared_with_head(&self, head: &ResponseValidators<'_>) -> HeadVerdict {
        if head.status != 200 {
            return HeadVerdict::TellsNothing;
        }
        let validators = [
            compare(head.etag, self.etag),
            compare(head.last_modified, self.last_modified),
        ];
        let length = match self.stored_length() {
            Some(stored) => compare(head.content_length, stored),
            None => None,
        };
        let differs = validators.contains(&Some(false)) || length == Some(false);
        if differs || !matches!(self.status, 200 | 206) {
            HeadVerdict::Different
        } else if validators.contains(&Some(true)) {
            HeadVerdict::Freshened
        } else {
            HeadVerdict::TellsNothing
        }
    }
}

/// Returns whether a field has the same value in both responses. Returns `None` if the HEAD does
/// not have the field, or if the field is malformed in both.
fn compare<T: Copy + PartialEq>(head: SingleLine<T>, stored: SingleLine<T>) -> Option<bool> {
    match (head, stored) {
        (SingleLine::Absent, _) | (SingleLine::Malformed, SingleLine::Malformed) => None,
        (head, stored) => Some(head.is_same(stored)),
    }
}
