//! `If-Match` and `If-None-Match`: the same grammar, but strong and weak comparison.

use core::fmt;

use crate::error::ParseError;
use crate::request::field::Field;
use crate::request::tag_list::{Comparison, EntityTags, Line};
use crate::tag::entity_tag::EntityTag;

/// One line of the `If-Match` request field, which asks the server to perform the method only on
/// a version that the client knows. ([RFC 9110 §13.1.1])
///
/// ```abnf
/// If-Match = "*" / #entity-tag
/// ```
///
/// Any number of empty members is skipped, as §5.6.1.2 requires of recipients. A list without
/// tags is valid, and no tag matches it.
///
/// This type is one field line. If a request has several lines of If-Match, its condition is
/// about the tags of all lines. [`Evaluation`](crate::Evaluation) combines the lines, and it also
/// evaluates the lines that this type refuses.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfMatch};
///
/// let field = IfMatch::parse(b"\"v1\", , W/\"v2\"")?;
/// assert!(field.matches(EntityTag::from_static("\"v1\"")));
/// assert!(!field.matches(EntityTag::from_static("\"v2\"")), "a weak tag never matches here");
/// assert_eq!(field.tags().count(), 2);
///
/// let error = IfMatch::parse(b"\"v1\", *").unwrap_err();
/// assert_eq!(error.to_string(), "expected `*` to stand alone at byte 6");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
#[derive(Clone, Copy)]
pub struct IfMatch<'a>(Line<'a>);

impl<'a> IfMatch<'a> {
    /// Parses one field line.
    ///
    /// # Errors
    ///
    /// - `v1`, `w/"v1"`: an entity tag is expected at byte 0.
    /// - `"v1" "v2"`: a comma or the end is expected at byte 5.
    /// - `"a b"`: a tag character or the closing `"` is expected at byte 2.
    /// - `*, "v1"`, `"v1", *` and `*,`: `*` must stand alone, without even an empty member.
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Returns true if the line is `*`. The condition is then true if any representation exists,
    /// with or without a tag. (§13.1.1)
    ///
    /// Returns false for `"*"` in quotes, which is an entity tag with the text `*`. Unless the
    /// current version has this tag, the condition is false.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// Returns the listed tags in order. The iterator is empty if the line is `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Returns true if the line is `*` or lists `current`, by strong comparison (§8.8.3.2). The
    /// condition is then true.
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

/// One line of the `If-None-Match` request field, which asks the server to perform the method
/// only if the client does not have the current version. ([RFC 9110 §13.1.2])
///
/// ```abnf
/// If-None-Match = "*" / #entity-tag
/// ```
///
/// The grammar and the meaning of several lines are the same as for [`IfMatch`]. But the
/// condition is *false* if a tag matches.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfNoneMatch};
///
/// let field = IfNoneMatch::parse(b"\"a,b\", W/\"v2\"")?;
/// assert!(field.matches(EntityTag::from_static("\"v2\"")), "weak comparison");
/// assert!(!field.matches(EntityTag::from_static("\"b\"")), "the comma is part of the tag");
/// assert!(IfNoneMatch::parse(b"v2").is_err());
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §13.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
#[derive(Clone, Copy)]
pub struct IfNoneMatch<'a>(Line<'a>);

impl<'a> IfNoneMatch<'a> {
    /// Parses one field line.
    ///
    /// # Errors
    ///
    /// The errors of [`IfMatch::parse`].
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Returns true if the line is `*`. The condition is then false if any representation exists,
    /// with or without a tag. (§13.1.2)
    ///
    /// Returns false for `"*"` in quotes, which is an entity tag with the text `*`. Unless the
    /// current version has this tag, the condition is true, and a PUT that should only create
    /// overwrites the existing representation. A malformed value would get 412, but this value is
    /// valid: a server that wants to refuse it must look for a tag whose opaque part is `*`.
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

    /// Returns the listed tags in order. The iterator is empty if the line is `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Returns true if the line is `*` or lists `current`, by weak comparison (§8.8.3.2). The
    /// condition is then *false*.
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
