//! The validators of a response that was received or is stored.

mod fields;
mod part;

pub(crate) use fields::read_content_length;
pub use part::HeldRange;
pub(crate) use part::{Asked, Stored};

use crate::clocks::Clocks;
use crate::entity_tag::EntityTag;
use crate::http_date::HttpDate;
use crate::representation::Representation;
use crate::single::Single;

/// The validators of a response, and the fields that say how strong they are: what a client or a
/// cache keeps of a stored response in order to validate it, and what it reads from a 304 or from
/// the answer to a HEAD. ([RFC 9110 §8.8], [RFC 9111 §4.3])
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Validators, revalidate};
///
/// let stored = [("Content-Type", "text/plain"), ("ETag", "\"a,b\"")];
/// let held = Validators::from_fields(stored);
/// assert_eq!(held, Validators::new().etag(EntityTag::from_static("\"a,b\"")));
///
/// let (name, value) = revalidate([held]).next().ok_or("there is a tag")?;
/// assert_eq!((name, value.to_string()), ("If-None-Match", "\"a,b\"".to_owned()));
/// # Ok::<(), &str>(())
/// ```
///
/// An unquoted tag is none, and is never sent back:
///
/// ```
/// use http_preconditions::{Validators, revalidate};
///
/// let held = Validators::from_fields([("ETag", "v1")]);
/// assert_eq!(revalidate([held]).count(), 0);
/// ```
///
/// [RFC 9110 §8.8]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
/// [RFC 9111 §4.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Validators<'a> {
    pub(crate) etag: Single<EntityTag<'a>>,
    pub(crate) last_modified: Single<HttpDate>,
    /// As it is stored: that of the last 304.
    pub(crate) date: Option<HttpDate>,
    /// That of the response which brought the content.
    first_date: Option<HttpDate>,
    pub(crate) received: Option<HttpDate>,
    pub(crate) content_length: Single<u64>,
    pub(crate) clocks: Clocks,
    pub(crate) status: u16,
    pub(crate) stored: Stored,
}

impl<'a> Validators<'a> {
    /// Creates an empty set of validators, for a complete 200.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            etag: Single::Absent,
            last_modified: Single::Absent,
            date: None,
            first_date: None,
            received: None,
            content_length: Single::Absent,
            clocks: Clocks::Differ { gap: 60 },
            status: 200,
            stored: Stored::Whole,
        }
    }

    /// Sets the entity tag.
    #[must_use]
    pub const fn etag(self, etag: EntityTag<'a>) -> Self {
        Self {
            etag: Single::Value(etag),
            ..self
        }
    }

    /// Sets Last-Modified.
    #[must_use]
    pub const fn last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Single::Value(date),
            ..self
        }
    }

    /// Sets Date. Without one, Last-Modified is not a strong validator.
    ///
    /// It is the Date of the response that brought the content; that of a later 304 goes into
    /// [`updated`](Self::updated).
    #[must_use]
    pub const fn date(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            first_date: Some(date),
            ..self
        }
    }

    /// Sets the Date of a 304 that has updated what is stored. It says which response is the most
    /// recent one (RFC 9111 §4); whether Last-Modified is strong is still said by the first Date
    /// (RFC 9110 §8.8.2.2).
    #[must_use]
    pub const fn updated(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            ..self
        }
    }

    /// Returns the Date of the response that brought the content, or `None` if it had none (RFC 9110
    /// §8.8.2.2). A cache stores it beside the fields, for [`from_stored`](Self::from_stored).
    #[must_use]
    pub const fn first_date(&self) -> Option<HttpDate> {
        self.first_date
    }

    /// Sets when the response was received, by the recipient's own clock. That time stands in for a
    /// missing Date (RFC 9111 §4.3.2).
    #[must_use]
    pub const fn received(self, received: HttpDate) -> Self {
        Self {
            received: Some(received),
            ..self
        }
    }

    /// Sets Content-Length, in octets.
    #[must_use]
    pub const fn content_length(self, octets: u64) -> Self {
        Self {
            content_length: Single::Value(octets),
            ..self
        }
    }

    /// Sets what is believed of the clocks; by default [they may differ](Clocks::default).
    #[must_use]
    pub const fn clocks(self, clocks: Clocks) -> Self {
        Self { clocks, ..self }
    }

    /// Sets the status code of the response, 100 to 599; by default 200. The fields do not have it,
    /// so that a cache which stores other statuses than 200 must say it.
    ///
    /// A 304 stands for a 200 or a 206 (RFC 9111 §4.3.2): a stored response of another status is
    /// [served as it is](crate::evaluate_stored). Only a 2xx is validated or freshened (RFC 9110
    /// §15.4.5): a server answers 304 in the place of a success, and the stored 404 or 301 is then
    /// not what it stands for. A 206 without a [part](Self::content_range) that is known holds
    /// nothing; parts that were combined to the whole are a 200 (RFC 9111 §3.4).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Reuse, Validators, evaluate_stored, revalidate};
    ///
    /// let moved = Validators::new().etag(EntityTag::from_static("\"v1\"")).status(301);
    /// let request = [("If-None-Match", "\"v1\"")];
    /// assert_eq!(evaluate_stored("GET", request, Some(&moved)), Reuse::Serve);
    /// assert_eq!(revalidate([moved]).count(), 0);
    /// ```
    #[must_use]
    pub const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Returns Last-Modified, if [it is a strong validator](Clocks::is_strong).
    #[must_use]
    pub const fn strong_last_modified(&self) -> Option<HttpDate> {
        match self.last_modified {
            Single::Value(date) if self.clocks.is_strong(date, self.first_date) => Some(date),
            _ => None,
        }
    }

    /// Returns the version that the response is of, by its validators; the date is a strong one if it
    /// [is seen to be](Self::strong_last_modified).
    ///
    /// With it a client goes on where a download was cut
    /// ([`IncompleteResponse`](crate::IncompleteResponse)). Beside an `ETag` that cannot be read
    /// the date is weak, as it is no validator of a response that has a tag (RFC 9110 §13.1.5).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Clocks, Validators};
    ///
    /// let fields = [
    ///     ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT"),
    ///     ("Date", "Sat, 29 Oct 1994 19:43:59 GMT"),
    /// ];
    /// let held = Validators::from_fields(fields);
    /// assert!(held.representation().strong_validator().is_none(), "60 seconds are wanted");
    /// assert!(held.clocks(Clocks::Same).representation().strong_validator().is_some());
    /// ```
    #[must_use]
    pub const fn representation(&self) -> Representation<'a> {
        let representation =
            Representation::with_validators(self.tag(), self.last_modified.value());
        match (self.etag, self.strong_last_modified()) {
            (Single::Absent | Single::Value(_), Some(date)) => {
                representation.strong_last_modified(date)
            }
            _ => representation,
        }
    }

    pub(crate) const fn tag(&self) -> Option<EntityTag<'a>> {
        self.etag.value()
    }

    /// Reports whether a 304 can stand for the response: a success (RFC 9110 §15.4.5).
    pub(crate) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Reports whether there is neither `ETag` nor Last-Modified, not even one that cannot be read.
    pub(crate) const fn has_no_validator(&self) -> bool {
        self.etag.is_absent() && self.last_modified.is_absent()
    }
}

impl Default for Validators<'_> {
    fn default() -> Self {
        Self::new()
    }
}
