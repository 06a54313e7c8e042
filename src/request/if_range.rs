//! `If-Range`: an entity tag or a date.

use crate::date::http_date::HttpDate;
use crate::error::ParseError;
use crate::grammar;
use crate::tag::entity_tag::EntityTag;

/// The `If-Range` request field, which asks the server to send the range if the representation is
/// unchanged, and otherwise all of it. ([RFC 9110 §13.1.5])
///
/// ```abnf
/// If-Range = entity-tag / HTTP-date
/// ```
///
/// A value with a `DQUOTE` among its first three bytes is an entity tag, well-formed or not; any
/// other value is a date. Whitespace around the value does not count.
///
/// A weak tag is valid by the grammar, but never matches. A date matches only if it is equal to
/// Last-Modified, and if Last-Modified is a [strong
/// validator](crate::Representation::strong_last_modified). A later date does not match.
///
/// # Examples
///
/// ```
/// use http_preconditions::{HttpDate, IfRange};
///
/// assert!(matches!(IfRange::parse(b"\"v1\"")?, IfRange::EntityTag(tag) if tag.opaque() == b"v1"));
/// let date = IfRange::parse(b"Sat, 29 Oct 1994 19:43:31 GMT")?;
/// assert!(matches!(date, IfRange::HttpDate(date) if date.to_unix() == 783_459_811));
/// assert!(IfRange::parse(b"\"v1\", \"v2\"").is_err(), "not a list");
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
    /// The tag of the version of which the client holds a part.
    EntityTag(EntityTag<'a>),
    /// The modification date of that version, if it has no tag.
    HttpDate(HttpDate),
}

impl<'a> IfRange<'a> {
    /// Parses a whole field value. [`HttpDate::ASSUMED_NOW`] decides the century of a two-digit
    /// year.
    ///
    /// # Errors
    ///
    /// - `a"`, `w/"a"`, `"a", "b"`: the error of [`EntityTag::parse`], because one of the first
    ///   three bytes is `"`.
    /// - `abc`, `*`, the empty value, a date in a zone other than `GMT`: the error of
    ///   [`HttpDate::parse`].
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_at(value, HttpDate::ASSUMED_NOW)
    }

    /// Parses a whole field value. `now` decides the century of a two-digit year, as in
    /// [`HttpDate::parse_at`].
    ///
    /// # Errors
    ///
    /// The errors of [`parse`](Self::parse).
    pub fn parse_at(value: &'a [u8], now: HttpDate) -> Result<Self, ParseError> {
        if is_entity_tag(value) {
            return EntityTag::parse(value).map(Self::EntityTag);
        }
        HttpDate::parse_at(value, now).map(Self::HttpDate)
    }
}

/// Returns true if the value must be parsed as an entity tag, and not as a date. (§13.1.5)
fn is_entity_tag(value: &[u8]) -> bool {
    let (_, text) = grammar::trim(value);
    grammar::is_entity_tag(text)
}
