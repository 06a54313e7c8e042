//! RFC 9110 §13.2.2, "Precedence of Preconditions": from what the field lines said to the decision.

use crate::decision::{Decision, Outcome};
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::fields::Fields;
use crate::method::Method;
use crate::part::Part;

const CONDITIONS: Fields = Fields::ALL.except(Field::Range);
/// The conditions that are true where nothing matches.
const NEGATIVE: Fields = Fields::NONE
    .with(Field::IfNoneMatch)
    .with(Field::IfModifiedSince);
const DATES: Fields = Fields::NONE
    .with(Field::IfUnmodifiedSince)
    .with(Field::IfModifiedSince);

impl Evaluation<'_> {
    /// Ends the header section, and returns the status code that it requires. (§13.2.2)
    // Inlined, so that the compiler drops the parts of the decision that the caller never reads.
    #[expect(clippy::inline_always, reason = "a server calls it in one place")]
    #[inline(always)]
    #[must_use]
    pub fn decide(&self) -> Decision {
        let ranges_apply = self.ranges_apply();
        let usable_range = ranges_apply && self.range.is_usable();
        let present = self.answers.present;
        let malformed = self.answers.malformed();
        let overruled = self.overruled(ranges_apply, usable_range);
        let ignored = present.and(overruled.or(self.unusable(malformed)));
        let counted = present.and(CONDITIONS).without(ignored);
        let is_false = counted.without(self.is_true(malformed));
        let (outcome, decided_by) = self.outcome(is_false);
        let length = self.representation.and_then(|current| current.length);
        let performs = outcome == Outcome::Perform && decided_by.is_none();
        let (part, complete_length, unconditional) = if usable_range && performs {
            let octets = length.map_or(0, |length| length.octets);
            (self.range, octets, self.unconditional)
        } else if self.unconditional == 206 {
            // The caller calls the 200 by what Range would make of it.
            (Part::Ignored, 0, 200)
        } else {
            (Part::Ignored, 0, self.unconditional)
        };
        Decision {
            outcome,
            unconditional,
            decided_by,
            part,
            complete_length,
            has_etag: self.current_etag().is_some(),
            present,
            ignored,
            ignored_by_method: present.and(self.ignored_by_method()),
            is_false,
            faults: self.answers.faults.only(malformed.without(overruled)),
        }
    }

    /// The steps of §13.2.2, in its order. A field that is absent or ignored is not false.
    #[inline]
    fn outcome(&self, is_false: Fields) -> (Outcome, Option<Field>) {
        // 1. If-Match is false: 412, unless the state is in place already.
        if is_false.has(Field::IfMatch) {
            return (self.guard_failed(), Some(Field::IfMatch));
        }
        // 2. If-Match is absent, and If-Unmodified-Since is false: the same.
        if is_false.has(Field::IfUnmodifiedSince) {
            return (self.guard_failed(), Some(Field::IfUnmodifiedSince));
        }
        // 3. If-None-Match is false: 304 for GET and HEAD, 412 for other methods.
        if is_false.has(Field::IfNoneMatch) {
            let outcome = if self.method.revalidates() {
                Outcome::NotModified
            } else {
                Outcome::PreconditionFailed
            };
            return (outcome, Some(Field::IfNoneMatch));
        }
        // 4. If-None-Match is absent, and If-Modified-Since is false: 304 for GET and HEAD.
        if is_false.has(Field::IfModifiedSince) {
            return (Outcome::NotModified, Some(Field::IfModifiedSince));
        }
        // No RFC gives 428 a place: our decision.
        if self.lacks_if_match() {
            return (Outcome::PreconditionRequired, None);
        }
        // §13.2.1: a request that is refused without conditions still is.
        if !is_success(self.unconditional) {
            return (Outcome::Unconditional, None);
        }
        // 5. If-Range is false: ignore Range.
        if is_false.has(Field::IfRange) {
            return (Outcome::Perform, Some(Field::IfRange));
        }
        // 6. Otherwise perform the method, and Range with it.
        (Outcome::Perform, None)
    }

    /// Returns the fields that are ignored whatever they say.
    fn overruled(&self, ranges_apply: bool, usable_range: bool) -> Fields {
        if !self.evaluates() {
            return Fields::ALL;
        }
        let present = self.answers.present;
        self.ignored_by_method()
            // §13.1.4: beside If-Match.
            .with_if(Field::IfUnmodifiedSince, present.has(Field::IfMatch))
            // §13.1.3: beside If-None-Match.
            .with_if(Field::IfModifiedSince, present.has(Field::IfNoneMatch))
            // §13.1.5: without a Range that could be honoured.
            .with_if(Field::IfRange, !usable_range)
            .with_if(Field::Range, !ranges_apply)
    }

    /// Returns the fields that the method ignores: all (§13.2.1), If-Modified-Since (§13.1.3), or
    /// none.
    const fn ignored_by_method(&self) -> Fields {
        if matches!(self.method, Method::Unconditional) {
            Fields::ALL
        } else if self.method.revalidates() {
            Fields::NONE
        } else {
            Fields::NONE.with(Field::IfModifiedSince)
        }
    }

    /// Returns the dates that are ignored because of their value, or because the representation has
    /// no modification date (§13.1.4, §13.1.3).
    fn unusable(&self, malformed: Fields) -> Fields {
        if self.last_modified().is_none() {
            DATES
        } else {
            DATES.and(malformed.without(self.answers.forbidden))
        }
    }

    /// Returns the fields whose condition is true. They may be absent.
    fn is_true(&self, malformed: Fields) -> Fields {
        let exists = self.representation.is_some();
        // If-None-Match that cannot be read may have listed the current tag, and is taken to where
        // a method would overwrite a representation: our decision.
        let may_match = malformed.has(Field::IfNoneMatch) && exists && !self.method.revalidates();
        // If-Match and If-Range that cannot be read are false: the latter is our decision.
        let met = self.answers.met(exists);
        // §13.1.2, §13.1.3: true where no tag matches, and where the date is not met.
        met.with_if(Field::IfNoneMatch, may_match)
            .differing(NEGATIVE)
    }

    /// Returns the outcome of a false If-Match or If-Unmodified-Since.
    fn guard_failed(&self) -> Outcome {
        // §13.1.1 and §13.1.4 allow a success where the requested change is in place already. Only
        // the caller can see that.
        let applied = self.options.already_applied && !self.method.revalidates();
        if applied && is_success(self.unconditional) {
            Outcome::AlreadyApplied
        } else {
            Outcome::PreconditionFailed
        }
    }

    /// Returns true if the server demands an If-Match that the request does not have. (RFC 6585 §3)
    fn lacks_if_match(&self) -> bool {
        self.options.require_if_match
            && self.method.changes()
            && self.evaluates()
            && self.representation.is_some()
            && !self.answers.present.has(Field::IfMatch)
    }

    /// Returns true if conditions count: the method selects a representation, and the response
    /// without conditions is a success or 412 (§13.2.1).
    fn evaluates(&self) -> bool {
        self.method != Method::Unconditional
            && (is_success(self.unconditional) || self.unconditional == 412)
    }

    /// Returns true if the response is one that Range can change: a 200 (§14.2), which a caller may
    /// call by the 206 that it becomes.
    fn ranges_apply(&self) -> bool {
        self.method.has_ranges()
            && matches!(self.unconditional, 200 | 206)
            && self.representation.is_some_and(|current| current.ranges)
    }
}

const fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}
