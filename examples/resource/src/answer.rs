//! From a decision to what is sent: the status, the fields and the content.

use bytes::Bytes;
use http_preconditions::response::{FieldChange, Multipart, Plan};
use http_preconditions::{Decision, Outcome};

use crate::parts::{boundary, joined, planned};
use crate::resource::Version;
use crate::store::now;

/// The media type of all content.
const TEXT: &str = "text/plain";

const ALLOW: (&str, &str) = ("Allow", "GET, HEAD, PUT, DELETE, POST, OPTIONS");

/// What to send to a client. To HEAD the content is not sent, the fields are those of GET.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The fields, with `Content-Length` where there is content.
    pub fields: Vec<(&'static str, String)>,
    /// The content, in pieces that follow each other.
    pub content: Vec<Bytes>,
}

impl Version {
    /// The fields of a 200 to GET: all six that a 304 must repeat, and what it must not (RFC 9110
    /// §15.4.5).
    pub fn fields(&self, path: &str) -> Vec<(&'static str, String)> {
        let date = now().to_string();
        let mut fields = vec![
            ("Date", date.clone()),
            ("Cache-Control", "no-cache".to_owned()),
            // For caches that are too old to know `no-cache`.
            ("Expires", date),
            ("Content-Location", path.to_owned()),
            // There is one coding only, but another may be added.
            ("Vary", "Accept-Encoding".to_owned()),
            ("Content-Type", TEXT.to_owned()),
            ("Content-Language", "en".to_owned()),
            (
                "Accept-Ranges",
                if self.has_ranges() { "bytes" } else { "none" }.to_owned(),
            ),
        ];
        fields.extend(self.validators());
        fields
    }

    fn validators(&self) -> impl Iterator<Item = (&'static str, String)> {
        let etag = self.etag().map(|etag| ("ETag", etag.to_owned()));
        let last_modified = self.last_modified().map(|date| date.to_string());
        let last_modified = last_modified.map(|date| ("Last-Modified", date));
        etag.into_iter().chain(last_modified)
    }
}

impl Answer {
    /// The content in one piece, for frameworks that send one.
    #[must_use]
    pub fn into_content(self) -> Bytes {
        joined(self.content)
    }

    /// The content to send to this method, for frameworks that send it to HEAD too.
    pub fn sent_to(&self, method: &str) -> impl Iterator<Item = &Bytes> {
        self.content.iter().filter(move |_| method != "HEAD")
    }

    /// A 200 with the whole representation.
    #[must_use]
    pub fn whole(current: &Version, path: &str) -> Self {
        Self::new(200, current.fields(path)).with(vec![current.content().clone()])
    }

    /// What the plan makes of the 200: a 206 with one range or several, a 304, a 416, or the 200.
    pub(crate) fn planned(plan: &Plan<'_>, current: &Version, path: &str) -> Self {
        let boundary = boundary();
        let parts = plan.multipart(Some(TEXT), &boundary).ok().flatten();
        let mut answer = Self::whole(current, path);
        answer.status = plan.status();
        answer.change(plan.changes());
        answer.change(parts.iter().flat_map(Multipart::changes));
        answer.content = planned(plan, parts.as_ref(), current.content());
        answer
    }

    fn change<'a>(&mut self, changes: impl Iterator<Item = FieldChange<'a>>) {
        for change in changes {
            let is_changed = |name: &str| name.eq_ignore_ascii_case(change.name());
            self.fields.retain(|(name, _)| !is_changed(name));
            if let FieldChange::Set(name, value) = change {
                self.fields.push((name, value.to_string()));
            }
        }
    }

    /// A success that made a new version: its validators, since it is stored exactly as it was sent
    /// (§9.3.4).
    pub(crate) fn written(status: u16, current: &Version) -> Self {
        let answer = Self::dated(status).and(current.validators());
        match status {
            // Has no content, and no length (§8.6).
            204 => answer,
            _ => answer.with(vec![]),
        }
    }

    /// A success without content.
    pub(crate) fn empty(status: u16) -> Self {
        Self::dated(status)
    }

    /// What the resource can be asked for.
    pub(crate) fn options(status: u16) -> Self {
        Self::dated(status).and([(ALLOW.0, ALLOW.1.to_owned())])
    }

    /// Why the method is not performed.
    pub(crate) fn refusal(decision: &Decision) -> Self {
        let status = decision.status();
        match (decision.outcome(), decision.decided_by()) {
            (Outcome::PreconditionFailed, Some(field)) => {
                let malformed = decision
                    .malformed()
                    .find(|malformed| malformed.field() == field);
                match malformed {
                    Some(malformed) => Self::text(status, &format!("{malformed}\n")),
                    None => Self::text(status, &format!("{field} is false. Nothing is changed.\n")),
                }
            }
            (Outcome::PreconditionRequired, _) => Self::precondition_required(),
            _ if status == 400 => Self::text(status, "A part is not stored. Send all of it.\n"),
            _ if status == 405 => {
                Self::text(status, "No such method.\n").and([(ALLOW.0, ALLOW.1.to_owned())])
            }
            _ => Self::not_found(),
        }
    }

    /// A 428, which says how to send the request again, and is not stored (RFC 6585 §3).
    pub(crate) fn precondition_required() -> Self {
        Self::text(
            428,
            "GET it, and send its ETag as If-Match; to create it, If-None-Match: *\n",
        )
        .and([("Cache-Control", "no-store".to_owned())])
    }

    /// Why the content is not taken, and the last answer of its connection.
    #[must_use]
    pub fn refused_content(status: u16, why: &str) -> Self {
        Self::text(status, why).and([("Connection", "close".to_owned())])
    }

    /// There is no such resource, or it has no content now.
    #[must_use]
    pub fn not_found() -> Self {
        Self::text(404, "There is nothing here.\n")
    }

    fn text(status: u16, text: &str) -> Self {
        Self::dated(status)
            .and([("Content-Type", TEXT.to_owned())])
            .with(vec![Bytes::copy_from_slice(text.as_bytes())])
    }

    fn dated(status: u16) -> Self {
        Self::new(status, vec![("Date", now().to_string())])
    }

    const fn new(status: u16, fields: Vec<(&'static str, String)>) -> Self {
        Self {
            status,
            fields,
            content: Vec::new(),
        }
    }

    fn and(mut self, fields: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.fields.extend(fields);
        self
    }

    fn with(mut self, content: Vec<Bytes>) -> Self {
        let length: usize = content.iter().map(Bytes::len).sum();
        self.fields.push(("Content-Length", length.to_string()));
        self.content = content;
        self
    }
}
