//! Which validators belong on an answer.

use crate::entity_tag::EntityTag;
use crate::http_date::HttpDate;
use crate::representation::Representation;

/// The validators to send with an answer: `ETag` and `Last-Modified`. ([RFC 9110 §8.8])
///
/// # Examples
///
/// ```
/// use http_preconditions::{Clock, EntityTag, HttpDate, Representation, Stored, ValidatorFields};
///
/// let modified = HttpDate::from_unix(783_459_811)?;
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\"")).last_modified(modified);
///
/// // The file's time lies ahead of the server's clock: the answer says that of its own `Date`.
/// let date = HttpDate::from_unix(783_459_000)?;
/// let of_get = ValidatorFields::of(&current, Clock::Own(date));
/// assert_eq!((of_get.etag(), of_get.last_modified()), (Some(EntityTag::from_static("\"v2\"")), Some(date)));
///
/// // The server has put the content of a PUT into another form: the client does not have this version.
/// let of_put = ValidatorFields::of_put(&current, Stored::Transformed, Clock::Own(date));
/// assert_eq!(of_put, ValidatorFields::NONE);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9110 §8.8]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValidatorFields<'a> {
    etag: Option<EntityTag<'a>>,
    last_modified: Option<HttpDate>,
}

impl<'a> ValidatorFields<'a> {
    /// No validator.
    pub const NONE: Self = Self {
        etag: None,
        last_modified: None,
    };

    /// Those for an answer that is about this representation: a 200 to a GET or HEAD, a 206, and an
    /// answer to a method that has made it, other than PUT (§8.8, §15.3.2).
    ///
    /// All that there are (§15.3.1). A `Last-Modified` is never later than `Date` (§8.8.2.1).
    #[must_use]
    pub const fn of(representation: &Representation<'a>, clock: Clock) -> Self {
        Self {
            etag: representation.etag,
            last_modified: match representation.last_modified {
                Some(date) => clock.last_modified(date),
                None => None,
            },
        }
    }

    /// Those for a successful answer to a PUT that has made `new`.
    ///
    /// A client takes them to be about the content that it holds, and sends them in the If-Match of
    /// its next change. So none may be sent where the server has stored anything else than that
    /// content (§9.3.4).
    #[must_use]
    pub const fn of_put(new: &Representation<'a>, stored: Stored, clock: Clock) -> Self {
        match stored {
            Stored::Verbatim => Self::of(new, clock),
            Stored::Transformed => Self::NONE,
        }
    }

    /// For the field `ETag`.
    #[must_use]
    pub const fn etag(&self) -> Option<EntityTag<'a>> {
        self.etag
    }

    /// For the field `Last-Modified`.
    #[must_use]
    pub const fn last_modified(&self) -> Option<HttpDate> {
        self.last_modified
    }
}

/// What became of the content of a PUT. ([RFC 9110 §9.3.4])
///
/// [RFC 9110 §9.3.4]: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum Stored {
    /// The new representation is the content as received, octet for octet.
    Verbatim,
    /// It is not: reformatted, given an id or a time stamp, cleaned, stored in columns.
    Transformed,
}

/// Which clock the dates of an answer are from. ([RFC 9110 §6.6.1, §8.8.2.1])
///
/// [RFC 9110 §6.6.1, §8.8.2.1]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the RFC has these three cases")]
pub enum Clock {
    /// The server has one, which shows this time as the answer is originated: what it sends as
    /// `Date`.
    Own(HttpDate),
    /// It has none, or one that does not tell the time: it sends neither `Date` nor
    /// `Last-Modified`.
    None,
    /// It has none, and the modification date was assigned by a system that has one: the machine
    /// that built a firmware, or the server that a page was fetched from. It sends that date
    /// and no `Date`.
    OfAnotherSystem,
}

impl Clock {
    /// The field `Date`: all answers of 2xx, 3xx and 4xx have it where there is a clock, and none
    /// has it where there is none (§6.6.1).
    #[must_use]
    pub const fn date(self) -> Option<HttpDate> {
        match self {
            Self::Own(now) => Some(now),
            Self::None | Self::OfAnotherSystem => None,
        }
    }

    /// The field `Last-Modified` of what was modified at this date: never later than `Date`, and
    /// none that a server without a clock made up (§8.8.2.1).
    ///
    /// Times finer than a second are cut off before they come here, as
    /// [`ModificationTime::date`](crate::ModificationTime::date) and `HttpDate::try_from` do.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Clock, HttpDate};
    ///
    /// let now = HttpDate::from_unix(783_459_811)?;
    /// let an_hour_ahead = HttpDate::from_unix(783_463_411)?;
    /// assert_eq!(Clock::Own(now).last_modified(an_hour_ahead), Some(now));
    /// assert_eq!(Clock::None.last_modified(now), None);
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
