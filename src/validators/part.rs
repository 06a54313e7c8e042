//! The part of a representation that an incomplete response holds.

use super::Validators;
use crate::byte_range::{ByteRange, RangeSpec};
use crate::content_range::ContentRange;
use crate::method::Method;
use crate::range::Range;
use crate::single::Single;

/// How much of the representation is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stored {
    Whole,
    /// A part, where it is known which; and whether the request at hand asks for no more.
    Part {
        range: Option<ContentRange>,
        holds_range: bool,
    },
}

/// One range of octets that a request asks for and an incomplete response holds. ([RFC 9111 §3.3])
///
/// # Examples
///
/// ```
/// use http_preconditions::{Reuse, Validators, evaluate_stored};
///
/// let stored = Validators::from_fields([("Content-Range", "bytes 500-999/2000")]).status(206);
/// let reuse = evaluate_stored("GET", [("Range", "bytes=600-699")], Some(&stored));
/// let Reuse::Part { held, .. } = reuse else { panic!("the part holds it") };
/// assert_eq!(held.content_range().to_string(), "bytes 600-699/2000");
/// assert_eq!((held.offset(), held.range().length()), (100, 100));
///
/// let reuse = evaluate_stored("GET", [("Range", "bytes=600-1000")], Some(&stored));
/// assert_eq!(reuse, Reuse::Forward, "the last octet is missing");
/// ```
///
/// [RFC 9111 §3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-3.3
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HeldRange {
    range: ByteRange,
    content_range: ContentRange,
    offset: u64,
}

impl HeldRange {
    /// Returns the positions of the octets in the whole representation.
    #[must_use]
    pub const fn range(&self) -> ByteRange {
        self.range
    }

    /// Returns where the octets begin in the stored content, in octets from 0. There are as many as
    /// the [range](Self::range) is long.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns the Content-Range of the 206 (RFC 9110 §14.4), with `*` in the place of a complete
    /// length that is not known.
    #[must_use]
    pub const fn content_range(&self) -> ContentRange {
        self.content_range
    }
}

impl Validators<'_> {
    /// Sets the part that is stored of an incomplete response: the Content-Range of a 206, or the
    /// octets that came before a 200 was cut off. ([RFC 9111 §3.3])
    ///
    /// [`from_fields`](Self::from_fields) reads the Content-Range of a 206. Where it is malformed,
    /// comes in two lines that differ, or is that of a 416, the response holds nothing. A request
    /// is answered from the part if it has a single range that lies within it, and is forwarded
    /// otherwise; that several ranges are forwarded is our decision.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{ByteRange, ContentRange, Reuse, Validators, evaluate_stored};
    ///
    /// // A 200 of 1000 octets was cut off after 600.
    /// let part = ByteRange::new(0, 599).and_then(|range| ContentRange::new(range, Some(1000)));
    /// let stored = Validators::new().content_range(part.ok_or("a range of 1000 octets")?);
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
            stored: Stored::Part {
                range: Some(part),
                holds_range: false,
            },
            ..self
        }
    }

    /// Sets that the response is incomplete, and whether it holds all that the request at hand asks
    /// for.
    ///
    /// This is for callers who keep parts in a form of their own. If the response does not hold it,
    /// the request cannot be answered from it, and its tag is not sent for that request (RFC 9111
    /// §3.3, §4.3.1). Where the [part](Self::content_range) is known,
    /// [`evaluate_stored`](crate::evaluate_stored) finds out for itself, and
    /// [`for_request`](Self::for_request) for the other functions.
    #[must_use]
    pub const fn incomplete(self, holds_range: bool) -> Self {
        let range = match self.stored {
            Stored::Whole => None,
            Stored::Part { range, .. } => range,
        };
        Self {
            stored: Stored::Part { range, holds_range },
            ..self
        }
    }

    /// Finds out whether the [part](Self::content_range) that is stored holds all that this request
    /// asks for. ([RFC 9111 §4.3.1])
    ///
    /// [`revalidate`](crate::revalidate), [`revalidate_for`](crate::revalidate_for) and
    /// [`validated`](crate::validated()) pass over a part that does not, and a part that was not
    /// asked. Nothing changes for a complete response, and for a part that is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Validators, revalidate};
    ///
    /// let fields = [("ETag", "\"v1\""), ("Content-Range", "bytes 0-99/1000")];
    /// let stored = Validators::from_fields(fields).status(206);
    /// let sent = |range| revalidate([stored.for_request("GET", [("Range", range)])]).count();
    /// assert_eq!(sent("bytes=0-9"), 1);
    /// assert_eq!(sent("bytes=0-100"), 0, "its tag must not be sent");
    /// ```
    ///
    /// [RFC 9111 §4.3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
    #[must_use]
    pub fn for_request<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        self,
        method: impl Into<Method>,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let Stored::Part { range: Some(_), .. } = self.stored else {
            return self;
        };
        let mut asked = Asked::new(method.into());
        for (name, value) in fields {
            if name.as_ref().eq_ignore_ascii_case(b"Range") {
                asked.line(&self, value.as_ref());
            }
        }
        self.incomplete(asked.held().is_some())
    }

    /// Reports whether the request at hand could be answered from the response.
    pub(crate) const fn holds_range(&self) -> bool {
        match self.stored {
            // Without Content-Range nobody knows which part it is.
            Stored::Whole => self.status != 206,
            Stored::Part { holds_range, .. } => holds_range,
        }
    }

    /// Reports whether the response could be validated for the request at hand.
    pub(crate) const fn is_candidate(&self) -> bool {
        self.holds_range() && self.is_success()
    }

    /// The length that a HEAD of the same version has; `None` if that is not known.
    pub(crate) const fn stored_length(&self) -> Option<Single<u64>> {
        match self.stored {
            Stored::Part {
                range: Some(part), ..
            } => match part.complete_length() {
                Some(length) => Some(Single::Value(length)),
                None => None,
            },
            _ => Some(self.content_length),
        }
    }

    /// The octets that this value of Range asks for, if the part that is stored has them all.
    fn held_range(&self, value: &[u8]) -> Option<HeldRange> {
        let Stored::Part {
            range: Some(part), ..
        } = self.stored
        else {
            return None;
        };
        let complete_length = part.complete_length();
        let mut specs = Range::parse(value).ok()?.specs();
        let (Some(spec), None) = (specs.next(), specs.next()) else {
            return None;
        };
        let range = match (spec, complete_length) {
            (spec, Some(length)) => spec.of(length)?,
            (
                RangeSpec::Int {
                    first,
                    last: Some(last),
                },
                None,
            ) => ByteRange::new(first, last)?,
            // Its end is not known.
            (_, None) => return None,
        };
        let part = part.range()?;
        let offset = range.first().checked_sub(part.first())?;
        let content_range = ContentRange::new(range, complete_length)?;
        (range.last() <= part.last()).then_some(HeldRange {
            range,
            content_range,
            offset,
        })
    }
}

/// The part of a stored response that the lines of Range have asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    has_ranges: bool,
    lines: Single<Option<HeldRange>>,
}

impl Asked {
    pub(crate) const fn new(method: Method) -> Self {
        Self {
            has_ranges: method.has_ranges(),
            lines: Single::Absent,
        }
    }

    /// Takes one line of Range. With a second one both are ignored, and the whole is asked for.
    pub(crate) fn line(&mut self, stored: &Validators<'_>, value: &[u8]) {
        self.lines = match self.lines {
            Single::Absent => Single::Value(stored.held_range(value)),
            _ => Single::Malformed,
        };
    }

    /// Returns the range that is asked for, if a stored part holds it.
    pub(crate) const fn held(&self) -> Option<HeldRange> {
        match self.lines {
            Single::Value(held) if self.has_ranges => held,
            _ => None,
        }
    }
}
