//! One line of If-Match or If-None-Match: `*`, or a list of entity tags to iterate and compare.

use core::fmt;
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;
use crate::request::field::Field;
use crate::tag::entity_tag::EntityTag;

/// The function that compares a listed tag with the current tag. (§8.8.3.2)
#[derive(Clone, Copy)]
pub(crate) enum Comparison {
    Strong,
    Weak,
}

impl Comparison {
    /// Returns the comparison that this field requires.
    pub(crate) const fn of(field: Field) -> Self {
        match field {
            // §13.1.2: weak, for every method.
            Field::IfNoneMatch => Self::Weak,
            // §13.1.1, §13.1.5: strong, since versions with different bytes can share a weak tag.
            _ => Self::Strong,
        }
    }

    #[inline]
    pub(crate) fn is_met(self, tag: EntityTag<'_>, current: EntityTag<'_>) -> bool {
        match self {
            Self::Strong => tag.strong_eq(current),
            Self::Weak => tag.weak_eq(current),
        }
    }

    /// Returns true if the value is one entity tag and matches the current tag. Returns `None` if
    /// the value is not one entity tag in its usual form; the caller must then parse it by the
    /// grammar.
    #[expect(clippy::inline_always, reason = "on the path of every request")]
    #[inline(always)]
    pub(crate) fn is_met_by_only(
        self,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
    ) -> Option<bool> {
        grammar::fast::tag(value, |tag| self.is_met_by(tag, current))
    }

    /// Returns true if the value is a list of entity tags and a tag matches the current tag.
    /// Returns `None` if the value is not a list in its usual form; the caller must then parse it
    /// by the grammar.
    pub(crate) fn is_met_by_list(
        self,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
    ) -> Option<bool> {
        // The tags of one server are often equally long.
        let likely = current.map_or(&[] as &[u8], EntityTag::opaque);
        grammar::fast::tags(value, likely, |tag| self.is_met_by(tag, current))
    }

    #[inline]
    fn is_met_by(self, tag: grammar::Tag<'_>, current: Option<&EntityTag<'_>>) -> bool {
        current.is_some_and(|current| self.is_met(EntityTag::from_parts(tag), *current))
    }
}

/// One field line of If-Match or If-None-Match, before its members are parsed.
#[derive(Clone, Copy)]
pub(crate) enum Line<'a> {
    /// `*` alone, at this byte offset of the value.
    Any(usize),
    /// A list. Its members may be malformed.
    List(&'a [u8]),
}

impl<'a> Line<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        match grammar::trim(value) {
            (offset, b"*") => Self::Any(offset),
            _ => Self::List(value),
        }
    }

    /// Parses a line. Returns the error of the first malformed member, if there is any.
    pub(crate) fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        // The first guess: the value is one strong tag, whose text is the value without two
        // quotes.
        let likely = value
            .split_last_chunk::<2>()
            .map_or(value, |(text, _)| text);
        if grammar::fast::tags(value, likely, |_| false).is_some() {
            return Ok(Self::List(value));
        }
        let line = Self::of(value);
        match line.first_error() {
            Some(error) => Err(error),
            None => Ok(line),
        }
    }

    fn first_error(self) -> Option<ParseError> {
        self.members().find_map(Result::err)
    }

    pub(crate) const fn members(self) -> Members<'a> {
        match self {
            Self::Any(_) => Members::of(&[]),
            Self::List(value) => Members::of(value),
        }
    }

    pub(crate) const fn tags(self) -> EntityTags<'a> {
        EntityTags(self.members())
    }

    pub(crate) const fn is_any(self) -> bool {
        matches!(self, Self::Any(_))
    }

    /// Returns true if the line is `*` or lists the current tag.
    pub(crate) fn matches(self, current: EntityTag<'_>, comparison: Comparison) -> bool {
        match self {
            Self::Any(_) => true,
            Self::List(value) => match comparison.is_met_by_list(value, Some(&current)) {
                Some(met) => met,
                None => self.tags().any(|tag| comparison.is_met(tag, current)),
            },
        }
    }

    pub(crate) fn debug(self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(_) => write!(f, "{name}(*)"),
            Self::List(_) => f.debug_tuple(name).field(&self.tags()).finish(),
        }
    }
}

/// An iterator over the members of a list: entity tags, and the errors of malformed members.
/// Empty members are skipped.
///
/// A malformed member ends at the next comma outside of quotes, so that the members behind it
/// still count (our decision).
#[derive(Clone, Debug)]
pub(crate) struct Members<'a> {
    value: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Members<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        Self { value, rest: value }
    }

    /// Returns the part of the line that is not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
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
}

impl FusedIterator for Members<'_> {}

/// An iterator over the entity tags of an [`IfMatch`](crate::IfMatch) or
/// [`IfNoneMatch`](crate::IfNoneMatch), in order. It is empty if the field is `*`.
#[derive(Clone)]
pub struct EntityTags<'a>(Members<'a>);

impl<'a> Iterator for EntityTags<'a> {
    type Item = EntityTag<'a>;

    fn next(&mut self) -> Option<EntityTag<'a>> {
        // `Line::parse` has refused malformed members, so no member is an error here.
        self.0.by_ref().flatten().next()
    }
}

impl FusedIterator for EntityTags<'_> {}

impl fmt::Debug for EntityTags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
