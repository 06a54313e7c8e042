//! What `If`, the locks and `If-Schedule-Tag-Match` say about a request, for its decision.

use crate::dav::if_value::If;
use crate::dav::lists::State;
use crate::dav::resource_tag::ResourceTag;
use crate::dav::schedule_tag::{IfScheduleTagMatch, ScheduleTag};
use crate::error::{ErrorKind, ParseError};
use crate::request::field::Field;
use crate::request::field_set::FieldSet;

/// What the fields of WebDAV and CalDAV say about a request, for
/// [`Evaluation::decide_dav`](crate::Evaluation::decide_dav). ([RFC 4918 §10.4], §7.5)
///
/// A field that is not checked here is not looked at, as on a server without WebDAV (§12.1).
///
/// # Examples
///
/// The [module](crate::dav) has an example with a lock. A CalDAV server:
///
/// ```
/// use http_preconditions::dav::{Preconditions, ScheduleTag};
/// use http_preconditions::{Condition, EntityTag, Evaluation, Field, Representation};
///
/// let object = Representation::new().etag(EntityTag::from_static("\"e2\""));
/// let put = |line: &str| {
///     let current = ScheduleTag::parse(b"\"s1\"").ok();
///     let conditions = Preconditions::new().check_schedule_tag([line], current);
///     Evaluation::new("PUT", Some(&object)).decide_dav(&conditions)
/// };
/// // True: the server merges what other attendees have answered (RFC 6638 §3.2.10.1).
/// assert_eq!(put("\"s1\"").condition(Field::IfScheduleTagMatch), Condition::True);
/// assert_eq!(put("\"s0\"").status(), 412);
/// assert_eq!(put("s1").status(), 412, "malformed is never true");
/// ```
///
/// [RFC 4918 §10.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the conditions have no effect until an evaluation decides with them"]
pub struct Preconditions {
    /// Of If and If-Schedule-Tag-Match, those that the request has.
    pub(crate) present: FieldSet,
    pub(crate) is_false: FieldSet,
    pub(crate) if_error: Option<ParseError>,
    pub(crate) schedule_tag_error: Option<ParseError>,
    pub(crate) is_locked: bool,
}

impl Preconditions {
    /// Creates the conditions of a request without these fields, on a resource without locks.
    pub const fn new() -> Self {
        Self {
            present: FieldSet::NONE,
            is_false: FieldSet::NONE,
            if_error: None,
            schedule_tag_error: None,
            is_locked: false,
        }
    }

    /// Checks `If`, and whether the request submits a token of each lock. ([RFC 4918 §10.4.3],
    /// §7.5)
    ///
    /// - `lines`: all lines of `If`. Several lines are malformed.
    /// - `has` returns true if the resource has the state: see [`If::evaluate`].
    /// - `locks`: the locks that the method must satisfy, each with its tokens, of which one must be
    ///   submitted. Several shared locks of one resource are one item with several tokens. Leave
    ///   out the tokens that this principal may not use; a lock without tokens is never satisfied.
    ///
    /// # Errors
    ///
    /// The first error of `has`.
    ///
    /// [RFC 4918 §10.4.3]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.3
    pub fn check_if<'a, V: AsRef<[u8]> + ?Sized + 'a, E>(
        self,
        lines: impl IntoIterator<Item = &'a V>,
        has: impl FnMut(Option<ResourceTag<'a>>, State<'a>) -> Result<bool, E>,
        locks: impl IntoIterator<Item: IntoIterator<Item: AsRef<[u8]>>>,
    ) -> Result<Self, E> {
        let value = If::from_lines(lines);
        let submitted = value.ok().flatten();
        let submits = |token| submitted.is_some_and(|value| value.submits(token));
        let is_locked = !locks
            .into_iter()
            .all(|tokens| tokens.into_iter().any(submits));
        let checked = match value {
            Ok(Some(value)) => self.if_is(value.evaluate(has).map(Ok)?),
            Ok(None) => self,
            Err(error) => self.if_is(Err(error)),
        };
        Ok(checked.locked(is_locked))
    }

    /// Sets that the request has an `If`, and whether it is true, or why it is malformed.
    ///
    /// Use it with [`If::ask`], where look-ups are async.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::{If, Preconditions};
    /// use http_preconditions::{Evaluation, Field};
    ///
    /// let line = "([\"v1\"]";
    /// let conditions = match If::from_lines([line]) {
    ///     Ok(None) => Preconditions::new(),
    ///     Ok(Some(value)) => Preconditions::new().if_is(Ok(value.is_true(|_, _| true))),
    ///     Err(error) => Preconditions::new().if_is(Err(error)),
    /// };
    /// let decision = Evaluation::new("PUT", None).decide_dav(&conditions);
    /// assert_eq!((decision.status(), decision.decided_by()), (412, Some(Field::If)));
    /// let malformed = decision.malformed().map(|malformed| malformed.to_string());
    /// assert!(malformed.eq(["If: expected the next condition or `)` at byte 7"]));
    /// ```
    pub fn if_is(self, is_true: Result<bool, ParseError>) -> Self {
        Self {
            present: self.present.with(Field::If),
            is_false: self
                .is_false
                .except(Field::If)
                .with_if(Field::If, is_true != Ok(true)),
            if_error: is_true.err(),
            ..self
        }
    }

    /// Sets whether the method must satisfy a lock of which the request submits no token. If it
    /// must, a request whose `If` is not false gets 423 (Locked). ([RFC 4918 §7.5, §11.3])
    ///
    /// [RFC 4918 §7.5, §11.3]: https://www.rfc-editor.org/rfc/rfc4918#section-7.5
    pub const fn locked(self, is_locked: bool) -> Self {
        Self { is_locked, ..self }
    }

    /// Checks `If-Schedule-Tag-Match`. ([RFC 6638 §8.3])
    ///
    /// `lines` are all lines of the field; several are malformed. `current` is the schedule tag of
    /// the Request-URI, and `None` if it has none or does not exist: the condition is false then.
    /// It is evaluated for all methods that evaluate conditions (our decision; the RFC has rules
    /// for PUT, DELETE, COPY and MOVE).
    ///
    /// Some old clients send an empty value for an object without a schedule tag, which gets 412.
    /// A server that must serve them leaves the line out.
    ///
    /// [RFC 6638 §8.3]: https://www.rfc-editor.org/rfc/rfc6638#section-8.3
    pub fn check_schedule_tag<'a, V: AsRef<[u8]> + ?Sized + 'a>(
        self,
        lines: impl IntoIterator<Item = &'a V>,
        current: Option<ScheduleTag<'_>>,
    ) -> Self {
        const FIELD: Field = Field::IfScheduleTagMatch;
        let mut lines = lines.into_iter();
        let Some(line) = lines.next() else {
            return self;
        };
        let value = match lines.next() {
            None => IfScheduleTagMatch::parse(line.as_ref()),
            Some(_) => Err(ParseError::new(ErrorKind::SingleLine, 0)),
        };
        let is_true = value.is_ok_and(|value| value.matches(current));
        Self {
            present: self.present.with(FIELD),
            is_false: self.is_false.except(FIELD).with_if(FIELD, !is_true),
            schedule_tag_error: value.err(),
            ..self
        }
    }
}

impl Default for Preconditions {
    fn default() -> Self {
        Self::new()
    }
}
