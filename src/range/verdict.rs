//! The response to a Range request, once the complete length is known: 206, 416 or the whole.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::error::ParseError;
use crate::grammar;
use crate::range::byte_range::ByteRange;
use crate::range::resolve::{MalformedRange, RangePolicy, Resolution};
use crate::range::specifier::Range;

/// The result of the lines of Range in a request. The text of the lines is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RangeVerdict {
    /// Range is in a unit other than bytes, and ignored. (§14.2)
    OtherUnit,
    /// The request has no Range.
    Absent,
    /// Range is ignored: the whole representation is sent.
    Ignored,
    /// One line of byte ranges; the complete length is unknown.
    Unknown,
    One(ByteRange),
    /// This number of ranges, two or more.
    Several(u32),
    Unsatisfiable,
}

impl RangeVerdict {
    /// Takes the first line. A second line must go to [`refuse`](Self::refuse).
    pub(crate) fn line(
        &mut self,
        value: &[u8],
        length: Option<&CompleteLength>,
        policy: RangePolicy,
    ) -> Result<(), ParseError> {
        if let Some(length) = length {
            return (length.resolve)(self, value, length, policy);
        }
        *self = if grammar::is_bytes(value) {
            Self::Unknown
        } else {
            Self::Ignored
        };
        Ok(())
    }

    /// Takes a malformed Range. §14.2 allows a server to ignore or to reject it.
    pub(crate) const fn refuse(&mut self, length: Option<&CompleteLength>, policy: RangePolicy) {
        *self = match (&self, policy.malformed, length) {
            // §14.2: ignored, not rejected. Together, the lines are one value in this unit.
            (Self::OtherUnit, ..) => Self::OtherUnit,
            (_, MalformedRange::Reject, Some(CompleteLength { octets: 1.., .. })) => {
                Self::Unsatisfiable
            }
            _ => Self::Ignored,
        };
    }

    fn resolve(
        &mut self,
        value: &[u8],
        length: &CompleteLength,
        policy: RangePolicy,
    ) -> Result<(), ParseError> {
        let parsed = Range::parse(value);
        let is_in_other_unit = match &parsed {
            Ok(range) => !range.is_bytes(),
            Err(_) => grammar::has_other_unit(value),
        };
        // §14.2: a unit that is not understood is ignored, even if its ranges are malformed.
        if is_in_other_unit {
            *self = Self::OtherUnit;
            return Ok(());
        }
        let range = match parsed {
            Ok(range) => range,
            Err(error) => {
                self.refuse(Some(length), policy);
                return Err(error);
            }
        };
        *self = match range.resolve(length.octets, policy) {
            Resolution::Partial(mut ranges) => match (ranges.left, ranges.next()) {
                (1, Some(range)) => Self::One(range),
                (count, _) => Self::Several(count),
            },
            Resolution::Unsatisfiable => Self::Unsatisfiable,
            Resolution::Ignored => Self::Ignored,
        };
        Ok(())
    }

    /// Returns true if Range takes effect, provided that the rest of the request allows it.
    pub(crate) const fn is_usable(self) -> bool {
        !matches!(self, Self::OtherUnit | Self::Absent | Self::Ignored)
    }

    /// Returns the status that replaces a 200, or `None` if the 200 stays or the complete length
    /// is unknown.
    pub(crate) const fn status(self) -> Option<u16> {
        match self {
            Self::One(_) | Self::Several(_) => Some(206),
            Self::Unsatisfiable => Some(416),
            Self::OtherUnit | Self::Absent | Self::Ignored | Self::Unknown => None,
        }
    }
}

/// A complete length, and the function that resolves a Range against it.
///
/// Only [`new`](Self::new) names the function. A program that never sets a complete length does
/// not refer to it, so that the linker leaves out all code that reads ranges.
#[derive(Clone, Copy)]
pub(crate) struct CompleteLength {
    pub(crate) octets: u64,
    // Takes the verdict by reference, so that no second `RangeVerdict` is on the stack.
    resolve: fn(&mut RangeVerdict, &[u8], &Self, RangePolicy) -> Result<(), ParseError>,
}

impl CompleteLength {
    pub(crate) const fn new(octets: u64) -> Self {
        Self {
            octets,
            resolve: RangeVerdict::resolve,
        }
    }
}

impl PartialEq for CompleteLength {
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for CompleteLength {}

impl Hash for CompleteLength {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.octets.hash(state);
    }
}

impl fmt::Debug for CompleteLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.octets.fmt(f)
    }
}
