//! One download, in as many exchanges as it takes.

use std::io::Read as _;

use http_preconditions::{
    cache::{CacheKind, ValidationOutcome, update_stored},
    client::{PartialResponse, ResponseValidators, Resume, UnsatisfiedRange},
    range::ContentRange,
};
use ureq::http::{HeaderMap, HeaderValue, Response, header};
use ureq::{Agent, Body};

use crate::store::{Arrived, Store, Stored, copy};

pub(crate) struct Download<'a> {
    agent: Agent,
    url: &'a str,
    store: Store,
}

pub(crate) enum Outcome {
    Content(Vec<u8>),
    /// The server has none for us.
    Nothing,
    /// The next run goes on.
    Cut,
}

/// What to do after an exchange.
enum Next {
    Done(Outcome),
    /// What was stored is of no use: ask for all of it.
    Whole,
}

impl<'a> Download<'a> {
    pub(crate) fn new(url: &'a str, store: Store) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0);
        Self {
            agent: config.build().into(),
            url,
            store,
        }
    }

    pub(crate) fn run(&self) -> anyhow::Result<Outcome> {
        let mut stored = self.store.read()?;
        loop {
            let fields = match &stored {
                Some(stored) => conditions(stored)?,
                None => HeaderMap::new(),
            };
            eprintln!("> GET {}", self.url);
            show('>', &fields, &[]);
            let mut request = self.agent.get(self.url);
            for (name, value) in &fields {
                request = request.header(name, value);
            }
            let response = request.call()?;
            eprintln!("< {}", response.status());
            show('<', response.headers(), &SHOWN);
            match self.take(response, stored)? {
                Next::Done(outcome) => return Ok(outcome),
                Next::Whole => {
                    self.store.remove()?;
                    stored = None;
                }
            }
        }
    }

    fn take(&self, response: Response<Body>, stored: Option<Stored>) -> anyhow::Result<Next> {
        match (response.status().as_u16(), stored) {
            (200, _) => self.replace(response),
            (206, Some(stored)) => self.go_on(response, stored),
            (304, Some(stored)) if stored.is_whole() => self.validated(response.headers(), stored),
            (304, Some(_)) => {
                eprintln!("* nobody asked whether a part is current: all of it again");
                Ok(Next::Whole)
            }
            (412, Some(_)) => {
                eprintln!("* another version: all of it again");
                Ok(Next::Whole)
            }
            (416, Some(stored)) => self.compare_length(response.headers(), stored),
            (status, _) => {
                if [404, 410].contains(&status) {
                    self.store.remove()?;
                }
                eprintln!("* nothing to show");
                Ok(Next::Done(Outcome::Nothing))
            }
        }
    }

    /// Another version, or the first one.
    fn replace(&self, response: Response<Body>) -> anyhow::Result<Next> {
        let (head, body) = response.into_parts();
        if is_not_to_be_stored(&head.headers) {
            self.store.remove()?;
            let mut content = Vec::new();
            body.into_reader().read_to_end(&mut content)?;
            return Ok(Next::Done(Outcome::Content(content)));
        }
        let mut stored = Stored::new(&head.headers);
        let mut content = self.store.replace(&stored)?;
        let arrived = copy(body.into_reader(), &mut content)?;
        // Without Content-Length the end of the content says how long it is.
        if let (Arrived::All, None) = (&arrived, stored.length) {
            stored.length = Some(content.metadata()?.len());
            self.store.write(&stored)?;
        }
        self.finish(arrived)
    }

    /// A part: it is put behind the other only if both are of one version.
    fn go_on(&self, response: Response<Body>, mut stored: Stored) -> anyhow::Result<Next> {
        match stored.incomplete().continued_by(response.headers()) {
            PartialResponse::Append { skip, new } => {
                eprintln!("* the same version: {new} octets behind {}", stored.here);
                let field = response.headers().get(header::CONTENT_RANGE);
                let field = field.and_then(|field| ContentRange::try_from(field).ok());
                let length = field.and_then(|field| field.complete_length());
                let mut reader = response.into_body().into_reader();
                std::io::copy(&mut reader.by_ref().take(skip), &mut std::io::sink())?;
                if stored.length.is_none() {
                    stored.length = length;
                    self.store.write(&stored)?;
                }
                let mut content = self.store.append()?;
                let arrived = copy(reader.take(new), &mut content)?;
                self.finish(arrived)
            }
            refused => {
                eprintln!("* not put behind what is here ({refused:?}): all of it again");
                Ok(Next::Whole)
            }
        }
    }

    /// There is nothing behind what is here: it is all, or it is of another version.
    fn compare_length(&self, answer: &HeaderMap, mut stored: Stored) -> anyhow::Result<Next> {
        match stored.incomplete().unsatisfied_by(answer) {
            UnsatisfiedRange::Complete => {
                eprintln!("* there is no more: {} octets are all", stored.here);
                stored.length = Some(stored.here);
                self.store.write(&stored)?;
                self.finish(Arrived::All)
            }
            refused => {
                eprintln!("* not all that there is ({refused:?}): all of it again");
                Ok(Next::Whole)
            }
        }
    }

    /// A 304 to the validation: about what is here, or about something else.
    fn validated(&self, answer: &HeaderMap, mut stored: Stored) -> anyhow::Result<Next> {
        let validators = ResponseValidators::from_fields(answer);
        let (outcome, is_freshened) = {
            let validation = stored.validation();
            let is_freshened = validation.freshened(304, &validators).next().is_some();
            (validation.outcome(304, &validators), is_freshened)
        };
        if outcome != ValidationOutcome::Stored(0) {
            eprintln!("* the 304 is about another response: all of it again");
            return Ok(Next::Whole);
        }
        let what = if is_freshened {
            update_stored(&mut stored.fields, answer, CacheKind::Private)?;
            self.store.write(&stored)?;
            "freshened"
        } else {
            // The content is current, but nothing in the 304 says that its fields belong to it.
            "current"
        };
        eprintln!("* {what}, {} octets from the cache", stored.here);
        Ok(Next::Done(Outcome::Content(self.store.content()?)))
    }

    fn finish(&self, arrived: Arrived) -> anyhow::Result<Next> {
        let is_whole = self.store.read()?.is_some_and(|stored| stored.is_whole());
        match arrived {
            Arrived::All if is_whole => Ok(Next::Done(Outcome::Content(self.store.content()?))),
            Arrived::All => {
                eprintln!("* cut: run it again to go on");
                Ok(Next::Done(Outcome::Cut))
            }
            Arrived::Cut(error) => {
                eprintln!("* cut ({error}): run it again to go on");
                Ok(Next::Done(Outcome::Cut))
            }
        }
    }
}

/// What to send about what is stored: whether it is current, or for the rest of it.
fn conditions(stored: &Stored) -> anyhow::Result<HeaderMap> {
    let mut fields = HeaderMap::new();
    match stored.incomplete().next_request() {
        Resume::Complete => stored.validation().apply(&mut fields)?,
        Resume::Range(_) => {
            for field in stored.incomplete().fields() {
                let (name, value) = field.into_parts();
                fields.append(name, HeaderValue::from(value));
            }
        }
        // Nothing in it tells one version from another.
        Resume::Restart => {}
    }
    Ok(fields)
}

fn is_not_to_be_stored(fields: &HeaderMap) -> bool {
    let lines = fields.get_all(header::CACHE_CONTROL).into_iter();
    let mut directives = lines.flat_map(|line| line.as_bytes().split(|octet| *octet == b','));
    directives.any(|directive| directive.trim_ascii().eq_ignore_ascii_case(b"no-store"))
}

const SHOWN: [&str; 7] = [
    "etag",
    "last-modified",
    "date",
    "cache-control",
    "content-length",
    "content-range",
    "accept-ranges",
];

/// These fields, or all of them, as they are sent.
fn show(direction: char, fields: &HeaderMap, names: &[&str]) {
    for (name, value) in fields {
        if names.is_empty() || names.contains(&name.as_str()) {
            let value = String::from_utf8_lossy(value.as_bytes());
            eprintln!("{direction} {name}: {value}");
        }
    }
}
