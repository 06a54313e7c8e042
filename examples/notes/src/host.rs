//! Who is asked for: a server on a loopback address is there for this machine alone.
//!
//! A page of another site can point its own name at 127.0.0.1 once it is loaded (DNS rebinding); to
//! the browser, this server is then of that site's origin, and its script may read and write every
//! note. What it cannot change is the Host of its requests.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Refuses what is meant for another host. (RFC 9110 §7.4)
pub(crate) async fn only_loopback(request: Request, next: Next) -> Response {
    if !is_for_loopback(&request) {
        let detail =
            "This server is on a loopback address: ask for it as localhost or by that address.";
        return Problem::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response();
    }
    next.run(request).await
}

/// No port is asked for: it may be another one that leads here, and no name depends on it.
fn is_for_loopback(request: &Request) -> bool {
    let mut lines = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (lines.next(), lines.next()) else {
        return false;
    };
    let Ok(authority) = Authority::try_from(host.as_bytes()) else {
        return false;
    };
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
