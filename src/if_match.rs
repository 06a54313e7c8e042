//! `If-Match` and `If-None-Match`: the wildcard or a list of entity-tags, and the walk over its
//! members.

use core::fmt;
use core::iter::FusedIterator;

use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::grammar;

/// One field line of If-Match or If-None-Match, before its members are judged.
#[derive(Clone, Copy)]
pub(crate) enum Line<'a> {
    /// `*` and nothing else, at this octet.
    Any(usize),
    /// All else: a list, whose members may be malformed.
    List(&'a [u8]),
}

impl<'a> Line<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        match value {
            // What begins with a tag needs no trimming.
            #[cfg(target_pointer_width = "64")]
            [b'"', ..] => Self::List(value),
            _ => match grammar::trim(value) {
                (offset, b"*") => Self::Any(offset),
                _ => Self::List(value),
            },
        }
    }

    /// The line, if each of its members is a tag; else why the first that is none is not.
    fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        let line = Self::of(value);
        match line.members().find_map(Result::err) {
            Some(error) => Err(error),
            None => Ok(line),
        }
    }

    const fn members(self) -> Members<'a> {
        match self {
            Self::Any(_) => Members::of(&[]),
            Self::List(value) => Members::of(value),
        }
    }

    const fn tags(self) -> EntityTags<'a> {
        EntityTags(self.members())
    }

    const fn is_any(self) -> bool {
        matches!(self, Self::Any(_))
    }

    /// Reports whether the line is `*` or one of its tags is of this kind.
    fn is_any_or(self, matches: impl Fn(EntityTag<'_>) -> bool) -> bool {
        let found = |member: Result<_, _>| matches(member.ok()?).then_some(());
        self.is_any() || self.members().find_map(found).is_some()
    }

    fn debug(self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(_) => write!(f, "{name}(*)"),
            Self::List(_) => f.debug_tuple(name).field(&self.tags()).finish(),
        }
    }
}

/// The members of a list in order, each an entity-tag or why it is none. Empty members are none.
///
/// A malformed member ends at the next comma outside of quotes, so that those behind it still
/// count.
#[derive(Clone, Debug)]
pub(crate) struct Members<'a> {
    value: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Members<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        Self { value, rest: value }
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Result<EntityTag<'a>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let input = grammar::between_members(self.rest);
        if input.is_empty() {
            self.rest = input;
            return None;
        }
        Some(match grammar::member(input) {
            Ok((rest, tag)) => {
                self.rest = rest;
                Ok(EntityTag::from_parts(tag))
            }
            Err(stop) => {
                self.rest = grammar::behind_malformed(input);
                Err(stop.in_value(0, self.value))
            }
        })
    }

    // The walk over many. The tags of a server are of one length, and clients write `, ` between
    // them: 93 instructions for a member of 42 octets that is like the one before it, compared,
    // instead of 240. The first is tried as if it were the only one.
    #[cfg(target_pointer_width = "64")]
    #[inline]
    fn find_map<T, F: FnMut(Self::Item) -> Option<T>>(&mut self, mut f: F) -> Option<T> {
        let mut length = self.rest.len().saturating_sub(2);
        loop {
            self.rest = grammar::between_members(self.rest);
            while let Some((rest, tag)) = grammar::member_of(length, self.rest) {
                self.rest = rest;
                if let Some(found) = f(Ok(EntityTag::from_parts(tag))) {
                    return Some(found);
                }
            }
            let member = self.next()?;
            if let Ok(tag) = member {
                length = tag.opaque().len();
            }
            if let Some(found) = f(member) {
                return Some(found);
            }
        }
    }
}

impl FusedIterator for Members<'_> {}

/// The tags of an [`IfMatch`] or [`IfNoneMatch`] in order; none when it is `*`.
#[derive(Clone)]
pub struct EntityTags<'a>(Members<'a>);

impl<'a> Iterator for EntityTags<'a> {
    type Item = EntityTag<'a>;

    fn next(&mut self) -> Option<EntityTag<'a>> {
        // The list was read as a whole when it was parsed, so that no member is an error.
        self.0.by_ref().flatten().next()
    }
}

impl FusedIterator for EntityTags<'_> {}

impl fmt::Debug for EntityTags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

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
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Reports whether the line is `*`, which any current representation satisfies, with or without
    /// a tag.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// The listed tags in order; none for `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Reports whether the line is `*` or lists `current`, by strong comparison: the condition is
    /// true then.
    #[must_use]
    pub fn matches(&self, current: EntityTag<'_>) -> bool {
        self.0.is_any_or(|tag| tag.strong_eq(current))
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
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Line::parse(value).map(Self)
    }

    /// Reports whether the line is `*`, which any current representation makes false, with or
    /// without a tag.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// The listed tags in order; none for `*`.
    #[must_use]
    pub const fn tags(&self) -> EntityTags<'a> {
        self.0.tags()
    }

    /// Reports whether the line is `*` or lists `current`, by weak comparison: the condition is
    /// *false* then.
    #[must_use]
    pub fn matches(&self, current: EntityTag<'_>) -> bool {
        self.0.is_any_or(|tag| tag.weak_eq(current))
    }
}

impl fmt::Debug for IfNoneMatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("IfNoneMatch", f)
    }
}
