//! The methods of [`Decision`] for a response with ranges.

use crate::range::byte_range::ByteRange;
use crate::range::content_range::ContentRange;
use crate::range::resolve::ByteRanges;
use crate::range::specifier::Range;
use crate::range::verdict::RangeVerdict;
use crate::server::decision::Decision;

impl Decision {
    /// Returns true if the server must process Range, and false if it must ignore Range (§14.2).
    ///
    /// The server processes Range if all of these are true:
    ///
    /// - The method is GET or QUERY, and the status code without conditions is 200.
    /// - All preconditions are true, and If-Range is true or absent.
    /// - The representation supports ranges.
    /// - The request has Range, and its unit is bytes.
    ///
    /// If the [complete length](crate::Representation::complete_length) is known, the value of
    /// Range counts too: returns true if the status code is 206 or 416, and false if the
    /// [`RangePolicy`](crate::range::RangePolicy) ignores Range, or if the representation is
    /// empty. If the length is unknown, the request must have exactly one line of Range, and its
    /// ranges are not parsed: they may be malformed.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let resume = |tag| {
    ///     let fields = [("Range", "bytes=500-"), ("If-Range", tag)];
    ///     evaluate("GET", fields, Some(&current)).honours_range()
    /// };
    /// assert!(resume("\"v2\""));
    /// assert!(!resume("\"v1\""), "the file has changed: the server sends all of it");
    /// assert!(!resume("W/\"v2\""), "two versions with different bytes can share a weak tag");
    /// ```
    #[must_use]
    pub const fn honours_range(&self) -> bool {
        self.range_verdict.is_usable()
    }

    /// Returns the Content-Range for the header section of a 206 with one range, or of a 416.
    /// ([RFC 9110 §14.4])
    ///
    /// Returns `None` for all other responses, and if the [complete
    /// length](crate::Representation::complete_length) is unknown. A [stored
    /// part](crate::cache::Reuse::Part) is the exception: if its complete length is unknown, the
    /// field has `*` in its place. A 206 with several ranges must not have Content-Range in its
    /// header section: each part has its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Representation, evaluate};
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let field = |range| {
    ///     let decision = evaluate("GET", [("Range", range)], Some(&current));
    ///     decision.content_range().map(|field| field.to_string())
    /// };
    /// assert_eq!(field("bytes=-100").as_deref(), Some("bytes 900-999/1000"));
    /// assert_eq!(field("bytes=1000-").as_deref(), Some("bytes */1000"));
    /// assert_eq!(field("bytes=0-0,-1"), None);
    /// ```
    ///
    /// [RFC 9110 §14.4]: https://www.rfc-editor.org/rfc/rfc9110#section-14.4
    #[must_use]
    pub fn content_range(&self) -> Option<ContentRange> {
        match self.range_verdict {
            RangeVerdict::One(range) => {
                // 0 is an unknown length: there is no range in an empty representation.
                let length = (self.complete_length > 0).then_some(self.complete_length);
                ContentRange::new(range, length)
            }
            RangeVerdict::Unsatisfiable => Some(ContentRange::unsatisfied(self.complete_length)),
            _ => None,
        }
    }

    /// Returns the range of a 206 with a single range, which is by far the most frequent 206.
    /// ([RFC 9110 §15.3.7.1])
    ///
    /// Returns `None` for all other responses. For several ranges, use [`ranges`](Self::ranges).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Representation, evaluate, range::ByteRange};
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let range = |value| evaluate("GET", [("Range", value)], Some(&current)).range();
    /// assert_eq!(range("bytes=-100"), ByteRange::new(900, 999));
    /// assert_eq!(range("bytes=0-0,-1"), None, "two ranges");
    /// assert_eq!(range("bytes=1000-"), None, "416");
    /// ```
    ///
    /// [RFC 9110 §15.3.7.1]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.1
    #[must_use]
    pub const fn range(&self) -> Option<ByteRange> {
        match self.range_verdict {
            RangeVerdict::One(range) => Some(range),
            _ => None,
        }
    }

    /// Returns the ranges of the 206, one or several, in the order of the request. The iterator
    /// is empty for all other responses.
    ///
    /// You must pass the value of Range that was evaluated. The decision keeps a single range,
    /// but parses several ranges again from `range`. If `range` then has a different number of
    /// satisfiable ranges, it is not the evaluated value, and the iterator is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Representation, evaluate};
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let range = "bytes=0-0,-100,5000-";
    /// let decision = evaluate("GET", [("Range", range)], Some(&current));
    /// let parts = decision.ranges(range).map(|range| (range.first(), range.length()));
    /// assert!(parts.eq([(0, 1), (900, 100)]));
    /// assert_eq!(decision.ranges("bytes=0-0").len(), 0, "not the evaluated value");
    /// ```
    pub fn ranges<'v>(&self, range: &'v (impl AsRef<[u8]> + ?Sized)) -> ByteRanges<'v> {
        match self.range_verdict {
            RangeVerdict::One(range) => ByteRanges::one(range),
            RangeVerdict::Several(count) => Range::parse(range.as_ref())
                .map(|range| ByteRanges::of(range.specs(), self.complete_length))
                .ok()
                .filter(|ranges| ranges.left == count)
                .unwrap_or(ByteRanges::NONE),
            _ => ByteRanges::NONE,
        }
    }
}
