//! `entity-tag`, its two comparisons, and its exact octets.

use core::fmt::{self, Write as _};

use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;

/// An entity tag (`entity-tag` in the RFC): the validator that names one version of one
/// representation. ([RFC 9110 §8.8.3])
///
/// ```abnf
/// entity-tag = [ weak ] opaque-tag
/// weak       = %s"W/"
/// opaque-tag = DQUOTE *etagc DQUOTE
/// etagc      = %x21 / %x23-7E / obs-text
/// ```
///
/// The opaque part is octets, not text: `obs-text` is %x80-FF and stands for itself. Nothing is
/// escaped in it, so that a backslash is an ordinary octet and a comma belongs to the tag.
///
/// `==` asks whether two tags are *identical*, weakness included, as a map key needs it. HTTP
/// compares them in two other ways (§8.8.3.2), each for its purpose:
///
/// | a | b | [`strong_eq`](Self::strong_eq) | [`weak_eq`](Self::weak_eq) | `==` |
/// | --- | --- | --- | --- | --- |
/// | `W/"1"` | `W/"1"` | no | yes | yes |
/// | `W/"1"` | `W/"2"` | no | no | no |
/// | `W/"1"` | `"1"` | no | yes | no |
/// | `"1"` | `"1"` | yes | yes | yes |
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
///
/// // Checked by the compiler: a wrong literal does not build.
/// const CURRENT: EntityTag = EntityTag::from_static("\"v1\"");
///
/// assert!(EntityTag::parse(b"W/\"v1\"")?.weak_eq(CURRENT));
/// assert!(EntityTag::parse(b"v1").is_err(), "the quotes are part of the tag");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntityTag<'a> {
    weak: bool,
    opaque: &'a [u8],
}

impl<'a> EntityTag<'a> {
    pub(crate) const fn from_parts((weak, opaque): (bool, &'a [u8])) -> Self {
        Self { weak, opaque }
    }

    /// Parses a whole `ETag` field value; whitespace around the tag is no part of it.
    ///
    /// CR, LF and NUL are read as spaces, in this field and in every other one (§5.5): around a tag
    /// they are whitespace, within it they are refused as a space is.
    ///
    /// # Errors
    ///
    /// - `abc`, `w/"a"`, the empty value: an entity-tag begins with `"` or `W/`, at byte 0.
    /// - `W/a`: `"` is expected at byte 2.
    /// - `"a b"`, `"a` and `"a` followed by a control octet: a tag character or the closing `"` is
    ///   expected.
    /// - `"a", "b"`: the end is expected at byte 3. For lists there are [`IfMatch`](crate::IfMatch)
    ///   and [`IfNoneMatch`](crate::IfNoneMatch).
    pub const fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        if let Some(tag) = grammar::fast::entity_tag(value) {
            return Ok(Self::from_parts(tag));
        }
        let (start, text) = grammar::trim(value);
        match grammar::only_entity_tag(text) {
            Ok(tag) => Ok(Self::from_parts(tag)),
            Err(stop) => Err(stop.in_value(start, text)),
        }
    }

    /// A tag from a literal, quotes included, that is checked when the program is compiled.
    ///
    /// # Panics
    ///
    /// When `value` is no entity-tag. In a `const` this is an error of the build; call it nowhere
    /// else, and [`parse`](Self::parse) on all that is not a literal.
    ///
    /// ```compile_fail
    /// const NO_QUOTES: http_preconditions::EntityTag = http_preconditions::EntityTag::from_static("v1");
    /// # let _ = NO_QUOTES;
    /// ```
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "the way for a const fn to refuse a literal at compile time"
    )]
    pub const fn from_static(value: &'static str) -> EntityTag<'static> {
        match EntityTag::parse(value.as_bytes()) {
            Ok(tag) => tag,
            Err(_) => panic!("expected an entity-tag: `\"...\"` or `W/\"...\"`, quotes included"),
        }
    }

    /// The strong tag with this opaque part, given without quotes; it may be empty.
    ///
    /// A strong tag promises that two representations with it are the same octet for octet
    /// (§8.8.1).
    ///
    /// # Errors
    ///
    /// `a b`, `a"b`, and any control octet: a tag character is expected at that byte.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    ///
    /// assert_eq!(EntityTag::strong(b"r17,gzip")?, EntityTag::from_static("\"r17,gzip\""));
    /// assert_eq!(EntityTag::strong(b"r 17").unwrap_err().offset(), 1);
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub const fn strong(opaque: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::etagcs_only(opaque) {
            Ok(()) => Ok(Self {
                weak: false,
                opaque,
            }),
            Err(stop) => Err(stop.in_value(0, opaque)),
        }
    }

    /// The weak tag with this opaque part, given without quotes; it may be empty.
    ///
    /// # Errors
    ///
    /// As [`strong`](Self::strong).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    ///
    /// assert_eq!(EntityTag::weak(b"am")?, EntityTag::from_static("W/\"am\""));
    /// assert!(EntityTag::weak(b"W/\"am\"").is_err(), "only what is between the quotes");
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub const fn weak(opaque: &'a [u8]) -> Result<Self, ParseError> {
        match Self::strong(opaque) {
            Ok(tag) => Ok(tag.to_weak()),
            Err(error) => Err(error),
        }
    }

    /// The weak tag with the same opaque part: what is left of the promise when a content coding is
    /// applied on the way.
    #[must_use]
    pub const fn to_weak(self) -> Self {
        Self { weak: true, ..self }
    }

    /// Reports whether the tag is weak, written with `W/`.
    #[must_use]
    pub const fn is_weak(&self) -> bool {
        self.weak
    }

    /// The octets between the quotes.
    #[must_use]
    pub const fn opaque(&self) -> &'a [u8] {
        self.opaque
    }

    /// Reports whether the tags are equal by strong comparison: neither is weak, and the opaque
    /// parts are the same octets. (§8.8.3.2)
    ///
    /// If-Match and If-Range compare so. A weak tag is not even equal to itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    ///
    /// const STRONG: EntityTag = EntityTag::from_static("\"1\"");
    /// assert!(STRONG.strong_eq(STRONG));
    /// assert!(!STRONG.to_weak().strong_eq(STRONG.to_weak()));
    /// ```
    #[must_use]
    pub fn strong_eq(self, other: EntityTag<'_>) -> bool {
        !self.weak && !other.weak && self.weak_eq(other)
    }

    /// Reports whether the tags are equal by weak comparison: the opaque parts are the same octets.
    /// (§8.8.3.2)
    ///
    /// If-None-Match compares so, whatever the method.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    ///
    /// const STRONG: EntityTag = EntityTag::from_static("\"1\"");
    /// assert!(STRONG.weak_eq(STRONG.to_weak()));
    /// assert!(!STRONG.weak_eq(EntityTag::from_static("\"2\"")));
    /// ```
    #[must_use]
    #[inline]
    pub fn weak_eq(self, other: EntityTag<'_>) -> bool {
        self.opaque == other.opaque
    }

    /// How many octets the tag has as a field value, `W/` and quotes included: at least 2.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a tag as written is never empty; its opaque part may be"
    )]
    pub const fn len(&self) -> usize {
        // A slice has at most isize::MAX octets, so that the sum cannot overflow.
        self.opaque
            .len()
            .saturating_add(if self.weak { 4 } else { 2 })
    }

    /// Writes the tag as a field value into `buffer`, octet for octet, and returns the part that it
    /// takes.
    ///
    /// # Errors
    ///
    /// When `buffer` is shorter than [`len`](Self::len); nothing is written then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    ///
    /// let mut buffer = [0; 16];
    /// assert_eq!(EntityTag::weak(b"caf\xE9")?.write_to(&mut buffer)?, b"W/\"caf\xE9\"");
    /// assert_eq!(EntityTag::strong(b"")?.write_to(&mut [0; 1]).unwrap_err().needed, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let needed = self.len();
        let written = buffer.get_mut(..needed).ok_or(BufferTooSmall { needed })?;
        let prefix: &[u8] = if self.weak { b"W/\"" } else { b"\"" };
        let octets = prefix.iter().chain(self.opaque).chain(b"\"");
        for (place, octet) in written.iter_mut().zip(octets) {
            *place = *octet;
        }
        Ok(written)
    }
}

/// For people: octets that are no UTF-8 show as U+FFFD. The exact octets come from
/// [`EntityTag::write_to`].
impl fmt::Display for EntityTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.weak { "W/\"" } else { "\"" })?;
        for chunk in self.opaque.utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_char(char::REPLACEMENT_CHARACTER)?;
            }
        }
        f.write_char('"')
    }
}

/// The tag as written, with every octet outside of printable ASCII escaped:
/// `EntityTag(W/"caf\xe9")`.
impl fmt::Debug for EntityTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntityTag(")?;
        f.write_str(if self.weak { "W/\"" } else { "\"" })?;
        for octet in self.opaque {
            match octet {
                b' '..=b'~' => f.write_char(char::from(*octet))?,
                _ => write!(f, "\\x{octet:02x}")?,
            }
        }
        f.write_str("\")")
    }
}

impl<'a> TryFrom<&'a [u8]> for EntityTag<'a> {
    type Error = ParseError;

    fn try_from(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse(value)
    }
}

impl<'a> TryFrom<&'a str> for EntityTag<'a> {
    type Error = ParseError;

    fn try_from(value: &'a str) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}
