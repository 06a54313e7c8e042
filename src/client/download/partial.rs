//! The verdict on a 206: whether its content continues the held bytes.

use crate::client::download::IncompleteResponse;
use crate::client::download::seen::{Seen, TagSeen};
use crate::client::resume::RangeCondition;
use crate::range::byte_range::ByteRange;
use crate::range::content_range::ContentRange;
use crate::request::if_range::IfRange;
use crate::stored::single_line::SingleLine;

impl IncompleteResponse<'_> {
    /// Compares the fields of a 206 with the held bytes, and returns whether its content may be
    /// appended.
    ///
    /// The request must have had the [fields](Self::fields) of this value. To that request, the
    /// content of a 200 is the whole representation, of another version or of the held one, and
    /// replaces the held bytes. After a 412, which only If-Unmodified-Since brings, discard the
    /// held bytes and request the whole. [`unsatisfied_by`](Self::unsatisfied_by) judges a 416.
    ///
    /// Reads `ETag`, Last-Modified, Content-Encoding, Content-Range, Content-Length and
    /// Content-Type. `ETag`, Last-Modified, Content-Range and Content-Length each count as
    /// unreadable if they have two lines that differ. The version is the same if:
    ///
    /// - after If-Range with a tag, the 206 has that tag, by strong comparison.
    /// - after If-Range with a date, the 206 has that Last-Modified, or neither Last-Modified nor
    ///   `ETag`.
    /// - after If-Unmodified-Since, the 206 has that Last-Modified, and no `ETag` that differs by
    ///   weak comparison. A server without a modification date ignores the condition (§13.1.4), so
    ///   a 206 without Last-Modified proves nothing.
    /// - the content is [verified by a digest](Self::verified_by_digest), and no validator
    ///   contradicts a held one.
    ///
    /// After If-Range, a 206 without Content-Encoding is taken to have the coding of the held bytes,
    /// because a server should not repeat the field then (§15.3.7). Otherwise it has no coding.
    /// Coding names are compared without regard to letter case; `x-gzip` equals `gzip`,
    /// `x-compress` equals `compress` (§8.4.1), and `identity` is no coding.
    pub fn continued_by<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> PartialResponse {
        let mut seen = Seen::new(&self.version, self.content_encoding);
        for (name, value) in fields {
            seen.line(name.as_ref(), value.as_ref());
        }
        self.judge(&seen)
    }

    fn judge(&self, seen: &Seen<'_>) -> PartialResponse {
        if let Some(refused) = self.refuse(seen) {
            return refused;
        }
        // §15.3.7.2: in a multipart response each part has its own Content-Range, and the header
        // section must not have one. If it has one nevertheless, the content is still multipart
        // and cannot be appended.
        if seen.multipart {
            return PartialResponse::Multipart;
        }
        match self.single_part(seen) {
            Ok((_, part)) => self.place(part),
            Err(refused) => refused,
        }
    }

    /// Returns why no part of the response may be put beside the held bytes, or `None`.
    pub(in crate::client) fn refuse(&self, seen: &Seen<'_>) -> Option<PartialResponse> {
        if !self.is_same_version(seen) {
            return Some(PartialResponse::DifferentVersion);
        }
        (!self.is_same_coding(seen)).then_some(PartialResponse::DifferentCoding)
    }

    /// Returns the part that a response with a single part has.
    pub(in crate::client) fn single_part(
        &self,
        seen: &Seen<'_>,
    ) -> Result<(ContentRange, ByteRange), PartialResponse> {
        let field = seen.content_range.value();
        let Some((field, range)) = field.and_then(|field| Some((field, field.range()?))) else {
            return Err(PartialResponse::NoContentRange);
        };
        match seen.content_length {
            SingleLine::Absent => {}
            SingleLine::Value(length) if length == range.length() => {}
            SingleLine::Value(_) | SingleLine::Malformed => {
                return Err(PartialResponse::WrongContentLength);
            }
        }
        let lengths = [self.complete_length, field.complete_length()];
        let differ = matches!(lengths, [Some(held), Some(sent)] if held != sent);
        let needed = range.end().max(self.least_length());
        if differ || lengths.into_iter().flatten().any(|length| length < needed) {
            return Err(PartialResponse::DifferentLength);
        }
        Ok((field, range))
    }

    /// Returns which bytes of a part are the next missing ones.
    fn place(&self, part: ByteRange) -> PartialResponse {
        let skip = self.position().checked_sub(part.first());
        let end = match self.segment {
            Some(segment) => part.end().min(segment.end()),
            None => part.end(),
        };
        let new = end.saturating_sub(self.position());
        match skip {
            Some(skip) if new > 0 => PartialResponse::Append { skip, new },
            _ => PartialResponse::NotAdjacent,
        }
    }

    /// Returns true if the content of the 206 has the coding of the held bytes. §15.3.7: only after
    /// If-Range may a 206 omit Content-Encoding. Otherwise it has all fields of the 200, and one
    /// without Content-Encoding has no coding.
    fn is_same_coding(&self, seen: &Seen<'_>) -> bool {
        let condition = RangeCondition::of(&self.version);
        let may_omit = matches!(condition, Some(RangeCondition::IfRange(_)));
        seen.is_same_coding() || (may_omit && seen.omits_coding())
    }

    /// Returns true if the 206 is of the held version, as far as the condition that was sent tells
    /// (§15.3.7.3).
    fn is_same_version(&self, seen: &Seen<'_>) -> bool {
        if self.verified_by_digest {
            return !seen.contradicts();
        }
        match RangeCondition::of(&self.version) {
            // §15.3.7: a 206 must carry the `ETag` that the 200 would have had.
            Some(RangeCondition::IfRange(IfRange::EntityTag(_))) => {
                seen.etag == SingleLine::Value(TagSeen::Strong)
            }
            // A 206 may omit the date: its status already says that If-Range was true. An `ETag`
            // without a date contradicts that, because the held response had no `ETag`.
            Some(RangeCondition::IfRange(IfRange::HttpDate(_))) => match seen.last_modified {
                SingleLine::Value(same) => same,
                SingleLine::Malformed => false,
                SingleLine::Absent => seen.etag.is_absent(),
            },
            // Here it must not omit the date (§15.3.7), and a server that has none ignores the
            // condition (§13.1.4).
            Some(RangeCondition::IfUnmodifiedSince(_)) => {
                seen.last_modified == SingleLine::Value(true) && !seen.contradicts()
            }
            None => false,
        }
    }
}

/// The verdict on a 206, for a client that requested the missing bytes. ([RFC 9110 §15.3.7])
///
/// Only [`Append`](Self::Append) lets the client append content. After any other verdict, discard
/// the content of the 206 and request the whole representation, without Range. That always works.
///
/// [RFC 9110 §15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartialResponse {
    /// Skip the first `skip` bytes of the content, append the `new` bytes that follow them, and
    /// ignore the rest, which is past the end of a [segment](IncompleteResponse::segment). Bytes
    /// may still be missing afterwards, because a server may send less than was requested.
    Append {
        /// The number of bytes that are held already, or are before the segment; 0 if the part
        /// begins at the first missing byte.
        skip: u64,
        /// The number of bytes that are new, at least 1.
        new: u64,
    },
    /// The part begins after the first missing byte, or has no missing byte.
    NotAdjacent,
    /// The part does not share the strong validator of the held bytes. The two are of different
    /// versions, or it is impossible to know that they are not (§15.3.7.3).
    DifferentVersion,
    /// The validator is the same, but the complete lengths differ, or the part, the held bytes or
    /// the segment extend past one of them. The server uses one validator for two versions, so no
    /// byte of the part can be trusted.
    DifferentLength,
    /// The content coding differs from that of the held bytes, so the bytes do not belong
    /// together although the validators are the same. An intermediary has coded the part, or the
    /// server uses one tag for several codings (§8.8.3.3).
    DifferentCoding,
    /// Content-Length is unreadable or is not the length of the range: the content is not the
    /// part that Content-Range describes (§8.6).
    WrongContentLength,
    /// The content is multipart. A server must not send that to a request for one range
    /// (§15.3.7.2).
    Multipart,
    /// The position of the part is unknown: Content-Range is absent or malformed, has a unit
    /// other than bytes, or is that of a 416 (§14.4, §15.3.7).
    NoContentRange,
}
