//! Which condition counts if there are several (RFC 9110 §13.2.2).

use crate::case::Level::{Must, Should};
use crate::case::{Case, Need};

const TAG: &[Need] = &[Need::Tag];
const STRONG: &[Need] = &[Need::StrongTag];
const DATE: &[Need] = &[Need::Date];
const BOTH: &[Need] = &[Need::Tag, Need::Date];
const STRONG_AND_DATE: &[Need] = &[Need::StrongTag, Need::Date];

const TAGS_FIRST: &str = "A recipient must ignore the date beside the tags, which are more exact.";
const GUARD_FIRST: &str = "The guards come first: a client that asked for 412 must not get a 304.";

pub(super) const CASES: &[Case] = &[
    // If-Match over If-Unmodified-Since.
    Case::get(
        "precedence/match-true-unmodified-false",
        Must,
        "13.1.4",
        &["If-Match: {tag}", "If-Unmodified-Since: {date-1}"],
        TAGS_FIRST,
    )
    .needs(STRONG_AND_DATE),
    Case::get(
        "precedence/unmodified-false-match-true",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1}", "If-Match: {tag}"],
        TAGS_FIRST,
    )
    .needs(STRONG_AND_DATE),
    Case::get(
        "precedence/star-unmodified-false",
        Must,
        "13.1.4",
        &["If-Match: *", "If-Unmodified-Since: {date-1}"],
        TAGS_FIRST,
    )
    .needs(DATE),
    Case::get(
        "precedence/match-false-unmodified-true",
        Must,
        "13.1.4",
        &["If-Match: {other}", "If-Unmodified-Since: {date}"],
        TAGS_FIRST,
    )
    .needs(BOTH),
    // If-None-Match over If-Modified-Since.
    Case::get(
        "precedence/none-match-true-modified-false",
        Must,
        "13.1.3",
        &["If-None-Match: {other}", "If-Modified-Since: {date}"],
        "Two versions of one second have one date, and the cache would keep the first.",
    )
    .needs(BOTH),
    Case::get(
        "precedence/modified-false-none-match-true",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date}", "If-None-Match: {other}"],
        "Two versions of one second have one date, and the cache would keep the first.",
    )
    .needs(BOTH),
    Case::get(
        "precedence/none-match-false-modified-true",
        Must,
        "13.1.3",
        &["If-None-Match: {tag}", "If-Modified-Since: {date-1}"],
        TAGS_FIRST,
    )
    .needs(BOTH),
    Case::get(
        "precedence/none-match-false-modified-false",
        Must,
        "13.1.3",
        &["If-None-Match: {tag}", "If-Modified-Since: {date}"],
        "This is what every browser sends to validate what it has.",
    )
    .needs(BOTH),
    Case::get(
        "precedence/none-match-false-modified-garbage",
        Must,
        "13.1.3",
        &["If-None-Match: {tag}", "If-Modified-Since: yesterday"],
        TAGS_FIRST,
    )
    .needs(TAG),
    Case::get(
        "precedence/none-match-true-head",
        Must,
        "13.1.3",
        &["If-None-Match: {other}", "If-Modified-Since: {date}"],
        TAGS_FIRST,
    )
    .method("HEAD")
    .needs(BOTH),
    Case::get(
        "precedence/none-match-empty",
        Must,
        "13.1.3",
        &["If-None-Match:", "If-Modified-Since: {date}"],
        "The request has the field, and its list of no tags matches nothing.",
    )
    .needs(DATE),
    Case::get(
        "precedence/none-match-malformed",
        Must,
        "13.1.3",
        &[
            "If-None-Match: conformance-other",
            "If-Modified-Since: {date}",
        ],
        "The request has the field, whatever its value, and the date must be ignored.",
    )
    .needs(DATE)
    .also(&[400]),
    Case::get(
        "precedence/none-match-without-tag",
        Must,
        "13.1.3",
        &["If-None-Match: \"a\"", "If-Modified-Since: {date}"],
        "The resource has no tag, so that none matches, and the date must be ignored.",
    )
    .needs(&[Need::NoTag, Need::Date]),
    // The guards before the validators of caches.
    Case::get(
        "precedence/match-false-none-match-false",
        Must,
        "13.2.2",
        &["If-Match: {other}", "If-None-Match: {tag}"],
        GUARD_FIRST,
    )
    .needs(TAG),
    Case::get(
        "precedence/none-match-false-match-false",
        Must,
        "13.2.2",
        &["If-None-Match: {tag}", "If-Match: {other}"],
        GUARD_FIRST,
    )
    .needs(TAG),
    Case::get(
        "precedence/match-true-none-match-false",
        Must,
        "13.2.2",
        &["If-Match: {tag}", "If-None-Match: {tag}"],
        "A true If-Match does not end the evaluation.",
    )
    .needs(STRONG),
    Case::get(
        "precedence/match-false-modified-false",
        Must,
        "13.2.2",
        &["If-Match: {other}", "If-Modified-Since: {date}"],
        GUARD_FIRST,
    )
    .needs(BOTH),
    Case::get(
        "precedence/unmodified-false-none-match-false",
        Must,
        "13.2.2",
        &["If-Unmodified-Since: {date-1}", "If-None-Match: {tag}"],
        GUARD_FIRST,
    )
    .needs(BOTH),
    Case::get(
        "precedence/unmodified-true-none-match-false",
        Must,
        "13.2.2",
        &["If-Unmodified-Since: {date}", "If-None-Match: {tag}"],
        "A true If-Unmodified-Since does not end the evaluation.",
    )
    .needs(BOTH),
    Case::get(
        "precedence/unmodified-false-modified-false",
        Must,
        "13.2.2",
        &["If-Unmodified-Since: {date-1}", "If-Modified-Since: {date}"],
        GUARD_FIRST,
    )
    .needs(DATE),
    Case::get(
        "precedence/unmodified-true-modified-false",
        Should,
        "13.2.2",
        &["If-Unmodified-Since: {date}", "If-Modified-Since: {date}"],
        "A true If-Unmodified-Since does not end the evaluation.",
    )
    .needs(DATE),
    Case::get(
        "precedence/match-true-both-dates",
        Should,
        "13.2.2",
        &[
            "If-Match: {tag}",
            "If-Unmodified-Since: {date-1}",
            "If-Modified-Since: {date}",
        ],
        "If-Match overrules If-Unmodified-Since only, and If-Modified-Since still counts.",
    )
    .needs(STRONG_AND_DATE),
];
