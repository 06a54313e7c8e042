//! From the conditions of a request to its answer. This is the room that another server would copy.

use std::convert::Infallible;
use std::time::SystemTime;

use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http_preconditions::{
    Condition, Decision, Evaluation, Field, HttpDate, Outcome, Representation,
};

use crate::explain;
use crate::problem::Problem;
use crate::validators::Validators;

/// What becomes of a request, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    pub(crate) decision: Decision,
}

/// Answers a GET or HEAD with this 200, or with what is left of it in a 304.
pub(crate) fn revalidate(
    method: &Method,
    request: &HeaderMap,
    validators: &Validators,
    mut response: Response,
) -> Response {
    let representation = validators.representation();
    let decision = evaluation(method, Some(&representation))
        .headers(request)
        .decide();
    let verdict = Verdict {
        outcome: decision.outcome(),
        decision,
    };
    let headers = response.headers_mut();
    validators.insert_into(headers);
    headers.extend(explain::field(&verdict, Some(validators)));
    match verdict.outcome {
        Outcome::NotModified => {
            decision.reduce_to_not_modified(headers);
            *response.status_mut() = decision.status_code();
            // Empty, but of no known length: from `Body::empty()` axum would make a
            // `Content-Length: 0` in answer to HEAD, which is not that of the 200 (§8.6).
            *response.body_mut() = Body::from_stream(stream::empty::<Result<String, Infallible>>());
            response
        }
        Outcome::PreconditionFailed => verdict.refuse(Some(validators)).into_response(),
        _ => response,
    }
}

/// Decides whether a PUT or DELETE is performed. To be called where no other edit can come between.
///
/// `unconditional` is the status without conditions; `applied` says that what the request asks for
/// is there already, as after a retry.
pub(crate) fn guard(
    method: &Method,
    request: &HeaderMap,
    current: Option<&Validators>,
    unconditional: StatusCode,
    applied: bool,
) -> Verdict {
    let representation = current.map(Validators::representation);
    let mut evaluation = evaluation(method, representation.as_ref())
        .unconditional_status(unconditional.as_u16())
        .require_precondition();
    if applied {
        evaluation = evaluation.already_applied();
    }
    let decision = evaluation.headers(request).decide();
    let guarded = current.is_none() || decision.condition(Field::IfMatch) == Condition::True;
    Verdict {
        outcome: match decision.outcome() {
            // Our own rule, stricter than the RFC's: two edits of one second share their date
            // (§8.8.2.2), so that If-Unmodified-Since would let the second overwrite the first.
            Outcome::Perform if !guarded => Outcome::PreconditionRequired,
            outcome => outcome,
        },
        decision,
    }
}

/// An evaluation that knows what time it is, for years of two digits. (§5.6.7)
fn evaluation<'a>(method: &Method, current: Option<&'a Representation<'a>>) -> Evaluation<'a> {
    let evaluation = Evaluation::new(method, current);
    match HttpDate::try_from(SystemTime::now()) {
        Ok(now) => evaluation.now(now),
        // A clock before year 1 or after year 9999 tells nothing.
        Err(_) => evaluation,
    }
}

impl Verdict {
    /// The answer to a PUT or DELETE; `now` is what the note has come to.
    pub(crate) fn answer(&self, now: Option<&Validators>) -> Response {
        match self.outcome {
            Outcome::Perform | Outcome::AlreadyApplied => {
                let mut headers = explain::field(self, now);
                // §9.3.4: a GET answers the very octets that were sent, so their tag may be told.
                if let Some(now) = now {
                    now.insert_into(&mut headers);
                }
                (self.decision.status_code(), headers).into_response()
            }
            _ => self.refuse(now).into_response(),
        }
    }

    fn refuse(&self, current: Option<&Validators>) -> Problem {
        let status = match self.outcome {
            Outcome::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            _ => self.decision.status_code(),
        };
        Problem::new(status, explain::why(self, current)).with(explain::field(self, current))
    }
}
