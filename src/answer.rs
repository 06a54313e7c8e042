//! What the lines of a request's conditions come to, line by line.

use core::fmt;

use crate::decision::Malformed;
use crate::entity_tag::EntityTag;
use crate::error::{ErrorKind, ParseError};
use crate::field::Field;
use crate::fields::Fields;
use crate::list::{Comparison, Line, Members};
use crate::part::{Length, Part};
use crate::resolution::RangePolicy;

/// What the lines so far have said.
#[derive(Clone, Copy)]
pub(crate) struct Answers {
    /// There is a line.
    pub(crate) present: Fields,
    /// The only line is `*`. Its fault is the one that it will be beside another line.
    any: Fields,
    /// A listed tag matches; the date or validator is met.
    met: Fields,
    /// A line has CR, LF or NUL inside, where these make the condition false.
    pub(crate) forbidden: Fields,
    pub(crate) faults: Faults,
}

impl Answers {
    pub(crate) const NONE: Self = Self {
        present: Fields::NONE,
        any: Fields::NONE,
        met: Fields::NONE,
        forbidden: Fields::NONE,
        faults: Faults {
            of: Fields::NONE,
            first: [Fault::NONE; 6],
        },
    };

    /// Takes a line of a field that is `*` or a list.
    #[expect(clippy::inline_always, reason = "on the path of every request")]
    #[inline(always)]
    pub(crate) fn list(&mut self, field: Field, value: &[u8], current: Option<&EntityTag<'_>>) {
        let first = self.line(field);
        self.any = self.any.except(field);
        match Comparison::of(field).is_met_by_only(value, current) {
            Some(met) => self.met = self.met.with_if(field, met),
            None => self.members(field, value, current, first),
        }
    }

    /// Takes each member of a line that is not plainly one tag.
    fn members(
        &mut self,
        field: Field,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
        first: bool,
    ) {
        let comparison = Comparison::of(field);
        if let Some(met) = comparison.is_met_by_list(value, current) {
            self.met = self.met.with_if(field, met);
            return;
        }
        if let (true, Line::Any(offset)) = (first, Line::of(value)) {
            self.any = self.any.with(field);
            self.faults
                .refuse(field, ParseError::new(ErrorKind::Wildcard, offset));
            return;
        }
        // To the end, behind a match too: what is malformed there is to be reported.
        for member in Members::of(value) {
            match member {
                Ok(tag) if current.is_some_and(|current| comparison.is_met(tag, *current)) => {
                    self.met = self.met.with(field);
                }
                Ok(_) => {}
                Err(error) => self.faults.refuse(field, error),
            }
        }
    }

    /// Takes a line of a field that has a single value; a second line makes it malformed.
    pub(crate) fn single(&mut self, field: Field, met: Result<bool, ParseError>) {
        let first = self.line(field);
        self.met = self.met.except(field);
        match met {
            Ok(met) if first => self.met = self.met.with_if(field, met),
            Ok(_) => self
                .faults
                .refuse(field, ParseError::new(ErrorKind::SingleLine, 0)),
            Err(error) => {
                let forbidden = matches!(error.kind(), ErrorKind::FieldVchar);
                self.forbidden = self.forbidden.with_if(field, forbidden);
                self.faults.refuse(field, error);
            }
        }
    }

    /// Takes a line of Range. A second line makes it malformed, since Range has a single value.
    pub(crate) fn range(
        &mut self,
        range: &mut Part,
        value: &[u8],
        length: Option<&Length>,
        policy: RangePolicy,
    ) {
        let read = if self.line(Field::Range) {
            range.line(value, length, policy)
        } else {
            range.refuse(length, policy);
            Err(ParseError::new(ErrorKind::SingleLine, 0))
        };
        if let Err(error) = read {
            self.faults.refuse(Field::Range, error);
        }
    }

    /// Takes a line of a field that is ignored whatever it says.
    pub(crate) const fn ignored(&mut self, field: Field) {
        self.present = self.present.with(field);
    }

    /// Counts a line, and reports whether it is the first.
    fn line(&mut self, field: Field) -> bool {
        let first = !self.present.has(field);
        self.present = self.present.with(field);
        if !first {
            self.faults.next_line(field);
        }
        first
    }

    /// Those of which a listed tag matches, or `*` does because a representation exists; those of
    /// which the date or validator is met.
    pub(crate) const fn met(&self, exists: bool) -> Fields {
        self.met.or(self.any.when(exists))
    }

    /// What is malformed.
    pub(crate) const fn malformed(&self) -> Fields {
        self.faults.of.without(self.any)
    }
}

/// With what is malformed now; what a `*` will be beside another line is not yet.
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers")
            .field("present", &self.present)
            .field("any", &self.any)
            .field("met", &self.met)
            .field("forbidden", &self.forbidden)
            .field("faults", &self.faults.only(self.malformed()))
            .finish()
    }
}

/// The first error of each field that has one.
#[derive(Clone, Copy)]
pub(crate) struct Faults {
    of: Fields,
    /// In the order of `Field`. Where there is no error, the line is the last that counted until now.
    first: [Fault; 6],
}

/// An error in as many octets as it needs.
#[derive(Clone, Copy)]
struct Fault {
    /// In which line, counted from 1 up to 65,535.
    line: u16,
    kind: ErrorKind,
    /// In octets, counted from 0 up to 2^32 - 1.
    offset: u32,
}

impl Fault {
    // Not all of it is 0: to fill memory with zeros takes a function of 140 octets on a Cortex-M0.
    const NONE: Self = Self {
        line: 1,
        kind: ErrorKind::SingleLine,
        offset: 0,
    };
}

impl Faults {
    fn next_line(&mut self, field: Field) {
        if self.of.has(field) {
            return;
        }
        if let Some(fault) = self.first.get_mut(field as usize) {
            // Smaller than a saturating addition on a Cortex-M0.
            if fault.line < u16::MAX {
                fault.line = fault.line.wrapping_add(1);
            }
        }
    }

    // Not inlined: no usual value comes here, and five callers would hold it.
    #[inline(never)]
    fn refuse(&mut self, field: Field, error: ParseError) {
        if self.of.has(field) {
            return;
        }
        if let Some(fault) = self.first.get_mut(field as usize) {
            fault.kind = error.kind();
            fault.offset = u32::try_from(error.offset()).unwrap_or(u32::MAX);
        }
        self.of = self.of.with(field);
    }

    pub(crate) const fn has(&self, field: Field) -> bool {
        self.of.has(field)
    }

    /// Returns the errors of these fields.
    pub(crate) const fn only(self, of: Fields) -> Self {
        Self { of, ..self }
    }

    /// The errors in evaluation order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Malformed> + use<> {
        let faults = Field::ALL.iter().zip(self.first);
        let faults = faults.filter(move |(field, _)| self.of.has(**field));
        faults.map(|(field, fault)| {
            Malformed::new(
                *field,
                fault.line,
                ParseError::new(fault.kind, fault.offset as usize),
            )
        })
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
