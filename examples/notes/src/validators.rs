//! What tells one version from the next: an entity tag, and a date where there is one.

use axum::http::{HeaderMap, header};
use http_preconditions::{EntityTag, HttpDate, Representation};

#[derive(Clone, Debug)]
pub(crate) struct Validators {
    /// What stands between the quotes of a strong tag: hexadecimal digits, digits and dots.
    pub(crate) tag: String,
    pub(crate) modified: Option<HttpDate>,
}

impl Validators {
    pub(crate) fn etag(&self) -> Option<EntityTag<'_>> {
        EntityTag::strong(self.tag.as_bytes()).ok()
    }

    /// The representation that the conditions are tested on. Ranges of a note are of no use.
    pub(crate) fn representation(&self) -> Representation<'_> {
        Representation::with_validators(self.etag(), self.modified).without_ranges()
    }

    /// Writes them into the fields of an answer.
    pub(crate) fn insert_into(&self, headers: &mut HeaderMap) {
        if let Some(etag) = self.etag() {
            headers.insert(header::ETAG, etag.into());
        }
        if let Some(modified) = self.modified {
            headers.insert(header::LAST_MODIFIED, modified.into());
        }
    }
}
