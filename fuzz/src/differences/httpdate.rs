//! How the crate `httpdate` 1.0 reads dates.

use std::borrow::Cow;

use http_preconditions::HttpDate;

use super::occurred;

/// What `httpdate` makes of a value, in seconds since 1970, told from what this crate makes of it.
pub fn reading(value: &[u8]) -> Option<u64> {
    let text = other_whitespace_around_it(value);
    let text = any_octet_before_the_time_of_rfc850(text);
    // Not the time that stands for no clock, which moves from release to release.
    let last_second_of_2026 = HttpDate::from_unix(1_798_761_599).ok()?;
    let date = HttpDate::parse_at(&text, last_second_of_2026).ok()?;
    if a_leap_second_is_none(&text) {
        return None;
    }
    let date = years_70_to_76_are_19xx(&text, date);
    if years_begin_in_1970(&text, date) || the_day_name_has_to_fit(&text, date) {
        return None;
    }
    u64::try_from(date.to_unix()).ok()
}

/// `httpdate` takes VT and FF for whitespace around a date. Around a field value there is only SP and HTAB
/// (RFC 9110 section 5.6.3), and what is read as SP (section 5.5).
fn other_whitespace_around_it(value: &[u8]) -> &[u8] {
    let text = match str::from_utf8(value) {
        Ok(text) if text.is_ascii() => text.trim().as_bytes(),
        _ => value,
    };
    if HttpDate::parse(text).ok() != HttpDate::parse(value).ok() {
        occurred("other whitespace around it", value);
    }
    text
}

/// `httpdate` does not look at the octet between `06-Nov-94` and `08:49:37`. It is SP (RFC 9110 section
/// 5.6.7, `rfc850-date`).
fn any_octet_before_the_time_of_rfc850(text: &[u8]) -> Cow<'_, [u8]> {
    let at = text.len().wrapping_sub(b" 08:49:37 GMT".len());
    if text
        .get(at)
        .is_some_and(|octet| octet.is_ascii() && *octet != b' ')
    {
        let mut with_space = text.to_vec();
        with_space[at] = b' ';
        // Of the three forms only this one has a hyphen.
        if with_space.contains(&b'-') && HttpDate::parse(&with_space).is_ok() {
            occurred("any octet before the time of rfc850", text);
            return Cow::Owned(with_space);
        }
    }
    Cow::Borrowed(text)
}

/// `httpdate` reads all years from 70 to 99 as 1970 to 1999, whatever the year is. What is not more than 50
/// years ahead is in the future (RFC 9110 section 5.6.7): at the end of 2026, the years 70 to 76.
fn years_70_to_76_are_19xx(text: &[u8], date: HttpDate) -> HttpDate {
    let behind_hyphens = text.splitn(3, |octet| *octet == b'-').nth(2);
    let Some([b'7', b'0'..=b'6', ..]) = behind_hyphens else {
        return date;
    };
    occurred("years 70 to 76 are 19xx", text);
    let from_2070_to_2076 = 3_155_760_000..3_376_684_800;
    assert!(from_2070_to_2076.contains(&date.to_unix()), "{date}");
    // At the end of 2019 the years are those of `httpdate`.
    let last_second_of_2019 = HttpDate::from_unix(1_577_836_799).expect("a time in range");
    HttpDate::parse_at(text, last_second_of_2019).expect("it is a date at any time")
}

/// `httpdate` refuses `:60`. The grammar has it (RFC 9110 section 5.6.7: `23:59:60` is a leap second).
fn a_leap_second_is_none(text: &[u8]) -> bool {
    let leap = text.windows(8).any(|octets| octets == b"23:59:60");
    if leap {
        occurred("a leap second is none", text);
    }
    leap
}

/// `httpdate` refuses years before 1970. The grammar has four digits and no such limit (RFC 9110 section
/// 5.6.7).
fn years_begin_in_1970(text: &[u8], date: HttpDate) -> bool {
    let before = date.to_unix() < 0;
    if before {
        occurred("years begin in 1970", text);
    }
    before
}

/// `httpdate` refuses a day name that does not fit the date. RFC 9110 section 5.6.7 does not say that it is
/// to be checked, and If-Unmodified-Since must not be ignored for a superfluous mistake.
fn the_day_name_has_to_fit(text: &[u8], date: HttpDate) -> bool {
    let misfit = text[..3] != date.to_imf_fixdate()[..3];
    if misfit {
        occurred("the day name has to fit", text);
    }
    misfit
}
