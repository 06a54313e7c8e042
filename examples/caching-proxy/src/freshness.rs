//! Freshness and storability: which responses may be stored, and how long they are fresh.
//!
//! `http-cache-semantics` decides both, and only these. It gets what it needs for them, and is kept
//! from what it does wrong:
//!
//! - Validation (`BeforeRequest::Stale`, `after_response`): it removes If-Range and keeps Range, it
//!   knows one stored response of the several that a 304 may be about, and it replaces the stored
//!   tag by that of the 304, which may make a weak tag strong.
//! - Vary: it compares the first line of a field only. `Stored::fits` compares all.
//! - A 206 is never storable for it. Here it judges a 206 as a 200: the rules are the same.
//! - The names of directives are compared with regard to case, so they come in lower case here. An
//!   Age of 2^64 - 1 makes it panic, so an Age beyond 32 bits becomes 2^31 (RFC 9111 §1.2.2).
//! - `max-stale` makes it use a response that has `no-cache`, `proxy-revalidate` or `s-maxage`.
//! - It does not know `stale-if-error` and `only-if-cached`, and does not read Date for the age.

use std::time::SystemTime;

use http_cache_semantics::{BeforeRequest, CacheOptions, CachePolicy};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, Response, StatusCode};

/// How long a stored response is fresh.
#[derive(Clone)]
pub(crate) struct Freshness {
    policy: CachePolicy,
    /// The response must not be used stale, whoever asks for it: RFC 9111 §4.2.4.
    forbids_stale: bool,
}

impl Freshness {
    /// Judges a response to a GET, for which the origin was asked at this time.
    pub(crate) fn new(
        request: &HeaderMap,
        status: StatusCode,
        response: &HeaderMap,
        asked: SystemTime,
    ) -> Self {
        let mut judged = Response::new(());
        *judged.status_mut() = match status {
            StatusCode::PARTIAL_CONTENT => StatusCode::OK,
            status => status,
        };
        judged.headers_mut().clone_from(response);
        let fields = judged.headers_mut();
        fields.remove(header::VARY);
        if response.contains_key(header::CACHE_CONTROL) {
            fields.insert(header::CACHE_CONTROL, value(&cache_control(response)));
        }
        let is_long = |age: &HeaderValue| {
            let age = age.as_bytes();
            age.iter().all(u8::is_ascii_digit) && age.len() > 9
        };
        if response.get(header::AGE).is_some_and(is_long) {
            fields.insert(header::AGE, HeaderValue::from(1_u32 << 31));
        }
        let options = CacheOptions::default();
        let policy = CachePolicy::new_options(&about(request, ""), &judged, asked, options);
        let forbids = |name: &&str| directive(response, name).is_some();
        let forbidding = [
            "must-revalidate",
            "no-cache",
            "proxy-revalidate",
            "s-maxage",
        ];
        let forbids_stale = forbidding.iter().any(forbids) || !policy.is_storable();
        Self {
            policy,
            forbids_stale,
        }
    }

    pub(crate) fn is_storable(&self) -> bool {
        self.policy.is_storable()
    }

    /// Returns the Age of the response, in seconds.
    pub(crate) fn age(&self, now: SystemTime) -> u64 {
        self.policy.age(now).as_secs()
    }

    /// Returns true if the response may be used for a request with these fields without asking the
    /// origin.
    pub(crate) fn is_fresh_for(&self, request: &HeaderMap, now: SystemTime) -> bool {
        self.is_usable(&about(request, ""), now)
    }

    /// Returns true if the response may be used in place of this 5xx, or of no response at all.
    /// (RFC 9111 §4.2.4, RFC 5861 §4)
    pub(crate) fn may_replace(
        &self,
        failure: Option<StatusCode>,
        request: &HeaderMap,
        response: &HeaderMap,
        now: SystemTime,
    ) -> bool {
        let allowed = match failure.map(|status| status.as_u16()) {
            None => Some("max-stale".to_owned()),
            Some(500 | 502 | 503 | 504) => {
                let stale_if_error = |fields| directive(fields, "stale-if-error");
                let seconds = stale_if_error(request).or_else(|| stale_if_error(response));
                seconds.map(|seconds| format!("max-stale={seconds}"))
            }
            Some(_) => None,
        };
        allowed.is_some_and(|allowed| self.is_usable(&about(request, &allowed), now))
    }

    fn is_usable(&self, request: &Request<()>, now: SystemTime) -> bool {
        let is_forbidden = self.forbids_stale && self.policy.is_stale(now);
        let before = self.policy.before_request(request, now);
        !is_forbidden && matches!(before, BeforeRequest::Fresh(_))
    }
}

/// Returns the argument of this directive of Cache-Control, which is empty if there is none.
pub(crate) fn directive(fields: &HeaderMap, name: &str) -> Option<String> {
    cache_control(fields).split(',').find_map(|directive| {
        let (key, argument) = directive.split_once('=').unwrap_or((directive, ""));
        (key.trim() == name).then(|| argument.trim().trim_matches('"').to_owned())
    })
}

/// Makes a request that has only the fields on which freshness depends, and this directive.
fn about(request: &HeaderMap, directive: &str) -> Request<()> {
    let mut about = Request::new(());
    let fields = about.headers_mut();
    for name in [header::AUTHORIZATION, header::PRAGMA] {
        if let Some(value) = request.get(&name) {
            fields.insert(name, value.clone());
        }
    }
    let directives = [directive, &cache_control(request)].join(", ");
    fields.insert(header::CACHE_CONTROL, value(&directives));
    about
}

/// Returns all lines of Cache-Control as one, in lower case and in ASCII.
fn cache_control(fields: &HeaderMap) -> String {
    let readable = |octet: &u8| match octet {
        b' '..=b'~' => char::from(octet.to_ascii_lowercase()),
        _ => '?',
    };
    let lines = fields.get_all(header::CACHE_CONTROL).iter();
    let lines = lines.map(|line| line.as_bytes().iter().map(readable).collect::<String>());
    lines.collect::<Vec<_>>().join(", ")
}

fn value(directives: &str) -> HeaderValue {
    // Not an error for what `cache_control` returns.
    HeaderValue::from_str(directives).unwrap_or(HeaderValue::from_static("no-store"))
}
