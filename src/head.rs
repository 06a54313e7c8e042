//! The meaning of a 200 to a HEAD for a stored response to a GET.

use crate::single::Single;
use crate::validators::Validators;

/// The meaning of a 200 to a HEAD for a stored response to a GET. ([RFC 9111 §4.3.5])
///
/// [RFC 9111 §4.3.5]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the HEAD agrees, disagrees, or has nothing to compare"
)]
pub enum HeadVerdict {
    /// The stored response is current: update its fields with those of the HEAD, as with those of
    /// a 304.
    Freshened,
    /// The stored response is of another version: treat it as stale.
    Different,
    /// The HEAD has nothing by which versions are told apart: the stored response stays as it is,
    /// no fresher and no staler.
    TellsNothing,
}

impl Validators<'_> {
    /// Compares this stored response to a GET with a 200 to a HEAD. ([RFC 9111 §4.3.5])
    ///
    /// Each validator that the HEAD has, and its Content-Length, must be the same as the stored
    /// one: a tag with its weakness. The Content-Length of a HEAD is that of the whole, and is
    /// compared with the complete length where a [part](Self::content_range) is stored.
    ///
    /// Our decisions: without a validator the HEAD freshens nothing, even if the lengths are the
    /// same. A field that can be read on one side only is not the same; one that can be read on
    /// neither side tells nothing. A HEAD of another [status](Self::status) than 200 tells
    /// nothing, and a stored response of another than 200 and 206 is different.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, HeadVerdict, Validators};
    ///
    /// const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    /// let stored = Validators::new().etag(TAG).content_length(10);
    /// let head = Validators::new().etag(TAG);
    /// assert_eq!(stored.compared_with_head(&head), HeadVerdict::Freshened);
    /// assert_eq!(stored.compared_with_head(&head.content_length(11)), HeadVerdict::Different);
    /// let bare = Validators::new().content_length(10);
    /// assert_eq!(stored.compared_with_head(&bare), HeadVerdict::TellsNothing);
    /// ```
    ///
    /// [RFC 9111 §4.3.5]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5
    #[must_use]
    pub fn compared_with_head(&self, head: &Validators<'_>) -> HeadVerdict {
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

/// Reports whether a field is the same in both, or `None` if that cannot be told.
fn compare<T: Copy + PartialEq>(head: Single<T>, stored: Single<T>) -> Option<bool> {
    match (head, stored) {
        (Single::Absent, _) | (Single::Malformed, Single::Malformed) => None,
        (head, stored) => Some(head.is_same(stored)),
    }
}
