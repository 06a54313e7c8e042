//! From the answers of all field lines to the decision: RFC 9110 §13.2.2, in the order of its
//! steps.

use crate::decision::{Decision, Outcome};
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::fields::Fields;
use crate::method::Method;
use crate::part::Part;

const GUARDS: Fields = Fields::NONE
    .with(Field::IfMatch)
    .with(Field::IfUnmodifiedSince);
const CACHE: Fields = Fields::NONE
    .with(Field::IfNoneMatch)
    .with(Field::IfModifiedSince);
const DATES: Fields = Fields::NONE
    .with(Field::IfUnmodifiedSince)
    .with(Field::IfModifiedSince);

impl Evaluation<'_> {
    /// Says that the header section is complete, and returns what it requires. (§13.2.2)
    // Inlined, so that what nobody asks the decision for is not even found out: to the status it
    // takes 100 instructions instead of 140.
    #[expect(clippy::inline_always, reason = "a server calls it in one place")]
    #[inline(always)]
    #[must_use]
    pub fn decide(&self) -> Decision {
        let usable_range = self.has_usable_range();
        let present = self.answers.present;
        let malformed = self.answers.malformed();
        let overruled = self.overruled(usable_range);
        let ignored = present.and(overruled.or(self.unusable(malformed)));
        let counted = present.without(ignored);
        let refuted = counted.without(self.met(malformed));
        let (outcome, decided_by) = self.outcome(refuted.iter().next(), counted);
        let length = self.representation.and_then(|current| current.length);
        let performs = outcome == Outcome::Perform && decided_by.is_none();
        let (part, complete_length) = if usable_range && performs {
            (self.range, length.map_or(0, |length| length.octets))
        } else {
            (Part::Ignored, 0)
        };
        Decision {
            outcome,
            unconditional: self.unconditional,
            decided_by,
            part,
            complete_length,
            has_etag: self.current_etag().is_some(),
            present,
            ignored,
            refuted,
            faults: self.answers.faults.only(malformed.without(overruled)),
        }
    }

    /// The fields that are ignored whatever they say.
    fn overruled(&self, usable_range: bool) -> Fields {
        if !self.evaluates() {
            return Fields::ALL;
        }
        let present = self.answers.present;
        Fields::NONE
            // §13.1.4: beside If-Match.
            .with_if(Field::IfUnmodifiedSince, present.has(Field::IfMatch))
            // §13.1.3: beside If-None-Match, and unless GET or HEAD.
            .with_if(
                Field::IfModifiedSince,
                present.has(Field::IfNoneMatch) || !self.method.revalidates(),
            )
            // §13.1.5: without a Range that could be honoured.
            .with_if(Field::IfRange, !usable_range)
    }

    /// The fields that are ignored because of what they say, or for want of what to compare it
    /// with: no date, or none of the representation (§13.1.4, §13.1.3).
    fn unusable(&self, malformed: Fields) -> Fields {
        if self.last_modified().is_none() {
            DATES
        } else {
            DATES.and(malformed)
        }
    }

    /// The fields whose condition is true, those included that are not there.
    fn met(&self, malformed: Fields) -> Fields {
        let met = self.answers.met(self.representation.is_some());
        // Where If-None-Match guards an update, what cannot be read is taken to match: our
        // decision.
        let unread = malformed.has(Field::IfNoneMatch) && !self.method.revalidates();
        let met = met.with_if(Field::IfNoneMatch, unread);
        // §13.1.2, §13.1.3: these are true where no tag matches, and where the date is not met.
        // What cannot be read of If-Match and If-Range is false: the latter is our decision.
        met.differing(CACHE)
    }

    /// The steps of §13.2.2. What is absent or to be ignored is settled before; the first field
    /// that is false decides.
    fn outcome(&self, decided_by: Option<Field>, counted: Fields) -> (Outcome, Option<Field>) {
        let outcome = match decided_by {
            // 1. If-Match is false: 412, or success if the state is in place already.
            // 2. If-Unmodified-Since is false: the same.
            Some(Field::IfMatch | Field::IfUnmodifiedSince) => self.guard_failed(),
            // 3. If-None-Match is false: 304 to GET and HEAD, 412 to all others.
            Some(Field::IfNoneMatch) if !self.method.revalidates() => Outcome::PreconditionFailed,
            // 4. If-Modified-Since is false: 304.
            Some(Field::IfNoneMatch | Field::IfModifiedSince) => Outcome::NotModified,
            // 428, if none of the four was there to be true. No RFC places it; we do it here.
            _ if self.requires_precondition() && counted.and(GUARDS.or(CACHE)).is_empty() => {
                return (Outcome::PreconditionRequired, None);
            }
            // What would be refused without conditions still is.
            _ if !self.would_succeed() => return (Outcome::Unconditional, None),
            // 5. If-Range is false: perform, and ignore Range.
            // 6. Otherwise perform, and process Range if there is one.
            _ => Outcome::Perform,
        };
        (outcome, decided_by)
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
        self.range.is_usable()
            && self.method.has_ranges()
            && matches!(self.unconditional, 200 | 206)
            && self.representation.is_some_and(|current| current.ranges)
    }
}
