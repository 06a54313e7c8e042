//! The decision with the conditions of WebDAV and CalDAV, in their order. (RFC 4918 §10.4)

use crate::dav::preconditions::Preconditions;
use crate::range::verdict::RangeVerdict;
use crate::request::field::Field;
use crate::request::method::Method;
use crate::server::decision::{Decision, Outcome};
use crate::server::evaluation::Evaluation;
use crate::server::malformed::DavFaults;

impl Evaluation<'_> {
    /// Returns the decision like [`decide`](Self::decide), with the conditions of WebDAV and
    /// CalDAV. ([RFC 4918 §10.4], [RFC 6638 §8.3])
    ///
    /// The order follows from the rules of both RFCs; the place of If-Schedule-Tag-Match is our
    /// decision:
    ///
    /// 1. Methods and requests that ignore all conditions (RFC 9110 §13.2.1) ignore these, too. Do
    ///    not pass the 423 of a lock as the status code without conditions.
    /// 2. If is false or malformed: 412, also for GET, and before 304 (RFC 4918 §10.4.3, §12.1).
    /// 3. A lock is not satisfied: [`Outcome::Locked`], 423. The conditions of RFC 9110 change
    ///    nothing then (RFC 9110 §13.2.1).
    /// 4. If-Match or If-Unmodified-Since is false: 412.
    /// 5. If-Schedule-Tag-Match is false or malformed: 412.
    /// 6. The other steps of RFC 9110 §13.2.2.
    ///
    /// [`Options::require_if_match`] is satisfied by an `If`, too (our decision): a client with a
    /// lock guards its update. [`Options::already_applied`] turns a false If-Match into a success,
    /// and never a false If or If-Schedule-Tag-Match.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::Preconditions;
    /// use http_preconditions::{EntityTag, Evaluation, Field, Outcome, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let get = Evaluation::new("GET", Some(&current)).fields([("If-None-Match", "\"v1\"")]);
    /// assert_eq!(get.decide_dav(&Preconditions::new()).status(), 304);
    ///
    /// let decision = get.decide_dav(&Preconditions::new().if_is(Ok(false)).locked(true));
    /// assert_eq!((decision.status(), decision.decided_by()), (412, Some(Field::If)));
    ///
    /// let decision = get.decide_dav(&Preconditions::new().locked(true));
    /// assert_eq!((decision.outcome(), decision.status()), (Outcome::Locked, 423));
    /// ```
    ///
    /// [RFC 4918 §10.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4
    /// [RFC 6638 §8.3]: https://www.rfc-editor.org/rfc/rfc6638#section-8.3
    /// [`Options::require_if_match`]: crate::Options::require_if_match
    /// [`Options::already_applied`]: crate::Options::already_applied
    #[must_use]
    pub fn decide_dav(&self, conditions: &Preconditions) -> Decision {
        let mut evaluation = self.clone();
        if conditions.present.has(Field::If) {
            evaluation.options.require_if_match = false;
        }
        let decision = evaluation.decide();
        if evaluation.evaluates() {
            decision.with_dav(conditions)
        } else {
            let by_method = conditions
                .present
                .when(self.method == Method::Unconditional);
            Decision {
                present: decision.present.or(conditions.present),
                ignored: decision.ignored.or(conditions.present),
                ignored_by_method: decision.ignored_by_method.or(by_method),
                ..decision
            }
        }
    }
}

impl Decision {
    fn with_dav(mut self, conditions: &Preconditions) -> Self {
        self.present = self.present.or(conditions.present);
        self.is_false = self.is_false.or(conditions.is_false);
        self.dav_faults = DavFaults {
            of_if: conditions.if_error,
            of_schedule_tag: conditions.schedule_tag_error,
        };
        let is_decided_earlier = self.outcome == Outcome::PreconditionFailed
            && matches!(
                self.decided_by,
                Some(Field::IfMatch | Field::IfUnmodifiedSince)
            );
        if self.is_false.has(Field::If) {
            self.refused(Outcome::PreconditionFailed, Some(Field::If))
        } else if conditions.is_locked {
            self.refused(Outcome::Locked, None)
        } else if self.is_false.has(Field::IfScheduleTagMatch) && !is_decided_earlier {
            self.refused(Outcome::PreconditionFailed, Some(Field::IfScheduleTagMatch))
        } else {
            self
        }
    }

    /// Refuses the request: Range is not honoured then.
    fn refused(self, outcome: Outcome, decided_by: Option<Field>) -> Self {
        Self {
            outcome,
            decided_by,
            range_verdict: RangeVerdict::Ignored,
            complete_length: 0,
            ..self
        }
    }
}
