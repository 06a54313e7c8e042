//! The selected representation, against which the server evaluates conditions.

#[cfg(feature = "std")]
pub(crate) mod file;
pub(crate) mod other_tags;

use crate::date::http_date::HttpDate;
use crate::range::verdict::CompleteLength;
use crate::representation::other_tags::OtherTags;
use crate::request::if_range::IfRange;
use crate::tag::entity_tag::EntityTag;

/// The selected representation, reduced to the metadata that preconditions and Range depend on:
/// the metadata that a 200 to a GET would carry now. ([RFC 9110 §13.1])
///
/// A representation can exist without validators: `*` matches it, and no tag or date does. If no
/// representation exists, pass `None` to the evaluation.
///
/// You must give the tag of the representation that this request selects, with its content coding
/// and its language. Two codings of one resource have different strong tags (§8.8.3.3).
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, HttpDate, Representation};
///
/// const TAG: EntityTag = EntityTag::from_static("\"v1\"");
/// // A page in a firmware without a clock has no date (§8.8.2.1). The tag is enough.
/// const PAGE: Representation = Representation::new().etag(TAG);
///
/// let file = Representation::new().etag(TAG).last_modified(HttpDate::from_unix(783_459_811)?);
/// assert_ne!(file, PAGE);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Representation<'a> {
    pub(crate) etag: Option<EntityTag<'a>>,
    pub(crate) last_modified: Option<HttpDate>,
    /// True if `last_modified` is a strong validator.
    pub(crate) strong_date: bool,
    pub(crate) ranges: bool,
    pub(crate) length: Option<CompleteLength>,
    /// The tags of other representations that If-Match accepts.
    pub(crate) other_tags: Option<OtherTags<'a>>,
}

impl<'a> Representation<'a> {
    /// Creates a representation that has no validators and supports byte ranges.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_validators(None, None)
    }

    /// Creates a representation with these validators, for callers who have them as `Option`. The
    /// date is a weak validator.
    #[must_use]
    pub const fn with_validators(
        etag: Option<EntityTag<'a>>,
        last_modified: Option<HttpDate>,
    ) -> Self {
        Self {
            etag,
            last_modified,
            strong_date: false,
            ranges: true,
            length: None,
            other_tags: None,
        }
    }

    /// Creates a representation like [`with_validators`](Self::with_validators), but the date is
    /// a strong validator. [`strong_last_modified`](Self::strong_last_modified) states the
    /// requirement.
    #[must_use]
    pub const fn with_strong_date(
        etag: Option<EntityTag<'a>>,
        last_modified: Option<HttpDate>,
    ) -> Self {
        Self {
            strong_date: last_modified.is_some(),
            ..Self::with_validators(etag, last_modified)
        }
    }

    /// Sets the entity tag.
    #[must_use]
    pub const fn etag(self, etag: EntityTag<'a>) -> Self {
        Self {
            etag: Some(etag),
            ..self
        }
    }

    /// Sets the tags of the resource's other current representations: a tag of any of them
    /// satisfies If-Match, as does the [selected](Self::etag) one. ([RFC 9110 §13.1.1])
    ///
    /// RFC 9110 compares If-Match with the selected representation only. But a client that has
    /// loaded the JSON of a document, and writes its XML, sends the tag of the JSON. Set these
    /// tags if a change through one representation changes all of them, so that each of these
    /// tags shows that the client knows the current version.
    ///
    /// The tags are compared strongly (§8.8.3.2). If-None-Match, If-Range and the dates are
    /// compared with the selected representation only. The time is linear in the length of the
    /// line, times the number of tags. A program that never calls this function does not link it.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// const JSON: EntityTag = EntityTag::from_static("\"7.json\"");
    /// const XML: EntityTag = EntityTag::from_static("\"7.xml\"");
    ///
    /// let current = Representation::new().etag(XML).other_etags(&[JSON]);
    /// let status = |field, tag| evaluate("PUT", [(field, tag)], Some(&current)).status();
    /// assert_eq!(status("If-Match", "\"7.json\""), 200);
    /// assert_eq!(status("If-Match", "\"6.json\""), 412);
    /// assert_eq!(status("If-Match", "W/\"7.json\""), 412, "a weak tag never matches");
    /// assert_eq!(status("If-None-Match", "\"7.json\""), 200, "not the selected representation");
    /// ```
    ///
    /// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
    #[must_use]
    pub const fn other_etags(self, tags: &'a [EntityTag<'a>]) -> Self {
        Self {
            other_tags: Some(OtherTags::new(tags)),
            ..self
        }
    }

    /// Sets the modification date, as a weak validator: no If-Range matches it.
    ///
    /// You must round a time with fractions of a second down, as `HttpDate::try_from` does.
    #[must_use]
    pub const fn last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Some(date),
            strong_date: false,
            ..self
        }
    }

    /// Sets the modification date, as a strong validator. You must be certain that the
    /// representation did not change twice in that second (§8.8.2.2).
    ///
    /// It is not enough that the second is long past: two versions can both have this date, and
    /// the client can hold the first of them.
    #[must_use]
    pub const fn strong_last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Some(date),
            strong_date: true,
            ..self
        }
    }

    /// Sets the complete length in bytes. The evaluation then resolves Range, and
    /// [`Decision::status`](crate::Decision::status) is 206 or 416 if the request asks for a
    /// range.
    ///
    /// The complete length is the Content-Length of a 200, with the content coding applied. If it
    /// is 0, Range is ignored (our decision): a client that fetches a file in slices could not
    /// get an empty file otherwise.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let tag = EntityTag::from_static("\"v1\"");
    /// let current = Representation::new().etag(tag).complete_length(1000);
    /// let status = |range| evaluate("GET", [("Range", range)], Some(&current)).status();
    /// assert_eq!(status("bytes=0-499"), 206);
    /// assert_eq!(status("bytes=1000-"), 416);
    /// assert_eq!(status("bytes=5-4"), 200, "malformed: ignored, unless the policy rejects it");
    /// ```
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        Self {
            length: Some(CompleteLength::new(octets)),
            ..self
        }
    }

    /// Sets the representation to support no ranges: Range and If-Range are ignored (§13.1.5,
    /// §14.2).
    #[must_use]
    pub const fn without_ranges(self) -> Self {
        Self {
            ranges: false,
            ..self
        }
    }

    /// Returns the entity tag, or `None` if the representation has no entity tag.
    #[must_use]
    pub const fn entity_tag(&self) -> Option<EntityTag<'a>> {
        self.etag
    }

    /// Returns the tags of the resource's other representations, as set with
    /// [`other_etags`](Self::other_etags).
    #[must_use]
    pub const fn other_entity_tags(&self) -> &'a [EntityTag<'a>] {
        match self.other_tags {
            Some(other) => other.tags,
            None => &[],
        }
    }

    /// Returns the modification date, weak or strong, or `None` if it is not known.
    #[must_use]
    pub const fn modification_date(&self) -> Option<HttpDate> {
        self.last_modified
    }

    /// Returns true if the representation has a modification date that is a strong validator.
    #[must_use]
    pub const fn has_strong_date(&self) -> bool {
        self.strong_date
    }

    /// Returns the complete length in bytes, or `None` if it is not known.
    #[must_use]
    pub const fn length(&self) -> Option<u64> {
        match self.length {
            Some(length) => Some(length.octets),
            None => None,
        }
    }

    /// Returns true if the representation supports ranges.
    #[must_use]
    pub const fn has_ranges(&self) -> bool {
        self.ranges
    }

    /// Returns the validator that no other version shares: the tag if it is strong, or the date
    /// if it is strong and there is no tag. ([RFC 9110 §13.1.5])
    ///
    /// A client sends this validator as If-Range. Returns `None` if the tag is weak, even beside
    /// a strong date.
    ///
    /// [RFC 9110 §13.1.5]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
    #[must_use]
    pub const fn strong_validator(&self) -> Option<IfRange<'a>> {
        match (self.etag, self.last_modified) {
            (Some(tag), _) if !tag.is_weak() => Some(IfRange::EntityTag(tag)),
            (None, Some(date)) if self.strong_date => Some(IfRange::HttpDate(date)),
            _ => None,
        }
    }

    /// Returns true if parts of the two representations may be combined, because both have the
    /// same strong validator (§15.3.7.3).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation};
    ///
    /// let strong = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let weak = Representation::new().etag(EntityTag::from_static("W/\"v1\""));
    /// assert!(strong.combines_with(&strong));
    /// assert!(!weak.combines_with(&weak), "two versions can share a weak tag");
    /// ```
    #[must_use]
    pub fn combines_with(&self, other: &Representation<'_>) -> bool {
        matches!(
            (self.strong_validator(), other.strong_validator()),
            (Some(this), Some(other)) if this == other
        )
    }
}

impl Default for Representation<'_> {
    fn default() -> Self {
        Self::new()
    }
}
