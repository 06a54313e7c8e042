//! What can be learned of a resource by asking for it.

use std::time::SystemTime;

use http_preconditions::{EntityTag, HttpDate};

use crate::case::Need;
use crate::target::Target;
use crate::template::Template;
use crate::wire::{Request, Response, Wire, text};

/// Which dates of If-Modified-Since get a 304: to evaluate it is a SHOULD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Honoured {
    No,
    /// Last-Modified alone.
    Equal,
    /// A later date too.
    Later,
}

/// A resource as its responses show it.
#[derive(Debug)]
pub struct Resource {
    /// The path and query.
    pub path: String,
    /// The 200 to a plain GET.
    pub full: Response,
    /// `ETag`, if it is valid and the same each time.
    etag: Option<Vec<u8>>,
    /// Last-Modified, if it is valid and the same each time.
    pub last_modified: Option<HttpDate>,
    /// Date.
    pub date: Option<HttpDate>,
    /// The time of this computer.
    pub now: HttpDate,
    /// The content is the same each time.
    pub is_stable: bool,
    /// A plain range is served.
    pub has_ranges: bool,
    /// Two ranges are served.
    has_several: bool,
    /// Which dates of If-Modified-Since get a 304.
    honoured: Honoured,
    /// The response with a content coding.
    pub coded: Option<Response>,
    /// The statuses of methods without conditions.
    allowed: Vec<(&'static str, u16)>,
    /// The path of a resource that does not exist, and the status without conditions.
    pub unmapped: (String, u16),
}

impl Resource {
    /// Learns what it can, with about ten requests.
    ///
    /// # Errors
    ///
    /// The reason why nothing can be tested.
    pub fn learn(wire: &Wire, target: &Target) -> Result<Self, String> {
        let path = target.path();
        let ask = |method: &str, lines: &[(&str, &[u8])]| {
            let fields = lines.iter();
            let fields = fields.map(|(name, value)| ((*name).to_owned(), value.to_vec()));
            wire.exchange_patiently(&Request::new(method, &path, fields.collect()))
        };
        let full = ask("GET", &[]).map_err(|fault| format!("{target}: {fault}"))?;
        check_status(&full, target)?;
        let again = ask("GET", &[]).map_err(|fault| format!("{target}: {fault}"))?;

        let now = HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::ASSUMED_NOW);
        let same = |name| single(&full, name).filter(|value| again.value(name) == Some(*value));
        let date_of = |value: &[u8]| HttpDate::parse_at(value, now).ok();
        let etag = same("ETag").filter(|value| EntityTag::parse(value).is_ok());
        let last_modified = same("Last-Modified").and_then(date_of);

        let status = |lines: &[(&str, &[u8])]| ask("GET", lines).map(|response| response.status);
        let since = |seconds: i64| {
            let date = last_modified?.to_unix() + seconds;
            let date = HttpDate::from_unix(date).ok()?.to_string();
            status(&[("If-Modified-Since", date.as_bytes())]).ok()
        };
        let coded = ask("GET", &[("Accept-Encoding", b"gzip")]).ok();
        let has_coding = |response: &Response| response.value("Content-Encoding").is_some();

        let beside = target.beside(&format!("conformance-unmapped-{}", now.to_unix()))?;
        let unmapped = wire.exchange(&Request::new("GET", &beside.path(), Vec::new()));
        let allowed = ["HEAD", "OPTIONS", "TRACE"].map(|method| {
            let status = ask(method, &[]).map_or(0, |response| response.status);
            (method, status)
        });

        Ok(Self {
            etag: etag.map(<[u8]>::to_vec),
            last_modified,
            date: full.value("Date").and_then(date_of),
            now,
            is_stable: full.content == again.content,
            has_ranges: status(&[("Range", b"bytes=0-0")]) == Ok(206),
            has_several: status(&[("Range", b"bytes=0-0,10-10")]) == Ok(206),
            honoured: match (since(0), since(1)) {
                (Some(304), Some(304)) => Honoured::Later,
                (Some(304), _) => Honoured::Equal,
                _ => Honoured::No,
            },
            coded: coded.filter(|coded| has_coding(coded) && !has_coding(&full)),
            allowed: allowed.into(),
            unmapped: (
                beside.path(),
                unmapped.map_or(0, |response| response.status),
            ),
            path,
            full,
        })
    }

    /// The entity tag.
    #[must_use]
    pub fn etag(&self) -> Option<EntityTag<'_>> {
        EntityTag::parse(self.etag.as_deref()?).ok()
    }

    /// The entity tag of the form with a coding.
    #[must_use]
    pub fn coded_etag(&self) -> Option<EntityTag<'_>> {
        EntityTag::parse(self.coded.as_ref()?.value("ETag")?).ok()
    }

    /// The status of this method without conditions.
    #[must_use]
    pub fn unconditional_status(&self, method: &str) -> u16 {
        let known = self.allowed.iter().find(|(name, _)| *name == method);
        known.map_or(200, |(_, status)| *status)
    }

    /// What fills the field lines of a case.
    #[must_use]
    pub fn template(&self) -> Template<'_> {
        Template {
            etag: self.etag(),
            coded: self.coded.as_ref().and_then(|coded| coded.value("ETag")),
            last_modified: self.last_modified,
            length: self.full.content.len(),
            now: self.now,
        }
    }

    /// Why a case with this need says nothing of this resource; `None` if it does.
    #[must_use]
    pub fn lacks(&self, need: Need) -> Option<String> {
        let has_tag = |is: fn(EntityTag<'_>) -> bool| self.etag().is_some_and(is);
        let has_field = |name| self.full.value(name).is_some();
        let is_of_tag = matches!(
            need,
            Need::Tag | Need::StrongTag | Need::WeakTag | Need::TagWithComma | Need::TagWithLetter
        );
        if is_of_tag && self.etag().is_none() {
            let reason = if has_field("ETag") {
                "no ETag that is valid and stays the same"
            } else {
                "no ETag"
            };
            return Some(reason.to_owned());
        }
        if need == Need::Date && self.last_modified.is_none() && has_field("Last-Modified") {
            return Some("no Last-Modified that is valid and stays the same".to_owned());
        }
        let (is_met, reason) = match need {
            Need::Tag => (has_tag(|_| true), "no ETag"),
            Need::StrongTag => (has_tag(|tag| !tag.is_weak()), "no strong ETag"),
            Need::WeakTag => (has_tag(|tag| tag.is_weak()), "no weak ETag"),
            Need::TagWithComma => (
                has_tag(|tag| tag.opaque().contains(&b',')),
                "no ETag with a comma in it",
            ),
            Need::TagWithLetter => (
                has_tag(|tag| tag.opaque().iter().any(u8::is_ascii_alphabetic)),
                "no ETag with a letter in it",
            ),
            Need::NoTag => (!has_field("ETag"), "there is an ETag"),
            Need::Date => (self.last_modified.is_some(), "no Last-Modified"),
            Need::NoDate => (!has_field("Last-Modified"), "there is a Last-Modified"),
            Need::DateIsHonoured => (
                self.honoured != Honoured::No,
                "If-Modified-Since with Last-Modified gets no 304",
            ),
            Need::LaterIsHonoured => (
                self.honoured == Honoured::Later,
                "If-Modified-Since with a later date gets no 304",
            ),
            Need::Ranges => (
                self.has_ranges,
                "a plain range gets no 206, which is allowed",
            ),
            Need::SeveralRanges => (self.has_several, "two ranges get no 206, which is allowed"),
            Need::Length(length) => (
                self.full.content.len() >= length,
                "the content is too short",
            ),
            Need::Field(name) => {
                let reason = format!("no {name}");
                return (!has_field(name)).then_some(reason);
            }
            Need::Coding => (self.coded.is_some(), "no content coding"),
            Need::CodedTag => (
                self.coded_etag().is_some(),
                "no content coding with an ETag",
            ),
            Need::Allowed(method) => {
                let status = self.unconditional_status(method);
                let reason = format!("{method} without conditions gets {status}, not 2xx");
                return (!(200..300).contains(&status)).then_some(reason);
            }
            Need::Unmapped => (
                !matches!(self.unmapped.1, 0 | 200..=299 | 412),
                "a URL that does not exist gets a 2xx, a 412 or nothing",
            ),
            Need::StableContent => (self.is_stable, "the content differs each time"),
        };
        (!is_met).then(|| reason.to_owned())
    }

    /// What would show more of the server, if the resource has too little.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        (self.etag().is_none() && self.last_modified.is_none()).then_some(
            "This resource has no validator: a URL with an ETag or a Last-Modified would show more.",
        )
    }

    /// What was learned, in short lines.
    #[must_use]
    pub fn describe(&self) -> Vec<(&'static str, String)> {
        let field = |name| match self.full.value(name) {
            Some(value) => text(value),
            None => "none".to_owned(),
        };
        let date = match (self.last_modified, self.date) {
            (Some(last_modified), Some(date)) if date.to_unix() > last_modified.to_unix() => {
                "; older than Date: strong, if the server's clocks agree"
            }
            (Some(_), Some(_)) => "; not older than Date: weak",
            (Some(_), None) => "; no Date to compare it with: weak",
            (None, _) => "",
        };
        let yes_no = |is: bool| if is { "yes" } else { "no" }.to_owned();
        vec![
            ("ETag", field("ETag")),
            ("Last-Modified", field("Last-Modified") + date),
            ("length", self.full.content.len().to_string()),
            ("ranges", yes_no(self.has_ranges)),
            ("Accept-Ranges", field("Accept-Ranges")),
            (
                "content coding",
                self.coded.as_ref().map_or_else(
                    || "none".to_owned(),
                    |coded| {
                        coded
                            .value("Content-Encoding")
                            .map_or_else(String::new, text)
                    },
                ),
            ),
            ("content is the same each time", yes_no(self.is_stable)),
        ]
    }
}

/// The value of a field that has one line.
fn single<'r>(response: &'r Response, name: &'r str) -> Option<&'r [u8]> {
    let mut values = response.values(name);
    values.next().filter(|_| values.next().is_none())
}

fn check_status(response: &Response, target: &Target) -> Result<(), String> {
    match response.status {
        200 => Ok(()),
        status @ (301 | 302 | 303 | 307 | 308) => {
            let place = response.value("Location").map_or_else(String::new, text);
            Err(format!("{target}: a redirect ({status}); test {place}"))
        }
        status => Err(format!("{target}: expected 200 to GET, got {status}")),
    }
}
