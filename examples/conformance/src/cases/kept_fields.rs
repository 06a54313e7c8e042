//! The fields of 304, 206, 412 and 416 (RFC 9110 §15.4.5, §15.3.7, §15.5.13, §15.5.17).

use crate::case::Level::{Must, Should, Taste};
use crate::case::{Case, Check, Need};
use crate::template::VALIDATION;

/// All that describe the representation.
const REPRESENTATION: &[&str] = &[
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "ETag",
    "Last-Modified",
];

const UPDATES: &str = "A cache updates what it has stored with the fields of the 304.";
const COMBINES: &str = "A client that combines parts needs the fields that the 200 has.";

const fn not_modified(
    name: &'static str,
    needs: &'static [Need],
    check: Check,
    why: &'static str,
) -> Case {
    Case::get(name, Must, "15.4.5", &[VALIDATION], why)
        .needs(needs)
        .check(check)
}

const fn part(name: &'static str, needs: &'static [Need], check: Check, why: &'static str) -> Case {
    Case::get(name, Must, "15.3.7", &["Range: bytes=3-7"], why)
        .needs(needs)
        .check(check)
}

pub(super) const CASES: &[Case] = &[
    // 304.
    not_modified(
        "304/etag",
        &[Need::Field("ETag")],
        Check::Keeps {
            field: "ETag",
            exact: true,
        },
        "A cache finds the stored response by the tag of the 304.",
    ),
    not_modified(
        "304/date",
        &[Need::Field("Date")],
        Check::Keeps {
            field: "Date",
            exact: false,
        },
        "A cache computes the age of what it has from Date.",
    ),
    not_modified(
        "304/cache-control",
        &[Need::Field("Cache-Control")],
        Check::Keeps {
            field: "Cache-Control",
            exact: false,
        },
        UPDATES,
    ),
    not_modified(
        "304/expires",
        &[Need::Field("Expires")],
        Check::Keeps {
            field: "Expires",
            exact: false,
        },
        UPDATES,
    ),
    not_modified(
        "304/vary",
        &[Need::Field("Vary")],
        Check::Keeps {
            field: "Vary",
            exact: true,
        },
        "A cache without Vary serves one form to all clients.",
    ),
    not_modified(
        "304/content-location",
        &[Need::Field("Content-Location")],
        Check::Keeps {
            field: "Content-Location",
            exact: true,
        },
        UPDATES,
    ),
    Case::get(
        "304/other-fields",
        Should,
        "15.4.5",
        &[VALIDATION],
        "A 304 exists to save octets, and a wrong field in it changes what is stored.",
    )
    .check(Check::Lacks(&[
        "Content-Type",
        "Content-Encoding",
        "Content-Language",
        "Content-Range",
    ])),
    Case::get(
        "304/content-length",
        Must,
        "8.6",
        &[VALIDATION],
        "A cache takes another length for another representation.",
    )
    .check(Check::Length),
    Case::get(
        "304/no-content",
        Must,
        "6.4.1",
        &[VALIDATION],
        "Octets behind a 304 are read as the next response.",
    )
    .check(Check::NoContent),
    Case::get(
        "304/next-response",
        Must,
        "6.4.1",
        &[VALIDATION],
        "Octets behind a 304 are read as the next response.",
    )
    .check(Check::AfterNotModified),
    // The same on HEAD.
    Case::get(
        "304/head-etag",
        Must,
        "15.4.5",
        &[VALIDATION],
        "A cache finds the stored response by the tag of the 304.",
    )
    .method("HEAD")
    .needs(&[Need::Field("ETag")])
    .check(Check::Keeps {
        field: "ETag",
        exact: true,
    }),
    // 206.
    part(
        "206/etag",
        &[Need::Ranges, Need::Length(20), Need::Field("ETag")],
        Check::Keeps {
            field: "ETag",
            exact: true,
        },
        "A client combines parts by their tag.",
    ),
    part(
        "206/date",
        &[Need::Ranges, Need::Length(20), Need::Field("Date")],
        Check::Keeps {
            field: "Date",
            exact: false,
        },
        COMBINES,
    ),
    part(
        "206/cache-control",
        &[Need::Ranges, Need::Length(20), Need::Field("Cache-Control")],
        Check::Keeps {
            field: "Cache-Control",
            exact: false,
        },
        COMBINES,
    ),
    part(
        "206/expires",
        &[Need::Ranges, Need::Length(20), Need::Field("Expires")],
        Check::Keeps {
            field: "Expires",
            exact: false,
        },
        COMBINES,
    ),
    part(
        "206/vary",
        &[Need::Ranges, Need::Length(20), Need::Field("Vary")],
        Check::Keeps {
            field: "Vary",
            exact: true,
        },
        COMBINES,
    ),
    part(
        "206/content-location",
        &[
            Need::Ranges,
            Need::Length(20),
            Need::Field("Content-Location"),
        ],
        Check::Keeps {
            field: "Content-Location",
            exact: true,
        },
        COMBINES,
    ),
    part(
        "206/representation-fields",
        &[Need::Ranges, Need::Length(20)],
        Check::KeepsAll(REPRESENTATION),
        "A client without If-Range may know nothing, and gets all fields of the 200.",
    ),
    Case::get(
        "206/if-range-etag",
        Must,
        "15.3.7",
        &["Range: bytes=3-7", "If-Range: {tag}"],
        "A client combines parts by their tag.",
    )
    .needs(&[Need::StrongTag, Need::Ranges, Need::Length(20)])
    .check(Check::Keeps {
        field: "ETag",
        exact: true,
    }),
    // 412 and 416 are about the request.
    Case::get(
        "412/status",
        Taste,
        "13.1.1",
        &["If-Match: \"conformance-other\""],
        "A client that gets another 4xx cannot tell that its version is old.",
    )
    .needs(&[Need::Tag])
    .check(Check::Refusal),
    Case::get(
        "416/content-range",
        Must,
        "14.4",
        &["Range: bytes={length}-"],
        "A client corrects itself by the complete length that the 416 says.",
    )
    .needs(&[Need::Ranges])
    .check(Check::Unsatisfied),
    Case::get(
        "412/fields",
        Taste,
        "15.5.13",
        &["If-Match: \"conformance-other\""],
        "They would describe the content of the 412, which is not the representation.",
    )
    .needs(&[Need::Tag])
    .check(Check::Lacks(&[
        "Last-Modified",
        "Content-Encoding",
        "Content-Range",
    ])),
    Case::get(
        "416/fields",
        Taste,
        "15.5.17",
        &["Range: bytes={beyond}-"],
        "They would describe the content of the 416, which is not the representation.",
    )
    .needs(&[Need::Ranges])
    .check(Check::Lacks(&["Last-Modified", "Content-Encoding"])),
];
