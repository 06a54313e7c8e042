//! What the lines of one field come to, line by line.

use crate::decision::Condition;
use crate::entity_tag::EntityTag;
use crate::error::{ErrorKind, ParseError};
use crate::if_match::{Line, Members};

/// What the lines of one field have said so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// How many there were, up to 65,535.
    lines: u16,
    /// The only line is `*`.
    any: bool,
    /// A listed tag matches; the date or validator is met; the range is one in bytes.
    pub(crate) met: bool,
    /// The first error, and in which line. While the only line is `*`, the one that it will be
    /// beside another line.
    malformed: Option<(u16, ParseError)>,
}

impl Answer {
    pub(crate) const NONE: Self = Self {
        lines: 0,
        any: false,
        met: false,
        malformed: None,
    };

    /// Takes a line of a field that is `*` or a list.
    pub(crate) fn list(&mut self, value: &[u8], matches: impl Fn(EntityTag<'_>) -> bool) {
        self.lines = self.lines.saturating_add(1);
        self.any = false;
        if let (1, Line::Any(offset)) = (self.lines, Line::of(value)) {
            self.any = true;
            self.refuse(ParseError::new(ErrorKind::Wildcard, offset));
            return;
        }
        for member in Members::of(value) {
            match member {
                Ok(tag) => self.met |= matches(tag),
                Err(error) => self.refuse(error),
            }
        }
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

    fn refuse(&mut self, error: ParseError) {
        self.malformed = self.malformed.or(Some((self.lines, error)));
    }

    pub(crate) const fn is_any(&self) -> bool {
        self.any
    }

    pub(crate) const fn is_present(&self) -> bool {
        self.lines > 0
    }

    pub(crate) const fn is_malformed(&self) -> bool {
        self.malformed().is_some()
    }

    pub(crate) const fn malformed(&self) -> Option<(u16, ParseError)> {
        if self.any { None } else { self.malformed }
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
