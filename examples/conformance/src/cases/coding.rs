//! Content codings and entity tags (RFC 9110 §8.8.3.3).

use crate::case::Level::{Must, Taste};
use crate::case::{Case, Check, Need};

const CODING: &[Need] = &[Need::Coding];
const CODED_TAG: &[Need] = &[Need::CodedTag];

pub(super) const CASES: &[Case] = &[
    Case::get(
        "coding/other-tag",
        Must,
        "8.8.3.3",
        &["Accept-Encoding: gzip"],
        "With one strong tag for two forms a client splices compressed and plain octets.",
    )
    .needs(CODING)
    .check(Check::OtherTag),
    Case::get(
        "coding/validation",
        Must,
        "13.1.2",
        &["Accept-Encoding: gzip", "If-None-Match: {coded}"],
        "A browser that has the compressed form must be able to validate it.",
    )
    .needs(CODED_TAG),
    Case::get(
        "coding/vary",
        Taste,
        "12.5.5",
        &["Accept-Encoding: gzip"],
        "A shared cache would send the compressed form to who cannot read it.",
    )
    .needs(CODING)
    .check(Check::Varies),
];
