//! The validators of a response that was received.

use crate::clocks::Clocks;
use crate::entity_tag::EntityTag;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::representation::Representation;

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
    pub(crate) last_modified: Option<HttpDate>,
    pub(crate) date: Option<HttpDate>,
    pub(crate) received: Option<HttpDate>,
    pub(crate) content_length: Option<u64>,
    pub(crate) clocks: Clocks,
    pub(crate) stored: Stored,
}

/// A field that has a single value, as far as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Single<T> {
    Absent,
    /// One line that cannot be read, or several. A tag of this kind is equal to none: our decision.
    Malformed,
    Value(T),
}

impl<T> Single<T> {
    /// Takes one line of the field, which may be none that can be read.
    fn line(&mut self, value: Option<T>) {
        *self = match (&self, value) {
            (Self::Absent, Some(value)) => Self::Value(value),
            _ => Self::Malformed,
        };
    }

    fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }
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
            last_modified: None,
            date: None,
            received: None,
            content_length: None,
            clocks: Clocks::Differ { gap: 60 },
            stored: Stored::Whole,
        }
    }

    /// Reads `ETag`, Last-Modified, Date and Content-Length from the fields of a response, and
    /// passes over all others; a year of two digits as of [`HttpDate::NOW_WITHOUT_CLOCK`].
    ///
    /// A date or a length that cannot be read counts as absent, and so does one of several lines.
    /// An `ETag` of that kind is none that could be sent, and matches none.
    pub fn from_fields<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
    ) -> Self {
        Self::new().read(fields, HttpDate::NOW_WITHOUT_CLOCK)
    }

    /// Reads the same from a response that was [received](Self::received) at this time, as of which
    /// years of two digits are read.
    pub fn from_fields_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        received: HttpDate,
    ) -> Self {
        Self::new().received(received).read(fields, received)
    }

    fn read<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        self,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        now: HttpDate,
    ) -> Self {
        let (mut etag, mut content_length) = (Single::Absent, Single::Absent);
        let (mut last_modified, mut date) = (Single::Absent, Single::Absent);
        for (name, value) in fields {
            let (name, value) = (name.as_ref(), value.as_ref());
            let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
            if is("ETag") {
                etag.line(EntityTag::parse(value).ok());
            } else if is("Last-Modified") {
                last_modified.line(HttpDate::parse_at(value, now).ok());
            } else if is("Date") {
                date.line(HttpDate::parse_at(value, now).ok());
            } else if is("Content-Length") {
                content_length.line(
                    grammar::whole(value, |text| {
                        grammar::complete(grammar::number_below_2_64(text))
                    })
                    .ok(),
                );
            }
        }
        Self {
            etag,
            last_modified: last_modified.value(),
            date: date.value(),
            content_length: content_length.value(),
            ..self
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
            last_modified: Some(date),
            ..self
        }
    }

    /// The same with this Date. Without one, Last-Modified is not a strong validator.
    ///
    /// It is the Date of the response that brought the content. A 304 has a later one, which goes
    /// into the stored fields, but says nothing about how long after its modification the content
    /// was sent: give the first one here.
    #[must_use]
    pub const fn date(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            ..self
        }
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
            content_length: Some(octets),
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
            Some(date) if self.clocks.is_strong(date, self.date) => Some(date),
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
        let representation = Representation::with_validators(self.tag(), self.last_modified);
        match (self.etag, self.strong_last_modified()) {
            (Single::Absent | Single::Value(_), Some(date)) => {
                representation.strong_last_modified(date)
            }
            _ => representation,
        }
    }

    pub(crate) const fn tag(&self) -> Option<EntityTag<'a>> {
        match self.etag {
            Single::Value(tag) => Some(tag),
            Single::Absent | Single::Malformed => None,
        }
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
