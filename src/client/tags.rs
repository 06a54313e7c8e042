//! The tags in the If-None-Match of a validation request.

use crate::stored::validators::ResponseValidators;
use crate::tag::entity_tag::EntityTag;

/// An iterator over the tags of a list, followed by the tags of stored responses. Skips a stored
/// tag that equals one of the first eight different tags. Only those eight are compared, so that
/// the time is linear in the number of tags.
#[derive(Clone)]
pub(crate) struct Tags<'a, L, S> {
    listed: L,
    stored: S,
    first: [Option<EntityTag<'a>>; 8],
}

impl<L, S> Tags<'_, L, S> {
    pub(crate) const fn new(listed: L, stored: S) -> Self {
        Self {
            listed,
            stored,
            first: [None; 8],
        }
    }
}

impl<'a, L, S> Tags<'a, L, S> {
    /// Returns true if `tag` differs from all remembered tags, and remembers `tag` if there is
    /// room. If there is no room, a later repetition of `tag` counts as new again.
    fn is_new(&mut self, tag: EntityTag<'a>) -> bool {
        for place in &mut self.first {
            match place {
                Some(before) if *before == tag => return false,
                Some(_) => {}
                None => {
                    *place = Some(tag);
                    return true;
                }
            }
        }
        true
    }
}

impl<'a, L, S> Iterator for Tags<'a, L, S>
where
    L: Iterator<Item = EntityTag<'a>>,
    S: Iterator<Item = ResponseValidators<'a>>,
{
    type Item = EntityTag<'a>;

    fn next(&mut self) -> Option<EntityTag<'a>> {
        if let Some(tag) = self.listed.next() {
            self.is_new(tag);
            return Some(tag);
        }
        loop {
            let stored = self.stored.next()?;
            if let Some(tag) = stored.tag().filter(|tag| self.is_new(*tag)) {
                return Some(tag);
            }
        }
    }
}
