//! `Range`: the parts of a representation that a client requests.

use core::fmt;
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;
use crate::range::byte_range::RangeSpec;

/// The `Range` request field: a request for parts of the representation instead of the whole.
/// ([RFC 9110 §14.2])
///
/// ```abnf
/// Range       = range-unit "=" OWS range-set
/// range-set   = 1#range-spec
/// range-spec  = int-range / suffix-range / other-range
/// other-range = 1*( %x21-2B / %x2D-7E )
/// ```
///
/// The `OWS` follows erratum 7306. The unit `bytes` is known, in any letter case; its ranges are
/// [`RangeSpec`]s. A field in another unit has no ranges here, and a server that does not know the
/// unit ignores the field; a server that knows it reads the [`range_set`](Self::range_set). Empty
/// members of the list are skipped. One member that is not a range makes the whole field invalid. A
/// server may ignore or reject an invalid field (§14.2), as its
/// [`RangePolicy`](crate::range::RangePolicy) says.
///
/// The field may occur only once; [`Evaluation`](crate::Evaluation) treats two lines as
/// malformed. Range applies only to GET and QUERY, and only after all conditions are true.
///
/// # Examples
///
/// ```
/// use http_preconditions::range::{ByteRange, Range, RangePolicy, Resolution};
///
/// let range = Range::parse(b"bytes=0-0, -100")?;
/// let Resolution::Partial(ranges) = range.resolve(1000, RangePolicy::new()) else {
///     panic!("a representation of 1000 bytes has both");
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
    /// The range set, from its first member on.
    set: &'a [u8],
}

impl<'a> Range<'a> {
    /// Parses a whole field value.
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

    /// Returns the unit as it was sent: `bytes`, `Bytes`, `items`.
    #[must_use]
    pub const fn unit(&self) -> &'a [u8] {
        self.unit
    }

    /// Returns the range set as it was sent, from its first range on: `0-4` of `items=0-4`.
    /// ([RFC 9110 §14.1])
    ///
    /// Use it for a unit that your API defines. [`Decision`](crate::Decision) ignores every unit
    /// but bytes: see the [recipe](crate::overrule#ranges-in-another-unit).
    ///
    /// ```abnf
    /// other-range = 1*( %x21-2B / %x2D-7E )   ; VCHAR without ","
    /// ```
    ///
    /// `parse` has checked that the set is a list of such ranges, which commas and optional
    /// whitespace separate. What a range means is up to the unit: `0-4`, `4-0` and `last` are all
    /// other-ranges. The name of a unit is case-insensitive.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::Range;
    ///
    /// let range = Range::parse(b"items=0-4, last")?;
    /// assert!(range.unit().eq_ignore_ascii_case(b"Items") && !range.is_bytes());
    /// assert_eq!(range.range_set(), b"0-4, last");
    /// assert_eq!(range.specs().count(), 0, "no ranges of bytes");
    ///
    /// assert!(Range::parse(b"items=0 - 4").is_err(), "whitespace inside a range");
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    ///
    /// [RFC 9110 §14.1]: https://www.rfc-editor.org/rfc/rfc9110#section-14.1
    #[must_use]
    pub const fn range_set(&self) -> &'a [u8] {
        self.set
    }

    /// Returns true if the unit is `bytes`, in any letter case (§14.1).
    #[must_use]
    pub fn is_bytes(&self) -> bool {
        grammar::is_bytes_unit(self.unit)
    }

    /// Returns the requested ranges in order, satisfiable or not. The iterator is empty if the
    /// unit is not bytes.
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

/// An iterator over the ranges that a [`Range`] in bytes requests, in order.
#[derive(Clone, Debug)]
pub struct RangeSpecs<'a>(&'a [u8]);

impl RangeSpecs<'_> {
    pub(crate) const NONE: Self = Self(&[]);
}

impl Iterator for RangeSpecs<'_> {
    type Item = RangeSpec;

    fn next(&mut self) -> Option<RangeSpec> {
        // `parse` has checked the whole set, so that an error here means its end.
        let (rest, spec) = grammar::range_spec(grammar::between_members(self.0)).ok()?;
        self.0 = rest;
        RangeSpec::from_parts(spec)
    }
}

impl FusedIterator for RangeSpecs<'_> {}
