//! All resources behind one lock, and the exchange of a request for an answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::{BufMut, Bytes, BytesMut};
use http_preconditions::{Evaluation, HttpDate, Options};

use crate::answer::Answer;
use crate::resource::{Kind, LAST_MODIFIED, Resource, Validator, Version};

/// The resources that exist from the start, and how they differ. With If-Unmodified-Since as the
/// only guard of a write, the second of two writers within a second overwrites the first, whose
/// date is the same (RFC 9110 §8.8.2.2); `/guarded` and `/guarded-missing` do not take it for one.
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
    /// `path` has no query. `lines` are the header fields, in the way in which the framework has
    /// them. `content` is all of it, as [`check_length`](crate::check_length) makes sure where the
    /// framework does not.
    ///
    /// The conditions are evaluated under the lock under which the method is performed: what they
    /// were found true of is what is written over, and of two writers with one tag the second gets
    /// 412.
    pub fn exchange<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        method: &str,
        path: &str,
        lines: impl IntoIterator<Item = (N, V)> + Clone,
        content: Bytes,
    ) -> Answer {
        let mut resources = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(resource) = resources.get_mut(path) else {
            return Answer::not_found();
        };
        let current = resource.current().cloned();
        let representation = current.as_ref().map(Version::representation);

        let is_part = value(lines.clone(), "Content-Range").is_some();
        let status = unconditional_status(method, current.is_some(), is_part);
        let mut options = Options::new().unconditional_status(status).now(now());
        if resource.kind().guarded && matches!(method, "PUT" | "DELETE" | "POST") {
            options = options.require_if_match();
        }
        let evaluation = Evaluation::with_options(method, representation.as_ref(), options);
        let decision = evaluation.fields(lines.clone()).decide();

        // Of several lines it is any, since none of them is honoured.
        let range = value(lines, "Range");
        let range = range.as_ref().map_or(b"".as_slice(), AsRef::as_ref);
        let plan = decision.plan().range(range);
        let is_read = matches!(method, "GET" | "HEAD");
        match (plan.go_on(), current) {
            (_, Some(current)) if is_read && matches!(plan.status(), 200 | 206 | 304 | 416) => {
                Answer::planned(&plan, &current, path)
            }
            (Ok(()), current) => perform(resource, method, content, status, current.as_ref()),
            (Err(_), _) => Answer::refusal(&decision),
        }
    }
}

/// The value of the first line with this name.
fn value<N: AsRef<[u8]>, V>(lines: impl IntoIterator<Item = (N, V)>, name: &str) -> Option<V> {
    let is = |known: &N| known.as_ref().eq_ignore_ascii_case(name.as_bytes());
    let line = lines.into_iter().find(|(known, _)| is(known));
    line.map(|(_, value)| value)
}

/// What the answer is without any condition (RFC 9110 §9.3).
fn unconditional_status(method: &str, exists: bool, is_part: bool) -> u16 {
    match (method, exists) {
        // §14.5: what is sent is a part, and would be stored as the whole.
        ("PUT", _) if is_part => 400,
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
    method: &str,
    content: Bytes,
    status: u16,
    current: Option<&Version>,
) -> Answer {
    let content = match method {
        "PUT" => content,
        "POST" => {
            let mut all = BytesMut::new();
            all.extend(current.map(|current| current.content().clone()));
            all.put(content);
            all.freeze()
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

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sat, 29 Oct 1994 19:43:31 GMT";

    const ANOTHER: Bytes = Bytes::from_static(b"another");

    /// Two writes of one second have one date: what it lets through may be a version that the
    /// client has not seen (RFC 9110 §8.8.2.2).
    #[test]
    fn what_is_guarded_is_guarded_by_a_tag() {
        for (path, field, value, status) in [
            ("/guarded", "If-Match", "\"v1\"", 204),
            ("/guarded", "If-Match", "*", 204),
            ("/guarded", "If-Match", "\"v0\"", 412),
            ("/guarded", "If-Unmodified-Since", DATE, 428),
            ("/guarded", "If-None-Match", "\"v0\"", 428),
            ("/guarded-missing", "If-None-Match", "*", 201),
            ("/guarded-missing", "If-Unmodified-Since", DATE, 201),
            ("/strong", "If-Unmodified-Since", DATE, 204),
        ] {
            for method in ["PUT", "DELETE", "POST"] {
                let store = Store::new();
                let answer = store.exchange(method, path, [(field, value)], ANOTHER);
                let expected = match (method, path) {
                    ("DELETE" | "POST", "/guarded-missing") => 404,
                    _ => status,
                };
                let context = format!("{method} {path} {field}: {value}");
                assert_eq!(answer.status, expected, "{context}");
                let current = store.current(path).map(|version| version.content().clone());
                let before = Store::new().current(path);
                let unchanged = current == before.map(|version| version.content().clone());
                assert_eq!(unchanged, status >= 400 || expected == 404, "{context}");
            }
        }
    }

    /// RFC 9110 §14.5, whatever the conditions (§13.2.1).
    #[test]
    fn a_part_is_not_stored_as_the_whole() {
        for (method, path, content_range, status) in [
            ("PUT", "/strong", Some("bytes 0-6/1000"), 400),
            ("PUT", "/missing", Some("bytes 0-6/1000"), 400),
            ("PUT", "/strong", Some(""), 400),
            ("PUT", "/strong", None, 204),
            ("GET", "/strong", Some("bytes 0-6/1000"), 200),
        ] {
            for if_match in [None, Some("\"v0\"")] {
                let store = Store::new();
                let content_range = content_range.map(|value| ("Content-Range", value));
                let if_match_line = if_match.map(|tag| ("If-Match", tag));
                let lines = content_range.into_iter().chain(if_match_line);
                let answer = store.exchange(method, path, lines, ANOTHER);
                let expected = match (status, if_match) {
                    (200 | 204, Some(_)) => 412,
                    (status, _) => status,
                };
                let context = format!("{method} {path} {content_range:?} {if_match:?}");
                assert_eq!(answer.status, expected, "{context}");
                if status == 400 {
                    let exists = path == "/strong";
                    let length = store.current(path).map(|version| version.content().len());
                    assert_eq!(length, exists.then_some(1000), "{context}");
                }
            }
        }
    }
}
