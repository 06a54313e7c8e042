//! What `If`, the locks and `If-Schedule-Tag-Match` say about a request, for its decision.

use crate::dav::if_value::If;
use crate::dav::lists::State;
use crate::dav::resource_tag::ResourceTag;
use crate::dav::schedule_tag::{IfScheduleTagMatch, ScheduleTag};
use crate::dav::state::StateToken;
use crate::error::{ErrorKind, ParseError};
use crate::request::field::Field;
use crate::request::field_set::FieldSet;

/// What the fields of WebDAV and CalDAV say about a request, for
/// [`Evaluation::decide_dav`](crate::Evaluation::decide_dav). ([RFC 4918 §10.4], §7.5)
///
/// A field that is not checked here is not looked at, as on a server without WebDAV (§12.1). Checks
/// add up, in any order: a condition that one check found false stays false, and a lock that one
/// check found missing stays missing. You may check the source and the destination of a MOVE one
/// after the other.
///
/// There is no `Default`: where a check fails with an error, answer 500, and never go on without it.
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
    pub(crate) lacks_token: bool,
}

impl Preconditions {
    /// No lock that the method must satisfy, for [`check_if`](Self::check_if).
    ///
    /// # Examples
    ///
    /// ```
    /// use core::convert::Infallible;
    /// use http_preconditions::dav::Preconditions;
    ///
    /// let has = |_, _| Ok::<_, Infallible>(true);
    /// let checked = Preconditions::new().check_if(["([\"v1\"])"], has, Preconditions::NO_LOCKS)?;
    /// # let _ = checked;
    /// # Ok::<(), Infallible>(())
    /// ```
    pub const NO_LOCKS: [[&'static str; 0]; 0] = [];

    /// Creates the conditions of a request without these fields, on a resource without locks.
    #[expect(
        clippy::new_without_default,
        reason = "`unwrap_or_default` would go on without a check that has failed"
    )]
    pub const fn new() -> Self {
        Self {
            present: FieldSet::NONE,
            is_false: FieldSet::NONE,
            if_error: None,
            schedule_tag_error: None,
            lacks_token: false,
        }
    }

    /// Checks `If`, and whether the request submits a token for each locked resource. ([RFC 4918
    /// §10.4.3], §7.5)
    ///
    /// - `lines`: *all* lines of `If`, such as those of `HeaderMap::get_all`. Several lines are
    ///   malformed, which `HeaderMap::get` would hide.
    /// - `has` returns true if the resource has the state: see [`If::evaluate`]. If you have async
    ///   look-ups, use [`If::ask`] and [`if_is`](Self::if_is) instead.
    /// - `locks`: see [`check_locks`](Self::check_locks), which this function calls first.
    ///
    /// # Errors
    ///
    /// The first error of `has`: answer 500.
    ///
    /// [RFC 4918 §10.4.3]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.3
    pub fn check_if<'a, V: AsRef<[u8]> + ?Sized + 'a, E>(
        self,
        lines: impl IntoIterator<Item = &'a V>,
        has: impl FnMut(Option<ResourceTag<'a>>, State<'a>) -> Result<bool, E>,
        locks: impl IntoIterator<Item: IntoIterator<Item: AsRef<[u8]>>>,
    ) -> Result<Self, E> {
        let value = If::from_lines(lines);
        let checked = self.check_locks(value.ok().flatten(), locks);
        Ok(match value {
            Ok(Some(value)) => checked.if_is(Ok(value.evaluate(has)?)),
            Ok(None) => checked,
            Err(error) => checked.if_is(Err(error)),
        })
    }

    /// Checks whether the request submits a token for each locked resource. If it does not, a request
    /// whose `If` is not false gets 423 (Locked). ([RFC 4918 §7.5, §11.3])
    ///
    /// - `value`: the `If` of the request. A malformed `If` submits nothing: pass `None`.
    /// - `locks`: one item for each locked *resource* that the method may change, with the tokens of
    ///   its locks, of which one must be submitted. Two members of a collection that are both locked
    ///   are two items; two shared locks of one resource are one item with two tokens. Leave out the
    ///   tokens that this principal may not use; a resource without tokens is never satisfied.
    ///
    /// `DAV:no-lock` satisfies nothing (§10.4.8). The time is linear in the length of the value, for
    /// each token.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::Evaluation;
    /// use http_preconditions::dav::{If, Preconditions};
    ///
    /// let status = |line: &str, locks: &[&[&str]]| {
    ///     let value = If::parse(line.as_bytes()).ok();
    ///     let conditions = Preconditions::new().check_locks(value, locks.iter().copied());
    ///     Evaluation::new("DELETE", Some(&Default::default())).decide_dav(&conditions).status()
    /// };
    /// assert_eq!(status("(<urn:x:t>)", &[&["urn:x:t", "urn:x:u"]]), 200, "two locks of one resource");
    /// assert_eq!(status("(<urn:x:t>)", &[&["urn:x:t"], &["urn:x:u"]]), 423, "two locked resources");
    /// assert_eq!(status("", &[&["urn:x:t"]]), 423);
    /// ```
    ///
    /// [RFC 4918 §7.5, §11.3]: https://www.rfc-editor.org/rfc/rfc4918#section-7.5
    pub fn check_locks(
        self,
        value: Option<If<'_>>,
        locks: impl IntoIterator<Item: IntoIterator<Item: AsRef<[u8]>>>,
    ) -> Self {
        let submits = |token: &[u8]| {
            token != StateToken::NO_LOCK.as_bytes()
                && value.is_some_and(|value| value.submits(token))
        };
        let mut locks = locks.into_iter();
        let has_all = locks.all(|tokens| tokens.into_iter().any(|token| submits(token.as_ref())));
        Self {
            lacks_token: self.lacks_token || !has_all,
            ..self
        }
    }

    /// Adds that the request has an `If`, and whether it is true, or why it is malformed.
    ///
    /// Use it where look-ups are async, beside [`check_locks`](Self::check_locks): a request without
    /// `If` must satisfy the locks too.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::{Asking, If, Preconditions, ResourceTag, State};
    ///
    /// # struct Server;
    /// # impl Server {
    /// #     async fn has(&self, _: Option<ResourceTag<'_>>, _: State<'_>) -> std::io::Result<bool> { Ok(true) }
    /// # }
    /// async fn conditions(
    ///     lines: Vec<&str>,
    ///     server: &Server,
    ///     locks: &[Vec<String>],
    /// ) -> std::io::Result<Preconditions> {
    ///     let (value, conditions) = match If::from_lines(lines) {
    ///         Ok(value) => (value, Preconditions::new()),
    ///         Err(error) => (None, Preconditions::new().if_is(Err(error))),
    ///     };
    ///     let conditions = conditions.check_locks(value, locks);
    ///     let Some(value) = value else {
    ///         return Ok(conditions);
    ///     };
    ///     let mut asking = value.ask();
    ///     loop {
    ///         asking = match asking {
    ///             Asking::Question(question) => {
    ///                 let has = server.has(question.resource(), question.state()).await?;
    ///                 question.answer(has)
    ///             }
    ///             Asking::Verdict(is_true) => return Ok(conditions.if_is(Ok(is_true))),
    ///         };
    ///     }
    /// }
    /// # let _ = conditions;
    /// ```
    pub fn if_is(self, is_true: Result<bool, ParseError>) -> Self {
        Self {
            present: self.present.with(Field::If),
            is_false: self.is_false.with_if(Field::If, is_true != Ok(true)),
            if_error: self.if_error.or(is_true.err()),
            ..self
        }
    }

    /// Checks `If-Schedule-Tag-Match`. ([RFC 6638 §8.3])
    ///
    /// `lines` are *all* lines of the field; several are malformed. `current` is the schedule tag of
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
            is_false: self.is_false.with_if(FIELD, !is_true),
            schedule_tag_error: self.schedule_tag_error.or(value.err()),
            ..self
        }
    }
}
