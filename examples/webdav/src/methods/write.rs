//! PUT, DELETE and MKCOL.

use std::io::{self, Write as _};
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use cap_std::fs::{Dir, MetadataExt as _};
use cap_tempfile::TempFile;
use http::{HeaderValue, StatusCode, header};
use http_body_util::BodyExt as _;
use http_preconditions::{HttpDate, OriginClock, PutContent, ValidatorsToSend};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::folder::Kind;
use crate::guard;
use crate::methods::empty;
use crate::path::ResourcePath;
use crate::refusal::{Refusal, internal, parent_of};
use crate::request::{Depth, Request};
use crate::store::{Contents, Store};
use crate::version::Version;

/// An upload that stands still for so long has ended.
const STALLED: Duration = Duration::from_mins(1);

/// The octets of a refused upload that are read, so that a client that sends before it listens gets
/// the refusal and no broken connection.
const DRAINED: usize = 1 << 20;

/// Responds to PUT. Blocks while the content arrives, and holds the lock of the store only before and
/// after.
///
/// The conditions are evaluated twice. The first evaluation saves an upload that ends in a 412: a
/// client that waits for 100 (Continue) sends nothing. The second one counts: it holds the lock under
/// which the file is replaced, so that the edit of a client that was faster is not lost.
pub(crate) fn put(store: &Store, request: &Request, mut body: Body) -> Result<Response, Refusal> {
    let looked = check_put(&mut store.contents(), request);
    if let Err(refusal) = looked {
        if !request.expects_continue() {
            drain(&mut body);
        }
        return Err(refusal);
    }
    let (parent, name) = place(request.path())?;
    let collection = store.contents().folder.open_collection(&parent)?;
    let mut file = TempFile::new(&collection)?;
    let digest = receive(request, &mut body, &mut file)?;
    file.as_file().sync_all()?;

    let mut contents = store.contents();
    let status = check_put(&mut contents, request)?;
    // The collection may have been moved meanwhile, and the file in it with it.
    if identity(&collection)? != identity(&contents.folder.open_collection(&parent)?)? {
        return Err(Refusal::no_collection());
    }
    if status == StatusCode::NO_CONTENT {
        let permissions = contents
            .folder
            .open(request.path())?
            .metadata()?
            .permissions();
        file.as_file().set_permissions(permissions)?;
    }
    let version = Version::new(digest, &file.as_file().metadata()?)?;
    file.replace(name)?;
    let current = version.representation();
    let now = HttpDate::try_from(SystemTime::now()).map_err(internal)?;
    let clock = OriginClock::Own(now);
    let validators = ValidatorsToSend::for_put(&current, PutContent::Verbatim, clock);
    let mut response = empty(status);
    let fields = response.headers_mut();
    fields.extend(validators.etag().map(|tag| (header::ETAG, tag.into())));
    let date = validators.last_modified();
    fields.extend(date.map(|date| (header::LAST_MODIFIED, date.into())));
    Ok(response)
}

/// Returns the status of a PUT that may be performed now.
fn check_put(contents: &mut Contents, request: &Request) -> Result<StatusCode, Refusal> {
    // What is sent is a part, and would be stored as the whole (RFC 9110 §14.5).
    if request.headers().contains_key(header::CONTENT_RANGE) {
        return Err(Refusal::bad_request("Send all of the content."));
    }
    // A coded content would be sent without its coding.
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        let text = "Send the content without Content-Encoding.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, text));
    }
    let path = request.path();
    if path.name().is_none() || contents.folder.kind(path)? == Kind::Collection {
        return Err(Refusal::not_allowed(Kind::Collection));
    }
    check_parent(contents, path)?;
    let current = contents.resource(path)?;
    let mut demands = contents.locks.change_of(path);
    let mut status = StatusCode::NO_CONTENT;
    if !current.is_mapped() {
        demands.extend(contents.locks.creation_of(path));
        status = StatusCode::CREATED;
    }
    guard::require(contents, request, &current, status, &demands)?;
    Ok(status)
}

/// Returns what tells a folder from all others, whatever its name.
fn identity(folder: &Dir) -> io::Result<(u64, u64)> {
    let metadata = folder.dir_metadata()?;
    Ok((metadata.dev(), metadata.ino()))
}

/// Writes the content to the file, and makes sure that it is all that was announced. Returns its
/// digest.
fn receive(request: &Request, body: &mut Body, file: &mut TempFile<'_>) -> Result<Sha256, Refusal> {
    let (mut digest, mut length) = (Sha256::new(), 0_u64);
    while let Some(octets) = next(body)? {
        file.write_all(&octets)?;
        digest.update(&octets);
        length += octets.len() as u64;
    }
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.map(HeaderValue::as_bytes);
    if announced.is_some_and(|announced| announced != length.to_string().as_bytes()) {
        return Err(Refusal::bad_request("This is not all of the content."));
    }
    Ok(digest)
}

/// Waits for the next octets. A connection that ends early is an error, and no end of the content.
fn next(body: &mut Body) -> Result<Option<Bytes>, Refusal> {
    let incomplete = || Refusal::new(StatusCode::REQUEST_TIMEOUT, "The content has not arrived.");
    loop {
        let frame = async { timeout(STALLED, body.frame()).await };
        match Handle::current().block_on(frame) {
            Ok(None) => return Ok(None),
            Ok(Some(Ok(frame))) => {
                if let Ok(octets) = frame.into_data() {
                    return Ok(Some(octets));
                }
            }
            Ok(Some(Err(_))) | Err(_) => return Err(incomplete()),
        }
    }
}

fn drain(body: &mut Body) {
    let mut length = 0;
    while let (true, Ok(Some(octets))) = (length < DRAINED, next(body)) {
        length += octets.len();
    }
}

/// Responds to DELETE. If a member is locked, nothing is removed.
pub(crate) fn delete(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    let path = request.path();
    let current = contents.resource(path)?;
    if !current.is_mapped() {
        return Err(Refusal::not_found());
    }
    // The folder itself stays.
    parent_of(path)?;
    let depth = request.depth()?;
    if current.is_collection() && !matches!(depth, None | Some(Depth::Infinity)) {
        return Err(Refusal::bad_request(
            "A collection is deleted with its members.",
        ));
    }
    let demands = contents.locks.removal_of(path);
    guard::require(
        contents,
        request,
        &current,
        StatusCode::NO_CONTENT,
        &demands,
    )?;
    contents.folder.remove(path)?;
    contents.locks.remove_within(path);
    contents.properties.remove_within(path);
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Responds to MKCOL.
pub(crate) fn mkcol(
    contents: &mut Contents,
    request: &Request,
    body: &[u8],
) -> Result<Response, Refusal> {
    if !body.is_empty() {
        let text = "No content makes a collection.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, text));
    }
    let path = request.path();
    let kind = contents.folder.kind(path)?;
    if kind != Kind::Unmapped {
        return Err(Refusal::not_allowed(kind));
    }
    check_parent(contents, path)?;
    let current = contents.resource(path)?;
    let mut demands = contents.locks.creation_of(path);
    demands.extend(contents.locks.change_of(path));
    guard::require(contents, request, &current, StatusCode::CREATED, &demands)?;
    contents.folder.create_collection(path)?;
    Ok(empty(StatusCode::CREATED))
}

/// Returns an error unless a member of this name can be there.
pub(crate) fn check_parent(contents: &Contents, path: &ResourcePath) -> Result<(), Refusal> {
    match contents.folder.kind(&parent_of(path)?)? {
        Kind::Collection => Ok(()),
        Kind::File | Kind::Unmapped => Err(Refusal::no_collection()),
    }
}

fn place(path: &ResourcePath) -> Result<(ResourcePath, &str), Refusal> {
    let name = path.name().ok_or_else(Refusal::no_collection)?;
    Ok((parent_of(path)?, name))
}
