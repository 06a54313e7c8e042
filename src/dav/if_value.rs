//! The value of `If`, checked as a whole: its lists, its truth, and the tokens that it submits.

use core::convert::Infallible;
use core::fmt;

use crate::dav::asking::Asking;
use crate::dav::lists::{Lists, State, StateTokens};
use crate::dav::resource_tag::ResourceTag;
use crate::dav::state::StateToken;
use crate::error::{ErrorKind, ParseError};
use crate::grammar::{self, text};

/// The value of the `If` request field of WebDAV: conditions on the state of one or more
/// resources. ([RFC 4918 §10.4])
///
/// ```abnf
/// If           = OWS ( 1*( List OWS ) / 1*Tagged-list )
/// Tagged-list  = Resource-Tag OWS 1*( List OWS )
/// Resource-Tag = "<" Simple-ref ">"
/// List         = "(" OWS 1*( Condition OWS ) ")"
/// Condition    = [ "Not" OWS ] ( State-token / "[" If-tag "]" )
/// State-token  = "<" absolute-URI ">"
/// If-tag       = [ "W/" ] DQUOTE *if-tagc DQUOTE
/// if-tagc      = HTAB / SP / %x21 / %x23-7E / obs-text
/// ```
///
/// A list without a Resource-Tag is about the Request-URI. A Resource-Tag is about all lists that
/// follow it, up to the next one. A value has lists of one kind only: the mixed value
/// `(<urn:x:t>) </z> (<urn:x:u>)` is a frequent mistake of clients, and malformed.
///
/// The whole value is checked, so that a true first list does not excuse what follows it. `==`
/// compares the bytes as they are written, whitespace included.
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::{If, State};
///
/// let value = If::parse(b"</x> (<urn:x:t> [\"v1\"]) (Not <urn:x:u>)")?;
/// assert_eq!(value.lists().count(), 2);
/// assert!(value.submits("urn:x:u"), "also after Not");
///
/// // No resource has any state: the second list is true.
/// assert!(value.is_true(|_, _| false));
/// assert!(!value.is_true(|_, state| matches!(state, State::Token(_))));
///
/// assert_eq!(If::parse(b"(<urn:x:t>").unwrap_err().offset(), 10);
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §10.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct If<'a>(&'a [u8]);

impl<'a> If<'a> {
    /// Parses one field line.
    ///
    /// # Errors
    ///
    /// - The empty value, `*`, `"a"`: a list is expected at byte 0.
    /// - `()`, `(Not)`, `(Nope <urn:x:t>)`: a condition is expected at byte 1, 4 and 1.
    /// - `(["a"]), (["b"])`, `(<urn:x:t>) </z> (["a"])`: the next list or the end is expected at
    ///   byte 7 and 12.
    /// - `(<x>)`, `(</x>)`: an absolute URI is expected at byte 2.
    /// - `<x> (["a"])`, `<//h/x> (["a"])`: a path or an absolute URI is expected at byte 1.
    /// - `(<urn:x:t >)`, `(<urn:x:t#f>)`: a URI character or `>` is expected at byte 9.
    /// - `([a])`, `([w/"a"])`: an entity tag is expected at byte 2.
    /// - `(["a`: a tag character or the closing `"` is expected at byte 4, which is the end.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::if_value(value) {
            Ok(()) => Ok(Self(value)),
            Err(stop) => Err(stop.in_value(0, value)),
        }
    }

    /// Parses all lines of the field. Returns `None` if there is no line.
    ///
    /// A look-up that returns the first line only hides a second one, which makes the field
    /// malformed: pass all lines.
    ///
    /// # Errors
    ///
    /// - If there are two lines or more: the field has a single value (§10.4.2).
    /// - Like [`parse`](Self::parse).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::If;
    ///
    /// assert_eq!(If::from_lines([] as [&str; 0])?, None);
    /// assert!(If::from_lines(["([\"v1\"])"])?.is_some());
    /// assert!(If::from_lines(["([\"v1\"])", "([\"v1\"])"]).is_err());
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub fn from_lines<V: AsRef<[u8]> + ?Sized + 'a>(
        lines: impl IntoIterator<Item = &'a V>,
    ) -> Result<Option<Self>, ParseError> {
        let mut lines = lines.into_iter();
        let Some(line) = lines.next() else {
            return Ok(None);
        };
        if lines.next().is_some() {
            return Err(ParseError::new(ErrorKind::SingleLine, 0));
        }
        Self::parse(line.as_ref()).map(Some)
    }

    /// Returns true if the lists have Resource-Tags.
    #[must_use]
    pub fn is_tagged(&self) -> bool {
        grammar::is_tagged(self.0)
    }

    /// Returns the lists, in order: at least one.
    #[must_use]
    pub fn lists(&self) -> Lists<'a> {
        Lists::new(self.0)
    }

    /// Returns true if the condition is true. (§10.4.3)
    ///
    /// `has` returns true if the resource has the state: see [`evaluate`](Self::evaluate), which
    /// you must use instead if a look-up can fail.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    /// use http_preconditions::dav::{If, State};
    ///
    /// let current = EntityTag::from_static("\"v1\"");
    /// let is_true = |value: &str| {
    ///     If::parse(value.as_bytes()).map(|value| {
    ///         value.is_true(|resource, state| match state {
    ///             State::EntityTag(tag) => resource.is_none() && tag.weak_eq(current),
    ///             State::Token(_) => false,
    ///         })
    ///     })
    /// };
    /// assert_eq!(is_true("([\"v0\"]) (Not <urn:x:t>)"), Ok(true));
    /// assert_eq!(is_true("([\"v1\"] <urn:x:t>)"), Ok(false));
    /// ```
    #[must_use]
    pub fn is_true(&self, mut has: impl FnMut(Option<ResourceTag<'a>>, State<'a>) -> bool) -> bool {
        let is_true = self.evaluate(|resource, state| Ok::<_, Infallible>(has(resource, state)));
        match is_true {
            Ok(is_true) => is_true,
        }
    }

    /// Returns true if the condition is true, with look-ups that can fail. (§10.4.3)
    ///
    /// `has` returns true if the resource has the state: the token of a lock in whose scope the
    /// resource is, or the entity tag by the comparison that the server chooses (§10.4.4). Without
    /// a [`ResourceTag`] the resource is that of the Request-URI. A resource that is not mapped has
    /// no state.
    ///
    /// The crate does the negation, AND and OR. It also answers for `DAV:no-lock`, which no resource has
    /// (§10.4.8): `has` is never asked for it. `has` is asked from left to right, in a list up to
    /// its first false condition, and up to the first true list.
    ///
    /// # Errors
    ///
    /// The first error of `has`. A failed look-up must be an error and not `false`, because after
    /// `Not` a false state is a true condition.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::If;
    ///
    /// let value = If::parse(b"(Not <urn:x:t>)")?;
    /// assert_eq!(value.evaluate(|_, _| Err("the lock table is not there")).is_ok(), false);
    /// assert_eq!(value.evaluate(|_, _| Ok::<_, &str>(false)), Ok(true));
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub fn evaluate<E>(
        &self,
        mut has: impl FnMut(Option<ResourceTag<'a>>, State<'a>) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let mut asking = self.ask();
        loop {
            match asking {
                Asking::Question(question) => {
                    let answer = has(question.resource(), question.state())?;
                    asking = question.answer(answer);
                }
                Asking::Verdict(is_true) => return Ok(is_true),
            }
        }
    }

    /// Begins the evaluation by questions and answers, for look-ups that are async: see [`Asking`].
    pub fn ask(&self) -> Asking<'a> {
        Asking::begin(self.lists())
    }

    /// Returns all state tokens that the value submits, in order, repeated ones too. (§10.4.1)
    ///
    /// A token is submitted wherever it stands: in a false list, after `Not`, after the
    /// Resource-Tag of another resource.
    #[must_use]
    pub fn state_tokens(&self) -> StateTokens<'a> {
        StateTokens::new(self.lists())
    }

    /// Returns true if the value submits this token, by an exact comparison of bytes. (§7.5,
    /// §10.4.4)
    ///
    /// The time is linear in the length of the value, for each call.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::If;
    ///
    /// let value = If::parse(b"<urn:x:t> ([\"<urn:x:u>\"]) (Not <urn:x:v>)")?;
    /// assert!(value.submits("urn:x:v"));
    /// assert!(!value.submits("urn:x:t"), "a Resource-Tag");
    /// assert!(!value.submits("urn:x:u"), "in an entity tag");
    /// assert!(!value.submits("URN:X:V"));
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    #[must_use]
    pub fn submits(&self, token: impl AsRef<[u8]>) -> bool {
        let token = token.as_ref();
        self.state_tokens()
            .any(|submitted| submitted.as_bytes() == token)
    }

    /// Returns the one token that the value submits: the lock that a LOCK without a body refreshes.
    /// (§9.10.2)
    ///
    /// Returns `None` if there are several tokens or none; answer 400 then. `DAV:no-lock` does not
    /// count, and a repeated token counts once (our decisions).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::If;
    ///
    /// let token = |value| If::parse(value).map(|value| value.single_token().map(|t| t.to_string()));
    /// assert_eq!(token(b"(<urn:x:t>) (Not <DAV:no-lock>)")?.as_deref(), Some("urn:x:t"));
    /// assert_eq!(token(b"(<urn:x:t>) (<urn:x:u>)")?, None);
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    #[must_use]
    pub fn single_token(&self) -> Option<StateToken<'a>> {
        let mut tokens = self.state_tokens().filter(|token| !token.is_no_lock());
        let token = tokens.next()?;
        tokens.all(|other| other == token).then_some(token)
    }
}

/// Formats the value for people: bytes that are not UTF-8 show as U+FFFD.
impl fmt::Display for If<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_lossy(f, self.0)
    }
}

/// Formats the value as it is written: `If((<urn:x:t> ["v1"]))`.
impl fmt::Debug for If<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("If(")?;
        text::write_escaped(f, self.0)?;
        f.write_str(")")
    }
}

impl<'a> TryFrom<&'a [u8]> for If<'a> {
    type Error = ParseError;

    fn try_from(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse(value)
    }
}

impl<'a> TryFrom<&'a str> for If<'a> {
    type Error = ParseError;

    fn try_from(value: &'a str) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}
