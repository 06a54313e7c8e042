//! How a Range request is answered: 206, 416 or the whole, once the complete length is known.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::byte_range::ByteRange;
use crate::content_range::ContentRange;
use crate::decision::Decision;
use crate::error::ParseError;
use crate::grammar;
use crate::range::Range;
use crate::representation::Representation;
use crate::resolution::{ByteRanges, MalformedRange, RangePolicy, Resolution};

/// What the lines of Range come to, without the value that they were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// There is no line.
    Absent,
    /// The whole is sent.
    Ignored,
    /// One line of byte ranges; the complete length is unknown.
    Unknown,
    One(ByteRange),
    /// As many as this.
    Several(u32),
    Unsatisfiable,
}

impl Part {
    /// Takes the only line.
    pub(crate) fn line(
        &mut self,
        value: &[u8],
        length: Option<&Length>,
        policy: RangePolicy,
    ) -> Result<(), ParseError> {
        if let Some(length) = length {
            return (length.resolve)(self, value, length, policy);
        }
        *self = if grammar::is_bytes(value) {
            Self::Unknown
        } else {
            Self::Ignored
        };
        Ok(())
    }

    /// Takes a malformed Range, which §14.2 allows to ignore or to reject.
    pub(crate) const fn refuse(&mut self, length: Option<&Length>, policy: RangePolicy) {
        *self = match (policy.malformed, length) {
            (MalformedRange::Reject, Some(Length { octets: 1.., .. })) => Self::Unsatisfiable,
            _ => Self::Ignored,
        };
    }

    fn resolve(
        &mut self,
        value: &[u8],
        length: &Length,
        policy: RangePolicy,
    ) -> Result<(), ParseError> {
        let range = match Range::parse(value) {
            Ok(range) => range,
            // §14.2: a unit that is not understood is ignored, whatever its ranges look like.
            Err(_) if grammar::has_other_unit(value) => {
                *self = Self::Ignored;
                return Ok(());
            }
            Err(error) => {
                self.refuse(Some(length), policy);
                return Err(error);
            }
        };
        *self = match range.resolve(length.octets, policy) {
            Resolution::Partial(mut ranges) => match (ranges.left, ranges.next()) {
                (1, Some(range)) => Self::One(range),
                (count, _) => Self::Several(count),
            },
            Resolution::Unsatisfiable => Self::Unsatisfiable,
            Resolution::Ignored => Self::Ignored,
        };
        Ok(())
    }

    /// Reports whether Range is processed, if all else allows it.
    pub(crate) const fn is_usable(self) -> bool {
        !matches!(self, Self::Absent | Self::Ignored)
    }

    /// The status in place of a 200, where it is known.
    pub(crate) const fn status(self) -> Option<u16> {
        match self {
            Self::One(_) | Self::Several(_) => Some(206),
            Self::Unsatisfiable => Some(416),
            Self::Absent | Self::Ignored | Self::Unknown => None,
        }
    }
}

/// A complete length, and what resolves a Range against it.
///
/// Only [`Representation::complete_length`] names that function. In a program that never says a
/// length nothing refers to it, and no part of it is linked.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub(crate) octets: u64,
    // By reference, so that no other `Part` is on the stack.
    resolve: fn(&mut Part, &[u8], &Self, RangePolicy) -> Result<(), ParseError>,
}

impl PartialEq for Length {
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for Length {}

impl Hash for Length {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.octets.hash(state);
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.octets.fmt(f)
    }
}

impl Representation<'_> {
    /// Sets the complete length in octets, so that a Range can be answered to the end:
    /// [`Decision::status`] is then 206 or 416 where the Range asks for it.
    ///
    /// It is the length of what a 200 would carry, content coding included, which is its
    /// Content-Length. A representation of 0 octets has no ranges: a Range is ignored (our decision),
    /// since a client that fetches a file in slices could not get an empty one otherwise.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\"")).complete_length(1000);
    /// let status = |range| evaluate("GET", [("Range", range)], Some(&current)).status();
    /// assert_eq!(status("bytes=0-499"), 206);
    /// assert_eq!(status("bytes=1000-"), 416);
    /// assert_eq!(status("bytes=5-4"), 200, "a malformed Range is ignored, unless the policy rejects it");
    /// ```
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        let length = Length {
            octets,
            resolve: Part::resolve,
        };
        Self {
            length: Some(length),
            ..self
        }
    }
}

impl Decision {
    /// The Content-Range at the head of the answer: of a 206 with one range, or of a 416. ([RFC
    /// 9110 §14.4])
    ///
    /// None for all other answers. A 206 with several ranges has one in each part instead, and so
    /// is told from one with a single range. Only where the representation's
    /// [`complete_length`](Representation::complete_length) is known there is one.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Representation, evaluate};
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let field = |range| evaluate("GET", [("Range", range)], Some(&current)).content_range();
    /// assert_eq!(field("bytes=-100").map(|field| field.to_string()).as_deref(), Some("bytes 900-999/1000"));
    /// assert_eq!(field("bytes=1000-").map(|field| field.to_string()).as_deref(), Some("bytes */1000"));
    /// assert_eq!(field("bytes=0-0,-1"), None);
    /// ```
    ///
    /// [RFC 9110 §14.4]: https://www.rfc-editor.org/rfc/rfc9110#section-14.4
    #[must_use]
    pub fn content_range(&self) -> Option<ContentRange> {
        match self.part {
            Part::One(range) => ContentRange::new(range, Some(self.complete_length)),
            Part::Unsatisfiable => Some(ContentRange::unsatisfied(self.complete_length)),
            _ => None,
        }
    }

    /// Returns the range of a 206 with a single range, which is by far the usual one. ([RFC 9110
    /// §15.3.7.1])
    ///
    /// Returns `None` for all other responses. Of several ranges each is in
    /// [`ranges`](Self::ranges).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{ByteRange, Representation, evaluate};
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
        match self.part {
            Part::One(range) => Some(range),
            _ => None,
        }
    }

    /// Returns the ranges of the 206, one or several, in the order of the request. It is empty for
    /// all other responses.
    ///
    /// `range` is the value of the Range that was evaluated: a decision keeps nothing of what it
    /// has read, so that several ranges are read once more from it. A value that has another
    /// number of satisfiable ranges is another value, and gives no range.
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
    /// assert_eq!(decision.ranges("bytes=0-0").len(), 0, "another value");
    /// ```
    pub fn ranges<'v>(&self, range: &'v (impl AsRef<[u8]> + ?Sized)) -> ByteRanges<'v> {
        match self.part {
            Part::One(range) => ByteRanges::one(range),
            Part::Several(count) => Range::parse(range.as_ref())
                .map(|range| ByteRanges::of(range.specs(), self.complete_length))
                .ok()
                .filter(|ranges| ranges.left == count)
                .unwrap_or(ByteRanges::NONE),
            _ => ByteRanges::NONE,
        }
    }
}
