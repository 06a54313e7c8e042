//! The methods, a file a group. Each finds its status without conditions, asks the [guard], and
//! performs, all under one lock of the store.
//!
//! [guard]: crate::guard

pub(crate) mod copy_move;
pub(crate) mod lock;
pub(crate) mod prop;
pub(crate) mod read;
pub(crate) mod write;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

use crate::multistatus::{About, XML_TYPE, multistatus};

/// Creates a response without content.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Creates a response with XML.
pub(crate) fn xml(status: StatusCode, content: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    let xml = HeaderValue::from_static(XML_TYPE);
    response.headers_mut().insert(header::CONTENT_TYPE, xml);
    response
}

/// Creates a 207.
pub(crate) fn multi_status(responses: &[(String, About)]) -> Response {
    xml(StatusCode::MULTI_STATUS, multistatus(responses))
}
