//! If-Modified-Since (RFC 9110 §13.1.3), and the forms of dates (§5.6.7).

use crate::case::Level::{Must, Should, Taste};
use crate::case::{Case, Need};

const DATE: &[Need] = &[Need::Date];
const HONOURED: &[Need] = &[Need::Date, Need::DateIsHonoured];
const LATER: &[Need] = &[Need::Date, Need::LaterIsHonoured];

const NOT_A_DATE: &str = "A recipient must ignore the field if its value is no HTTP-date.";
const NOT_ONE_DATE: &str = "A recipient must ignore the field if it has more than one date.";

pub(super) const CASES: &[Case] = &[
    // Against Last-Modified.
    Case::get(
        "if-modified-since/equal",
        Should,
        "13.1.3",
        &["If-Modified-Since: {date}"],
        "A cache that has the current version is sent it again.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/later",
        Should,
        "13.1.3",
        &["If-Modified-Since: {date+1}"],
        "A cache without Last-Modified sends the Date that it has, which is later.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/future",
        Should,
        "13.1.3",
        &["If-Modified-Since: {future}"],
        "The condition is false of every date from Last-Modified on, in the future too.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/earlier",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date-1}"],
        "A cache that has an earlier version would keep it.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/head",
        Should,
        "13.1.3",
        &["If-Modified-Since: {date}"],
        "HEAD is answered as GET is, without the content.",
    )
    .method("HEAD")
    .needs(DATE),
    Case::get(
        "if-modified-since/head-earlier",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date-1}"],
        "HEAD is answered as GET is, without the content.",
    )
    .method("HEAD")
    .needs(DATE),
    Case::get(
        "if-modified-since/no-date",
        Must,
        "13.1.3",
        &["If-Modified-Since: {future}"],
        "A recipient must ignore the field if the resource has no modification date.",
    )
    .needs(&[Need::NoDate]),
    // The other two forms, where the first is honoured.
    Case::get(
        "if-modified-since/rfc850",
        Must,
        "5.6.7",
        &["If-Modified-Since: {date:rfc850}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(HONOURED),
    Case::get(
        "if-modified-since/rfc850-earlier",
        Must,
        "5.6.7",
        &["If-Modified-Since: {date-1:rfc850}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/asctime",
        Must,
        "5.6.7",
        &["If-Modified-Since: {date:asctime}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(HONOURED),
    Case::get(
        "if-modified-since/asctime-earlier",
        Must,
        "5.6.7",
        &["If-Modified-Since: {date-1:asctime}"],
        "A recipient must accept all three forms of a date.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/two-digits-ahead",
        Taste,
        "5.6.7",
        &["If-Modified-Since: {year+45:rfc850}"],
        "A year of two digits lies in the future, up to 50 years from now.",
    )
    .needs(LATER),
    Case::get(
        "if-modified-since/two-digits-back",
        Must,
        "5.6.7",
        &["If-Modified-Since: {year+51:rfc850}"],
        "A year of two digits more than 50 years ahead is the one in the past.",
    )
    .needs(DATE),
    // Not a date: who reads it as Last-Modified or as a later date answers 304.
    Case::get(
        "if-modified-since/garbage",
        Must,
        "13.1.3",
        &["If-Modified-Since: yesterday"],
        NOT_A_DATE,
    ),
    Case::get(
        "if-modified-since/empty",
        Must,
        "13.1.3",
        &["If-Modified-Since:"],
        NOT_A_DATE,
    ),
    Case::get(
        "if-modified-since/iso-8601",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date:iso}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/seconds",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date:seconds}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/other-zone",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date:zone}"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/lower-case",
        Must,
        "5.6.7",
        &["If-Modified-Since: {date:lower}"],
        "HTTP-date has a letter case, and what is no HTTP-date must be ignored.",
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/length-behind",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date}; length=5"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/no-such-day",
        Taste,
        "13.1.3",
        &["If-Modified-Since: Tue, 31 Feb 2090 00:00:00 GMT"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/no-such-hour",
        Taste,
        "13.1.3",
        &["If-Modified-Since: Wed, 01 Feb 2090 24:00:00 GMT"],
        NOT_A_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/list",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date}, {date}"],
        NOT_ONE_DATE,
    )
    .needs(DATE),
    Case::get(
        "if-modified-since/lines",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date}", "If-Modified-Since: {date}"],
        NOT_ONE_DATE,
    )
    .needs(DATE),
];
