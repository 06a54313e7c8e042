//! A modification time as file systems keep it, with its part of a second.

use core::fmt;

use crate::error::OutOfRange;
use crate::http_date::HttpDate;

/// When a file was modified, to the nanosecond, within the years that an HTTP-date has. ([RFC 9110
/// §8.8.2])
///
/// `Last-Modified` names whole seconds; a tag may have the rest, so that two changes within one
/// second give two tags. How finely a file system counts is another matter: many to some
/// milliseconds, FAT to two seconds.
///
/// The order is that of time.
///
/// # Examples
///
/// ```
/// use http_preconditions::ModificationTime;
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
    /// The time so many seconds after 1970-01-01T00:00:00Z, or before it when negative, and so many
    /// nanoseconds later, as `stat` has it in `st_mtime` and `st_mtime_nsec`.
    ///
    /// Nanoseconds from 1,000,000,000 on are carried into the seconds.
    ///
    /// # Errors
    ///
    /// Before year 1 and after year 9999.
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

    /// The second that the time is in, for `Last-Modified`: the rest is cut off, never rounded up,
    /// also before 1970.
    #[must_use]
    pub const fn date(self) -> HttpDate {
        self.second
    }

    /// The nanoseconds since [`date`](Self::date), 0 to 999,999,999.
    #[must_use]
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Returns true if more than two seconds lie between this time and `now`. (§8.8.2.2)
    ///
    /// Before that the file may change once more and keep its time: FAT counts to two seconds, and a
    /// coarse system clock stamps a change with a time that has just passed. A time in the future is
    /// never settled.
    ///
    /// Only whole seconds are compared, and three of them must lie between: our decision. The answer
    /// then holds whatever was cut off from either time, and may be false for a time that is up to
    /// three seconds old; the tag stays weak for that moment longer.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::ModificationTime;
    ///
    /// let modified = ModificationTime::from_unix(100, 700_000_000)?;
    /// assert!(modified.is_settled(ModificationTime::from_unix(103, 0)?));
    /// assert!(!modified.is_settled(ModificationTime::from_unix(102, 999_999_999)?));
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    #[must_use]
    pub const fn is_settled(self, now: Self) -> bool {
        // Both are of the years 1 to 9999, so that nothing saturates.
        now.second.to_unix().saturating_sub(self.second.to_unix()) >= 3
    }
}

/// The beginning of that second.
impl From<HttpDate> for ModificationTime {
    fn from(second: HttpDate) -> Self {
        Self {
            second,
            nanoseconds: 0,
        }
    }
}

/// As text: `ModificationTime(Sat, 29 Oct 1994 19:43:31 GMT + 900000000 ns)`.
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
            // The second is where `time` is cut off, and so not after it.
            nanoseconds: since.map_or(0, |since| since.subsec_nanos()),
        })
    }
}
