//! The tags of content codings: derived, never equal to their base, recognised as a whole.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use crate::recipe::{Part, build, recipes};
use http_preconditions::{
    EntityTag, ErrorKind, Representation, evaluate,
    tag::{ContentCoding, EntityTagBuf},
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn tag(value: &str) -> EntityTag<'_> {
    EntityTag::try_from(value).unwrap()
}

fn coding(name: &str) -> ContentCoding<'_> {
    ContentCoding::parse(name.as_bytes()).unwrap()
}

#[test]
fn names_are_tokens() {
    for name in [
        "gzip",
        "br",
        "x-gzip",
        "pack200-gzip",
        "aes128gcm",
        "!#$%&'*+-.^_`|~09AZaz",
    ] {
        assert_eq!(coding(name).to_string(), name);
        assert_eq!(coding(name).as_bytes(), name.as_bytes());
    }
    let refused = [
        ("", 0),
        (" gzip", 0),
        ("gzip ", 4),
        ("gzip;q=1", 4),
        ("gzip, br", 4),
        ("gz/ip", 2),
        ("\"gzip\"", 0),
        ("g(zip)", 1),
        ("gzip\u{e9}", 4),
        ("gz\0", 2),
    ];
    for (name, offset) in refused {
        let error = ContentCoding::parse(name.as_bytes()).expect_err(name);
        assert_eq!(
            (error.kind(), error.offset()),
            (ErrorKind::Token, offset),
            "{name:?}"
        );
    }
    let error = ContentCoding::parse(b"gzip;q=1").unwrap_err();
    assert_eq!(error.to_string(), "expected a token character at byte 4");
    // RFC 9110 section 5.6.2: any VCHAR, except delimiters.
    for octet in 0..=u8::MAX {
        let is_tchar = octet.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&octet);
        assert_eq!(
            ContentCoding::parse(&[octet]).is_ok(),
            is_tchar,
            "{octet:#04X}"
        );
    }
}

#[test]
fn a_coding_is_the_same_in_any_case() {
    assert_eq!(coding("GZip"), ContentCoding::GZIP);
    assert_ne!(coding("gzi"), ContentCoding::GZIP);
    let codings: HashSet<_> = ["br", "BR", "zstd", "Br"].map(coding).into();
    assert_eq!(codings.len(), 2);
    let hash = |name| BuildHasherDefault::<DefaultHasher>::default().hash_one(coding(name));
    assert_eq!(hash("GZip"), hash("gzip"));
    assert_ne!(hash("br"), hash("gzip"));
    let hash_of_two = |one, other| {
        BuildHasherDefault::<DefaultHasher>::default().hash_one((coding(one), coding(other)))
    };
    assert_ne!(hash_of_two("x-gzi", "p"), hash_of_two("x-gz", "ip"));
    assert_ne!(hash_of_two("x-gzip", "x"), hash_of_two("x-gzi", "px"));
    assert_eq!(format!("{:?}", coding("GZip")), "ContentCoding(GZip)");
    let constants = [
        (ContentCoding::GZIP, "gzip"),
        (ContentCoding::DEFLATE, "deflate"),
        (ContentCoding::BR, "br"),
        (ContentCoding::ZSTD, "zstd"),
    ];
    for (constant, name) in constants {
        assert_eq!(constant.as_bytes(), name.as_bytes());
    }
}

/// RFC 9110 sections 8.4.1.1 and 8.4.1.3: a recipient should take two old names for the usual ones.
#[test]
fn two_codings_have_an_old_name() {
    let hash = |name| BuildHasherDefault::<DefaultHasher>::default().hash_one(coding(name));
    let cases = [
        ("x-gzip", "gzip", true),
        ("X-GZip", "gzip", true),
        ("x-gzip", "x-GZIP", true),
        ("x-compress", "compress", true),
        ("X-Compress", "COMPRESS", true),
        // No other name has an older one.
        ("x-deflate", "deflate", false),
        ("x-br", "br", false),
        ("x-zstd", "zstd", false),
        ("x-gzip", "compress", false),
        ("x-gzip", "x-compress", false),
        ("pack200-gzip", "gzip", false),
        ("x-x-gzip", "gzip", false),
        ("x-x-gzip", "x-gzip", false),
        ("x-gzip2", "gzip2", false),
        ("x-gzi", "gzi", false),
        ("x-compres", "compres", false),
        ("xgzip", "gzip", false),
        ("x_gzip", "gzip", false),
        ("y-gzip", "gzip", false),
        ("-gzip", "gzip", false),
        ("x-", "x-gzip", false),
    ];
    for (one, other, same) in cases {
        assert_eq!(coding(one) == coding(other), same, "{one} {other}");
        assert_eq!(coding(other) == coding(one), same, "{other} {one}");
        assert_eq!(hash(one) == hash(other), same, "{one} {other}");
        let [coded, of_other] = [one, other].map(|name| {
            let tag: EntityTagBuf<32> = tag("\"abc\"").with_coding(coding(name)).unwrap();
            tag
        });
        assert_eq!(coded == of_other, same, "{one} {other}");
    }
    assert_eq!(coding("X-Gzip").as_bytes(), b"X-Gzip", "as it was given");
}

/// RFC 9110 section 8.8.3.3 wants another strong tag, or a weak one; what stands where is Apache's
/// way.
#[test]
fn a_coding_goes_inside_the_quotes() {
    const CODED: EntityTagBuf<16> =
        match EntityTag::from_static("\"abc\"").with_coding(ContentCoding::GZIP) {
            Ok(tag) => tag,
            Err(_) => panic!("too long"),
        };
    let cases = [
        ("\"abc\"", "gzip", "\"abc-gzip\""),
        ("W/\"abc\"", "br", "W/\"abc-br\""),
        ("\"\"", "zstd", "\"-zstd\""),
        ("\"abc\"", "GZip", "\"abc-gzip\""),
        ("\"abc-gzip\"", "gzip", "\"abc-gzip-gzip\""),
        ("\"abc-gzip\"", "br", "\"abc-gzip-br\""),
        ("\"a,b\"", "x-gzip", "\"a,b-gzip\""),
        ("\"abc\"", "X-GZIP", "\"abc-gzip\""),
        ("\"abc\"", "x-compress", "\"abc-compress\""),
        ("\"abc\"", "x-br", "\"abc-x-br\""),
    ];
    for (base, name, expected) in cases {
        let coded: EntityTagBuf<32> = tag(base).with_coding(coding(name)).unwrap();
        assert_eq!(coded.as_bytes(), expected.as_bytes(), "{base} {name}");
    }
    let base = tag("\"abc\"");
    assert_eq!(
        base.with_coding::<10>(ContentCoding::GZIP)
            .unwrap()
            .to_string(),
        "\"abc-gzip\""
    );
    assert_eq!(
        base.with_coding::<9>(ContentCoding::GZIP)
            .unwrap_err()
            .needed,
        10
    );
    assert_eq!(
        base.to_weak()
            .with_coding::<9>(ContentCoding::GZIP)
            .unwrap_err()
            .needed,
        12
    );
    assert_eq!(CODED.to_string(), "\"abc-gzip\"");
}

/// What a client can send back, and which variant of the base it names on a server with these
/// codings.
#[test]
fn a_variant_is_recognised_as_a_whole() {
    const CODINGS: &[&str] = &["x-gzip", "br", "x-br", "pack200-gzip"];
    let cases = [
        ("\"abc\"", "\"abc-gzip\"", Some("gzip")),
        ("\"abc\"", "\"abc-br\"", Some("br")),
        // A proxy has weakened it, or the server.
        ("\"abc\"", "W/\"abc-gzip\"", Some("gzip")),
        ("W/\"abc\"", "\"abc-gzip\"", Some("gzip")),
        // The representation without a coding.
        ("\"abc\"", "\"abc\"", None),
        // A coding that this server does not have, and what is none.
        ("\"abc\"", "\"abc-zstd\"", None),
        ("\"abc\"", "\"abc-\"", None),
        ("\"abc\"", "\"abc-gz\"", None),
        ("\"abc\"", "\"abc-gzip2\"", None),
        ("\"abc\"", "\"abc-gzip-\"", None),
        ("\"abc\"", "\"abcgzip\"", None),
        // Suffixes of Jetty, of flask-compress and of others, which have other separators.
        ("\"abc\"", "\"abc--gzip\"", None),
        ("\"abc\"", "\"abc:gzip\"", None),
        ("\"abc\"", "\"abc;gzip\"", None),
        // Case counts in tags.
        ("\"abc\"", "\"abc-GZIP\"", None),
        ("\"abc\"", "\"ABC-gzip\"", None),
        // Another base, of which this one is the beginning, or which is the beginning of this one.
        ("\"abc\"", "\"abcd-gzip\"", None),
        ("\"abc\"", "\"ab-gzip\"", None),
        ("\"abc\"", "\"-gzip\"", None),
        ("\"abc\"", "\"--\"", None),
        ("\"\"", "\"-gzip\"", Some("gzip")),
        ("\"\"", "\"abc-gzip\"", None),
        // A base that ends as if it were coded: `"abc-gzip"` is that base, and no variant of it.
        ("\"abc-gzip\"", "\"abc-gzip\"", None),
        ("\"abc-gzip\"", "\"abc\"", None),
        ("\"abc-gzip\"", "\"abc-gzip-gzip\"", Some("gzip")),
        ("\"abc-gzip\"", "\"abc-gzip-br\"", Some("br")),
        ("\"abc\"", "\"abc-gzip-gzip\"", None),
        ("\"abc\"", "\"abc-gzip-br\"", None),
        // Names that end in one another.
        ("\"abc\"", "\"abc-x-br\"", Some("x-br")),
        ("\"abc-x\"", "\"abc-x-br\"", Some("br")),
        // The suffix of a coding is that of its usual name.
        ("\"abc\"", "\"abc-x-gzip\"", None),
        ("\"abc-x\"", "\"abc-x-gzip\"", Some("gzip")),
        ("\"abc\"", "\"abc-pack200-gzip\"", Some("pack200-gzip")),
    ];
    let codings: Vec<_> = CODINGS.iter().copied().map(coding).collect();
    let shouted: Vec<_> = CODINGS.iter().map(|name| name.to_uppercase()).collect();
    let shouted: Vec<_> = shouted.iter().map(|name| coding(name)).collect();
    for (base, presented, expected) in cases {
        let expected = expected.map(coding);
        for codings in [&codings, &shouted] {
            let named = tag(base).coding_named_by(tag(presented), codings);
            assert_eq!(named, expected, "{presented} of {base}");
        }
        assert_eq!(tag(base).coding_named_by(tag(presented), &[]), None);
    }
}

/// The server has `"abc"`, plain, in gzip and in br. Each request selects one of them, and the
/// client holds one.
#[test]
fn each_coding_is_revalidated_by_its_own_tag_alone() {
    let base = tag("\"abc\"");
    let gzip: EntityTagBuf<32> = base.with_coding(ContentCoding::GZIP).unwrap();
    let br: EntityTagBuf<32> = base.with_coding(ContentCoding::BR).unwrap();
    let variants = [base, gzip.as_entity_tag(), br.as_entity_tag()];
    for (selected, tag) in variants.into_iter().enumerate() {
        let current = Representation::new().etag(tag);
        for (held, value) in ["\"abc\"", "\"abc-gzip\"", "\"abc-br\"", "\"ab\"", "\"--\""]
            .into_iter()
            .enumerate()
        {
            let same = held == selected;
            let get = evaluate("GET", [("If-None-Match", value)], Some(&current));
            assert_eq!(
                get.status(),
                if same { 304 } else { 200 },
                "{value} of {tag}"
            );
            let put = evaluate("PUT", [("If-Match", value)], Some(&current));
            assert_eq!(
                put.status(),
                if same { 200 } else { 412 },
                "{value} of {tag}"
            );
            let resume = [("Range", "bytes=0-1"), ("If-Range", value)];
            let resumed = evaluate("GET", resume, Some(&current)).honours_range();
            assert_eq!(resumed, same, "{value} of {tag}");
        }
    }
}

/// Names of codings that are alike, in any order.
fn names() -> impl Strategy<Value = Vec<String>> {
    let name = vec(select(b"a-G1".to_vec()), 1..4);
    let name = name.prop_map(|octets| String::from_utf8(octets).unwrap());
    vec(prop_oneof![1 => name, 1 => Just("gzip".to_owned())], 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_variant_never_matches_its_base_and_is_recognised([parts, others] in recipes(), names in names()) {
        let (made, other) = (build::<256>(&parts).unwrap(), build::<256>(&others).unwrap());
        let (base, other) = (made.as_entity_tag(), other.as_entity_tag());
        let codings: Vec<_> = names.iter().map(|name| coding(name)).collect();
        prop_assert_eq!(base.coding_named_by(base, &codings), None);
        for coding in &codings {
            let coded: EntityTagBuf<300> = base.with_coding(*coding).unwrap();
            let coded = coded.as_entity_tag();
            prop_assert!(!coded.strong_eq(base) && !coded.weak_eq(base));
            prop_assert_eq!(coded.is_weak(), base.is_weak());
            prop_assert_eq!(base.coding_named_by(coded, &codings), Some(*coding));
            prop_assert_eq!(base.coding_named_by(coded.to_weak(), &codings), Some(*coding));
            for second in &codings {
                let of_second: EntityTagBuf<300> = base.with_coding(*second).unwrap();
                prop_assert_eq!(of_second.as_entity_tag().weak_eq(coded), second == coding);
                let twice: EntityTagBuf<300> = coded.with_coding(*second).unwrap();
                prop_assert_eq!(coded.coding_named_by(twice.as_entity_tag(), &codings), Some(*second));
            }
            // Numbers, ids and digests in hex never end as if they were coded.
            if parts.iter().all(|part| !matches!(part, Part::Base64url(_) | Part::Text(_))) {
                prop_assert!(!coded.weak_eq(other));
            }
            // Of another base it names something only if that base, coded, is the very same tag.
            let expected = codings.iter().copied().find(|coding| {
                let of_other: EntityTagBuf<300> = other.with_coding(*coding).unwrap();
                of_other.as_entity_tag().weak_eq(coded)
            });
            prop_assert_eq!(other.coding_named_by(coded, &codings), expected);
        }
    }
}
