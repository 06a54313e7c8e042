//! The rule by which a client or a cache treats Last-Modified as a strong validator. (RFC 9110
//! §8.8.2.2)

use crate::date::http_date::HttpDate;

/// Whether Date and Last-Modified of a response are trusted to come from the same clock. This
/// decides whether Last-Modified is a strong validator. ([RFC 9110 §8.8.2.2])
///
/// A client or a cache treats Last-Modified as strong only if Date is at least one second later.
/// In addition, either both dates must come from the same clock, or the gap must be so wide that
/// a difference between two clocks does not matter. RFC 7232 required 60 seconds; RFC 9110 leaves
/// the number open.
///
/// Neither choice protects you from another cache on the way that has replaced Date with the Date
/// of a 304 (RFC 9111 §3.2). A Last-Modified that two versions share then looks strong: a
/// [guard](crate::client::ResponseValidators::guard) may lose an update, and a client may combine
/// parts of two versions. To trust no date, use `MinGap { seconds: u32::MAX }`, which is 136
/// years.
///
/// Do not use this type in an origin server. An origin server must know that a representation did
/// not change twice in one second; see
/// [`Representation::strong_last_modified`](crate::Representation::strong_last_modified).
///
/// # Examples
///
/// ```
/// use http_preconditions::{HttpDate, client::DateTrust};
///
/// let modified = HttpDate::parse(b"Sat, 29 Oct 1994 19:43:31 GMT")?;
/// let a_second_later = HttpDate::parse(b"Sat, 29 Oct 1994 19:43:32 GMT")?;
/// assert!(DateTrust::SameClock.is_strong(modified, Some(a_second_later)));
/// assert!(!DateTrust::SameClock.is_strong(modified, Some(modified)));
/// // By default a gap of 60 seconds is needed.
/// assert!(!DateTrust::default().is_strong(modified, Some(a_second_later)));
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §8.8.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum DateTrust {
    /// Both dates come from one clock: a gap of one second is enough.
    SameClock,
    /// The dates may come from two clocks: a gap of this many seconds is needed, and at least one
    /// second even if `seconds` is 0.
    MinGap {
        /// The smallest gap from Last-Modified to Date, in seconds.
        seconds: u32,
    },
}

impl DateTrust {
    /// Returns true if `last_modified` is a strong validator in a response with this Date.
    ///
    /// Returns false if the response has no Date, or if Date is not later than `last_modified`.
    #[must_use]
    pub const fn is_strong(self, last_modified: HttpDate, date: Option<HttpDate>) -> bool {
        let Some(date) = date else {
            return false;
        };
        let gap = date.to_unix().saturating_sub(last_modified.to_unix());
        match self {
            Self::SameClock => gap >= 1,
            Self::MinGap { seconds: demanded } => gap >= 1 && gap >= demanded as i64,
        }
    }
}

/// Returns `MinGap` with the 60 seconds that RFC 7232 required.
impl Default for DateTrust {
    fn default() -> Self {
        Self::MinGap { seconds: 60 }
    }
}
