//! The selected representation: what the request's conditions are tested on.

use crate::entity_tag::EntityTag;
use crate::http_date::HttpDate;
use crate::part::Length;

/// The selected representation, as far as preconditions are about it: what a 200 to a GET would
/// carry now. ([RFC 9110 §13.1])
///
/// That one exists and that it has validators are two things: `*` asks only for the first. Where
/// none exists, the evaluation is given `None` instead.
///
/// The tag is the one of the representation that this request selects, with its content coding and
/// its language; two codings of one resource have different strong tags (§8.8.3.3).
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, HttpDate, Representation};
///
/// const TAG: EntityTag = EntityTag::from_static("\"v1\"");
/// // A firmware's page: without a clock there is no date (§8.8.2.1), and a tag does.
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
    /// Whether `last_modified` is a strong validator.
    pub(crate) strong_date: bool,
    pub(crate) ranges: bool,
    pub(crate) length: Option<Length>,
}

impl<'a> Representation<'a> {
    /// A representation that exists, has no validators, and can be had in byte ranges.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_validators(None, None)
    }

    /// A representation with the validators that there are, for callers who hold them as options.
    /// The date is weak.
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
        }
    }

    /// The same with this entity-tag.
    #[must_use]
    pub const fn etag(self, etag: EntityTag<'a>) -> Self {
        Self {
            etag: Some(etag),
            ..self
        }
    }

    /// The same with this modification date, as a weak validator: no If-Range will match it.
    ///
    /// Times finer than a second are cut off, not rounded, before they come here;
    /// `HttpDate::try_from` does so.
    #[must_use]
    pub const fn last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Some(date),
            strong_date: false,
            ..self
        }
    }

    /// The same with this modification date, as a strong validator: its server vouches that the
    /// representation did not change twice in that second (§8.8.2.2).
    ///
    /// That the second is long past does not suffice: two versions can both carry it, and the
    /// client hold the first.
    #[must_use]
    pub const fn strong_last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Some(date),
            strong_date: true,
            ..self
        }
    }

    /// The same where range requests are not supported: Range and If-Range are ignored (§13.1.5,
    /// §14.2).
    #[must_use]
    pub const fn without_ranges(self) -> Self {
        Self {
            ranges: false,
            ..self
        }
    }
}

impl Default for Representation<'_> {
    fn default() -> Self {
        Self::new()
    }
}
