//! `If-Range`: an entity-tag or a date.

use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::grammar;
use crate::http_date::HttpDate;

/// The `If-Range` request field: send the range if the representation is unchanged, else send all
/// of it. ([RFC 9110 §13.1.5])
///
/// ```abnf
/// If-Range = entity-tag / HTTP-date
/// ```
///
/// A `DQUOTE` among the first three octets makes it an entity-tag, well-formed or not.
///
/// A weak tag is grammatical and never matches. A date matches only when it is equal to
/// Last-Modified, not when it is later, and only where that is [known to be
/// strong](crate::Representation::strong_last_modified).
///
/// # Examples
///
/// ```
/// use http_preconditions::{HttpDate, IfRange};
///
/// assert!(matches!(IfRange::parse(b"\"v1\"")?, IfRange::EntityTag(tag) if tag.opaque() == b"v1"));
/// let date = IfRange::parse(b"Sat, 29 Oct 1994 19:43:31 GMT")?;
/// assert!(matches!(date, IfRange::HttpDate(date) if date.to_unix() == 783_459_811));
/// assert!(IfRange::parse(b"\"v1\", \"v2\"").is_err(), "it is no list");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §13.1.5]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum IfRange<'a> {
    /// The tag of the version that the client holds a part of.
    EntityTag(EntityTag<'a>),
    /// Its modification date, where it has no tag.
    HttpDate(HttpDate),
}

impl<'a> IfRange<'a> {
    /// Reads a whole field value; a year of two digits as of [`HttpDate::NOW_WITHOUT_CLOCK`].
    ///
    /// # Errors
    ///
    /// - `a"`, `w/"a"`, `"a", "b"`: as [`EntityTag::parse`], because of the `"` among the first
    ///   three octets.
    /// - `abc`, `*`, the empty value, a date in another zone: as [`HttpDate::parse`].
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_at(value, HttpDate::NOW_WITHOUT_CLOCK)
    }

    /// Reads a whole field value; a year of two digits as of `now`, as [`HttpDate::parse_at`] does.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_at(value: &'a [u8], now: HttpDate) -> Result<Self, ParseError> {
        if is_entity_tag(value) {
            return EntityTag::parse(value).map(Self::EntityTag);
        }
        HttpDate::parse_at(value, now).map(Self::HttpDate)
    }
}

/// Returns true if the value is to be read as an entity tag. (§13.1.5)
fn is_entity_tag(value: &[u8]) -> bool {
    let (_, text) = grammar::trim(value);
    grammar::is_entity_tag(text)
}
