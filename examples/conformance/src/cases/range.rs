//! Range (RFC 9110 §14.2), with and without conditions. These cases are for servers that serve a
//! plain range; a 200 is right wherever a 206 or a 416 is.

use crate::case::Level::{Must, Should, Taste};
use crate::case::{Case, Check, Need};

const LONG: &[Need] = &[Need::Ranges, Need::Length(20)];

/// A server may ignore Range, always, also where it has served another.
const IGNORED: &[u16] = &[200];

const ASKED: &str = "A client that resumes or seeks needs the octets that it asks for, or all.";
const INVALID: &str =
    "A server may ignore or reject an invalid Range, but it names no octets to send.";
const LAST: &str = "Range is read after the conditions, and only if the response would be 200.";

pub(super) const CASES: &[Case] = &[
    // One range.
    Case::get(
        "range/first-last",
        Should,
        "14.2",
        &["Range: bytes=3-7"],
        ASKED,
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/one-octet",
        Should,
        "14.2",
        &["Range: bytes=0-0"],
        ASKED,
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get("range/first", Should, "14.2", &["Range: bytes=5-"], ASKED)
        .needs(LONG)
        .also(IGNORED),
    Case::get(
        "range/all",
        Should,
        "14.2",
        &["Range: bytes=0-"],
        "Players ask for all octets in this way to learn whether they can seek.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/last-octet",
        Should,
        "14.2",
        &["Range: bytes={last}-"],
        "A client that lacks one octet asks for it.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/suffix",
        Should,
        "14.2",
        &["Range: bytes=-5"],
        "Readers of archives ask for the directory at the end.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/suffix-of-all",
        Should,
        "14.1.2",
        &["Range: bytes=-{beyond}"],
        "A suffix longer than the representation is all of it.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/beyond-the-end",
        Should,
        "14.1.2",
        &["Range: bytes=5-{beyond}"],
        "A last position beyond the end means the end.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/unit-letter-case",
        Should,
        "14.1",
        &["Range: BYTES=3-7"],
        "The names of range units have no letter case.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/leading-zeros",
        Should,
        "14.1.1",
        &["Range: bytes=0003-007"],
        "A position is any number of digits.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/huge-last",
        Must,
        "14.1.2",
        &["Range: bytes=5-99999999999999999999999999"],
        "A recipient must not let large numbers overflow.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/space-after-equals",
        Taste,
        "14.1.1",
        &["Range: bytes= 3-7"],
        "Erratum 7306 has whitespace there, as the RFC's own example does.",
    )
    .needs(LONG)
    .also(&[200, 400]),
    // Unsatisfiable.
    Case::get(
        "range/at-the-end",
        Should,
        "14.2",
        &["Range: bytes={length}-"],
        "A client whose copy is complete learns so from a 416.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/huge-first",
        Must,
        "14.1.2",
        &["Range: bytes=99999999999999999999999999-"],
        "A recipient must not let large numbers overflow.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/empty-suffix",
        Should,
        "14.1.2",
        &["Range: bytes=-0"],
        "A suffix of no octets can be satisfied by nothing.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "range/unsatisfied-length",
        Should,
        "15.5.17",
        &["Range: bytes={length}-"],
        "A 416 should say how long the representation is, for the client to correct itself.",
    )
    .needs(LONG)
    .check(Check::Has("Content-Range")),
    // Invalid.
    Case::get(
        "range/swapped",
        Taste,
        "14.1.1",
        &["Range: bytes=7-3"],
        INVALID,
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get(
        "range/one-of-two-swapped",
        Taste,
        "14.1.1",
        &["Range: bytes=0-1,7-3"],
        INVALID,
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get("range/no-set", Taste, "14.1.1", &["Range: bytes="], INVALID)
        .needs(LONG)
        .also(&[400, 416]),
    Case::get(
        "range/only-hyphen",
        Taste,
        "14.1.1",
        &["Range: bytes=-"],
        INVALID,
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get(
        "range/letters",
        Taste,
        "14.1.1",
        &["Range: bytes=a-b"],
        INVALID,
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get(
        "range/negative",
        Taste,
        "14.1.1",
        &["Range: bytes=--5"],
        INVALID,
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get(
        "range/space-before-equals",
        Taste,
        "14.1.1",
        &["Range: bytes =3-7"],
        "Whitespace is not allowed there, and should not be guessed at.",
    )
    .needs(LONG)
    .also(&[400, 416]),
    Case::get(
        "range/no-unit",
        Taste,
        "14.2",
        &["Range: 3-7"],
        "A value without a unit is not in the grammar, and should not be guessed at.",
    )
    .needs(LONG)
    .also(&[400, 416]),
    // Ignored.
    Case::get(
        "range/unknown-unit",
        Must,
        "14.2",
        &["Range: conformance=3-7"],
        "A server must ignore a unit that it does not understand, or clients could not try new units.",
    )
    .of_origins(),
    Case::get(
        "range/head",
        Must,
        "14.2",
        &["Range: bytes=3-7"],
        "Only GET has ranges, and HEAD says what GET without Range says.",
    )
    .method("HEAD")
    .needs(LONG),
    Case::get(
        "range/head-unsatisfiable",
        Must,
        "14.2",
        &["Range: bytes={beyond}-"],
        "Only GET has ranges, and HEAD says what GET without Range says.",
    )
    .method("HEAD")
    .needs(LONG),
    // Beside conditions.
    Case::get(
        "range/if-none-match",
        Must,
        "13.2.2",
        &["Range: bytes=3-7", "If-None-Match: {tag}"],
        LAST,
    )
    .needs(&[Need::Tag]),
    Case::get(
        "range/if-none-match-weak",
        Must,
        "13.1.2",
        &["Range: bytes=3-7", "If-None-Match: W/{strong}"],
        "If-None-Match is compared weakly beside Range too.",
    )
    .needs(&[Need::Tag]),
    Case::get(
        "range/if-none-match-other",
        Should,
        "13.2.2",
        &["Range: bytes=3-7", "If-None-Match: {other}"],
        "A true condition lets Range be read.",
    )
    .needs(&[Need::Tag, Need::Ranges, Need::Length(20)])
    .also(IGNORED),
    Case::get(
        "range/if-modified-since",
        Should,
        "13.2.2",
        &["Range: bytes=3-7", "If-Modified-Since: {date}"],
        LAST,
    )
    .needs(&[Need::Date]),
    Case::get(
        "range/if-match",
        Should,
        "13.2.2",
        &["Range: bytes=3-7", "If-Match: {tag}"],
        "A true condition lets Range be read.",
    )
    .needs(&[Need::StrongTag, Need::Ranges, Need::Length(20)])
    .also(IGNORED),
    Case::get(
        "range/if-match-other",
        Must,
        "13.1.1",
        &["Range: bytes=3-7", "If-Match: {other}"],
        "A client that resumes with If-Match would splice two versions.",
    )
    .needs(&[Need::Tag]),
    Case::get(
        "range/if-unmodified-since-earlier",
        Must,
        "13.1.4",
        &["Range: bytes=3-7", "If-Unmodified-Since: {date-1}"],
        "A client that resumes by date would splice two versions.",
    )
    .needs(&[Need::Date]),
    Case::get(
        "range/unsatisfiable-if-none-match",
        Must,
        "13.2.2",
        &["Range: bytes={beyond}-", "If-None-Match: {tag}"],
        LAST,
    )
    .needs(&[Need::Tag]),
    Case::get(
        "range/unsatisfiable-if-match-other",
        Must,
        "13.2.2",
        &["Range: bytes={beyond}-", "If-Match: {other}"],
        LAST,
    )
    .needs(&[Need::Tag]),
];
