//! Positions of octets: what one member of a Range asks for, and what there is of it.

use core::fmt;

use crate::error::BufferTooSmall;
use crate::octets::Octets;

/// A range of octets that there is: its first and its last position, both inclusive, counted from
/// 0. ([RFC 9110 §14.1.2])
///
/// It is never empty, and its last position is below 2^64 - 1, so that its length and its end are
/// numbers too.
///
/// # Examples
///
/// ```
/// use http_preconditions::ByteRange;
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
    /// The range from `first` to `last`, both inclusive. None if `last` is before `first`, or is
    /// 2^64 - 1, which no representation reaches whose length is below 2^64.
    #[must_use]
    pub const fn new(first: u64, last: u64) -> Option<Self> {
        if first <= last && last < u64::MAX {
            Some(Self { first, last })
        } else {
            None
        }
    }

    /// The position of its first octet, from 0: where a file is read from.
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.first
    }

    /// The position of its last octet, which belongs to it.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The position behind its last octet.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.last.saturating_add(1)
    }

    /// How many octets it has, at least 1: the Content-Length of the answer with this range alone.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.end().saturating_sub(self.first)
    }
}

/// One member of a Range in bytes, as it was asked for. ([RFC 9110 §14.1.1])
///
/// ```abnf
/// int-range    = first-pos "-" [ last-pos ]
/// suffix-range = "-" suffix-length
/// ```
///
/// A number of 2^64 or more reads as 2^64 - 1, which means the same: no representation has an
/// octet there. `Display` and [`write_to`](Self::write_to) give the value of a Range that asks for
/// this and nothing else, as a client sends it.
///
/// # Examples
///
/// ```
/// use http_preconditions::{ByteRange, RangeSpec};
///
/// let from_500 = RangeSpec::Int { first: 500, last: None };
/// assert_eq!(from_500.to_string(), "bytes=500-");
/// assert_eq!(from_500.of(1000), ByteRange::new(500, 999));
/// assert_eq!(from_500.of(500), None, "there is no octet 500 in 500 octets");
/// assert_eq!(RangeSpec::Suffix(100).of(50), ByteRange::new(0, 49), "all that there is");
/// ```
///
/// [RFC 9110 §14.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-14.1.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives for bytes"
)]
pub enum RangeSpec {
    /// `0-499`, `500-`: from one position to another, both inclusive, or to the end.
    Int {
        /// `first-pos`, counted from 0.
        first: u64,
        /// `last-pos`; none asks for all to the end.
        last: Option<u64>,
    },
    /// `-500`: this many octets from the end.
    Suffix(u64),
}

impl RangeSpec {
    /// Creates a range from `first-pos` and `last-pos`, or without the former from `suffix-length`,
    /// as the grammar reads them.
    pub(crate) const fn from_parts(parts: (Option<u64>, Option<u64>)) -> Option<Self> {
        match parts {
            (Some(first), last) => Some(Self::Int { first, last }),
            (None, Some(length)) => Some(Self::Suffix(length)),
            (None, None) => None,
        }
    }

    /// What there is of it in a representation of so many octets; none if that does not satisfy it
    /// (§14.1.2).
    ///
    /// A last position behind the end stands for the end, and a suffix longer than the
    /// representation for all of it. A suffix of a representation without octets is satisfiable by
    /// the RFC, but there is no range to send: none as well.
    #[must_use]
    pub fn of(self, complete_length: u64) -> Option<ByteRange> {
        let end = complete_length.checked_sub(1)?;
        match self {
            Self::Int { first, last } => {
                ByteRange::new(first, last.map_or(end, |last| last.min(end)))
            }
            Self::Suffix(0) => None,
            Self::Suffix(length) => ByteRange::new(complete_length.saturating_sub(length), end),
        }
    }

    /// Writes `bytes=` and this range to the beginning of `buffer`, and returns that part. 47
    /// octets are enough for each.
    ///
    /// The range is written as it is, also where nobody should send it: `bytes=5-4` is invalid
    /// (§14.1.1), and nothing satisfies `bytes=-0` (§14.1.2).
    /// [`Validators::resume`](crate::Validators::resume) refuses both.
    ///
    /// # Errors
    ///
    /// When the buffer is too short; nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::RangeSpec;
    ///
    /// let mut buffer = [0; 47];
    /// assert_eq!(RangeSpec::Suffix(500).write_to(&mut buffer)?, b"bytes=-500");
    /// assert_eq!(RangeSpec::Suffix(500).write_to(&mut [0; 4]).unwrap_err().needed, 10);
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        self.text().write_to(buffer)
    }

    pub(crate) const fn text(self) -> Octets<47> {
        let mut text = Octets::new();
        text.push(*b"bytes=");
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
        text
    }
}

impl fmt::Display for RangeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_str())
    }
}
