//! Takes the method and the field lines of a request, and compares them with the representation.

use crate::date::http_date::HttpDate;
use crate::error::ParseError;
use crate::grammar;
use crate::range::verdict::RangeVerdict;
use crate::representation::Representation;
use crate::request::field::Field;
use crate::request::method::Method;
use crate::request::tag_list::Comparison;
use crate::server::conditions::Conditions;
use crate::server::decision::Decision;
use crate::server::options::Options;
use crate::tag::entity_tag::EntityTag;

/// Evaluates the preconditions of a whole header section for an origin server, in one call.
/// ([RFC 9110 §13.2.2])
///
/// `fields` are the names and values of all field lines in the header section; unrelated fields
/// are skipped. Do not pass the trailer section: these fields are not allowed there (§6.5.1).
/// `representation` is `None` if the target has no representation.
///
/// To set the status code without conditions, a clock or a policy, use [`Evaluation`] with
/// [`Options`]. A proxy that only forwards must not evaluate preconditions (§13.2.1). A cache has
/// other rules: use [`evaluate_stored`](crate::cache::evaluate_stored) (RFC 9111 §4.3.2).
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

/// An evaluation in progress on an origin server: takes field lines one by one, and decides at
/// the end of the header section. ([RFC 9110 §13.2])
///
/// You may pass any number of lines in any order. The evaluation keeps the result of each
/// condition and not the values. Call [`decide`](Self::decide) only after the last line of the
/// header section, since any line can carry a condition (§5.3).
///
/// A list without tags, as in `If-Match:`, is legal by the grammar: it is not malformed, it
/// matches no representation, and a PUT with it gets 412. If you want to treat it as absent, as
/// some clients of object stores expect, do not pass the line:
/// `if !value.trim_ascii().is_empty() { .. }`.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let options = Options::new().require_if_match();
/// let mut evaluation = Evaluation::with_options("PUT", Some(&current), options);
/// let lines = [("Content-Length", "12"), ("If-Match", "\"v1\""), ("if-match", "\"v2\"")];
/// for (name, value) in lines {
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
    /// The status code of the response without conditions.
    pub(crate) unconditional: u16,
    pub(crate) options: Options,
    pub(crate) conditions: Conditions,
    pub(crate) range: RangeVerdict,
}

impl<'r> Evaluation<'r> {
    /// Creates an evaluation of a request with this method on this representation, with the
    /// [default options](Options::new). `representation` is `None` if no representation exists.
    // Inlined: on the path of every request.
    #[inline]
    pub fn new(method: impl Into<Method>, representation: Option<&'r Representation<'r>>) -> Self {
        Self::with_options(method, representation, Options::new())
    }

    /// Creates an evaluation like [`new`](Self::new), with the options of the server.
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
            conditions: Conditions::NONE,
            range: RangeVerdict::Absent,
        }
    }

    /// Takes one field line. A line of an unrelated field is skipped.
    ///
    /// The name is compared case-insensitively (§5.1), and is not trimmed: the parser of the
    /// message must refuse whitespace before the colon (RFC 9112 §5.1). CR, LF and NUL in a value
    /// are read as SP (§5.5; our decision).
    pub fn field(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        self.line(name.as_ref(), value.as_ref());
    }

    /// Takes all field lines of a header section, each like [`field`](Self::field).
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

    // Not generic, so that it is compiled once, and not once for each type of name and value.
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
        let present = self.conditions.present;
        match field {
            Field::IfMatch | Field::IfNoneMatch => {
                self.conditions.list(field, value, self.current_etag());
            }
            // §13.1.4, §13.1.3: beside the field with tags the date is ignored, so it is not
            // parsed. A date that came before the tags is ignored in `precedence`.
            Field::IfUnmodifiedSince if present.has(Field::IfMatch) => {
                self.conditions.ignored(field);
            }
            Field::IfModifiedSince if present.has(Field::IfNoneMatch) => {
                self.conditions.ignored(field);
            }
            Field::IfUnmodifiedSince | Field::IfModifiedSince | Field::IfRange => {
                let met = self.validator(field, value);
                self.conditions.single(field, met);
            }
            Field::Range => {
                let length = self
                    .representation
                    .and_then(|current| current.length.as_ref());
                let policy = self.options.range_policy;
                self.conditions
                    .range(&mut self.range, value, length, policy);
            }
            // Read by `dav`, with what the server knows of locks and of other resources.
            Field::If | Field::IfScheduleTagMatch => {}
        }
    }

    /// Returns true if the value is met: If-Range names the current version, or Last-Modified is
    /// not later than the date of If-Unmodified-Since or If-Modified-Since.
    // One function for the three fields, so that the code that trims a value exists only once.
    fn validator(&self, field: Field, value: &[u8]) -> Result<bool, ParseError> {
        if let Some(met) = self.usual_validator(field, value) {
            return Ok(met);
        }
        grammar::whole(value, |text| {
            if matches!(field, Field::IfRange) && grammar::is_entity_tag(text) {
                // §13.1.5: the current tag, by strong comparison.
                let tag = EntityTag::from_parts(grammar::only_entity_tag(text)?);
                let current = self.current_etag();
                return Ok(current.is_some_and(|current| tag.strong_eq(*current)));
            }
            if matches!(field, Field::IfUnmodifiedSince) {
                // §5.5 lets a recipient reject a message with CR, LF or NUL. A guard that
                // contains one of these bytes is malformed and false: our decision.
                grammar::without_forbidden(text)?;
            }
            let unix = grammar::http_date(text, self.options.now.0)?;
            Ok(self.date_is_met(field, HttpDate(unix)))
        })
    }

    /// Like `validator`, for values in their usual form. Returns `None` if the value must be
    /// parsed by the grammar.
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
                // §13.1.5: the dates are equal, and Last-Modified is a strong validator.
                current.strong_date && last_modified == date
            } else {
                // §13.1.3, §13.1.4: Last-Modified is earlier than or equal to the date.
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
