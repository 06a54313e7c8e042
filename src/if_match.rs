//! `If-Match` and `If-None-Match`: one grammar, two comparisons.

use core::fmt;

use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::field::Field;
use crate::list::{Comparison, EntityTags, Line};

/// One line of the `If-Match` request field: perform the method only on a version that the client
/// knows. ([RFC 9110 §13.1.1])
///
/// ```abnf
/// If-Match = "*" / #entity-tag
/// ```
///
/// The list is read as recipients have to read it (§5.6.1.2): any number of empty members is
/// skipped, and a list of no tags is a list, which nothing matches. A field that came in several
/// lines is several values; its condition is that of all their tags.
/// [`Evaluation`](crate::Evaluation) sees to that, and to what this type refuses.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfMatch};
///
/// let field = IfMatch::parse(b"\"v1\", , W/\"v2\"")?;
/// assert!(field.matches(EntityTag::from_static("\"v1\"")));
/// assert!(!field.matches(EntityTag::from_static("\"v2\"")), "a weak tag never guards an update");
/// assert_eq!(field.tags().count(), 2);
///
/// let error = IfMatch::parse(b"\"v1\", *").unwrap_err();
/// assert_eq!(error.to_string(), "expected nothing beside `*` at byte 6");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
#[derive(Clone, Copy)]
pub struct IfMatch<'a>(Line<'a>);

impl<'a> IfMatch<'a> {
    /// Reads one field line.
    ///
    /// # Errors
    ///
    /// - `v1`, `w/"v1"`: an entity-tag is expected at byte 0.
    /// - `"v1" "v2"`: a comma or the end is expected at byte 5.
    /// - `"a b"`: a tag character or the closing `"` is expected at byte 2.
    /// - `*, "v1"` and `"v1", *`: nothing may stand beside `*`, not even an empty member as in
    ///   `*,`.
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Returns true if the line is `*`, which any current representation satisfies, with or without
    /// a tag. (§13.1.1)
    ///
    /// Returns false for `"*"` in quotes, a tag that is an asterisk: it matches no version, and the
    /// condition is false.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// The listed tags in order; none for `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Reports whether the line is `*` or lists `current`, by strong comparison (§8.8.3.2): the
    /// condition is true then.
    #[must_use]
    #[inline]
    pub fn matches(&self, current: EntityTag<'_>) -> bool {
        self.0.matches(current, Comparison::of(Field::IfMatch))
    }
}

impl fmt::Debug for IfMatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("IfMatch", f)
    }
}

/// One line of the `If-None-Match` request field: perform the method only if the client has no
/// current version. ([RFC 9110 §13.1.2])
///
/// ```abnf
/// If-None-Match = "*" / #entity-tag
/// ```
///
/// Grammar and several lines are as in [`IfMatch`]. Mind the direction: this condition is *false*
/// when a tag matches.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfNoneMatch};
///
/// let field = IfNoneMatch::parse(b"\"a,b\", W/\"v2\"")?;
/// assert!(field.matches(EntityTag::from_static("\"v2\"")), "weakness does not count here");
/// assert!(!field.matches(EntityTag::from_static("\"b\"")), "the comma is part of the tag");
/// assert!(IfNoneMatch::parse(b"v2").is_err());
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §13.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
#[derive(Clone, Copy)]
pub struct IfNoneMatch<'a>(Line<'a>);

impl<'a> IfNoneMatch<'a> {
    /// Reads one field line.
    ///
    /// # Errors
    ///
    /// As [`IfMatch::parse`].
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Returns true if the line is `*`, which any current representation makes false, with or
    /// without a tag. (§13.1.2)
    ///
    /// Returns false for `"*"` in quotes, a tag that is an asterisk. It matches no version, so that
    /// the condition is true, and a PUT that was meant to create only overwrites what exists. This
    /// is the only misspelling of a guard that opens it; a server that wants to refuse it looks for
    /// a tag whose opaque part is `*`.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, IfNoneMatch};
    ///
    /// assert!(IfNoneMatch::parse(b"*")?.is_any());
    /// let quoted = IfNoneMatch::parse(b"\"*\"")?;
    /// assert!(!quoted.is_any() && !quoted.matches(EntityTag::from_static("\"v1\"")));
    /// assert!(quoted.tags().any(|tag| tag.opaque() == b"*"));
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// The listed tags in order; none for `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Reports whether the line is `*` or lists `current`, by weak comparison (§8.8.3.2): the
    /// condition is *false* then.
    #[must_use]
    #[inline]
    pub fn matches(&self, current: EntityTag<'_>) -> bool {
        self.0.matches(current, Comparison::of(Field::IfNoneMatch))
    }
}

impl fmt::Debug for IfNoneMatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("IfNoneMatch", f)
    }
}
