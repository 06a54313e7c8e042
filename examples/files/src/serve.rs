//! From a request to the response.

use std::sync::Arc;

use bytes::Bytes;
use example_resource::boundary;
use http_body_util::{BodyExt as _, Full};
use http_preconditions::response::{Content, Piece};
use http_preconditions::{Evaluation, HttpDate, Options, OriginClock, ValidatorsToSend};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::{HeaderMap, Method, Request, Response, StatusCode, header};
use tokio::task::spawn_blocking;

use crate::body::{Body, Segment, body};
use crate::folder::Folder;
use crate::open_file::OpenFile;

/// Answers one request. A file is sent with this Cache-Control.
pub(crate) async fn serve(
    folder: &Arc<Folder>,
    cache_control: &HeaderValue,
    request: Request<Incoming>,
) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "Files are only read.\n");
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
        return response;
    }
    let folder = Arc::clone(folder);
    let cache_control = cache_control.clone();
    // Files have no way to be waited for.
    match spawn_blocking(move || find_and_respond(&folder, cache_control, &request)).await {
        Ok(Ok(response)) => response,
        _ => text(StatusCode::INTERNAL_SERVER_ERROR, "It cannot be read.\n"),
    }
}

fn find_and_respond(
    folder: &Folder,
    cache_control: HeaderValue,
    request: &Request<Incoming>,
) -> anyhow::Result<Response<Body>> {
    let Some(path) = folder.find(request.uri().path()) else {
        return Ok(text(StatusCode::NOT_FOUND, "There is no such file.\n"));
    };
    let media_type = mime_guess::from_path(&path).first_raw();
    let media_type = media_type.unwrap_or("application/octet-stream");
    let file = OpenFile::open(&path)?;
    let (method, fields) = (request.method(), request.headers());
    respond(method, fields, file, media_type, cache_control)
}

/// What this version of a file is answered with: 200, 206, 304, 412 or 416.
fn respond(
    method: &Method,
    fields: &HeaderMap,
    file: OpenFile,
    media_type: &str,
    cache_control: HeaderValue,
) -> anyhow::Result<Response<Body>> {
    let validators = file.validators();
    let current = validators.representation();
    let now = HttpDate::try_from(file.opened())?;
    let options = Options::new().now(now);
    let evaluation = Evaluation::with_options(method, Some(&current), options);
    let plan = evaluation.headers(fields).decide().plan().range_of(fields);
    let validators_to_send = ValidatorsToSend::for_response(&current, OriginClock::Own(now));
    let plan = plan.validators(validators_to_send);

    let whole = Response::builder()
        .header(header::CACHE_CONTROL, cache_control)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CONTENT_LENGTH, validators.length())
        .header(header::CONTENT_TYPE, media_type);
    let (mut head, ()) = whole.body(())?.into_parts();
    plan.apply(&mut head)?;

    let boundary = boundary();
    let parts = plan.multipart(Some(media_type), &boundary)?;
    let segments = match (plan.content(), &parts) {
        (_, Some(parts)) => {
            parts.apply(&mut head)?;
            parts.pieces().map(Segment::from).collect()
        }
        (Content::Part(range), _) => [Segment::Octets(range.first()..range.end())].into(),
        (Content::Unchanged, _) if method == Method::GET => {
            [Segment::Octets(0..validators.length())].into()
        }
        _ => [].into(),
    };
    Ok(Response::from_parts(head, body(file, segments)))
}

impl From<Piece<'_>> for Segment {
    fn from(piece: Piece<'_>) -> Self {
        match piece {
            Piece::Text(text) => Self::Text(text.to_string().into()),
            Piece::Range(range) => Self::Octets(range.first()..range.end()),
        }
    }
}

fn text(status: StatusCode, text: &'static str) -> Response<Body> {
    let content = Full::from(Bytes::from_static(text.as_bytes()));
    let mut response = Response::new(content.map_err(|never| match never {}).boxed_unsync());
    *response.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    response
}
