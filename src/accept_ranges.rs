//! `Accept-Ranges`: the units that ranges may be asked for in.

use core::fmt;
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;

/// One line of the `Accept-Ranges` response field: the units in which ranges of the resource may be
/// asked for. ([RFC 9110 §14.3])
///
/// ```abnf
/// Accept-Ranges     = acceptable-ranges
/// acceptable-ranges = 1#range-unit
/// range-unit        = token
/// ```
///
/// A client need not have seen the field to ask for a range, and what it says may change. The unit
/// `none` is reserved for saying that there are no ranges.
///
/// # Examples
///
/// ```
/// use http_preconditions::AcceptRanges;
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
    /// `bytes`: what a server sends that answers ranges of this resource.
    pub const BYTES: Self = Self(b"bytes");

    /// `none`: what a server sends that advises clients not to try.
    pub const NONE: Self = Self(b"none");

    /// Reads one field line.
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

    /// The units in order.
    #[must_use]
    pub const fn units(&self) -> RangeUnits<'a> {
        RangeUnits(self.0)
    }

    /// Reports whether `bytes` is among the units, in any case (§14.1).
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        self.units().any(grammar::is_bytes_unit)
    }

    /// The octets to send as the field value.
    #[must_use]
    pub const fn as_octets(&self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for AcceptRanges<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Tokens, commas and whitespace: all of it is ASCII.
        f.pad(core::str::from_utf8(self.0).unwrap_or_default())
    }
}

impl fmt::Debug for AcceptRanges<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AcceptRanges({self})")
    }
}

/// The units of an [`AcceptRanges`] in order, each as it was sent.
#[derive(Clone, Debug)]
pub struct RangeUnits<'a>(&'a [u8]);

impl<'a> Iterator for RangeUnits<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        // The list was read as a whole when it was parsed: what fails here is its end.
        let (rest, unit) = grammar::acceptable_range(grammar::between_members(self.0)).ok()?;
        self.0 = rest;
        Some(unit)
    }
}

impl FusedIterator for RangeUnits<'_> {}
