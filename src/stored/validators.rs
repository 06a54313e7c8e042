//! `ResponseValidators`: the validators of a response that was received or is stored, with their
//! setters and getters.

use crate::date::http_date::HttpDate;
use crate::range::content_range::ContentRange;
use crate::representation::Representation;
use crate::stored::date_trust::DateTrust;
use crate::stored::single_line::SingleLine;
use crate::tag::entity_tag::EntityTag;

/// The validators of a response, and the fields that decide how strong they are. ([RFC 9110
/// §8.8], [RFC 9111 §4.3])
///
/// A client or a cache reads them from a stored response in order to validate it, and from the
/// 304, or the response to a HEAD, that it compares with the stored response.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, client::{ResponseValidators, revalidate}};
///
/// let stored = [("Content-Type", "text/plain"), ("ETag", "\"a,b\"")];
/// let held = ResponseValidators::from_fields(stored);
/// assert_eq!(held, ResponseValidators::new().etag(EntityTag::from_static("\"a,b\"")));
///
/// let (name, value) = revalidate([held]).next().ok_or("there is a tag")?.into_parts();
/// assert_eq!((name, value.to_string()), ("If-None-Match", "\"a,b\"".to_owned()));
/// # Ok::<(), &str>(())
/// ```
///
/// An unquoted tag is malformed, and is never sent:
///
/// ```
/// use http_preconditions::client::{ResponseValidators, revalidate};
///
/// let held = ResponseValidators::from_fields([("ETag", "v1")]);
/// assert_eq!(revalidate([held]).count(), 0);
/// ```
///
/// [RFC 9110 §8.8]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
/// [RFC 9111 §4.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseValidators<'a> {
    pub(crate) etag: SingleLine<EntityTag<'a>>,
    pub(crate) last_modified: SingleLine<HttpDate>,
    /// The stored Date, which may be the Date of the last 304.
    pub(crate) date: Option<HttpDate>,
    /// The Date of the response that brought the content.
    pub(super) first_date: Option<HttpDate>,
    /// When the response was received, by the recipient's clock.
    pub(crate) received: Option<HttpDate>,
    pub(crate) content_length: SingleLine<u64>,
    pub(crate) date_trust: DateTrust,
    pub(crate) status: u16,
    /// Whether the response is complete.
    pub(crate) extent: Extent,
}

impl<'a> ResponseValidators<'a> {
    /// Creates an empty set of validators for a complete 200.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            etag: SingleLine::Absent,
            last_modified: SingleLine::Absent,
            date: None,
            first_date: None,
            received: None,
            content_length: SingleLine::Absent,
            date_trust: DateTrust::MinGap { seconds: 60 },
            status: 200,
            extent: Extent::Whole,
        }
    }

    /// Sets the entity tag.
    #[must_use]
    pub const fn etag(self, etag: EntityTag<'a>) -> Self {
        Self {
            etag: SingleLine::Value(etag),
            ..self
        }
    }

    /// Sets Last-Modified.
    #[must_use]
    pub const fn last_modified(self, date: HttpDate) -> Self {
        Self {
            last_modified: SingleLine::Value(date),
            ..self
        }
    }

    /// Sets the Date of the response that brought the content. Without it, Last-Modified is not a
    /// strong validator.
    ///
    /// Set the Date of a later 304 with [`updated`](Self::updated) instead.
    #[must_use]
    pub const fn date(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            first_date: Some(date),
            ..self
        }
    }

    /// Sets the Date of a 304 that has updated the stored response. This Date decides which
    /// response is the most recent (RFC 9111 §4). The first Date still decides whether
    /// Last-Modified is strong (RFC 9110 §8.8.2.2).
    #[must_use]
    pub const fn updated(self, date: HttpDate) -> Self {
        Self {
            date: Some(date),
            ..self
        }
    }

    /// Returns the Date of the response that brought the content, or `None` if that response had
    /// no Date (RFC 9110 §8.8.2.2). A cache must store this Date beside the fields, and pass it
    /// to [`from_stored`](Self::from_stored).
    #[must_use]
    pub const fn first_date(&self) -> Option<HttpDate> {
        self.first_date
    }

    /// Sets the time when the response was received, by the recipient's own clock. This time
    /// stands in for a missing Date when a cache evaluates If-Modified-Since (RFC 9111 §4.3.2) or
    /// looks for the [most recent](crate::cache::most_recent) response. It never makes
    /// Last-Modified strong.
    #[must_use]
    pub const fn received(self, received: HttpDate) -> Self {
        Self {
            received: Some(received),
            ..self
        }
    }

    /// Sets Content-Length, in bytes.
    #[must_use]
    pub const fn content_length(self, octets: u64) -> Self {
        Self {
            content_length: SingleLine::Value(octets),
            ..self
        }
    }

    /// Sets whether Date and Last-Modified are trusted to come from one clock. By default [they
    /// are not](DateTrust::default).
    #[must_use]
    pub const fn date_trust(self, date_trust: DateTrust) -> Self {
        Self { date_trust, ..self }
    }

    /// Sets the status code of the response, 100 to 599. The default is 200. The fields do not
    /// contain the status code, so a cache must set it for every stored response that is not
    /// a 200.
    ///
    /// - 200 and 206: conditions are evaluated. A response with another status is [served as it
    ///   is](crate::cache::evaluate_stored) (RFC 9111 §4.3.2).
    /// - 2xx: the response can be validated and freshened. A server sends 304 in place of a
    ///   success, so a 304 never stands for a stored 301 or 404 (RFC 9110 §15.4.5).
    /// - 206: the response holds nothing unless its [part](Self::content_range) is known. Set 200
    ///   for parts that were combined into the complete representation (RFC 9111 §3.4).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::cache::{ResponseValidators, Reuse, evaluate_stored};
    /// use http_preconditions::{EntityTag, client::revalidate};
    ///
    /// let moved = ResponseValidators::new().etag(EntityTag::from_static("\"v1\"")).status(301);
    /// let request = [("If-None-Match", "\"v1\"")];
    /// assert_eq!(evaluate_stored("GET", request, Some(&moved)), Reuse::Serve);
    /// assert_eq!(revalidate([moved]).count(), 0);
    /// ```
    #[must_use]
    pub const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Returns Last-Modified if [it is a strong validator](DateTrust::is_strong), otherwise
    /// `None`.
    #[must_use]
    pub const fn strong_last_modified(&self) -> Option<HttpDate> {
        match self.last_modified {
            SingleLine::Value(date) if self.date_trust.is_strong(date, self.first_date) => {
                Some(date)
            }
            _ => None,
        }
    }

    /// Returns the validators as a [`Representation`], with a strong date if [Last-Modified is
    /// strong](Self::strong_last_modified).
    ///
    /// [`Representation::combines_with`] tells whether parts of two responses may be combined. Beside
    /// a malformed `ETag` the date is weak, because a client must not send a date as If-Range for
    /// a response that has a tag (RFC 9110 §13.1.5).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::{DateTrust, ResponseValidators};
    ///
    /// let fields = [
    ///     ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT"),
    ///     ("Date", "Sat, 29 Oct 1994 19:43:59 GMT"),
    /// ];
    /// let held = ResponseValidators::from_fields(fields);
    /// assert!(held.representation().strong_validator().is_none(), "a gap of 60 s is needed");
    /// assert!(held.date_trust(DateTrust::SameClock).representation().strong_validator().is_some());
    /// ```
    #[must_use]
    pub const fn representation(&self) -> Representation<'a> {
        let representation =
            Representation::with_validators(self.tag(), self.last_modified.value());
        match (self.etag, self.strong_last_modified()) {
            (SingleLine::Absent | SingleLine::Value(_), Some(date)) => {
                representation.strong_last_modified(date)
            }
            _ => representation,
        }
    }

    /// Returns the entity tag, or `None` if `ETag` is absent or malformed.
    pub(crate) const fn tag(&self) -> Option<EntityTag<'a>> {
        self.etag.value()
    }

    /// Returns true if the status is a success, so that a 304 can stand for the response. (RFC
    /// 9110 §15.4.5)
    pub(crate) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Returns true if the response has neither `ETag` nor Last-Modified. A malformed field
    /// counts as present.
    pub(crate) const fn has_no_validator(&self) -> bool {
        self.etag.is_absent() && self.last_modified.is_absent()
    }
}

impl Default for ResponseValidators<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// How much of the representation a response holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Extent {
    Whole,
    /// The response is incomplete.
    Part {
        /// The part that the response holds, or `None` if it is unknown.
        range: Option<ContentRange>,
        /// Whether the response holds all bytes that the current request asks for.
        holds_range: bool,
    },
}
