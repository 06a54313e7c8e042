//! The oracle itself, against the tables and examples of RFC 9110: every other test leans on it.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use oracle::{
    IfRange, List, Members, Outcome, Request, State, Tag, Verdict, decide, entity_tag, http_date,
    if_range, imf_fixdate, list, members, strong_eq, weak_eq,
};

/// 2026-06-15T12:00:00Z
const NOW: i64 = 1_781_524_800;
/// Sat, 29 Oct 1994 19:43:31 GMT
const LM: i64 = 783_459_811;
const BEFORE: &str = "Sat, 29 Oct 1994 19:43:30 GMT";
const SAME: &str = "Sat, 29 Oct 1994 19:43:31 GMT";
const AFTER: &str = "Sat, 29 Oct 1994 19:43:32 GMT";

fn strong(opaque: impl AsRef<[u8]>) -> Tag {
    Tag {
        weak: false,
        opaque: opaque.as_ref().to_vec(),
    }
}

fn weak(opaque: impl AsRef<[u8]>) -> Tag {
    Tag {
        weak: true,
        ..strong(opaque)
    }
}

// Entity tags

#[test]
fn entity_tags() {
    let valid: [(&[u8], Tag); 18] = [
        (b"\"xyzzy\"", strong("xyzzy")),
        (b"W/\"xyzzy\"", weak("xyzzy")),
        (b"\"\"", strong("")),
        (b"W/\"\"", weak("")),
        (b" \t\"a\" ", strong("a")),
        (b"\"!#$%&'()*+,-./~\"", strong("!#$%&'()*+,-./~")),
        (b"\"!#~\"", strong("!#~")),
        (b"\"a,b\"", strong("a,b")),
        (b"\"*\"", strong("*")),
        (b"\"W/1\"", strong("W/1")),
        (b"\"\\\"", strong("\\")),
        (b"\"a\\\"", strong("a\\")),
        (b"\"a\\\\b\"", strong("a\\\\b")),
        (b"\"\x21\x7E\"", strong("\x21\x7E")),
        (b"\"\x80\"", strong(b"\x80")),
        (b"\"\xFF\"", strong(b"\xFF")),
        (b"\"\xC3\xA9\"", strong(b"\xC3\xA9")),
        (b"W/\"\xE9\"", weak(b"\xE9")),
    ];
    for (value, tag) in valid {
        assert_eq!(entity_tag(value), Some(tag), "{}", value.escape_ascii());
    }

    let malformed: [&[u8]; 32] = [
        b"",
        b" ",
        b"\"",
        b"a",
        b"abc",
        b"'abc'",
        b"\"abc",
        b"abc\"",
        b"\"a",
        b"a\"",
        b"w/\"a\"",
        b"W/ \"a\"",
        b"W \"a\"",
        b"W\"a\"",
        b"/\"a\"",
        b"W/a",
        b"W/",
        b"W",
        b"\"a b\"",
        b"\"a\tb\"",
        b"\"a\\\"b\"",
        b"\"a\x7F\"",
        b"\"\x7F\"",
        b"\"\x00\"",
        b"\"a\x00b\"",
        b"\"a\x01\"",
        b"\"a\"x",
        b"\"a\";q=1",
        b"\"a\"\"b\"",
        b"\"a\",",
        b"*",
        b"\xA0\"a\"",
    ];
    for value in malformed {
        assert_eq!(entity_tag(value), None, "{}", value.escape_ascii());
    }
}

/// Each octet on its own: the grammar's two gaps, controls and space, and nothing else.
#[test]
fn every_octet_of_a_tag() {
    for octet in 0..=0xFF {
        let legal = !matches!(octet, 0x00..=0x20 | 0x22 | 0x7F);
        let tag = entity_tag(&[b'"', octet, b'"']);
        assert_eq!(tag, legal.then(|| strong([octet])), "{octet:#04x}");
    }
}

/// Section 8.8.3.2, the RFC's four rows first.
#[test]
fn comparison() {
    let rows = [
        ("W/\"1\"", "W/\"1\"", false, true),
        ("W/\"1\"", "W/\"2\"", false, false),
        ("W/\"1\"", "\"1\"", false, true),
        ("\"1\"", "\"1\"", true, true),
        ("\"1\"", "W/\"1\"", false, true),
        ("\"A\"", "\"a\"", false, false),
        ("\"\"", "\"\"", true, true),
        ("\"W/1\"", "W/\"1\"", false, false),
    ];
    for (a, b, strongly, weakly) in rows {
        let a = entity_tag(a.as_bytes()).unwrap();
        let b = entity_tag(b.as_bytes()).unwrap();
        assert_eq!(strong_eq(&a, &b), strongly, "{a:?} {b:?}");
        assert_eq!(strong_eq(&b, &a), strongly, "{b:?} {a:?}");
        assert_eq!(weak_eq(&a, &b), weakly, "{a:?} {b:?}");
        assert_eq!(weak_eq(&b, &a), weakly, "{b:?} {a:?}");
    }
}

// Lists

#[test]
fn lists() {
    let two = || vec![strong("a"), strong("b")];
    let valid: [(&[u8], Vec<Tag>); 21] = [
        (b"\"a\"", vec![strong("a")]),
        (b"W/\"a\"", vec![weak("a")]),
        (b"\"a\",\"b\"", two()),
        (b"\"a\" , ,\"b\",", two()),
        (b"\"a\"\t,\t\"b\"", two()),
        (b"\"a\", ,\"b\"", two()),
        (b"\"a\" ,\t, \"b\" ,", two()),
        (b",,\"a\"", vec![strong("a")]),
        (b",\"a\"", vec![strong("a")]),
        (b"\"a\",", vec![strong("a")]),
        (b" \t\"a\" ", vec![strong("a")]),
        (b"", vec![]),
        (b"  ", vec![]),
        (b",", vec![]),
        (b",  ,", vec![]),
        (b"\"a,b\"", vec![strong("a,b")]),
        (b"\"a,b\", \"c\"", vec![strong("a,b"), strong("c")]),
        (b"\"\"", vec![strong("")]),
        (b"W/\"\"", vec![weak("")]),
        (b"\"\xFF\"", vec![strong(b"\xFF")]),
        (
            b"\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"",
            vec![strong("xyzzy"), strong("r2d2xxxx"), strong("c3piozzzz")],
        ),
    ];
    for (value, tags) in valid {
        let name = value.escape_ascii();
        assert_eq!(list(value), Some(List::Tags(tags)), "{name}");
    }
    for value in ["*", " * ", "\t*"] {
        assert_eq!(list(value.as_bytes()), Some(List::Any), "{value}");
    }
    let thousand = [b"\"a\"".as_slice(), &b" ,\t".repeat(1000), b"\"b\""].concat();
    assert_eq!(list(&thousand), Some(List::Tags(two())));

    let malformed: [&[u8]; 25] = [
        b"a",
        b"\"a",
        b"a\"",
        b"w/\"a\"",
        b"W/a",
        b"W/ \"a\"",
        b"W\"a\"",
        b"\"a\" \"b\"",
        b"\"a\"\"b\"",
        b"\"a\";q=1",
        b"\"a\"x",
        b"\"a b\"",
        b"\"a\tb\"",
        b"\"a\\\"b\"",
        b"\"\x7F\"",
        b"\"\x00\"",
        b"\"a\",\x0B\"b\"",
        b"\"a\", *",
        b"*, \"a\"",
        b"*, *",
        b"*,",
        b",*",
        b"*\"a\"",
        b"**",
        b"\"v1\", bad",
    ];
    for value in malformed {
        assert_eq!(list(value), None, "{}", value.escape_ascii());
    }
}

/// Lines; whether they are the wildcard, the tags, whether something is malformed.
type MembersRow<'a> = (&'a [&'a [u8]], bool, Vec<Tag>, bool);

#[test]
fn members_of_what_is_malformed() {
    let rows: [MembersRow<'_>; 24] = [
        (&[], false, vec![], false),
        (&[b""], false, vec![], false),
        (&[b"*"], true, vec![], false),
        (&[b" *\t"], true, vec![], false),
        // A `*` beside anything at all.
        (&[b"*,"], false, vec![], true),
        (&[b",*"], false, vec![], true),
        (&[b"*, *"], false, vec![], true),
        (&[b"*", b""], false, vec![], true),
        (&[b"", b"*"], false, vec![], true),
        (&[b"*", b"*"], false, vec![], true),
        (&[b"*", b"\"a\""], false, vec![strong("a")], true),
        (&[b"*, W/\"a\""], false, vec![weak("a")], true),
        // Members that cannot be read, on either side of one that can.
        (&[b"\"a\", bad"], false, vec![strong("a")], true),
        (&[b"bad, \"a\""], false, vec![strong("a")], true),
        (&[b"\"a\"x, \"b\""], false, vec![strong("b")], true),
        (&[b"\"a\" \"b\", \"c\""], false, vec![strong("c")], true),
        (&[b"\"a b\", \"c,d\""], false, vec![strong("c,d")], true),
        // The quote decides which comma cuts.
        (&[b"\"a, \"b\""], false, vec![], true),
        (&[b"a\", \"b\""], false, vec![], true),
        (&[b"\"a\", \"b, c"], false, vec![strong("a")], true),
        (&[b"x\"y,z\", \"b\""], false, vec![strong("b")], true),
        // A line ends what it began.
        (&[b"\"a", b"b\""], false, vec![], true),
        (&[b"\"a", b"\"b\""], false, vec![strong("b")], true),
        (
            &[b"\"a\"", b"", b"\"b\", W/\"c\""],
            false,
            vec![strong("a"), strong("b"), weak("c")],
            false,
        ),
    ];
    for (lines, any, tags, malformed) in rows {
        let wanted = Members {
            any,
            tags,
            malformed,
        };
        assert_eq!(members(lines), wanted, "{lines:?}");
    }
}

/// All values of up to six octets that can matter: both readings agree wherever both have one, and
/// valid lines say the same when they are joined with a comma (section 5.3).
#[test]
fn strict_and_lenient_reading_agree() {
    let mut values = vec![Vec::new()];
    let mut longest = vec![Vec::new()];
    for _ in 0..6 {
        let mut longer = Vec::new();
        for value in &longest {
            for &octet in b"\", aW/*" {
                longer.push([value, [octet].as_slice()].concat());
            }
        }
        values.extend(longer.iter().cloned());
        longest = longer;
    }

    let mut valid = Vec::new();
    for value in &values {
        let lenient = members(&[value]);
        match list(value) {
            Some(List::Any) => assert!(lenient.any && lenient.tags.is_empty()),
            Some(List::Tags(tags)) => {
                valid.push((value, tags.clone()));
                assert!(!lenient.any && !lenient.malformed);
                assert_eq!(lenient.tags, tags);
            }
            None => assert!(lenient.malformed && !lenient.any),
        }
    }
    valid.retain(|(value, _)| value.len() <= 4);
    for (a, a_tags) in &valid {
        for (b, b_tags) in &valid {
            let both = [a_tags.as_slice(), b_tags].concat();
            let joined = [a.as_slice(), b", ", b].concat();
            assert_eq!(list(&joined), Some(List::Tags(both.clone())));
            assert_eq!(members(&[a, b]).tags, both);
        }
    }
}

// Dates

#[test]
fn dates() {
    let rows = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Sun Nov 06 08:49:37 1994", 784_111_777),
        (" \tSun, 06 Nov 1994 08:49:37 GMT ", 784_111_777),
        ("Wednesday, 16-Nov-94 08:49:37 GMT", 784_975_777),
        ("Wed Nov 16 08:49:37 1994", 784_975_777),
        ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        // The leap second is the next second.
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
        ("Saturday, 31-Dec-16 23:59:60 GMT", 1_483_228_800),
        ("Sat Dec 31 23:59:60 2016", 1_483_228_800),
        // The weekday need not fit.
        ("Mon, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Monday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Mon Nov  6 08:49:37 1994", 784_111_777),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Mon, 01 Jan 1900 00:00:00 GMT", -2_208_988_800),
        ("Tue, 19 Jan 2038 03:14:08 GMT", 2_147_483_648),
        ("Sun, 07 Feb 2106 06:28:16 GMT", 4_294_967_296),
        ("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Sat, 29 Oct 1994 19:43:31 GMT", 783_459_811),
        ("Tue, 15 Nov 1994 12:45:26 GMT", 784_903_526),
    ];
    for (value, seconds) in rows {
        assert_eq!(http_date(value.as_bytes(), NOW), Some(seconds), "{value}");
    }
}

#[test]
fn no_dates() {
    let values = [
        "",
        " ",
        "0",
        "-1",
        "yesterday",
        "garbage",
        // Widths and spaces.
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 006 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov   6 08:49:37 1994",
        "Sun Nov  06 08:49:37 1994",
        "Sun,  06 Nov 1994 08:49:37 GMT",
        "Sun, 06  Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov  1994 08:49:37 GMT",
        "Sun, 06 Nov 1994  08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37  GMT",
        "Sun,06 Nov 1994 08:49:37 GMT",
        "Sun,\t06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 01994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06 Nov 94 08:49:37 GMT",
        "Sunday, 6-Nov-94 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sunday Nov  6 08:49:37 1994",
        // Case and names.
        "sun, 06 nov 1994 08:49:37 gmt",
        "SUN, 06 NOV 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "sunday, 06-Nov-94 08:49:37 GMT",
        "sun Nov  6 08:49:37 1994",
        // Zones.
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT+0",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37",
        "Sunday, 06-Nov-94 08:49:37 UTC",
        "Sun Nov  6 08:49:37 1994 GMT",
        // Something behind, something between.
        "Sat, 29 Oct 1994 19:43:31 GMT; length=123",
        "Sat, 29 Oct 1994 19:43:31 GMT (x)",
        "Sat, 29 Oct 1994 19:43:31 GMT, Sat, 29 Oct 1994 19:43:31 GMT",
        "Sun, 31 Aug 2025, 08:44:00 GMT",
        // Days and times that do not exist.
        "Wed, 29 Feb 2023 00:00:00 GMT",
        "Thu, 29 Feb 1900 00:00:00 GMT",
        "Tue, 31 Apr 2024 00:00:00 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun Nov  0 08:49:37 1994",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 23:60:00 GMT",
        "Sun, 06 Nov 1994 23:59:61 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Sun, 06 Nov 1994 08:59:60 GMT",
        "Sun, 06 Nov 1994 23:49:60 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Sat Dec 31 23:59:60 0000",
        "Fri, 31 Dec 9999 23:59:60 GMT",
    ];
    for value in values {
        assert_eq!(http_date(value.as_bytes(), NOW), None, "{value}");
    }
}

/// No octet of a date may be missing, and none may be another one, except that a digit may be
/// another digit, that an asctime-date's space for a digit may be one, and that CR, LF and NUL are
/// spaces (5.5).
#[test]
fn every_octet_of_a_date() {
    for value in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        for (at, was) in value.bytes().enumerate() {
            assert_eq!(http_date(&value.as_bytes()[..at], NOW), None);
            for octet in 0..=0xFF {
                let mut other = value.as_bytes().to_vec();
                other[at] = octet;
                if http_date(&other, NOW).is_some() && octet != was {
                    let space = value.len() == 24 && at == 8;
                    let digits = octet.is_ascii_digit() && (was.is_ascii_digit() || space);
                    let is_space = was == b' ' && b"\r\n\0".contains(&octet);
                    assert!(digits || is_space, "{}", other.escape_ascii());
                }
            }
        }
    }
}

/// Section 5.6.7: more than 50 years in the future is the past.
#[test]
fn two_digit_years() {
    let leap_day = http_date(b"Thu, 29 Feb 2024 12:00:00 GMT", 0).unwrap();
    let year_2075 = http_date(b"Tue, 01 Jan 2075 00:00:00 GMT", 0).unwrap();
    let year_2000 = http_date(b"Sat, 01 Jan 2000 00:00:00 GMT", 0).unwrap();
    let rows = [
        (NOW, "Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        (NOW, "Thursday, 31-Dec-26 12:00:00 GMT", 1_798_718_400),
        (NOW, "Friday, 01-Jan-27 12:00:00 GMT", 1_798_804_800),
        (NOW, "Wednesday, 01-Jan-70 12:00:00 GMT", 3_155_803_200),
        (NOW, "Tuesday, 01-Jan-75 12:00:00 GMT", 3_313_569_600),
        (NOW, "Monday, 15-Jun-76 12:00:00 GMT", 3_359_448_000),
        (NOW, "Tuesday, 15-Jun-76 12:00:01 GMT", 203_688_001),
        (NOW, "Wednesday, 16-Jun-76 12:00:00 GMT", 203_774_400),
        (NOW, "Saturday, 01-Jan-77 12:00:00 GMT", 220_968_000),
        (NOW, "Saturday, 01-Jan-00 12:00:00 GMT", 946_728_000),
        // The first reading is the century of now, also where 2110 would be within 50 years.
        (year_2075, "Friday, 01-Jan-10 00:00:00 GMT", 1_262_304_000),
        (year_2000, "Friday, 01-Jan-99 00:00:00 GMT", 915_148_800),
        // Fifty years after a leap day there is none: its time of day ends on 28 February.
        (leap_day, "Wednesday, 28-Feb-74 23:59:59 GMT", 3_287_087_999),
        (leap_day, "Thursday, 01-Mar-74 00:00:00 GMT", 131_328_000),
        // Whether a day exists is asked of the year that is meant.
        (year_2000, "Tuesday, 29-Feb-00 00:00:00 GMT", 951_782_400),
    ];
    for (now, value, seconds) in rows {
        assert_eq!(http_date(value.as_bytes(), now), Some(seconds), "{value}");
    }
    let year_2100 = year_2075 + 30 * 366 * 86_400;
    let none = "Monday, 29-Feb-00 00:00:00 GMT";
    assert_eq!(http_date(none.as_bytes(), year_2100), None);
    // No clock makes it stop, and no year below 1 comes out.
    let value = b"Sunday, 06-Nov-94 08:49:37 GMT";
    assert_eq!(http_date(value, i64::MIN), None);
    assert_eq!(http_date(value, i64::MAX), Some(253_239_727_777));
}

/// Formatting and reading are each other's inverse, in all formats and from the first year to the
/// last, with closer steps where dates are common.
#[test]
fn dates_there_and_back() {
    assert_eq!(imf_fixdate(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
    let (first, last) = (-62_135_596_800, 253_402_300_799);
    assert_eq!(imf_fixdate(first), "Mon, 01 Jan 0001 00:00:00 GMT");
    assert_eq!(imf_fixdate(last), "Fri, 31 Dec 9999 23:59:59 GMT");

    let mut instant = first;
    while instant <= last {
        let imf = imf_fixdate(instant);
        assert_eq!(imf.len(), 29);
        assert_eq!(http_date(imf.as_bytes(), NOW), Some(instant), "{imf}");

        let (weekday, day, month) = (&imf[..3], &imf[5..7], &imf[8..11]);
        let (year, time) = (&imf[12..16], &imf[17..25]);
        let asctime = format!("{weekday} {month} {day} {time} {year}");
        assert_eq!(http_date(asctime.as_bytes(), NOW), Some(instant), "{imf}");
        if let Some(digit) = day.strip_prefix('0') {
            let asctime = format!("{weekday} {month}  {digit} {time} {year}");
            assert_eq!(http_date(asctime.as_bytes(), NOW), Some(instant), "{imf}");
        }

        // Two digits are enough for the hundred years that `NOW` tells apart.
        let rfc850 = format!("Sunday, {day}-{month}-{} {time} GMT", &year[2..]);
        let meant = 203_688_000 < instant && instant <= 3_359_448_000;
        let read = http_date(rfc850.as_bytes(), NOW);
        assert_eq!(read == Some(instant), meant, "{imf}");

        // A bit more than ten days or than a year, so that the time of day moves on as well.
        let common = -2_500_000_000 < instant && instant < 5_000_000_000;
        instant += if common { 876_543 } else { 34_567_891 };
    }
}

// If-Range

#[test]
fn if_range_values() {
    let tag = |tag| Some(IfRange::Tag(tag));
    let rows = [
        ("\"a\"", tag(strong("a"))),
        ("W/\"a\"", tag(weak("a"))),
        ("\"\"", tag(strong(""))),
        (" \"a\"\t", tag(strong("a"))),
        (SAME, Some(IfRange::Date(LM))),
        ("Saturday, 29-Oct-94 19:43:31 GMT", Some(IfRange::Date(LM))),
        ("Sat Oct 29 19:43:31 1994", Some(IfRange::Date(LM))),
        (
            "Wed, 16 Nov 1994 08:49:37 GMT",
            Some(IfRange::Date(784_975_777)),
        ),
        ("a\"", None),
        ("ab\"", None),
        ("abc\"", None),
        ("*", None),
        ("", None),
        ("abc", None),
        ("\"a\", \"b\"", None),
        ("\"a\"x", None),
        ("\"a\",", None),
        ("W/ \"a\"", None),
    ];
    for (value, wanted) in rows {
        assert_eq!(if_range(value.as_bytes(), NOW), wanted, "{value}");
    }
}

// Evaluation

/// The states that `data/scenarios.tsv` describes.
fn state(name: &str) -> Option<State> {
    let s1 = State {
        etag: Some(strong("v1")),
        last_modified: Some(LM),
        strong_date: true,
        ranges: true,
        length: None,
    };
    Some(match name {
        "S1" => s1,
        "S2" => State {
            etag: Some(weak("v1")),
            ..s1
        },
        "S3" => State { etag: None, ..s1 },
        "S4" => State {
            last_modified: None,
            ..s1
        },
        "S5" => State {
            etag: None,
            last_modified: None,
            ..s1
        },
        "S6" => return None,
        "S7" => State {
            strong_date: false,
            ..s1
        },
        "S8" => State {
            ranges: false,
            ..s1
        },
        _ => panic!("state {name}"),
    })
}

fn request<'a>(method: &'a str, state_name: &str, fields: &[(&'a str, &'a str)]) -> Request<'a> {
    Request {
        method,
        state: state(state_name),
        status: match (state_name, method) {
            ("S6", "PUT") => Some(201),
            ("S6", "DELETE") => Some(404),
            _ => None,
        },
        now: NOW,
        require_if_match: false,
        already_applied: false,
        range_policy: oracle::range::USUAL,
        fields: fields
            .iter()
            .map(|&(name, value)| (name, value.as_bytes()))
            .collect(),
    }
}

/// A verdict in the words of `data/scenarios.tsv`, with the field that decided.
fn words(verdict: &Verdict) -> String {
    let outcome = match (verdict.outcome, verdict.range) {
        (Outcome::Perform, true) => format!("range {}", verdict.status),
        (Outcome::Perform, false) => format!("perform {}", verdict.status),
        (Outcome::NotModified, false) => format!("not modified {}", verdict.status),
        (Outcome::PreconditionFailed, false) => format!("failed {}", verdict.status),
        (Outcome::Locked, false) => format!("locked {}", verdict.status),
        (Outcome::PreconditionRequired, false) => format!("required {}", verdict.status),
        (Outcome::AlreadyApplied, false) => format!("applied {}", verdict.status),
        (_, true) => panic!("{verdict:?}"),
    };
    match verdict.decided_by {
        Some(field) => format!("{outcome} {field}"),
        None => outcome,
    }
}

/// `\xHH` stands for one octet.
fn unescape(value: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("\\x") {
        octets.extend(before.as_bytes());
        octets.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    octets.extend(rest.as_bytes());
    octets
}

#[test]
fn scenarios() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/scenarios.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut ids = Vec::new();
    for row in text.lines() {
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        let mut columns = row.split('\t');
        let mut column = || columns.next().unwrap();
        let (id, state, method, outcome) = (column(), column(), column(), column());
        let fields: Vec<(&str, Vec<u8>)> = columns
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| (name, unescape(value)))
            .collect();

        let mut request = request(method, state, &[]);
        request.fields = fields
            .iter()
            .map(|(name, value)| (*name, value.as_slice()))
            .collect();
        let verdict = decide(&request);
        let (status, range) = (verdict.status, verdict.range);
        let right = match outcome {
            "perform" | "full" => verdict.outcome == Outcome::Perform && !range && status < 300,
            "range" => verdict.outcome == Outcome::Perform && range && status == 200,
            "304" => verdict.outcome == Outcome::NotModified && status == 304,
            "412" => verdict.outcome == Outcome::PreconditionFailed && status == 412,
            "404" => verdict.outcome == Outcome::Perform && !range && status == 404,
            _ => panic!("{row}"),
        };
        assert!(right, "{row}: {verdict:?}");

        // A HEAD is answered as the GET is, apart from Range.
        if method == "GET" {
            request.method = "HEAD";
            let head = decide(&request);
            assert_eq!((head.outcome, head.status), (verdict.outcome, status));
            assert!(!head.range, "{row}");
        }
        ids.push(id.to_owned());
    }
    for number in 1..=95 {
        let id = format!("T{number:03}");
        assert_eq!(ids.iter().filter(|&other| *other == id).count(), 1, "{id}");
    }
}

/// Section 13.2.2 as a table: what the four fields say, `-` absent, `T` true, `F` false, `I` to be
/// ignored for its own reasons, `.` any of these; then the methods and the result.
const TABLE: [(&str, &str, &str, &str, &str, &str); 14] = [
    ("F", ".", ".", ".", "GET HEAD PUT", "failed 412"),
    ("-", "F", ".", ".", "GET HEAD PUT", "failed 412"),
    ("T", ".", "F", ".", "GET HEAD", "not modified 304"),
    ("T", ".", "F", ".", "PUT", "failed 412"),
    ("T", ".", "T", ".", "GET HEAD PUT", "perform 200"),
    ("T", ".", "-", "F", "GET HEAD", "not modified 304"),
    ("T", ".", "-", "TI-", "GET HEAD", "perform 200"),
    ("T", ".", "-", ".", "PUT", "perform 200"),
    ("-", "TI-", "F", ".", "GET HEAD", "not modified 304"),
    ("-", "TI-", "F", ".", "PUT", "failed 412"),
    ("-", "TI-", "T", ".", "GET HEAD PUT", "perform 200"),
    ("-", "TI-", "-", "F", "GET HEAD", "not modified 304"),
    ("-", "TI-", "-", "TI-", "GET HEAD", "perform 200"),
    ("-", "TI-", "-", ".", "PUT", "perform 200"),
];

/// The ways to bring a field into a state of the table, each a number of lines. Both validators
/// are there to compare with, so a date is ignored only for what it says.
fn ways(field: &str, kind: char) -> &'static [&'static [&'static str]] {
    match (field, kind) {
        (_, '-') => &[&[]],
        (_, 'I') => &[&["garbage"], &[""], &[SAME, SAME]],
        ("If-Match", 'T') => &[&["\"v1\""], &["*"], &["W/\"v1\"", "x, \"v1\""]],
        ("If-Match", 'F') => &[&["\"v0\""], &[""], &["W/\"v1\""], &["*, x"]],
        ("If-None-Match", 'T') => &[&["\"v0\""], &[","], &["\"v\"", "\"1\""]],
        ("If-None-Match", 'F') => &[&["\"v1\""], &["*"], &["x", "W/\"v1\""]],
        ("If-Unmodified-Since", 'T') | ("If-Modified-Since", 'F') => &[&[SAME], &[AFTER]],
        ("If-Unmodified-Since", 'F') | ("If-Modified-Since", 'T') => &[&[BEFORE]],
        _ => panic!("{field} {kind}"),
    }
}

#[test]
fn the_whole_table() {
    let (mut cells, mut failed, mut not_modified, mut performed) = (0, 0, 0, 0);
    for method in ["GET", "HEAD", "PUT"] {
        for (im, ius) in pairs("-TF", "-ITF") {
            for (inm, ims) in pairs("-TF", "-ITF") {
                let mut rows = Vec::new();
                for row in TABLE {
                    if [(row.0, im), (row.1, ius), (row.2, inm), (row.3, ims)]
                        .iter()
                        .all(|&(kinds, kind)| kinds == "." || kinds.contains(kind))
                        && row.4.split(' ').any(|name| name == method)
                    {
                        rows.push(row.5);
                    }
                }
                assert_eq!(rows.len(), 1, "{method} {im}{ius}{inm}{ims}");

                let mut results = Vec::new();
                for im in ways("If-Match", im) {
                    for ius in ways("If-Unmodified-Since", ius) {
                        for inm in ways("If-None-Match", inm) {
                            for ims in ways("If-Modified-Since", ims) {
                                let mut fields = Vec::new();
                                // Backwards: the order of the lines of different fields is nothing.
                                fields.extend(ims.iter().map(|&v| ("if-modified-since", v)));
                                fields.extend(inm.iter().map(|&v| ("IF-NONE-MATCH", v)));
                                fields.extend(ius.iter().map(|&v| ("If-Unmodified-Since", v)));
                                fields.extend(im.iter().map(|&v| ("if-Match", v)));
                                let mut verdict = decide(&request(method, "S1", &fields));
                                verdict.decided_by = None;
                                results.push(words(&verdict));
                            }
                        }
                    }
                }
                assert!(results.iter().all(|result| result == rows[0]), "{rows:?}");
                cells += 1;
                match rows[0] {
                    "failed 412" => failed += 1,
                    "not modified 304" => not_modified += 1,
                    _ => performed += 1,
                }
            }
        }
    }
    assert_eq!(
        (cells, failed, not_modified, performed),
        (432, 208, 70, 154)
    );
}

fn pairs(a: &'static str, b: &'static str) -> impl Iterator<Item = (char, char)> {
    a.chars().flat_map(|a| b.chars().map(move |b| (a, b)))
}

/// Reads rows of the form `METHOD STATE ; Name: value ; Name: value => result ! malformed`.
fn check(rows: &str, prepare: impl Fn(&mut Request<'_>)) {
    for row in rows.lines() {
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        let (given, wanted) = row.split_once(" => ").unwrap();
        let (result, malformed) = wanted.split_once(" ! ").unwrap_or((wanted, ""));
        let mut parts = given.split(" ; ");
        let (method, state) = parts.next().unwrap().split_once(' ').unwrap();
        let fields: Vec<(&str, &str)> = parts
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| match value {
                " BEFORE" => (name, BEFORE),
                " SAME" => (name, SAME),
                " AFTER" => (name, AFTER),
                _ => (name, value),
            })
            .collect();
        let mut request = request(method, state, &fields);
        prepare(&mut request);
        let verdict = decide(&request);
        assert_eq!(words(&verdict), result, "{row}");
        assert_eq!(verdict.malformed.join(", "), malformed, "{row}");
    }
}

#[test]
fn what_decides_and_what_is_malformed() {
    let rows = r#"
GET S1 => perform 200
GET S6 => perform 404
HEAD S6 => perform 404
QUERY S6 => perform 404
POST S6 => perform 200
get S6 => perform 200
PUT S1 ; If-Match: "v0" => failed 412 If-Match
PUT S1 ; If-Unmodified-Since: BEFORE => failed 412 If-Unmodified-Since
PUT S1 ; If-None-Match: * => failed 412 If-None-Match
GET S1 ; If-None-Match: * => not modified 304 If-None-Match
GET S1 ; If-Modified-Since: SAME => not modified 304 If-Modified-Since

# A guard that cannot be read fails; what can be read of it still matches.
PUT S1 ; If-Match: v1 => failed 412 If-Match ! If-Match
PUT S1 ; If-Match: v1, "v1" => perform 200 ! If-Match
PUT S1 ; If-Match: "v1", v1 => perform 200 ! If-Match
PUT S1 ; If-Match: *, => failed 412 If-Match ! If-Match
PUT S1 ; If-Match: * ; If-Match: => failed 412 If-Match ! If-Match
PUT S1 ; If-Match: * ; If-Match: "v1" => perform 200 ! If-Match
GET S1 ; If-Match: "vé" => failed 412 If-Match
GET S1 ; If-Match: vé => failed 412 If-Match ! If-Match
PUT S1 ; If-None-Match: v0 => failed 412 If-None-Match ! If-None-Match
PUT S6 ; If-None-Match: v0 => perform 201 ! If-None-Match
PUT S6 ; If-None-Match: *, * => perform 201 ! If-None-Match
PUT S6 ; If-None-Match: * => perform 201
PUT S6 ; If-None-Match: => perform 201
get S1 ; If-None-Match: v0 => failed 412 If-None-Match ! If-None-Match

# A cache validator that cannot be read does not match, yet it is there.
GET S1 ; If-None-Match: v1 => perform 200 ! If-None-Match
GET S1 ; If-None-Match: v1 ; If-Modified-Since: SAME => perform 200 ! If-None-Match
HEAD S1 ; If-None-Match: *, => perform 200 ! If-None-Match
QUERY S1 ; If-None-Match: v1 => perform 200 ! If-None-Match
GET S1 ; If-None-Match: v0, "v1" => not modified 304 If-None-Match ! If-None-Match
PUT S1 ; If-None-Match: v0, "v1" => failed 412 If-None-Match ! If-None-Match

# Dates are malformed whether or not there is one to compare with, unless another field or the
# method makes them irrelevant.
PUT S1 ; If-Unmodified-Since: v1 => perform 200 ! If-Unmodified-Since
PUT S5 ; If-Unmodified-Since: v1 => perform 200 ! If-Unmodified-Since
PUT S6 ; If-Unmodified-Since: v1 => perform 201 ! If-Unmodified-Since
PUT S1 ; If-Unmodified-Since: BEFORE ; If-Unmodified-Since: BEFORE => perform 200 ! If-Unmodified-Since
PUT S1 ; If-Match: * ; If-Unmodified-Since: v1 => perform 200
GET S1 ; If-Modified-Since: v1 => perform 200 ! If-Modified-Since
GET S1 ; If-Modified-Since: SAME ; If-Modified-Since: SAME => perform 200 ! If-Modified-Since
QUERY S4 ; If-Modified-Since: v1 => perform 200 ! If-Modified-Since
PUT S1 ; If-Modified-Since: v1 => perform 200
GET S1 ; If-Modified-Since: v1 ; If-None-Match: => perform 200

# Range and If-Range.
GET S1 ; Range: bytes=0-99 ; If-Range: "v0" => perform 200 If-Range
GET S1 ; Range: bytes=0-99 ; If-Range: v1 => perform 200 If-Range ! If-Range
GET S1 ; Range: bytes=0-99 ; If-Range: "v1" ; If-Range: "v1" => perform 200 If-Range ! If-Range
GET S1 ; If-Range: v1 => perform 200
GET S1 ; If-Range: v1 ; If-Range: v1 => perform 200
HEAD S1 ; Range: bytes=0-99 ; If-Range: v1 => perform 200
PUT S1 ; Range: bytes=0-99 ; If-Range: v1 => perform 200
GET S8 ; Range: bytes=0-99 ; If-Range: v1 => perform 200
GET S6 ; Range: bytes=0-99 ; If-Range: v1 => perform 404
PATCH S6 => perform 404
DELETE S6 => perform 404
HEAD S1 ; Range: bytes=0-99 ; Range: bytes=0-99 => perform 200
GET S8 ; Range: bytes=0-99 ; Range: bytes=0-99 => perform 200
GET S1 ; Range: bytes=0-99 ; Range: bytes=0-99 ; If-Range: v1 => perform 200 ! Range
GET S1 ; Range: bytes=0-99 ; Range: bytes=0-99 => perform 200 ! Range
GET S8 ; Range: bytes=0-99 => perform 200
POST S1 ; Range: bytes=0-99 => perform 200
GET S1 ; range: Bytes=0-1 => range 200
GET S1 ; Range: items=0-1 => perform 200
GET S1 ; Range: bytes =0-1 => perform 200
GET S1 ; Range: bytes => perform 200
GET S1 ; Range: items=0-1 ; If-Range: "v0" => perform 200
GET S1 ; Range: bytes=0-99 ; If-Range: Saturday, 29-Oct-94 19:43:31 GMT => range 200
GET S5 ; Range: bytes=0-99 ; If-Range: SAME => perform 200 If-Range
GET S5 ; Range: bytes=0-99 => range 200
GET S1 ; Range: bytes=0-99 ; If-None-Match: v1 => range 200 ! If-None-Match

# QUERY answers as GET does, and only in this case.
QUERY S1 ; If-None-Match: "v1" => not modified 304 If-None-Match
QUERY S1 ; If-Modified-Since: SAME => not modified 304 If-Modified-Since
QUERY S1 ; If-Match: "v0" => failed 412 If-Match
QUERY S1 ; Range: bytes=0-99 => range 200
QUERY S1 ; Range: bytes=0-99 ; If-Range: SAME => range 200
QUERY S7 ; Range: bytes=0-99 ; If-Range: SAME => perform 200 If-Range
QUERY S1 ; Range: bytes=0-99 ; If-Range: x => perform 200 If-Range ! If-Range
query S1 ; If-None-Match: "v1" => failed 412 If-None-Match

# Fields that nothing looks at any more are listed all the same, in the order of evaluation.
GET S1 ; If-Range: x ; If-None-Match: x ; Range: bytes=0-1 ; If-Unmodified-Since: x ; If-Match: x ; If-Modified-Since: x => failed 412 If-Match ! If-Match, If-None-Match, If-Range
GET S1 ; If-Range: x ; Range: bytes=0-99 ; If-Modified-Since: x ; If-Unmodified-Since: x => perform 200 If-Range ! If-Unmodified-Since, If-Modified-Since, If-Range
GET S1 ; If-Range: x ; Range: bytes=0-99 ; If-None-Match: "v1" => not modified 304 If-None-Match ! If-Range

# Methods that ignore conditions.
OPTIONS S1 ; If-Match: x ; If-None-Match: * ; Range: bytes=0-99 => perform 200
TRACE S1 ; If-Match: "v0" ; If-Unmodified-Since: x => perform 200
CONNECT S6 ; If-Match: "v0" ; Range: bytes=0-99 => perform 200
options S1 ; If-Match: "v0" => failed 412 If-Match
"#;
    check(rows, |_| {});
}

/// Section 13.2.1: conditions count only where the answer without them is 2xx or 412.
#[test]
fn unconditional_status() {
    let fields = [
        ("If-Match", "x"),
        ("If-None-Match", "*"),
        ("Range", "bytes=0-99"),
    ];
    for method in ["GET", "PUT"] {
        for status in 100..=599 {
            let mut request = request(method, "S1", &fields);
            request.status = Some(status);
            let verdict = decide(&request);
            if matches!(status, 200..=299 | 412) {
                assert_eq!(words(&verdict), "failed 412 If-Match");
                assert_eq!(verdict.malformed, ["If-Match"]);
            } else {
                assert_eq!(words(&verdict), format!("perform {status}"));
                assert_eq!(verdict.malformed, [""; 0]);
            }

            request.fields.remove(0);
            let wanted = match (status, method) {
                (200..=299 | 412, "GET") => "not modified 304 If-None-Match".to_owned(),
                (200..=299 | 412, _) => "failed 412 If-None-Match".to_owned(),
                _ => format!("perform {status}"),
            };
            assert_eq!(words(&decide(&request)), wanted);

            request.fields.remove(0);
            let wanted = match (status, method) {
                (200 | 206, "GET") => format!("range {status}"),
                // Nobody has asked for a range in a way that counts.
                (206, _) => "perform 200".to_owned(),
                _ => format!("perform {status}"),
            };
            assert_eq!(words(&decide(&request)), wanted);
        }
    }
}

/// Section 13.1.1: a success instead of 412, if the change is made already.
#[test]
fn already_applied() {
    let rows = r#"
PUT S1 ; If-Match: "v0" => applied 200 If-Match
PUT S6 ; If-Match: * => applied 201 If-Match
PUT S1 ; If-Match: x => applied 200 If-Match ! If-Match
POST S1 ; If-Unmodified-Since: BEFORE => applied 200 If-Unmodified-Since
put S1 ; If-Match: "v0" => applied 200 If-Match
PUT S1 ; If-Match: "v0" ; If-None-Match: * => applied 200 If-Match
PUT S1 ; If-None-Match: * => failed 412 If-None-Match
PUT S1 ; If-Match: "v1" ; If-None-Match: * => failed 412 If-None-Match
PUT S1 ; If-Match: "v1" => perform 200
DELETE S6 ; If-Match: "v0" => perform 404
OPTIONS S1 ; If-Match: "v0" => perform 200
GET S1 ; If-Match: "v0" => failed 412 If-Match
HEAD S1 ; If-Match: "v0" => failed 412 If-Match
QUERY S1 ; If-Unmodified-Since: BEFORE => failed 412 If-Unmodified-Since
"#;
    check(rows, |request| request.already_applied = true);
    check(
        "PUT S1 ; If-Match: \"v0\" => failed 412 If-Match",
        |request| {
            request.already_applied = true;
            request.status = Some(412);
        },
    );
}

/// RFC 6585 section 3: only If-Match says which version a client works with, and only what exists can
/// be overwritten.
#[test]
fn if_match_required() {
    let rows = r#"
PUT S1 => required 428
DELETE S1 => required 428
GET S1 => perform 200
HEAD S1 => perform 200
QUERY S1 => perform 200
GET S6 => perform 404
PUT S6 => perform 201
PATCH S6 => perform 404
OPTIONS S1 => perform 200
CONNECT S1 => perform 200
TRACE S1 => perform 200
PUT S1 ; If-Match: "v1" => perform 200
PUT S1 ; If-Match: "v0" => failed 412 If-Match
PUT S1 ; If-Match: * => perform 200
PUT S1 ; If-Match: => failed 412 If-Match
PUT S1 ; If-Match: x => failed 412 If-Match ! If-Match
PUT S1 ; If-None-Match: => required 428
PUT S1 ; If-None-Match: "v0" => required 428
PUT S1 ; If-None-Match: "v1" => failed 412 If-None-Match
PUT S1 ; If-None-Match: x => failed 412 If-None-Match ! If-None-Match
PUT S1 ; If-Unmodified-Since: SAME => required 428
PUT S1 ; If-Unmodified-Since: AFTER => required 428
PUT S1 ; If-Unmodified-Since: BEFORE => failed 412 If-Unmodified-Since
PUT S4 ; If-Unmodified-Since: SAME => required 428
PUT S6 ; If-Unmodified-Since: SAME => perform 201
PUT S1 ; If-Unmodified-Since: x => required 428 ! If-Unmodified-Since
PUT S1 ; If-Modified-Since: BEFORE => required 428
GET S1 ; If-Modified-Since: SAME => not modified 304 If-Modified-Since
"#;
    check(rows, |request| request.require_if_match = true);
}
