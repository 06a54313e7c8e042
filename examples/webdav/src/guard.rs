//! The conditions of a request, in their order: `If`, the locks, and those of RFC 9110.
//!
//! Each method finds out first what its status is without conditions. If that is a refusal, the
//! conditions do not count (RFC 9110 §13.2.1). Then it comes here, and performs under the same lock
//! of the store, so that what was found true is true of the resource that it changes.

use std::collections::BTreeSet;
use std::io;
use std::time::SystemTime;

use http::StatusCode;
use http_preconditions::dav::{If, Preconditions, ResourceTag, State};
use http_preconditions::{Decision, Evaluation, Field, HttpDate, Options, Outcome};

use crate::folder::Kind;
use crate::locks::{Demand, Lock};
use crate::path::ResourcePath;
use crate::refusal::{Refusal, Violated};
use crate::request::Request;
use crate::store::{Contents, Resource};

/// Evaluates the conditions of a request whose status without conditions is a success, or the 412 of
/// `Overwrite: F`.
///
/// # Errors
///
/// - 400: `If` is malformed. 412: `If` is false. 423: a demand has no submitted token.
/// - The errors of the look-ups: a failure is neither true nor false.
pub(crate) fn decide(
    contents: &mut Contents,
    request: &Request,
    current: &Resource,
    status: StatusCode,
    demands: &[Demand],
) -> Result<Decision, Refusal> {
    let lines = request.headers().get_all("if");
    let tokens = |demand: &Demand| demand.iter().map(|lock| lock.token().to_owned()).collect();
    let locks: Vec<Vec<String>> = demands.iter().map(tokens).collect();
    let conditions = Preconditions::new().check_if(
        lines,
        |resource, state| has(contents, request, resource, state),
        locks,
    )?;

    let representation = current.representation();
    let now = HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::MAX);
    let options = Options::new()
        .unconditional_status(status.as_u16())
        .now(now);
    let evaluation = Evaluation::with_options(request.method(), representation.as_ref(), options);
    let decision = evaluation
        .headers(request.headers())
        .decide_dav(&conditions);

    // The crate treats a malformed `If` as false, because RFC 4918 has no status for it. With 400 the
    // client learns that it does not help to fetch the resource again.
    if let Some(malformed) = decision
        .malformed()
        .find(|malformed| malformed.field() == Field::If)
    {
        return Err(Refusal::bad_request(&malformed.to_string()));
    }
    if decision.outcome() == Outcome::Locked {
        let hrefs: Vec<_> = unsatisfied(contents, request, demands);
        return Err(Refusal::violated(
            StatusCode::LOCKED,
            Violated::LockTokenSubmitted,
            &hrefs,
        ));
    }
    Ok(decision)
}

/// Evaluates the conditions like [`decide`], and refuses the request unless the method must be
/// performed.
pub(crate) fn require(
    contents: &mut Contents,
    request: &Request,
    current: &Resource,
    status: StatusCode,
    demands: &[Demand],
) -> Result<(), Refusal> {
    let decision = decide(contents, request, current, status, demands)?;
    let plan = decision.plan();
    plan.go_on()
        .map_err(|plan| Refusal::from(http::Response::from(plan)))
}

/// Returns true if a resource has a state: the entity tag, or a lock in whose scope it is.
///
/// An unmapped resource has no state, even in the scope of a lock on its collection (RFC 4918
/// §10.4.4). The RFC leaves the comparison of entity tags to the server. This server only makes
/// strong tags, so it makes a difference only if the client has weakened one. Under the strong
/// comparison `Not` with such a tag would be true although the resource has not changed.
fn has(
    contents: &mut Contents,
    request: &Request,
    resource: Option<ResourceTag<'_>>,
    state: State<'_>,
) -> io::Result<bool> {
    let path = match resource {
        None => request.path().clone(),
        Some(tag) => match path_of(request, tag) {
            Some(path) => path,
            None => return Ok(false),
        },
    };
    match state {
        State::Token(token) => {
            let is_mapped = contents.folder.kind(&path)? != Kind::Unmapped;
            Ok(is_mapped && contents.locks.has(&path, token.as_bytes()))
        }
        State::EntityTag(tag) => Ok(match contents.resource(&path)? {
            Resource::File(version) => tag.weak_eq(version.tag().as_entity_tag()),
            Resource::Collection | Resource::Unmapped => false,
        }),
    }
}

/// Returns the path that a Resource-Tag names, or `None` if it names no resource of this server. The
/// tag is compared as a Request-URI is, and not as text (§10.4.4).
fn path_of(request: &Request, tag: ResourceTag<'_>) -> Option<ResourcePath> {
    match (tag.scheme(), tag.authority()) {
        (None, None) => {}
        (Some(scheme), Some(authority)) if request.is_own(scheme, authority) => {}
        _ => return None,
    }
    ResourcePath::parse(tag.path_and_query()).ok()
}

/// Returns the roots of the locks of which the request submits no token.
fn unsatisfied(contents: &Contents, request: &Request, demands: &[Demand]) -> Vec<String> {
    let value = If::from_lines(request.headers().get_all("if"))
        .ok()
        .flatten();
    let submits = |lock: &Lock| value.is_some_and(|value| value.submits(lock.token()));
    let missing = demands.iter().filter(|demand| !demand.iter().any(submits));
    let roots: BTreeSet<_> = missing
        .flatten()
        .map(|lock| contents.href(lock.root()))
        .collect();
    roots.into_iter().collect()
}
