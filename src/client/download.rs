//! Downloads that were cut: the request to send next, and whether a 206 continues the held bytes.

mod seen;

use core::cmp::Ordering;

use crate::range::byte_range::RangeSpec;
use crate::representation::Representation;
use crate::request::if_range::IfRange;
use crate::stored::single_line::SingleLine;

use seen::Seen;

/// The beginning of a representation, which a client holds because the transfer was cut. ([RFC
/// 9110 §15.3.7.3], [RFC 9111 §3.4])
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Representation, client::{PartialResponse, IncompleteResponse, Resume}};
///
/// // A 200 with `ETag: "v1"` and `Content-Length: 1000` broke off after 600 bytes.
/// let version = Representation::new().etag(EntityTag::from_static("\"v1\""));
/// let held = IncompleteResponse::new(version, 600).complete_length(1000);
/// let Resume::Range(range) = held.next_request() else { panic!("the tag is strong") };
/// assert_eq!(range.to_string(), "bytes=600-"); // as Range, with `If-Range: "v1"`
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
    version: Representation<'a>,
    octets: u64,
    complete_length: Option<u64>,
    content_encoding: &'a [u8],
}

impl<'a> IncompleteResponse<'a> {
    /// Creates an incomplete response that holds the first `octets` bytes of `version`.
    ///
    /// `version` has the validators of the response that brought the bytes: its `ETag` and its
    /// Last-Modified. The date counts only if it is [set as
    /// strong](Representation::strong_last_modified) (§8.8.2.2).
    /// [`ResponseValidators::representation`](crate::client::ResponseValidators::representation)
    /// makes `version` from received fields.
    ///
    /// Count the bytes after the transfer coding is removed and before the content coding is
    /// removed (§8.4, §14.2). Positions in a Range are positions in the coded content, so a
    /// client that stores only decoded content cannot resume. If the response had a
    /// Content-Encoding, set it with [`content_encoding`](Self::content_encoding).
    #[must_use]
    pub const fn new(version: Representation<'a>, octets: u64) -> Self {
        Self {
            version,
            octets,
            complete_length: None,
            content_encoding: &[],
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
    /// use http_preconditions::{EntityTag, Representation, client::{PartialResponse, IncompleteResponse}};
    ///
    /// let version = Representation::new().etag(EntityTag::from_static("\"v1\""));
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

    /// Returns the request to send next:
    ///
    /// - [`Resume::Complete`] if the number of held bytes equals the complete length.
    /// - [`Resume::Restart`] if no byte is held, if the version has no strong validator, or if
    ///   the number of held bytes exceeds the complete length.
    /// - [`Resume::Range`] in all other cases, from the first missing byte to the end.
    #[must_use]
    pub fn next_request(&self) -> Resume {
        match self.complete_length.map(|length| length.cmp(&self.octets)) {
            Some(Ordering::Equal) => return Resume::Complete,
            // More bytes are held than exist: the held bytes or the length are wrong.
            Some(Ordering::Less) => return Resume::Restart,
            Some(Ordering::Greater) | None => {}
        }
        if self.octets == 0 || self.version.strong_validator().is_none() {
            return Resume::Restart;
        }
        Resume::Range(RangeSpec::Int {
            first: self.octets,
            last: None,
        })
    }

    /// Compares the fields of a 206 with the held bytes, and returns whether its content may be
    /// appended.
    ///
    /// The request must have had the range of [`Resume::Range`] as Range, and the [strong
    /// validator](Representation::strong_validator) as If-Range. To that request, the content of
    /// a 200 is the whole representation, of another version or of the held one, and replaces the
    /// held bytes. After a 416, the held bytes are either the whole representation or not the
    /// beginning of the current one.
    ///
    /// Reads `ETag`, Last-Modified, Content-Encoding, Content-Range, Content-Length and
    /// Content-Type. `ETag`, Last-Modified, Content-Range and Content-Length each count as
    /// unreadable if they have two lines that differ. A 206 without Content-Encoding is taken to
    /// have the coding of the held bytes, because a server should not repeat the field after
    /// If-Range (§15.3.7). Coding names are compared without regard to letter case; `x-gzip`
    /// equals `gzip`, `x-compress` equals `compress` (§8.4.1), and `identity` is no coding.
    pub fn continued_by<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> PartialResponse {
        let mut seen = Seen::new(self.version, self.content_encoding);
        for (name, value) in fields {
            seen.line(name.as_ref(), value.as_ref());
        }
        self.judge(&seen)
    }

    fn judge(&self, seen: &Seen<'_>) -> PartialResponse {
        if !self.is_same_version(seen) {
            return PartialResponse::DifferentVersion;
        }
        if !seen.is_same_coding() {
            return PartialResponse::DifferentCoding;
        }
        // §15.3.7.2: in a multipart response each part has its own Content-Range, and the header
        // section must not have one. If it has one nevertheless, the content is still multipart
        // and cannot be appended.
        if seen.multipart {
            return PartialResponse::Multipart;
        }
        let field = seen.content_range.value();
        let Some((field, range)) = field.and_then(|field| Some((field, field.range()?))) else {
            return PartialResponse::NoContentRange;
        };
        match seen.content_length {
            SingleLine::Absent => {}
            SingleLine::Value(length) if length == range.length() => {}
            SingleLine::Value(_) | SingleLine::Malformed => {
                return PartialResponse::WrongContentLength;
            }
        }
        let lengths = [self.complete_length, field.complete_length()];
        let differ = matches!(lengths, [Some(held), Some(sent)] if held != sent);
        let needed = range.end().max(self.octets);
        if differ || lengths.into_iter().flatten().any(|length| length < needed) {
            return PartialResponse::DifferentLength;
        }
        let skip = self.octets.checked_sub(range.first());
        let new = range.end().saturating_sub(self.octets);
        match skip {
            Some(skip) if new > 0 => PartialResponse::Append { skip, new },
            _ => PartialResponse::NotAdjacent,
        }
    }

    /// Returns true if the 206 shares the strong validator that was sent as If-Range (§15.3.7.3).
    fn is_same_version(&self, seen: &Seen<'_>) -> bool {
        match self.version.strong_validator() {
            // §15.3.7: a 206 must carry the `ETag` that the 200 would have had.
            Some(IfRange::EntityTag(_)) => seen.etag == Some(true),
            // A 206 may omit the date: its status already says that If-Range was true. An `ETag`
            // without a date contradicts that, because the held response had no `ETag`.
            Some(IfRange::HttpDate(_)) => match seen.last_modified {
                Some(same) => same,
                None => seen.etag.is_none(),
            },
            None => false,
        }
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
    /// them (§15.3.7.3), or the number of held bytes exceeds the complete length.
    Restart,
    /// Send this range as Range, and the [strong validator](Representation::strong_validator) as
    /// If-Range. A server that has another version then sends the whole of that version.
    Range(RangeSpec),
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
    /// Skip the first `skip` bytes of the content, which are held already, and append the `new`
    /// bytes that follow them. Bytes may still be missing afterwards, because a server may send
    /// less than was requested.
    Append {
        /// The number of bytes that are held already; 0 if the part begins at the first missing
        /// byte.
        skip: u64,
        /// The number of bytes that are new, at least 1.
        new: u64,
    },
    /// The part begins after the first missing byte, or has only bytes that are held already.
    NotAdjacent,
    /// The part does not share the strong validator of the held bytes. The two are of different
    /// versions, or it is impossible to know that they are not (§15.3.7.3).
    DifferentVersion,
    /// The validator is the same, but the complete lengths differ, or the part or the held bytes
    /// extend past one of them. The server uses one validator for two versions, so no byte of the
    /// part can be trusted.
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
