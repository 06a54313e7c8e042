//! `Content-Range`: which part an answer carries, or that there is none.

use core::fmt;

use crate::byte_range::ByteRange;
use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::octets::Octets;

/// The `Content-Range` response field, for bytes: which part of the whole a 206 carries, or how
/// long the whole is that a 416 carries no part of. ([RFC 9110 §14.4])
///
/// ```abnf
/// Content-Range     = range-unit SP ( range-resp / unsatisfied-range )
/// range-resp        = first-pos "-" last-pos "/" ( complete-length / "*" )
/// unsatisfied-range = "*/" complete-length
/// ```
///
/// A `*` in the place of the complete length says that the sender does not know it. In a multipart
/// answer the field stands in each part, and not in the header section of the answer (§15.3.7.2).
///
/// # Examples
///
/// ```
/// use http_preconditions::{ByteRange, ContentRange};
///
/// let field = ContentRange::parse(b"bytes 42-1233/1234")?;
/// assert_eq!(field.range(), ByteRange::new(42, 1233));
/// assert_eq!(field.complete_length(), Some(1234));
/// assert_eq!(ContentRange::unsatisfied(1234).to_string(), "bytes */1234");
///
/// let error = ContentRange::parse(b"bytes 42-1234/1234").unwrap_err();
/// assert_eq!(error.to_string(), "expected a length that has room for the range at byte 14");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.4]: https://www.rfc-editor.org/rfc/rfc9110#section-14.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentRange {
    range: Option<ByteRange>,
    /// Not none where the range is.
    complete_length: Option<u64>,
}

impl ContentRange {
    /// The octets of the longest value: a buffer of this length is never too small.
    pub const MAX_LENGTH: usize =
        "bytes 18446744073709551614-18446744073709551614/18446744073709551615".len();

    /// Reads a whole field value. Another unit than bytes is an error: what cannot be understood
    /// must not be put together (§14.4).
    ///
    /// # Errors
    ///
    /// - the empty value: a range unit is expected at byte 0; `items 0-1/2`: `bytes` is.
    /// - `bytes=0-1/2`, `bytes  0-1/2`: one space is expected, and then a digit or `*`.
    /// - `bytes 0/2`, `bytes 0-1`, `bytes 0-1/`, `bytes */*`: `-`, `/` or a digit is expected.
    /// - `bytes 1-0/2`: the last position is before the first.
    /// - `bytes 0-2/2`: there are positions 0 and 1 only.
    /// - `bytes 0-1/18446744073709551616`: numbers are below 2^64, last positions below 2^64 - 1.
    pub fn parse(value: &[u8]) -> Result<Self, ParseError> {
        let (range, complete_length) = grammar::whole(value, |text| {
            grammar::complete(grammar::content_range(text))
        })?;
        Ok(Self {
            range: range.and_then(|(first, last)| ByteRange::new(first, last)),
            complete_length,
        })
    }

    /// That this range is carried of a representation of this length, if that is known. None if the
    /// range goes past its end.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{ByteRange, ContentRange};
    ///
    /// let range = ByteRange::new(0, 99).ok_or("100 octets")?;
    /// let of = |length| ContentRange::new(range, length).map(|field| field.to_string());
    /// assert_eq!(of(Some(100)).as_deref(), Some("bytes 0-99/100"));
    /// assert_eq!(of(None).as_deref(), Some("bytes 0-99/*"));
    /// assert_eq!(of(Some(99)), None);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub const fn new(range: ByteRange, complete_length: Option<u64>) -> Option<Self> {
        match complete_length {
            Some(length) if length <= range.last() => None,
            complete_length => Some(Self {
                range: Some(range),
                complete_length,
            }),
        }
    }

    /// That no range which was asked for is satisfiable, and how long the representation is: for a
    /// 416 (§15.5.17).
    #[must_use]
    pub const fn unsatisfied(complete_length: u64) -> Self {
        Self {
            range: None,
            complete_length: Some(complete_length),
        }
    }

    /// Which part is carried; none in a 416.
    #[must_use]
    pub const fn range(&self) -> Option<ByteRange> {
        self.range
    }

    /// How many octets the whole representation has; none if that is not known.
    #[must_use]
    pub const fn complete_length(&self) -> Option<u64> {
        self.complete_length
    }

    /// Writes the field value to the beginning of `buffer`, and returns that part.
    ///
    /// # Errors
    ///
    /// When the buffer is too short; nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::ContentRange;
    ///
    /// let mut buffer = [0; ContentRange::MAX_LENGTH];
    /// assert_eq!(ContentRange::unsatisfied(1000).write_to(&mut buffer)?, b"bytes */1000");
    /// assert_eq!(ContentRange::unsatisfied(1000).write_to(&mut [0; 4]).unwrap_err().needed, 12);
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        self.text().write_to(buffer)
    }

    pub(crate) const fn text(self) -> Octets<{ Self::MAX_LENGTH }> {
        let mut text = Octets::new();
        text.push(*b"bytes ");
        match self.range {
            Some(range) => {
                text.push_decimal(range.first());
                text.push(*b"-");
                text.push_decimal(range.last());
            }
            None => text.push(*b"*"),
        }
        text.push(*b"/");
        match self.complete_length {
            Some(length) => text.push_decimal(length),
            None => text.push(*b"*"),
        }
        text
    }
}

impl fmt::Display for ContentRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_str())
    }
}
