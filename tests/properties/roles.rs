//! Laws of a client's and a cache's side that hold for all values, tried on random ones.

use http_preconditions::{
    EntityTag, Evaluation, IfNoneMatch, Outcome, Representation,
    cache::CacheKind,
    client::{create_only, revalidate},
    evaluate,
    range::RangeSpec,
};
use oracle::cache::{Request, Reuse};
use oracle::client::Response;
use oracle::validation;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use support::roles;
use support::roles::LM;

fn opaque() -> impl Strategy<Value = Vec<u8>> {
    let etagc = prop_oneof![
        3 => select(b"ab,1*\\".to_vec()),
        1 => select((0x21..=0xFF).filter(|octet| ![0x22, 0x7F].contains(octet)).collect::<Vec<u8>>()),
    ];
    prop_oneof![3 => select(vec![b"v1".to_vec(), b"v2".to_vec()]), 2 => vec(etagc, 0..6)]
}

fn time() -> impl Strategy<Value = i64> {
    prop_oneof![4 => -2..=62_i64, 1 => -10_000_000..=10_000_000_i64]
        .prop_map(|seconds| LM + seconds)
}

fn malformed() -> impl Strategy<Value = (bool, bool, bool)> {
    let seldom = || prop::bool::weighted(0.1);
    (seldom(), seldom(), seldom())
}

prop_compose! {
    fn response()(
        etag in option::of((any::<bool>(), opaque())),
        (malformed_etag, malformed_last_modified, malformed_content_length) in malformed(),
        times in (option::of(time()), option::of(time()), option::of(time())),
        updated_date in option::weighted(0.3, time()),
        content_length in option::of(0..3_u64),
        gap in option::of(0..70_i64),
        part in option::weighted(0.2, any::<bool>()),
        content_range in option::of((0..3_u64, 0..4_u64, option::of(1..4_u64))),
        status in option::weighted(0.2, select(vec![200, 203, 206, 301, 304, 404, 503])),
    ) -> Response {
        let content_range = content_range.filter(|_| part.is_some());
        let content_range = content_range.map(|(first, more, behind)| {
            let last = first + more;
            (first, last, behind.map(|behind| last + behind))
        });
        let (last_modified, date, received) = times;
        let last_modified = last_modified.filter(|_| !malformed_last_modified);
        let content_length = content_length.filter(|_| !malformed_content_length);
        let etag = etag.filter(|_| !malformed_etag);
        let etag = etag.map(|(weak, opaque)| oracle::Tag { weak, opaque });
        Response {
            etag, malformed_etag, last_modified, malformed_last_modified, date, updated_date, received,
            content_length, malformed_content_length, gap, part, content_range, status,
        }
    }
}

/// A list as a client sends it, each member of it well-formed.
fn list() -> impl Strategy<Value = Vec<u8>> {
    let member = (any::<bool>(), opaque()).prop_map(|(weak, opaque)| {
        let prefix: &[u8] = if weak { b"W/\"" } else { b"\"" };
        [prefix, &opaque, b"\""].concat()
    });
    let separators = select(vec![&b", "[..], b",", b" ,\t,"]);
    (vec(member, 0..5), separators).prop_map(|(members, separator)| members.join(separator))
}

/// A line of one of the fields, well-formed or not.
fn line() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let lists = || {
        let malformed = select(vec![&b"*"[..], b"v1", b"\"v1\" \"v2\"", b"*, \"v1\"", b""]);
        prop_oneof![3 => list(), 2 => malformed.prop_map(<[u8]>::to_vec)]
    };
    let dates = || {
        prop_oneof![
            5 => time().prop_map(|unix| oracle::imf_fixdate(unix).into_bytes()),
            1 => Just(b"yesterday".to_vec()),
        ]
    };
    prop_oneof![
        lists().prop_map(|value| ("If-Match", value)),
        lists().prop_map(|value| ("If-None-Match", value)),
        dates().prop_map(|value| ("If-Modified-Since", value)),
        dates().prop_map(|value| ("If-Unmodified-Since", value)),
        prop_oneof![lists(), dates()].prop_map(|value| ("If-Range", value)),
        select(vec![
            "bytes=0-1",
            "bytes=1-2",
            "bytes=1-",
            "bytes=-1",
            "bytes=0-0,1-1",
            "bytes=2-1",
            "items=0-1"
        ])
        .prop_map(|value| ("Range", value.into())),
    ]
}

fn reuse(method: &str, stored: Option<&Response>, lines: &[(&str, Vec<u8>)]) -> Reuse {
    let fields = lines.iter().map(|(name, value)| (*name, value.as_slice()));
    roles::on_reuse(&Request {
        method,
        stored: stored.cloned(),
        now: LM,
        fields: fields.collect(),
    })
}

/// The server that has sent a response, and has not changed since.
fn unchanged(held: &Response) -> Representation<'_> {
    let representation = Representation::with_validators(held.etag.as_ref().map(roles::tag), None);
    match held.last_modified {
        Some(date) => representation.strong_last_modified(roles::date(date)),
        None => representation,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    // Property 10: the origin's guards change nothing, but that no range is taken beside them.
    #[test]
    fn a_cache_passes_over_guards(
        method in select(vec!["GET", "HEAD", "QUERY", "PUT", "get"]),
        stored in option::weighted(0.9, response()),
        lines in vec(line(), 0..6),
    ) {
        let is_guard = |name: &str| ["If-Match", "If-Unmodified-Since"].contains(&name);
        let without: Vec<_> = lines.iter().filter(|(name, _)| !is_guard(name)).cloned().collect();
        let expected = match reuse(method, stored.as_ref(), &without) {
            Reuse::Range | Reuse::Part(..) if without.len() < lines.len() => Reuse::Forward,
            expected => expected,
        };
        prop_assert_eq!(reuse(method, stored.as_ref(), &lines), expected);
    }

    #[test]
    fn any_304_freshens_what_the_oracle_says(
        answer in response(), stored in vec(response(), 0..5), client in vec(list(), 0..3),
        status in select(vec![200, 304, 304, 500]),
    ) {
        roles::on_freshening(&answer, &stored);
        let fields = client.iter().map(|line| ("If-None-Match", line.as_slice()));
        let request = validation::Request { method: "GET", fields: fields.collect(), stored: &stored };
        roles::on_validation(&request, &[(status, answer.clone())]);
        for stored in &stored {
            roles::on_pair(&answer, stored);
        }
    }

    // What is sent reads back as what was meant: the client's tags in order, then those of the cache.
    #[test]
    fn a_union_reads_back(client in vec(list(), 0..3), stored in vec(response(), 0..5)) {
        let lines: Vec<_> = client.iter().map(Vec::as_slice).collect();
        roles::on_revalidation(&stored);
        let fields = lines.iter().map(|line| ("If-None-Match", *line)).collect();
        let request = validation::Request { method: "GET", fields, stored: &stored };
        let (added, _) = roles::on_validation(&request, &[]);
        if let Some((_, union)) = added.iter().find(|(name, _)| *name == "If-None-Match") {
            let union = IfNoneMatch::parse(union).unwrap();
            let before = roles::if_none_match(&lines).unwrap();
            let before: Vec<_> = before.iter().flat_map(IfNoneMatch::tags).collect();
            let added: Vec<_> = union.tags().skip(before.len()).collect();
            prop_assert!(union.tags().take(before.len()).eq(before.iter().copied()));
            prop_assert!(added.iter().all(|tag| !before.contains(tag)));
        }
    }

    // Both roles of the crate understand each other: what a client sends about a response is true on
    // the server that still has it, and not on the one that has another.
    #[test]
    fn client_and_server_agree(held in response(), other in opaque(), first in any::<u64>()) {
        let held = Response { part: None, content_range: None, status: None, ..held };
        let validators = roles::validators(&held);
        let current = unchanged(&held);
        let other = EntityTag::strong(&other).unwrap();
        let later = held.last_modified.map_or(LM, |date| date + 1);
        let changed = Representation::new().etag(other).strong_last_modified(roles::date(later));
        let is_same_tag = held.etag.as_ref().is_some_and(|tag| tag.opaque == other.opaque());

        let sent: Vec<_> = revalidate([validators])
            .map(|field| (field.name(), roles::octets(field.value())))
            .collect();
        let expected = if sent.is_empty() { 200 } else { 304 };
        prop_assert_eq!(evaluate("GET", sent.clone(), Some(&current)).status(), expected);
        if !is_same_tag {
            prop_assert_eq!(evaluate("GET", sent, Some(&changed)).status(), 200);
        }

        if let Ok(guard) = validators.guard() {
            let name = guard.name();
            let sent = [(name, roles::octets(guard.value()))];
            let on = |state| {
                let evaluation = Evaluation::new("PUT", state);
                evaluation.fields(sent.clone()).decide().outcome()
            };
            prop_assert_eq!(on(Some(&current)), Outcome::Perform);
            if !is_same_tag || name == "If-Unmodified-Since" {
                prop_assert_eq!(on(Some(&changed)), Outcome::PreconditionFailed);
            }
            // §13.1.4: a date guards nothing where nothing exists.
            prop_assert_eq!(on(None) == Outcome::Perform, name == "If-Unmodified-Since");
        }

        if let Some(fields) = validators.resume(RangeSpec::Int { first, last: None }) {
            let sent = fields.map(|field| (field.name(), roles::octets(field.value())));
            prop_assert!(evaluate("GET", sent.clone(), Some(&current)).honours_range());
            if !is_same_tag {
                prop_assert!(!evaluate("GET", sent, Some(&changed)).honours_range());
            }
        }

        let create = create_only();
        let sent = [(create.name(), roles::octets(create.value()))];
        prop_assert_eq!(evaluate("PUT", sent.clone(), Some(&current)).status(), 412);
        prop_assert_eq!(evaluate("PUT", sent, None).status(), 200);
    }

    #[test]
    fn any_lines_are_merged_as_the_oracle_merges_them(
        lines in vec((
            select(vec!["Connection", "Cache-Control", "X-A", "X-B", "Content-Length", "ETag"]),
            vec(select(vec!["no-cache", "private", "=", "\"", ",", " ", "\\", "x-a", "X-B", "\u{e9}"]), 0..8),
        ), 0..5),
        is_shared in any::<bool>(),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(name, pieces)| (name, pieces.concat())).collect();
        let fields: Vec<_> = lines.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        roles::on_merge(&fields, if is_shared { CacheKind::Shared } else { CacheKind::Private });
    }

    // What the client sends to go on is what tells parts that go together.
    #[test]
    fn parts_combine_by_what_resumes(a in response(), b in response()) {
        roles::on_pair(&a, &b);
        // A date beside a weak tag resumes too, with If-Unmodified-Since, but is no If-Range.
        let fields = roles::on_held(&a, 1).1.unwrap_or_default();
        let resumes = fields.iter().any(|(name, _)| *name == "If-Range");
        prop_assert_eq!(roles::on_pair(&a, &a).1, resumes);
    }
}
