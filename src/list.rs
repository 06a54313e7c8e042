//! One line of If-Match or If-None-Match: `*`, or a list of entity tags to iterate and compare.

use core::fmt;
use core::iter::FusedIterator;

use crate::entity_tag::EntityTag;
use crate::error::ParseError;
use crate::field::Field;
use crate::grammar;

/// How a tag is compared with the current one. (§8.8.3.2)
#[derive(Clone, Copy)]
pub(crate) enum Comparison {
    Strong,
    Weak,
}

impl Comparison {
    /// The comparison that a field with tags wants.
    pub(crate) const fn of(field: Field) -> Self {
        match field {
            // §13.1.2: weak, whatever the method.
            Field::IfNoneMatch => Self::Weak,
            // §13.1.1, §13.1.5: strong, so that a weak tag neither guards an update nor tells octets
            // apart.
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

    /// Returns whether the entity tag that is the whole value is the current one, or `None` if the
    /// value has to be read by the grammar.
    #[expect(clippy::inline_always, reason = "on the path of every request")]
    #[inline(always)]
    pub(crate) fn is_met_by_only(
        self,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
    ) -> Option<bool> {
        grammar::fast::tag(value, |tag| self.is_met_by(tag, current))
    }

    /// Returns whether a list of entity tags has the current one, or `None` if the value has to be
    /// read by the grammar.
    pub(crate) fn is_met_by_list(
        self,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
    ) -> Option<bool> {
        // The tags of one server are often of one length.
        let likely = current.map_or(0, |current| current.opaque().len());
        grammar::fast::tags(value, likely, |tag| self.is_met_by(tag, current))
    }

    #[inline]
    fn is_met_by(self, tag: grammar::Tag<'_>, current: Option<&EntityTag<'_>>) -> bool {
        current.is_some_and(|current| self.is_met(EntityTag::from_parts(tag), *current))
    }
}

/// One field line of If-Match or If-None-Match, before its members are judged.
#[derive(Clone, Copy)]
pub(crate) enum Line<'a> {
    /// `*` and nothing else, at this octet.
    Any(usize),
    /// A list, whose members may be malformed.
    List(&'a [u8]),
}

impl<'a> Line<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        match grammar::trim(value) {
            (offset, b"*") => Self::Any(offset),
            _ => Self::List(value),
        }
    }

    /// The line, if each of its members is a tag; else why the first that is none is not.
    pub(crate) fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        // The first guess is that the value is one strong tag.
        let likely = value.len().saturating_sub(2);
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

    const fn members(self) -> Members<'a> {
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
}

impl FusedIterator for Members<'_> {}

/// The tags of an [`IfMatch`](crate::IfMatch) or [`IfNoneMatch`](crate::IfNoneMatch) in order; none
/// when it is `*`.
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
