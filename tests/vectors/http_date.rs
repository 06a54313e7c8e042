//! `HttpDate`: three formats in, one out, years of two digits, and the way to and from other
//! clocks.

use http_preconditions::{ErrorKind, HttpDate, OutOfRange};
use support::agree;
use support::vectors::{kind, rows};

/// 2026-06-15T12:00:00Z, as of which `dates.tsv` is read.
const NOW: i64 = 1_781_524_800;

fn date(unix: i64) -> HttpDate {
    HttpDate::from_unix(unix).expect("a year from 1 to 9999")
}

#[test]
fn values_are_read_or_refused_where_the_file_says() {
    for row in rows("dates.tsv") {
        let read = HttpDate::parse_at(row.octets(0), date(NOW));
        match (row.text(1), read) {
            ("err", Err(error)) => {
                assert_eq!(
                    (kind(error).as_str(), error.offset()),
                    (row.text(2), row.number(3)),
                    "{row}"
                );
            }
            (_, Ok(read)) => assert_eq!(read.to_unix(), row.number::<i64>(1), "{row}"),
            (_, read) => panic!("{read:?}: {row}"),
        }
    }
}

/// Each octet at each place of each format: what is read fast refuses what the grammar refuses.
#[test]
fn every_octet_of_every_format_is_read_as_by_the_oracle() {
    for date in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun Nov 16 08:49:37 1994",
    ] {
        for place in 0..date.len() {
            for octet in 0..=u8::MAX {
                let mut value = date.as_bytes().to_vec();
                value[place] = octet;
                agree::on_date(&value, NOW);
            }
        }
    }
}

/// Seconds since 1970, or what was expected and at which octet.
type Read = Result<i64, (ErrorKind, usize)>;

/// RFC 9111 §4.2: what is read in its own case is read in any, and is refused at the same octet.
#[test]
fn the_dates_of_freshness_are_read_in_any_case() {
    let now = date(NOW);
    for row in rows("dates.tsv") {
        let value = row.octets(0);
        let read = HttpDate::parse_any_case_at(value, now);
        let strict = HttpDate::parse_at(value, now);
        match (strict, read) {
            (Ok(_), read) => assert_eq!(read, strict, "{row}"),
            (Err(before), read) => {
                let is_of_case = matches!(
                    before.kind(),
                    ErrorKind::DayName
                        | ErrorKind::Month
                        | ErrorKind::Gmt
                        | ErrorKind::Separator(b',')
                );
                assert!(is_of_case || read == Err(before), "{row}");
            }
        }
        for value in [value.to_ascii_lowercase(), value.to_ascii_uppercase()] {
            assert_eq!(HttpDate::parse_any_case_at(&value, now), read, "{row}");
        }
    }
    let cases: [(&str, Read); 16] = [
        ("THU, 18 AUG 2050 02:01:18 GMT", Ok(2_544_400_878)),
        ("thu, 18 aug 2050 02:01:18 gmt", Ok(2_544_400_878)),
        ("\ttHURSDAY, 18-aUG-50 02:01:18 gMt ", Ok(2_544_400_878)),
        ("thu aug 18 02:01:18 2050", Ok(2_544_400_878)),
        ("WEDNESDAY, 09-NOV-94 08:49:37 GMT", Ok(784_370_977)),
        (" WEDNESDAY, 09-NOV-94 08:49:37 GMT  ", Ok(784_370_977)),
        (
            "WEDNESDAY, 09-NOV-94 08:49:37 GMTx",
            Err((ErrorKind::End, 33)),
        ),
        (
            "WEDNESDAY, 09-NOV-94 08:49:37 GMT \t;",
            Err((ErrorKind::End, 35)),
        ),
        (
            " WEDNESDAY, 09-NOV-94 08:49:37 GMT ,",
            Err((ErrorKind::End, 35)),
        ),
        (
            "sun, 06 nov 1994 08:49:37 gmt ; length=5",
            Err((ErrorKind::End, 30)),
        ),
        ("sun, 06 nov 1994 08:49:37 gmtx", Err((ErrorKind::End, 29))),
        ("sun, 06 nov 1994 08:49:37 gnt", Err((ErrorKind::Gmt, 26))),
        ("sun, 06 nox 1994 08:49:37 gmt", Err((ErrorKind::Month, 8))),
        ("", Err((ErrorKind::DayName, 0))),
        ("0", Err((ErrorKind::DayName, 0))),
        ("-1", Err((ErrorKind::DayName, 0))),
    ];
    for (value, expected) in cases {
        let read = HttpDate::parse_any_case(value.as_bytes());
        let read = read.map(HttpDate::to_unix);
        let read = read.map_err(|error| (error.kind(), error.offset()));
        assert_eq!(read, expected, "{value:?}");
    }
    let long = [
        &b"Sun, 06 Nov 1994 08:49:37 GMT"[..],
        &vec![b' '; 100_000],
        b"x",
    ]
    .concat();
    let error = HttpDate::parse_any_case(&long).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::End, 100_029));
    assert_eq!(HttpDate::parse(&long), Err(error));
    let early = date(-2_000_000_000);
    let value = b"SATURDAY, 01-JAN-00 00:00:00 GMT";
    let read = HttpDate::parse_any_case_at(value, early).unwrap();
    assert_eq!(read.to_string(), "Mon, 01 Jan 1900 00:00:00 GMT");
}

#[test]
fn years_of_two_digits_are_read_as_of_now() {
    for row in rows("years.tsv") {
        let read = HttpDate::parse_at(row.octets(1), date(row.number(0)));
        assert_eq!(read.map(HttpDate::to_unix), Ok(row.number(2)), "{row}");
    }
}

/// No year before the first: there is no past year with these digits.
#[test]
fn years_of_two_digits_before_year_1_are_refused() {
    let now = HttpDate::parse(b"Sun, 01 Jan 0040 00:00:00 GMT").unwrap();
    for value in [
        "Monday, 01-Jan-90 00:00:01 GMT",
        "Monday, 31-Dec-99 23:59:59 GMT",
        "Monday, 01-Jan-00 00:00:00 GMT",
    ] {
        let error = HttpDate::parse_at(value.as_bytes(), now).unwrap_err();
        assert_eq!(
            (error.kind(), error.offset()),
            (ErrorKind::Year, 15),
            "{value}"
        );
    }
}

/// The constant reads years of two digits as 1977 to 2076, and no other form asks for it.
#[test]
fn without_a_clock_it_is_the_end_of_2026() {
    let now = HttpDate::ASSUMED_NOW;
    assert_eq!(now.to_string(), "Thu, 31 Dec 2026 23:59:59 GMT");
    let first = HttpDate::parse(b"Friday, 01-Jan-77 00:00:00 GMT");
    let last = HttpDate::parse(b"Thursday, 31-Dec-76 23:59:59 GMT");
    assert_eq!(
        (first, last),
        (Ok(date(220_924_800)), Ok(date(3_376_684_799)))
    );
    for row in rows("dates.tsv").iter().filter(|row| row.text(1) != "err") {
        if !row.octets(0).contains(&b'-') {
            assert_eq!(
                HttpDate::parse(row.octets(0)),
                HttpDate::parse_at(row.octets(0), date(NOW)),
                "{row}"
            );
        }
    }
}

#[test]
fn text_is_imf_fixdate() {
    const CASES: &[(i64, &str)] = &[
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ];
    for (unix, text) in CASES {
        assert_eq!(date(*unix).to_string(), *text);
        assert_eq!(date(*unix).to_imf_fixdate(), text.as_bytes());
        assert_eq!(text.parse(), Ok(date(*unix)));
        assert_eq!(format!("{:?}", date(*unix)), format!("HttpDate({text})"));
    }
    for row in rows("dates.tsv").iter().filter(|row| row.text(1) != "err") {
        let date = date(row.number(1));
        assert_eq!(HttpDate::parse(&date.to_imf_fixdate()), Ok(date), "{row}");
    }
}

#[test]
fn seconds_of_other_years_are_out_of_range() {
    assert_eq!(
        (HttpDate::MIN.to_unix(), HttpDate::MAX.to_unix()),
        (-62_135_596_800, 253_402_300_799)
    );
    for unix in [i64::MIN, -62_135_596_801, 253_402_300_800, i64::MAX] {
        assert!(HttpDate::from_unix(unix).is_err(), "{unix}");
    }
    let error: OutOfRange = HttpDate::from_unix(i64::MAX).unwrap_err();
    assert_eq!(
        error.to_string(),
        "time out of range: an HTTP-date has a year from 1 to 9999"
    );
}

#[cfg(feature = "std")]
mod system_time {
    use super::date;
    use http_preconditions::HttpDate;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    /// Parts of a second are cut off towards the past, on both sides of 1970.
    #[test]
    fn times_are_cut_to_the_second() {
        let half = Duration::from_millis(500);
        let nano = Duration::from_nanos(1);
        let cases = [
            (UNIX_EPOCH, 0),
            (UNIX_EPOCH + half, 0),
            (UNIX_EPOCH + Duration::from_secs(2) - nano, 1),
            (UNIX_EPOCH - nano, -1),
            (UNIX_EPOCH - half, -1),
            (UNIX_EPOCH - Duration::from_secs(1), -1),
            (UNIX_EPOCH - Duration::from_secs(1) - nano, -2),
            (
                UNIX_EPOCH + Duration::from_millis(783_459_811_900),
                783_459_811,
            ),
        ];
        for (time, unix) in cases {
            assert_eq!(HttpDate::try_from(time), Ok(date(unix)), "{time:?}");
        }
    }

    #[test]
    fn times_of_other_years_are_out_of_range() {
        let from_epoch = |seconds: i64, nanos| {
            let distance = Duration::from_secs(seconds.unsigned_abs());
            let time = if seconds < 0 {
                UNIX_EPOCH.checked_sub(distance)
            } else {
                UNIX_EPOCH.checked_add(distance)
            };
            time.and_then(|time| time.checked_add(Duration::from_nanos(nanos)))
        };
        let (first, last) = (HttpDate::MIN.to_unix(), HttpDate::MAX.to_unix());
        let cases = [
            (from_epoch(first, 0), Ok(HttpDate::MIN)),
            (
                from_epoch(first - 1, 999_999_999),
                HttpDate::from_unix(i64::MIN),
            ),
            (from_epoch(last, 999_999_999), Ok(HttpDate::MAX)),
            (from_epoch(last + 1, 0), HttpDate::from_unix(i64::MAX)),
            (from_epoch(i64::MAX, 0), HttpDate::from_unix(i64::MAX)),
            (from_epoch(i64::MIN, 0), HttpDate::from_unix(i64::MIN)),
        ];
        for (time, expected) in cases {
            // A platform whose clock does not reach that far has nothing to convert.
            if let Some(time) = time {
                assert_eq!(HttpDate::try_from(time), expected, "{time:?}");
            }
        }
    }

    #[test]
    fn dates_are_times() {
        for unix in [0, 1, -1, 783_459_811, -11_644_473_600] {
            let time =
                SystemTime::try_from(date(unix)).expect("every clock reaches from 1601 to 2038");
            assert_eq!(HttpDate::try_from(time), Ok(date(unix)));
        }
        for date in [HttpDate::MIN, HttpDate::MAX] {
            // Where the clock reaches, it is the same instant; where not, this is an error and no
            // panic.
            if let Ok(time) = SystemTime::try_from(date) {
                assert_eq!(HttpDate::try_from(time), Ok(date));
            }
        }
    }
}
