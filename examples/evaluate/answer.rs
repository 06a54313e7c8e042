//! The object that answers one line of the batch.

use http_preconditions::{Field, Outcome};
use serde::Serialize;

use crate::line::Evaluated;

/// The answer to a line, with its keys in their order.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    status: u16,
    outcome: &'static str,
    decided_by: Option<&'static str>,
    range: bool,
    malformed: Vec<Malformed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranges: Option<Vec<[u64; 2]>>,
}

#[derive(Debug, Serialize)]
struct Malformed {
    field: &'static str,
    kind: String,
    offset: usize,
}

/// The answer to a line that is no object to evaluate.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    pub(crate) error: String,
}

/// The answer that a decision makes.
pub(crate) fn answer(evaluated: Evaluated) -> Result<Answer, String> {
    let Evaluated { decision, ranges } = evaluated;
    let outcome = match decision.outcome() {
        // Beside a status that is no success, the batch has this word for both.
        Outcome::Perform | Outcome::Unconditional => "perform",
        Outcome::NotModified => "not_modified",
        // The condition has failed, and the method is not performed; that this counts as done is
        // told by the status.
        Outcome::PreconditionFailed | Outcome::AlreadyApplied => "precondition_failed",
        Outcome::PreconditionRequired => "precondition_required",
        other => return Err(format!("there is no word here for the outcome {other:?}")),
    };
    Ok(Answer {
        status: decision.status(),
        outcome,
        decided_by: decision.decided_by().map(Field::name),
        range: decision.honours_range(),
        malformed: decision
            .malformed()
            .map(|malformed| Malformed {
                field: malformed.field().name(),
                kind: snake_case(&format!("{:?}", malformed.error().kind())),
                offset: malformed.error().offset(),
            })
            .collect(),
        ranges,
    })
}

/// The name of a variant, without what is in it: `closing_quote` for `ClosingQuote`.
fn snake_case(variant: &str) -> String {
    let mut name = String::new();
    for letter in variant.chars().take_while(char::is_ascii_alphabetic) {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}
