//! The results of a request's conditions so far, updated with each field line.

use core::fmt;

use crate::error::{ErrorKind, ParseError};
use crate::range::resolve::RangePolicy;
use crate::range::verdict::{CompleteLength, RangeVerdict};
use crate::request::field::Field;
use crate::request::field_set::FieldSet;
use crate::request::tag_list::{Comparison, Line, Members};
use crate::server::malformed::Faults;
use crate::tag::entity_tag::EntityTag;

/// The result of each condition, from the field lines so far.
#[derive(Clone, Copy)]
pub(crate) struct Conditions {
    /// Fields with at least one line.
    pub(crate) present: FieldSet,
    /// Fields whose only line so far is `*`. The error that a second line would cause is in
    /// `faults` already.
    any: FieldSet,
    /// Fields whose date or If-Range is met, or that list a matching tag.
    pub(crate) met: FieldSet,
    /// Fields with CR, LF or NUL inside the value: only If-Unmodified-Since, whose condition is
    /// then false.
    pub(crate) forbidden: FieldSet,
    pub(crate) faults: Faults,
}

impl Conditions {
    pub(crate) const NONE: Self = Self {
        present: FieldSet::NONE,
        any: FieldSet::NONE,
        met: FieldSet::NONE,
        forbidden: FieldSet::NONE,
        faults: Faults::NONE,
    };

    /// Takes a line of If-Match or If-None-Match.
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

    /// Takes a line that `is_met_by_only` could not decide: `*`, a list, or a value in an unusual
    /// form.
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
        // Goes on after a match, so that a malformed member behind the match is reported.
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

    /// Takes a line of a field that has a single value. A second line makes the field malformed.
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

    /// Takes a line of Range. A second line makes Range malformed, since it has a single value.
    pub(crate) fn range(
        &mut self,
        range: &mut RangeVerdict,
        value: &[u8],
        length: Option<&CompleteLength>,
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

    /// Takes a line of a field that is ignored regardless of its value.
    pub(crate) const fn ignored(&mut self, field: Field) {
        self.present = self.present.with(field);
    }

    /// Counts a line. Returns true if it is the first line of its field.
    fn line(&mut self, field: Field) -> bool {
        let first = !self.present.has(field);
        self.present = self.present.with(field);
        if !first {
            self.faults.next_line(field);
        }
        first
    }

    /// Returns the fields whose date or If-Range is met, that list a matching tag, or that are
    /// `*` while a representation exists.
    pub(crate) const fn met(&self, exists: bool) -> FieldSet {
        self.met.or(self.any.when(exists))
    }

    /// Returns the fields that are malformed.
    pub(crate) const fn malformed(&self) -> FieldSet {
        self.faults.fields().without(self.any)
    }
}

/// Shows current errors only, and not the error that a line beside `*` would cause.
impl fmt::Debug for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conditions")
            .field("present", &self.present)
            .field("any", &self.any)
            .field("met", &self.met)
            .field("forbidden", &self.forbidden)
            .field("faults", &self.faults.only(self.malformed()))
            .finish()
    }
}
