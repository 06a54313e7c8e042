//! Content codings, and the entity tags of coded representations.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};

use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::grammar::buffer::Buffer;
use crate::tag::buf::EntityTagBuf;
use crate::tag::entity_tag::EntityTag;

/// A content coding, such as `gzip`, as `Content-Encoding` names it. ([RFC 9110 §8.4.1])
///
/// ```abnf
/// content-coding = token
/// token          = 1*tchar
/// ```
///
/// Names are compared without regard to case: `==` and the hash are the same for `gzip` and
/// `GZIP`. They are also the same for `x-gzip` and `gzip`, and for `x-compress` and `compress`,
/// because a recipient should consider each pair equivalent (§8.4.1.1, §8.4.1.3).
/// [`as_bytes`](Self::as_bytes) and `Display` keep the name as given.
///
/// **Each coding of a representation needs its own tag** ([§8.8.3.3]). If all codings share one
/// strong tag, a resumed download joins pieces of two codings. Either [derive a tag for each
/// coding](EntityTag::with_coding) or [weaken the tag](EntityTag::to_weak). A transfer coding
/// needs neither.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Representation, evaluate};
/// use http_preconditions::tag::{ContentCoding, EntityTagBuf};
///
/// const BASE: EntityTag = EntityTag::from_static("\"abc\"");
///
/// // Accept-Encoding has selected the gzip variant of `"abc"`.
/// let tag: EntityTagBuf<32> = BASE.with_coding(ContentCoding::GZIP)?;
/// let gzip = Representation::new().etag(tag.as_entity_tag());
/// let status = |field| evaluate("GET", [("If-None-Match", field)], Some(&gzip)).status();
/// assert_eq!(status("\"abc-gzip\""), 304);
/// assert_eq!(status("\"abc\""), 200, "the client has the variant without coding");
///
/// assert!(ContentCoding::parse(b"gzip;q=1").is_err());
/// # Ok::<(), http_preconditions::BufferTooSmall>(())
/// ```
///
/// [RFC 9110 §8.4.1]: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
/// [§8.8.3.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
#[derive(Clone, Copy)]
pub struct ContentCoding<'a>(&'a [u8]);

impl<'a> ContentCoding<'a> {
    /// The coding `gzip` (§8.4.1.3).
    pub const GZIP: ContentCoding<'static> = ContentCoding(b"gzip");
    /// The coding `deflate` (§8.4.1.2).
    pub const DEFLATE: ContentCoding<'static> = ContentCoding(b"deflate");
    /// The coding `br` (RFC 7932).
    pub const BR: ContentCoding<'static> = ContentCoding(b"br");
    /// The coding `zstd` (RFC 8878).
    pub const ZSTD: ContentCoding<'static> = ContentCoding(b"zstd");

    /// Parses the name of a coding, and nothing else: no whitespace, no weight, no list.
    ///
    /// `identity` is a name like any other here. In Accept-Encoding it stands for no coding, and
    /// a representation without a coding keeps its tag: derive no tag for `identity`.
    ///
    /// # Errors
    ///
    /// - the empty name: a token character is expected at byte 0.
    /// - `gzip;q=1`, `gzip, br`: a token character is expected at byte 4.
    pub const fn parse(name: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::token(name) {
            Ok(()) => Ok(Self(name)),
            Err(error) => Err(error),
        }
    }

    /// Returns the name as given.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the name without the `x-` of the two old names, `x-compress` and `x-gzip`
    /// (§8.4.1.1, §8.4.1.3). Any other `x-` belongs to the name: RFC 9110 has no other pair.
    const fn usual_name(&self) -> &'a [u8] {
        match self.0 {
            [b'x' | b'X', b'-', name @ ..]
                if matches!(
                    name,
                    [b'g' | b'G', b'z' | b'Z', b'i' | b'I', b'p' | b'P']
                        | [
                            b'c' | b'C',
                            b'o' | b'O',
                            b'm' | b'M',
                            b'p' | b'P',
                            b'r' | b'R',
                            b'e' | b'E',
                            b's' | b'S',
                            b's' | b'S'
                        ]
                ) =>
            {
                name
            }
            name => name,
        }
    }
}

impl PartialEq for ContentCoding<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.usual_name().eq_ignore_ascii_case(other.usual_name())
    }
}

impl Eq for ContentCoding<'_> {}

impl Hash for ContentCoding<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for octet in self.usual_name() {
            octet.to_ascii_lowercase().hash(state);
        }
        // A terminator, like that of `str`: no hashed name is the beginning of another one.
        0xFF_u8.hash(state);
    }
}

impl fmt::Display for ContentCoding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|octet| f.write_char(char::from(*octet)))
    }
}

/// Formats by name: `ContentCoding(gzip)`.
impl fmt::Debug for ContentCoding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentCoding({self})")
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
        let mut octets = Buffer::opening(self.is_weak());
        octets.push_slice(self.opaque());
        octets.push(*b"-");
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
    /// Only the suffix that [`with_coding`](Self::with_coding) writes is recognised. The suffixes
    /// of some other servers are not: `"abc--gzip"` (Jetty), `"abc:gzip"` (flask-compress),
    /// `"abc;gzip"`. Such a tag names no coding here, which costs a transfer and never gives a
    /// wrong response.
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
        let name = tag
            .opaque()
            .strip_prefix(self.opaque())?
            .strip_prefix(b"-")?;
        // Tags are case-sensitive, and `with_coding` writes the name in lower case.
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
