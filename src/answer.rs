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
    pub(crate) any: bool,
    /// A listed tag matches; the date or validator is met; the range is one in bytes.
    pub(crate) met: bool,
    /// The first error, and in which line.
    pub(crate) malformed: Option<(u16, ParseError)>,
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
        let line = Line::of(value);
        if line.is_any() && self.lines == 1 {
            self.any = true;
            return;
        }
        if self.any {
            self.any = false;
            self.refuse(ParseError::new(ErrorKind::Wildcard, 0));
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

    pub(crate) const fn is_present(&self) -> bool {
        self.lines > 0
    }

    pub(crate) const fn is_malformed(&self) -> bool {
        self.malformed.is_some()
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
