//! Laws of requests with the fields of WebDAV and CalDAV, and of the schedule tag.

use http_preconditions::{
    EntityTag, Evaluation, Options, Outcome, Representation,
    dav::{IfScheduleTagMatch, Preconditions, ScheduleTag},
};
use oracle::dav::Dav;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::dav;

use crate::dav::{canonical, lists, opaque};

const V1: EntityTag = EntityTag::from_static("\"v1\"");

/// A request with these lines of WebDAV and some of RFC 9110.
fn request<'a>(method: &'static str, fields: Vec<(&'a str, &'a [u8])>) -> oracle::Request<'a> {
    let etag = oracle::Tag {
        weak: false,
        opaque: b"v1".to_vec(),
    };
    oracle::Request {
        method,
        state: Some(oracle::State {
            etag: Some(etag),
            last_modified: None,
            strong_date: false,
            ranges: true,
            length: None,
        }),
        status: None,
        now: 0,
        require_if_match: false,
        already_applied: false,
        range_policy: oracle::range::USUAL,
        fields,
    }
}

fn method() -> impl Strategy<Value = &'static str> {
    select(vec![
        "GET",
        "HEAD",
        "PUT",
        "DELETE",
        "PROPPATCH",
        "COPY",
        "OPTIONS",
    ])
}

/// Lines of RFC 9110, some of them false.
fn others() -> impl Strategy<Value = Vec<(&'static str, &'static [u8])>> {
    let line = select(vec![
        ("If-Match", &b"\"v1\""[..]),
        ("If-Match", b"\"v0\""),
        ("If-Match", b"v1"),
        ("If-None-Match", b"\"v1\""),
        ("If-None-Match", b"\"v0\""),
        ("Range", b"bytes=0-1"),
        ("If-Range", b"\"v0\""),
    ]);
    vec(line, 0..3)
}

/// Octets that look like a value, or any.
fn raw() -> impl Strategy<Value = Vec<u8>> {
    let pieces = vec![
        &b"("[..],
        b")",
        b"<",
        b">",
        b"[\"",
        b"\"]",
        b"W/",
        b"Not",
        b" ",
        b"urn:x:t",
        b"/x",
        b"\xFF",
        b"\0",
        b",",
    ];
    prop_oneof![
        2 => vec(select(pieces), 0..12).prop_map(|pieces| pieces.concat()),
        1 => vec(any::<u8>(), 0..24),
        // One octet of a value changed.
        2 => (lists(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(lists, place, octet)| {
            let mut value = canonical(&lists);
            let place = place.index(value.len());
            value[place] = octet;
            value
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_malformed_performs_nothing(
        value in raw(), others in others(), method in method(), is_locked in any::<bool>(),
    ) {
        let read = dav::on_if(&value);
        dav::on_lock_token(&value);
        dav::on_schedule_tag(&value);
        let mut fields = others;
        fields.push(("If", &value));
        let has = |_: Option<&[u8]>, _: &oracle::dav::State| true;
        let locks = if is_locked { vec![vec![b"urn:x:t".to_vec()]] } else { Vec::new() };
        let server = Dav { has: Some(&has), locks, schedule_tag: None };
        let decision = dav::on_request(&request(method, fields), &server);
        if read.is_none() && method != "OPTIONS" {
            prop_assert_eq!(decision.status(), 412);
        }
    }

    #[test]
    fn a_server_without_webdav_ignores_its_fields(
        lines in vec(raw(), 0..3), others in others(), method in method(), options in 0..4_u8,
    ) {
        let current = Representation::new().etag(V1);
        let mut policy = Options::new();
        if options & 1 == 1 {
            policy = policy.require_if_match();
        }
        if options & 2 == 2 {
            policy = policy.already_applied();
        }
        let plain = Evaluation::with_options(method, Some(&current), policy).fields(others);
        let webdav = lines.iter().flat_map(|line| [("If", line), ("If-Schedule-Tag-Match", line)]);
        let with_lines = plain.clone().fields(webdav);
        let expected = plain.decide();
        prop_assert_eq!(with_lines.decide(), expected);
        prop_assert_eq!(with_lines.decide_dav(&Preconditions::new()), expected);
    }

    #[test]
    fn a_schedule_tag_matches_itself_alone(a in opaque(), b in opaque(), others in others(), method in method()) {
        let quoted = |opaque: &[u8]| [b"\"", opaque, b"\""].concat();
        let (value, other) = (quoted(&a), quoted(&b));
        let field = IfScheduleTagMatch::parse(&value).unwrap();
        prop_assert!(field.matches(Some(field.tag())));
        let current = ScheduleTag::parse(&other).unwrap();
        prop_assert_eq!(field.matches(Some(current)), a == b);
        let mut fields = others;
        fields.push(("If-Schedule-Tag-Match", &value));
        let server = Dav { has: None, locks: Vec::new(), schedule_tag: Some(Some(b.clone())) };
        let decision = dav::on_request(&request(method, fields), &server);
        if a != b && method != "OPTIONS" {
            prop_assert!(decision.outcome() != Outcome::Perform && decision.status() == 412);
        }
    }
}
