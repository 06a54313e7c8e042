//! A shared cache in memory, for one resource.

use http_preconditions::{
    HttpDate,
    cache::{
        HeadVerdict, Reuse, Validation, ValidationOutcome, evaluate_stored, invalidates,
        most_recent,
    },
    client::{DateTrust, ResponseValidators},
    range::{ByteRange, ContentRange},
};

use crate::message::{Fields, Request, Response};

struct Stored {
    status: u16,
    fields: Fields,
    content: Vec<u8>,
    first_date: Option<HttpDate>,
    /// When it was received, or last validated.
    fresh_from: i64,
    is_stale: bool,
}

impl Stored {
    fn validators(&self) -> ResponseValidators<'_> {
        let validators = self.fields.stored(self.status, self.first_date);
        validators.date_trust(DateTrust::SameClock)
    }
}

impl Stored {
    /// Keeps the first half only, as of a transfer that was cut.
    fn cut(&mut self) {
        let length = self.content.len() as u64;
        let Some(part) = ByteRange::new(0, (length / 2).saturating_sub(1)) else {
            return;
        };
        let Some(part) = ContentRange::new(part, Some(length)) else {
            return;
        };
        self.status = 206;
        self.fields.add("Content-Range", part.to_string());
        let length = part.range().expect("it has one").length();
        self.fields.remove("Content-Length");
        self.fields.add("Content-Length", length.to_string());
        self.content.truncate(length as usize);
    }
}

#[derive(Default)]
pub(crate) struct Cache {
    stored: Vec<Stored>,
    /// How many responses were stored.
    stores: u64,
    pub(crate) counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) served: u64,
    pub(crate) served_404: u64,
    pub(crate) served_ranges: u64,
    pub(crate) served_of_parts: u64,
    pub(crate) not_modified: u64,
    pub(crate) freshened: u64,
    pub(crate) forwarded_not_modified: u64,
    pub(crate) built_from_stored: u64,
    pub(crate) asked_again: u64,
    pub(crate) held_by_date: u64,
    pub(crate) head_stale: u64,
}

impl Cache {
    /// Forgets all, as a cache may at any time.
    pub(crate) fn evict(&mut self) {
        self.stored.clear();
    }

    pub(crate) fn answer(
        &mut self,
        request: &Request,
        now: i64,
        max_age: i64,
        origin: &mut dyn FnMut(&Request) -> Response,
    ) -> Response {
        let is_fresh = |stored: &Stored| !stored.is_stale && now - stored.fresh_from < max_age;
        let fresh: Vec<_> = (0..self.stored.len())
            .filter(|index| is_fresh(&self.stored[*index]))
            .collect();
        let latest = most_recent(fresh.iter().map(|index| {
            let validators = self.stored[*index].validators();
            validators.for_request(request.method, request.fields.lines())
        }));
        if let Some(response) = latest.and_then(|latest| self.reuse(request, fresh[latest])) {
            return response;
        }
        match request.method {
            "GET" => self.validate(request, now, origin),
            "HEAD" => self.head(request, now, origin),
            _ => {
                let response = origin(request);
                if invalidates(request.method, response.status) {
                    self.stored.clear();
                }
                response
            }
        }
    }

    /// What the request gets from a stored response, unless it has to be forwarded.
    fn reuse(&mut self, request: &Request, index: usize) -> Option<Response> {
        let stored = &self.stored[index];
        let validators = stored.validators();
        match evaluate_stored(request.method, request.fields.lines(), Some(&validators)) {
            Reuse::NotModified(decision) => {
                self.counts.not_modified += 1;
                let mut fields = stored.fields.clone();
                fields
                    .0
                    .retain(|(name, _)| decision.not_modified_keeps(name));
                Some(Response::new(304, fields))
            }
            Reuse::Serve => {
                self.counts.served += 1;
                let mut response = Response::of(stored.fields.clone(), &stored.content, None);
                response.status = stored.status;
                self.counts.served_404 += u64::from(stored.status == 404);
                if request.method == "HEAD" {
                    response.content.clear();
                }
                Some(response)
            }
            Reuse::Range(decision) => {
                self.counts.served_ranges += 1;
                let mut fields = stored.fields.clone();
                fields
                    .0
                    .retain(|(name, _)| decision.partial_content_keeps(name));
                let range = request.fields.get("Range");
                let response = Response::of(fields, &stored.content, range);
                assert_eq!(response.status, decision.status());
                Some(response)
            }
            Reuse::Part { decision, offset } => {
                self.counts.served_of_parts += 1;
                let mut fields = stored.fields.clone();
                fields
                    .0
                    .retain(|(name, _)| decision.partial_content_keeps(name));
                fields.remove("Content-Range");
                let part = decision.content_range().expect("it is a part");
                fields.add("Content-Range", part.to_string());
                let length = decision.range().expect("it is a part").length() as usize;
                let mut response = Response::new(decision.status(), fields);
                response.content = stored.content[offset as usize..][..length].to_vec();
                Some(response)
            }
            _ => None,
        }
    }

    /// Answers 304 to a client that holds what the origin has sent, by a date which the origin did
    /// not get.
    fn evaluate_new(&mut self, request: &Request, response: Response) -> Response {
        let new = response
            .fields
            .validators()
            .date_trust(DateTrust::SameClock);
        let new = new.status(response.status);
        match evaluate_stored(request.method, request.fields.lines(), Some(&new)) {
            Reuse::NotModified(decision) => {
                self.counts.held_by_date += 1;
                let mut fields = response.fields;
                fields
                    .0
                    .retain(|(name, _)| decision.not_modified_keeps(name));
                Response::new(304, fields)
            }
            _ => response,
        }
    }

    /// Demands that the origin has not sent what is stored with a validator that it was asked
    /// about.
    fn assert_needed(&self, request: &Request, response: &Response) {
        for stored in &self.stored {
            let holds = match (response.status, stored.status) {
                (200, 200) => stored.content == response.content,
                (206, 200 | 206) => {
                    let first = response.fields.first().checked_sub(stored.fields.first());
                    let from = first.and_then(|first| stored.content.get(first as usize..));
                    from.is_some_and(|from| from.starts_with(&response.content))
                }
                _ => false,
            };
            let is_needless = holds && stored.fields.shares_validator(&response.fields);
            assert!(
                !is_needless,
                "a needless transfer: {request:?} {response:?}"
            );
        }
    }

    /// Asks the origin with the validators of the client and of all that is stored.
    fn validate(
        &mut self,
        request: &Request,
        now: i64,
        origin: &mut dyn FnMut(&Request) -> Response,
    ) -> Response {
        let all: Vec<_> = self.stored.iter().map(Stored::validators).collect();
        let lines = request.fields.lines();
        let validation = Validation::new(request.method, lines, all.iter().copied());
        let mut sent = request.clone();
        sent.fields.0.retain(|(name, _)| !validation.replaces(name));
        sent.fields.send(validation.fields());
        let response = origin(&sent);
        let answer = response.fields.validators();
        let verdict = validation.outcome(response.status, &answer);
        let indices: Vec<_> = validation.freshened(response.status, &answer).collect();
        // What is stored is free to be changed again.
        drop(validation);
        for index in &indices {
            self.counts.freshened += 1;
            let stored = &mut self.stored[*index];
            stored.fields.update(&response.fields);
            stored.fresh_from = now;
            stored.is_stale = false;
        }
        // What was validated last is what is current.
        let validated = match verdict {
            ValidationOutcome::Stored(index) => Some(index),
            _ => indices.last().copied(),
        };
        if let Some(index) = validated {
            let stored = self.stored.remove(index);
            self.stored.push(stored);
        }
        match verdict {
            ValidationOutcome::NotModified => {
                self.counts.forwarded_not_modified += 1;
                response
            }
            ValidationOutcome::Stored(_) => {
                self.counts.built_from_stored += 1;
                // It is the last one now.
                let latest = self.stored.len() - 1;
                // A part whose version is not that of If-Range does not answer.
                match self.reuse(request, latest) {
                    Some(response) => response,
                    None => self.forward(request, now, origin),
                }
            }
            ValidationOutcome::Forward => {
                self.counts.asked_again += 1;
                self.forward(request, now, origin)
            }
            outcome => {
                self.assert_needed(request, &response);
                self.store(request, &response, now);
                match outcome {
                    ValidationOutcome::Response => self.evaluate_new(request, response),
                    _ => response,
                }
            }
        }
    }

    fn forward(
        &mut self,
        request: &Request,
        now: i64,
        origin: &mut dyn FnMut(&Request) -> Response,
    ) -> Response {
        let response = origin(request);
        self.store(request, &response, now);
        response
    }

    fn store(&mut self, request: &Request, response: &Response, now: i64) {
        if response.status == 404 {
            self.stored.clear();
        }
        if matches!(response.status, 200 | 206 | 404) && request.method == "GET" {
            if self.stored.len() == 3 {
                self.stored.remove(0);
            }
            let mut stored = Stored {
                status: response.status,
                first_date: response.fields.validators().first_date(),
                fields: response.fields.clone(),
                content: response.content.clone(),
                fresh_from: now,
                is_stale: false,
            };
            self.stores += 1;
            if self.stores % 4 == 0 && response.status == 200 {
                stored.cut();
            }
            self.stored.push(stored);
        }
    }

    fn head(
        &mut self,
        request: &Request,
        now: i64,
        origin: &mut dyn FnMut(&Request) -> Response,
    ) -> Response {
        let response = origin(request);
        if response.status != 200 {
            return response;
        }
        let head = response.fields.validators();
        for stored in &mut self.stored {
            match stored.validators().compared_with_head(&head) {
                HeadVerdict::Freshened => {
                    stored.fields.update(&response.fields);
                    stored.fresh_from = now;
                }
                HeadVerdict::Different => {
                    self.counts.head_stale += 1;
                    stored.is_stale = true;
                }
                HeadVerdict::TellsNothing => {}
            }
        }
        response
    }
}
