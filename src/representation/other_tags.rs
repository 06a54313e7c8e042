//! The tags of a resource's other representations, any of which satisfies If-Match.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::request::field::Field;
use crate::request::field_set::FieldSet;
use crate::request::tag_list::Members;
use crate::tag::entity_tag::EntityTag;

/// The tags, and the function that looks for them in a line of If-Match.
///
/// Only [`new`](Self::new) names the function. A program that never sets other tags does not refer
/// to it, so that the linker leaves it out.
#[derive(Clone, Copy)]
pub(crate) struct OtherTags<'a> {
    pub(crate) tags: &'a [EntityTag<'a>],
    // Takes the set by reference, so that its caller, which is always linked, is short.
    compare: fn(&OtherTags<'_>, &[u8], &mut FieldSet),
}

impl<'a> OtherTags<'a> {
    pub(crate) const fn new(tags: &'a [EntityTag<'a>]) -> Self {
        Self { tags, compare }
    }

    /// Adds If-Match to the fields that are met if this line lists one of the tags. (§13.1.1)
    pub(crate) fn compare(&self, value: &[u8], met: &mut FieldSet) {
        (self.compare)(self, value, met);
    }
}

fn compare(other: &OtherTags<'_>, value: &[u8], met: &mut FieldSet) {
    let mut listed = Members::of(value).flatten();
    let is_met = listed.any(|listed| other.tags.iter().any(|tag| listed.strong_eq(*tag)));
    *met = met.with_if(Field::IfMatch, is_met);
}

impl PartialEq for OtherTags<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.tags == other.tags
    }
}

impl Eq for OtherTags<'_> {}

impl Hash for OtherTags<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tags.hash(state);
    }
}

impl fmt::Debug for OtherTags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tags.fmt(f)
    }
}
