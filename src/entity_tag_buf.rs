//! An entity-tag that holds its octets itself.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::entity_tag::EntityTag;
use crate::error::BufferTooSmall;
use crate::grammar;
use crate::octets::Octets;

/// An entity tag that holds its field value itself, in storage of `N` octets: `W/` and quotes
/// included. ([RFC 9110 §8.8.3])
///
/// Where [`EntityTag`] borrows, this owns, without an allocator: a server makes it from a digest, a
/// version or the like, keeps it beside the resource, and gives it to a
/// [`Representation`](crate::Representation) through [`as_entity_tag`](Self::as_entity_tag).
///
/// **Nothing is ever cut off.** Two long tags that were cut to the same length would be equal, and
/// two versions of a resource with them. What the compiler knows the size of does not build with an
/// `N` that is too small; all else is refused with [`BufferTooSmall`], which says how many octets
/// are needed. The smallest `N`:
///
/// | made from | `N` |
/// | --- | --- |
/// | [a digest of 32 octets, in hex](Self::from_digest_hex) | 66: two for each octet, and the quotes |
/// | [a digest of 32 octets, in base64url](Self::from_digest_base64url) | 45: four for each three octets, and the quotes |
/// | [a version](Self::from_version), [signed](Self::from_signed_version) or not | 22 |
/// | [length and modification time](Self::from_file) | 40 |
/// | any of these with a content coding | so much more as `-` and its name have |
///
/// **The text stays the same.** What a function of this crate makes of the same input has the same
/// octets in every later release. Another text would be
/// another version to every client and cache that holds the tag: one more transfer, and a 412 to
/// an update of something that has not changed. So a tag may be stored, and compared with one that
/// another release makes. The hash is the caller's part of the promise.
///
/// `==` and the hash are those of the field value, whatever the storage; what HTTP compares by are
/// [`EntityTag::strong_eq`] and [`EntityTag::weak_eq`].
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, EntityTagBuf, Representation};
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
pub struct EntityTagBuf<const N: usize>(Octets<N>);

impl<const N: usize> EntityTagBuf<N> {
    /// A copy of the tag.
    ///
    /// # Errors
    ///
    /// When the tag has more than `N` octets as a field value.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, EntityTagBuf};
    ///
    /// let field_value = String::from("W/\"am\"");
    /// let kept = EntityTagBuf::<16>::new(EntityTag::parse(field_value.as_bytes())?)?;
    /// drop(field_value);
    /// assert_eq!(kept.to_string(), "W/\"am\"");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn new(tag: EntityTag<'_>) -> Result<Self, BufferTooSmall> {
        let mut octets = Octets::opening(tag.is_weak());
        octets.push_slice(tag.opaque());
        Self::complete(octets)
    }

    /// Closes the quotes of a tag that may have turned out too long.
    pub(crate) const fn complete(octets: Octets<N>) -> Result<Self, BufferTooSmall> {
        let tag = Self::closing(octets);
        let needed = tag.0.len();
        if needed > N {
            return Err(BufferTooSmall { needed });
        }
        Ok(tag)
    }

    /// A tag from a literal, quotes included, that is checked when the program is compiled.
    ///
    /// # Panics
    ///
    /// When `value` is no entity-tag, or has more than `N` octets. In a `const` this is an error of
    /// the build; call it nowhere else.
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    ///
    /// const TAG: EntityTagBuf<16> = EntityTagBuf::from_static("\"release-7\"");
    /// assert_eq!(TAG.as_bytes(), b"\"release-7\"");
    /// ```
    ///
    /// ```compile_fail
    /// use http_preconditions::EntityTagBuf;
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

    /// Closes the quotes of a tag that is known not to be too long.
    pub(crate) const fn closing(mut octets: Octets<N>) -> Self {
        octets.push(*b"\"");
        Self(octets)
    }

    /// The tag as a value to compare, to write, and to give to a
    /// [`Representation`](crate::Representation).
    #[must_use]
    pub const fn as_entity_tag(&self) -> EntityTag<'_> {
        match grammar::in_quotes(self.as_bytes()) {
            Some(tag) => EntityTag::from_parts(tag),
            // There is no such value: each is made between quotes.
            None => EntityTag::from_parts((true, &[])),
        }
    }

    /// The exact octets of the field value.
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

/// Whether the field values are the same octets, whatever the storage.
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

/// For people, as that of [`EntityTag`].
impl<const N: usize> fmt::Display for EntityTagBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_entity_tag(), f)
    }
}

/// As that of [`EntityTag`], octets of no use left out: `EntityTag(W/"17")`.
impl<const N: usize> fmt::Debug for EntityTagBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_entity_tag(), f)
    }
}
