//! The validators of a response that was received.

mod fields;

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
    pub(crate) stored: Stored,
}

/// How much of the representation is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stored {
    Whole,
    /// A part, with or without all that a request's Range asks for.
    Part {
        holds_range: bool,
    },
}

impl<'a> Validators<'a> {
    /// None at all, of a response that is stored whole.
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
            stored: Stored::Whole,
        }
    }

    /// The same with this entity-tag.
    #[must_use]
    pub const fn etag(self, etag: EntityTag<'a>) -> Self {
        Self {
            etag: Single::Value(etag),
            ..self
        }
    }

    /// The same with this Last-Modified.
    #[must_use]
    pub const fn last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: Single::Value(date),
            ..self
        }
    }

    /// The same with this Date. Without one, Last-Modified is not a strong validator.
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

    /// The same with the Date of a 304 that has updated what is stored: which response is the most
    /// recent one is told by it (RFC 9111 §4), and whether Last-Modified is strong still by the
    /// first (RFC 9110 §8.8.2.2).
    #[must_use]
    pub const fn updated(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            ..self
        }
    }

    /// The Date of the response that brought the content (RFC 9110 §8.8.2.2): what a cache stores
    /// beside the fields, for [`from_stored`](Self::from_stored). None if it had none.
    #[must_use]
    pub const fn first_date(&self) -> Option<HttpDate> {
        self.first_date
    }

    /// The same of a response that was received at this time, by the recipient's own clock; it
    /// stands in for Date where that is missing (RFC 9111 §4.3.2).
    #[must_use]
    pub const fn received(self, received: HttpDate) -> Self {
        Self {
            received: Some(received),
            ..self
        }
    }

    /// The same with this Content-Length, in octets.
    #[must_use]
    pub const fn content_length(self, octets: u64) -> Self {
        Self {
            content_length: Single::Value(octets),
            ..self
        }
    }

    /// The same with this belief about the clocks; by default [they may differ](Clocks::default).
    #[must_use]
    pub const fn clocks(self, clocks: Clocks) -> Self {
        Self { clocks, ..self }
    }

    /// The same of a stored response that is incomplete, such as a 206; and whether it holds all
    /// that the Range of the request at hand asks for.
    ///
    /// If it does not, the request cannot be answered from it, and its tag is not sent for that
    /// request (RFC 9111 §3.3, §4.3.2).
    #[must_use]
    pub const fn incomplete(self, holds_range: bool) -> Self {
        Self {
            stored: Stored::Part { holds_range },
            ..self
        }
    }

    /// Last-Modified, if [it is a strong validator](Clocks::is_strong).
    #[must_use]
    pub const fn strong_last_modified(&self) -> Option<HttpDate> {
        match self.last_modified {
            Single::Value(date) if self.clocks.is_strong(date, self.first_date) => Some(date),
            _ => None,
        }
    }

    /// The version that the response is of, by its validators; the date is a strong one if it [is
    /// seen to be](Self::strong_last_modified).
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

    /// Reports whether the request at hand could be answered from the response.
    pub(crate) const fn holds_range(&self) -> bool {
        matches!(
            self.stored,
            Stored::Whole | Stored::Part { holds_range: true }
        )
    }
}

impl Default for Validators<'_> {
    fn default() -> Self {
        Self::new()
    }
}
