//! The validators of the 200 itself (RFC 9110 §8.8), and those of HEAD (§9.3.2).

use crate::case::Level::{Must, Should, Taste};
use crate::case::{Case, Check, Need};

const SAME: &str = "A client asks with HEAD what GET would send.";

pub(super) const CASES: &[Case] = &[
    Case::get(
        "validators/etag-grammar",
        Must,
        "8.8.3",
        &[],
        "Clients and caches cannot send back what is no entity tag.",
    )
    .needs(&[Need::Field("ETag")])
    .check(Check::ValidTag),
    Case::get(
        "validators/etag-stable",
        Taste,
        "8.8.1",
        &[],
        "A tag that differs each time, though the content does not, fails every client.",
    )
    .needs(&[Need::Field("ETag"), Need::StableContent])
    .check(Check::Keeps {
        field: "ETag",
        exact: true,
    }),
    Case::get(
        "validators/last-modified-grammar",
        Must,
        "5.6.7",
        &[],
        "A sender must use the preferred form of a date.",
    )
    .needs(&[Need::Field("Last-Modified")])
    .check(Check::ValidDate),
    Case::get(
        "validators/last-modified-order",
        Must,
        "8.8.2.1",
        &[],
        "A date later than Date is in the future, and a change until then has the same date.",
    )
    .needs(&[Need::Date, Need::Field("Date")])
    .check(Check::DateOrder),
    Case::get("validators/head-etag", Should, "9.3.2", &[], SAME)
        .method("HEAD")
        .needs(&[Need::Field("ETag")])
        .check(Check::Keeps {
            field: "ETag",
            exact: true,
        }),
    Case::get("validators/head-last-modified", Should, "9.3.2", &[], SAME)
        .method("HEAD")
        .needs(&[Need::Field("Last-Modified")])
        .check(Check::Keeps {
            field: "Last-Modified",
            exact: true,
        }),
    Case::get(
        "validators/head-length",
        Must,
        "8.6",
        &[],
        "A Content-Length of HEAD that differs from that of GET misleads who plans a download.",
    )
    .method("HEAD")
    .check(Check::Length),
    Case::get(
        "validators/head-no-content",
        Must,
        "9.3.2",
        &[],
        "Octets behind the head are read as the next response.",
    )
    .method("HEAD")
    .check(Check::NoContent),
];
