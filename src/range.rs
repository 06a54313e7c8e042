//! `Range`: what a client asks for.

use core::fmt;
use core::iter::FusedIterator;

use crate::byte_range::RangeSpec;
use crate::error::ParseError;
use crate::grammar;

/// The `Range` request field: send these parts instead of the whole. ([RFC 9110 §14.2])
///
/// ```abnf
/// Range       = range-unit "=" OWS range-set
/// range-set   = 1#range-spec
/// range-spec  = int-range / suffix-range / other-range
/// other-range = 1*( %x21-2B / %x2D-7E )
/// ```
///
/// The `OWS` is that of erratum 7306. Of units, `bytes` is known, in any case, and its ranges are
/// [`RangeSpec`]s. Another unit is read and has none; a server that does not know it ignores the
/// field. Empty members of the list are skipped. One member that is no range makes the whole field
/// invalid, and an invalid field is ignored like one that is absent (§14.2).
///
/// It is a single field: where it comes in two lines, both are ignored, which
/// [`Evaluation`](crate::Evaluation) sees to. Nor does it count but for GET, and before the
/// conditions have been found true.
///
/// # Examples
///
/// ```
/// use http_preconditions::{ByteRange, Range, RangePolicy, Resolution};
///
/// let range = Range::parse(b"bytes=0-0, -100")?;
/// let Resolution::Partial(ranges) = range.resolve(1000, RangePolicy::new()) else {
///     panic!("a representation of 1000 octets has both");
/// };
/// assert!(ranges.eq([ByteRange::new(0, 0), ByteRange::new(900, 999)].into_iter().flatten()));
///
/// let error = Range::parse(b"bytes=0-4,3-2").unwrap_err();
/// assert_eq!(error.to_string(), "expected a last position that is not before the first at byte 12");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy)]
pub struct Range<'a> {
    unit: &'a [u8],
    /// From the first member on.
    set: &'a [u8],
}

impl<'a> Range<'a> {
    /// Reads a whole field value.
    ///
    /// # Errors
    ///
    /// - the empty value, `=0-1`: a range unit is expected at byte 0.
    /// - `bytes`, `bytes =0-1`, `bytes: 0-1`: `=` is expected at byte 5.
    /// - `bytes=`, `bytes=,`, `bytes=a-z`, `bytes=+1-2`: a range is expected.
    /// - `bytes=-`, `bytes=--1`: a digit is expected at byte 7.
    /// - `bytes=5`, `bytes=0x0-0x1`, `bytes=0 -1`: `-` is expected at byte 7.
    /// - `bytes=0- 1`, `bytes=0-1 2-3`, `bytes=0-1;`: a comma or the end is expected.
    /// - `bytes=5-4`: a last position that is not before the first is expected at byte 8.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        let (unit, set) = grammar::whole(value, |text| {
            grammar::complete(grammar::ranges_specifier(text))
        })?;
        Ok(Self { unit, set })
    }

    /// The unit as it was sent: `bytes`, `Bytes`, `items`.
    #[must_use]
    pub const fn unit(&self) -> &'a [u8] {
        self.unit
    }

    /// Reports whether the unit is `bytes`, in any case (§14.1).
    #[must_use]
    pub fn is_bytes(&self) -> bool {
        grammar::is_bytes_unit(self.unit)
    }

    /// What is asked for, in order, satisfiable or not; nothing for another unit than bytes.
    #[must_use]
    pub fn specs(&self) -> RangeSpecs<'a> {
        if self.is_bytes() {
            RangeSpecs(self.set)
        } else {
            RangeSpecs::NONE
        }
    }
}

impl fmt::Debug for Range<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Range({}=", self.unit.escape_ascii())?;
        write!(f, "{})", self.set.escape_ascii())
    }
}

/// The ranges that a [`Range`] in bytes asks for, in order.
#[derive(Clone, Debug)]
pub struct RangeSpecs<'a>(&'a [u8]);

impl RangeSpecs<'_> {
    pub(crate) const NONE: Self = Self(&[]);
}

impl Iterator for RangeSpecs<'_> {
    type Item = RangeSpec;

    fn next(&mut self) -> Option<RangeSpec> {
        // The set was read as a whole when it was parsed: what fails here is its end.
        let (rest, spec) = grammar::range_spec(grammar::between_members(self.0)).ok()?;
        self.0 = rest;
        RangeSpec::from_parts(spec)
    }
}

impl FusedIterator for RangeSpecs<'_> {}
