//! The value of `Lock-Token`: the lock that UNLOCK removes, and that LOCK has made.

use core::fmt;

use crate::dav::state::StateToken;
use crate::error::{BufferTooSmall, ParseError};
use crate::grammar::{self, text};

/// The value of `Lock-Token`, which UNLOCK sends and the response to LOCK has. ([RFC 4918 §10.5])
///
/// ```abnf
/// Lock-Token = "<" absolute-URI ">"
/// ```
///
/// Some clients send the token without brackets, which is malformed. A server that must serve them
/// wraps such a value itself.
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::{LockToken, StateToken};
///
/// let unlock = LockToken::parse(b"<urn:x:t>")?;
/// assert_eq!(unlock.token(), StateToken::new(b"urn:x:t")?);
/// assert!(LockToken::parse(b"urn:x:t").is_err());
///
/// assert_eq!(LockToken::from(StateToken::new(b"urn:x:u")?).to_string(), "<urn:x:u>");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §10.5]: https://www.rfc-editor.org/rfc/rfc4918#section-10.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LockToken<'a>(StateToken<'a>);

impl<'a> LockToken<'a> {
    /// Parses one field line. Spaces and tabs around the token are ignored.
    ///
    /// # Errors
    ///
    /// - `urn:x:t`, `(<urn:x:t>)`, the empty value: `<` is expected at byte 0.
    /// - `</x>`, `<t>`: an absolute URI is expected at byte 1.
    /// - `<urn:x:t`: a URI character or `>` is expected at byte 8, which is the end.
    /// - `<urn:x:t> <urn:x:u>`: the end is expected at byte 10.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::lock_token(value) {
            Ok(token) => Ok(Self(StateToken::checked(token))),
            Err(stop) => Err(stop.in_value(0, value)),
        }
    }

    /// Returns the token, without brackets.
    #[must_use]
    pub const fn token(&self) -> StateToken<'a> {
        self.0
    }

    /// Writes the exact bytes of the value to the start of `buffer`, and returns the written part.
    ///
    /// # Errors
    ///
    /// Returns an error if `buffer` is shorter than the value; nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::{LockToken, StateToken};
    ///
    /// let created = LockToken::from(StateToken::new(b"urn:x:t")?);
    /// assert_eq!(created.write_to(&mut [0; 16])?, b"<urn:x:t>");
    /// assert_eq!(created.write_to(&mut [0; 8]).unwrap_err().needed, 9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let pieces = [b"<", self.0.as_bytes(), b">"];
        text::write_to(buffer, |piece| pieces.into_iter().for_each(piece))
    }
}

impl<'a> From<StateToken<'a>> for LockToken<'a> {
    fn from(token: StateToken<'a>) -> Self {
        Self(token)
    }
}

/// Writes the value as text, in brackets. Bytes that are not UTF-8 become U+FFFD;
/// [`write_to`](LockToken::write_to) writes the exact bytes.
impl fmt::Display for LockToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

impl<'a> TryFrom<&'a [u8]> for LockToken<'a> {
    type Error = ParseError;

    fn try_from(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse(value)
    }
}

impl<'a> TryFrom<&'a str> for LockToken<'a> {
    type Error = ParseError;

    fn try_from(value: &'a str) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}
