//! From a stored response to the response that a client gets.

use std::sync::Arc;

use anyhow::Result;
use bytes::Bytes;
use example_resource::{boundary, joined, planned};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use http_preconditions::cache::{Reuse, evaluate_stored, most_recent};
use hyper::{Method, Response, StatusCode};

use crate::asked::Asked;
use crate::store::Found;
use crate::stored::Stored;

/// The content of a message that is sent.
pub(crate) type Body = UnsyncBoxBody<Bytes, hyper::Error>;

/// Evaluates the conditions and the range of the request against a stored response. Returns `None`
/// if the request must be forwarded.
fn from_stored(asked: &Asked, stored: &Stored) -> Result<Option<Response<Body>>> {
    let validators = stored.validators();
    let content = stored.content();
    let mut head = stored.head();
    let pieces = match evaluate_stored(&asked.method, &asked.fields, Some(&validators)) {
        Reuse::Serve => vec![content.clone()],
        Reuse::NotModified(decision) | Reuse::Range(decision) => {
            let media_type = stored.media_type();
            let boundary = boundary();
            let plan = decision.plan().range_of(&asked.fields);
            let parts = plan.multipart(media_type, &boundary)?;
            plan.apply(&mut head)?;
            if let Some(parts) = &parts {
                parts.apply(&mut head)?;
            }
            planned(&plan, parts.as_ref(), content)
        }
        Reuse::Part { decision, offset } => {
            decision.plan().apply(&mut head)?;
            let length = decision.range().map_or(0, |range| range.length());
            let first = usize::try_from(offset)?;
            vec![content.slice(first..first + usize::try_from(length)?)]
        }
        _ => return Ok(None),
    };
    let sent = match asked.method {
        Method::HEAD => Bytes::new(),
        _ => joined(pieces),
    };
    Ok(Some(Response::from_parts(head, body(sent))))
}

/// Answers from a stored response, if it fits the conditions and the range of the request.
pub(crate) fn reuse(asked: &Asked, stored: &Stored, what: &str) -> Result<Option<Response<Body>>> {
    let response = from_stored(asked, stored)?;
    if let Some(response) = &response {
        asked.log(what, response.status());
    }
    Ok(response)
}

/// Answers from a stale stored response, if that is allowed after a failure: a 5xx, or no response.
pub(crate) fn stale(
    asked: &Asked,
    found: &Found,
    failure: Option<StatusCode>,
) -> Result<Option<Response<Body>>> {
    let is_usable = |stored: &Stored| stored.may_replace(failure, &asked.fields, asked.at);
    match latest(asked, found, is_usable) {
        Some(stored) => reuse(asked, stored, "stale"),
        None => Ok(None),
    }
}

/// Returns the most recent of the usable responses that may answer the request.
pub(crate) fn latest<'f>(
    asked: &Asked,
    found: &'f Found,
    is_usable: impl Fn(&Stored) -> bool,
) -> Option<&'f Arc<Stored>> {
    let usable = found.responses.iter().filter(|stored| is_usable(stored));
    let usable: Vec<_> = usable.collect();
    let index = most_recent(usable.iter().map(|stored| {
        let validators = stored.validators();
        validators.for_request(&asked.method, &asked.fields)
    }))?;
    Some(usable[index])
}

/// Makes a response of the proxy itself.
pub(crate) fn without_content(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(body(Bytes::new()));
    *response.status_mut() = status;
    response
}

fn body(content: Bytes) -> Body {
    let content = Full::from(content);
    content.map_err(|never| match never {}).boxed_unsync()
}
