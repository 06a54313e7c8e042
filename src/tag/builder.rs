//! Builds tags from digests, versions, ids, texts, lengths and times, alone or combined.

use core::fmt;

use crate::date::modification_time::ModificationTime;
use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::grammar::buffer::Buffer;
use crate::tag::buf::EntityTagBuf;
use crate::tag::from_file;

/// Builds a tag from one or more parts, such as `"17.en.5f3a"`. ([RFC 9110 §8.8.3])
///
/// A `.` separates two parts, and no part contains a `.`. Different parts therefore give
/// different tags, provided that a resource always uses the same kinds of parts in the same
/// order. The tag is strong unless a part makes it [weak](Self::weak).
///
/// The same parts in the same order give the same text in every later release, as
/// [`EntityTagBuf`] promises. An empty digest is an empty part.
///
/// Add a part for everything that changes the representation. Often forgotten: the version of the
/// program or template that renders it, the language, and the user if the content depends on the
/// user.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, tag::{EntityTagBuf, EntityTagBuilder}};
///
/// // Row 17 of a database, as rendered by the templates of release e83c516, in English.
/// let tag: EntityTagBuf<64> =
///     EntityTagBuilder::new().version(17).id(b"e83c516")?.text(b"en")?.build()?;
/// assert_eq!(tag.to_string(), "\"17.e83c516.en\"");
///
/// let dirty = EntityTagBuilder::<64>::new().id(b"e83c516-dirty");
/// assert!(dirty.is_err(), "does not say what changed");
/// assert_eq!(EntityTagBuilder::<4>::new().version(1_000_000).build().unwrap_err().needed, 9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
#[derive(Clone, Copy)]
pub struct EntityTagBuilder<const N: usize> {
    /// The opening `DQUOTE` and the parts so far.
    octets: Buffer<N>,
    first: bool,
    weak: bool,
}

impl<const N: usize> EntityTagBuilder<N> {
    /// Creates a builder without parts: it builds the strong tag `""`.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            octets: Buffer::opening(false),
            first: true,
            weak: false,
        }
    }

    /// Adds a digest in lower-case hex: two characters for each byte.
    #[must_use]
    pub const fn digest_hex(mut self, digest: &[u8]) -> Self {
        self.begin_part();
        self.octets.push_hex(digest);
        self
    }

    /// Adds a digest in base64url without padding (RFC 4648 §5): four characters for three bytes.
    #[must_use]
    pub const fn digest_base64url(mut self, digest: &[u8]) -> Self {
        self.begin_part();
        self.octets.push_base64url(digest);
        self
    }

    /// Adds a version or revision number, in decimal.
    ///
    /// For an `i64`, use [`signed_version`](Self::signed_version).
    #[must_use]
    pub const fn version(mut self, version: u64) -> Self {
        self.begin_part();
        self.octets.push_decimal(version);
        self
    }

    /// Adds a signed version number, in decimal, with `-` if it is negative.
    ///
    /// A version from 0 on gives the same part as [`version`](Self::version).
    #[must_use]
    pub const fn signed_version(mut self, version: i64) -> Self {
        self.begin_part();
        self.octets.push_signed_decimal(version);
        self
    }

    /// Adds the id of a revision, as git writes it.
    ///
    /// ```abnf
    /// revision-id = 1*( DIGIT / %x61-66 )     ; our own: hexadecimal, in lower case
    /// ```
    ///
    /// Give the whole id: two revisions can share an abbreviated id.
    ///
    /// # Errors
    ///
    /// The empty id, `E83C516`, `e83c516-dirty`, `HEAD`, and an id with a line end: a hexadecimal
    /// digit in lower case is expected at the first byte that is not one.
    pub const fn id(mut self, id: &[u8]) -> Result<Self, ParseError> {
        if let Err(error) = grammar::revision_id(id) {
            return Err(error);
        }
        self.begin_part();
        self.octets.push_slice(id);
        Ok(self)
    }

    /// Adds any other text: a language, a release, the name of a template.
    ///
    /// If the tag gets [codings](crate::EntityTag::with_coding), its last part must not end in
    /// the suffix of a coding: `pt-br`, the Portuguese of Brazil, is also `pt` with the suffix of
    /// brotli. Add another part after the language, or write `pt-BR`: a suffix is in lower case.
    ///
    /// ```abnf
    /// tag-part = 1*( %x21 / %x23-2D / %x2F-5B / %x5D-7E / obs-text )
    ///          ; our own: etagc without "." and "\"
    /// ```
    ///
    /// # Errors
    ///
    /// The empty text, `1.2`, `a b`, `a"`, `a\b`: another character is expected at the first byte
    /// that `tag-part` does not have. RFC 9110 advises servers against the backslash, because
    /// some clients read it as an escape (§8.8.3).
    pub const fn text(mut self, text: &[u8]) -> Result<Self, ParseError> {
        if let Err(error) = grammar::tag_part(text) {
            return Err(error);
        }
        self.begin_part();
        self.octets.push_slice(text);
        Ok(self)
    }

    /// Adds the length of the content in bytes, in hex.
    #[must_use]
    pub const fn length(mut self, length: u64) -> Self {
        self.begin_part();
        self.octets.push_hex_number(length);
        self
    }

    /// Adds the modification time, and makes the tag [weak](Self::weak), because two changes may
    /// have the same time.
    ///
    /// The time is written as two parts, in hex: seconds since 1970, with `-` before 1970, and
    /// nanoseconds.
    #[must_use]
    pub const fn modified(self, time: ModificationTime) -> Self {
        self.strong_modified(time).weak()
    }

    /// Adds the modification time, and keeps the tag strong: you guarantee that the tag as a
    /// whole differs after each change. (§8.8.1)
    ///
    /// No two versions may have the same time, unless another part tells them apart.
    /// [`from_file_at`](EntityTagBuf::from_file_at) lists what you must rule out (a rename over
    /// the path, a symbolic link that is set to another file, a store through a memory mapping,
    /// `cp -p`, `rsync`, a clock that is set back, a network file system with its own clock, file
    /// times with steps of more than two seconds), and in which order to read the file. This
    /// function does not look at the clock: you must also check that the time [is
    /// settled](ModificationTime::is_settled).
    ///
    /// If two files can have the same length and time, add the inode after the time, with
    /// `.version(inode)`.
    #[must_use]
    pub const fn strong_modified(mut self, time: ModificationTime) -> Self {
        self.begin_part();
        from_file::push_time(&mut self.octets, time);
        self
    }

    /// Makes the tag weak: two representations with this tag may replace each other, but need not
    /// be the same byte for byte (§8.8.1).
    ///
    /// If-Match and If-Range never match a weak tag. Clients can then neither update the resource
    /// safely nor resume a download of it.
    #[must_use]
    pub const fn weak(self) -> Self {
        Self { weak: true, ..self }
    }

    /// Builds the tag.
    ///
    /// # Errors
    ///
    /// If the tag has more than `N` bytes as a field value.
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

impl<const N: usize> Default for EntityTagBuilder<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// Formats the tag built so far: `EntityTagBuilder(Ok(EntityTag("17.en")))`.
impl<const N: usize> fmt::Debug for EntityTagBuilder<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EntityTagBuilder")
            .field(&self.build())
            .finish()
    }
}
