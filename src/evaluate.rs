//! The entrance: a request's method and field lines go in, and leave their answers behind.

use crate::answer::Answers;
use crate::decision::Decision;
use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::field::Field;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::if_range::IfRange;
use crate::method::Method;
use crate::part::Part;
use crate::representation::Representation;

/// Evaluates the preconditions of a whole header section for an origin server, in one call.
/// ([RFC 9110 §13.2.2])
///
/// A proxy that only forwards evaluates nothing (§13.2.1), and a cache has rules of its own (RFC
/// 9111 §4.3.2). `fields` are the names and values of the request's header section, those of other
/// fields included; not those of its trailer section, where these fields must not be (§6.5.1).
/// `representation` is `None` where the target has none. For a status other than 200, a clock or a
/// policy there is [`Evaluation`].
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

/// An evaluation under way on an origin server: the header section goes in line by line, the
/// decision comes out at its end. ([RFC 9110 §13.2])
///
/// Lines come in any order and number. Nothing of them is kept but the answers. Call
/// [`decide`](Self::decide) when the section is complete and not before, since a later line can
/// carry a condition (§5.3). What the caller knows is said before the first line goes in.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Outcome, Representation};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let mut evaluation = Evaluation::new("PUT", Some(&current)).require_precondition();
/// for (name, value) in [("Content-Length", "12"), ("If-Match", "\"v1\""), ("if-match", "\"v2\"")] {
///     evaluation.field(name, value);
/// }
/// assert_eq!(evaluation.decide().outcome(), Outcome::Perform);
///
/// let unguarded = Evaluation::new("PUT", Some(&current)).require_precondition().decide();
/// assert_eq!(unguarded.outcome(), Outcome::PreconditionRequired);
/// ```
///
/// [RFC 9110 §13.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2
#[derive(Clone, Debug)]
#[must_use = "an evaluation does nothing until it decides"]
pub struct Evaluation<'r> {
    pub(crate) method: Method,
    pub(crate) representation: Option<&'r Representation<'r>>,
    pub(crate) unconditional: u16,
    pub(crate) now: HttpDate,
    pub(crate) require_precondition: bool,
    pub(crate) already_applied: bool,
    pub(crate) answers: Answers,
    pub(crate) range: Part,
}

impl<'r> Evaluation<'r> {
    /// Begins the evaluation of a request with this method on this representation, or on none.
    ///
    /// Without conditions the server is taken to answer 200, and 404 to a GET, HEAD or QUERY where
    /// there is no representation.
    // To call it would take a twentieth of what one tag does.
    #[inline]
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
            answers: Answers::NONE,
            range: Part::Absent,
        }
    }

    /// Says what the server answers without conditions and without Range, as far as it can be told
    /// before the method is performed: where Range would make it 206 or 416, that is 200. A status
    /// code is 100 to 599; what is outside comes back like any other that is not a success.
    ///
    /// Any other than 2xx and 412 comes back as it is, and the conditions are ignored (§13.2.1): a
    /// request that would be redirected or refused anyway is. The outcome is
    /// [`Outcome::Unconditional`](crate::Outcome::Unconditional) then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Evaluation, Outcome, Representation};
    ///
    /// let moved = Evaluation::new("GET", Some(&Representation::new()))
    ///     .unconditional_status(301)
    ///     .fields([("If-None-Match", "*")])
    ///     .decide();
    /// assert_eq!((moved.outcome(), moved.status()), (Outcome::Unconditional, 301));
    ///
    /// let creates = Evaluation::new("PUT", None)
    ///     .unconditional_status(201)
    ///     .fields([("If-None-Match", "*")])
    ///     .decide();
    /// assert_eq!((creates.outcome(), creates.status()), (Outcome::Perform, 201));
    /// ```
    pub const fn unconditional_status(self, status: u16) -> Self {
        Self {
            unconditional: status,
            ..self
        }
    }

    /// Says what time it is, for years of two digits only (§5.6.7); no condition is compared with
    /// the clock. It counts for the lines that go in after it.
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

    /// Says that the state which the request asks for is in place already, as after a retry of a
    /// request whose answer was lost.
    ///
    /// A false If-Match or If-Unmodified-Since then leads to success without performing the method
    /// again (§13.1.1, §13.1.4), except for GET, HEAD and QUERY, which change nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Evaluation, Outcome, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let retry = Evaluation::new("PUT", Some(&current))
    ///     .unconditional_status(204)
    ///     .already_applied()
    ///     .fields([("If-Match", "\"v1\"")])
    ///     .decide();
    /// assert_eq!((retry.outcome(), retry.status()), (Outcome::AlreadyApplied, 204));
    /// ```
    pub const fn already_applied(self) -> Self {
        Self {
            already_applied: true,
            ..self
        }
    }

    /// Takes one field line; those of other fields are passed over.
    ///
    /// The name is compared in any case (§5.1), but as it is: that it has no whitespace before its
    /// colon is for the parser of the message to see to (RFC 9112 §5.1).
    pub fn field(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> &mut Self {
        self.line(name.as_ref(), value.as_ref());
        self
    }

    /// Takes many field lines, each as [`field`](Self::field) does.
    pub fn fields<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &mut self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> &mut Self {
        for (name, value) in fields {
            self.line(name.as_ref(), value.as_ref());
        }
        self
    }

    #[inline]
    fn line(&mut self, name: &[u8], value: &[u8]) {
        if let Some(field) = Field::from_name(name) {
            self.line_of(field, value);
        }
    }

    // By itself, so that not each kind of fields has its own.
    fn line_of(&mut self, field: Field, value: &[u8]) {
        self.take(field, value);
    }

    /// Takes one line of this field.
    // Inlined into where a `HeaderMap` tells which field it is, and the usual line of a field with
    // tags into that: a request with all six takes 800 instructions instead of 1,450.
    #[cfg_attr(
        target_pointer_width = "64",
        expect(clippy::inline_always, reason = "it is inlined in two places"),
        inline(always)
    )]
    pub(crate) fn take(&mut self, field: Field, value: &[u8]) {
        let present = self.answers.present;
        match field {
            // In an arm, since each field then has its own code: before the match it takes 60
            // instructions more.
            #[cfg(target_pointer_width = "64")]
            Field::IfMatch | Field::IfNoneMatch | Field::IfRange
                if self.answers.only_tag(field, value, self.current_etag()) => {}
            Field::IfMatch | Field::IfNoneMatch => {
                self.answers.list(field, value, self.current_etag());
            }
            // §13.1.4, §13.1.3: beside the field with tags a date is ignored, and not even read.
            Field::IfUnmodifiedSince if present.has(Field::IfMatch) => self.answers.ignored(field),
            Field::IfModifiedSince if present.has(Field::IfNoneMatch) => {
                self.answers.ignored(field);
            }
            Field::IfUnmodifiedSince | Field::IfModifiedSince | Field::IfRange => {
                let met = self.validator(field, value);
                self.answers.single(field, met);
            }
            Field::Range => {
                let length = self
                    .representation
                    .and_then(|current| current.length.as_ref());
                self.range.line(value, length);
            }
        }
    }

    /// Reports whether the validator that is `value` is met.
    // All three in one, so that the ends of the value are looked for in one place: 64 octets less
    // on a Cortex-M0.
    fn validator(&self, field: Field, value: &[u8]) -> Result<bool, ParseError> {
        let validator = grammar::whole(value, |text| IfRange::read(field, text, self.now))?;
        Ok(self.representation.is_some_and(|current| match validator {
            // §13.1.5: that of the representation, and strong.
            IfRange::EntityTag(tag) => current.etag.is_some_and(|current| tag.strong_eq(current)),
            IfRange::HttpDate(date) if matches!(field, Field::IfRange) => {
                current.strong_date && current.last_modified == Some(date)
            }
            // §13.1.3, §13.1.4: Last-Modified is earlier than or equal to it.
            IfRange::HttpDate(date) => current
                .last_modified
                .is_some_and(|last_modified| last_modified <= date),
        }))
    }

    pub(crate) fn current_etag(&self) -> Option<&'r EntityTag<'r>> {
        self.representation
            .and_then(|representation| representation.etag.as_ref())
    }

    pub(crate) fn last_modified(&self) -> Option<HttpDate> {
        self.representation
            .and_then(|representation| representation.last_modified)
    }
}
