//! The origin server's evaluation against the oracle, with heads of requests in which any octet may stand
//! anywhere, and against itself where the same request is written in another way.
//!
//! The first line is the method, every other a field line. What the server knows stands in fields that
//! evaluation passes over: `ETag` and `Last-Modified` of the representation, and those of [`request`].
#![no_main]

use http_preconditions::{Decision, Field, HttpDate};
use http_preconditions_fuzz::compare;
use http_preconditions_fuzz::split;
use libfuzzer_sys::fuzz_target;
use oracle::{Request, State};

fuzz_target!(|input: &[u8]| {
    let mut lines = input.split(|octet| *octet == b'\n');
    let method = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let names_and_values: Vec<_> = lines
        .map(|line| {
            let mut parts = line.splitn(2, |octet| *octet == b':');
            let name = String::from_utf8_lossy(parts.next().unwrap_or_default());
            (name, parts.next().unwrap_or_default())
        })
        .collect();
    let fields = names_and_values
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    let request = request(&method, fields);
    let decision = compare::decide(&request);

    // Another order of the fields, names in another case: the same in every respect.
    let mut by_name = request.clone();
    by_name
        .fields
        .sort_by_key(|(name, _)| name.to_ascii_lowercase());
    assert_eq!(compare::decide(&by_name), decision);
    let upper_case: Vec<_> = request
        .fields
        .iter()
        .map(|(name, _)| name.to_ascii_uppercase())
        .collect();
    let mut shouted = request.clone();
    for ((name, _), upper_case) in shouted.fields.iter_mut().zip(&upper_case) {
        *name = upper_case;
    }
    assert_eq!(compare::decide(&shouted), decision);

    // Another order of all lines, one list in several lines: errors have other places.
    let mut reversed = request.clone();
    reversed.fields.reverse();
    assert_same_answer(compare::decide(&reversed), decision);
    let mut split = request.clone();
    split.fields = request.fields.iter().flat_map(one_member_a_line).collect();
    assert_same_answer(compare::decide(&split), decision);
});

/// What the server knows, from the fields that no evaluation looks at.
fn request<'a>(method: &'a str, fields: Vec<(&'a str, &'a [u8])>) -> Request<'a> {
    let value = |wanted: &str| {
        let line = fields
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        line.map(|(_, value)| *value)
    };
    let said = |name| value(name).is_some();
    let number = |name| str::from_utf8(value(name)?).ok()?.trim().parse().ok();
    let now = value("Now").and_then(split::moment);
    let now = now.unwrap_or(HttpDate::ASSUMED_NOW).to_unix();
    let state = State {
        etag: value("ETag").and_then(oracle::entity_tag),
        last_modified: value("Last-Modified").and_then(|date| oracle::http_date(date, now)),
        strong_date: said("Strong-Date"),
        ranges: !said("No-Ranges"),
        length: number("Length"),
    };
    Request {
        method,
        state: (!said("Missing")).then_some(state),
        status: number("Status").and_then(|status: u64| u16::try_from(status).ok()),
        now,
        require_if_match: said("Required"),
        already_applied: said("Applied"),
        range_policy: oracle::range::USUAL,
        fields,
    }
}

fn assert_same_answer(decision: Decision, expected: Decision) {
    assert_eq!(decision.outcome(), expected.outcome());
    assert_eq!(decision.status(), expected.status());
    assert_eq!(decision.decided_by(), expected.decided_by());
    assert_eq!(decision.honours_range(), expected.honours_range());
    let malformed = decision.malformed().map(|malformed| malformed.field());
    assert!(malformed.eq(expected.malformed().map(|malformed| malformed.field())));
}

/// A line of If-Match or If-None-Match, cut at its commas outside of quotes (RFC 9110 section 5.3).
fn one_member_a_line<'a>(&(name, value): &(&'a str, &'a [u8])) -> Vec<(&'a str, &'a [u8])> {
    let field = Field::from_name(name.as_bytes());
    if !matches!(field, Some(Field::IfMatch | Field::IfNoneMatch)) {
        return vec![(name, value)];
    }
    let mut quoted = false;
    let members = value.split(|octet| {
        quoted ^= *octet == b'"';
        *octet == b',' && !quoted
    });
    members.map(|member| (name, member)).collect()
}
