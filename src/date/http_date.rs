//! The HTTP-date: three formats are parsed, one is written, and the value is a number of seconds.

mod any_case;

use core::fmt;
use core::str::FromStr;

use crate::error::{OutOfRange, ParseError};
use crate::grammar;
use crate::grammar::calendar::{self, DAY_NAMES, MONTH_NAMES};

/// An HTTP-date (`HTTP-date` in the RFC): a whole second of the years 1 to 9999, in UTC. ([RFC
/// 9110 §5.6.7])
///
/// ```abnf
/// HTTP-date    = IMF-fixdate / obs-date
/// IMF-fixdate  = day-name "," SP date1 SP time-of-day SP GMT   ; Sun, 06 Nov 1994 08:49:37 GMT
/// obs-date     = rfc850-date / asctime-date
/// rfc850-date  = day-name-l "," SP date2 SP time-of-day SP GMT ; Sunday, 06-Nov-94 08:49:37 GMT
/// asctime-date = day-name SP date3 SP time-of-day SP year      ; Sun Nov  6 08:49:37 1994
/// ```
///
/// All three formats are parsed, case-sensitively and with nothing but whitespace around them.
/// CR, LF and NUL are read as spaces (§5.5). Only the first format is written.
///
/// Our decisions, where the RFC leaves a choice: the day name need not fit the date; `:60` is
/// accepted only in 23:59:60, and read as the next second. A year of two digits is [read relative
/// to a "now"](Self::parse_at).
///
/// # Examples
///
/// ```
/// use http_preconditions::HttpDate;
///
/// let date = HttpDate::parse(b"Sun Nov  6 08:49:37 1994")?;
/// assert_eq!(date.to_unix(), 784_111_777);
/// assert_eq!(date.to_string(), "Sun, 06 Nov 1994 08:49:37 GMT");
///
/// let zone = HttpDate::parse(b"Sun, 06 Nov 1994 08:49:37 UTC").unwrap_err();
/// assert_eq!(zone.to_string(), "expected `GMT` at byte 26");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §5.6.7]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpDate(pub(crate) i64);

impl HttpDate {
    /// The earliest date: Mon, 01 Jan 0001 00:00:00 GMT.
    pub const MIN: Self = Self(calendar::MIN);

    /// The latest date: Fri, 31 Dec 9999 23:59:59 GMT.
    pub const MAX: Self = Self(calendar::MAX);

    /// The "now" for callers without a clock: Thu, 31 Dec 2026 23:59:59 GMT, no earlier than this
    /// release (our decision).
    ///
    /// Only years of two digits depend on it: they are read as 1977 to 2076. A later release has
    /// a later constant.
    pub const ASSUMED_NOW: Self = Self(1_798_761_599);

    /// Creates the date that is `seconds` after 1970-01-01T00:00:00Z, or before it if `seconds`
    /// is negative. Leap seconds do not count.
    ///
    /// # Errors
    ///
    /// If `seconds` is less than -62,135,596,800 (before year 1) or more than 253,402,300,799
    /// (after year 9999).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::HttpDate;
    ///
    /// let before_1970 = HttpDate::from_unix(-1)?;
    /// assert_eq!(before_1970.to_string(), "Wed, 31 Dec 1969 23:59:59 GMT");
    /// assert!(HttpDate::from_unix(i64::MAX).is_err());
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    pub const fn from_unix(seconds: i64) -> Result<Self, OutOfRange> {
        if seconds < Self::MIN.0 || seconds > Self::MAX.0 {
            return Err(OutOfRange);
        }
        Ok(Self(seconds))
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z, negative before it.
    #[must_use]
    pub const fn to_unix(self) -> i64 {
        self.0
    }

    /// Parses a date in any of the three formats. A year of two digits is read relative to
    /// [`ASSUMED_NOW`].
    ///
    /// # Errors
    ///
    /// - `yesterday`, `0`, the empty value: a day name is expected at byte 0.
    /// - `Sun, 6 Nov 1994 08:49:37 GMT`: a day in two digits is expected, and its second digit is
    ///   missing at byte 6.
    /// - `Wed, 29 Feb 2023 00:00:00 GMT`: a day that the month has is expected at byte 5.
    /// - `Sun, 06 Nov 1994 08:49:37 UTC`: `GMT` is expected at byte 26.
    /// - `Sun, 06 Nov 1994 08:49:37 GMT; length=5`: the end is expected at byte 29.
    ///
    /// [`ASSUMED_NOW`]: Self::ASSUMED_NOW
    pub fn parse(value: &[u8]) -> Result<Self, ParseError> {
        Self::parse_at(value, Self::ASSUMED_NOW)
    }

    /// Parses a date in any of the three formats. A year of two digits is read relative to `now`.
    /// (§5.6.7)
    ///
    /// The year is in the century of `now`, unless the date would then be more than 50 years
    /// after `now`. In that case the year is in the century before.
    ///
    /// # Errors
    ///
    /// Like [`parse`](Self::parse).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::HttpDate;
    ///
    /// let now = HttpDate::parse(b"Mon, 15 Jun 2026 12:00:00 GMT")?;
    /// let in_50_years = HttpDate::parse_at(b"Monday, 15-Jun-76 12:00:00 GMT", now)?;
    /// let a_second_more = HttpDate::parse_at(b"Tuesday, 15-Jun-76 12:00:01 GMT", now)?;
    /// assert_eq!(in_50_years.to_string(), "Mon, 15 Jun 2076 12:00:00 GMT");
    /// assert_eq!(a_second_more.to_string(), "Tue, 15 Jun 1976 12:00:01 GMT");
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    pub fn parse_at(value: &[u8], now: Self) -> Result<Self, ParseError> {
        match grammar::fast::http_date(value, now.0) {
            Some(unix) => Ok(Self(unix)),
            None => grammar::whole(value, |text| grammar::http_date(text, now.0)).map(Self),
        }
    }

    /// Returns the date as `IMF-fixdate`, the only format to send: 29 bytes of ASCII. (§5.6.7)
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "remainders of the lengths, which are cheaper than tests that always pass"
    )]
    pub const fn to_imf_fixdate(self) -> [u8; 29] {
        let date = calendar::from_unix(self.0);
        let weekday = DAYS[date.weekday as usize % 8];
        let month = MONTHS[date.month as usize % 16];
        let [century, year] = date.year;
        let [hour, minute, second] = date.time;
        let mut text = *b"Day, 00 Mon 0000 00:00:00 GMT";
        put(&mut text, 0, weekday);
        put(&mut text, 5, digits(date.day));
        put(&mut text, 8, month);
        put(&mut text, 12, digits(century));
        put(&mut text, 14, digits(year));
        put(&mut text, 17, digits(hour));
        put(&mut text, 20, digits(minute));
        put(&mut text, 23, digits(second));
        text
    }
}

/// Day names from Wednesday and month names from March, in the order of [`calendar::Date`], each
/// with the byte that follows it in a date.
const DAYS: [[u8; 4]; 8] = names(DAY_NAMES, 3, b',');
const MONTHS: [[u8; 4]; 16] = names(MONTH_NAMES, 2, b' ');

/// Returns a table of `names`, rotated to begin with `names[first]`, each followed by `behind`.
/// The places beyond the names stay zero.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "when the crate is compiled"
)]
const fn names<const NAMES: usize, const LENGTH: usize>(
    names: [u32; NAMES],
    first: usize,
    behind: u8,
) -> [[u8; 4]; LENGTH] {
    let mut table = [[0; 4]; LENGTH];
    let mut place = 0;
    while place < NAMES {
        let [a, b, c, _] = names[(first + place) % NAMES].to_le_bytes();
        table[place] = [a, b, c, behind];
        place += 1;
    }
    table
}

/// Returns the two digits of a number below 100.
#[expect(clippy::indexing_slicing, reason = "remainders of the length")]
const fn digits(number: u32) -> [u8; 2] {
    DIGITS[number as usize % 128]
}

/// The two digits of every number below 100. It is apart from `to_imf_fixdate`, so that only a
/// program that writes dates contains it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "when the crate is compiled"
)]
const DIGITS: [[u8; 2]; 128] = {
    let mut table = [[0; 2]; 128];
    let mut number = 0;
    while number < 100 {
        table[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    table
};

const fn put<const LENGTH: usize>(text: &mut [u8; 29], at: usize, octets: [u8; LENGTH]) {
    if let Some((_, text)) = text.split_at_mut_checked(at) {
        if let Some(place) = text.first_chunk_mut() {
            *place = octets;
        }
    }
}

impl fmt::Display for HttpDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The default is never taken, because the bytes are ASCII.
        f.pad(core::str::from_utf8(&self.to_imf_fixdate()).unwrap_or_default())
    }
}

/// Formats as text: `HttpDate(Sun, 06 Nov 1994 08:49:37 GMT)`.
impl fmt::Debug for HttpDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpDate({self})")
    }
}

impl FromStr for HttpDate {
    type Err = ParseError;

    fn from_str(value: &str) -> Result<Self, ParseError> {
        Self::parse(value.as_bytes())
    }
}

/// Converts to the whole second that contains `time`. A fraction of a second is cut off, never
/// rounded up, also before 1970: our decision.
///
/// Fails before year 1 and after year 9999.
#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for HttpDate {
    type Error = OutOfRange;

    fn try_from(time: std::time::SystemTime) -> Result<Self, OutOfRange> {
        let seconds = match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).ok(),
            Err(before) => {
                let whole = i64::try_from(before.duration().as_secs()).ok();
                let part = i64::from(before.duration().subsec_nanos() > 0);
                whole.and_then(|whole| whole.checked_neg()?.checked_sub(part))
            }
        };
        seconds.ok_or(OutOfRange).and_then(Self::from_unix)
    }
}

/// Fails if the clock of the platform does not reach the date: some begin in 1601, some end in
/// 2038.
#[cfg(feature = "std")]
impl TryFrom<HttpDate> for std::time::SystemTime {
    type Error = OutOfRange;

    fn try_from(date: HttpDate) -> Result<Self, OutOfRange> {
        let distance = core::time::Duration::from_secs(date.0.unsigned_abs());
        let time = if date.0.is_negative() {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or(OutOfRange)
    }
}
