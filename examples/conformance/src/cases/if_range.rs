//! If-Range (RFC 9110 §13.1.5).

use crate::case::Level::{Must, Should, Taste};
use crate::case::{Case, Need};

const TAG: &[Need] = &[Need::Tag, Need::Ranges, Need::Length(20)];
const STRONG: &[Need] = &[Need::StrongTag, Need::Ranges, Need::Length(20)];
const DATE: &[Need] = &[Need::Date, Need::Ranges, Need::Length(20)];
const LONG: &[Need] = &[Need::Ranges, Need::Length(20)];

/// A server may ignore Range, always.
const IGNORED: &[u16] = &[200];

const SPLICE: &str = "A client that resumes would splice octets of two versions.";

pub(super) const CASES: &[Case] = &[
    // Tags.
    Case::get(
        "if-range/current",
        Should,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {tag}"],
        "A client that resumes needs the rest, or all octets.",
    )
    .needs(STRONG)
    .also(IGNORED),
    Case::get(
        "if-range/current-order",
        Should,
        "13.1.5",
        &["If-Range: {tag}", "Range: bytes=3-7"],
        "The order of fields of different names means nothing.",
    )
    .needs(STRONG)
    .also(IGNORED),
    Case::get(
        "if-range/other",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {other}"],
        SPLICE,
    )
    .needs(LONG),
    Case::get(
        "if-range/weak-form",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {weak}"],
        "A weak tag may stand for other octets, and the client would splice them.",
    )
    .needs(TAG),
    Case::get(
        "if-range/strong-form-of-weak",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {strong}"],
        "The current tag is weak, and may stand for other octets.",
    )
    .needs(&[Need::WeakTag, Need::Ranges, Need::Length(20)]),
    Case::get(
        "if-range/prefix",
        Must,
        "8.8.3.2",
        &["Range: bytes=3-7", "If-Range: {prefix}"],
        SPLICE,
    )
    .needs(TAG),
    Case::get(
        "if-range/longer",
        Must,
        "8.8.3.2",
        &["Range: bytes=3-7", "If-Range: {longer}"],
        SPLICE,
    )
    .needs(TAG),
    Case::get(
        "if-range/no-tag",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: \"a\""],
        SPLICE,
    )
    .needs(&[Need::NoTag, Need::Ranges, Need::Length(20)]),
    // Dates. Whether the current one is strong only the server knows.
    Case::get(
        "if-range/date",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {date}"],
        "A date that is strong and equal lets Range be read.",
    )
    .needs(DATE),
    Case::get(
        "if-range/date-earlier",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {date-1}"],
        SPLICE,
    )
    .needs(DATE),
    Case::get(
        "if-range/date-later",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {date+1}"],
        "The date has to be equal: a later one is that of another version.",
    )
    .needs(DATE),
    Case::get(
        "if-range/date-rfc850-earlier",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {date-1:rfc850}"],
        SPLICE,
    )
    .needs(DATE),
    Case::get(
        "if-range/date-future",
        Must,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {future}"],
        "The date has to be equal: a later one is that of another version.",
    )
    .needs(LONG),
    // Neither.
    Case::get(
        "if-range/garbage",
        Taste,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: conformance-other"],
        SPLICE,
    )
    .needs(LONG)
    .also(&[400]),
    Case::get(
        "if-range/star",
        Taste,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: *"],
        "The asterisk is no value of If-Range, and names no version.",
    )
    .needs(LONG)
    .also(&[400]),
    Case::get(
        "if-range/without-quotes",
        Taste,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {opaque}"],
        "A value that is no tag should match nothing: the full response is safe.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-range/list",
        Taste,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {other}, {tag}"],
        "If-Range has one tag, as the client has octets of one version.",
    )
    .needs(STRONG)
    .also(&[400]),
    Case::get(
        "if-range/lines",
        Taste,
        "13.1.5",
        &["Range: bytes=3-7", "If-Range: {other}", "If-Range: {tag}"],
        "If-Range has one tag, as the client has octets of one version.",
    )
    .needs(STRONG)
    .also(&[400]),
    // Beside others.
    Case::get(
        "if-range/without-range",
        Must,
        "13.1.5",
        &["If-Range: {other}"],
        "A server must ignore If-Range without Range.",
    ),
    Case::get(
        "if-range/without-range-current",
        Must,
        "13.1.5",
        &["If-Range: {tag}"],
        "A server must ignore If-Range without Range.",
    )
    .needs(TAG),
    Case::get(
        "if-range/unsatisfiable",
        Should,
        "13.1.5",
        &["Range: bytes={beyond}-", "If-Range: {tag}"],
        "Range is read as if it were alone.",
    )
    .needs(STRONG)
    .also(IGNORED),
    Case::get(
        "if-range/unsatisfiable-other",
        Must,
        "13.1.5",
        &["Range: bytes={beyond}-", "If-Range: {other}"],
        "The client has octets of another, longer version, and needs all of the new one.",
    )
    .needs(LONG),
    Case::get(
        "if-range/head",
        Must,
        "14.2",
        &["Range: bytes=3-7", "If-Range: {tag}"],
        "Only GET has ranges.",
    )
    .method("HEAD")
    .needs(STRONG),
    Case::get(
        "if-range/if-none-match",
        Must,
        "13.2.2",
        &[
            "Range: bytes=3-7",
            "If-Range: {tag}",
            "If-None-Match: {tag}",
        ],
        "If-Range is read after the other conditions.",
    )
    .needs(TAG),
    Case::get(
        "if-range/if-match-other",
        Must,
        "13.2.2",
        &["Range: bytes=3-7", "If-Range: {tag}", "If-Match: {other}"],
        "If-Range is read after the other conditions.",
    )
    .needs(TAG),
];
