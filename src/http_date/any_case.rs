//! Dates in any case, put into the case of the grammar before they are read.

use super::HttpDate;
use crate::error::{ErrorKind, ParseError};
use crate::grammar;

/// The octets of the longest date: `Wednesday, 09-Nov-94 08:49:37 GMT`.
const LONGEST: usize = 33;

impl HttpDate {
    /// Parses a date in any of the three forms and in any case, for a cache's Expires; a year of two
    /// digits as of [`NOW_WITHOUT_CLOCK`](Self::NOW_WITHOUT_CLOCK). ([RFC 9111 §4.2])
    ///
    /// Day name, month and `GMT` may be in capitals, in small letters or mixed. In all else this is
    /// like [`parse`](Self::parse), which is for the dates of conditions: HTTP's dates are
    /// case-sensitive (RFC 9110 §5.6.7), and a cache should read those of freshness in any case.
    ///
    /// # Errors
    ///
    /// Like [`parse`](Self::parse), at the same bytes:
    ///
    /// - `0`, `-1`, the empty value, which a cache takes for an Expires in the past: a day name is
    ///   expected at byte 0.
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
        Self::parse_any_case_at(value, Self::NOW_WITHOUT_CLOCK)
    }

    /// Parses a date like [`parse_any_case`](Self::parse_any_case); a year of two digits [as of
    /// `now`](Self::parse_at).
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
    // No form reads an octet behind the longest date, so that a longer text has its error within
    // the buffer or right behind it.
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

/// Names begin with a capital letter, and `GMT` is in capitals.
fn write_as_in_the_grammar(word: &mut [u8]) {
    word.make_ascii_lowercase();
    match word {
        [b'g', b'm', b't', ..] => word.iter_mut().take(3).for_each(u8::make_ascii_uppercase),
        [first, ..] => first.make_ascii_uppercase(),
        [] => {}
    }
}
