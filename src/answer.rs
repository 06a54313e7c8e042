//! What the lines of one field come to, line by line.

use crate::decision::{Condition, Malformed};
use crate::entity_tag::EntityTag;
use crate::error::{ErrorKind, ParseError};
use crate::field::Field;
use crate::list::{Comparison, Line, Members};

/// What the lines of one field have said so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// The first error. While the only line is `*`, the one that it will be beside another line.
    fault: Fault,
    /// How many lines there were, up to 65,535.
    lines: u16,
    /// The only line is `*`.
    any: bool,
    /// A listed tag matches; the date or validator is met; the range is one in bytes.
    pub(crate) met: bool,
}

/// The first error of a field, or that there is none, in as many octets as it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// In which line, counted from 1; 0 if there is none.
    line: u16,
    kind: ErrorKind,
    offset: usize,
}

impl Fault {
    pub(crate) const NONE: Self = Self {
        line: 0,
        kind: ErrorKind::EntityTag,
        offset: 0,
    };

    pub(crate) const fn of(self, field: Field) -> Option<Malformed> {
        if self.line == 0 {
            return None;
        }
        let error = ParseError::new(self.kind, self.offset);
        Some(Malformed::new(field, self.line, error))
    }
}

impl Answer {
    pub(crate) const NONE: Self = Self {
        fault: Fault::NONE,
        lines: 0,
        any: false,
        met: false,
    };

    /// Takes a line of a field that is `*` or a list.
    pub(crate) fn list(
        &mut self,
        value: &[u8],
        current: Option<EntityTag<'_>>,
        comparison: Comparison,
    ) {
        self.lines = self.lines.saturating_add(1);
        self.any = false;
        if let (1, Line::Any(offset)) = (self.lines, Line::of(value)) {
            self.any = true;
            self.refuse(ParseError::new(ErrorKind::Wildcard, offset));
            return;
        }
        #[cfg(target_pointer_width = "64")]
        if current.is_some_and(|current| comparison.is_met_by_all_of(value, current)) {
            self.met = true;
            return;
        }
        // To the end, behind a match too: what is malformed there is to be reported.
        Members::of(value).find_map(|member| {
            match member {
                Ok(tag) if current.is_some_and(|current| comparison.is_met(tag, current)) => {
                    self.met = true;
                }
                Ok(_) => {}
                Err(error) => self.refuse(error),
            }
            None::<()>
        });
    }

    /// Takes a line of a field that has a single value; a second line makes it malformed.
    pub(crate) fn single(&mut self, met: Result<bool, ParseError>) {
        self.lines = self.lines.saturating_add(1);
        match met {
            Ok(met) if self.lines == 1 => self.met = met,
            Ok(_) => self.refuse(ParseError::new(ErrorKind::SingleLine, 0)),
            Err(error) => self.refuse(error),
        }
        self.met &= self.lines == 1;
    }

    const fn refuse(&mut self, error: ParseError) {
        if self.fault.line == 0 {
            self.fault = Fault {
                line: self.lines,
                kind: error.kind(),
                offset: error.offset(),
            };
        }
    }

    /// Reports whether a listed tag matches, or `*` does because a representation exists.
    pub(crate) const fn is_met(&self, exists: bool) -> bool {
        self.met || (self.any && exists)
    }

    pub(crate) const fn is_present(&self) -> bool {
        self.lines > 0
    }

    pub(crate) const fn is_malformed(&self) -> bool {
        self.fault().line > 0
    }

    /// What is malformed in this field.
    pub(crate) const fn fault(&self) -> Fault {
        if self.any { Fault::NONE } else { self.fault }
    }

    pub(crate) const fn condition(&self, ignored: bool, holds: bool) -> Condition {
        match (self.is_present(), ignored, holds) {
            (false, ..) => Condition::Absent,
            (_, true, _) => Condition::Ignored,
            (.., true) => Condition::True,
            (.., false) => Condition::False,
        }
    }
}
