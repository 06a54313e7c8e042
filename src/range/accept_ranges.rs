//! `Accept-Ranges`: the units in which a client may request ranges.

use core::fmt;
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;

/// One line of the `Accept-Ranges` response field: the units in which a client may request ranges
/// of the resource. ([RFC 9110 §14.3])
///
/// ```abnf
/// Accept-Ranges     = acceptable-ranges
/// acceptable-ranges = 1#range-unit
/// range-unit        = token
/// ```
///
/// A client may request a range without having seen the field, and the server may change the
/// field at any time. The unit `none` is reserved to say that there are no ranges.
///
/// # Examples
///
/// ```
/// use http_preconditions::range::AcceptRanges;
///
/// assert!(AcceptRanges::parse(b"lines, Bytes")?.has_bytes());
/// assert!(!AcceptRanges::NONE.has_bytes());
/// assert_eq!(AcceptRanges::BYTES.to_string(), "bytes");
/// assert!(AcceptRanges::parse(b"bytes lines").is_err(), "a comma is missing");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.3]: https://www.rfc-editor.org/rfc/rfc9110#section-14.3
#[derive(Clone, Copy)]
pub struct AcceptRanges<'a>(&'a [u8]);

impl<'a> AcceptRanges<'a> {
    /// `bytes`: the server supports byte ranges of this resource.
    pub const BYTES: Self = Self(b"bytes");

    /// `none`: the server advises clients not to request ranges.
    pub const NONE: Self = Self(b"none");

    /// Parses one field line.
    ///
    /// # Errors
    ///
    /// - the empty value, `,`: a range unit is expected.
    /// - `bytes lines`, `bytes=`, CR, LF or NUL between units: a comma or the end is expected.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        grammar::whole(value, |text| {
            grammar::complete(grammar::acceptable_ranges(text))
        })
        .map(Self)
    }

    /// Returns the units in order.
    #[must_use]
    pub const fn units(&self) -> RangeUnits<'a> {
        RangeUnits(self.0)
    }

    /// Returns true if `bytes` is among the units, in any letter case (§14.1).
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        self.units().any(grammar::is_bytes_unit)
    }

    /// Returns the field value as bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for AcceptRanges<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Tokens, commas and whitespace are ASCII.
        f.pad(core::str::from_utf8(self.0).unwrap_or_default())
    }
}

impl fmt::Debug for AcceptRanges<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AcceptRanges({self})")
    }
}

/// An iterator over the units of an [`AcceptRanges`], in order and as they were sent.
#[derive(Clone, Debug)]
pub struct RangeUnits<'a>(&'a [u8]);

impl<'a> Iterator for RangeUnits<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        // `parse` has checked the whole list, so that an error here means its end.
        let (rest, unit) = grammar::acceptable_range(grammar::between_members(self.0)).ok()?;
        self.0 = rest;
        Some(unit)
    }
}

impl FusedIterator for RangeUnits<'_> {}
