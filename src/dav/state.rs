//! The two kinds of state that a condition of `If` asks for: a state token, and an entity tag.

use core::fmt;

use crate::error::ParseError;
use crate::grammar::{self, text};
use crate::tag::entity_tag::EntityTag;

/// A state token: the URI between `<` and `>` in a condition, nearly always that of a lock.
/// ([RFC 4918 §6.5, §10.4.2])
///
/// ```abnf
/// State-token = "<" absolute-URI ">"
/// ```
///
/// `==` compares bytes, as §10.4.4 requires: no folding of case, no percent-decoding. The bytes are
/// not checked for being characters of a URI, because clients send others, and the token is never
/// taken apart: all but controls, spaces, `<`, `>` and `#` are accepted (our decision).
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::StateToken;
///
/// let token = StateToken::new(b"urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2")?;
/// assert_eq!(token.to_string(), "urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2");
/// assert!(StateToken::new(b"<urn:x:t>").is_err(), "only what is between the brackets");
/// assert!(StateToken::new(b"t").is_err(), "no scheme");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §6.5, §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateToken<'a>(&'a [u8]);

impl<'a> StateToken<'a> {
    /// `DAV:no-lock`, which no resource ever has. (§10.4.8)
    pub const NO_LOCK: StateToken<'static> = StateToken(b"DAV:no-lock");

    /// Creates a token from an absolute URI, given without brackets.
    ///
    /// # Errors
    ///
    /// - `/x`, `<urn:x:t>`, the empty text: an absolute URI is expected at byte 0.
    /// - `t`: an absolute URI is expected at byte 1, which is the end.
    /// - `urn:x:t `, `urn:x:t>`, `urn:x:t#f`: the end is expected at byte 7.
    pub fn new(uri: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::state_token(uri) {
            Ok(()) => Ok(Self(uri)),
            Err(stop) => Err(stop.in_value(0, uri)),
        }
    }

    /// `uri` must have been checked.
    pub(super) const fn checked(uri: &'a [u8]) -> Self {
        Self(uri)
    }

    /// Returns the bytes between the brackets.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns true for `DAV:no-lock`. (§10.4.8)
    #[must_use]
    pub fn is_no_lock(&self) -> bool {
        *self == Self::NO_LOCK
    }
}

impl AsRef<[u8]> for StateToken<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

/// Formats the token for people, without brackets, as an XML body has it: bytes that are not UTF-8
/// show as U+FFFD.
impl fmt::Display for StateToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_lossy(f, self.0)
    }
}

/// Formats the token with every byte outside of printable ASCII escaped: `StateToken(urn:x:t)`.
impl fmt::Debug for StateToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StateToken(")?;
        text::write_escaped(f, self.0)?;
        f.write_str(")")
    }
}

/// An entity tag in a condition of `If`. ([RFC 4918 §10.4.2], RFC 2616 §3.11)
///
/// ```abnf
/// If-tag  = [ "W/" ] DQUOTE *if-tagc DQUOTE
/// if-tagc = HTAB / SP / %x21 / %x23-7E / obs-text
/// ```
///
/// The grammar is that of RFC 2616, in which a tag may contain spaces: `"I am an ETag"`, from the
/// examples of RFC 4918, is no [`EntityTag`] of RFC 9110. A backslash stands for itself.
///
/// The server chooses the comparison (§10.4.4). We advise the weak one, as long as its strong tags
/// are strong: `[W/"1"]` is never true by strong comparison, and behind `Not` it is always true.
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::dav::{If, State};
///
/// let value = If::parse(b"([W/\"v 1\"])")?;
/// let mut conditions = value.lists().flat_map(|list| list.conditions());
/// let Some(State::EntityTag(tag)) = conditions.next().map(|condition| condition.state()) else {
///     panic!("an entity tag");
/// };
/// assert_eq!((tag.is_weak(), tag.opaque()), (true, b"v 1".as_slice()));
/// assert!(!tag.weak_eq(EntityTag::from_static("\"v\"")));
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IfTag<'a> {
    is_weak: bool,
    opaque: &'a [u8],
}

impl<'a> IfTag<'a> {
    /// Parses a tag that is no `EntityTag`, such as the current one of a server that gives tags
    /// with spaces.
    ///
    /// # Errors
    ///
    /// - `a`, `w/"a"`, the empty value: an entity tag is expected at byte 0.
    /// - `W/a`: `"` is expected at byte 2.
    /// - `"a`: a tag character or the closing `"` is expected at byte 2, which is the end.
    /// - `"a" `: the end is expected at byte 3.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::IfTag;
    ///
    /// let tag = IfTag::parse(b"\"I am an ETag\"")?;
    /// assert!(IfTag::parse(b"W/\"I am an ETag\"")?.weak_eq(tag));
    /// assert!(IfTag::parse(b"I am an ETag").is_err());
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::only_if_tag(value) {
            Ok(tag) => Ok(Self::checked(tag)),
            Err(stop) => Err(stop.in_value(0, value)),
        }
    }

    /// The parts must have been checked.
    pub(super) const fn checked((is_weak, opaque): (bool, &'a [u8])) -> Self {
        Self { is_weak, opaque }
    }

    /// Every tag of RFC 9110 is one of RFC 2616.
    pub(super) const fn of(tag: EntityTag<'a>) -> Self {
        Self {
            is_weak: tag.is_weak(),
            opaque: tag.opaque(),
        }
    }

    /// Returns true if the tag is written with `W/`.
    #[must_use]
    pub const fn is_weak(&self) -> bool {
        self.is_weak
    }

    /// Returns the bytes between the quotes.
    #[must_use]
    pub const fn opaque(&self) -> &'a [u8] {
        self.opaque
    }

    /// Returns true if the tags are equal by weak comparison: the opaque parts are the same bytes.
    /// (RFC 9110 §8.8.3.2)
    #[must_use]
    pub fn weak_eq<'b>(self, current: impl Into<IfTag<'b>>) -> bool {
        self.opaque == current.into().opaque
    }

    /// Returns true if the tags are equal by strong comparison: neither is weak, and the opaque
    /// parts are the same bytes. (RFC 9110 §8.8.3.2)
    #[must_use]
    pub fn strong_eq<'b>(self, current: impl Into<IfTag<'b>>) -> bool {
        let current = current.into();
        !self.is_weak && !current.is_weak && self.weak_eq(current)
    }
}

impl<'a> From<EntityTag<'a>> for IfTag<'a> {
    fn from(tag: EntityTag<'a>) -> Self {
        Self::of(tag)
    }
}

/// Formats the tag for people: bytes that are not UTF-8 show as U+FFFD.
impl fmt::Display for IfTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_weak { "W/\"" } else { "\"" })?;
        text::write_lossy(f, self.opaque)?;
        f.write_str("\"")
    }
}

/// Formats the tag as written, with every byte outside of printable ASCII escaped:
/// `IfTag(W/"v 1")`.
impl fmt::Debug for IfTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_weak {
            "IfTag(W/\""
        } else {
            "IfTag(\""
        })?;
        text::write_escaped(f, self.opaque)?;
        f.write_str("\")")
    }
}
