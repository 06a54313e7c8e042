//! The entity tags of coded representations: a suffix for each coding.

use crate::error::{BufferTooSmall, ErrorKind, ParseError};
use crate::grammar;
use crate::grammar::buffer::Buffer;
use crate::tag::buf::EntityTagBuf;
use crate::tag::content_coding::ContentCoding;
use crate::tag::entity_tag::EntityTag;

/// The bytes between a tag and the name of the content coding that follows it.
/// ([RFC 9110 §8.8.3.3])
///
/// ```abnf
/// coding-separator = 1*etagc              ; our own
/// ```
///
/// No version may have a tag that ends in the separator and a coding's name, and no tag may end in
/// the separator: `"abc-"` with `-gzip` is `"abc"` with `--gzip`.
///
/// # Examples
///
/// ```
/// use http_preconditions::tag::CodingSeparator;
///
/// assert_eq!(CodingSeparator::parse(b"--")?, CodingSeparator::TWO_HYPHENS);
/// // A server that writes the old name, as in `"abc-x-gzip"`.
/// assert_eq!(CodingSeparator::parse(b"-x-")?.as_bytes(), b"-x-");
/// assert_eq!(CodingSeparator::parse(b"- ").unwrap_err().offset(), 1);
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §8.8.3.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodingSeparator<'a>(&'a [u8]);

impl<'a> CodingSeparator<'a> {
    /// `-`, as in `"abc-gzip"`: this crate, and Apache.
    pub const HYPHEN: CodingSeparator<'static> = CodingSeparator(b"-");
    /// `--`, as in `"abc--gzip"`: Jetty.
    pub const TWO_HYPHENS: CodingSeparator<'static> = CodingSeparator(b"--");
    /// `:`, as in `"abc:gzip"`: flask-compress.
    pub const COLON: CodingSeparator<'static> = CodingSeparator(b":");
    /// `;`, as in `"abc;gzip"`.
    pub const SEMICOLON: CodingSeparator<'static> = CodingSeparator(b";");

    /// Parses a separator: one or more tag characters.
    ///
    /// # Errors
    ///
    /// The empty separator, a space, `"`, and any control byte: a tag character is expected at the
    /// first byte that is not one.
    pub const fn parse(separator: &'a [u8]) -> Result<Self, ParseError> {
        if separator.is_empty() {
            return Err(ParseError::new(ErrorKind::ClosingQuote, 0));
        }
        match grammar::etagcs_only(separator) {
            Ok(()) => Ok(Self(separator)),
            Err(stop) => Err(stop.in_value(0, separator)),
        }
    }

    /// Returns the bytes of the separator.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl EntityTag<'_> {
    /// Creates the tag of this representation in a content coding: appends `-` and the name of
    /// the coding, in lower case, to the opaque part. ([RFC 9110 §8.8.3.3])
    ///
    /// Apache and others write the same suffix. The old names `x-gzip` and `x-compress` give
    /// `-gzip` and `-compress` (§8.4.1.1, §8.4.1.3). A weak tag stays weak. If several codings
    /// were applied, call this function once for each, in the order of their application. If you
    /// compress on the fly and cannot promise the same bytes each time, use
    /// [`to_weak`](Self::to_weak) instead.
    ///
    /// Two versions of a resource must not have tags that differ only in this suffix: if the
    /// version after `"abc"` were `"abc-gzip"`, it would have the tag of the gzip variant of
    /// `"abc"`. The same holds for two representations of one version, such as `pt` and `pt-br`.
    /// Tags made from numbers, ids and digests are safe: they have no `-`, or have `-` only
    /// before a digit, or all have the same length. A tag that ends in a file name or a language
    /// may not be safe.
    ///
    /// # Errors
    ///
    /// If the new tag has more than `N` bytes as a field value.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, tag::{ContentCoding, EntityTagBuf}};
    ///
    /// const BASE: EntityTag = EntityTag::from_static("W/\"abc\"");
    /// let tag: EntityTagBuf<32> = BASE.with_coding(ContentCoding::BR)?;
    /// assert_eq!(tag.to_string(), "W/\"abc-br\"");
    /// assert_eq!(BASE.with_coding::<9>(ContentCoding::BR).unwrap_err().needed, 10);
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    ///
    /// [RFC 9110 §8.8.3.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
    pub const fn with_coding<const N: usize>(
        self,
        coding: ContentCoding<'_>,
    ) -> Result<EntityTagBuf<N>, BufferTooSmall> {
        self.with_suffix(CodingSeparator::HYPHEN, coding)
    }

    /// Creates the tag of this representation in a content coding like
    /// [`with_coding`](Self::with_coding), with another separator than `-`. ([RFC 9110 §8.8.3.3])
    ///
    /// Use it only where another server writes the same tags. The new tag must name one
    /// representation only: see [`CodingSeparator`].
    ///
    /// # Errors
    ///
    /// If the new tag has more than `N` bytes as a field value.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, tag::{CodingSeparator, ContentCoding, EntityTagBuf}};
    ///
    /// const BASE: EntityTag = EntityTag::from_static("\"abc\"");
    /// let jetty = CodingSeparator::TWO_HYPHENS;
    /// let tag: EntityTagBuf<32> = BASE.with_suffix(jetty, ContentCoding::GZIP)?;
    /// assert_eq!(tag.to_string(), "\"abc--gzip\"");
    /// assert!(BASE.with_suffix::<10>(jetty, ContentCoding::GZIP).is_err());
    /// # Ok::<(), http_preconditions::BufferTooSmall>(())
    /// ```
    ///
    /// [RFC 9110 §8.8.3.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
    pub const fn with_suffix<const N: usize>(
        self,
        separator: CodingSeparator<'_>,
        coding: ContentCoding<'_>,
    ) -> Result<EntityTagBuf<N>, BufferTooSmall> {
        let mut octets = Buffer::opening(self.is_weak());
        octets.push_slice(self.opaque());
        octets.push_slice(separator.as_bytes());
        let mut name = coding.usual_name();
        while let [octet, rest @ ..] = name {
            octets.push([octet.to_ascii_lowercase()]);
            name = rest;
        }
        EntityTagBuf::complete(octets)
    }

    /// Returns the coding, out of `codings`, whose variant of this representation `tag` names, by
    /// weak comparison. `self` is the tag without a coding.
    ///
    /// Returns `None` if `tag` names the representation without a coding, a coding that is not in
    /// `codings`, or another representation.
    ///
    /// Tags are compared as a whole: `"abc-gzip"` names the gzip variant of `"abc"`, and no
    /// variant of `"ab"`, `"abc-gzip"` or `"abcd"`. Use this function to find out which variant
    /// the client holds. To evaluate conditions, compare with the tag of the variant that the
    /// request selects.
    ///
    /// Only the suffix that [`with_coding`](Self::with_coding) writes is recognised. A suffix with
    /// another separator, such as `"abc--gzip"` of Jetty, names no coding here, which costs a
    /// transfer and never gives a wrong response. Use
    /// [`coding_named_with`](Self::coding_named_with) for such a server.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, tag::ContentCoding};
    ///
    /// const BASE: EntityTag = EntityTag::from_static("\"abc\"");
    /// const CODINGS: [ContentCoding; 2] = [ContentCoding::BR, ContentCoding::GZIP];
    ///
    /// let held = |tag| BASE.coding_named_by(EntityTag::from_static(tag), &CODINGS);
    /// assert_eq!(held("\"abc-gzip\""), Some(ContentCoding::GZIP));
    /// assert_eq!(held("W/\"abc-gzip\""), Some(ContentCoding::GZIP), "a proxy has weakened it");
    /// assert_eq!(held("\"abc-zstd\""), None, "no variant of this server");
    /// assert_eq!(held("\"abc\""), None);
    /// ```
    #[must_use]
    pub fn coding_named_by<'c>(
        self,
        tag: EntityTag<'_>,
        codings: &[ContentCoding<'c>],
    ) -> Option<ContentCoding<'c>> {
        self.coding_named_with(CodingSeparator::HYPHEN, tag, codings)
    }

    /// Returns the coding, out of `codings`, whose variant of this representation `tag` names,
    /// like [`coding_named_by`](Self::coding_named_by), with another separator than `-`. `self` is
    /// the tag without a coding.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, tag::{CodingSeparator, ContentCoding}};
    ///
    /// const BASE: EntityTag = EntityTag::from_static("\"abc\"");
    /// const CODINGS: [ContentCoding; 2] = [ContentCoding::BR, ContentCoding::GZIP];
    ///
    /// let held = |separator, tag| {
    ///     BASE.coding_named_with(separator, EntityTag::from_static(tag), &CODINGS)
    /// };
    /// assert_eq!(held(CodingSeparator::COLON, "\"abc:br\""), Some(ContentCoding::BR));
    /// assert_eq!(held(CodingSeparator::TWO_HYPHENS, "\"abc--gzip\""), Some(ContentCoding::GZIP));
    /// assert_eq!(held(CodingSeparator::HYPHEN, "\"abc--gzip\""), None);
    /// assert_eq!(held(CodingSeparator::COLON, "\"abcd:br\""), None, "another version");
    /// ```
    #[must_use]
    pub fn coding_named_with<'c>(
        self,
        separator: CodingSeparator<'_>,
        tag: EntityTag<'_>,
        codings: &[ContentCoding<'c>],
    ) -> Option<ContentCoding<'c>> {
        let name = tag
            .opaque()
            .strip_prefix(self.opaque())?
            .strip_prefix(separator.as_bytes())?;
        // Tags are case-sensitive, and `with_suffix` writes the name in lower case.
        let mut codings = codings.iter().copied();
        codings.find(|coding| {
            coding
                .usual_name()
                .iter()
                .map(u8::to_ascii_lowercase)
                .eq(name.iter().copied())
        })
    }
}
