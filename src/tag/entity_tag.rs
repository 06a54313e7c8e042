//! The entity tag: parsing, the two comparisons, and writing its exact bytes.

use core::fmt;

use crate::error::{BufferTooSmall, ParseError};
use crate::grammar::{self, text};

/// An entity tag (`entity-tag` in the RFC): the validator that identifies one version of one
/// representation. ([RFC 9110 §8.8.3])
///
/// ```abnf
/// entity-tag = [ weak ] opaque-tag
/// weak       = %s"W/"
/// opaque-tag = DQUOTE *etagc DQUOTE
/// etagc      = %x21 / %x23-7E / obs-text
/// ```
///
/// The opaque part is bytes, not text: `obs-text` is %x80-FF and stands for itself. Nothing is
/// escaped: a backslash is an ordinary byte, and a comma inside the quotes belongs to the tag.
///
/// `==` returns true if two tags are *identical*, weakness included, as a map key needs it. HTTP
/// has two other comparisons (§8.8.3.2), each for its own purpose:
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

    /// Parses a whole `ETag` field value. Whitespace around the tag is ignored.
    ///
    /// CR, LF and NUL are read as spaces, as in every field (§5.5). Around a tag they are
    /// whitespace; inside a tag they are refused, like a space.
    ///
    /// # Errors
    ///
    /// - `abc`, `w/"a"`, the empty value: `"` or `W/` is expected at byte 0.
    /// - `W/a`: `"` is expected at byte 2.
    /// - `"a b"`, `"a`, and `"a` followed by a control byte: a tag character or the closing `"`
    ///   is expected at byte 2.
    /// - `"a", "b"`: the end is expected at byte 3. To parse a list, use
    ///   [`IfMatch`](crate::IfMatch) or [`IfNoneMatch`](crate::IfNoneMatch).
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

    /// Creates a tag from a literal, quotes included, which the compiler checks.
    ///
    /// # Panics
    ///
    /// If `value` is not an entity tag. In a `const` the panic is a compile error; do not call
    /// this function anywhere else. For a value that is not a literal, use
    /// [`parse`](Self::parse).
    ///
    /// ```compile_fail
    /// use http_preconditions::EntityTag;
    ///
    /// const NO_QUOTES: EntityTag = EntityTag::from_static("v1");
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
            Err(_) => panic!("expected an entity tag: `\"...\"` or `W/\"...\"`, quotes included"),
        }
    }

    /// Creates the strong tag with this opaque part, given without quotes. It may be empty.
    ///
    /// A strong tag promises that all representations with this tag are the same byte for byte
    /// (§8.8.1).
    ///
    /// # Errors
    ///
    /// `a b`, `a"b`, and any control byte: a tag character is expected at the first byte that is
    /// not one.
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

    /// Creates the weak tag with this opaque part, given without quotes. It may be empty.
    ///
    /// # Errors
    ///
    /// Like [`strong`](Self::strong).
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

    /// Returns the weak tag with the same opaque part.
    ///
    /// Use it for content that is compressed on the fly and may not be the same byte for byte
    /// each time.
    #[must_use]
    pub const fn to_weak(self) -> Self {
        Self { weak: true, ..self }
    }

    /// Returns true if the tag is weak, which means that it is written with `W/`.
    #[must_use]
    pub const fn is_weak(&self) -> bool {
        self.weak
    }

    /// Returns the opaque part: the bytes between the quotes.
    #[must_use]
    pub const fn opaque(&self) -> &'a [u8] {
        self.opaque
    }

    /// Returns true if the tags are equal by strong comparison: neither is weak, and the opaque
    /// parts are the same bytes. (§8.8.3.2)
    ///
    /// If-Match and If-Range use this comparison. A weak tag is not even equal to itself.
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

    /// Returns true if the tags are equal by weak comparison: the opaque parts are the same
    /// bytes. (§8.8.3.2)
    ///
    /// If-None-Match uses this comparison, whatever the method.
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

    /// Returns the length of the field value in bytes, `W/` and quotes included: at least 2.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a tag as written is never empty; its opaque part may be"
    )]
    pub const fn len(&self) -> usize {
        // Cannot overflow: a slice has at most `isize::MAX` bytes.
        self.opaque
            .len()
            .saturating_add(if self.weak { 4 } else { 2 })
    }

    /// Writes the tag as a field value into `buffer`, byte for byte, and returns the written
    /// part.
    ///
    /// # Errors
    ///
    /// If `buffer` is shorter than [`len`](Self::len). Nothing is written then.
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

/// Formats the tag for people: bytes that are not UTF-8 show as U+FFFD. To get the exact bytes,
/// use [`EntityTag::write_to`].
impl fmt::Display for EntityTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.weak { "W/\"" } else { "\"" })?;
        text::write_lossy(f, self.opaque)?;
        f.write_str("\"")
    }
}

/// Formats the tag as written, with every byte outside of printable ASCII escaped:
/// `EntityTag(W/"caf\xe9")`.
impl fmt::Debug for EntityTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntityTag(")?;
        f.write_str(if self.weak { "W/\"" } else { "\"" })?;
        text::write_escaped(f, self.opaque)?;
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
