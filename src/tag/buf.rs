//! An entity tag that owns its bytes, without an allocator.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::error::BufferTooSmall;
use crate::grammar;
use crate::grammar::buffer::Buffer;
use crate::tag::entity_tag::EntityTag;

/// An entity tag that owns its field value, `W/` and quotes included, in `N` bytes of storage.
/// ([RFC 9110 §8.8.3])
///
/// [`EntityTag`] borrows its bytes; this type owns them, without an allocator. A server makes a
/// tag from a digest, a version or the like, keeps it beside the resource, and gives it to a
/// [`Representation`](crate::Representation) through [`as_entity_tag`](Self::as_entity_tag).
///
/// **No tag is ever cut off.** Two long tags cut to the same length would be equal, although they
/// name two versions. If the compiler knows the size, an `N` that is too small does not build.
/// Otherwise the call fails with [`BufferTooSmall`], which says how many bytes are needed. The
/// smallest `N`:
///
/// | made from | `N` |
/// | --- | --- |
/// | [a digest of 32 bytes, in hex](Self::from_digest_hex) | 66: 2 for each byte, and the quotes |
/// | [the same in base64url](Self::from_digest_base64url) | 45: 4 for 3 bytes, and the quotes |
/// | [a version](Self::from_version), [signed](Self::from_signed_version) or unsigned | 22 |
/// | [length and modification time](Self::from_file) | 40 |
/// | any of these with a content coding | the same, plus 1 for `-`, plus the length of its name |
///
/// **The text is stable.** For the same input, a function of this crate writes the same bytes in
/// every later release, so you may store a tag and compare it with a tag that another release
/// makes. A changed text would look like a new version to every client and cache: one more
/// transfer, and a 412 to an update of something that has not changed. You must keep the hash
/// function of a digest stable yourself.
///
/// `==` and the hash use the bytes of the field value, whatever `N` is. To compare tags as HTTP
/// does, use [`EntityTag::strong_eq`] and [`EntityTag::weak_eq`].
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Representation, tag::EntityTagBuf};
///
/// let tag = EntityTagBuf::<22>::from_version(17);
/// assert_eq!(tag.as_bytes(), b"\"17\"");
/// let current = Representation::new().etag(tag.as_entity_tag());
/// # let _ = current;
///
/// let too_long = EntityTag::from_static("\"0123456789\"");
/// assert_eq!(EntityTagBuf::<8>::new(too_long).unwrap_err().needed, 12);
/// ```
///
/// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
#[derive(Clone, Copy)]
pub struct EntityTagBuf<const N: usize>(Buffer<N>);

impl<const N: usize> EntityTagBuf<N> {
    /// Creates an owned copy of `tag`.
    ///
    /// # Errors
    ///
    /// If the tag has more than `N` bytes as a field value.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, tag::EntityTagBuf};
    ///
    /// let field_value = String::from("W/\"am\"");
    /// let kept = EntityTagBuf::<16>::new(EntityTag::parse(field_value.as_bytes())?)?;
    /// drop(field_value);
    /// assert_eq!(kept.to_string(), "W/\"am\"");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn new(tag: EntityTag<'_>) -> Result<Self, BufferTooSmall> {
        let mut octets = Buffer::opening(tag.is_weak());
        octets.push_slice(tag.opaque());
        Self::complete(octets)
    }

    /// Closes the quotes, and fails if the tag is longer than `N`.
    pub(crate) const fn complete(octets: Buffer<N>) -> Result<Self, BufferTooSmall> {
        let tag = Self::closing(octets);
        let needed = tag.0.len();
        if needed > N {
            return Err(BufferTooSmall { needed });
        }
        Ok(tag)
    }

    /// Creates a tag from a literal, quotes included, which the compiler checks.
    ///
    /// # Panics
    ///
    /// If `value` is not an entity tag, or has more than `N` bytes. In a `const` the panic is a
    /// compile error; do not call this function anywhere else.
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    ///
    /// const TAG: EntityTagBuf<16> = EntityTagBuf::from_static("\"release-7\"");
    /// assert_eq!(TAG.as_bytes(), b"\"release-7\"");
    /// ```
    ///
    /// ```compile_fail
    /// use http_preconditions::tag::EntityTagBuf;
    ///
    /// const TOO_SMALL: EntityTagBuf<10> = EntityTagBuf::from_static("\"release-7\"");
    /// # let _ = TOO_SMALL;
    /// ```
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "the way for a const fn to refuse a literal at compile time"
    )]
    pub const fn from_static(value: &'static str) -> Self {
        match Self::new(EntityTag::from_static(value)) {
            Ok(tag) => tag,
            Err(_) => panic!("expected storage for the whole entity-tag, quotes included"),
        }
    }

    /// Closes the quotes. The caller has checked, or checks afterwards, that the tag fits.
    pub(crate) const fn closing(mut octets: Buffer<N>) -> Self {
        octets.push(*b"\"");
        Self(octets)
    }

    /// Returns the tag as an [`EntityTag`], to compare, to write, or to give to a
    /// [`Representation`](crate::Representation).
    #[must_use]
    pub const fn as_entity_tag(&self) -> EntityTag<'_> {
        match grammar::in_quotes(self.as_bytes()) {
            Some(tag) => EntityTag::from_parts(tag),
            // Unreachable: every constructor writes the quotes.
            None => EntityTag::from_parts((true, &[])),
        }
    }

    /// Returns the exact bytes of the field value.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        self.0.as_octets()
    }
}

impl<'a, const N: usize> From<&'a EntityTagBuf<N>> for EntityTag<'a> {
    fn from(tag: &'a EntityTagBuf<N>) -> Self {
        tag.as_entity_tag()
    }
}

impl<const N: usize> TryFrom<EntityTag<'_>> for EntityTagBuf<N> {
    type Error = BufferTooSmall;

    fn try_from(tag: EntityTag<'_>) -> Result<Self, BufferTooSmall> {
        Self::new(tag)
    }
}

impl<const N: usize> AsRef<[u8]> for EntityTagBuf<N> {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// Compares the bytes of the field values; `N` and `M` may differ.
impl<const N: usize, const M: usize> PartialEq<EntityTagBuf<M>> for EntityTagBuf<N> {
    fn eq(&self, other: &EntityTagBuf<M>) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl<const N: usize> Eq for EntityTagBuf<N> {}

impl<const N: usize> Hash for EntityTagBuf<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

/// Formats the tag for people, like [`EntityTag`]: bytes that are not UTF-8 show as U+FFFD.
impl<const N: usize> fmt::Display for EntityTagBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_entity_tag(), f)
    }
}

/// Formats like [`EntityTag`], without the unused bytes: `EntityTag(W/"17")`.
impl<const N: usize> fmt::Debug for EntityTagBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_entity_tag(), f)
    }
}
