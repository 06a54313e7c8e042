//! The end of the way from a Range to 206 or 416: what a decision carries once it is known how long
//! the representation is.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::byte_range::ByteRange;
use crate::content_range::ContentRange;
use crate::decision::Decision;
use crate::grammar;
use crate::range::{Range, RangeSpecs};
use crate::representation::Representation;
use crate::resolution::{ByteRanges, RangeLimits, Resolution};

/// What the lines of Range come to, without the value that they were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// There is no line.
    Absent,
    /// The whole is sent.
    Ignored,
    /// It is one line in bytes; how many there are in all, nobody has said.
    Unknown,
    One(ByteRange),
    /// As many as this.
    Several(u32),
    Unsatisfiable,
}

impl Part {
    /// Takes one more line. A second one makes both ignored, since Range has a single value.
    pub(crate) fn line(&mut self, value: &[u8], length: Option<&Length>) {
        match (&self, length) {
            (Self::Absent, Some(length)) => {
                (length.resolve)(self, value, length);
            }
            (Self::Absent, None) if grammar::is_bytes(value) => *self = Self::Unknown,
            _ => *self = Self::Ignored,
        }
    }

    fn of(value: &[u8], complete_length: u64, limits: RangeLimits) -> Self {
        // §14.2 allows to ignore an invalid Range, and so does everybody.
        let Ok(range) = Range::parse(value) else {
            return Self::Ignored;
        };
        match range.resolve(complete_length, limits) {
            Resolution::Partial(mut ranges) => match (ranges.left, ranges.next()) {
                (1, Some(range)) => Self::One(range),
                (count, _) => Self::Several(count),
            },
            Resolution::Unsatisfiable => Self::Unsatisfiable,
            Resolution::Ignored => Self::Ignored,
        }
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
/// Only [`Representation::complete_length_within`] names that function. In a program that never
/// says a length nothing refers to it, and no part of it is linked.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub(crate) octets: u64,
    limits: RangeLimits,
    // By reference, so that no other `Part` is on the stack.
    resolve: fn(&mut Part, &[u8], &Self),
}

impl PartialEq for Length {
    fn eq(&self, other: &Self) -> bool {
        (self.octets, self.limits) == (other.octets, other.limits)
    }
}

impl Eq for Length {}

impl Hash for Length {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.octets, self.limits).hash(state);
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.octets.fmt(f)
    }
}

impl Representation<'_> {
    /// The same with this many octets in all, so that a Range can be answered to the end:
    /// [`Decision::status`] is then 206 or 416 where the Range asks for it.
    ///
    /// It is the length of what a 200 would carry, content coding included, which is its
    /// Content-Length.
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
    /// assert_eq!(status("bytes=5-4"), 200, "an invalid Range is ignored");
    /// ```
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        self.complete_length_within(octets, RangeLimits::new())
    }

    /// The same with these limits to what a Range may ask for before it is ignored.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{RangeLimits, Representation, evaluate};
    ///
    /// // A device that sends no multipart.
    /// let current = Representation::new().complete_length_within(1000, RangeLimits::new().count(1));
    /// let status = |range| evaluate("GET", [("Range", range)], Some(&current)).status();
    /// assert_eq!(status("bytes=-500"), 206);
    /// assert_eq!(status("bytes=0-0,-1"), 200);
    /// ```
    #[must_use]
    pub const fn complete_length_within(self, octets: u64, limits: RangeLimits) -> Self {
        let length = Length {
            octets,
            limits,
            resolve: |part, value, length| *part = Part::of(value, length.octets, length.limits),
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

    /// The ranges of the 206, one or several, in the order of the request; none for all other
    /// answers.
    ///
    /// `range` is the value of the Range that was evaluated: a decision keeps nothing of what it
    /// has read, so that several ranges are read once more from it. From another value come other
    /// ranges, which no limits were applied to.
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
    /// ```
    pub fn ranges<'v>(&self, range: &'v (impl AsRef<[u8]> + ?Sized)) -> ByteRanges<'v> {
        let count = match self.part {
            Part::One(_) => 1,
            Part::Several(count) => count,
            _ => 0,
        };
        let specs = Range::parse(range.as_ref()).map_or(RangeSpecs::NONE, |range| range.specs());
        ByteRanges::new(specs, self.complete_length, count)
    }
}
