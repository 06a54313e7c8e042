//! A field line that is `*` or a list of entity-tags: its members, by a walk or by where they are,
//! and how they are compared.

#![cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::inline_always,
        reason = "what a value that is one tag takes is inlined, which halves it; all else is not"
    )
)]

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

    /// Reports whether the tag that is all of this value is the current one; none if the value is
    /// something else, or not plainly a tag.
    // What is equal to a tag is one, and its octets need not be looked at.
    #[cfg(target_pointer_width = "64")]
    #[inline(always)]
    pub(crate) fn is_met_by_all_of(
        self,
        value: &[u8],
        current: Option<&EntityTag<'_>>,
    ) -> Option<bool> {
        let tag = EntityTag::from_parts(grammar::in_quotes(value)?);
        let met = current.is_some_and(|current| self.is_met(tag, *current));
        (met || grammar::are_plainly_etagcs(tag.opaque())).then_some(met)
    }
}

/// One field line of If-Match or If-None-Match, before its members are judged.
#[derive(Clone, Copy)]
pub(crate) enum Line<'a> {
    /// `*` and nothing else, at this octet.
    Any(usize),
    /// One tag, or several of one kind and length. `parse` looks for it, `of` does not.
    Alike(Alike<'a>),
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
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(crate) fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        if let Some(tags) = Alike::read(value) {
            return Ok(Self::Alike(tags));
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
            Self::Alike(tags) => Members::of(tags.value),
        }
    }

    pub(crate) const fn tags(self) -> EntityTags<'a> {
        EntityTags(self.members())
    }

    pub(crate) const fn is_any(self) -> bool {
        matches!(self, Self::Any(_))
    }

    /// Reports whether the line is `*` or lists the current tag.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(crate) fn matches(self, current: EntityTag<'_>, comparison: Comparison) -> bool {
        match self {
            Self::Any(_) => true,
            Self::Alike(tags) => tags.lists(current, comparison),
            Self::List(_) => self.tags().any(|tag| comparison.is_met(tag, current)),
        }
    }

    pub(crate) fn debug(self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(_) => write!(f, "{name}(*)"),
            Self::Alike(_) | Self::List(_) => f.debug_tuple(name).field(&self.tags()).finish(),
        }
    }
}

/// A line of one tag, or of several that are as weak and as long as the first, with `,` or
/// everywhere `, ` between them: what most clients send, since the tags of a server are of one kind.
// Evaluated, 45 instructions for each tag of 42 octets, where a walk takes 215.
#[derive(Clone, Copy)]
pub(crate) struct Alike<'a> {
    value: &'a [u8],
    /// The opaque part of the first.
    first: &'a [u8],
    /// Where there are no vectors little would be gained: it is a type without values, and what is
    /// done with it vanishes.
    #[cfg(not(target_pointer_width = "64"))]
    _none: core::convert::Infallible,
}

impl<'a> Alike<'a> {
    /// The line, if it is plainly such a one.
    #[cfg(target_pointer_width = "64")]
    #[inline(always)]
    pub(crate) fn read(value: &'a [u8]) -> Option<Self> {
        let first = match grammar::exact_entity_tag(value) {
            Some((_, only)) => only,
            None => grammar::alike(value)?,
        };
        Some(Self { value, first })
    }

    #[cfg(not(target_pointer_width = "64"))]
    pub(crate) const fn read(_: &'a [u8]) -> Option<Self> {
        None
    }

    /// Reports whether one of them is the current tag.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(crate) fn lists(self, current: EntityTag<'_>, comparison: Comparison) -> bool {
        // One has at most four octets beside its opaque part, and two have more.
        if self.value.len() <= self.first.len().saturating_add(4) {
            let tag = EntityTag::from_parts((self.value.starts_with(b"W"), self.first));
            return comparison.is_met(tag, current);
        }
        several_list(self.value, self.first, &current, comparison)
    }
}

/// Reports whether one of several tags that are like the first is the current one.
// It is for many callers, and takes slices: an `Alike` would be put into memory for it, also where
// there is one tag, and that takes half as long again.
fn several_list(
    value: &[u8],
    first: &[u8],
    current: &EntityTag<'_>,
    comparison: Comparison,
) -> bool {
    let current = *current;
    let weak = value.starts_with(b"W");
    let begin = if weak { 3_usize } else { 1 };
    let end = begin.saturating_add(first.len());
    // The closing quote, the comma, and the space if there is one.
    let behind = match value.get(end.saturating_add(2)) {
        Some(b' ') => 3,
        _ => 2,
    };
    let mut opaques = value
        .chunks(end.saturating_add(behind))
        .filter_map(|member| member.get(begin..end));
    opaques.any(|opaque| comparison.is_met(EntityTag::from_parts((weak, opaque)), current))
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
