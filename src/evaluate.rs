//! The entrance: a request's method and field lines go in, and leave their answers behind.

use crate::answer::Answers;
use crate::decision::Decision;
use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::field::Field;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::list::Comparison;
use crate::method::Method;
use crate::options::Options;
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

/// An evaluation under way on an origin server: field lines go in one by one, the decision comes
/// out at the end of the header section. ([RFC 9110 §13.2])
///
/// Lines come in any order and number, and nothing of them is kept but what they said of each
/// condition. Call [`decide`](Self::decide) when the section is complete and not before, since a
/// later line can carry a condition (§5.3).
///
/// A list of no tags, as in `If-Match:`, is legal by the grammar: it is not malformed, it matches
/// nothing, and a PUT with it is answered 412. To treat it as absent, as some clients of object
/// stores want, leave the line out: `if !value.trim_ascii().is_empty() { .. }`.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let options = Options::new().require_if_match();
/// let mut evaluation = Evaluation::with_options("PUT", Some(&current), options);
/// for (name, value) in [("Content-Length", "12"), ("If-Match", "\"v1\""), ("if-match", "\"v2\"")] {
///     evaluation.field(name, value);
/// }
/// assert_eq!(evaluation.decide().outcome(), Outcome::Perform);
///
/// let unguarded = Evaluation::with_options("PUT", Some(&current), options).decide();
/// assert_eq!(unguarded.outcome(), Outcome::PreconditionRequired);
/// ```
///
/// [RFC 9110 §13.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2
#[derive(Clone, Debug)]
#[must_use = "an evaluation does nothing until it decides"]
pub struct Evaluation<'r> {
    pub(crate) method: Method,
    pub(crate) representation: Option<&'r Representation<'r>>,
    /// The status without conditions.
    pub(crate) unconditional: u16,
    pub(crate) options: Options,
    pub(crate) answers: Answers,
    pub(crate) range: Part,
}

impl<'r> Evaluation<'r> {
    /// Begins the evaluation of a request with this method on this representation. `None` says that
    /// no representation exists.
    ///
    /// The server is one with the [default options](Options::new).
    // Inlined: it is on the path of every request.
    #[inline]
    pub fn new(method: impl Into<Method>, representation: Option<&'r Representation<'r>>) -> Self {
        Self::with_options(method, representation, Options::new())
    }

    /// Begins the evaluation of a request as [`new`](Self::new) does, with the options of the
    /// server.
    #[inline]
    pub fn with_options(
        method: impl Into<Method>,
        representation: Option<&'r Representation<'r>>,
        options: Options,
    ) -> Self {
        let method = method.into();
        Self {
            method,
            representation,
            unconditional: options.status(method, representation.is_some()),
            options,
            answers: Answers::NONE,
            range: Part::Absent,
        }
    }

    /// Takes one field line. A line of another field is passed over.
    ///
    /// The name is compared in any case (§5.1), but as it is: that it has no whitespace before its
    /// colon is for the parser of the message to see to (RFC 9112 §5.1). CR, LF and NUL in a value
    /// are read as SP (§5.5).
    pub fn field(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        self.line(name.as_ref(), value.as_ref());
    }

    /// Takes the field lines of a whole header section, each as [`field`](Self::field) does.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Evaluation, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let request = [("Host", "example.com"), ("If-None-Match", "\"v2\"")];
    /// let evaluation = Evaluation::new("GET", Some(&current)).fields(request);
    /// assert_eq!(evaluation.decide().status(), 304);
    /// ```
    pub fn fields<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        mut self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
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

    // Not generic, so that it is compiled once, not once for each type of fields.
    fn line_of(&mut self, field: Field, value: &[u8]) {
        self.take(field, value);
    }

    /// Takes one line of this field.
    #[expect(
        clippy::inline_always,
        reason = "on the path of every request; a `HeaderMap` tells which field it is"
    )]
    #[inline(always)]
    pub(crate) fn take(&mut self, field: Field, value: &[u8]) {
        let present = self.answers.present;
        match field {
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
                let policy = self.options.range_policy;
                self.answers.range(&mut self.range, value, length, policy);
            }
        }
    }

    /// Returns true if the condition of a field that has a single validator is met: If-Range can be
    /// a tag, the two others are dates.
    // All three fields in one function, so that the ends of the value are looked for in one place.
    fn validator(&self, field: Field, value: &[u8]) -> Result<bool, ParseError> {
        if let Some(met) = self.usual_validator(field, value) {
            return Ok(met);
        }
        grammar::whole(value, |text| {
            if matches!(field, Field::IfRange) && grammar::is_entity_tag(text) {
                // §13.1.5: the representation's own tag, and strong.
                let tag = EntityTag::from_parts(grammar::only_entity_tag(text)?);
                let current = self.current_etag();
                return Ok(current.is_some_and(|current| tag.strong_eq(*current)));
            }
            if matches!(field, Field::IfUnmodifiedSince) {
                // §5.5 lets a recipient reject a message with these octets. A guard with one of
                // them inside is refused: our decision.
                grammar::without_forbidden(text)?;
            }
            let unix = grammar::http_date(text, self.options.now.0)?;
            Ok(self.date_is_met(field, HttpDate(unix)))
        })
    }

    /// Returns whether the validator is met, or `None` if it has to be read by the grammar.
    #[inline]
    fn usual_validator(&self, field: Field, value: &[u8]) -> Option<bool> {
        if matches!(field, Field::IfRange) {
            let met = Comparison::Strong.is_met_by_only(value, self.current_etag());
            if met.is_some() {
                return met;
            }
        }
        let unix = grammar::fast::http_date(value, self.options.now.0)?;
        Some(self.date_is_met(field, HttpDate(unix)))
    }

    fn date_is_met(&self, field: Field, date: HttpDate) -> bool {
        let Some(current) = self.representation else {
            return false;
        };
        current.last_modified.is_some_and(|last_modified| {
            if matches!(field, Field::IfRange) {
                // §13.1.5: the same date, as a strong validator.
                current.strong_date && last_modified == date
            } else {
                // §13.1.3, §13.1.4: Last-Modified is earlier than or equal to it.
                last_modified <= date
            }
        })
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
