//! The members of one line of If-Match or If-None-Match, for public use: malformed ones too.

use core::fmt;
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;
use crate::request::tag_list::{Line, Members};
use crate::tag::entity_tag::EntityTag;

/// One member of a line of If-Match or If-None-Match, well-formed or not. ([RFC 9110 §13.1.1])
///
/// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListMember<'a> {
    /// `*`, which is the whole line. It counts only if the field has no other line.
    Any,
    /// An entity tag, strong or weak.
    Tag(EntityTag<'a>),
    /// A member that is not an entity tag, such as `62ca` without quotes.
    Malformed {
        /// The bytes of the member, without the whitespace around it: at least one byte.
        bytes: &'a [u8],
        /// What was expected instead, and at which byte of the line's value.
        error: ParseError,
    },
}

/// Shows the member as it is written: `Tag(EntityTag("v1"))`, `Malformed("62ca")`.
impl fmt::Debug for ListMember<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("Any"),
            Self::Tag(tag) => write!(f, "Tag({tag:?})"),
            Self::Malformed { bytes, .. } => write!(f, "Malformed(\"{}\")", bytes.escape_ascii()),
        }
    }
}

/// An iterator over the members of one line of If-Match or If-None-Match, in order, malformed
/// members included. ([RFC 9110 §5.6.1.2])
///
/// ```abnf
/// If-Match = "*" / #entity-tag
/// ```
///
/// [`IfMatch::parse`](crate::IfMatch::parse) refuses a line with a malformed member as a whole.
/// [`Evaluation`](crate::Evaluation) compares the well-formed members, and reports the first
/// malformed one. This iterator reads a line as the evaluation does, and returns each member: a
/// caller can take `62ca` for `"62ca"`, or a weak tag for a strong one, and then
/// [set the result](crate::Evaluation::decide_with) of the condition.
///
/// Empty members are skipped. A malformed member ends at the next comma outside of quotes (our
/// decision): `62"c,a"` is one member, and a `"` that nothing closes runs to the end of the line.
/// Each line of a field is read for itself.
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::overrule::{ListMember, ListMembers};
///
/// let mut members = ListMembers::new(b"62ca, , W/\"71fb\"");
/// assert!(matches!(members.next(), Some(ListMember::Malformed { bytes: b"62ca", .. })));
/// let tag = EntityTag::from_static("W/\"71fb\"");
/// assert_eq!(members.next(), Some(ListMember::Tag(tag)));
/// assert_eq!(members.next(), None);
///
/// assert!(ListMembers::new(b" * ").eq([ListMember::Any]));
/// let malformed = ListMembers::new(b"*, \"v1\"").next();
/// assert!(matches!(malformed, Some(ListMember::Malformed { bytes: b"*", .. })));
/// ```
///
/// [RFC 9110 §5.6.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2
#[derive(Clone)]
pub struct ListMembers<'a> {
    /// True if the line is `*`, which the iterator has not returned yet.
    any: bool,
    members: Members<'a>,
}

impl<'a> ListMembers<'a> {
    /// Creates the iterator over the members of one line. Every value is accepted.
    #[must_use]
    pub const fn new(value: &'a [u8]) -> Self {
        let line = Line::of(value);
        Self {
            any: line.is_any(),
            members: line.members(),
        }
    }

    /// Returns true if one of the members equals one of `tags` by strong comparison. ([RFC 9110
    /// §8.8.3.2])
    ///
    /// Use it for a write to a resource of several representations: `tags` has the current tags of
    /// the others. `*` and malformed members equal no tag. The time is linear in the length of the
    /// line, times the number of tags.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTag;
    /// use http_preconditions::overrule::ListMembers;
    ///
    /// const JSON: EntityTag = EntityTag::from_static("\"7.json\"");
    /// let lists = |line: &str| ListMembers::new(line.as_bytes()).lists_one_of(&[JSON]);
    /// assert!(lists("\"6.json\", \"7.json\""));
    /// assert!(!lists("W/\"7.json\""), "a weak tag never matches");
    /// assert!(!lists("*"));
    /// ```
    ///
    /// [RFC 9110 §8.8.3.2]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.2
    #[must_use]
    pub fn lists_one_of(mut self, tags: &[EntityTag<'_>]) -> bool {
        self.any(|member| match member {
            ListMember::Tag(listed) => tags.iter().any(|tag| listed.strong_eq(*tag)),
            _ => false,
        })
    }
}

impl<'a> Iterator for ListMembers<'a> {
    type Item = ListMember<'a>;

    fn next(&mut self) -> Option<ListMember<'a>> {
        if self.any {
            self.any = false;
            return Some(ListMember::Any);
        }
        let rest = grammar::between_members(self.members.rest());
        Some(match self.members.next()? {
            Ok(tag) => ListMember::Tag(tag),
            Err(error) => {
                let length = rest.len().saturating_sub(self.members.rest().len());
                let (_, bytes) = grammar::trim(rest.get(..length).unwrap_or(rest));
                ListMember::Malformed { bytes, error }
            }
        })
    }
}

impl FusedIterator for ListMembers<'_> {}

/// Shows the members that are left: `[Malformed("62ca"), Tag(EntityTag("v1"))]`.
impl fmt::Debug for ListMembers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
