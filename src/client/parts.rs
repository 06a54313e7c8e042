//! The verdict on a 206 to a request for several ranges, and what its parts hold.

use crate::client::download::IncompleteResponse;
use crate::client::download::partial::PartialResponse;
use crate::client::download::seen::Seen;
use crate::client::multipart::{Boundary, MultipartReader};
use crate::range::byte_range::{ByteRange, RangeSpec};
use crate::range::content_range::ContentRange;
use crate::stored::single_line::SingleLine;

impl IncompleteResponse<'_> {
    /// Compares the fields of a 206 with the held version, and returns how to read its parts.
    /// ([RFC 9110 §15.3.7.2])
    ///
    /// For a request with several ranges under the condition of
    /// [`resume_several`](crate::client::ResponseValidators::resume_several). The version, the
    /// coding and the lengths are compared as in [`continued_by`](Self::continued_by). The number
    /// of held bytes and the segment do not say where a part belongs: [`ContentRange::requested`]
    /// does.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{
    ///     IncompleteResponse, PartialResponse, PartsResponse, ResponseValidators,
    /// };
    ///
    /// let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    /// let held = IncompleteResponse::new(version, 0).complete_length(1000);
    /// let answer = |tag| [("ETag", tag), ("Content-Type", "multipart/byteranges; boundary=b")];
    /// assert!(matches!(held.parts(answer("\"v1\"")), PartsResponse::Multipart(_)));
    /// let refused = PartsResponse::Refused(PartialResponse::DifferentVersion);
    /// assert_eq!(held.parts(answer("\"v2\"")), refused);
    /// ```
    ///
    /// [RFC 9110 §15.3.7.2]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.2
    pub fn parts<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> PartsResponse {
        let mut seen = Seen::new(&self.version, self.content_encoding);
        let mut boundary = SingleLine::Absent;
        for (name, value) in fields {
            seen.line(name.as_ref(), value.as_ref());
            if name.as_ref().eq_ignore_ascii_case(b"Content-Type") {
                boundary.line(Boundary::parse(value.as_ref()).ok());
            }
        }
        if let Some(refused) = self.refuse(&seen) {
            return PartsResponse::Refused(refused);
        }
        if seen.multipart {
            let Some(boundary) = boundary.value() else {
                return PartsResponse::NoBoundary;
            };
            let reader = MultipartReader::with_boundary(boundary);
            let reader = reader.least_length(self.least_length());
            return PartsResponse::Multipart(match self.complete_length {
                Some(length) => reader.complete_length(length),
                None => reader,
            });
        }
        match self.single_part(&seen) {
            Ok((field, _)) => PartsResponse::Single(field),
            Err(refused) => PartsResponse::Refused(refused),
        }
    }
}

/// The verdict on a 206, for a client that requested several ranges. ([RFC 9110 §15.3.7])
///
/// After [`Refused`](Self::Refused) and [`NoBoundary`](Self::NoBoundary), discard the content of
/// the 206 and request the whole representation, without Range.
///
/// [RFC 9110 §15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartsResponse {
    /// The content is one part, with this Content-Range, which has a range. A server may send that
    /// if only one range is satisfiable, or if it combines them (§15.3.7.2).
    Single(ContentRange),
    /// The content has several parts: read them with this reader.
    Multipart(MultipartReader),
    /// The content has several parts, and it is not known where one ends: Content-Type has no
    /// readable boundary, or two lines that differ.
    NoBoundary,
    /// No part may be used. The verdict is not [`Append`](PartialResponse::Append),
    /// [`NotAdjacent`](PartialResponse::NotAdjacent) or
    /// [`Multipart`](PartialResponse::Multipart).
    Refused(PartialResponse),
}

impl ContentRange {
    /// Returns what this part holds of the ranges that were requested, in the order of the request.
    /// ([RFC 9110 §15.3.7.2])
    ///
    /// A part may hold several ranges, because a server may combine them, and a range may be in
    /// several parts. The iterator is empty for a part that nobody requested: ignore its content.
    /// If the complete length of the part is not known, set it with [`ContentRange::new`]:
    /// otherwise no suffix range is found, and no range to the end is whole.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::{ByteRange, ContentRange, RangeSpec};
    ///
    /// let requested = [RangeSpec::Int { first: 0, last: Some(99) }, RangeSpec::Suffix(100)];
    /// let part = ContentRange::parse(b"bytes 850-999/1000")?;
    /// let last = part.requested(requested).next().ok_or("the last 100")?;
    /// assert_eq!((last.index(), last.offset(), last.is_whole()), (1, 50, true));
    /// assert_eq!(Some(last.range()), ByteRange::new(900, 999));
    ///
    /// let part = ContentRange::parse(b"bytes 400-499/1000")?;
    /// assert_eq!(part.requested(requested).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// [RFC 9110 §15.3.7.2]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.2
    pub fn requested<R: IntoIterator<Item = RangeSpec>>(
        self,
        ranges: R,
    ) -> impl Iterator<Item = RequestedRange> + use<R> {
        let ranges = ranges.into_iter().enumerate();
        ranges.filter_map(move |(index, spec)| {
            let part = self.range()?;
            let (first, last) = positions(spec, self.complete_length())?;
            let end = last.unwrap_or(part.last());
            let range = ByteRange::new(first.max(part.first()), end.min(part.last()))?;
            Some(RequestedRange {
                index,
                range,
                offset: range.first().checked_sub(part.first())?,
                is_whole: range.first() == first && last == Some(range.last()),
            })
        })
    }
}

/// Returns the positions of a requested range: the first and, if it is known, the last.
fn positions(spec: RangeSpec, complete_length: Option<u64>) -> Option<(u64, Option<u64>)> {
    if let Some(length) = complete_length {
        let range = spec.resolve(length)?;
        return Some((range.first(), Some(range.last())));
    }
    match spec {
        RangeSpec::Int { first, last } => Some((first, last)),
        RangeSpec::Suffix(_) => None,
    }
}

/// A requested range in a part: see [`ContentRange::requested`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestedRange {
    index: usize,
    range: ByteRange,
    offset: u64,
    is_whole: bool,
}

impl RequestedRange {
    /// Returns the place of the range in the request, counted from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Returns the positions that the part holds of the range, in the representation.
    #[must_use]
    pub const fn range(&self) -> ByteRange {
        self.range
    }

    /// Returns the number of bytes in the content of the part before these positions.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns true if the part holds all of the range. False if the range goes to the end and the
    /// complete length is not known.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }
}
