//! A client that keeps what it has downloaded, also where a connection was cut.

use http_preconditions::{
    HttpDate,
    client::{
        DateTrust, IncompleteResponse, PartialResponse, ResponseValidators, UnsatisfiedRange,
        create_only, revalidate,
    },
};

use crate::chance::Chance;
use crate::message::{Fields, Request, Response, decoded};

struct Held {
    fields: Fields,
    content: Vec<u8>,
    /// How many octets the whole has.
    length: usize,
    first_date: Option<HttpDate>,
}

impl Held {
    fn is_whole(&self) -> bool {
        self.content.len() == self.length
    }

    fn incomplete<'a>(&'a self, validators: ResponseValidators<'a>) -> IncompleteResponse<'a> {
        let octets = self.content.len() as u64;
        let coding = self.fields.get("Content-Encoding").unwrap_or_default();
        IncompleteResponse::new(validators, octets)
            .complete_length(self.length as u64)
            .content_encoding(coding)
    }

    /// Demands that the whole was not sent to who holds it, or asked for the rest of it by a strong
    /// tag. An origin may not know that a date is strong.
    fn assert_needed(&self, asked_for_rest: bool, response: &Response) {
        let begins = response.content.starts_with(&self.content);
        let has_tag = self.fields.get("ETag").is_some();
        let could_be_less = self.is_whole() || (asked_for_rest && has_tag);
        let shares = self.fields.shares_validator(&response.fields);
        assert!(
            !(begins && could_be_less && shares),
            "a needless transfer: {response:?}"
        );
    }

    /// The content without its coding. What is put together from two codings is none of them.
    fn shown(&self) -> Vec<u8> {
        decoded(&self.fields, &self.content).unwrap_or_else(|| b"spliced".into())
    }

    fn validators(&self, clocks: DateTrust) -> ResponseValidators<'_> {
        self.fields.stored(200, self.first_date).date_trust(clocks)
    }
}

pub(crate) struct Client {
    held: Option<Held>,
    clocks: DateTrust,
    /// Whether it takes a coded response.
    accepts_coding: bool,
    pub(crate) counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) not_modified: u64,
    pub(crate) cut: u64,
    pub(crate) resumed: u64,
    pub(crate) resumed_by_date: u64,
    pub(crate) resumed_if_unmodified: u64,
    pub(crate) modified_since: u64,
    pub(crate) changed_in_between: u64,
    pub(crate) could_not_resume: u64,
    pub(crate) refused: u64,
    pub(crate) other_codings: u64,
    pub(crate) own_dates: u64,
    pub(crate) written: u64,
    pub(crate) created: u64,
    pub(crate) conflicts: u64,
    pub(crate) unguarded: u64,
}

impl Client {
    pub(crate) fn new(clocks: DateTrust, accepts_coding: bool) -> Self {
        Self {
            held: None,
            clocks,
            accepts_coding,
            counts: Counts::default(),
        }
    }

    /// Gets the resource, in as many exchanges as it takes, and returns what is shown; nothing if
    /// the connection was cut, or there is nothing.
    pub(crate) fn show(
        &mut self,
        chance: &mut Chance,
        server: &mut dyn FnMut(&Request) -> Response,
    ) -> Option<Vec<u8>> {
        let mut fields = Fields::default();
        let held = self.held.take();
        let (mut by_date, mut is_unmodified, mut by_range) = (false, false, false);
        if let Some(held) = &held {
            let validators = held.validators(self.clocks);
            if held.is_whole() {
                fields.send(revalidate([validators]));
            } else {
                fields.send(held.incomplete(validators).fields());
                by_range = !fields.0.is_empty();
                self.counts.could_not_resume += u64::from(!by_range);
                let date = fields.get("If-Range");
                by_date = date.is_some_and(|value| HttpDate::parse(value).is_ok());
                is_unmodified = fields.get("If-Unmodified-Since").is_some();
            }
        }
        if let Some(date) = Self::own_date(held.as_ref(), chance, &fields) {
            self.counts.own_dates += 1;
            fields.add("If-Modified-Since", date.to_string());
        }
        let is_conditional = !fields.0.is_empty();
        if self.accepts_coding {
            fields.add("Accept-Encoding", "gzip");
        }
        let response = server(&request("GET", fields));
        self.held = match (response.status, held) {
            (200, before) => {
                if let Some(held) = &before {
                    held.assert_needed(by_range, &response);
                }
                if is_conditional && before.is_some_and(|held| !held.is_whole()) {
                    self.counts.changed_in_between += 1;
                }
                Some(Held {
                    first_date: response.fields.validators().first_date(),
                    length: response.content.len(),
                    content: self.arrived(chance, response.content),
                    fields: response.fields,
                })
            }
            (304, Some(mut held)) => {
                assert!(is_conditional && held.is_whole());
                self.counts.not_modified += 1;
                held.fields.update(&response.fields);
                Some(held)
            }
            (206, Some(mut held)) => {
                assert!(is_conditional && !held.is_whole());
                let incomplete = held.incomplete(held.validators(self.clocks));
                let verdict = incomplete.continued_by(response.fields.lines());
                if let PartialResponse::Append { skip: 0, new } = verdict {
                    assert_eq!(new, response.content.len() as u64);
                    let arrived = self.arrived(chance, response.content);
                    held.content.extend(arrived);
                    self.counts.resumed += 1;
                    self.counts.resumed_by_date += u64::from(by_date);
                    self.counts.resumed_if_unmodified += u64::from(is_unmodified);
                    Some(held)
                } else {
                    match verdict {
                        // A part that was coded by itself, of what was held coded, has another
                        // length than its range.
                        PartialResponse::DifferentCoding | PartialResponse::WrongContentLength => {
                            self.counts.other_codings += 1;
                        }
                        verdict => {
                            assert_eq!(verdict, PartialResponse::DifferentVersion);
                            self.counts.refused += 1;
                        }
                    }
                    None
                }
            }
            (412, Some(_)) => {
                assert!(is_unmodified);
                self.counts.modified_since += 1;
                None
            }
            (416, Some(held)) => {
                let incomplete = held.incomplete(held.validators(self.clocks));
                let verdict = incomplete.unsatisfied_by(response.fields.lines());
                // The client knows the length, and asks for octets that there are.
                assert_ne!(verdict, UnsatisfiedRange::Complete);
                None
            }
            (404, _) => None,
            (status, _) => panic!("{status}"),
        };
        let held = self.held.as_ref().filter(|held| held.is_whole())?;
        Some(held.shown())
    }

    /// The date of a client that asks by when it got what it holds, where it has no validator. A
    /// second before, since what is changed within a second has its date.
    fn own_date(held: Option<&Held>, chance: &mut Chance, sent: &Fields) -> Option<HttpDate> {
        let held = held.filter(|held| held.is_whole() && sent.0.is_empty())?;
        let date = HttpDate::parse(held.fields.get("Date")?).ok()?;
        let before = HttpDate::from_unix(date.to_unix() - 1).ok()?;
        chance.one_in(2).then_some(before)
    }

    /// What arrives before the connection is cut, or all.
    fn arrived(&mut self, chance: &mut Chance, mut content: Vec<u8>) -> Vec<u8> {
        if chance.one_in(3) {
            self.counts.cut += 1;
            // Not nothing, which could as well be asked for again.
            content.truncate(1 + chance.below(content.len() as u64) as usize);
        }
        content
    }

    /// Changes or deletes what is held, or creates what is not there, if that can be done without
    /// losing what someone else has done.
    pub(crate) fn write(
        &mut self,
        chance: &mut Chance,
        server: &mut dyn FnMut(&Request) -> Response,
    ) {
        let mut fields = Fields::default();
        let seen = match &self.held {
            Some(held) if held.is_whole() => {
                let Ok(guard) = held.validators(self.clocks).guard() else {
                    self.counts.unguarded += 1;
                    return;
                };
                fields.send([guard]);
                Some(held.shown())
            }
            Some(_) => return,
            None => {
                fields.send([create_only()]);
                None
            }
        };
        let method = match seen {
            Some(_) if chance.one_in(8) => "DELETE",
            _ => "PUT",
        };
        let content = chance.content();
        let response = server(&Request {
            content,
            seen,
            ..request(method, fields)
        });
        match response.status {
            201 => self.counts.created += 1,
            204 => self.counts.written += 1,
            // 404 to a DELETE of what is gone, 428 where the guard has nothing to be tested on.
            404 | 412 | 428 => self.counts.conflicts += 1,
            status => panic!("{status}"),
        }
        self.held = None;
    }
}

pub(crate) fn request(method: &'static str, fields: Fields) -> Request {
    Request {
        method,
        fields,
        content: Vec::new(),
        seen: None,
    }
}
