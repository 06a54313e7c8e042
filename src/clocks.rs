//! When a client or a cache may take a modification date for a strong validator.

use crate::http_date::HttpDate;

/// What is believed of the clocks behind a response's Date and its Last-Modified, which makes that
/// date a strong validator or not. ([RFC 9110 §8.8.2.2])
///
/// A client or a cache takes Last-Modified to be strong if Date is at least a second later, and
/// either both are of one clock, or the gap is so wide that a difference of the clocks does not
/// matter. RFC 7232 had 60 seconds for that; RFC 9110 leaves the number to judgement.
///
/// Whatever is believed, a cache on the way may have replaced Date by that of a 304 (RFC 9111
/// §3.2). The gap is then that of the 304, and a date that two versions share looks strong: a
/// [guard](crate::Validators::guard) may lose an update, and parts of both may be put together. Who
/// cannot bear that believes no date, with a `gap` of `u32::MAX`, which is 136 years.
///
/// This is not for origin servers, which have to know that a representation did not change twice
/// in a second:
/// [`Representation::strong_last_modified`](crate::Representation::strong_last_modified).
///
/// # Examples
///
/// ```
/// use http_preconditions::{Clocks, HttpDate};
///
/// let modified = HttpDate::parse(b"Sat, 29 Oct 1994 19:43:31 GMT")?;
/// let a_second_later = HttpDate::parse(b"Sat, 29 Oct 1994 19:43:32 GMT")?;
/// assert!(Clocks::Same.is_strong(modified, Some(a_second_later)));
/// assert!(!Clocks::Same.is_strong(modified, Some(modified)));
/// assert!(!Clocks::default().is_strong(modified, Some(a_second_later)), "60 seconds are wanted");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §8.8.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum Clocks {
    /// One clock gave both: a gap of a second is enough.
    Same,
    /// There may be two: a gap of so many seconds is demanded, and of one second at least.
    Differ {
        /// Seconds from Last-Modified to Date.
        gap: u32,
    },
}

impl Clocks {
    /// Reports whether `last_modified` is a strong validator in a response with this Date.
    ///
    /// Without Date it is not, nor where Date is the earlier one.
    #[must_use]
    pub const fn is_strong(self, last_modified: HttpDate, date: Option<HttpDate>) -> bool {
        let Some(date) = date else {
            return false;
        };
        let gap = date.to_unix().saturating_sub(last_modified.to_unix());
        match self {
            Self::Same => gap >= 1,
            Self::Differ { gap: demanded } => gap >= 1 && gap >= demanded as i64,
        }
    }
}

/// Clocks that may differ, and the gap of 60 seconds that RFC 7232 demanded.
impl Default for Clocks {
    fn default() -> Self {
        Self::Differ { gap: 60 }
    }
}
