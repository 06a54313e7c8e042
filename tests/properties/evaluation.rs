//! Laws that hold for all values, tried on random ones. What once failed is in
//! `properties.proptest-regressions`.

use http_preconditions::{
    Decision, EntityTag, Evaluation, HttpDate, IfMatch, IfNoneMatch, Outcome, Representation,
    evaluate,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use support::agree;

/// 2026-06-15T12:00:00Z
const NOW: i64 = 1_781_524_800;

/// The octets of an opaque part.
fn opaque() -> impl Strategy<Value = Vec<u8>> {
    let etagc = prop_oneof![
        3 => select(b"ab,1".to_vec()),
        1 => select((0x21..=0xFF).filter(|octet| ![0x22, 0x7F].contains(octet)).collect::<Vec<u8>>()),
    ];
    vec(etagc, 0..6)
}

/// An entity-tag as a field value.
fn tag() -> impl Strategy<Value = Vec<u8>> {
    (any::<bool>(), opaque()).prop_map(|(weak, opaque)| {
        let prefix: &[u8] = if weak { b"W/\"" } else { b"\"" };
        [prefix, &opaque, b"\""].concat()
    })
}

/// What may stand between two members.
fn separator() -> impl Strategy<Value = Vec<u8>> {
    let ows = || vec(select(b" \t".to_vec()), 0..3);
    (ows(), vec((Just(b','), ows()), 1..4)).prop_map(|(before, commas)| {
        let commas = commas
            .into_iter()
            .flat_map(|(comma, after)| [vec![comma], after].concat());
        before.into_iter().chain(commas).collect()
    })
}

fn date() -> impl Strategy<Value = HttpDate> {
    let near_lm = -2..=2_i64;
    prop_oneof![
        near_lm.prop_map(|seconds| 783_459_811 + seconds),
        HttpDate::MIN.to_unix()..=HttpDate::MAX.to_unix(),
    ]
    .prop_map(|unix| HttpDate::from_unix(unix).expect("within the range"))
}

/// A line of one of the fields, well-formed or not.
fn line() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let list = || {
        let piece = prop_oneof![
            4 => select(vec![&b"\"v1\""[..], b"W/\"v1\"", b"\"v0\""]).prop_map(<[u8]>::to_vec),
            2 => tag(),
            1 => select(vec![&b"*"[..], b"bad", b"\"", b"\"a b\"", b""]).prop_map(<[u8]>::to_vec),
        ];
        prop_oneof![
            4 => vec(piece, 0..4).prop_map(|pieces| pieces.join(&b", "[..])),
            1 => Just(b"*".to_vec()),
        ]
    };
    let written = || {
        prop_oneof![
            5 => date().prop_map(|date| date.to_imf_fixdate().to_vec()),
            1 => Just(b"Saturday, 29-Oct-94 19:43:31 GMT".to_vec()),
            1 => Just(b"yesterday".to_vec()),
        ]
    };
    prop_oneof![
        list().prop_map(|value| ("If-Match", value)),
        list().prop_map(|value| ("If-None-Match", value)),
        written().prop_map(|value| ("If-Modified-Since", value)),
        written().prop_map(|value| ("If-Unmodified-Since", value)),
        prop_oneof![list(), written()].prop_map(|value| ("If-Range", value)),
        select(vec!["bytes=0-1", "items=0-1"]).prop_map(|value| ("Range", value.into())),
    ]
}

fn method() -> impl Strategy<Value = &'static str> {
    select(vec![
        "GET", "HEAD", "QUERY", "PUT", "POST", "DELETE", "OPTIONS", "get",
    ])
}

fn state() -> impl Strategy<Value = Option<oracle::State>> {
    let tag = prop_oneof![Just(b"v1".to_vec()), opaque()];
    let etag =
        option::of((any::<bool>(), tag).prop_map(|(weak, opaque)| oracle::Tag { weak, opaque }));
    let last_modified = option::of(date().prop_map(HttpDate::to_unix));
    let state = (etag, last_modified, any::<bool>(), any::<bool>());
    option::weighted(
        0.9,
        state.prop_map(|(etag, last_modified, strong_date, ranges)| oracle::State {
            etag,
            last_modified,
            strong_date,
            ranges,
            length: None,
        }),
    )
}

prop_compose! {
    /// A request, the values of whose fields the caller holds.
    fn request()(
        method in method(),
        state in state(),
        status in option::weighted(0.3, select(vec![200, 201, 204, 206, 301, 404, 412, 500])),
        flags in any::<[bool; 2]>(),
        lines in vec(line(), 0..6),
    ) -> (oracle::Request<'static>, Vec<(&'static str, Vec<u8>)>) {
        let [require_if_match, already_applied] = flags;
        let fields = Vec::new();
        (oracle::Request { method, state, status, now: NOW, require_if_match, already_applied, range_policy: oracle::range::USUAL, fields }, lines)
    }
}

/// The decision on a request with these lines.
fn decide<'a>(request: &oracle::Request<'a>, lines: &'a [(&'static str, Vec<u8>)]) -> Decision {
    let fields = lines
        .iter()
        .map(|(name, value)| (*name, value.as_slice()))
        .collect();
    agree::decide(&oracle::Request {
        fields,
        ..request.clone()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    // Requirements, property 1.
    #[test]
    fn a_tag_reads_as_it_is_written(value in tag()) {
        let tag = EntityTag::parse(&value).unwrap();
        let mut buffer = vec![0; tag.len()];
        prop_assert_eq!(tag.write_to(&mut buffer).unwrap(), &value);
        let made = EntityTag::strong(tag.opaque()).unwrap();
        prop_assert_eq!(if tag.is_weak() { made.to_weak() } else { made }, tag);
    }

    // Property 2: a list is its tags, however it is cut into lines and whatever empty members are between them.
    #[test]
    fn a_list_is_the_same_in_any_number_of_lines(
        members in vec((tag(), separator(), any::<bool>()), 0..6),
        current in tag(),
    ) {
        let mut one_line = Vec::new();
        let mut lines = vec![Vec::new()];
        for (tag, separator, cut) in &members {
            one_line.extend([tag.as_slice(), separator].concat());
            if *cut {
                lines.push(Vec::new());
            }
            lines.last_mut().unwrap().extend([tag.as_slice(), separator].concat());
        }
        let expected: Vec<_> = members.iter().map(|(tag, ..)| EntityTag::parse(tag).unwrap()).collect();
        let read = IfMatch::parse(&one_line).unwrap();
        prop_assert_eq!(read.tags().collect::<Vec<_>>(), expected.clone());
        let parsed: Vec<_> = lines.iter().map(|line| IfNoneMatch::parse(line).unwrap()).collect();
        prop_assert_eq!(parsed.iter().flat_map(IfNoneMatch::tags).collect::<Vec<_>>(), expected);

        let current = Representation::new().etag(EntityTag::parse(&current).unwrap());
        for name in ["If-Match", "If-None-Match"] {
            let whole = evaluate("PUT", [(name, &one_line)], Some(&current));
            let cut = evaluate("PUT", lines.iter().map(|line| (name, line)), Some(&current));
            prop_assert_eq!(whole, cut);
        }
    }

    // Property 3: any octets are read, or refused at one of them, as the oracle does.
    #[test]
    fn any_octets_are_read_as_the_oracle_reads_them(value in vec(any::<u8>(), 0..64), now in date()) {
        agree::on_entity_tag(&value);
        agree::on_list(&value);
        agree::on_date(&value, now.to_unix());
        agree::on_if_range(&value, now.to_unix());
    }

    // Property 4.
    #[test]
    fn comparison_is_symmetric_and_strong_implies_weak(a in tag(), b in tag(), c in tag()) {
        let [a, b, c] = [&a, &b, &c].map(|value| EntityTag::parse(value).unwrap());
        prop_assert_eq!((a.strong_eq(b), a.weak_eq(b)), (b.strong_eq(a), b.weak_eq(a)));
        prop_assert!(!a.strong_eq(b) || a.weak_eq(b));
        prop_assert!(a.weak_eq(a) && (a.strong_eq(a) != a.is_weak()));
        prop_assert!(!a.to_weak().strong_eq(a.to_weak()));
        prop_assert_eq!(a.to_weak().weak_eq(b.to_weak()), a.weak_eq(b));
        prop_assert!(!(a.weak_eq(b) && b.weak_eq(c)) || a.weak_eq(c));
    }

    // Properties 5 and 6: written and read again, and the same in all three formats while the two-digit year lasts.
    #[test]
    fn a_date_reads_as_it_is_written(date in date(), within in -1_577_836_799..=1_577_923_200_i64) {
        prop_assert_eq!(HttpDate::parse(&date.to_imf_fixdate()), Ok(date));
        prop_assert_eq!(date.to_string(), oracle::imf_fixdate(date.to_unix()));
        prop_assert_eq!(date.to_string().parse(), Ok(date));

        // After 1976-06-15T12:00:00Z, up to 2076-06-15T12:00:00Z.
        let near = HttpDate::from_unix(NOW + within).unwrap();
        let text = near.to_string();
        let (day, month, year, time) = (&text[5..7], &text[8..11], &text[14..16], &text[17..25]);
        let names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
        let name = names.iter().find(|name| name.starts_with(&text[..3])).unwrap();
        let rfc850 = format!("{name}, {day}-{month}-{year} {time} GMT");
        let now = HttpDate::from_unix(NOW).unwrap();
        prop_assert_eq!(HttpDate::parse_at(rfc850.as_bytes(), now), Ok(near), "{}", rfc850);
        let day: usize = day.parse().unwrap();
        let asctime = format!("{} {month} {day:2} {time} {}", &text[..3], &text[12..16]);
        prop_assert_eq!(HttpDate::parse(asctime.as_bytes()), Ok(near), "{}", asctime);
    }

    #[test]
    fn any_request_is_decided_as_the_oracle_decides_it((request, lines) in request()) {
        let fields = lines.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        agree::on_request(&oracle::Request { fields, ..request });
    }

    // Property 7: If-Match takes precedence over If-Unmodified-Since, and If-None-Match over If-Modified-Since.
    #[test]
    fn a_field_that_is_superseded_changes_nothing((request, lines) in request(), value in line()) {
        for (present, added) in
            [("If-Match", "If-Unmodified-Since"), ("If-None-Match", "If-Modified-Since")]
        {
            if lines.iter().any(|(name, _)| *name == present) {
                let with = [lines.clone(), vec![(added, value.1.clone())]].concat();
                let (before, after) = (decide(&request, &lines), decide(&request, &with));
                prop_assert_eq!(
                    (before.outcome(), before.status(), before.decided_by(), before.honours_range()),
                    (after.outcome(), after.status(), after.decided_by(), after.honours_range())
                );
                prop_assert!(before.malformed().eq(after.malformed()));
            }
        }
    }

    // Property 8: 304 to those who revalidate, 412 only where a condition was sent.
    #[test]
    fn statuses_are_for_those_who_asked((request, lines) in request()) {
        let decision = decide(&request, &lines);
        let revalidates = ["GET", "HEAD", "QUERY"].contains(&request.method);
        let sent = |name: &str| lines.iter().any(|(sent, _)| *sent == name);
        match decision.outcome() {
            Outcome::NotModified => prop_assert!(revalidates && (sent("If-None-Match") || sent("If-Modified-Since"))),
            Outcome::PreconditionFailed | Outcome::AlreadyApplied => {
                prop_assert!(sent("If-Match") || sent("If-Unmodified-Since") || sent("If-None-Match"));
                prop_assert!(decision.decided_by().is_some_and(|field| sent(field.name())));
            }
            Outcome::PreconditionRequired => prop_assert!(request.require_if_match),
            Outcome::Unconditional => prop_assert!(!(200..=299).contains(&decision.status())),
            outcome => prop_assert_eq!(outcome, Outcome::Perform),
        }
        prop_assert!(!decision.honours_range() || (sent("Range") && [200, 206].contains(&decision.status())));
    }

    // Property 9: If-Range decides between a part and the whole, and nothing else.
    #[test]
    fn if_range_only_decides_on_range((request, lines) in request(), value in line()) {
        let with = [lines.clone(), vec![("If-Range", value.1)]].concat();
        let answer = |decision: Decision| match decision.status() {
            // What a caller has called 206 is 200 without the range.
            206 => (decision.outcome(), 200),
            status => (decision.outcome(), status),
        };
        prop_assert_eq!(answer(decide(&request, &lines)), answer(decide(&request, &with)));
    }

    // What is not understood never makes it more likely that a state-changing request is performed; the dates that
    // §13.1.4 says to ignore are the one exception, and are reported.
    #[test]
    fn a_broken_octet_never_opens_a_guard(
        (request, lines) in request(),
        broken in any::<prop::sample::Index>(),
        octet in select(b"\0 \x7F".to_vec()),
    ) {
        if let Some(index) = (!lines.is_empty()).then(|| broken.index(lines.len())) {
            let is_guard = ["If-Match", "If-None-Match"].contains(&lines[index].0);
            let mut with = lines.clone();
            let (_, value) = &mut with[index];
            let place = broken.index(value.len() + 1);
            value.insert(place, octet);
            let refused = IfMatch::parse(value).is_err();
            let method = if ["OPTIONS"].contains(&request.method) { "OPTIONS" } else { "PUT" };
            let request = oracle::Request { method, ..request };
            let (before, after) = (decide(&request, &lines), decide(&request, &with));
            if is_guard && refused && before.outcome() != Outcome::Perform {
                prop_assert_ne!(after.outcome(), Outcome::Perform);
            }
        }
    }

    // Two orders of the lines of different fields, and the verdict so far, which is that of the lines so far.
    #[test]
    fn the_order_of_different_fields_is_nothing((request, lines) in request()) {
        let mut sorted = lines.clone();
        sorted.sort_by_key(|(name, _)| *name);
        prop_assert_eq!(decide(&request, &lines), decide(&request, &sorted));

        let mut evaluation = Evaluation::new(request.method, None);
        for (count, (name, value)) in lines.iter().enumerate() {
            let so_far = lines[..count].iter().map(|(name, value)| (*name, value));
            prop_assert_eq!(evaluation.decide(), evaluate(request.method, so_far, None));
            evaluation.field(name, value);
        }
    }
}
