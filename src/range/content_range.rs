//! `Content-Range`: the part that a 206 carries, or the complete length in a 416.

use core::fmt;

use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::grammar::buffer::Buffer;
use crate::range::byte_range::ByteRange;

/// The `Content-Range` response field in bytes: the part of the representation that a 206
/// carries, or the complete length that a 416 reports. ([RFC 9110 §14.4])
///
/// ```abnf
/// Content-Range     = range-unit SP ( range-resp / unsatisfied-range )
/// range-resp        = first-pos "-" last-pos "/" ( complete-length / "*" )
/// unsatisfied-range = "*/" complete-length
/// ```
///
/// A `*` in the place of the complete length means that the sender does not know the length. In a
/// multipart response each part has the field, and the header section does not (§15.3.7.2).
///
/// # Examples
///
/// ```
/// use http_preconditions::range::{ByteRange, ContentRange};
///
/// let field = ContentRange::parse(b"bytes 42-1233/1234")?;
/// assert_eq!(field.range(), ByteRange::new(42, 1233));
/// assert_eq!(field.complete_length(), Some(1234));
/// assert_eq!(ContentRange::unsatisfied(1234).to_string(), "bytes */1234");
///
/// let error = ContentRange::parse(b"bytes 42-1234/1234").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "expected a complete length greater than the last position at byte 14"
/// );
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.4]: https://www.rfc-editor.org/rfc/rfc9110#section-14.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentRange {
    range: Option<ByteRange>,
    /// `Some` if `range` is `None`.
    complete_length: Option<u64>,
}

impl ContentRange {
    /// The length of the longest value in bytes. A buffer of this length is never too short.
    pub const MAX_LENGTH: usize =
        "bytes 18446744073709551614-18446744073709551614/18446744073709551615".len();

    /// Parses a whole field value. A unit other than bytes is an error, because a recipient must
    /// not combine a part whose unit it does not understand (§14.4).
    ///
    /// # Errors
    ///
    /// - the empty value: a range unit is expected at byte 0.
    /// - `items 0-1/2`: the unit `bytes` is expected at byte 0.
    /// - `bytes=0-1/2`, `bytes  0-1/2`: one space is expected, and then a digit or `*`.
    /// - `bytes 0/2`, `bytes 0-1`, `bytes 0-1/`, `bytes */*`: `-`, `/` or a digit is expected.
    /// - `bytes 1-0/2`: the last position is before the first.
    /// - `bytes 0-2/2`: the complete length must be greater than the last position.
    /// - `bytes 0-1/18446744073709551616`: a number must be below 2^64; a last position must be
    ///   at most 18446744073709551614.
    pub fn parse(value: &[u8]) -> Result<Self, ParseError> {
        let (range, complete_length) = grammar::whole(value, |text| {
            grammar::complete(grammar::content_range(text))
        })?;
        Ok(Self {
            range: range.and_then(|(first, last)| ByteRange::new(first, last)),
            complete_length,
        })
    }

    /// Creates the field of a 206 that carries `range`. Use `None` for a complete length that is
    /// not known. Returns `None` if the range extends past the complete length.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::{ByteRange, ContentRange};
    ///
    /// let range = ByteRange::new(0, 99).ok_or("100 bytes")?;
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

    /// Creates the field of a 416: no requested range is satisfiable, and the representation has
    /// `complete_length` bytes (§15.5.17).
    #[must_use]
    pub const fn unsatisfied(complete_length: u64) -> Self {
        Self {
            range: None,
            complete_length: Some(complete_length),
        }
    }

    /// Returns the part that a 206 carries, or `None` if the field is that of a 416.
    #[must_use]
    pub const fn range(&self) -> Option<ByteRange> {
        self.range
    }

    /// Returns the complete length of the representation in bytes, or `None` if it is not known.
    #[must_use]
    pub const fn complete_length(&self) -> Option<u64> {
        self.complete_length
    }

    /// Writes the field value to the start of `buffer`, and returns the written part.
    ///
    /// # Errors
    ///
    /// Returns an error if the buffer is too short; nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::ContentRange;
    ///
    /// let mut buffer = [0; ContentRange::MAX_LENGTH];
    /// assert_eq!(ContentRange::unsatisfied(1000).write_to(&mut buffer)?, b"bytes */1000");
    /// assert_eq!(ContentRange::unsatisfied(1000).write_to(&mut [0; 4]).unwrap_err().needed, 12);
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        self.text().write_to(buffer)
    }

    pub(crate) const fn text(self) -> Buffer<{ Self::MAX_LENGTH }> {
        let mut text = Buffer::new();
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
