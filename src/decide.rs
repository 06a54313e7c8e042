//! From the answers of all field lines to the decision: RFC 9110 §13.2.2, in the order of its
//! steps.

use crate::answer::Answer;
use crate::decision::{Condition, Decision, Malformed, Outcome};
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::method::Method;
use crate::part::Part;

impl Evaluation<'_> {
    /// Says that the header section is complete, and returns what it requires.
    #[must_use]
    pub fn decide(&self) -> Decision {
        let conditions = self.conditions();
        let (outcome, decided_by) = self.outcome(conditions);
        let honours_range =
            outcome == Outcome::Perform && decided_by.is_none() && self.has_usable_range();
        Decision {
            outcome,
            unconditional: self.unconditional,
            decided_by,
            part: if honours_range {
                self.range
            } else {
                Part::Ignored
            },
            has_etag: self.current_etag().is_some(),
            conditions,
            malformed: self.malformed(),
        }
    }

    /// The steps of §13.2.2. What is absent or to be ignored is settled before; only `False`
    /// decides.
    fn outcome(&self, conditions: [Condition; 5]) -> (Outcome, Option<Field>) {
        use Condition::{False, True};

        match conditions {
            // 1. If-Match is false: 412, or success if the state is in place already.
            [False, ..] => (self.guard_failed(), Some(Field::IfMatch)),
            // 2. If-Unmodified-Since is false: the same.
            [_, False, ..] => (self.guard_failed(), Some(Field::IfUnmodifiedSince)),
            // 3. If-None-Match is false: 304 to GET and HEAD, 412 to all others.
            [_, _, False, ..] if self.method.revalidates() => {
                (Outcome::NotModified, Some(Field::IfNoneMatch))
            }
            [_, _, False, ..] => (Outcome::PreconditionFailed, Some(Field::IfNoneMatch)),
            // 4. If-Modified-Since is false: 304.
            [.., False, _] => (Outcome::NotModified, Some(Field::IfModifiedSince)),
            // 428, if none of the four was there to be true. No RFC places it; we do it here.
            [guards @ .., _] if self.requires_precondition() && !guards.contains(&True) => {
                (Outcome::PreconditionRequired, None)
            }
            // What would be refused without conditions still is.
            _ if !self.would_succeed() => (Outcome::Unconditional, None),
            // 5. If-Range is false: perform, and ignore Range.
            [.., False] => (Outcome::Perform, Some(Field::IfRange)),
            // 6. Otherwise perform, and process Range if there is one.
            _ => (Outcome::Perform, None),
        }
    }

    /// What a false If-Match or If-Unmodified-Since comes to.
    const fn guard_failed(&self) -> Outcome {
        // §13.1.1 and §13.1.4 allow a success where a change of state is seen to be in place. That
        // it is seen is the caller's to say, and a success has to be what it would get.
        if self.already_applied && !self.method.revalidates() && self.would_succeed() {
            Outcome::AlreadyApplied
        } else {
            Outcome::PreconditionFailed
        }
    }

    /// What became of each condition, in evaluation order.
    fn conditions(&self) -> [Condition; 5] {
        let ignore_all = !self.evaluates();
        let exists = self.representation.is_some();
        let undated = self.last_modified().is_none();
        let revalidates = self.method.revalidates();
        let Self {
            if_match,
            if_unmodified_since,
            if_none_match,
            if_modified_since,
            if_range,
            ..
        } = self;
        [
            // §13.1.1: true if `*` and a representation exists, or if a tag matches.
            if_match.condition(ignore_all, (if_match.is_any() && exists) || if_match.met),
            // §13.1.4: ignored beside If-Match, if it is no date, and without one to compare with.
            if_unmodified_since.condition(
                ignore_all
                    || if_match.is_present()
                    || if_unmodified_since.is_malformed()
                    || undated,
                if_unmodified_since.met,
            ),
            // §13.1.2: false if `*` and a representation exists, or if a tag matches. Where it
            // guards an update, what cannot be read is taken to match: our decision.
            if_none_match.condition(
                ignore_all,
                !((if_none_match.is_any() && exists)
                    || if_none_match.met
                    || (if_none_match.is_malformed() && !revalidates)),
            ),
            // §13.1.3: ignored unless GET or HEAD, beside If-None-Match, if it is no date, and
            // without one to compare with.
            if_modified_since.condition(
                ignore_all
                    || !revalidates
                    || if_none_match.is_present()
                    || if_modified_since.is_malformed()
                    || undated,
                !if_modified_since.met,
            ),
            // §13.1.5: ignored without a Range that could be honoured. What cannot be read is
            // false: our decision.
            if_range.condition(ignore_all || !self.has_usable_range(), if_range.met),
        ]
    }

    /// What is malformed in the fields that count: not in those that are ignored whatever they say.
    fn malformed(&self) -> [Option<Malformed>; 5] {
        let of = |field, answer: &Answer, ignored: bool| match answer.malformed() {
            Some((line, error)) if !ignored && self.evaluates() => {
                Some(Malformed::new(field, line, error))
            }
            _ => None,
        };
        let no_revalidation = self.if_none_match.is_present() || !self.method.revalidates();
        let no_range = !self.has_usable_range();
        [
            of(Field::IfMatch, &self.if_match, false),
            of(
                Field::IfUnmodifiedSince,
                &self.if_unmodified_since,
                self.if_match.is_present(),
            ),
            of(Field::IfNoneMatch, &self.if_none_match, false),
            of(
                Field::IfModifiedSince,
                &self.if_modified_since,
                no_revalidation,
            ),
            of(Field::IfRange, &self.if_range, no_range),
        ]
    }

    const fn requires_precondition(&self) -> bool {
        self.require_precondition && self.evaluates()
    }

    /// Reports whether conditions count at all: not for methods that select no representation, nor
    /// where the answer would be neither a success nor 412 without them (§13.2.1).
    const fn evaluates(&self) -> bool {
        !matches!(self.method, Method::Ignoring)
            && (self.would_succeed() || self.unconditional == 412)
    }

    const fn would_succeed(&self) -> bool {
        matches!(self.unconditional, 200..=299)
    }

    /// Reports whether there is a Range that is processed if If-Range allows: only instead of a 200
    /// (§14.2), which a caller may call by the 206 that it becomes.
    fn has_usable_range(&self) -> bool {
        self.method.has_ranges()
            && matches!(self.unconditional, 200 | 206)
            && self.representation.is_some_and(|current| current.ranges)
            && self.range.is_usable()
    }
}
