//! Where conditions must be ignored (RFC 9110 §13.2.1): methods that select no representation, and
//! responses that are neither 2xx nor 412.

use crate::case::Level::Must;
use crate::case::{Case, Need};

const METHOD: &str = "OPTIONS and TRACE select no representation, and conditions must be ignored.";
const NOT_FOUND: &str =
    "The response without conditions is neither 2xx nor 412, and conditions must not hide it.";

pub(super) const CASES: &[Case] = &[
    // Methods.
    Case::get(
        "options/if-match",
        Must,
        "13.2.1",
        &["If-Match: {other}"],
        METHOD,
    )
    .method("OPTIONS"),
    Case::get(
        "options/if-none-match",
        Must,
        "13.2.1",
        &["If-None-Match: {tag}"],
        METHOD,
    )
    .method("OPTIONS")
    .needs(&[Need::Tag]),
    Case::get(
        "options/if-none-match-star",
        Must,
        "13.2.1",
        &["If-None-Match: *"],
        METHOD,
    )
    .method("OPTIONS"),
    Case::get(
        "options/if-modified-since",
        Must,
        "13.2.1",
        &["If-Modified-Since: {date}"],
        METHOD,
    )
    .method("OPTIONS")
    .needs(&[Need::Date]),
    Case::get(
        "options/if-unmodified-since",
        Must,
        "13.2.1",
        &["If-Unmodified-Since: {date-1}"],
        METHOD,
    )
    .method("OPTIONS")
    .needs(&[Need::Date]),
    Case::get(
        "trace/if-match",
        Must,
        "13.2.1",
        &["If-Match: {other}"],
        METHOD,
    )
    .method("TRACE"),
    // Nothing there.
    Case::get(
        "unmapped/if-match",
        Must,
        "13.2.1",
        &["If-Match: \"a\""],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/if-match-star",
        Must,
        "13.2.1",
        &["If-Match: *"],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/if-none-match",
        Must,
        "13.2.1",
        &["If-None-Match: \"a\""],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/if-none-match-star",
        Must,
        "13.2.1",
        &["If-None-Match: *"],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/if-modified-since",
        Must,
        "13.2.1",
        &["If-Modified-Since: {future}"],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/if-unmodified-since",
        Must,
        "13.2.1",
        &["If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT"],
        NOT_FOUND,
    )
    .unmapped(),
    Case::get(
        "unmapped/range",
        Must,
        "14.2",
        &["Range: bytes=0-0", "If-Range: \"a\""],
        "Range is read only if the response would be 200.",
    )
    .unmapped(),
];
