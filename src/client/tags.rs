//! The tags that a validation lists.

use crate::entity_tag::EntityTag;
use crate::validators::Validators;

/// The tags of a list and, behind them, those of stored responses. A stored tag is left out if it is
/// among the first of the different tags before it, so that no number of tags makes this slow.
#[derive(Clone)]
pub(super) struct Tags<'a, L, S> {
    listed: L,
    stored: S,
    first: [Option<EntityTag<'a>>; 8],
}

impl<L, S> Tags<'_, L, S> {
    pub(super) const fn new(listed: L, stored: S) -> Self {
        Self {
            listed,
            stored,
            first: [None; 8],
        }
    }
}

impl<'a, L, S> Tags<'a, L, S> {
    /// Reports whether the tag is new, as far as that is remembered, and remembers it.
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
    S: Iterator<Item = Validators<'a>>,
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
