//! LOCK and UNLOCK.

use std::time::Instant;

use axum::response::Response;
use http::{HeaderValue, StatusCode};
use http_preconditions::dav::{If, LockToken, StateToken};

use crate::guard;
use crate::locks::{Lock, NotGranted, Reach, Request as LockRequest};
use crate::methods::write::check_parent;
use crate::methods::{empty, multi_status, xml};
use crate::multistatus::{About, prop};
use crate::path::ResourcePath;
use crate::properties::lockdiscovery;
use crate::refusal::{Refusal, Violated, internal};
use crate::request::{Depth, Request};
use crate::store::Contents;
use crate::xml::lockinfo;

/// Responds to LOCK. Without a body it refreshes a lock (RFC 4918 §9.10.2).
///
/// A lock on an unmapped URL creates an empty file, so that the name is taken (§7.3).
pub(crate) fn lock(
    contents: &mut Contents,
    request: &Request,
    body: &[u8],
) -> Result<Response, Refusal> {
    if body.is_empty() {
        return refresh(contents, request);
    }
    let info = lockinfo(body)?;
    let reach = match request.depth()? {
        Some(Depth::Zero) => Reach::Resource,
        None | Some(Depth::Infinity) => Reach::Infinity,
        Some(Depth::One) => return Err(Refusal::bad_request("Depth of LOCK is 0 or infinity.")),
    };
    let path = request.path();
    let current = contents.resource(path)?;
    let (mut status, mut demands) = (StatusCode::OK, Vec::new());
    if !current.is_mapped() {
        check_parent(contents, path)?;
        status = StatusCode::CREATED;
        demands = contents.locks.creation_of(path);
    }
    guard::require(contents, request, &current, status, &demands)?;

    let wish = LockRequest {
        scope: info.scope,
        reach,
        owner: info.owner,
        timeout: request.timeout(),
    };
    let token = match contents.locks.grant(path, wish, Instant::now()) {
        Ok(lock) => lock.token().to_owned(),
        Err(NotGranted::Conflict(locks)) => return conflict(contents, path, &locks),
        Err(NotGranted::Full) => {
            let text = "There are too many locks.";
            return Err(Refusal::new(StatusCode::INSUFFICIENT_STORAGE, text));
        }
    };
    if !current.is_mapped()
        && let Err(error) = contents.folder.create_empty(path)
    {
        contents.locks.unlock(path, token.as_bytes());
        return Err(error.into());
    }
    let mut response = xml(status, prop(&lockdiscovery(contents, path)));
    let token = StateToken::new(token.as_bytes()).map_err(internal)?;
    let token = HeaderValue::try_from(LockToken::from(token).to_string()).map_err(internal)?;
    response.headers_mut().insert("lock-token", token);
    Ok(response)
}

/// Responds to a LOCK that conflicts with these locks: 423 if one of them is on the resource already, else
/// 207, since it is not the resource itself that cannot be locked (§9.10.3, §9.10.9).
fn conflict(contents: &Contents, path: &ResourcePath, locks: &[Lock]) -> Result<Response, Refusal> {
    let href = |lock: &Lock| contents.href(lock.root());
    let covering = locks.iter().filter(|lock| lock.covers(path));
    let hrefs: Vec<_> = covering.map(href).collect();
    if !hrefs.is_empty() {
        let violated = Violated::NoConflictingLock;
        return Err(Refusal::violated(StatusCode::LOCKED, violated, &hrefs));
    }
    let member = |lock| (href(lock), About::Status(StatusCode::LOCKED));
    let mut responses: Vec<_> = locks.iter().map(member).collect();
    let failed = About::Status(StatusCode::FAILED_DEPENDENCY);
    responses.push((contents.href(path), failed));
    Ok(multi_status(&responses))
}

/// Responds to a LOCK that refreshes the only lock that `If` names.
fn refresh(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    let value = If::from_lines(request.headers().get_all("if"));
    let value = value.map_err(|error| Refusal::bad_request(&format!("If: {error}")))?;
    let token = value.and_then(|value| value.single_token());
    let token = token.ok_or_else(|| Refusal::bad_request("If has the token of one lock."))?;
    let (path, token) = (request.path(), token.as_bytes());
    if !contents.locks.has(path, token) {
        let violated = Violated::LockTokenMatchesRequestUri;
        return Err(Refusal::violated(
            StatusCode::PRECONDITION_FAILED,
            violated,
            &[],
        ));
    }
    let current = contents.resource(path)?;
    guard::require(contents, request, &current, StatusCode::OK, &[])?;
    contents
        .locks
        .refresh(path, token, request.timeout(), Instant::now());
    Ok(xml(StatusCode::OK, prop(&lockdiscovery(contents, path))))
}

/// Responds to UNLOCK, which names its lock in Lock-Token and not in `If` (§9.11).
pub(crate) fn unlock(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    let malformed = || Refusal::bad_request("Lock-Token is a token in angle brackets.");
    let value = request.field("lock-token")?.ok_or_else(malformed)?;
    let token = LockToken::parse(value.as_bytes()).map_err(|_| malformed())?;
    let (path, token) = (request.path(), token.token().as_bytes());
    if !contents.locks.has(path, token) {
        let violated = Violated::LockTokenMatchesRequestUri;
        return Err(Refusal::violated(StatusCode::CONFLICT, violated, &[]));
    }
    let current = contents.resource(path)?;
    guard::require(contents, request, &current, StatusCode::NO_CONTENT, &[])?;
    contents.locks.unlock(path, token);
    Ok(empty(StatusCode::NO_CONTENT))
}
