//! The evaluation for an origin server: RFC 9110 §13.2.2, in the order of its steps.

use crate::decision::{Condition, Decision, Field, Malformed, Outcome};
use crate::entity_tag::EntityTag;
use crate::error::{ErrorKind, ParseError};
use crate::grammar;
use crate::http_date::HttpDate;
use crate::if_match::{Line, Members};
use crate::if_range::IfRange;
use crate::method::Method;
use crate::representation::Representation;

/// Evaluates the preconditions of a whole header section in one call. ([RFC 9110 §13.2.2])
///
/// `fields` are the names and values of the request's header section, those of other fields included; not those of
/// its trailer section, where these fields must not be (§6.5.1). `representation` is `None` where the target has none.
/// For a status other than 200, a clock or a policy there is [`Evaluation`].
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Representation, evaluate};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
/// let request = [("Host", "example.com"), ("If-None-Match", "\"v0\", \"v1\"")];
/// assert_eq!(evaluate("GET", request, Some(&current)).status(), 304);
/// assert_eq!(evaluate("GET", request, Some(&Representation::new())).status(), 200);
/// assert_eq!(evaluate("GET", request, None).status(), 404);
/// ```
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
pub fn evaluate<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    method: impl Into<Method>,
    fields: impl IntoIterator<Item = (N, V)>,
    representation: Option<&Representation<'_>>,
) -> Decision {
    Evaluation::new(method, representation)
        .fields(fields)
        .decide()
}

/// An evaluation under way: the header section goes in line by line, the decision comes out at its end.
/// ([RFC 9110 §13.2])
///
/// Lines come in any order and number. Nothing of them is kept but the answers. There is no verdict before the section
/// is complete, since a later line can carry a condition (§5.3); [`decide`](Self::decide) says that it is.
///
/// What the caller knows is said before the first line goes in.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Outcome, Representation};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let mut evaluation = Evaluation::new("PUT", Some(&current)).require_precondition();
/// evaluation.field("Content-Length", "12");
/// assert_eq!(evaluation.decide().outcome(), Outcome::PreconditionRequired);
/// evaluation.field("If-Match", "\"v1\"");
/// assert_eq!(evaluation.decide().outcome(), Outcome::PreconditionFailed);
/// evaluation.field("if-match", "\"v2\"");
/// assert_eq!(evaluation.decide().outcome(), Outcome::Perform);
/// ```
///
/// [RFC 9110 §13.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2
#[derive(Clone, Copy, Debug)]
#[must_use = "an evaluation does nothing until it decides"]
pub struct Evaluation<'r> {
    method: Method,
    representation: Option<&'r Representation<'r>>,
    unconditional: u16,
    now: HttpDate,
    require_precondition: bool,
    already_applied: bool,
    if_match: Answer,
    if_unmodified_since: Answer,
    if_none_match: Answer,
    if_modified_since: Answer,
    if_range: Answer,
    range: Answer,
}

impl<'r> Evaluation<'r> {
    /// Begins the evaluation of a request with this method on this representation, or on none.
    ///
    /// Without conditions the server is taken to answer 200, and 404 to a GET, HEAD or QUERY where there is no
    /// representation.
    pub fn new(method: impl Into<Method>, representation: Option<&'r Representation<'r>>) -> Self {
        let method = method.into();
        Self {
            method,
            representation,
            unconditional: if representation.is_none() && method.revalidates() {
                404
            } else {
                200
            },
            now: HttpDate::NOW_WITHOUT_CLOCK,
            require_precondition: false,
            already_applied: false,
            if_match: Answer::NONE,
            if_unmodified_since: Answer::NONE,
            if_none_match: Answer::NONE,
            if_modified_since: Answer::NONE,
            if_range: Answer::NONE,
            range: Answer::NONE,
        }
    }

    /// Says what the server answers without conditions, as far as it can be told before the method is performed.
    ///
    /// Any other than 2xx and 412 comes back as it is, and the conditions are ignored (§13.2.1): a request that would
    /// be redirected or refused anyway is.
    pub const fn unconditional_status(self, status: u16) -> Self {
        Self {
            unconditional: status,
            ..self
        }
    }

    /// Says what time it is, for years of two digits only (§5.6.7); no condition is compared with the clock.
    pub const fn now(self, now: HttpDate) -> Self {
        Self { now, ..self }
    }

    /// Demands a condition of this request: without one it is answered 428. (RFC 6585 §3)
    ///
    /// A condition that must be ignored is none. Methods that ignore them all are not asked.
    pub const fn require_precondition(self) -> Self {
        Self {
            require_precondition: true,
            ..self
        }
    }

    /// Says that the state which the request asks for is in place already, as after a retry of a request whose answer
    /// was lost.
    ///
    /// A false If-Match or If-Unmodified-Since then leads to success without performing the method again (§13.1.1,
    /// §13.1.4), except for GET, HEAD and QUERY, which change nothing.
    pub const fn already_applied(self) -> Self {
        Self {
            already_applied: true,
            ..self
        }
    }

    /// Takes one field line; those of other fields are passed over. The name is compared in any case.
    pub fn field(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        self.line(name.as_ref(), value.as_ref());
    }

    /// Takes many field lines.
    pub fn fields<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        mut self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        for (name, value) in fields {
            self.line(name.as_ref(), value.as_ref());
        }
        self
    }

    fn line(&mut self, name: &[u8], value: &[u8]) {
        let Some(field) = Field::from_name(name) else {
            return;
        };
        let current = self
            .representation
            .and_then(|representation| representation.etag);
        match field {
            // > A recipient MUST use the strong comparison function when comparing entity tags for If-Match.
            Field::IfMatch => self.if_match.list(value, |tag| {
                current.is_some_and(|current| tag.strong_eq(current))
            }),
            // > A recipient MUST use the weak comparison function when comparing entity tags for If-None-Match.
            Field::IfNoneMatch => self.if_none_match.list(value, |tag| {
                current.is_some_and(|current| tag.weak_eq(current))
            }),
            Field::IfUnmodifiedSince => self
                .if_unmodified_since
                .single(self.not_modified_since(value)),
            Field::IfModifiedSince => self
                .if_modified_since
                .single(self.not_modified_since(value)),
            Field::IfRange => self.if_range.single(self.unchanged(value)),
            Field::Range => self.range.single(Ok(grammar::is_bytes(value))),
        }
    }

    /// Reports whether Last-Modified is earlier than or equal to the date that is `value` (§13.1.3, §13.1.4).
    fn not_modified_since(&self, value: &[u8]) -> Result<bool, ParseError> {
        let date = HttpDate::parse_at(value, self.now)?;
        Ok(self
            .last_modified()
            .is_some_and(|last_modified| last_modified <= date))
    }

    /// Reports whether the validator that is `value` is that of the representation, and strong (§13.1.5).
    fn unchanged(&self, value: &[u8]) -> Result<bool, ParseError> {
        let validator = IfRange::parse_at(value, self.now)?;
        Ok(self.representation.is_some_and(|current| match validator {
            IfRange::EntityTag(tag) => current.etag.is_some_and(|current| tag.strong_eq(current)),
            IfRange::HttpDate(date) => current.strong_date && current.last_modified == Some(date),
        }))
    }

    fn last_modified(&self) -> Option<HttpDate> {
        self.representation
            .and_then(|representation| representation.last_modified)
    }

    /// Says that the header section is complete, and returns what it requires.
    #[must_use]
    pub fn decide(&self) -> Decision {
        let conditions = self.conditions();
        let (outcome, decided_by) = self.outcome(conditions);
        Decision {
            outcome,
            unconditional: self.unconditional,
            decided_by,
            honours_range: outcome == Outcome::Perform
                && decided_by.is_none()
                && self.has_usable_range(),
            has_etag: self
                .representation
                .is_some_and(|current| current.etag.is_some()),
            conditions,
            malformed: self.malformed(),
        }
    }

    /// The steps of §13.2.2. That a condition is absent or to be ignored is settled before: only `False` stops here.
    fn outcome(
        &self,
        [
            if_match,
            if_unmodified_since,
            if_none_match,
            if_modified_since,
            if_range,
        ]: [Condition; 5],
    ) -> (Outcome, Option<Field>) {
        let before_if_range = [
            if_match,
            if_unmodified_since,
            if_none_match,
            if_modified_since,
        ];

        // 1. If-Match is false: 412, or success if the state is in place already.
        if if_match == Condition::False {
            return (self.guard_failed(), Some(Field::IfMatch));
        }
        // 2. If-Match is absent, and If-Unmodified-Since is false: the same.
        if if_unmodified_since == Condition::False {
            return (self.guard_failed(), Some(Field::IfUnmodifiedSince));
        }
        // 3. If-None-Match is false: 304 to GET and HEAD, 412 to all others.
        if if_none_match == Condition::False {
            let outcome = if self.method.revalidates() {
                Outcome::NotModified
            } else {
                Outcome::PreconditionFailed
            };
            return (outcome, Some(Field::IfNoneMatch));
        }
        // 4. GET or HEAD, If-None-Match is absent, and If-Modified-Since is false: 304.
        if if_modified_since == Condition::False {
            return (Outcome::NotModified, Some(Field::IfModifiedSince));
        }
        // Between the steps, since no RFC says where: 428 if none of the four was there to be true (RFC 6585 §3).
        if self.require_precondition
            && self.evaluates()
            && !before_if_range.contains(&Condition::True)
        {
            return (Outcome::PreconditionRequired, None);
        }
        // 5. GET with Range, and If-Range is false: perform, and ignore Range.
        if if_range == Condition::False {
            return (Outcome::Perform, Some(Field::IfRange));
        }
        // 6. Otherwise perform, and process Range if there is one.
        (Outcome::Perform, None)
    }

    /// What a false If-Match or If-Unmodified-Since comes to.
    const fn guard_failed(&self) -> Outcome {
        // > ... the origin server MAY ... respond with a 2xx status code if the request is a state-changing operation
        // > that appears to have already been applied
        if self.already_applied && !self.method.revalidates() && self.would_succeed() {
            Outcome::AlreadyApplied
        } else {
            Outcome::PreconditionFailed
        }
    }

    /// What became of each condition, in evaluation order: what is true of it, unless it is to be ignored.
    fn conditions(&self) -> [Condition; 5] {
        let ignore_all = !self.evaluates();
        let exists = self.representation.is_some();
        let is_dated = self.last_modified().is_some();
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
            if_match.condition(ignore_all, (if_match.any && exists) || if_match.met),
            // §13.1.4: ignored beside If-Match, if it is no date, and if the representation has none.
            if_unmodified_since.condition(
                ignore_all
                    || if_match.is_present()
                    || if_unmodified_since.is_malformed()
                    || !is_dated,
                if_unmodified_since.met,
            ),
            // §13.1.2: false if `*` and a representation exists, or if a tag matches. Where it guards an update and a
            // part of it cannot be read, we take it that this part would have matched.
            if_none_match.condition(
                ignore_all,
                !((if_none_match.any && exists)
                    || if_none_match.met
                    || (if_none_match.is_malformed() && !revalidates)),
            ),
            // §13.1.3: ignored unless GET or HEAD, beside If-None-Match, if it is no date, and without one to compare.
            if_modified_since.condition(
                ignore_all
                    || !revalidates
                    || if_none_match.is_present()
                    || if_modified_since.is_malformed()
                    || !is_dated,
                !if_modified_since.met,
            ),
            // §13.1.5: ignored without a Range that could be honoured. What cannot be read is false: our decision.
            if_range.condition(ignore_all || !self.has_usable_range(), if_range.met),
        ]
    }

    /// What was malformed in the fields that count: the conditions but those that are ignored whatever their value.
    fn malformed(&self) -> [Option<Malformed>; 5] {
        let ignored = [
            false,
            self.if_match.is_present(),
            false,
            self.if_none_match.is_present() || !self.method.revalidates(),
            !self.range.is_present() || !self.method.has_ranges(),
        ];
        let answers = [
            self.if_match,
            self.if_unmodified_since,
            self.if_none_match,
            self.if_modified_since,
            self.if_range,
        ];
        let mut malformed = [None; 5];
        for (((place, field), answer), ignored) in malformed
            .iter_mut()
            .zip(Field::CONDITIONS)
            .zip(answers)
            .zip(ignored)
        {
            if self.evaluates() && !ignored {
                *place = answer
                    .malformed
                    .map(|(line, error)| Malformed::new(field, line, error));
            }
        }
        malformed
    }

    /// Reports whether conditions count at all: not for methods that select no representation, nor where the answer
    /// would be neither a success nor 412 without them (§13.2.1).
    const fn evaluates(&self) -> bool {
        !matches!(self.method, Method::Ignoring)
            && (self.would_succeed() || self.unconditional == 412)
    }

    const fn would_succeed(&self) -> bool {
        matches!(self.unconditional, 200..=299)
    }

    /// Reports whether there is a Range that is processed if If-Range allows (§14.2).
    fn has_usable_range(&self) -> bool {
        self.method.has_ranges()
            && self.would_succeed()
            && self.representation.is_some_and(|current| current.ranges)
            && self.range.met
    }
}

/// What the lines of one field have said so far.
#[derive(Clone, Copy, Debug)]
struct Answer {
    /// How many there were, up to 65,535.
    lines: u16,
    /// The only line is `*`.
    any: bool,
    /// A listed tag matches; the date or validator is met; the range is one in bytes.
    met: bool,
    /// The first error, and in which line.
    malformed: Option<(u16, ParseError)>,
}

impl Answer {
    const NONE: Self = Self {
        lines: 0,
        any: false,
        met: false,
        malformed: None,
    };

    /// Takes a line of a field that is `*` or a list.
    fn list(&mut self, value: &[u8], matches: impl Fn(EntityTag<'_>) -> bool) {
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
    fn single(&mut self, met: Result<bool, ParseError>) {
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

    const fn is_present(&self) -> bool {
        self.lines > 0
    }

    const fn is_malformed(&self) -> bool {
        self.malformed.is_some()
    }

    const fn condition(&self, ignored: bool, holds: bool) -> Condition {
        match (self.is_present(), ignored, holds) {
            (false, ..) => Condition::Absent,
            (_, true, _) => Condition::Ignored,
            (.., true) => Condition::True,
            (.., false) => Condition::False,
        }
    }
}
