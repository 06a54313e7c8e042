//! `If-Range`: an entity-tag or a date.

use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::field::Field;
use crate::grammar::{self, Stop};
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
        grammar::whole(value, |text| Self::read(Field::IfRange, text, now))
    }

    /// Reads the whole value of a field that has a single validator: If-Range can be a tag, the two
    /// others are dates.
    // One call for each rule, and all of it in the frame of the evaluation: 48 octets of stack less
    // on a Cortex-M0.
    #[inline]
    pub(crate) fn read(field: Field, text: &'a [u8], now: HttpDate) -> Result<Self, Stop> {
        if matches!(field, Field::IfRange) && grammar::is_entity_tag(text) {
            let tag = grammar::only_entity_tag(text)?;
            Ok(Self::EntityTag(EntityTag::from_parts(tag)))
        } else {
            let unix = match grammar::fast::http_date(text, now.0) {
                Some(unix) => unix,
                None => grammar::http_date(text, now.0)?,
            };
            Ok(Self::HttpDate(HttpDate(unix)))
        }
    }
}
