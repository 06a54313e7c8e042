//! `HttpDate` against the crate `httpdate`. The input is an HTTP-date.
#![no_main]

use http_preconditions_fuzz::differences;
use std::time::{Duration, UNIX_EPOCH};

use http_preconditions::HttpDate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &[u8]| {
    let Ok(text) = str::from_utf8(value) else {
        // `httpdate` takes text only. Octets that are none are in no date (RFC 9110 section 5.6.7).
        assert!(HttpDate::parse(value).is_err());
        return;
    };
    if value.iter().any(|octet| b"\r\n\0".contains(octet)) {
        // Ours reads them as SP (RFC 9110 section 5.5), which `httpdate` does around a date only.
        return;
    }
    let theirs = httpdate::parse_http_date(text).ok().map(|time| {
        let since = time.duration_since(UNIX_EPOCH);
        since.expect("their dates begin in 1970").as_secs()
    });
    assert_eq!(differences::httpdate::reading(value), theirs);

    // What goes out is the same where theirs does not panic: in the years 1970 to 9999.
    if let Ok(date) = HttpDate::parse(value)
        && let Ok(seconds) = u64::try_from(date.to_unix())
    {
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(date.to_string(), httpdate::fmt_http_date(time));
    }
});
