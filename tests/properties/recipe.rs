//! Parts of tags at random, two lists of the same kinds of parts at a time.

use http_preconditions::{
    BufferTooSmall, HttpDate,
    tag::{EntityTagBuf, EntityTagBuilder, ModificationTime},
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What one part of a tag is made from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Hex(Vec<u8>),
    Base64url(Vec<u8>),
    Version(u64),
    SignedVersion(i64),
    Id(Vec<u8>),
    Text(Vec<u8>),
    Length(u64),
    Modified(ModificationTime),
    StrongModified(ModificationTime),
}

/// The tag of these parts.
pub(crate) fn build<const N: usize>(parts: &[Part]) -> Result<EntityTagBuf<N>, BufferTooSmall> {
    let add = |builder: EntityTagBuilder<N>, part: &Part| match part {
        Part::Hex(digest) => builder.digest_hex(digest),
        Part::Base64url(digest) => builder.digest_base64url(digest),
        Part::Version(version) => builder.version(*version),
        Part::SignedVersion(version) => builder.signed_version(*version),
        Part::Id(id) => builder.id(id).unwrap(),
        Part::Text(text) => builder.text(text).unwrap(),
        Part::Length(length) => builder.length(*length),
        Part::Modified(time) => builder.modified(*time),
        Part::StrongModified(time) => builder.strong_modified(*time),
    };
    parts.iter().fold(EntityTagBuilder::new(), add).build()
}

/// Two lists of up to four parts of the same kinds, alike often enough to be told apart by little.
pub(crate) fn recipes() -> impl Strategy<Value = [Vec<Part>; 2]> {
    vec(0..9_u8, 1..5).prop_flat_map(|kinds| {
        let one = || kinds.iter().copied().map(part).collect::<Vec<_>>();
        (one(), one()).prop_map(|(one, other)| [one, other])
    })
}

fn part(kind: u8) -> BoxedStrategy<Part> {
    // Few values, of different lengths, so that what is cut wrongly meets another.
    let digest = || vec(select(vec![0, 1, 0x10, 0xEF, 0xFF]), 0..5);
    let number = || {
        prop_oneof![
            2 => 0..20_u64,
            1 => select(vec![99, 100, 0xFF, 0x100, u64::MAX]),
            1 => any::<u64>(),
        ]
    };
    let time = || {
        let seconds = prop_oneof![
            2 => -2..3_i64,
            1 => HttpDate::MIN.to_unix()..=HttpDate::MAX.to_unix(),
        ];
        let nanoseconds = prop_oneof![2 => 0..3_u32, 1 => 0..1_000_000_000_u32];
        (seconds, nanoseconds).prop_map(|(seconds, nanoseconds)| {
            ModificationTime::from_unix(seconds, nanoseconds).unwrap()
        })
    };
    match kind {
        0 => digest().prop_map(Part::Hex).boxed(),
        1 => digest().prop_map(Part::Base64url).boxed(),
        2 => number().prop_map(Part::Version).boxed(),
        3 => vec(select(b"01ef".to_vec()), 1..5)
            .prop_map(Part::Id)
            .boxed(),
        4 => vec(select(b"a1-,\xFF".to_vec()), 1..5)
            .prop_map(Part::Text)
            .boxed(),
        5 => number().prop_map(Part::Length).boxed(),
        6 => time().prop_map(Part::Modified).boxed(),
        7 => prop_oneof![2 => -20..20_i64, 1 => any::<i64>()]
            .prop_map(Part::SignedVersion)
            .boxed(),
        _ => time().prop_map(Part::StrongModified).boxed(),
    }
}
