//! Finds the range that a request asks for in the stored part of a representation. (RFC 9111
//! §3.3)

use crate::range::byte_range::{ByteRange, RangeSpec};
use crate::range::specifier::Range;
use crate::request::method::Method;
use crate::stored::single_line::SingleLine;
use crate::stored::validators::{Extent, ResponseValidators};

/// A range of bytes that a request asks for and an incomplete stored response holds.
#[derive(Clone, Copy)]
pub(crate) struct HeldRange {
    /// The positions of the bytes in the complete representation.
    pub(crate) range: ByteRange,
    /// The offset of the first byte in the stored content.
    pub(crate) offset: u64,
    pub(crate) complete_length: Option<u64>,
}

impl ResponseValidators<'_> {
    /// Sets whether the stored [part](Self::content_range) holds all bytes that this request asks
    /// for. ([RFC 9111 §4.3.1])
    ///
    /// Call this before you pass a part to [`revalidate`](crate::client::revalidate), which skips a
    /// part that lacks some of the bytes, and a part for which this function was not called.
    /// [`Validation`](crate::cache::Validation) calls this function itself. It does not change a
    /// complete response, or a response whose part is unknown.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{ResponseValidators, revalidate};
    ///
    /// let fields = [("ETag", "\"v1\""), ("Content-Range", "bytes 0-99/1000")];
    /// let stored = ResponseValidators::from_fields(fields).status(206);
    /// let sent = |range| revalidate([stored.for_request("GET", [("Range", range)])]).count();
    /// assert_eq!(sent("bytes=0-9"), 1);
    /// assert_eq!(sent("bytes=0-100"), 0, "byte 100 is not stored: its tag must not be sent");
    /// ```
    ///
    /// [RFC 9111 §4.3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
    #[must_use]
    pub fn for_request<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        self,
        method: impl Into<Method>,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let Extent::Part { range: Some(_), .. } = self.extent else {
            return self;
        };
        self.for_range(Asked::of(method.into(), fields).range())
    }

    /// Sets whether the stored part holds all of this range, or of the complete representation for
    /// `None`.
    pub(crate) fn for_range(self, range: Option<RangeSpec>) -> Self {
        match self.extent {
            Extent::Part { range: Some(_), .. } => {
                self.incomplete(range.is_some_and(|range| self.held_range(range).is_some()))
            }
            _ => self,
        }
    }

    /// Returns the bytes of this range, if the stored part holds all of them.
    pub(crate) fn held_range(&self, spec: RangeSpec) -> Option<HeldRange> {
        let Extent::Part {
            range: Some(part), ..
        } = self.extent
        else {
            return None;
        };
        let complete_length = part.complete_length();
        let range = match (spec, complete_length) {
            (spec, Some(length)) => spec.resolve(length)?,
            (
                RangeSpec::Int {
                    first,
                    last: Some(last),
                },
                None,
            ) => ByteRange::new(first, last)?,
            // An open range or a suffix ends at the complete length, which is unknown.
            (_, None) => return None,
        };
        let part = part.range()?;
        let offset = range.first().checked_sub(part.first())?;
        (range.last() <= part.last()).then_some(HeldRange {
            range,
            offset,
            complete_length,
        })
    }
}

/// The range that the Range lines of one request ask for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    has_ranges: bool,
    lines: SingleLine<Option<RangeSpec>>,
}

impl Asked {
    /// Creates the state before the first line of Range.
    pub(crate) const fn new(method: Method) -> Self {
        Self {
            has_ranges: method.has_ranges(),
            lines: SingleLine::Absent,
        }
    }

    /// Takes the lines of Range among all fields of a request.
    pub(crate) fn of<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        method: Method,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut asked = Self::new(method);
        for (name, value) in fields {
            if name.as_ref().eq_ignore_ascii_case(b"Range") {
                asked.line(value.as_ref());
            }
        }
        asked
    }

    /// Takes one line of Range. If a second line comes, both are ignored: the request then asks
    /// for the complete representation.
    pub(crate) fn line(&mut self, value: &[u8]) {
        self.lines = match self.lines {
            SingleLine::Absent => SingleLine::Value(single(value)),
            _ => SingleLine::Malformed,
        };
    }

    /// Returns the range that the request asks for, or `None` if it asks for the complete
    /// representation or for several ranges.
    pub(crate) const fn range(&self) -> Option<RangeSpec> {
        match self.lines {
            SingleLine::Value(range) if self.has_ranges => range,
            _ => None,
        }
    }
}

/// Returns the range of this value of Range, if it is the only one.
fn single(range: &[u8]) -> Option<RangeSpec> {
    let mut specs = Range::parse(range).ok()?.specs();
    match (specs.next(), specs.next()) {
        (Some(spec), None) => Some(spec),
        _ => None,
    }
}
