//! Byte positions: one requested range, and the bytes of a representation that it selects.

use core::fmt;

use crate::error::BufferTooSmall;
use crate::grammar::buffer::Buffer;

/// A range of bytes of a representation: its first and its last position, both inclusive, counted
/// from 0. ([RFC 9110 §14.1.2])
///
/// A range is never empty. Its last position is below 2^64 - 1, so that its length and its end
/// fit in a `u64`.
///
/// # Examples
///
/// ```
/// use http_preconditions::range::ByteRange;
///
/// let range = ByteRange::new(500, 999).ok_or("the last position is not before the first")?;
/// assert_eq!((range.first(), range.last(), range.length()), (500, 999, 500));
/// assert_eq!(ByteRange::new(5, 4), None);
/// # Ok::<(), &str>(())
/// ```
///
/// [RFC 9110 §14.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByteRange {
    first: u64,
    last: u64,
}

impl ByteRange {
    /// Creates the range from `first` to `last`, both inclusive. Returns `None` if `last` is
    /// before `first`, or if `last` is 2^64 - 1: the complete length would then not fit in a
    /// `u64`.
    #[must_use]
    pub const fn new(first: u64, last: u64) -> Option<Self> {
        if first <= last && last < u64::MAX {
            Some(Self { first, last })
        } else {
            None
        }
    }

    /// Returns the position of the first byte, counted from 0: where to start reading a file.
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.first
    }

    /// Returns the position of the last byte, which is part of the range.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// Returns the position after the last byte.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.last.saturating_add(1)
    }

    /// Returns the number of bytes, at least 1: the Content-Length of a 206 with this range
    /// alone.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.end().saturating_sub(self.first)
    }
}

/// One member of a Range in bytes, as the client requested it. ([RFC 9110 §14.1.1])
///
/// ```abnf
/// int-range    = first-pos "-" [ last-pos ]
/// suffix-range = "-" suffix-length
/// ```
///
/// A number of 2^64 or more is read as 2^64 - 1. The meaning is unchanged, because no
/// representation has a byte there. `Display` and [`write_to`](Self::write_to) write the value of
/// a Range field that requests this range alone.
///
/// # Examples
///
/// ```
/// use http_preconditions::range::{ByteRange, RangeSpec};
///
/// let from_500 = RangeSpec::Int { first: 500, last: None };
/// assert_eq!(from_500.to_string(), "bytes=500-");
/// assert_eq!(from_500.resolve(1000), ByteRange::new(500, 999));
/// assert_eq!(from_500.resolve(500), None, "there is no byte 500 in 500 bytes");
/// assert_eq!(RangeSpec::Suffix(100).resolve(50), ByteRange::new(0, 49), "all 50 bytes");
/// ```
///
/// [RFC 9110 §14.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-14.1.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives for bytes"
)]
pub enum RangeSpec {
    /// `0-499`, `500-`: from the first position to the last, both inclusive, or to the end.
    Int {
        /// `first-pos`, counted from 0.
        first: u64,
        /// `last-pos`; `None` requests all bytes to the end.
        last: Option<u64>,
    },
    /// `-500`: this number of bytes at the end.
    Suffix(u64),
}

impl RangeSpec {
    /// Creates a range from the two numbers that the grammar returns: `first-pos` and `last-pos`,
    /// or no `first-pos` and the `suffix-length`.
    pub(crate) const fn from_parts(parts: (Option<u64>, Option<u64>)) -> Option<Self> {
        match parts {
            (Some(first), last) => Some(Self::Int { first, last }),
            (None, Some(length)) => Some(Self::Suffix(length)),
            (None, None) => None,
        }
    }

    /// Resolves this range against a representation of `complete_length` bytes. Returns `None` if
    /// the range is unsatisfiable (§14.1.2).
    ///
    /// A last position past the end stands for the end, and a suffix longer than the
    /// representation selects all of it. The RFC calls a suffix range of an empty representation
    /// satisfiable, but there is no byte to send: this function returns `None`.
    #[must_use]
    pub fn resolve(self, complete_length: u64) -> Option<ByteRange> {
        let end = complete_length.checked_sub(1)?;
        match self {
            Self::Int { first, last } => {
                ByteRange::new(first, last.map_or(end, |last| last.min(end)))
            }
            Self::Suffix(0) => None,
            Self::Suffix(length) => ByteRange::new(complete_length.saturating_sub(length), end),
        }
    }

    /// Writes `bytes=` and this range to the start of `buffer`, and returns the written part. A
    /// buffer of 47 bytes is never too short.
    ///
    /// Also writes a range that no client should send: `bytes=5-4` is invalid (§14.1.1), and
    /// `bytes=-0` is never satisfiable (§14.1.2).
    /// [`ResponseValidators::resume`](crate::client::ResponseValidators::resume) refuses both.
    ///
    /// # Errors
    ///
    /// Returns an error if the buffer is too short; nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::RangeSpec;
    ///
    /// let mut buffer = [0; 47];
    /// assert_eq!(RangeSpec::Suffix(500).write_to(&mut buffer)?, b"bytes=-500");
    /// assert_eq!(RangeSpec::Suffix(500).write_to(&mut [0; 4]).unwrap_err().needed, 10);
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        self.text().write_to(buffer)
    }

    /// The beginning of a Range in bytes.
    pub(crate) const UNIT: &'static [u8] = b"bytes=";

    pub(crate) const fn text(self) -> Buffer<47> {
        let mut text = Buffer::new();
        text.push(*b"bytes=");
        self.push_to(&mut text);
        text
    }

    /// Returns this range as a member of a list, without the unit.
    pub(crate) const fn member(self) -> Buffer<41> {
        let mut text = Buffer::new();
        self.push_to(&mut text);
        text
    }

    const fn push_to<const N: usize>(self, text: &mut Buffer<N>) {
        match self {
            Self::Int { first, last } => {
                text.push_decimal(first);
                text.push(*b"-");
                if let Some(last) = last {
                    text.push_decimal(last);
                }
            }
            Self::Suffix(length) => {
                text.push(*b"-");
                text.push_decimal(length);
            }
        }
    }
}

impl fmt::Display for RangeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_str())
    }
}
