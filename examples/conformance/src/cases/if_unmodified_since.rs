//! If-Unmodified-Since (RFC 9110 §13.1.4), and the forms of dates (§5.6.7).

use crate::case::Level::{Must, Taste};
use crate::case::{Case, Need};

const DATE: &[Need] = &[Need::Date];

const NOT_A_DATE: &str = "A recipient must ignore the field if its value is no HTTP-date.";
const NOT_ONE_DATE: &str = "A recipient must ignore the field if it has more than one date.";

pub(super) const CASES: &[Case] = &[
    // Against Last-Modified.
    Case::get(
        "if-unmodified-since/equal",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date}"],
        "A client that has the current version must get what it asks for.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/later",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date+1}"],
        "The condition is true of every date from Last-Modified on.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/future",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {future}"],
        "The condition is true of every date from Last-Modified on, in the future too.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/earlier",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1}"],
        "A client that resumes a download by date would splice two versions.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/head",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1}"],
        "The condition counts for HEAD as for GET.",
    )
    .method("HEAD")
    .needs(DATE),
    Case::get(
        "if-unmodified-since/no-date",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT"],
        "A recipient must ignore the field if the resource has no modification date.",
    )
    .needs(&[Need::NoDate]),
    // The other two forms.
    Case::get(
        "if-unmodified-since/rfc850-equal",
        Must,
        "5.6.7",
        &["If-Unmodified-Since: {date:rfc850}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/rfc850-earlier",
        Must,
        "5.6.7",
        &["If-Unmodified-Since: {date-1:rfc850}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/asctime-equal",
        Must,
        "5.6.7",
        &["If-Unmodified-Since: {date:asctime}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/asctime-earlier",
        Must,
        "5.6.7",
        &["If-Unmodified-Since: {date-1:asctime}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/two-digits-ahead",
        Taste,
        "5.6.7",
        &["If-Unmodified-Since: {year+45:rfc850}"],
        "A year of two digits lies in the future, up to 50 years from now.",
    )
    .needs(DATE),
    // Not a date: the date in them is early, so that who reads it answers 412.
    Case::get(
        "if-unmodified-since/garbage",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: yesterday"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/empty",
        Must,
        "13.1.4",
        &["If-Unmodified-Since:"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/iso-8601",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1:iso}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/seconds",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1:seconds}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/other-zone",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1:zone}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-unmodified-since/lines",
        Must,
        "13.1.4",
        &[
            "If-Unmodified-Since: {date-1}",
            "If-Unmodified-Since: {date-1}",
        ],
        NOT_ONE_DATE,
    )
    .needs(DATE),
];
