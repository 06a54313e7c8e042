//! OPTIONS, GET and HEAD.

use std::collections::VecDeque;
use std::time::SystemTime;

use axum::body::Body;
use axum::response::Response;
use example_resource::boundary;
use http::{HeaderValue, Method, StatusCode, header};
use http_preconditions::response::Content;
use http_preconditions::{HttpDate, OriginClock, ValidatorsToSend};

use crate::body::{Segment, body};
use crate::folder::Kind;
use crate::guard;
use crate::methods::empty;
use crate::properties::media_type;
use crate::refusal::{Refusal, internal};
use crate::request::Request;
use crate::store::{Contents, Resource};

/// The methods that a resource of this kind has.
pub(crate) const fn allow(kind: Kind) -> &'static str {
    match kind {
        Kind::Unmapped => "OPTIONS, PUT, MKCOL, LOCK",
        Kind::Collection => {
            "OPTIONS, GET, HEAD, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK"
        }
        Kind::File => {
            "OPTIONS, GET, HEAD, PUT, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK"
        }
    }
}

/// Responds to OPTIONS. The response is not a representation, so conditions are ignored.
pub(crate) fn options(kind: Kind) -> Response {
    let mut response = empty(StatusCode::OK);
    let fields = response.headers_mut();
    fields.insert(header::ALLOW, HeaderValue::from_static(allow(kind)));
    // Classes 1, 2 and 3 of RFC 4918 §18: all of it, with locks.
    fields.insert("dav", HeaderValue::from_static("1, 2, 3"));
    // Windows asks for it before it mounts.
    fields.insert("ms-author-via", HeaderValue::from_static("DAV"));
    response
}

/// Responds to GET and HEAD: 200, 206, 304, 412 or 416.
pub(crate) fn get(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    match contents.folder.kind(request.path())? {
        Kind::Unmapped => Err(Refusal::not_found()),
        Kind::Collection => list(contents, request),
        Kind::File => send(contents, request),
    }
}

fn send(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    let (file, version) = contents.open(request.path())?;
    let resource = Resource::File(version);
    let decision = guard::decide(contents, request, &resource, StatusCode::OK, &[])?;

    let current = version.representation();
    let now = HttpDate::try_from(SystemTime::now()).map_err(internal)?;
    let validators = ValidatorsToSend::for_response(&current, OriginClock::Own(now));
    let plan = decision.plan().range_of(request.headers());
    let plan = plan.validators(validators);

    let media_type = media_type(request.path());
    let whole = Response::builder()
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::ACCEPT_RANGES, "bytes")
        // A script in a file that somebody has put here would be one of this server to a browser, and
        // could write all others.
        .header(header::CONTENT_SECURITY_POLICY, "sandbox")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_LENGTH, version.length())
        .header(header::CONTENT_TYPE, media_type);
    let (mut head, ()) = whole.body(()).map_err(internal)?.into_parts();
    plan.apply(&mut head).map_err(internal)?;

    let boundary = boundary();
    let parts = plan
        .multipart(Some(media_type), &boundary)
        .map_err(internal)?;
    let segments: VecDeque<_> = match (plan.content(), &parts) {
        (_, Some(parts)) => {
            parts.apply(&mut head).map_err(internal)?;
            parts.pieces().map(Segment::from).collect()
        }
        (Content::Part(range), _) => [Segment::Octets(range.first()..range.end())].into(),
        (Content::Unchanged, _) if request.method() == Method::GET => {
            [Segment::Octets(0..version.length())].into()
        }
        _ => VecDeque::new(),
    };
    Ok(Response::from_parts(head, body(file, segments)?))
}

/// Lists the members of a collection, one on each line, for a reader with a browser or `curl`.
fn list(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    guard::require(
        contents,
        request,
        &Resource::Collection,
        StatusCode::OK,
        &[],
    )?;
    let mut text = String::new();
    for (name, kind) in contents.folder.members(request.path())? {
        text.push_str(&name);
        text.push_str(if kind.is_collection() { "/\n" } else { "\n" });
    }
    let mut response = Response::new(Body::from(text));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    Ok(response)
}
