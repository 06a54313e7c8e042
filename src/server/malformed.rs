//! The malformed field lines of a request: the first error of each field.

use core::fmt;

use crate::error::{ErrorKind, ParseError};
use crate::request::field::Field;
use crate::request::field_set::FieldSet;

/// A field line that does not match the grammar of its field, or a second line of a field that
/// has a single value. ([RFC 9110 §5.5])
///
/// [RFC 9110 §5.5]: https://www.rfc-editor.org/rfc/rfc9110#section-5.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Malformed {
    field: Field,
    line: u16,
    error: ParseError,
}

impl Malformed {
    pub(crate) const fn new(field: Field, line: u16, error: ParseError) -> Self {
        Self { field, line, error }
    }

    /// Returns the field.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Returns the number of the malformed line among the lines of its field, from 1 to 65,535.
    /// Later lines have the number 65,535 too.
    #[must_use]
    pub const fn line(&self) -> u16 {
        self.line
    }

    /// Returns what was expected, and at which byte of the line's value. The offset is at most
    /// 4,294,967,295, even if the error is farther in the value.
    #[must_use]
    pub const fn error(&self) -> ParseError {
        self.error
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            1 => write!(f, "{}: {}", self.field, self.error),
            line => write!(f, "{} (line {line}): {}", self.field, self.error),
        }
    }
}

/// The first error of each field that has one.
#[derive(Clone, Copy)]
pub(crate) struct Faults {
    fields: FieldSet,
    /// In the order of `Field`. For a field without an error, `line` is the number of its last
    /// line so far, or 1 before the first.
    first: [Fault; 6],
}

/// A `ParseError` and its line number, packed to save RAM.
#[derive(Clone, Copy)]
struct Fault {
    /// The line number among the lines of the field, from 1 to 65,535.
    line: u16,
    kind: ErrorKind,
    /// The byte offset in the value, from 0 to 2^32 - 1.
    offset: u32,
}

impl Fault {
    // Deliberately not all zeros: an array of zeros would pull `memset` into a small firmware.
    const NONE: Self = Self {
        line: 1,
        kind: ErrorKind::SingleLine,
        offset: 0,
    };
}

impl Faults {
    pub(crate) const NONE: Self = Self {
        fields: FieldSet::NONE,
        first: [Fault::NONE; 6],
    };

    /// Returns the fields that have an error.
    pub(crate) const fn fields(&self) -> FieldSet {
        self.fields
    }

    /// Counts one more line of this field, unless the field has an error already.
    pub(crate) fn next_line(&mut self, field: Field) {
        if self.fields.has(field) {
            return;
        }
        if let Some(fault) = self.first.get_mut(field as usize) {
            // A test and a wrapping addition take less code than a saturating addition.
            if fault.line < u16::MAX {
                fault.line = fault.line.wrapping_add(1);
            }
        }
    }

    /// Records an error in the current line of this field, unless the field has an error already.
    // Not inlined: only malformed values come here, and each caller would have its own copy.
    #[inline(never)]
    pub(crate) fn refuse(&mut self, field: Field, error: ParseError) {
        if self.fields.has(field) {
            return;
        }
        if let Some(fault) = self.first.get_mut(field as usize) {
            fault.kind = error.kind();
            fault.offset = u32::try_from(error.offset()).unwrap_or(u32::MAX);
        }
        self.fields = self.fields.with(field);
    }

    pub(crate) const fn has(&self, field: Field) -> bool {
        self.fields.has(field)
    }

    /// Returns the errors of these fields.
    pub(crate) const fn only(self, fields: FieldSet) -> Self {
        Self { fields, ..self }
    }

    /// Returns the error of this field of RFC 9110, if it has one.
    pub(crate) fn of(&self, field: Field) -> Option<Malformed> {
        let fault = self.first.get(field as usize)?;
        let error = ParseError::new(fault.kind, fault.offset as usize);
        self.has(field)
            .then_some(Malformed::new(field, fault.line, error))
    }

    /// Returns the errors in evaluation order.
    fn iter(&self) -> impl Iterator<Item = Malformed> {
        Field::ALL.iter().filter_map(|field| self.of(*field))
    }
}

impl PartialEq for Faults {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Faults {}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The errors of If and of If-Schedule-Tag-Match. They are not `Faults`, because an evaluation never
/// has them: it would pay for two more on every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DavFaults {
    pub(crate) of_if: Option<ParseError>,
    pub(crate) of_schedule_tag: Option<ParseError>,
}

impl DavFaults {
    pub(crate) const NONE: Self = Self {
        of_if: None,
        of_schedule_tag: None,
    };

    /// Returns the error of this field of WebDAV, if it has one.
    pub(crate) fn of(&self, field: Field) -> Option<Malformed> {
        let error = match field {
            Field::If => self.of_if?,
            Field::IfScheduleTagMatch => self.of_schedule_tag?,
            _ => return None,
        };
        // Several lines are an error of the second one.
        let line = if error.kind() == ErrorKind::SingleLine {
            2
        } else {
            1
        };
        Some(Malformed::new(field, line, error))
    }
}
