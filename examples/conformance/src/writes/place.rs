//! The resource that is written: its state, and how it gets into another.

use std::time::SystemTime;

use http_preconditions::{EntityTag, HttpDate};

use crate::case::Need;
use crate::target::Target;
use crate::template::Template;
use crate::wire::{Request, Response, Wire};
use crate::writes::case::Start;

/// A resource at one moment.
#[derive(Clone, Debug)]
pub(super) struct State {
    response: Option<Response>,
}

impl State {
    pub(super) const fn exists(&self) -> bool {
        self.response.is_some()
    }

    pub(super) fn content(&self) -> Option<&[u8]> {
        Some(&self.response.as_ref()?.content)
    }

    pub(super) fn etag(&self) -> Option<EntityTag<'_>> {
        EntityTag::parse(self.response.as_ref()?.value("ETag")?).ok()
    }

    pub(super) fn last_modified(&self) -> Option<HttpDate> {
        HttpDate::parse(self.response.as_ref()?.value("Last-Modified")?).ok()
    }

    pub(super) fn template(&self) -> Template<'_> {
        let now = HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::ASSUMED_NOW);
        Template {
            etag: self.etag(),
            coded: None,
            last_modified: self.last_modified(),
            length: self.content().map_or(0, <[u8]>::len),
            now,
        }
    }

    pub(super) fn lacks(&self, need: Need) -> Option<&'static str> {
        let (is_met, reason) = match need {
            Need::StrongTag if self.etag().is_none() => (false, "no ETag"),
            Need::Tag => (self.etag().is_some(), "no ETag"),
            Need::StrongTag => (
                self.etag().is_some_and(|tag| !tag.is_weak()),
                "no strong ETag",
            ),
            Need::Date => (self.last_modified().is_some(), "no Last-Modified"),
            _ => (false, "not known of a resource that is written"),
        };
        (!is_met).then_some(reason)
    }
}

/// The resource that is written, which did not exist before.
#[derive(Debug)]
pub(super) struct Place<'w> {
    wire: &'w Wire,
    path: String,
    url: String,
    written: usize,
    demands_if_match: bool,
}

impl<'w> Place<'w> {
    /// Creates the resource and deletes it, to see that both works.
    pub(super) fn prepare(wire: &'w Wire, target: &Target) -> Result<Self, String> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let number = now.map_or(0, |now| now.as_millis());
        let target = if target.is_folder() {
            target.beside(&format!("conformance-{number}.txt"))?
        } else {
            target.clone()
        };
        let mut place = Self {
            wire,
            path: target.path(),
            url: target.to_string(),
            written: 0,
            demands_if_match: false,
        };
        if place.state()?.exists() {
            let url = place.url;
            return Err(format!(
                "--writes {url}: it exists, and would be overwritten"
            ));
        }
        place.reach(Start::Exists)?;
        let unguarded = Request::new("PUT", &place.path, Vec::new()).content(&place.content());
        place.demands_if_match = place.send(&unguarded)?.status == 428;
        place.reach(Start::Absent)?;
        Ok(place)
    }

    pub(super) const fn wire(&self) -> &'w Wire {
        self.wire
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether a PUT without a condition gets 428 (RFC 6585 §3).
    pub(super) const fn demands_if_match(&self) -> bool {
        self.demands_if_match
    }

    /// New content, of the same length each time.
    pub(super) fn content(&mut self) -> Vec<u8> {
        self.written += 1;
        format!("written by a test of conditions, {:06}\n", self.written).into_bytes()
    }

    fn send(&self, request: &Request) -> Result<Response, String> {
        let url = &self.url;
        let response = self.wire.exchange(request);
        response.map_err(|fault| format!("{} {url}: {fault}", request.method))
    }

    /// The state now.
    pub(super) fn state(&self) -> Result<State, String> {
        let response = self.send(&Request::new("GET", &self.path, Vec::new()))?;
        match response.status {
            200 => Ok(State {
                response: Some(response),
            }),
            404 | 410 => Ok(State { response: None }),
            status => Err(format!(
                "GET {}: expected 200 or 404, got {status}",
                self.url
            )),
        }
    }

    /// Creates the resource or deletes it, if it is in the other state.
    pub(super) fn reach(&mut self, start: Start) -> Result<State, String> {
        let state = self.state()?;
        let request = match start {
            Start::Exists if !state.exists() => {
                Request::new("PUT", &self.path, Vec::new()).content(&self.content())
            }
            Start::Absent if state.exists() => Request::new("DELETE", &self.path, Vec::new()),
            _ => return Ok(state),
        };
        let mut status = self.send(&request)?.status;
        if status == 428 {
            let fields = state.template().fields(&["If-Match: {tag}"]);
            status = self
                .send(&Request {
                    fields,
                    ..request.clone()
                })?
                .status;
        }
        let reached = self.state()?;
        if reached.exists() == state.exists() {
            let (method, url) = (request.method, &self.url);
            return Err(format!("--writes {url}: {method} has no effect ({status})"));
        }
        Ok(reached)
    }
}
