//! Tags made from digests, versions, ids, lengths and times, and from several of these.

use core::fmt;

use crate::entity_tag_buf::EntityTagBuf;
use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::modification_time::ModificationTime;
use crate::octets::Octets;

mod file;
mod known_size;

/// Puts a tag together from several parts, as `"17.en.5f3a"`. ([RFC 9110 §8.8.3])
///
/// A `.` stands between each two, and no part has one within, so that different parts give
/// different tags, as long as a resource keeps to one recipe: the same kinds of parts in the same
/// order. The tag is strong unless a part makes it [weak](Self::weak).
///
/// The same parts in the same order have the same text in every later release, as
/// [`EntityTagBuf`] promises. An empty digest is an empty part.
///
/// Every part is for something that the representation changes with. What belongs there and is
/// easily forgotten: the version of the program or template that renders it, the language, and the
/// user where the content depends on them.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, EntityTagBuf, EntityTagBuilder};
///
/// // Row 17 of a database, as rendered by the templates of release e83c516, in English.
/// let tag: EntityTagBuf<64> =
///     EntityTagBuilder::new().version(17).id(b"e83c516")?.text(b"en")?.build()?;
/// assert_eq!(tag.to_string(), "\"17.e83c516.en\"");
///
/// assert!(EntityTagBuilder::<64>::new().id(b"e83c516-dirty").is_err(), "does not say what changed");
/// assert_eq!(EntityTagBuilder::<4>::new().version(1_000_000).build().unwrap_err().needed, 9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
#[derive(Clone, Copy)]
pub struct EntityTagBuilder<const N: usize> {
    /// A `DQUOTE` and the parts.
    octets: Octets<N>,
    first: bool,
    weak: bool,
}

impl<const N: usize> EntityTagBuilder<N> {
    /// A strong tag without any part yet, `""`.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            octets: Octets::opening(false),
            first: true,
            weak: false,
        }
    }

    /// A digest in lower-case hex, two characters for each octet.
    #[must_use]
    pub const fn digest_hex(mut self, digest: &[u8]) -> Self {
        self.begin_part();
        self.octets.push_hex(digest);
        self
    }

    /// A digest in base64url without padding (RFC 4648 §5), four characters for each three octets.
    #[must_use]
    pub const fn digest_base64url(mut self, digest: &[u8]) -> Self {
        self.begin_part();
        self.octets.push_base64url(digest);
        self
    }

    /// A version or revision number, in decimal.
    ///
    /// One that is an `i64` goes to [`signed_version`](Self::signed_version).
    #[must_use]
    pub const fn version(mut self, version: u64) -> Self {
        self.begin_part();
        self.octets.push_decimal(version);
        self
    }

    /// Adds a signed version number, in decimal, with `-` if it is negative; from 0 on, the part is
    /// that of [`version`](Self::version).
    #[must_use]
    pub const fn signed_version(mut self, version: i64) -> Self {
        self.begin_part();
        self.octets.push_signed_decimal(version);
        self
    }

    /// The id of a revision as git writes it.
    ///
    /// ```abnf
    /// revision-id = 1*( DIGIT / %x61-66 )     ; our own: hexadecimal, in lower case
    /// ```
    ///
    /// Give the whole id: two revisions can have the same abbreviated one.
    ///
    /// # Errors
    ///
    /// The empty id, `E83C516`, `e83c516-dirty`, `HEAD`, and an id with the end of its line: a
    /// hexadecimal digit is expected at that byte.
    pub const fn id(mut self, id: &[u8]) -> Result<Self, ParseError> {
        if let Err(error) = grammar::revision_id(id) {
            return Err(error);
        }
        self.begin_part();
        self.octets.push_slice(id);
        Ok(self)
    }

    /// Any other text: a language, a release, the name of a template.
    ///
    /// The last part of a tag that gets [codings](crate::EntityTag::with_coding) must not end like
    /// one of them: in front of the suffix of brotli, `pt` would be `pt-br`, the Portuguese of
    /// Brazil. Put another part behind it, or write it `pt-BR`, which no suffix is.
    ///
    /// ```abnf
    /// tag-part = 1*( %x21 / %x23-2D / %x2F-5B / %x5D-7E / obs-text )
    ///          ; our own: etagc without "." and "\"
    /// ```
    ///
    /// # Errors
    ///
    /// The empty text, `1.2`, `a b`, `a"`, `a\b`: another character is expected at that byte.
    /// Servers ought to avoid the backslash, since some clients read it as an escape (§8.8.3).
    pub const fn text(mut self, text: &[u8]) -> Result<Self, ParseError> {
        if let Err(error) = grammar::tag_part(text) {
            return Err(error);
        }
        self.begin_part();
        self.octets.push_slice(text);
        Ok(self)
    }

    /// The length of the content in octets, in hex.
    #[must_use]
    pub const fn length(mut self, length: u64) -> Self {
        self.begin_part();
        self.octets.push_hex_number(length);
        self
    }

    /// The modification time, and makes the tag [weak](Self::weak): nobody vouches that each change
    /// gives another time.
    ///
    /// It is written as two parts, in hex: seconds since 1970, with `-` before that, and
    /// nanoseconds.
    #[must_use]
    pub const fn modified(self, time: ModificationTime) -> Self {
        self.strong_modified(time).weak()
    }

    /// Adds the modification time, and keeps the tag strong: the caller vouches that the tag as a
    /// whole is another one after each change. (§8.8.1)
    ///
    /// No two versions may carry the same time, unless another part tells them apart.
    /// [`from_file_at`](EntityTagBuf::from_file_at) says what the caller vouches for: no rename over
    /// the path, no link that is set anew, no store through a memory mapping, no `cp -p`, no `rsync`,
    /// no clock that is set back, no network file system with a clock of its own, and no FAT. It
    /// also says in which order to read. This function does not look at the clock: that the time [is
    /// settled](ModificationTime::is_settled) is the caller's to see to as well.
    ///
    /// Two files of one length and time are told apart by the inode: put it behind the time, with
    /// `.version(inode)`.
    #[must_use]
    pub const fn strong_modified(mut self, time: ModificationTime) -> Self {
        self.begin_part();
        push_time(&mut self.octets, time);
        self
    }

    /// Makes the tag weak: representations that it does not tell apart may stand for each other,
    /// but are not the same octet for octet (§8.8.1).
    ///
    /// No If-Match and no If-Range ever matches a weak tag, so that nobody can update the resource
    /// safely, or resume a download of it.
    #[must_use]
    pub const fn weak(self) -> Self {
        Self { weak: true, ..self }
    }

    /// The tag.
    ///
    /// # Errors
    ///
    /// When it has more than `N` octets as a field value.
    pub const fn build(self) -> Result<EntityTagBuf<N>, BufferTooSmall> {
        let strong = EntityTagBuf::complete(self.octets);
        match strong {
            Ok(tag) if self.weak => EntityTagBuf::new(tag.as_entity_tag().to_weak()),
            Err(BufferTooSmall { needed }) if self.weak => Err(BufferTooSmall {
                needed: needed.saturating_add(2),
            }),
            made => made,
        }
    }

    const fn begin_part(&mut self) {
        if !self.first {
            self.octets.push(*b".");
        }
        self.first = false;
    }
}

/// Writes seconds since 1970, `-` before them where they are negative, a full stop, and nanoseconds:
/// two numbers to the base of 16.
const fn push_time<const N: usize>(octets: &mut Octets<N>, time: ModificationTime) {
    let seconds = time.date().to_unix();
    if seconds.is_negative() {
        octets.push(*b"-");
    }
    octets.push_hex_number(seconds.unsigned_abs());
    octets.push(*b".");
    octets.push_hex_number(time.nanoseconds() as u64);
}

impl<const N: usize> Default for EntityTagBuilder<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// With what it makes: `EntityTagBuilder(Ok(EntityTag("17.en")))`.
impl<const N: usize> fmt::Debug for EntityTagBuilder<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EntityTagBuilder")
            .field(&self.build())
            .finish()
    }
}
