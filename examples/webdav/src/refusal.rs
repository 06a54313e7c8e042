//! Responses that refuse a request, with the precondition that was violated where RFC 4918 §16
//! names one.

use std::error::Error;
use std::io;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

use crate::folder::Kind;
use crate::methods::read::allow;
use crate::multistatus::{self, XML_TYPE};
use crate::path::{ResourcePath, Unusable};
use crate::properties::Full;

/// A response that refuses a request.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Response>);

/// The elements of RFC 4918 §16 that this server sends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Violated {
    LockTokenMatchesRequestUri,
    LockTokenSubmitted,
    NoConflictingLock,
    PropfindFiniteDepth,
}

impl Violated {
    const fn element(self) -> &'static str {
        match self {
            Self::LockTokenMatchesRequestUri => "D:lock-token-matches-request-uri",
            Self::LockTokenSubmitted => "D:lock-token-submitted",
            Self::NoConflictingLock => "D:no-conflicting-lock",
            Self::PropfindFiniteDepth => "D:propfind-finite-depth",
        }
    }
}

impl Refusal {
    /// Creates a refusal with an explanation for a reader.
    pub(crate) fn new(status: StatusCode, text: &str) -> Self {
        let mut response = Response::new(Body::from(format!("{text}\n")));
        *response.status_mut() = status;
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
        Self(Box::new(response))
    }

    /// Creates a refusal that names what was violated, and the resources that it is about.
    pub(crate) fn violated(status: StatusCode, violated: Violated, hrefs: &[String]) -> Self {
        let mut response = Response::new(Body::from(multistatus::error(violated.element(), hrefs)));
        *response.status_mut() = status;
        let xml = HeaderValue::from_static(XML_TYPE);
        response.headers_mut().insert(header::CONTENT_TYPE, xml);
        Self(Box::new(response))
    }

    pub(crate) fn bad_request(text: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such resource.")
    }

    /// Creates the refusal of a new member for a collection that does not exist (§9.7.1).
    pub(crate) fn no_collection() -> Self {
        Self::new(StatusCode::CONFLICT, "There is no collection for it.")
    }

    /// Creates the refusal of a method that this kind of resource does not have.
    pub(crate) fn not_allowed(kind: Kind) -> Self {
        let text = "This resource does not have this method.";
        let mut refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, text);
        let allow = HeaderValue::from_static(allow(kind));
        refusal.0.headers_mut().insert(header::ALLOW, allow);
        refusal
    }

    pub(crate) fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for Refusal {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl From<Unusable> for Refusal {
    fn from(unusable: Unusable) -> Self {
        Self::bad_request(&unusable.to_string())
    }
}

/// A failure of the file system. It is never taken for an answer to a condition.
impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        let status = match error.kind() {
            io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => StatusCode::BAD_REQUEST,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                StatusCode::FORBIDDEN
            }
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => StatusCode::INSUFFICIENT_STORAGE,
            _ => return internal(error),
        };
        Self::new(status, &error.to_string())
    }
}

/// There is no room for more properties.
impl From<Full> for Refusal {
    fn from(_: Full) -> Self {
        let text = "There is no room for more properties.";
        Self::new(StatusCode::INSUFFICIENT_STORAGE, text)
    }
}

/// Creates the refusal for an error that no request should cause.
pub(crate) fn internal(error: impl Error) -> Refusal {
    eprintln!("{error}");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
}

/// Returns the collection of a resource that can be created, moved or removed.
pub(crate) fn parent_of(path: &ResourcePath) -> Result<ResourcePath, Refusal> {
    let root = || Refusal::new(StatusCode::FORBIDDEN, "The folder itself stays as it is.");
    path.parent().ok_or_else(root)
}
