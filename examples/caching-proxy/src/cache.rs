//! The decisions: which stored response answers a request, what the origin is asked, and what
//! becomes of its response. The numbers are the steps of the guide of
//! [`http_preconditions::cache`].

use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Result;
use http_body_util::{BodyExt as _, Empty};
use http_preconditions::cache::{ResponseValidators, Validation, ValidationOutcome, invalidates};
use hyper::body::{Body as _, Incoming};
use hyper::{Method, Request, Response, StatusCode, header};

use crate::answer::{Body, latest, reuse, stale, without_content};
use crate::asked::Asked;
use crate::freshness::directive;
use crate::origin::{Origin, add_via, end_to_end};
use crate::store::{Found, Store};
use crate::stored::Stored;
use crate::transfer::{Arriving, Transfer};

/// The cache of one origin.
pub(crate) struct Cache {
    origin: Origin,
    pub(crate) store: Arc<Store>,
}

impl Cache {
    pub(crate) fn new(origin: Origin) -> Self {
        let store = Arc::default();
        Self { origin, store }
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let (head, content) = request.into_parts();
        let asked = Asked {
            target: head
                .uri
                .path_and_query()
                .map_or("/", |target| target.as_str())
                .to_owned(),
            fields: end_to_end(&head.headers),
            method: head.method,
            at: SystemTime::now(),
        };
        // The content of a request is gone once it is sent, and a validation may send it twice.
        let is_read = matches!(asked.method, Method::GET | Method::HEAD)
            && content.is_end_stream()
            && directive(&asked.fields, "no-store").is_none();
        let answered = if is_read {
            self.read(&asked).await
        } else {
            self.pass_through(&asked, content).await
        };
        let mut response = answered.unwrap_or_else(|error| {
            let status = if error.is::<hyper_util::client::legacy::Error>() {
                StatusCode::BAD_GATEWAY
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            };
            asked.log(&format!("failed, {error:#}"), status);
            without_content(status)
        });
        add_via(response.headers_mut());
        response
    }

    /// Step 1: sends a request that no stored response answers, and drops what it may have changed.
    async fn pass_through(&self, asked: &Asked, content: Incoming) -> Result<Response<Body>> {
        let fields = asked.fields.clone();
        let response = self
            .origin
            .send(asked, fields, content.boxed_unsync())
            .await?;
        if invalidates(&asked.method, response.status().as_u16()) {
            self.store.remove(&asked.target);
            for name in [header::LOCATION, header::CONTENT_LOCATION] {
                let named = response.headers().get(name);
                if let Some(target) = named.and_then(|value| self.origin.target(asked, value)) {
                    self.store.remove(&target);
                }
            }
        }
        Ok(self.pass_on(asked, None, response, "passed through"))
    }

    /// Steps 2 and 3: answers from a fresh stored response, or asks the origin.
    async fn read(&self, asked: &Asked) -> Result<Response<Body>> {
        let found = self.store.select(&asked.target, &asked.fields);
        let is_fresh = |stored: &Stored| stored.is_fresh_for(&asked.fields, asked.at);
        let fresh = latest(asked, &found, is_fresh);
        let reused = fresh.map(|stored| reuse(asked, stored, "fresh"));
        if let Some(response) = reused.transpose()?.flatten() {
            return Ok(response);
        }
        if directive(&asked.fields, "only-if-cached").is_some() {
            let status = StatusCode::GATEWAY_TIMEOUT;
            asked.log("not stored", status);
            return Ok(without_content(status));
        }
        match fresh {
            Some(_) => self.forward(asked, &found).await,
            None => self.validate(asked, found).await,
        }
    }

    /// Steps 4 to 6: asks the origin for the client and about what is stored.
    async fn validate(&self, asked: &Asked, mut found: Found) -> Result<Response<Body>> {
        let responses = found.responses.clone();
        let validators: Vec<_> = responses.iter().map(|stored| stored.validators()).collect();
        let stored = validators.iter().copied();
        let validation = Validation::new(&asked.method, &asked.fields, stored);
        let mut fields = asked.fields.clone();
        validation.apply(&mut fields)?;
        let part = found.to_complete(asked);
        let range = part.as_ref().and_then(|part| part.resumed());
        for (name, value) in range.into_iter().flatten() {
            fields.try_insert(name, value)?;
        }
        let response = match self.origin.send(asked, fields, nothing()).await {
            Ok(response) => response,
            Err(error) => return stale(asked, &found, None)?.ok_or_else(|| error.into()),
        };
        let status = response.status();
        if let Some(part) = part
            && matches!(
                status,
                StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE
            )
        {
            return self.complete(asked, &found, &part, response).await;
        }
        let answer = ResponseValidators::from_fields(response.headers());
        for index in validation.freshened(status.as_u16(), &answer) {
            let stored = &mut found.responses[index];
            *stored = self.freshen(asked, stored, response.headers())?;
        }
        match validation.outcome(status.as_u16(), &answer) {
            ValidationOutcome::Stored(index) => {
                match reuse(asked, &found.responses[index], "validated")? {
                    Some(response) => Ok(response),
                    None => self.forward(asked, &found).await,
                }
            }
            ValidationOutcome::Forward => self.forward(asked, &found).await,
            ValidationOutcome::Failed => Ok(match stale(asked, &found, Some(status))? {
                Some(stale) => stale,
                None => self.pass_on(asked, Some(&found), response, "failed"),
            }),
            // Step 7, also of a 304 that is the client's: it is not storable.
            _ => Ok(self.pass_on(asked, Some(&found), response, "from the origin")),
        }
    }

    /// Sends the client a stored part and the bytes that the origin sends for the rest. If they do
    /// not belong together, sends the request as it is.
    async fn complete(
        &self,
        asked: &Asked,
        found: &Found,
        part: &Arc<Stored>,
        response: Response<Incoming>,
    ) -> Result<Response<Body>> {
        let (head, content) = response.into_parts();
        if let Some(whole) = part.completed_by(asked, &head) {
            return Ok(self.arrive(asked, found.time, whole, content, "completed"));
        }
        // Otherwise the next request would ask for the rest again.
        self.store.replace(&asked.target, part, part.outdated());
        self.forward(asked, found).await
    }

    /// Sends the request as it is.
    async fn forward(&self, asked: &Asked, found: &Found) -> Result<Response<Body>> {
        let response = self
            .origin
            .send(asked, asked.fields.clone(), nothing())
            .await?;
        Ok(self.pass_on(asked, Some(found), response, "forwarded"))
    }

    /// Step 7: sends the response of the origin on to the client, and stores what arrives if that
    /// is allowed. `found` is what the store had when the origin was asked.
    fn pass_on(
        &self,
        asked: &Asked,
        found: Option<&Found>,
        response: Response<Incoming>,
        what: &str,
    ) -> Response<Body> {
        let (head, content) = response.into_parts();
        let compared = found.map_or(&[][..], |found| &found.responses);
        self.compare(asked, compared, head.status, &head.headers);
        let mut arriving = Arriving::new(asked, head);
        arriving.stored = arriving.stored.filter(|_| found.is_some());
        let time = found.map_or(0, |found| found.time);
        self.arrive(asked, time, arriving, content, what)
    }

    /// Sends the response on, and stores it when its content is there.
    fn arrive(
        &self,
        asked: &Asked,
        time: u64,
        arriving: Arriving,
        content: Incoming,
        what: &str,
    ) -> Response<Body> {
        let Arriving {
            head,
            stored,
            held,
            skip,
        } = arriving;
        let line = asked.line(what, head.status);
        let (store, target) = (Arc::clone(&self.store), asked.target.clone());
        let is_collected = stored.is_some();
        let transfer = Transfer::new(held, skip, content, is_collected, move |arrived| {
            eprintln!("{line}, {} octets from the origin", arrived.octets);
            let Some((stored, content)) = stored.zip(arrived.content) else {
                return;
            };
            if let Some(stored) = stored.with_content(content, arrived.is_whole) {
                store.insert(target, time, stored);
            }
        });
        Response::from_parts(head, transfer.boxed_unsync())
    }
}

fn nothing() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}
