//! What the crate requires of the same request, with what was learned of the resource.

use http_preconditions::range::ByteRange;
use http_preconditions::{Evaluation, Options, Representation};

use crate::case::{At, Case};
use crate::resource::Resource;
use crate::wire::Field;

/// What a response has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The statuses: two if only the server knows whether its date is strong.
    pub statuses: Vec<u16>,
    /// The range of a 206 to a single range.
    pub range: Option<ByteRange>,
}

impl Expected {
    /// Evaluates the request of a case.
    #[must_use]
    pub fn of(case: &Case, fields: &[Field], resource: &Resource) -> Self {
        let unconditional = match case.at {
            At::Resource => resource.unconditional_status(case.method),
            At::Unmapped => resource.unmapped.1,
        };
        let is_coded = fields.iter().any(|(name, _)| name == "Accept-Encoding");
        let etag = if is_coded {
            resource.coded_etag()
        } else {
            resource.etag()
        };
        // §8.8.2.2: whether the second of Last-Modified saw two versions, only the server knows.
        let kinds = [
            Representation::with_validators(etag, resource.last_modified),
            Representation::with_strong_date(etag, resource.last_modified),
        ];
        let length = resource.full.content.len() as u64;
        let decisions = kinds.map(|current| {
            let current = if resource.has_ranges {
                current.complete_length(length)
            } else {
                current.without_ranges()
            };
            let current = (case.at == At::Resource).then_some(current);
            let options = Options::new()
                .now(resource.now)
                .unconditional_status(unconditional);
            let lines = fields.iter().map(|(name, value)| (name, value));
            Evaluation::with_options(case.method, current.as_ref(), options)
                .fields(lines)
                .decide()
        });
        let mut statuses = decisions.map(|decision| decision.status()).to_vec();
        statuses.dedup();
        Self {
            statuses,
            range: decisions
                .iter()
                .find_map(http_preconditions::Decision::range),
        }
    }

    /// The response without any condition.
    #[must_use]
    pub fn full() -> Self {
        Self {
            statuses: vec![200],
            range: None,
        }
    }

    /// The statuses as text: `200 or 206`.
    #[must_use]
    pub fn required(&self) -> String {
        let statuses = self.statuses.iter().map(u16::to_string);
        statuses.collect::<Vec<_>>().join(" or ")
    }
}
