//! How an input that is text falls into its parts.

use http_preconditions::HttpDate;

/// What stands before the last LF and behind it; all is before it if there is none.
///
/// No field value has an LF in it, but the parsers get to see what comes: with a second LF the first part
/// has one.
pub fn at_last_line(input: &[u8]) -> (&[u8], &[u8]) {
    match input.iter().rposition(|octet| *octet == b'\n') {
        Some(at) => (&input[..at], &input[at + 1..]),
        None => (input, b""),
    }
}

/// The same where the last line is a moment, or else stands for the one without a clock.
pub fn at_now(input: &[u8]) -> (&[u8], HttpDate) {
    let (value, now) = at_last_line(input);
    (value, moment(now).unwrap_or(HttpDate::ASSUMED_NOW))
}

/// Seconds since 1970 as a decimal number, the nearest moment that a date can name.
pub fn moment(seconds: &[u8]) -> Option<HttpDate> {
    let seconds: i64 = str::from_utf8(seconds).ok()?.trim().parse().ok()?;
    let (min, max) = (HttpDate::MIN.to_unix(), HttpDate::MAX.to_unix());
    HttpDate::from_unix(seconds.clamp(min, max)).ok()
}
