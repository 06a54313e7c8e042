//! Precedence of preconditions: from the results of the field lines to the decision.
//! (RFC 9110 §13.2.2)

use crate::range::verdict::RangeVerdict;
use crate::request::field::Field;
use crate::request::field_set::FieldSet;
use crate::request::method::Method;
use crate::server::decision::{Decision, Outcome};
use crate::server::evaluation::Evaluation;
use crate::server::malformed::DavFaults;
use crate::server::overrides::Overrides;

const CONDITIONS: FieldSet = FieldSet::ALL.except(Field::Range);
/// Conditions with the opposite sense: false if a listed tag matches or the date is met.
const NEGATIVE: FieldSet = FieldSet::NONE
    .with(Field::IfNoneMatch)
    .with(Field::IfModifiedSince);
const DATES: FieldSet = FieldSet::NONE
    .with(Field::IfUnmodifiedSince)
    .with(Field::IfModifiedSince);

impl Evaluation<'_> {
    /// Returns the decision that the field lines require. Call it after the last line. (§13.2.2)
    // Inlined, so that the compiler drops the parts of the decision that the caller never reads.
    #[expect(clippy::inline_always, reason = "a server calls it in one place")]
    #[inline(always)]
    #[must_use]
    pub fn decide(&self) -> Decision {
        self.decision(Overrides::NONE)
    }

    /// Returns the decision, with the results that the caller has set.
    // Inlined, so that the overrides cost nothing where there are none.
    #[expect(
        clippy::inline_always,
        reason = "called by `decide` and `decide_with` only"
    )]
    #[inline(always)]
    pub(super) fn decision(&self, overrides: Overrides) -> Decision {
        let ranges_apply = self.ranges_apply();
        let usable_range = ranges_apply && self.range.is_usable();
        let present = self.conditions.present;
        let malformed = self.conditions.malformed().without(overrides.fields());
        let overruled = self.overruled(ranges_apply, usable_range);
        let unusable = self.unusable(malformed).without(overrides.fields());
        let ignored = present.and(overruled.or(unusable));
        let counted = present.and(CONDITIONS).without(ignored);
        let is_false = counted.without(overrides.apply(self.is_true(malformed)));
        let (outcome, decided_by) = self.outcome(is_false);
        let length = self.representation.and_then(|current| current.length);
        let performs = outcome == Outcome::Perform && decided_by.is_none();
        let (range_verdict, complete_length, unconditional) = if usable_range && performs {
            let octets = length.map_or(0, |length| length.octets);
            (self.range, octets, self.unconditional)
        } else if self.unconditional == 206 {
            // The caller named the 206 that Range would make of a 200. Range is not honoured.
            (RangeVerdict::Ignored, 0, 200)
        } else {
            (RangeVerdict::Ignored, 0, self.unconditional)
        };
        Decision {
            outcome,
            unconditional,
            decided_by,
            range_verdict,
            complete_length,
            has_etag: self.current_etag().is_some(),
            present,
            ignored,
            ignored_by_method: present.and(self.ignored_by_method()),
            is_false,
            faults: self.conditions.faults.only(malformed.without(overruled)),
            dav_faults: DavFaults::NONE,
        }
    }

    /// Returns the outcome and the field that decided it, by the steps of §13.2.2.
    ///
    /// `is_false` must contain no field that is absent or ignored.
    #[inline]
    fn outcome(&self, is_false: FieldSet) -> (Outcome, Option<Field>) {
        // 1. If-Match is false: 412, unless the requested state is in place already.
        if is_false.has(Field::IfMatch) {
            return (self.guard_failed(), Some(Field::IfMatch));
        }
        // 2. If-Match is absent, and If-Unmodified-Since is false: like step 1.
        if is_false.has(Field::IfUnmodifiedSince) {
            return (self.guard_failed(), Some(Field::IfUnmodifiedSince));
        }
        // 3. If-None-Match is false: 304 for GET, HEAD and QUERY, 412 for other methods.
        if is_false.has(Field::IfNoneMatch) {
            let outcome = if self.method.revalidates() {
                Outcome::NotModified
            } else {
                Outcome::PreconditionFailed
            };
            return (outcome, Some(Field::IfNoneMatch));
        }
        // 4. If-None-Match is absent, and If-Modified-Since is false: 304. The field is ignored
        // for methods other than GET, HEAD and QUERY.
        if is_false.has(Field::IfModifiedSince) {
            return (Outcome::NotModified, Some(Field::IfModifiedSince));
        }
        // 428 (RFC 6585 §3) comes after false conditions. No RFC gives it a place in this order:
        // our decision.
        if self.lacks_if_match() {
            return (Outcome::PreconditionRequired, None);
        }
        // §13.2.1: a request that would be refused or redirected without conditions still is.
        if !is_success(self.unconditional) {
            return (Outcome::Unconditional, None);
        }
        // 5. If-Range is false: ignore Range.
        if is_false.has(Field::IfRange) {
            return (Outcome::Perform, Some(Field::IfRange));
        }
        // 6. Otherwise: perform the method, and honour Range.
        (Outcome::Perform, None)
    }

    /// Returns the fields that are ignored regardless of their value.
    fn overruled(&self, ranges_apply: bool, usable_range: bool) -> FieldSet {
        if !self.evaluates() {
            return FieldSet::ALL;
        }
        let present = self.conditions.present;
        self.ignored_by_method()
            // §13.1.4: ignored beside If-Match.
            .with_if(Field::IfUnmodifiedSince, present.has(Field::IfMatch))
            // §13.1.3: ignored beside If-None-Match.
            .with_if(Field::IfModifiedSince, present.has(Field::IfNoneMatch))
            // §13.1.5: ignored without a Range that the server could honour.
            .with_if(Field::IfRange, !usable_range)
            .with_if(Field::Range, !ranges_apply)
    }

    /// Returns the fields that the method ignores: all fields (§13.2.1), If-Modified-Since
    /// (§13.1.3), or no field.
    const fn ignored_by_method(&self) -> FieldSet {
        if matches!(self.method, Method::Unconditional) {
            FieldSet::ALL
        } else if self.method.revalidates() {
            FieldSet::NONE
        } else {
            FieldSet::NONE.with(Field::IfModifiedSince)
        }
    }

    /// Returns the date fields that are ignored because the representation has no modification
    /// date, or because the value is not a valid date (§13.1.3, §13.1.4).
    ///
    /// An If-Unmodified-Since with CR, LF or NUL inside is false instead (our decision), unless
    /// the representation has no modification date.
    fn unusable(&self, malformed: FieldSet) -> FieldSet {
        if self.last_modified().is_none() {
            DATES
        } else {
            DATES.and(malformed.without(self.conditions.forbidden))
        }
    }

    /// Returns the fields whose condition is true. The set may contain absent fields.
    fn is_true(&self, malformed: FieldSet) -> FieldSet {
        let exists = self.representation.is_some();
        // A malformed If-None-Match may have listed the current tag. It counts as a match where
        // the method could overwrite a representation: our decision.
        let may_match = malformed.has(Field::IfNoneMatch) && exists && !self.method.revalidates();
        // A malformed If-Match matches by its valid members only, and a malformed If-Range is
        // false: our decisions.
        let met = self.conditions.met(exists);
        // §13.1.2, §13.1.3: the condition is true if no tag matches, or if the date is not met.
        met.with_if(Field::IfNoneMatch, may_match)
            .differing(NEGATIVE)
    }

    /// Returns the outcome of a false If-Match or If-Unmodified-Since.
    fn guard_failed(&self) -> Outcome {
        // §13.1.1 and §13.1.4 allow a success if the requested change is in place already. Only
        // the caller can know that.
        let applied = self.options.already_applied && self.method.changes();
        if applied && is_success(self.unconditional) {
            Outcome::AlreadyApplied
        } else {
            Outcome::PreconditionFailed
        }
    }

    /// Returns true if the server requires an If-Match that the request does not have.
    /// (RFC 6585 §3)
    fn lacks_if_match(&self) -> bool {
        self.options.require_if_match
            && self.method.changes()
            && self.evaluates()
            && self.representation.is_some()
            && !self.conditions.present.has(Field::IfMatch)
    }

    /// Returns true if the server must evaluate conditions: the method selects a representation,
    /// and the status code without conditions is 2xx or 412 (§13.2.1).
    pub(super) fn evaluates(&self) -> bool {
        self.method != Method::Unconditional
            && (is_success(self.unconditional) || self.unconditional == 412)
    }

    /// Returns true if Range can change the response: the method and the representation have
    /// ranges, and the status code without conditions is 200 (§14.2). A caller may name the 200
    /// by the 206 that it becomes.
    fn ranges_apply(&self) -> bool {
        self.method.has_ranges()
            && matches!(self.unconditional, 200 | 206)
            && self.representation.is_some_and(|current| current.ranges)
    }
}

const fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}
