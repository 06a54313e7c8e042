//! The names of content codings.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};

use crate::error::ParseError;
use crate::grammar;

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
/// coding](crate::EntityTag::with_coding) or [weaken the tag](crate::EntityTag::to_weak). A transfer coding
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
    pub(super) const fn usual_name(&self) -> &'a [u8] {
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
