//! COPY and MOVE.

use axum::response::Response;
use http::StatusCode;

use crate::guard;
use crate::locks::Demand;
use crate::methods::empty;
use crate::methods::write::check_parent;
use crate::path::ResourcePath;
use crate::refusal::{Refusal, parent_of};
use crate::request::{Depth, Request};
use crate::store::{Contents, Resource};

/// The kind of transfer: which part of the source is taken, and whether the source stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transfer {
    CopyResource,
    CopyAll,
    Move,
}

/// Responds to COPY.
pub(crate) fn copy(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    let transfer = match request.depth()? {
        Some(Depth::Zero) => Transfer::CopyResource,
        None | Some(Depth::Infinity) => Transfer::CopyAll,
        Some(Depth::One) => return Err(Refusal::bad_request("Depth of COPY is 0 or infinity.")),
    };
    answer(contents, request, transfer)
}

/// Responds to MOVE.
pub(crate) fn move_(contents: &mut Contents, request: &Request) -> Result<Response, Refusal> {
    match request.depth()? {
        None | Some(Depth::Infinity) => answer(contents, request, Transfer::Move),
        Some(_) => Err(Refusal::bad_request("Depth of MOVE is infinity.")),
    }
}

fn answer(
    contents: &mut Contents,
    request: &Request,
    transfer: Transfer,
) -> Result<Response, Refusal> {
    let (from, to) = (request.path(), &request.destination()?);
    let overwrite = request.overwrite()?;
    let source = contents.resource(from)?;
    if !source.is_mapped() {
        return Err(Refusal::not_found());
    }
    // A collection cannot be its own member, and to replace a collection would remove a source within
    // it.
    if to.is_within(from) || from.is_within(to) {
        let text = "One of source and destination is within the other.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, text));
    }
    parent_of(from)?;
    check_parent(contents, to)?;
    let destination = contents.resource(to)?;
    let status = match (destination.is_mapped(), overwrite) {
        (false, _) => StatusCode::CREATED,
        (true, true) => StatusCode::NO_CONTENT,
        (true, false) => StatusCode::PRECONDITION_FAILED,
    };
    let demands = demands(contents, from, to, &destination, transfer);
    guard::require(contents, request, &source, status, &demands)?;
    if status == StatusCode::PRECONDITION_FAILED {
        return Err(Refusal::new(status, "The destination exists."));
    }
    match transfer {
        Transfer::Move => {
            contents.folder.rename(from, to)?;
            contents.properties.rename(from, to);
            // A lock does not move, and the one at the destination was that of another resource
            // (RFC 4918 §7.6, §9.9.3).
            contents.locks.remove_within(from);
            contents.locks.remove_within(to);
        }
        Transfer::CopyResource | Transfer::CopyAll => {
            let with_members = transfer == Transfer::CopyAll;
            let copies = contents.properties.copies(from, to, with_members)?;
            contents.folder.copy(from, to, with_members)?;
            contents.properties.replace_within(to, copies);
            contents.locks.remove_below(to);
        }
    }
    Ok(empty(status))
}

/// Returns the locks of all that changes: the destination, and the source of a MOVE (§7.5.1).
fn demands(
    contents: &Contents,
    from: &ResourcePath,
    to: &ResourcePath,
    destination: &Resource,
    transfer: Transfer,
) -> Vec<Demand> {
    let locks = &contents.locks;
    let mut demands = locks.replacement_of(to);
    // A MOVE deletes what it overwrites, which is another change of the members (§9.9.3).
    if !destination.is_mapped() || transfer == Transfer::Move {
        demands.extend(locks.creation_of(to));
    }
    if transfer == Transfer::Move {
        demands.extend(locks.removal_of(from));
    }
    demands
}
