//! Parses dates in any case: changes them to the case of the grammar first.

use super::HttpDate;
use crate::error::{ErrorKind, ParseError};
use crate::grammar;

/// The length in bytes of the longest date, `Wednesday, 09-Nov-94 08:49:37 GMT`.
const LONGEST: usize = 33;

impl HttpDate {
    /// Parses a date in any of the three formats and in any case, for a cache's Expires. ([RFC
    /// 9111 §4.2])
    ///
    /// Day name, month and `GMT` may be in upper, lower or mixed case. A year of two digits is
    /// read relative to [`ASSUMED_NOW`](Self::ASSUMED_NOW).
    ///
    /// Otherwise like [`parse`](Self::parse), which you must use for the dates of conditions: an
    /// HTTP-date is case-sensitive (RFC 9110 §5.6.7). Only for freshness should a cache accept
    /// any case.
    ///
    /// # Errors
    ///
    /// Like [`parse`](Self::parse), at the same bytes:
    ///
    /// - `0`, `-1`, the empty value: a day name is expected at byte 0. A cache treats such an
    ///   Expires as a time in the past.
    /// - `THU, 18 AUG 2050 02:01:18 UTC`: `GMT` is expected at byte 26.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::HttpDate;
    ///
    /// let expires = HttpDate::parse_any_case(b"THU, 18 AUG 2050 02:01:18 gMT")?;
    /// assert_eq!(expires.to_string(), "Thu, 18 Aug 2050 02:01:18 GMT");
    /// assert!(HttpDate::parse(b"THU, 18 AUG 2050 02:01:18 gMT").is_err());
    /// assert_eq!(HttpDate::parse_any_case(b"0").unwrap_err().offset(), 0);
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    ///
    /// [RFC 9111 §4.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2
    pub fn parse_any_case(value: &[u8]) -> Result<Self, ParseError> {
        Self::parse_any_case_at(value, Self::ASSUMED_NOW)
    }

    /// Parses a date like [`parse_any_case`](Self::parse_any_case). A year of two digits is [read
    /// relative to `now`](Self::parse_at).
    ///
    /// # Errors
    ///
    /// Like [`parse_any_case`](Self::parse_any_case).
    pub fn parse_any_case_at(value: &[u8], now: Self) -> Result<Self, ParseError> {
        read(value, now)
    }
}

fn read(value: &[u8], now: HttpDate) -> Result<HttpDate, ParseError> {
    let (start, text) = grammar::trim(value);
    let mut buffer = [0; LONGEST];
    for (place, octet) in buffer.iter_mut().zip(text) {
        *place = *octet;
    }
    // No format is longer than the buffer. A longer text therefore has its error inside the
    // buffer, or directly behind it.
    let (date, rest) = match text.split_at_checked(LONGEST) {
        Some((date, rest)) => (date.len(), rest),
        None => (text.len(), &[][..]),
    };
    let date = buffer.get_mut(..date).unwrap_or_default();
    for word in date.split_mut(|octet| !octet.is_ascii_alphabetic()) {
        write_as_in_the_grammar(word);
    }
    let read = grammar::http_date(date, now.0).map_err(|stop| stop.in_value(start, date));
    let behind = start.saturating_add(date.len());
    let at_the_end =
        |error: &ParseError| error.kind() == ErrorKind::End && error.offset() == behind;
    match read {
        Ok(unix) if rest.is_empty() => Ok(HttpDate(unix)),
        Err(error) if !at_the_end(&error) => Err(error),
        _ => {
            let blanks = rest
                .iter()
                .take_while(|octet| matches!(octet, b' ' | b'\t'));
            let offset = behind.saturating_add(blanks.count());
            Err(ParseError::new(ErrorKind::End, offset))
        }
    }
}

/// Changes a word to the case of the grammar: `GMT` in capitals, a name with a capital first
/// letter.
fn write_as_in_the_grammar(word: &mut [u8]) {
    word.make_ascii_lowercase();
    match word {
        [b'g', b'm', b't', ..] => word.iter_mut().take(3).for_each(u8::make_ascii_uppercase),
        [first, ..] => first.make_ascii_uppercase(),
        [] => {}
    }
}
