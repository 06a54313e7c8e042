//! The validators that a server sends with a response: `ETag` and `Last-Modified`.

use crate::date::http_date::HttpDate;
use crate::representation::Representation;
use crate::tag::entity_tag::EntityTag;

/// The validators to send with a response: `ETag` and `Last-Modified`. ([RFC 9110 §8.8])
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, HttpDate, OriginClock, PutContent};
/// use http_preconditions::{Representation, ValidatorsToSend};
///
/// let tag = EntityTag::from_static("\"v2\"");
/// let modified = HttpDate::from_unix(783_459_811)?;
/// let current = Representation::new().etag(tag).last_modified(modified);
///
/// // The file's time is later than the server's clock: `Last-Modified` becomes `Date`.
/// let date = HttpDate::from_unix(783_459_000)?;
/// let clock = OriginClock::Own(date);
/// let for_get = ValidatorsToSend::for_response(&current, clock);
/// assert_eq!((for_get.etag(), for_get.last_modified()), (Some(tag), Some(date)));
///
/// // The server has changed the content of a PUT: the client does not hold this version.
/// let for_put = ValidatorsToSend::for_put(&current, PutContent::Transformed, clock);
/// assert_eq!(for_put, ValidatorsToSend::NONE);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9110 §8.8]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValidatorsToSend<'a> {
    etag: Option<EntityTag<'a>>,
    last_modified: Option<HttpDate>,
}

impl<'a> ValidatorsToSend<'a> {
    /// Neither `ETag` nor `Last-Modified`.
    pub const NONE: Self = Self {
        etag: None,
        last_modified: None,
    };

    /// Creates the validators for a response about this representation: a 200 to a GET or HEAD, a
    /// 206, or the response to a method other than PUT that has created it (§8.8, §15.3.2).
    ///
    /// The response gets all validators of the representation (§15.3.1), except a date that the
    /// `clock` rules out: see [`OriginClock::last_modified`].
    #[must_use]
    pub const fn for_response(representation: &Representation<'a>, clock: OriginClock) -> Self {
        Self {
            etag: representation.etag,
            last_modified: match representation.last_modified {
                Some(date) => clock.last_modified(date),
                None => None,
            },
        }
    }

    /// Creates the validators for the successful response to a PUT that has created `new`.
    ///
    /// The client assumes that these validators belong to the content that it sent, and repeats
    /// the tag in the If-Match of its next change. Therefore the server must not send validators
    /// if it has stored anything other than that content (§9.3.4).
    #[must_use]
    pub const fn for_put(
        new: &Representation<'a>,
        content: PutContent,
        clock: OriginClock,
    ) -> Self {
        match content {
            PutContent::Verbatim => Self::for_response(new, clock),
            PutContent::Transformed => Self::NONE,
        }
    }

    /// Returns the value of `ETag`, or `None` if the response gets no `ETag`.
    #[must_use]
    pub const fn etag(&self) -> Option<EntityTag<'a>> {
        self.etag
    }

    /// Returns the value of `Last-Modified`, or `None` if the response gets no `Last-Modified`.
    #[must_use]
    pub const fn last_modified(&self) -> Option<HttpDate> {
        self.last_modified
    }
}

/// The form in which the server has stored the content of a PUT. ([RFC 9110 §9.3.4])
///
/// [RFC 9110 §9.3.4]: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum PutContent {
    /// The new representation is the received content, byte for byte.
    Verbatim,
    /// The server has changed the content: for example, it has reformatted or cleaned the
    /// content, added an id or a time stamp, or stored the content in columns.
    Transformed,
}

/// The clock from which a server takes the dates of a response. ([RFC 9110 §6.6.1, §8.8.2.1])
///
/// [RFC 9110 §6.6.1, §8.8.2.1]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the RFC has these three cases")]
pub enum OriginClock {
    /// The server has a clock, which shows this time when the server creates the response. The
    /// server sends this time as `Date`.
    Own(HttpDate),
    /// The server has no clock, or a clock that is not set. The server sends neither `Date` nor
    /// `Last-Modified`.
    None,
    /// The server has no clock, and a system with a clock assigned the modification date: the
    /// machine that built a firmware, or the server from which a page was fetched. The server
    /// sends the modification date and no `Date`.
    OfAnotherSystem,
}

impl OriginClock {
    /// Returns the value of `Date`. A server with a clock must send it with every 2xx, 3xx and
    /// 4xx response (§6.6.1). Returns `None` if the server has no clock: it must not send `Date`.
    #[must_use]
    pub const fn date(self) -> Option<HttpDate> {
        match self {
            Self::Own(now) => Some(now),
            Self::None | Self::OfAnotherSystem => None,
        }
    }

    /// Returns the value of `Last-Modified` for a representation that was modified at this date.
    /// The value is never later than `Date` (§8.8.2.1).
    ///
    /// Returns `None` for [`OriginClock::None`], because a server without a clock must not make
    /// up a date (§8.8.2.1).
    ///
    /// You must round a time with fractions of a second down before you pass it, as
    /// [`ModificationTime::date`](crate::tag::ModificationTime::date) and `HttpDate::try_from`
    /// do.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{OriginClock, HttpDate};
    ///
    /// let now = HttpDate::from_unix(783_459_811)?;
    /// let an_hour_ahead = HttpDate::from_unix(783_463_411)?;
    /// assert_eq!(OriginClock::Own(now).last_modified(an_hour_ahead), Some(now));
    /// assert_eq!(OriginClock::None.last_modified(now), None);
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    #[must_use]
    pub const fn last_modified(self, modified: HttpDate) -> Option<HttpDate> {
        match self {
            Self::Own(now)
                if now
                    .to_unix()
                    .saturating_sub(modified.to_unix())
                    .is_negative() =>
            {
                Some(now)
            }
            Self::Own(_) | Self::OfAnotherSystem => Some(modified),
            Self::None => None,
        }
    }
}
