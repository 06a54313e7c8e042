//! What a response of the origin shows about those that are stored.

use std::sync::Arc;

use anyhow::Result;
use http_preconditions::cache::{HeadVerdict, ResponseValidators};
use hyper::{HeaderMap, Method, StatusCode};

use crate::asked::Asked;
use crate::cache::Cache;
use crate::stored::Stored;

impl Cache {
    /// Freshens what a 200 to a HEAD shows to be current, and outdates what it shows to differ. A 206
    /// and a 304 may show that too.
    pub(crate) fn compare(
        &self,
        asked: &Asked,
        found: &[Arc<Stored>],
        status: StatusCode,
        fields: &HeaderMap,
    ) {
        let response = ResponseValidators::from_fields(fields).status(status.as_u16());
        for stored in found {
            let verdict = match status {
                StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED
                    if stored.is_other_than(&response) =>
                {
                    HeadVerdict::Different
                }
                _ if asked.method == Method::HEAD => {
                    stored.validators().compared_with_head(&response)
                }
                _ => HeadVerdict::TellsNothing,
            };
            match verdict {
                // If the fields are too many, the response stays as it is.
                HeadVerdict::Freshened => drop(self.freshen(asked, stored, fields)),
                HeadVerdict::Different => {
                    self.store.replace(&asked.target, stored, stored.outdated());
                }
                HeadVerdict::TellsNothing => {}
            }
        }
    }

    /// Step 5: updates a stored response with the fields of a 304, or of a 200 to a HEAD.
    pub(crate) fn freshen(
        &self,
        asked: &Asked,
        stored: &Arc<Stored>,
        update: &HeaderMap,
    ) -> Result<Arc<Stored>> {
        let updated = stored.updated(update, asked.at)?;
        Ok(self.store.replace(&asked.target, stored, updated))
    }
}
