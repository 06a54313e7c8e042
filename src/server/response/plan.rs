//! The plan of a response: status code, changes of fields, content.

use crate::error::ParseError;
use crate::range::byte_range::ByteRange;
use crate::range::verdict::RangeVerdict;
use crate::request::field_value::FieldValue;
use crate::server::decision::{Decision, Outcome};
use crate::server::kept_fields::{METADATA, Metadata};
use crate::server::response::change::FieldChange;
use crate::server::response::content::Content;
use crate::server::response::multipart::Multipart;
use crate::server::validators_to_send::ValidatorsToSend;

/// The plan of the response that a [`Decision`] requires. ([RFC 9110 §15])
///
/// [RFC 9110 §15]: https://www.rfc-editor.org/rfc/rfc9110#section-15
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a plan changes nothing until its parts are used"]
pub struct Plan<'a> {
    decision: Decision,
    /// The value of Range, if the caller has set it and it has several ranges to send.
    several: Option<&'a [u8]>,
    /// `None` leaves the validators that are among the fields.
    validators: Option<ValidatorsToSend<'a>>,
    repeats_metadata: bool,
}

impl Decision {
    /// Returns the plan of the response. ([RFC 9110 §15])
    ///
    /// For 206 and 416, the [complete length](crate::Representation::complete_length) of the
    /// representation must be known. If it is not, the plan ignores Range and sends the whole. So
    /// does it for several ranges, unless you set [the value of Range](Plan::range).
    ///
    /// [RFC 9110 §15]: https://www.rfc-editor.org/rfc/rfc9110#section-15
    pub const fn plan<'a>(&self) -> Plan<'a> {
        Plan {
            decision: *self,
            several: None,
            validators: None,
            repeats_metadata: false,
        }
    }
}

impl<'a> Plan<'a> {
    /// Sets the value of Range that was evaluated, for several ranges. Without the value, or with
    /// another value, the plan ignores several ranges and sends the whole, as §14.2 allows.
    pub fn range(self, value: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        let value = value.as_ref();
        let is_several = matches!(self.decision.range_verdict, RangeVerdict::Several(_))
            && self.decision.ranges(value).left > 0;
        Self {
            several: is_several.then_some(value),
            ..self
        }
    }

    /// Sets the validators of the response: `ETag` and `Last-Modified`. A validator that is not
    /// among `validators` is removed. Without this call the plan leaves those that are among the
    /// fields already.
    ///
    /// Only a 2xx and a 304 get validators: other responses are not about the representation.
    pub const fn validators(self, validators: ValidatorsToSend<'a>) -> Self {
        Self {
            validators: Some(validators),
            ..self
        }
    }

    /// Keeps the metadata that the client has already: Last-Modified on a 304, and the
    /// representation metadata on a 206 after If-Range.
    ///
    /// The RFC says that a server SHOULD NOT send them (§15.4.5, §15.3.7). Most servers send them
    /// nevertheless, and some clients look for them: Content-Type on every 206, for example.
    pub const fn repeating_metadata(self) -> Self {
        Self {
            repeats_metadata: true,
            ..self
        }
    }

    /// Returns the status code.
    ///
    /// It is 206 only where the plan itself makes the part. If you have set 206 as the
    /// [unconditional status](crate::Options::unconditional_status) and Range is ignored, it is 200:
    /// a part that you have made yourself needs no plan.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self.kind() {
            // Several ranges, whose value the caller has not set.
            Kind::Unchanged if self.decision.status() == 206 => 200,
            _ => self.decision.status(),
        }
    }

    /// Returns `Ok` if you must perform the method, and otherwise the plan of the response to send at
    /// once: 304, 412, 416, 423, 428, or the status without conditions of a request that is refused
    /// anyway.
    ///
    /// A 304 must have the Cache-Control, Content-Location, Expires and Vary that the 200 would have
    /// (§15.4.5): if it would have any, make the [changes](Self::changes) on its fields.
    ///
    /// # Errors
    ///
    /// - If-None-Match or If-Modified-Since is false for GET, HEAD or QUERY: 304.
    /// - If-None-Match is false for another method, or a guard is false: 412. A guard that the
    ///   server demands is missing: 428. A lock of WebDAV is not satisfied: 423.
    /// - No range is satisfiable, or the [policy](crate::range::RangePolicy) rejects Range: 416.
    /// - The status without conditions is not a success, or the change is [already
    ///   applied](crate::Options::already_applied).
    ///
    /// # Examples
    ///
    /// The GET and the PUT of a row in `SQLite`, with a column `version` that every change
    /// increases. A handler whose error is a response has these two lines as `?`:
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    /// use http_preconditions::{Evaluation, Options, OriginClock, Representation, ValidatorsToSend};
    ///
    /// # struct Row { version: i64, text: String }
    /// # struct Db(Row);
    /// # impl Db {
    /// #     fn select(&self) -> &Row { &self.0 }
    /// #     fn update(&mut self, text: &str, version: i64) { self.0 = Row { version, text: text.into() } }
    /// # }
    /// // SELECT version, text FROM notes WHERE id = ?
    /// fn get(fields: &[(&str, &str)], db: &Db) -> Result<String, u16> {
    ///     let row = db.select();
    ///     let tag = EntityTagBuf::<22>::from_signed_version(row.version);
    ///     let current = Representation::new().etag(tag.as_entity_tag());
    ///     let decision = Evaluation::new("GET", Some(&current)).fields(fields.iter().copied()).decide();
    ///     let validators = ValidatorsToSend::for_response(&current, OriginClock::None);
    ///     decision.plan().validators(validators).go_on().map_err(|plan| plan.status())?;
    ///     Ok(row.text.clone())
    /// }
    ///
    /// // In one transaction: the same SELECT, then UPDATE notes SET text = ?, version = version + 1
    /// fn put(fields: &[(&str, &str)], db: &mut Db, text: &str) -> Result<(), u16> {
    ///     let version = db.select().version;
    ///     let tag = EntityTagBuf::<22>::from_signed_version(version);
    ///     let current = Representation::new().etag(tag.as_entity_tag());
    ///     let options = Options::new().unconditional_status(204).require_if_match();
    ///     let evaluation = Evaluation::with_options("PUT", Some(&current), options);
    ///     let decision = evaluation.fields(fields.iter().copied()).decide();
    ///     decision.plan().go_on().map_err(|plan| plan.status())?;
    ///     db.update(text, version + 1);
    ///     Ok(())
    /// }
    ///
    /// let mut db = Db(Row { version: 17, text: "first".into() });
    /// assert_eq!(get(&[], &db).as_deref(), Ok("first"));
    /// assert_eq!(get(&[("If-None-Match", "\"17\"")], &db), Err(304));
    /// assert_eq!(put(&[("If-Match", "\"17\"")], &mut db, "second"), Ok(()));
    /// assert_eq!(put(&[("If-Match", "\"17\"")], &mut db, "third"), Err(412));
    /// assert_eq!(put(&[], &mut db, "third"), Err(428));
    /// ```
    pub const fn go_on(&self) -> Result<(), &Self> {
        let performs = matches!(self.decision.outcome(), Outcome::Perform);
        if performs && !matches!(self.decision.range_verdict, RangeVerdict::Unsatisfiable) {
            Ok(())
        } else {
            Err(self)
        }
    }

    /// Returns the content to send.
    #[must_use]
    pub fn content(&self) -> Content<'a> {
        match self.kind() {
            Kind::Unchanged => Content::Unchanged,
            Kind::NotModified | Kind::Refusal => Content::Nothing,
            Kind::Part(range) => Content::Part(range),
            Kind::Parts(range) => Content::Parts(self.decision.ranges(range)),
        }
    }

    /// Returns the changes to the fields of the response without conditions, which turn them into
    /// the fields of this response.
    ///
    /// - 304: fields that describe the content go; `ETag`, Vary, Cache-Control and the like stay.
    /// - 206 with one range: Content-Range and Content-Length are set; digests of the content go.
    ///   After If-Range, the representation metadata goes too.
    /// - 206 with several ranges: the same fields go; [`Multipart::changes`] sets the others.
    /// - 412, 416, 423, 428: everything that is about the representation goes, its Cache-Control and its
    ///   `ETag` too. Content-Length becomes 0, and a 416 gets Content-Range.
    /// - Other 2xx: only the [validators](Self::validators) are set. Other 3xx and 4xx: no change.
    pub fn changes(&self) -> impl Iterator<Item = FieldChange<'a>> + use<'a> {
        let plan = *self;
        let kind = plan.kind();
        let removed = METADATA
            .into_iter()
            .filter(move |(_, subject)| !plan.keeps(kind, *subject))
            .map(|(name, _)| FieldChange::Remove(name));
        let set = |name, value| FieldChange::Set(name, value);
        let validators = plan.validators.filter(|_| plan.has_validators(kind));
        let date = validators
            .filter(|_| plan.keeps(kind, Metadata::LastModified))
            .map(|validators| validators.last_modified());
        let content_range = plan.decision.content_range();
        let content_length = match kind {
            Kind::Part(range) => Some(range.length()),
            Kind::Refusal => Some(0),
            _ => None,
        };
        let set = [
            validators.map(|validators| match validators.etag() {
                Some(tag) => set("etag", FieldValue::tag(tag)),
                None => FieldChange::Remove("etag"),
            }),
            date.map(|date| match date {
                Some(date) => set("last-modified", FieldValue::date(date)),
                None => FieldChange::Remove("last-modified"),
            }),
            content_range.map(|range| set("content-range", FieldValue::content_range(range))),
            content_length.map(|length| set("content-length", FieldValue::number(length))),
        ];
        removed.chain(set.into_iter().flatten())
    }

    /// Creates the parts of a 206 with several ranges, or returns `None` for every other response.
    ///
    /// `content_type` is the media type of the whole, for each part, or `None` if it is not known.
    /// `boundary` separates the parts: it must not be in the content, so take a long random one.
    ///
    /// # Errors
    ///
    /// - the empty boundary, `a b`, `a*b`, 71 letters: a boundary is 1 to 70 letters, digits, `'`,
    ///   `+`, `_`, `-` and `.`.
    /// - a media type with CR, LF or NUL.
    pub fn multipart(
        &self,
        content_type: Option<&'a str>,
        boundary: &'a str,
    ) -> Result<Option<Multipart<'a>>, ParseError> {
        match self.content() {
            Content::Parts(ranges) => Multipart::new(
                ranges,
                self.decision.complete_length,
                content_type,
                boundary,
            )
            .map(Some),
            _ => Ok(None),
        }
    }

    fn kind(&self) -> Kind<'a> {
        match self.decision.outcome() {
            Outcome::NotModified => return Kind::NotModified,
            Outcome::PreconditionFailed | Outcome::Locked | Outcome::PreconditionRequired => {
                return Kind::Refusal;
            }
            Outcome::Perform | Outcome::Unconditional | Outcome::AlreadyApplied => {}
        }
        match self.decision.range_verdict {
            RangeVerdict::Unsatisfiable => Kind::Refusal,
            RangeVerdict::One(range) => Kind::Part(range),
            _ => self.several.map_or(Kind::Unchanged, Kind::Parts),
        }
    }

    /// Returns true if the response keeps a field about this subject.
    fn keeps(&self, kind: Kind<'_>, subject: Metadata) -> bool {
        match kind {
            Kind::Unchanged => true,
            Kind::Refusal => false,
            Kind::NotModified => {
                self.decision.not_modified_keeps_subject(subject)
                    || (self.repeats_metadata && matches!(subject, Metadata::LastModified))
            }
            Kind::Part(_) | Kind::Parts(_) => {
                self.decision.partial_content_keeps_subject(subject)
                    || (self.repeats_metadata && !matches!(subject, Metadata::Content))
            }
        }
    }

    /// Returns true if the response is about the representation: 2xx and 304.
    fn has_validators(&self, kind: Kind<'_>) -> bool {
        let is_success = matches!(self.decision.unconditional, 200..=299);
        matches!(kind, Kind::NotModified) || (!matches!(kind, Kind::Refusal) && is_success)
    }
}

/// How the response differs from the response without conditions.
#[derive(Clone, Copy)]
enum Kind<'a> {
    Unchanged,
    NotModified,
    Part(ByteRange),
    /// The ranges of this value.
    Parts(&'a [u8]),
    Refusal,
}
