//! A small WebDAV server (RFC 4918, classes 1, 2 and 3) over a folder.
//!
//! To paste: `guard.rs`, which is all that `If`, the locks and the conditions of RFC 9110 take. The
//! files, from a request to the disk:
//!
//! - `request.rs`, `path.rs`: the head of a request; from a URL path to a path in the folder.
//! - `methods/`: the methods, a file a group: `read.rs`, `write.rs`, `copy_move.rs`,
//!   `prop.rs`, `lock.rs`.
//! - `guard.rs`: the conditions of a request, in their order.
//! - `store.rs`: all that the server knows, behind one lock: `folder.rs`, the files; `version.rs`,
//!   their entity tags; `locks.rs`; `properties.rs`.
//! - `xml.rs`, `xml_limits.rs`, `xml_value.rs`, `multistatus.rs`: reads bodies within limits, keeps
//!   values, writes responses.
//! - `body.rs`, `refusal.rs`: the content of a response; responses that refuse.

mod body;
mod folder;
mod guard;
mod locks;
mod methods;
mod multistatus;
mod path;
mod properties;
mod refusal;
mod request;
mod store;
mod version;
mod xml;
mod xml_limits;
mod xml_value;

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::handler::Handler as _;
use axum::response::Response;
use bytes::Bytes;
use http::uri::Authority;
use http::{Method, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::folder::{Folder, Kind};
use crate::methods::{copy_move, lock, prop, read, write};
use crate::refusal::{Refusal, internal};
use crate::request::Request;
use crate::store::Store;

/// The octets of a body with XML.
const XML_LIMIT: usize = 1 << 20;

/// The hosts whose requests are performed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// Requests for a loopback address or `localhost`.
    ///
    /// A page of another site can point its own name at 127.0.0.1 once it is loaded (DNS rebinding),
    /// and would read and write the folder. It cannot change the Host of its requests.
    Loopback,
    /// Requests for every host.
    Any,
}

#[derive(Debug)]
struct Server {
    store: Store,
    hosts: Hosts,
    uploads: Semaphore,
}

/// The uploads at a time. Each has a thread that waits for its content, and the other methods need
/// threads too.
const UPLOADS: usize = 100;

/// Serves the folder until the listener fails.
///
/// # Errors
///
/// - The folder cannot be opened.
pub async fn serve(listener: TcpListener, folder: &Path, hosts: Hosts) -> io::Result<()> {
    let store = Store::new(Folder::open_ambient(folder)?);
    let server = Arc::new(Server {
        store,
        hosts,
        uploads: Semaphore::new(UPLOADS),
    });
    // Not a router: it would add `Content-Length: 0` to each 304, which is not the length of the 200
    // (RFC 9110 §8.6).
    axum::serve(listener, answer.with_state(server).into_make_service()).await
}

async fn answer(State(server): State<Arc<Server>>, request: axum::extract::Request) -> Response {
    let response = respond(server, request).await;
    response.unwrap_or_else(Refusal::into_response)
}

async fn respond(
    server: Arc<Server>,
    request: axum::extract::Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    // The server as a whole (RFC 9110 §9.3.7).
    if parts.method == Method::OPTIONS && parts.uri.path() == "*" {
        return Ok(read::options(Kind::File));
    }
    let request = Request::new(parts)?;
    if server.hosts == Hosts::Loopback && !is_loopback(request.host()) {
        let text = "This server is for this machine: ask for it as localhost.";
        return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, text));
    }
    if request.method() == Method::PUT {
        let put = spawn_blocking(move || {
            let busy = |_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Too many uploads.");
            let _upload = server.uploads.try_acquire().map_err(busy)?;
            write::put(&server.store, &request, body)
        });
        return put.await.map_err(internal)?;
    }
    let body = collect(body).await?;
    let performed = spawn_blocking(move || perform(&server.store, &request, &body));
    performed.await.map_err(internal)?
}

fn perform(store: &Store, request: &Request, body: &[u8]) -> Result<Response, Refusal> {
    let contents = &mut store.contents();
    match request.method().as_str() {
        "OPTIONS" => Ok(read::options(contents.folder.kind(request.path())?)),
        "GET" | "HEAD" => read::get(contents, request),
        "DELETE" => write::delete(contents, request),
        "MKCOL" => write::mkcol(contents, request, body),
        "COPY" => copy_move::copy(contents, request),
        "MOVE" => copy_move::move_(contents, request),
        "PROPFIND" => prop::propfind(contents, request, body),
        "PROPPATCH" => prop::proppatch(contents, request, body),
        "LOCK" => lock::lock(contents, request, body),
        "UNLOCK" => lock::unlock(contents, request),
        _ => Err(Refusal::not_allowed(contents.folder.kind(request.path())?)),
    }
}

async fn collect(body: Body) -> Result<Bytes, Refusal> {
    match Limited::new(body, XML_LIMIT).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            let text = "The body is longer than a mebibyte.";
            Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, text))
        }
        Err(_) => Err(Refusal::bad_request("This is not all of the body.")),
    }
}

/// Returns true for a host of this machine alone. No port is compared: another one may lead here.
fn is_loopback(host: &Authority) -> bool {
    let host = host.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}
