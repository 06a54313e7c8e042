//! A field line that is `*` or a list of entity-tags: the walk over its members, and how they are
//! compared.

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
    /// All else: a list, whose members may be malformed.
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
        #[cfg(target_pointer_width = "64")]
        if grammar::exact_entity_tag(value).is_some() {
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

    /// Reports whether the line is `*` or lists the current tag.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(crate) fn matches(self, current: EntityTag<'_>, comparison: Comparison) -> bool {
        #[cfg(target_pointer_width = "64")]
        if let Self::List(value) = self {
            if let Some(met) = comparison.is_met_by_all_of(value, Some(&current)) {
                return met;
            }
        }
        self.is_any() || self.lists(current, comparison)
    }

    fn lists(self, current: EntityTag<'_>, comparison: Comparison) -> bool {
        let met = |tag| comparison.is_met(tag, current).then_some(());
        self.members()
            .find_map(|member| met(member.ok()?))
            .is_some()
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

    // The walk over many. The tags of a server are of one length, and clients write `, ` or `,`
    // between them: 75 instructions for a member of 42 octets that is like the one before it,
    // compared, instead of 250. The first is tried as if it were the only one, and strong.
    #[cfg(target_pointer_width = "64")]
    #[inline]
    fn find_map<T, F: FnMut(Self::Item) -> Option<T>>(&mut self, mut f: F) -> Option<T> {
        let mut length = self.rest.len().saturating_sub(2);
        loop {
            let mut rest = grammar::between_members(self.rest);
            while let Some((behind, tag)) = grammar::member_of(length, rest) {
                rest = behind;
                if let Some(found) = f(Ok(EntityTag::from_parts(tag))) {
                    self.rest = rest;
                    return Some(found);
                }
            }
            self.rest = rest;
            if rest.is_empty() {
                return None;
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
