//! `HttpDate` against the oracle. The input is an HTTP-date and, behind the last LF, the seconds of "now".
#![no_main]

use http_preconditions_fuzz::split;
use std::time::SystemTime;

use http_preconditions::{ErrorKind, HttpDate, ParseError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let (value, now) = split::at_now(input);
    let any_case = HttpDate::parse_any_case_at(value, now);
    for other in [value.to_ascii_lowercase(), value.to_ascii_uppercase()] {
        assert_eq!(HttpDate::parse_any_case_at(&other, now), any_case);
    }
    let date = match HttpDate::parse_at(value, now) {
        Ok(date) => date,
        Err(error) => {
            assert_eq!(oracle::http_date(value, now.to_unix()), None);
            refused(value, error);
            return;
        }
    };
    let seconds = date.to_unix();
    assert_eq!(oracle::http_date(value, now.to_unix()), Some(seconds));
    assert_eq!(any_case, Ok(date));

    // Out, and in again, in the only form that has no second reading.
    let text = date.to_string();
    assert_eq!(text, oracle::imf_fixdate(seconds));
    assert_eq!(date.to_imf_fixdate(), text.as_bytes());
    assert_eq!(HttpDate::parse(text.as_bytes()), Ok(date));
    assert_eq!(HttpDate::from_unix(seconds), Ok(date));
    let time = SystemTime::try_from(date).expect("this platform's clock knows the years 1 to 9999");
    assert_eq!(HttpDate::try_from(time), Ok(date));

    // No clock is a clock that stands still.
    let without_clock = HttpDate::ASSUMED_NOW;
    assert_eq!(
        HttpDate::parse(value),
        HttpDate::parse_at(value, without_clock)
    );
});

/// At the offset does not stand what is said to be missing.
fn refused(value: &[u8], error: ParseError) {
    let found = &value[error.offset()..];
    // Whitespace at the end is no part of the value, and no separator.
    let end = found
        .iter()
        .rposition(|at| !matches!(at, b' ' | b'\t' | b'\r' | b'\n' | b'\0'));
    let found = &found[..end.map_or(0, |end| end + 1)];
    let right = match error.kind() {
        ErrorKind::Separator(literal) => found.first().is_some_and(|&at| at == literal),
        ErrorKind::Gmt => found.starts_with(b"GMT"),
        ErrorKind::End => found.is_empty(),
        ErrorKind::DayName => starts_with_one_of(found, "Mon Tue Wed Thu Fri Sat Sun"),
        ErrorKind::Month => {
            starts_with_one_of(found, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
        }
        // Whether digits are too many or too few depends on what stands around them.
        ErrorKind::Day
        | ErrorKind::Year
        | ErrorKind::Hour
        | ErrorKind::Minute
        | ErrorKind::Second => false,
        kind => panic!("{kind:?} is no error of a date"),
    };
    assert!(!right, "{error}");
}

fn starts_with_one_of(found: &[u8], names: &str) -> bool {
    names
        .split(' ')
        .any(|name| found.starts_with(name.as_bytes()))
}
