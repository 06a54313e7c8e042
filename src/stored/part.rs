//! The part of a representation that an incomplete response holds. (RFC 9111 §3.3)

use crate::range::content_range::ContentRange;
use crate::stored::single_line::SingleLine;
use crate::stored::validators::{Extent, ResponseValidators};

impl ResponseValidators<'_> {
    /// Sets the part that an incomplete response holds: the Content-Range of a 206, or the bytes
    /// that arrived before a 200 was cut off. ([RFC 9111 §3.3])
    ///
    /// Call this for a 200 that was cut off; [`from_fields`](Self::from_fields) reads the
    /// Content-Range of a 206. If that field is malformed, has two lines that differ, has the
    /// form of a 416 (`bytes */1000`), or is not of the length that Content-Length says, the
    /// response holds nothing.
    ///
    /// A cache answers a request from the part only if the request asks for a single range that
    /// lies within the part, and forwards every other request. Our decision: a request for
    /// several ranges is forwarded even if the part holds all of them.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::cache::{ResponseValidators, Reuse, evaluate_stored};
    /// use http_preconditions::range::{ByteRange, ContentRange};
    ///
    /// // A 200 of 1000 bytes was cut off after 600.
    /// let part = ByteRange::new(0, 599).and_then(|range| ContentRange::new(range, Some(1000)));
    /// let stored = ResponseValidators::new().content_range(part.ok_or("a range of 1000 bytes")?);
    /// let reuse = |range| evaluate_stored("GET", [("Range", range)], Some(&stored));
    /// assert!(matches!(reuse("bytes=0-99"), Reuse::Part { .. }));
    /// assert_eq!(reuse("bytes=500-"), Reuse::Forward);
    /// assert_eq!(evaluate_stored("GET", [("Host", "a.example")], Some(&stored)), Reuse::Forward);
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// [RFC 9111 §3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-3.3
    #[must_use]
    pub const fn content_range(self, part: ContentRange) -> Self {
        Self {
            extent: Extent::Part {
                range: Some(part),
                holds_range: false,
            },
            ..self
        }
    }

    /// Sets that the response is incomplete, and whether it holds all bytes that the current
    /// request asks for.
    ///
    /// Use this only if you track parts yourself. With `holds_range` false, the response does not
    /// answer the request, and its tag is not sent for that request (RFC 9111 §3.3, §4.3.1). If
    /// the [part](Self::content_range) is set, you do not need this function:
    /// [`evaluate_stored`](crate::cache::evaluate_stored) finds `holds_range` from the request,
    /// and [`for_request`](Self::for_request) does so for the other functions.
    #[must_use]
    pub const fn incomplete(self, holds_range: bool) -> Self {
        let range = match self.extent {
            Extent::Whole => None,
            Extent::Part { range, .. } => range,
        };
        Self {
            extent: Extent::Part { range, holds_range },
            ..self
        }
    }

    /// Returns true if the response holds all bytes that the current request asks for.
    pub(crate) const fn holds_range(&self) -> bool {
        match self.extent {
            // A 206 without Content-Range does not say which part it holds.
            Extent::Whole => self.status != 206,
            Extent::Part { holds_range, .. } => holds_range,
        }
    }

    /// Returns true if the response may be validated for the current request.
    pub(crate) const fn is_candidate(&self) -> bool {
        self.holds_range() && self.is_success()
    }

    /// Returns the Content-Length that a HEAD of the same version has, or `None` if a part is
    /// stored and its complete length is unknown.
    pub(crate) const fn stored_length(&self) -> Option<SingleLine<u64>> {
        match self.extent {
            Extent::Part {
                range: Some(part), ..
            } => match part.complete_length() {
                Some(length) => Some(SingleLine::Value(length)),
                None => None,
            },
            _ => Some(self.content_length),
        }
    }
}
