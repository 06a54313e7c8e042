//! The workloads that this crate and its peers are measured on: the same octets for each.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Twelve fields that a browser sends, without a condition.
const BROWSER: [(HeaderName, &str); 12] = [
    (header::HOST, "www.example.com"),
    (header::CONNECTION, "keep-alive"),
    (
        header::USER_AGENT,
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    ),
    (
        header::ACCEPT,
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ),
    (header::ACCEPT_LANGUAGE, "en-GB,en;q=0.5"),
    (header::ACCEPT_ENCODING, "gzip, deflate, br, zstd"),
    (header::REFERER, "https://www.example.com/articles/"),
    (header::COOKIE, "session=5f2b7c1d9e; theme=dark"),
    (header::UPGRADE_INSECURE_REQUESTS, "1"),
    (HeaderName::from_static("sec-fetch-dest"), "document"),
    (HeaderName::from_static("sec-fetch-mode"), "navigate"),
    (HeaderName::from_static("sec-fetch-site"), "same-origin"),
];

/// The date of all workloads in the three formats.
pub const IMF_FIXDATE: &str = "Sat, 29 Oct 1994 19:43:31 GMT";
/// As rfc850-date.
pub const RFC850_DATE: &str = "Saturday, 29-Oct-94 19:43:31 GMT";
/// As asctime-date.
pub const ASCTIME_DATE: &str = "Sat Oct 29 19:43:31 1994";
/// In seconds since 1970-01-01.
pub const UNIX: i64 = 783_459_811;

/// The current tag: 40 hexadecimal digits in quotes.
pub const CURRENT: &str = "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"";

/// A list of this many tags, each of 40 hexadecimal digits, the current one last.
#[must_use]
pub fn list(length: usize) -> String {
    let others = (1..length).map(|number| {
        // What digests look like: no common beginning.
        let number = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        format!(
            "\"{number:016x}{:016x}{:08x}\"",
            number.rotate_left(23),
            number & 0xFFFF_FFFF
        )
    });
    others
        .chain([CURRENT.to_owned()])
        .collect::<Vec<_>>()
        .join(", ")
}

/// A Range with this many ranges of a thousand octets.
#[must_use]
pub fn ranges(length: usize) -> String {
    let ranges = (0..length).map(|number| format!("{}-{}", number * 2000, number * 2000 + 999));
    format!("bytes={}", ranges.collect::<Vec<_>>().join(", "))
}

/// A browser's request without conditions, with two, or with all six fields.
#[must_use]
pub fn requests() -> [(&'static str, HeaderMap); 3] {
    let none: HeaderMap = BROWSER
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect();
    let with = |fields: &[(HeaderName, &'static str)]| {
        let mut map = none.clone();
        for (name, value) in fields {
            map.append(name, HeaderValue::from_static(value));
        }
        map
    };
    let revalidate = with(&[
        (header::IF_NONE_MATCH, CURRENT),
        (header::IF_MODIFIED_SINCE, IMF_FIXDATE),
    ]);
    let all = with(&[
        (header::IF_MATCH, CURRENT),
        (header::IF_UNMODIFIED_SINCE, IMF_FIXDATE),
        (
            header::IF_NONE_MATCH,
            "\"5e6b4b0d3255bfef95601890afd80709da39a3ee\"",
        ),
        (header::IF_MODIFIED_SINCE, IMF_FIXDATE),
        (header::IF_RANGE, CURRENT),
        (header::RANGE, "bytes=0-99"),
    ]);
    [("none", none), ("revalidate", revalidate), ("all", all)]
}
