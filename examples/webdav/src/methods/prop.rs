//! PROPFIND and PROPPATCH.

use std::collections::BTreeSet;

use axum::response::Response;
use http::StatusCode;

use crate::folder::Kind;
use crate::guard;
use crate::methods::multi_status;
use crate::multistatus::{About, PropStat, property};
use crate::path::ResourcePath;
use crate::properties::{is_live, live, live_names};
use crate::refusal::{Refusal, Violated};
use crate::request::{Depth, Request};
use crate::store::{Contents, Resource};
use crate::xml::{self, Name, Update, Wanted};

/// Responds to PROPFIND.
///
/// Depth infinity is refused, which RFC 4918 §9.1 allows: the tag of a file is a digest, so that one
/// request would read all that is in the folder, and keep everybody else out meanwhile.
pub(crate) fn propfind(
    contents: &mut Contents,
    request: &Request,
    body: &[u8],
) -> Result<Response, Refusal> {
    let wanted = xml::propfind(body)?;
    let path = request.path();
    let resource = contents.resource(path)?;
    if !resource.is_mapped() {
        return Err(Refusal::not_found());
    }
    let depth = request.depth()?.unwrap_or(Depth::Infinity);
    if depth == Depth::Infinity && resource.is_collection() {
        let violated = Violated::PropfindFiniteDepth;
        return Err(Refusal::violated(StatusCode::FORBIDDEN, violated, &[]));
    }
    guard::require(contents, request, &resource, StatusCode::MULTI_STATUS, &[])?;

    let about = find(contents, path, &resource, &wanted);
    let mut responses = vec![(path.href(resource.is_collection()), about)];
    if depth == Depth::One && resource.is_collection() {
        for (name, kind) in contents.folder.members(path)? {
            let member = path.member(&name);
            let about = match contents.resource(&member) {
                // Another program has removed it.
                Ok(Resource::Unmapped) => continue,
                Ok(resource) => find(contents, &member, &resource, &wanted),
                Err(error) => About::Status(Refusal::from(error).into_response().status()),
            };
            responses.push((member.href(kind == Kind::Collection), about));
        }
    }
    Ok(multi_status(&responses))
}

fn find(contents: &Contents, path: &ResourcePath, resource: &Resource, wanted: &Wanted) -> About {
    let dead = contents.properties.of(path);
    let all = || -> BTreeSet<Name> { live_names().chain(dead.keys().cloned()).collect() };
    let (names, asked) = match wanted {
        Wanted::Names | Wanted::All(_) => (all(), false),
        Wanted::Only(names) => (names.iter().cloned().collect(), true),
    };
    let included = match wanted {
        Wanted::All(included) => included.as_slice(),
        _ => &[],
    };
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in names
        .iter()
        .chain(included.iter().filter(|name| !names.contains(name)))
    {
        let value = dead.get(name).cloned();
        match value.or_else(|| live(name, path, resource, contents)) {
            Some(_) if *wanted == Wanted::Names => found.push(property(name, |_| Ok(()))),
            Some(value) => found.push(value),
            // A live property that this kind of resource does not have.
            None if !asked && !included.contains(name) => {}
            None => missing.push(property(name, |_| Ok(()))),
        }
    }
    let stat = |status, properties| PropStat {
        status,
        properties,
        violated: None,
    };
    let mut stats = Vec::new();
    if !found.is_empty() || missing.is_empty() {
        stats.push(stat(StatusCode::OK, found));
    }
    if !missing.is_empty() {
        stats.push(stat(StatusCode::NOT_FOUND, missing));
    }
    About::Properties(stats)
}

/// Responds to PROPPATCH: all instructions are carried out, or none.
pub(crate) fn proppatch(
    contents: &mut Contents,
    request: &Request,
    body: &[u8],
) -> Result<Response, Refusal> {
    let updates = xml::proppatch(body)?;
    let path = request.path();
    let resource = contents.resource(path)?;
    if !resource.is_mapped() {
        return Err(Refusal::not_found());
    }
    let demands = contents.locks.change_of(path);
    guard::require(
        contents,
        request,
        &resource,
        StatusCode::MULTI_STATUS,
        &demands,
    )?;

    let mut properties = contents.properties.of(path);
    let (mut done, mut protected) = (BTreeSet::new(), BTreeSet::new());
    for update in updates {
        let (Update::Set(name, _) | Update::Remove(name)) = &update;
        if is_live(name) {
            protected.insert(name.clone());
            continue;
        }
        done.insert(name.clone());
        match update {
            Update::Set(name, value) => properties.insert(name, value),
            Update::Remove(name) => properties.remove(&name),
        };
    }
    let stat = |status, names: &BTreeSet<Name>, violated| PropStat {
        status,
        properties: names
            .iter()
            .map(|name| property(name, |_| Ok(())))
            .collect(),
        violated,
    };
    let stats = if !protected.is_empty() {
        let violated = Some("D:cannot-modify-protected-property");
        let refused = stat(StatusCode::FORBIDDEN, &protected, violated);
        let others = stat(StatusCode::FAILED_DEPENDENCY, &done, None);
        [refused, others]
            .into_iter()
            .filter(|stat| !stat.properties.is_empty())
            .collect()
    } else if contents.properties.replace(path, properties).is_ok() {
        vec![stat(StatusCode::OK, &done, None)]
    } else {
        vec![stat(StatusCode::INSUFFICIENT_STORAGE, &done, None)]
    };
    let href = path.href(resource.is_collection());
    Ok(multi_status(&[(href, About::Properties(stats))]))
}
