//! Downloads that were cut: what the client holds, and the request to send next.

pub(crate) mod partial;
pub(super) mod seen;
pub(crate) mod unsatisfied;

use core::cmp::Ordering;

use crate::range::byte_range::{ByteRange, RangeSpec};
use crate::request::field_value::RequestField;
use crate::stored::validators::ResponseValidators;

use crate::client::resume::{RangeCondition, range_field};

/// The beginning of a representation, or of a segment of it, which a client holds because the
/// transfer was cut. ([RFC 9110 §15.3.7.3], [RFC 9111 §3.4])
///
/// # Examples
///
/// ```
/// use http_preconditions::client::{IncompleteResponse, PartialResponse, ResponseValidators};
///
/// // A 200 with `ETag: "v1"` and `Content-Length: 1000` broke off after 600 bytes.
/// let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
/// let held = IncompleteResponse::new(version, 600).complete_length(1000);
/// let fields: Vec<_> = held.fields().map(|field| field.to_string()).collect();
/// assert_eq!(fields, ["Range: bytes=600-", "If-Range: \"v1\""]);
///
/// let answer = [("ETag", "\"v1\""), ("Content-Range", "bytes 600-999/1000")];
/// assert_eq!(held.continued_by(answer), PartialResponse::Append { skip: 0, new: 400 });
/// let answer = [("ETag", "\"v2\""), ("Content-Range", "bytes 600-999/1000")];
/// assert_eq!(held.continued_by(answer), PartialResponse::DifferentVersion);
/// ```
///
/// [RFC 9110 §15.3.7.3]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.3
/// [RFC 9111 §3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-3.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IncompleteResponse<'a> {
    pub(super) version: ResponseValidators<'a>,
    octets: u64,
    segment: Option<ByteRange>,
    pub(super) complete_length: Option<u64>,
    pub(super) content_encoding: &'a [u8],
    verified_by_digest: bool,
}

impl<'a> IncompleteResponse<'a> {
    /// Creates an incomplete response that holds the first `octets` bytes of `version`.
    ///
    /// `version` has the validators of the response that brought the bytes. Its date counts only
    /// if it [is strong](ResponseValidators::strong_last_modified) (§8.8.2.2). Its status, its
    /// Content-Length and its Content-Range do not count: set
    /// [`complete_length`](Self::complete_length) and [`segment`](Self::segment).
    ///
    /// Count the bytes after the transfer coding is removed and before the content coding is
    /// removed (§8.4, §14.2). Positions in a Range are positions in the coded content, so a
    /// client that stores only decoded content cannot resume. If the response had a
    /// Content-Encoding, set it with [`content_encoding`](Self::content_encoding).
    #[must_use]
    pub const fn new(version: ResponseValidators<'a>, octets: u64) -> Self {
        Self {
            version,
            octets,
            segment: None,
            complete_length: None,
            content_encoding: &[],
            verified_by_digest: false,
        }
    }

    /// Sets the value of the Content-Encoding field of the response that brought the bytes. ([RFC
    /// 9110 §8.4])
    ///
    /// Join several field lines with commas. By default the held bytes have no content coding. Do
    /// not set Transfer-Encoding here: it belongs to the connection.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{IncompleteResponse, PartialResponse, ResponseValidators};
    ///
    /// let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    /// let plain = IncompleteResponse::new(version, 600);
    /// let coded = plain.content_encoding(b"gzip");
    /// let answer = [
    ///     ("ETag", "\"v1\""),
    ///     ("Content-Encoding", "x-gzip"),
    ///     ("Content-Range", "bytes 600-999/1000"),
    /// ];
    /// assert_eq!(coded.continued_by(answer), PartialResponse::Append { skip: 0, new: 400 });
    /// assert_eq!(plain.continued_by(answer), PartialResponse::DifferentCoding);
    /// ```
    ///
    /// [RFC 9110 §8.4]: https://www.rfc-editor.org/rfc/rfc9110#section-8.4
    #[must_use]
    pub const fn content_encoding(self, value: &'a [u8]) -> Self {
        Self {
            content_encoding: value,
            ..self
        }
    }

    /// Sets the complete length of the representation in bytes: the Content-Length of a 200, or
    /// the complete length in the Content-Range of a 206.
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        Self {
            complete_length: Some(octets),
            ..self
        }
    }

    /// Sets the segment of the representation that this download is to fill. The held bytes are
    /// then the first bytes of the segment, and none may be held yet. ([RFC 9110 §14.1.2])
    ///
    /// Use this to download a file over several connections, each with a segment of its own. All
    /// segments must have the validators of one response: take them from the first response, and
    /// not from the response to each segment. If one segment must [restart](Resume::Restart) or is
    /// refused, discard the bytes of all segments. The segment must lie within the representation.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{IncompleteResponse, PartialResponse, ResponseValidators};
    /// use http_preconditions::range::ByteRange;
    ///
    /// let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    /// let second = ByteRange::new(250, 499).ok_or("the second of four")?;
    /// let held = IncompleteResponse::new(version, 100).segment(second).complete_length(1000);
    /// let fields: Vec<_> = held.fields().map(|field| field.to_string()).collect();
    /// assert_eq!(fields, ["Range: bytes=350-499", "If-Range: \"v1\""]);
    ///
    /// let answer = |content_range| [("ETag", "\"v1\""), ("Content-Range", content_range)];
    /// let rest = held.continued_by(answer("bytes 350-499/1000"));
    /// assert_eq!(rest, PartialResponse::Append { skip: 0, new: 150 });
    /// let third = held.continued_by(answer("bytes 500-749/1000"));
    /// assert_eq!(third, PartialResponse::NotAdjacent);
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// [RFC 9110 §14.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
    #[must_use]
    pub const fn segment(self, segment: ByteRange) -> Self {
        Self {
            segment: Some(segment),
            ..self
        }
    }

    /// Sets that you verify the content by a digest, so that it is resumed without a strong
    /// validator too.
    ///
    /// You vouch for this: you know a cryptographic digest of the whole content, with its coding,
    /// from a source other than these responses. You compute the digest of the whole after the
    /// last byte, show no byte before that, and discard all bytes if the digest differs. Without
    /// the digest, parts of two versions become one file, which RFC 9110 §15.3.7.3 forbids.
    ///
    /// [`fields`](Self::fields) then has Range even if no condition can stand beside it.
    /// [`continued_by`](Self::continued_by) compares positions, lengths and codings as ever, and
    /// refuses a 206 only if its validators contradict the held ones: both have an `ETag`, and the
    /// two differ by weak comparison, or both have a Last-Modified, and the two differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{IncompleteResponse, PartialResponse, ResponseValidators, Resume};
    ///
    /// let version = ResponseValidators::from_fields([("ETag", "W/\"v1\"")]);
    /// let held = IncompleteResponse::new(version, 600);
    /// assert_eq!(held.next_request(), Resume::Restart);
    ///
    /// let held = held.verified_by_digest();
    /// let fields: Vec<_> = held.fields().map(|field| field.to_string()).collect();
    /// assert_eq!(fields, ["Range: bytes=600-"]);
    /// let answer = |tag| [("ETag", tag), ("Content-Range", "bytes 600-999/1000")];
    /// let same = held.continued_by(answer("W/\"v1\""));
    /// assert_eq!(same, PartialResponse::Append { skip: 0, new: 400 });
    /// assert_eq!(held.continued_by(answer("W/\"v2\"")), PartialResponse::DifferentVersion);
    /// ```
    #[must_use]
    pub const fn verified_by_digest(self) -> Self {
        Self {
            verified_by_digest: true,
            ..self
        }
    }

    /// Returns the request to send next:
    ///
    /// - [`Resume::Complete`] if the number of held bytes is that of the segment, or of the
    ///   representation if there is no segment.
    /// - [`Resume::Restart`] if no byte is held and there is no segment, if the version has no
    ///   strong validator and is not [verified by a digest](Self::verified_by_digest), if more
    ///   bytes are held than there are, or if the segment extends past the complete length.
    /// - [`Resume::Range`] in all other cases, from the first missing byte to the last position of
    ///   the segment, or to the end.
    #[must_use]
    pub fn next_request(&self) -> Resume {
        match self.wanted().map(|wanted| wanted.cmp(&self.octets)) {
            _ if self.is_past_the_end() => return Resume::Restart,
            Some(Ordering::Equal) => return Resume::Complete,
            // More bytes are held than exist: the held bytes or the length are wrong.
            Some(Ordering::Less) => return Resume::Restart,
            Some(Ordering::Greater) | None => {}
        }
        let is_nothing = self.octets == 0 && self.segment.is_none();
        if is_nothing || !self.may_request_range() {
            return Resume::Restart;
        }
        Resume::Range(RangeSpec::Int {
            first: self.position(),
            last: self.segment.map(|segment| segment.last()),
        })
    }

    /// Returns the fields of the [next request](Self::next_request): Range with a condition, or
    /// nothing if the request has no Range or is not needed.
    ///
    /// The condition is that of [`resume`](ResponseValidators::resume). Without a strong validator
    /// there is none, which only a client that [verifies a digest](Self::verified_by_digest) may
    /// do.
    pub fn fields(&self) -> impl Iterator<Item = RequestField<'a>> + use<'a> {
        let (range, condition) = match self.next_request() {
            Resume::Range(range) => (Some(range_field(range)), RangeCondition::of(&self.version)),
            Resume::Complete | Resume::Restart => (None, None),
        };
        let condition = condition.map(RangeCondition::field);
        [range, condition].into_iter().flatten()
    }

    /// Returns true if the bytes of a range may be put beside the held ones.
    fn may_request_range(&self) -> bool {
        self.verified_by_digest || RangeCondition::of(&self.version).is_some()
    }

    /// Returns the number of bytes that are held when the download is complete, or `None` if it is
    /// not known.
    fn wanted(&self) -> Option<u64> {
        match self.segment {
            Some(segment) => Some(segment.length()),
            None => self.complete_length,
        }
    }

    /// Returns the position of the first missing byte. It saturates only if more bytes are held
    /// than any representation has.
    fn position(&self) -> u64 {
        let first = self.segment.map_or(0, |segment| segment.first());
        first.saturating_add(self.octets)
    }

    /// Returns the number of bytes that the representation has at least: up to the end of the held
    /// bytes and of the segment.
    pub(super) fn least_length(&self) -> u64 {
        let segment_end = self.segment.map_or(0, |segment| segment.end());
        segment_end.max(self.position())
    }

    /// Returns true if the segment extends past the complete length.
    fn is_past_the_end(&self) -> bool {
        let end = self.segment.map(|segment| segment.end());
        matches!((end, self.complete_length), (Some(end), Some(length)) if end > length)
    }
}

/// The request that a client sends after a transfer was cut. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a client asks for all, for a part or not at all"
)]
pub enum Resume {
    /// Send no request: all bytes are held.
    Complete,
    /// Discard the held bytes, and request the whole representation, without Range. Either no
    /// byte is held, or the held bytes have no strong validator and no part may be appended to
    /// them (§15.3.7.3), or the number of held bytes exceeds the length.
    Restart,
    /// Send this range as Range, with the condition of [`IncompleteResponse::fields`].
    Range(RangeSpec),
}
