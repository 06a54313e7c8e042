//! From the conditions of a request to its answer. This is the room that another server would copy.

use std::convert::Infallible;
use std::time::SystemTime;

use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http_preconditions::{Decision, Evaluation, HttpDate, Options, Outcome};

use crate::explain;
use crate::problem::Problem;
use crate::validators::Validators;

/// Answers a GET or HEAD with this 200, or with what is left of it in a 304.
pub(crate) fn revalidate(
    method: &Method,
    request: &HeaderMap,
    validators: &Validators,
    mut response: Response,
) -> Response {
    let representation = validators.representation();
    let decision = Evaluation::with_options(method, Some(&representation), options())
        .headers(request)
        .decide();
    let headers = response.headers_mut();
    validators.insert_into(headers);
    headers.extend(explain::field(&decision, Some(validators)));
    match decision.outcome() {
        Outcome::NotModified => {
            decision.reduce_to_not_modified(headers);
            *response.status_mut() = decision.status_code();
            // Empty, but of no known length: from `Body::empty()` axum would make a
            // `Content-Length: 0` in answer to HEAD, which is not that of the 200 (§8.6).
            *response.body_mut() = Body::from_stream(stream::empty::<Result<String, Infallible>>());
            response
        }
        Outcome::PreconditionFailed => refuse(&decision, Some(validators)).into_response(),
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
) -> Decision {
    let representation = current.map(Validators::representation);
    let mut options = options()
        .unconditional_status(unconditional.as_u16())
        .require_if_match();
    if applied {
        options = options.already_applied();
    }
    Evaluation::with_options(method, representation.as_ref(), options)
        .headers(request)
        .decide()
}

/// Tells what time it is, for years of two digits. (§5.6.7)
fn options() -> Options {
    match HttpDate::try_from(SystemTime::now()) {
        Ok(now) => Options::new().now(now),
        // A clock before year 1 or after year 9999 tells nothing.
        Err(_) => Options::new(),
    }
}

/// Answers a PUT or DELETE; `now` is what the note has come to.
pub(crate) fn answer(decision: &Decision, now: Option<&Validators>) -> Response {
    match decision.outcome() {
        Outcome::Perform | Outcome::AlreadyApplied => {
            let mut headers = explain::field(decision, now);
            // §9.3.4: a GET answers the very octets that were sent, so their tag may be told.
            if let Some(now) = now {
                now.insert_into(&mut headers);
            }
            (decision.status_code(), headers).into_response()
        }
        _ => refuse(decision, now).into_response(),
    }
}

fn refuse(decision: &Decision, current: Option<&Validators>) -> Problem {
    Problem::new(decision.status_code(), explain::why(decision, current))
        .with(explain::field(decision, current))
}
