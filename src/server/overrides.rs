//! Results of conditions that the caller sets, for specifications that overrule RFC 9110.

use crate::request::field::Field;
use crate::request::field_set::FieldSet;
use crate::server::decision::Decision;
use crate::server::evaluation::Evaluation;

/// The conditions whose result the caller has set.
#[derive(Clone, Copy)]
pub(super) struct Overrides {
    fields: FieldSet,
    /// Fields whose condition is true. A part of `fields`.
    is_true: FieldSet,
}

impl Overrides {
    pub(super) const NONE: Self = Self {
        fields: FieldSet::NONE,
        is_true: FieldSet::NONE,
    };

    const fn with(self, field: Field, is_true: bool) -> Self {
        Self {
            fields: self.fields.with(field),
            is_true: self.is_true.except(field).with_if(field, is_true),
        }
    }

    /// Returns the fields whose result the caller has set.
    pub(super) const fn fields(self) -> FieldSet {
        self.fields
    }

    /// Returns the true conditions, of which ours are `is_true`.
    pub(super) const fn apply(self, is_true: FieldSet) -> FieldSet {
        is_true.without(self.fields).or(self.is_true)
    }
}

impl Evaluation<'_> {
    /// Returns the decision like [`decide`](Self::decide), but each listed condition is true or
    /// false as the caller says, by rules of its own. ([RFC 9110 §13.2.2])
    ///
    /// Use it if another specification overrules RFC 9110: [`overrule`](crate::overrule) has a
    /// recipe for each of several. Only the results of the listed conditions change. The order of
    /// the conditions, 304 or 412, 428, Range and the report of the decision stay as they are.
    ///
    /// `true` means that the RFC would call the condition true. If-Match is true if a tag
    /// *matches*. If-None-Match is true if *no* tag matches: the method is then performed.
    ///
    /// - All conditions can be listed: If-Match, If-Unmodified-Since, If-None-Match,
    ///   If-Modified-Since and If-Range. [`Field::Range`] is not a condition, and has no effect;
    ///   nor have [`Field::If`] and [`Field::IfScheduleTagMatch`], which an evaluation has only from
    ///   [`decide_dav`](Self::decide_dav).
    /// - The lines of a listed field count only as present: their values have no effect, and
    ///   [`Decision::malformed`] does not report them.
    /// - A result of a field that the request does not have has no effect: the condition is
    ///   [absent](crate::Condition::Absent), and [`Options::require_if_match`] still leads to 428.
    ///   If the condition comes from elsewhere, such as the body of a batch request, pass it as a
    ///   line first, with any value.
    /// - What is ignored stays ignored: If-Unmodified-Since beside If-Match, If-Modified-Since for
    ///   a PUT, If-Range without Range, and every condition of a request that would fail anyway.
    ///   But a listed date counts even if the representation has no modification date.
    /// - If a field is listed twice, the last result counts.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Condition, EntityTag, Evaluation, Field, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"62ca\""));
    /// let put = Evaluation::new("PUT", Some(&current)).fields([("If-Match", "62ca")]);
    /// assert_eq!(put.decide().status(), 412, "the quotes are missing");
    ///
    /// let decision = put.decide_with([(Field::IfMatch, true)]);
    /// assert_eq!((decision.status(), decision.malformed().count()), (200, 0));
    ///
    /// // No line of If-Match: there is nothing to be true.
    /// let decision = Evaluation::new("PUT", Some(&current)).decide_with([(Field::IfMatch, false)]);
    /// assert_eq!((decision.status(), decision.condition(Field::IfMatch)), (200, Condition::Absent));
    /// ```
    ///
    /// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
    /// [`Options::require_if_match`]: crate::Options::require_if_match
    #[must_use]
    pub fn decide_with(&self, conditions: impl IntoIterator<Item = (Field, bool)>) -> Decision {
        let conditions = conditions.into_iter();
        let conditions = conditions.filter(|(field, _)| *field != Field::Range);
        self.decide_by(
            conditions.fold(Overrides::NONE, |overrides, (field, is_true)| {
                overrides.with(field, is_true)
            }),
        )
    }

    // Not generic, so that it is compiled once.
    fn decide_by(&self, overrides: Overrides) -> Decision {
        self.decision(overrides)
    }
}
