//! The verdict on a 416: whether the held bytes are all that there are.

use crate::client::download::IncompleteResponse;
use crate::client::download::seen::Seen;

impl IncompleteResponse<'_> {
    /// Compares the fields of a 416 with the held bytes, and returns whether they are complete.
    /// ([RFC 9110 §15.5.17])
    ///
    /// A client that does not know the complete length requests the bytes after the last one that
    /// it holds. If there are none, a server answers 416 with `Content-Range: bytes */N`, where N
    /// is the complete length. The request must have had the [fields](Self::fields) of this value.
    ///
    /// Reads Content-Range, `ETag` and Last-Modified. Two lines of a field that differ count as
    /// unreadable. The other fields of a 416 describe its own content, an error message.
    ///
    /// A doubt remains: a server that does not know the condition answers 416 for another version
    /// too. If that version has N bytes and the 416 has no validator, as most have none, the
    /// verdict is [`Complete`](UnsatisfiedRange::Complete). A HEAD afterwards, or a digest,
    /// removes the doubt.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{IncompleteResponse, ResponseValidators, UnsatisfiedRange};
    ///
    /// let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    /// let held = IncompleteResponse::new(version, 1000);
    /// let answer = [("Content-Range", "bytes */1000")];
    /// assert_eq!(held.unsatisfied_by(answer), UnsatisfiedRange::Complete);
    /// let answer = [("Content-Range", "bytes */700")];
    /// assert_eq!(held.unsatisfied_by(answer), UnsatisfiedRange::DifferentLength);
    /// ```
    ///
    /// [RFC 9110 §15.5.17]: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.17
    pub fn unsatisfied_by<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> UnsatisfiedRange {
        let mut seen = Seen::new(&self.version, self.content_encoding);
        for (name, value) in fields {
            seen.line(name.as_ref(), value.as_ref());
        }
        if !self.may_request_range() || seen.contradicts() {
            return UnsatisfiedRange::DifferentVersion;
        }
        let field = seen.content_range.value();
        let length = field.filter(|field| field.range().is_none());
        let Some(length) = length.and_then(|field| field.complete_length()) else {
            return UnsatisfiedRange::Unknown;
        };
        let is_known_length = self.complete_length.is_none_or(|known| known == length);
        let is_all = match self.segment {
            Some(segment) => self.octets == segment.length() && segment.end() <= length,
            None => self.octets == length,
        };
        if is_known_length && is_all {
            UnsatisfiedRange::Complete
        } else {
            UnsatisfiedRange::DifferentLength
        }
    }
}

/// The verdict on a 416, for a client that requested the missing bytes. ([RFC 9110 §15.5.17])
///
/// After any verdict other than [`Complete`](Self::Complete), discard the held bytes and request
/// the whole representation, without Range. That always works.
///
/// [RFC 9110 §15.5.17]: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.17
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsatisfiedRange {
    /// All bytes are held: the complete length is their number. A
    /// [segment](IncompleteResponse::segment) is complete only if all of its own bytes are held.
    Complete,
    /// The complete length is neither the number of held bytes nor fits the segment, or differs
    /// from the length that was known. The representation has changed, or the server refuses the
    /// range for another reason.
    DifferentLength,
    /// `ETag` or Last-Modified contradicts the held one, or the held bytes have no strong validator
    /// and no range should have been requested.
    DifferentVersion,
    /// Nobody knows the complete length: Content-Range is absent or malformed, has a unit other
    /// than bytes, or is that of a 206.
    Unknown,
}
