//! The origin server: resources that change, and remember how.

use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};

use crate::chance::Chance;
use crate::message::{Fields, Request, Response, date};

/// Which validators the origin has for a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    StrongTag,
    WeakTag,
    /// A date too, which two versions can share.
    StrongTagAndDate,
    WeakTagAndDate,
    /// No Last-Modified before its second is over, so that no two versions that were sent share
    /// one.
    StrongDate,
    /// A Last-Modified that two versions can share: two that a validation takes for one.
    WeakDate,
    Nothing,
    /// No validator in its responses, and yet an answer to a date that a client makes up.
    HiddenDate,
    /// A strong tag, which its 304s lack.
    BareNotModified,
    /// A strong tag, and no Last-Modified before its second is over. A coder behind it codes the
    /// 200s for those who accept it and weakens their tag, and leaves 206 and 304 as they are.
    Coder,
}

pub(crate) const POLICIES: [Policy; 10] = [
    Policy::StrongTag,
    Policy::WeakTag,
    Policy::StrongTagAndDate,
    Policy::WeakTagAndDate,
    Policy::StrongDate,
    Policy::WeakDate,
    Policy::Nothing,
    Policy::HiddenDate,
    Policy::BareNotModified,
    Policy::Coder,
];

impl Policy {
    fn has_tag(self) -> bool {
        !matches!(
            self,
            Self::StrongDate | Self::WeakDate | Self::Nothing | Self::HiddenDate
        )
    }

    fn has_strong_tag(self) -> bool {
        matches!(
            self,
            Self::StrongTag | Self::StrongTagAndDate | Self::BareNotModified | Self::Coder
        )
    }

    fn has_date(self) -> bool {
        !matches!(
            self,
            Self::StrongTag
                | Self::WeakTag
                | Self::BareNotModified
                | Self::Nothing
                | Self::HiddenDate
        )
    }

    /// Whether a date stays away until its second is over.
    fn waits(self) -> bool {
        matches!(self, Self::StrongDate | Self::Coder)
    }
}

struct Version {
    content: Vec<u8>,
    /// The same where a resource goes back to what it was.
    number: u64,
    modified: i64,
    /// When it was replaced.
    until: Option<i64>,
}

pub(crate) struct Resource {
    pub(crate) policy: Policy,
    /// The max-age of its responses, in seconds.
    pub(crate) max_age: i64,
    versions: Vec<Version>,
    exists: bool,
    answers: u64,
    pub(crate) lost_updates_prevented: u64,
}

impl Resource {
    pub(crate) fn new(policy: Policy, max_age: i64) -> Self {
        Self {
            policy,
            max_age,
            versions: Vec::new(),
            exists: false,
            answers: 0,
            lost_updates_prevented: 0,
        }
    }

    fn current(&self) -> Option<&Version> {
        self.versions.last().filter(|_| self.exists)
    }

    fn end(&mut self, now: i64) {
        if let Some(version) = self.versions.last_mut().filter(|_| self.exists) {
            version.until = Some(now);
        }
        self.exists = false;
    }

    fn put(&mut self, content: Vec<u8>, number: u64, now: i64) {
        self.end(now);
        self.versions.push(Version {
            content,
            number,
            modified: now,
            until: None,
        });
        self.exists = true;
    }

    /// Someone else changes the resource, takes a change back, deletes it.
    pub(crate) fn change(&mut self, chance: &mut Chance, now: i64) {
        match chance.below(10) {
            0 => self.end(now),
            1 if self.versions.len() > 1 => {
                let before = chance.below(self.versions.len() as u64) as usize;
                let (content, number) = (
                    self.versions[before].content.clone(),
                    self.versions[before].number,
                );
                self.put(content, number, now);
            }
            _ => {
                let content = chance.content();
                self.put(content, self.versions.len() as u64, now);
            }
        }
    }

    /// Whether a version with this content was the current one less than `seconds` ago, or is.
    pub(crate) fn was_current(&self, content: &[u8], now: i64, seconds: i64) -> bool {
        self.versions.iter().any(|version| {
            let is_recent = version.until.is_none_or(|until| until > now - seconds);
            is_recent && version.content == content
        })
    }

    /// Whether there ever was a version with this content.
    pub(crate) fn was_ever(&self, content: &[u8]) -> bool {
        self.versions
            .iter()
            .any(|version| version.content == content)
    }

    pub(crate) fn answer(&mut self, request: &Request, now: i64) -> Response {
        let is_write = ["PUT", "DELETE"].contains(&request.method);
        self.answers += 1;
        let opaque = self
            .current()
            .map(|version| format!("v{},", version.number));
        let current = self.current().zip(opaque.as_ref());
        let representation = current.map(|(version, opaque)| {
            let mut representation = Representation::new();
            if self.policy.has_tag() {
                let tag = EntityTag::strong(opaque.as_bytes()).expect("an opaque part");
                let is_weak = matches!(self.policy, Policy::WeakTag | Policy::WeakTagAndDate);
                representation = representation.etag(if is_weak { tag.to_weak() } else { tag });
            }
            let modified = date(version.modified);
            match self.policy {
                Policy::StrongDate => representation.strong_last_modified(modified),
                Policy::HiddenDate => representation.last_modified(modified),
                policy if policy.has_date() => representation.last_modified(modified),
                _ => representation,
            }
        });
        let mut options =
            Options::new().unconditional_status(match (request.method, representation.is_some()) {
                ("PUT", false) => 201,
                (_, false) => 404,
                ("PUT" | "DELETE", true) => 204,
                _ => 200,
            });
        if is_write && self.policy.has_strong_tag() {
            options = options.require_if_match();
        }
        let evaluation = Evaluation::with_options(request.method, representation.as_ref(), options);
        let mut fields = request.fields.clone();
        if self.answers % 16 == 0 && self.policy.has_strong_tag() {
            // As some servers do; the client has to see by the tag that it is of another version.
            fields.remove("If-Range");
        }
        let decision = evaluation.fields(fields.lines()).decide();

        let mut fields = Fields::default();
        fields.add("Date", date(now).to_string());
        fields.add("Cache-Control", format!("max-age={}", self.max_age));
        match decision.outcome() {
            Outcome::Perform if is_write => {
                self.perform(request, now);
                Response::new(decision.status(), fields)
            }
            Outcome::Perform | Outcome::NotModified => {
                let (version, _) = current.expect("what is not there is 404");
                self.describe(version, &mut fields, now);
                if decision.outcome() == Outcome::NotModified {
                    fields
                        .0
                        .retain(|(name, _)| decision.not_modified_keeps(name));
                    if self.policy == Policy::BareNotModified {
                        fields.remove("ETag");
                    }
                    return Response::new(304, fields);
                }
                let range = request.fields.get("Range");
                let range = range.filter(|_| decision.honours_range());
                if range.is_some() {
                    fields
                        .0
                        .retain(|(name, _)| decision.partial_content_keeps(name));
                }
                let mut response = Response::of(fields, &version.content, range);
                let accepts = request.fields.get("Accept-Encoding").is_some();
                if response.status == 206 && self.answers % 8 == 0 {
                    // As some middlewares do: it is no part of what the tag stands for.
                    response.code();
                } else if response.status == 200 && accepts && self.policy == Policy::Coder {
                    response.code();
                    let tag = format!("W/\"v{},\"", version.number);
                    response.fields.remove("ETag");
                    response.fields.add("ETag", tag);
                }
                if request.method == "HEAD" {
                    response.content.clear();
                }
                response
            }
            Outcome::PreconditionFailed => {
                let current = current.map(|(version, _)| &version.content);
                self.lost_updates_prevented += u64::from(current != request.seen.as_ref());
                Response::new(decision.status(), fields)
            }
            _ => {
                // The page that says so comes with a tag that was that of a version.
                if let Some(version) = self.versions.last().filter(|_| self.policy.has_tag()) {
                    fields.add("ETag", format!("\"v{},\"", version.number));
                }
                Response::new(decision.status(), fields)
            }
        }
    }

    /// The fields of a 200.
    fn describe(&self, version: &Version, fields: &mut Fields, now: i64) {
        let weak = matches!(self.policy, Policy::WeakTag | Policy::WeakTagAndDate);
        if self.policy.has_tag() {
            let prefix = if weak { "W/" } else { "" };
            fields.add("ETag", format!("{prefix}\"v{},\"", version.number));
        }
        if self.policy.has_date() && (!self.policy.waits() || version.modified < now) {
            fields.add("Last-Modified", date(version.modified).to_string());
        }
        fields.add("Content-Length", version.content.len().to_string());
        fields.add("Content-Type", "application/octet-stream");
    }

    /// Performs a PUT or a DELETE that was found to be allowed, and finds out whether that loses
    /// what its author had not seen.
    fn perform(&mut self, request: &Request, now: i64) {
        let current = self.current().map(|version| &version.content);
        // §13.1.4: a date guards nothing where nothing exists, and undoes a deletion.
        let undoes = current.is_none() && request.fields.get("If-Unmodified-Since").is_some();
        assert!(
            undoes || current == request.seen.as_ref(),
            "a lost update: {:?} {request:?}",
            self.policy
        );
        if request.method == "PUT" {
            self.put(request.content.clone(), self.versions.len() as u64, now);
        } else {
            self.end(now);
        }
    }
}
