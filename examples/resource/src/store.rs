//! All resources behind one lock, and the exchange of a request for an answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::{BufMut, Bytes, BytesMut};
use http_preconditions::{Evaluation, HttpDate, Outcome};

use crate::answer::{Answer, TEXT};
use crate::parts::Parts;
use crate::resource::{Kind, LAST_MODIFIED, Resource, Validator, Version};

/// The resources that exist from the start, and how they differ.
const RESOURCES: [(&str, Kind); 8] = [
    ("/strong", Kind::STRONG),
    (
        "/weak-tag",
        Kind {
            etag: Validator::Weak,
            ..Kind::STRONG
        },
    ),
    (
        "/no-tag",
        Kind {
            etag: Validator::None,
            ..Kind::STRONG
        },
    ),
    (
        "/no-date",
        Kind {
            last_modified: Validator::None,
            ..Kind::STRONG
        },
    ),
    (
        "/neither",
        Kind {
            etag: Validator::None,
            last_modified: Validator::None,
            ..Kind::STRONG
        },
    ),
    (
        "/weak-date",
        Kind {
            last_modified: Validator::Weak,
            ..Kind::STRONG
        },
    ),
    (
        "/no-ranges",
        Kind {
            ranges: false,
            ..Kind::STRONG
        },
    ),
    ("/guarded", GUARDED),
];

/// The resources that can be created.
const MISSING: [(&str, Kind); 2] = [("/missing", Kind::STRONG), ("/guarded-missing", GUARDED)];

const GUARDED: Kind = Kind {
    guarded: true,
    ..Kind::STRONG
};

/// A request, as far as it is the same in every framework.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// In the case in which it came: methods are case-sensitive (RFC 9110 §9.1).
    pub method: &'a str,
    /// Without the query.
    pub path: &'a str,
    /// The value of `Range`, where it has one. Of several lines it is any, since none of them is
    /// honoured.
    pub range: Option<&'a [u8]>,
    /// All of it.
    pub content: Bytes,
}

/// The resources of a server: each path has one, in a state of its own.
#[derive(Debug)]
pub struct Store(Mutex<BTreeMap<&'static str, Resource>>);

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Store {
    /// The resources as they are when a server starts, 1000 octets each: a hundred lines, each of
    /// which begins with the offset at which it begins.
    ///
    /// # Panics
    ///
    /// Never: the date of the first versions is one.
    #[must_use]
    pub fn new() -> Self {
        let lines: Vec<String> = (0..100).map(|line| format!("{:09}\n", line * 10)).collect();
        let content = Bytes::from(lines.concat());
        let date = HttpDate::from_unix(LAST_MODIFIED).expect("it is a date");
        let exists = RESOURCES.map(|(path, kind)| {
            let mut resource = Resource::missing(kind);
            resource.write(content.clone(), date);
            (path, resource)
        });
        let missing = MISSING.map(|(path, kind)| (path, Resource::missing(kind)));
        Self(Mutex::new(exists.into_iter().chain(missing).collect()))
    }

    /// The current version of a resource, as it is at this moment and maybe no longer.
    #[must_use]
    pub fn current(&self, path: &str) -> Option<Version> {
        let resources = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        resources.get(path)?.current().cloned()
    }

    /// Answers a request, and performs its method if its conditions allow.
    ///
    /// `feed` puts the header fields into the evaluation, in whatever way the framework has them.
    /// It runs under the lock, and so does the method: what the conditions were found true of is
    /// what is written over, and of two writers with one tag the second gets 412.
    pub fn exchange(
        &self,
        request: &Request<'_>,
        feed: impl FnOnce(&mut Evaluation<'_>),
    ) -> Answer {
        let mut resources = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(resource) = resources.get_mut(request.path) else {
            return Answer::not_found();
        };
        let current = resource.current().cloned();
        let representation = current.as_ref().map(Version::representation);

        let status = unconditional_status(request.method, current.is_some());
        let mut evaluation = Evaluation::new(request.method, representation.as_ref())
            .unconditional_status(status)
            .now(now());
        if resource.kind().guarded && !matches!(request.method, "GET" | "HEAD") {
            evaluation = evaluation.require_precondition();
        }
        feed(&mut evaluation);
        let decision = evaluation.decide();

        match (decision.outcome(), current) {
            (Outcome::Perform, Some(current)) if matches!(request.method, "GET" | "HEAD") => {
                let range = request.range.unwrap_or_default();
                let parts = Parts::of(&decision, range, current.content(), TEXT);
                match parts {
                    Some(parts) => Answer::partial(&decision, &current, request.path, parts),
                    None => Answer::whole(&current, request.path),
                }
            }
            (Outcome::Perform, current) => perform(resource, request, status, current.as_ref()),
            (Outcome::NotModified, Some(current)) => {
                Answer::not_modified(&decision, &current, request.path)
            }
            _ => Answer::refusal(&decision),
        }
    }
}

/// What the answer is without any condition (RFC 9110 §9.3).
fn unconditional_status(method: &str, exists: bool) -> u16 {
    match (method, exists) {
        ("GET" | "HEAD", true) => 200,
        ("PUT", false) => 201,
        ("PUT" | "DELETE" | "POST", true) | ("OPTIONS", _) => 204,
        ("GET" | "HEAD" | "DELETE" | "POST", false) => 404,
        _ => 405,
    }
}

/// Does what a method other than GET and HEAD asks for. POST appends.
fn perform(
    resource: &mut Resource,
    request: &Request<'_>,
    status: u16,
    current: Option<&Version>,
) -> Answer {
    let content = match request.method {
        "PUT" => request.content.clone(),
        "POST" => {
            let mut content = BytesMut::new();
            content.extend(current.map(|current| current.content().clone()));
            content.put(request.content.clone());
            content.freeze()
        }
        "DELETE" => {
            resource.delete();
            return Answer::empty(status);
        }
        _ => return Answer::options(status),
    };
    Answer::written(status, resource.write(content, now()))
}

/// The time of day, in seconds.
pub(crate) fn now() -> HttpDate {
    HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::MAX)
}
