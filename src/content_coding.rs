//! The tags of a representation's content codings.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};

use crate::entity_tag::EntityTag;
use crate::entity_tag_buf::EntityTagBuf;
use crate::error::{BufferTooSmall, ParseError};
use crate::grammar;
use crate::octets::Octets;

/// A content coding, such as `gzip`, as `Content-Encoding` names it. ([RFC 9110 §8.4.1])
///
/// ```abnf
/// content-coding = token
/// token          = 1*tchar
/// ```
///
/// Codings are one in any case: `==` and the hash are the same for `gzip` and `GZIP`. They are also
/// the same for `x-gzip` and `gzip`, and for `x-compress` and `compress`, which a recipient should
/// take for one coding (§8.4.1.1, §8.4.1.3). [`as_bytes`](Self::as_bytes) and `Display` keep the
/// name as it was given.
///
/// **Each coding of a representation needs a tag of its own** ([§8.8.3.3]): with one strong tag for
/// all, a resumed download puts together pieces of two codings. There are two ways,
/// [another tag](EntityTag::with_coding) and [a weak one](EntityTag::to_weak); a transfer coding
/// needs neither.
///
/// # Examples
///
/// ```
/// use http_preconditions::{ContentCoding, EntityTag, EntityTagBuf, Representation, evaluate};
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
    /// `gzip` (§8.4.1.3)
    pub const GZIP: ContentCoding<'static> = ContentCoding(b"gzip");
    /// `deflate` (§8.4.1.2)
    pub const DEFLATE: ContentCoding<'static> = ContentCoding(b"deflate");
    /// `br` (RFC 7932)
    pub const BR: ContentCoding<'static> = ContentCoding(b"br");
    /// `zstd` (RFC 8878)
    pub const ZSTD: ContentCoding<'static> = ContentCoding(b"zstd");

    /// Reads a name, and nothing else: no whitespace, no weight, no list.
    ///
    /// `identity` stands for no coding in Accept-Encoding, but is a name like any other here: the
    /// representation without a coding keeps its tag.
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

    /// The name as it was given.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The name without the `x-` of the two old names (§8.4.1.1, §8.4.1.3). An `x-` before any other
    /// name belongs to it: RFC 9110 makes no other pair.
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
        // As for text: no name is the beginning of another one with something behind it.
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

/// By name: `ContentCoding(gzip)`.
impl fmt::Debug for ContentCoding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentCoding({self})")
    }
}

impl EntityTag<'_> {
    /// The tag of this representation in a content coding: `-` and the name of the coding in lower
    /// case are put at the end of the opaque part. ([RFC 9110 §8.8.3.3])
    ///
    /// So do Apache and others. `x-gzip` is `gzip` by an older name (§8.4.1.3), and has its suffix,
    /// `-gzip`; `x-compress` has `-compress`. Weak stays weak. For several codings one on top of the other, call
    /// it once for each in the order in which they were applied. The other way, for those who
    /// code on the fly and cannot promise the same octets each time, is
    /// [`to_weak`](Self::to_weak).
    ///
    /// No two versions of a resource may have tags that differ in nothing but this ending: if the
    /// next version of `"abc"` were `"abc-gzip"`, its tag would be that of the gzip variant of the
    /// former. The same goes for two representations of one version, such as those in `pt` and in
    /// `pt-br`. Numbers, ids and digests never do, since their tags have no `-`, or one length, or
    /// a `-` only before digits, which are no coding; a tag that ends in a file name or a language may.
    ///
    /// # Errors
    ///
    /// When the new tag has more than `N` octets as a field value.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{ContentCoding, EntityTag, EntityTagBuf};
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
        let mut octets = Octets::opening(self.is_weak());
        octets.push_slice(self.opaque());
        octets.push(*b"-");
        let mut name = coding.usual_name();
        while let [octet, rest @ ..] = name {
            octets.push([octet.to_ascii_lowercase()]);
            name = rest;
        }
        EntityTagBuf::complete(octets)
    }

    /// Which coding of this representation `tag` names, out of those that the server has, by weak
    /// comparison; none also where it names the representation without coding, or another one.
    ///
    /// Tags are compared as a whole, so that `"abc-gzip"` names the gzip variant of `"abc"`, and
    /// nothing of `"ab"`, of `"abc-gzip"`, or of `"abcd"`. What a client sent back is to be
    /// compared with the tag of the variant that this request selects; this is for those who
    /// look for the variant that it holds.
    ///
    /// Only the suffix that [`with_coding`](Self::with_coding) writes is recognised. Others in use
    /// are not yet: `"abc--gzip"` (Jetty), `"abc:gzip"` (flask-compress), `"abc;gzip"`. Each of them
    /// names no coding here, which costs a transfer and never gives a wrong answer.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{ContentCoding, EntityTag};
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
        // The case of a tag counts, and its names are in lower case.
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
