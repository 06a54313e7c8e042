//! The result of an evaluation: the outcome, the status code, and the reasons.

use crate::range::verdict::RangeVerdict;
use crate::request::field::Field;
use crate::request::field_set::FieldSet;
use crate::server::malformed::{DavFaults, Faults, Malformed};

/// The state of one condition of a request. ([RFC 9110 §13.1])
///
/// Each condition has its own state, even if an earlier condition has decided the outcome.
///
/// [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// The request does not have the field.
    Absent,
    /// The server ignores the field, for this reason.
    Ignored(IgnoreReason),
    /// The condition is true.
    True,
    /// The condition is false.
    False,
}

/// The reason why the server ignores a field. ([RFC 9110 §13.2.1], §13.1.3 to §13.1.5)
///
/// If several reasons apply, the decision reports the first in the order of the variants.
///
/// [RFC 9110 §13.2.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IgnoreReason {
    /// The method is CONNECT, OPTIONS or TRACE, which ignore all conditions (§13.2.1); or the
    /// field is If-Modified-Since, and the method is not GET, HEAD or QUERY (§13.1.3).
    Method,
    /// The status code without conditions is neither 2xx nor 412 (§13.2.1): for example, it is
    /// 404 because no representation exists for a GET.
    UnconditionalStatus,
    /// The field in this variant takes precedence: If-Match over If-Unmodified-Since (§13.1.4),
    /// or If-None-Match over If-Modified-Since (§13.1.3).
    OverruledBy(Field),
    /// The value is not a valid date, or the field has several lines (§13.1.3, §13.1.4).
    NotADate,
    /// The representation has no modification date, or no representation exists (§13.1.3,
    /// §13.1.4).
    NoModificationDate,
    /// The request has no Range that the server could honour (§13.1.5).
    NoRange,
}

/// The next action of the server. ([RFC 9110 §13.2.2])
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Perform the method, and respond as if there were no conditions. Honour Range if
    /// [`Decision::honours_range`] returns true.
    Perform,
    /// Do not perform the method; respond with the status code without conditions. It is a
    /// redirect or a refusal that no condition changes, such as 301, 403 or 404.
    Unconditional,
    /// Respond with 304 (Not Modified) without content, with the [fields that a 304
    /// keeps](Decision::not_modified_keeps).
    NotModified,
    /// Do not perform the method; respond with 412 (Precondition Failed).
    PreconditionFailed,
    /// Do not perform the method; respond with 423 (Locked): a lock must be satisfied, and the
    /// request submits no token of it. Only an evaluation that [decides with the conditions of
    /// WebDAV](crate::Evaluation::decide_dav) has this outcome. (RFC 4918 §7.5, §11.3)
    Locked,
    /// Do not perform the method; respond with 428 (Precondition Required), and explain that the
    /// client must send If-Match. (RFC 6585 §3)
    PreconditionRequired,
    /// Do not perform the method; respond as if it had been performed. The caller declared with
    /// [`Options::already_applied`](crate::Options::already_applied) that the requested state is
    /// in place. (§13.1.1, §13.1.4)
    AlreadyApplied,
}

/// The response that a request's preconditions require, and the reasons. ([RFC 9110 §13.2.2])
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Field, Outcome, Representation, evaluate};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let decision = evaluate("PUT", [("If-Match", "\"v1\"")], Some(&current));
/// assert_eq!((decision.outcome(), decision.status()), (Outcome::PreconditionFailed, 412));
/// assert_eq!(decision.decided_by(), Some(Field::IfMatch));
///
/// let decision = evaluate("PUT", [("If-Match", "v2")], Some(&current));
/// let malformed = decision.malformed().next().ok_or("the quotes are missing")?;
/// assert_eq!(malformed.to_string(), "If-Match: expected an entity tag at byte 0");
/// # Ok::<(), &str>(())
/// ```
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) outcome: Outcome,
    /// The status code of the response without conditions.
    pub(crate) unconditional: u16,
    pub(crate) decided_by: Option<Field>,
    /// The verdict on Range if the server honours Range; `Ignored` otherwise.
    pub(crate) range_verdict: RangeVerdict,
    /// In bytes; 0 if Range is ignored, or if the complete length is unknown.
    pub(crate) complete_length: u64,
    pub(crate) has_etag: bool,
    pub(crate) present: FieldSet,
    pub(crate) ignored: FieldSet,
    /// The present fields that the method ignores.
    pub(crate) ignored_by_method: FieldSet,
    pub(crate) is_false: FieldSet,
    pub(crate) faults: Faults,
    pub(crate) dav_faults: DavFaults,
}

impl Decision {
    /// Returns the next action of the server. ([RFC 9110 §13.2.2])
    ///
    /// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Returns the status code of the response: 304, 412, 423, 428, 206, 416, or the status
    /// code without conditions.
    ///
    /// If the [complete length](crate::Representation::complete_length) is unknown and
    /// [`honours_range`](Self::honours_range) is true, this is the status code without Range: you
    /// must resolve Range yourself, and send 206 or 416. If Range is not honoured, a status code
    /// of 206 that the caller set becomes 200.
    ///
    /// An unsatisfiable Range gets 416 even if If-Range is true: our decision. Step 5 of §13.2.2
    /// asks for a Range that is "applicable", and otherwise for 200. But §14.2 and §15.5.17,
    /// which define ranges, say 416, and a download tool learns from the 416 that it holds all
    /// bytes.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.outcome {
            Outcome::NotModified => 304,
            Outcome::PreconditionFailed => 412,
            Outcome::Locked => 423,
            Outcome::PreconditionRequired => 428,
            Outcome::Unconditional | Outcome::AlreadyApplied => self.unconditional,
            Outcome::Perform => match self.range_verdict.status() {
                // §14.2: Range is honoured, and the complete length is known.
                Some(status) => status,
                None => self.unconditional,
            },
        }
    }

    /// Returns the field whose false condition decided, or `None` if no condition is false.
    ///
    /// With [`Outcome::Perform`] the field can only be If-Range: the server then ignores Range.
    #[must_use]
    pub const fn decided_by(&self) -> Option<Field> {
        self.decided_by
    }

    /// Returns the state of the condition of this field. Range is not a condition: for
    /// [`Field::Range`], returns the state of If-Range.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Condition, EntityTag, Field, IgnoreReason};
    /// use http_preconditions::{Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let date = "Sat, 29 Oct 1994 19:43:31 GMT";
    /// let fields = [("If-None-Match", "\"v0\""), ("If-Modified-Since", date)];
    /// let decision = evaluate("GET", fields, Some(&current));
    /// assert_eq!(decision.condition(Field::IfNoneMatch), Condition::True);
    /// let overruled = Condition::Ignored(IgnoreReason::OverruledBy(Field::IfNoneMatch));
    /// assert_eq!(decision.condition(Field::IfModifiedSince), overruled);
    /// assert_eq!(decision.condition(Field::IfMatch), Condition::Absent);
    /// ```
    #[must_use]
    pub const fn condition(&self, field: Field) -> Condition {
        let field = match field {
            Field::Range => Field::IfRange,
            condition => condition,
        };
        if !self.present.has(field) {
            Condition::Absent
        } else if self.ignored.has(field) {
            Condition::Ignored(self.reason(field))
        } else if self.is_false.has(field) {
            Condition::False
        } else {
            Condition::True
        }
    }

    /// Returns the reason why the field is ignored. Call it only for an ignored field.
    const fn reason(&self, field: Field) -> IgnoreReason {
        if self.ignored_by_method.has(field) {
            return IgnoreReason::Method;
        }
        if !matches!(self.unconditional, 200..=299 | 412) {
            return IgnoreReason::UnconditionalStatus;
        }
        let overruling = match field {
            Field::IfUnmodifiedSince => Field::IfMatch,
            Field::IfModifiedSince => Field::IfNoneMatch,
            _ => return IgnoreReason::NoRange,
        };
        if self.present.has(overruling) {
            IgnoreReason::OverruledBy(overruling)
        } else if self.faults.has(field) {
            IgnoreReason::NotADate
        } else {
            IgnoreReason::NoModificationDate
        }
    }

    /// Returns the malformed fields, each with its first error, in evaluation order.
    ///
    /// The outcome is safe even if you do not look at these errors, with one exception. A
    /// malformed guard counts as failed, and a malformed cache validator as not matching (our
    /// decisions). The exception is If-Unmodified-Since: §13.1.4 requires the server to ignore a
    /// value that is not a date, and so to perform the method. A server may respond with 400 to
    /// any malformed field instead.
    ///
    /// Fields that are ignored because of the method, the status code without conditions or
    /// another field are left out, and so are those that [the caller has
    /// judged](crate::Evaluation::decide_with). A malformed Range is reported only if the [complete
    /// length](crate::Representation::complete_length) is known, or if Range has several lines.
    /// The [`RangePolicy`](crate::range::RangePolicy) decides whether it is ignored or rejected.
    pub fn malformed(&self) -> impl Iterator<Item = Malformed> + use<> {
        let (faults, dav_faults) = (self.faults, self.dav_faults);
        let fields = Field::WITH_DAV.iter();
        fields.filter_map(move |field| faults.of(*field).or_else(|| dav_faults.of(*field)))
    }
}
