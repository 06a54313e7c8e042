//! The modification time of a file, with its fraction of a second.

use core::fmt;

use crate::date::http_date::HttpDate;
use crate::error::OutOfRange;

/// The modification time of a file, to the nanosecond, within the years of an HTTP-date. ([RFC
/// 9110 §8.8.2])
///
/// `Last-Modified` has whole seconds only. A tag may contain the nanoseconds, so that two changes
/// within one second give two tags. The file system may have coarser steps: some milliseconds on
/// many systems, two seconds on FAT.
///
/// Values are ordered by time.
///
/// # Examples
///
/// ```
/// use http_preconditions::tag::ModificationTime;
///
/// let modified = ModificationTime::from_unix(783_459_811, 900_000_000)?;
/// assert_eq!(modified.date().to_string(), "Sat, 29 Oct 1994 19:43:31 GMT");
///
/// let half_a_second_before_1970 = ModificationTime::from_unix(-1, 500_000_000)?;
/// assert_eq!(half_a_second_before_1970.date().to_unix(), -1);
/// assert!(ModificationTime::from_unix(i64::MAX, 0).is_err());
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9110 §8.8.2]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModificationTime {
    second: HttpDate,
    /// 0 to 999,999,999.
    nanoseconds: u32,
}

impl ModificationTime {
    /// Creates the time that is `seconds` after 1970-01-01T00:00:00Z, or before it if `seconds`
    /// is negative, plus `nanoseconds`. `stat` returns the two as `st_mtime` and `st_mtime_nsec`.
    ///
    /// Nanoseconds of 1,000,000,000 or more are carried into the seconds.
    ///
    /// # Errors
    ///
    /// If the time is before year 1 or after year 9999.
    pub const fn from_unix(seconds: i64, nanoseconds: u32) -> Result<Self, OutOfRange> {
        let seconds = seconds.saturating_add((nanoseconds / 1_000_000_000) as i64);
        match HttpDate::from_unix(seconds) {
            Ok(second) => Ok(Self {
                second,
                nanoseconds: nanoseconds % 1_000_000_000,
            }),
            Err(error) => Err(error),
        }
    }

    /// Returns the second that contains the time, for `Last-Modified`. The nanoseconds are cut
    /// off, never rounded up, also before 1970.
    #[must_use]
    pub const fn date(self) -> HttpDate {
        self.second
    }

    /// Returns the nanoseconds since [`date`](Self::date), 0 to 999,999,999.
    #[must_use]
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Returns true if more than two seconds lie between this time and `now`. (§8.8.2.2)
    ///
    /// Earlier than that, the file may change once more and keep its time: FAT has steps of two
    /// seconds, and a coarse system clock stamps a change with a time that has just passed. A
    /// time in the future is never settled.
    ///
    /// The function compares whole seconds, and requires a difference of three: our decision. A
    /// result of true is therefore right whatever fractions were cut off. The result may be false
    /// for a time that is up to three seconds old; the tag then stays weak for a moment longer.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::ModificationTime;
    ///
    /// let modified = ModificationTime::from_unix(100, 700_000_000)?;
    /// assert!(modified.is_settled(ModificationTime::from_unix(103, 0)?));
    /// assert!(!modified.is_settled(ModificationTime::from_unix(102, 999_999_999)?));
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    #[must_use]
    pub const fn is_settled(self, now: Self) -> bool {
        // Cannot saturate: both times are in the years 1 to 9999.
        now.second.to_unix().saturating_sub(self.second.to_unix()) >= 3
    }
}

/// Converts to the beginning of the second.
impl From<HttpDate> for ModificationTime {
    fn from(second: HttpDate) -> Self {
        Self {
            second,
            nanoseconds: 0,
        }
    }
}

/// Formats as text: `ModificationTime(Sat, 29 Oct 1994 19:43:31 GMT + 900000000 ns)`.
impl fmt::Debug for ModificationTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            second,
            nanoseconds,
        } = self;
        write!(f, "ModificationTime({second} + {nanoseconds} ns)")
    }
}

/// Fails before year 1 and after year 9999.
#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for ModificationTime {
    type Error = OutOfRange;

    fn try_from(time: std::time::SystemTime) -> Result<Self, OutOfRange> {
        let second = HttpDate::try_from(time)?;
        let since = time.duration_since(std::time::SystemTime::try_from(second)?);
        Ok(Self {
            second,
            // The default is never taken: `second` is `time` without its fraction, so it is not
            // later.
            nanoseconds: since.map_or(0, |since| since.subsec_nanos()),
        })
    }
}
