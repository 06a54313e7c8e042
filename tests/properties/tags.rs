//! Tags that are made: the values that another program computed, no two alike, nothing cut off.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use crate::recipe::{Part, build, recipes};
use http_preconditions::{
    EntityTag, ErrorKind, HttpDate, ParseError,
    tag::{EntityTagBuf, EntityTagBuilder, ModificationTime},
};
use proptest::prelude::*;
use support::vectors::{Row, rows};

/// The octets that a column of hex digits stands for.
fn unhex(row: &Row, column: usize) -> Vec<u8> {
    row.octets(column)
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// A column with a time: seconds and nanoseconds.
fn time(row: &Row, column: usize) -> ModificationTime {
    let (seconds, nanoseconds) = row.text(column).split_once('.').unwrap();
    ModificationTime::from_unix(seconds.parse().unwrap(), nanoseconds.parse().unwrap()).unwrap()
}

/// Large enough for the longest digest of the file, 256 octets in hex.
type Large = EntityTagBuf<600>;

fn by_builder(row: &Row) -> Large {
    let new = EntityTagBuilder::new();
    let builder = match row.text(0) {
        "hex" => new.digest_hex(&unhex(row, 1)),
        "base64url" => new.digest_base64url(&unhex(row, 1)),
        "version" => new.version(row.number(1)),
        "signed" => new.signed_version(row.number(1)),
        "file" => new.length(row.number(1)).modified(time(row, 2)),
        other => panic!("no kind {other}: {row}"),
    };
    builder.build().unwrap()
}

#[test]
fn values_are_those_of_the_file() {
    for row in rows("digests.tsv") {
        let tag = by_builder(&row);
        assert_eq!(tag.as_bytes(), row.octets(3), "{row}");
        assert_eq!(
            EntityTag::parse(row.octets(3)),
            Ok(tag.as_entity_tag()),
            "{row}"
        );
        assert_eq!(tag.to_string(), row.text(3), "{row}");
    }
}

#[test]
fn constructors_make_what_the_builder_makes() {
    let mut of_32_octets = 0;
    for row in rows("digests.tsv") {
        let digest = || <[u8; 32]>::try_from(unhex(&row, 1)).ok();
        let tag = match row.text(0) {
            "hex" => digest().map(|digest| Large::from_digest_hex(&digest)),
            "base64url" => digest().map(|digest| Large::from_digest_base64url(&digest)),
            "version" => Some(Large::from_version(row.number(1))),
            "signed" => Some(Large::from_signed_version(row.number(1))),
            _ => Some(Large::from_file(row.number(1), time(&row, 2))),
        };
        let is_digest = matches!(row.text(0), "hex" | "base64url");
        of_32_octets += usize::from(is_digest && digest().is_some());
        if let Some(tag) = tag {
            assert_eq!(tag, by_builder(&row), "{row}");
        }
    }
    assert!(of_32_octets > 20, "{of_32_octets}");
}

/// `N` is the number of octets that the documentation says, and no more.
#[test]
fn the_smallest_storage_suffices() {
    let ones = [0xFF; 64];
    assert_eq!(
        EntityTagBuf::<130>::from_digest_hex(&ones).as_bytes().len(),
        130
    );
    assert_eq!(
        EntityTagBuf::<66>::from_digest_hex(&[0; 32])
            .as_bytes()
            .len(),
        66
    );
    assert_eq!(
        EntityTagBuf::<45>::from_digest_base64url(&[0; 32])
            .as_bytes()
            .len(),
        45
    );
    assert_eq!(EntityTagBuf::<2>::from_digest_hex(&[]).as_bytes(), b"\"\"");
    for tag in [
        EntityTagBuf::<4>::from_digest_base64url(&[0xFF]).as_bytes(),
        EntityTagBuf::<5>::from_digest_base64url(&[0xFF; 2]).as_bytes(),
        EntityTagBuf::<6>::from_digest_base64url(&[0xFF; 3]).as_bytes(),
        EntityTagBuf::<8>::from_digest_base64url(&[0xFF; 4]).as_bytes(),
    ] {
        assert!(EntityTag::parse(tag).is_ok(), "{tag:?}");
    }
    let longest = ModificationTime::from_unix(HttpDate::MAX.to_unix(), 999_999_999).unwrap();
    let tag = EntityTagBuf::<40>::from_file(u64::MAX, longest);
    assert_eq!(tag.as_bytes().len(), 40);
}

#[test]
fn storage_that_is_too_small_is_an_error_that_says_what_is_needed() {
    let tag = EntityTag::from_static("W/\"0123456789\"");
    assert_eq!(EntityTagBuf::<14>::new(tag).unwrap().as_entity_tag(), tag);
    assert_eq!(EntityTagBuf::<13>::new(tag).unwrap_err().needed, 14);
    assert_eq!(EntityTagBuf::<0>::new(tag).unwrap_err().needed, 14);
    assert_eq!(EntityTagBuf::<13>::try_from(tag).unwrap_err().needed, 14);
    let builder = EntityTagBuilder::<14>::new().version(1_234_567_890);
    assert_eq!(builder.build().unwrap().as_bytes(), b"\"1234567890\"");
    assert_eq!(
        builder.weak().build().unwrap().as_bytes(),
        b"W/\"1234567890\""
    );
    assert_eq!(
        builder.version(1).build().unwrap().as_bytes(),
        b"\"1234567890.1\""
    );
    assert_eq!(builder.version(1).weak().build().unwrap_err().needed, 16);
    assert_eq!(builder.version(123).weak().build().unwrap_err().needed, 18);
    assert_eq!(builder.version(123).build().unwrap_err().needed, 16);
}

type Checked = fn(&[u8]) -> Result<(), ParseError>;

/// What is refused at which octet; the first row of each group is accepted.
#[test]
fn ids_and_texts_are_validated() {
    let id: Checked = |text| EntityTagBuilder::<99>::new().id(text).map(drop);
    let text: Checked = |text| EntityTagBuilder::<99>::new().text(text).map(drop);
    #[rustfmt::skip]
    let cases: &[(Checked, ErrorKind, &[u8], Option<usize>)] = &[
        (id, ErrorKind::HexDigit, b"e83c5163316f89bfbde7d9ab23ca2e25604af290", None),
        (id, ErrorKind::HexDigit, b"0", None),
        (id, ErrorKind::HexDigit, b"0123456789abcdef", None),
        (id, ErrorKind::HexDigit, b"", Some(0)),
        (id, ErrorKind::HexDigit, b"E83C516", Some(0)),
        (id, ErrorKind::HexDigit, b"e83C516", Some(3)),
        (id, ErrorKind::HexDigit, b"e83c516-dirty", Some(7)),
        (id, ErrorKind::HexDigit, b"e83c516\n", Some(7)),
        (id, ErrorKind::HexDigit, b"v1.0-3-ge83c516", Some(0)),
        (id, ErrorKind::HexDigit, b"\"e83c516\"", Some(0)),
        (text, ErrorKind::TagPart, b"!#,-/~\x80\xFF", None),
        (text, ErrorKind::TagPart, b"en-GB", None),
        (text, ErrorKind::TagPart, b"", Some(0)),
        (text, ErrorKind::TagPart, b"1.2", Some(1)),
        (text, ErrorKind::TagPart, b"a b", Some(1)),
        (text, ErrorKind::TagPart, b"ab\"", Some(2)),
        (text, ErrorKind::TagPart, b"a\\b", Some(1)),
        (text, ErrorKind::TagPart, b"\x7F", Some(0)),
        (text, ErrorKind::TagPart, b"abc\r\n", Some(3)),
    ];
    for (check, kind, input, offset) in cases {
        let shown = String::from_utf8_lossy(input);
        let error = check(input)
            .err()
            .map(|error| (error.kind(), error.offset()));
        assert_eq!(error, offset.map(|offset| (*kind, offset)), "{shown}");
    }
    for octet in 0..=u8::MAX {
        let shown = char::from(octet);
        let is_digit = shown.is_ascii_digit() || ('a'..='f').contains(&shown);
        assert_eq!(id(&[octet]).is_ok(), is_digit, "{shown:?}");
        let is_etagc = EntityTag::strong(&[octet]).is_ok();
        let is_text = is_etagc && octet != b'.' && octet != b'\\';
        assert_eq!(text(&[octet]).is_ok(), is_text, "{shown:?}");
    }
    assert_eq!(
        EntityTagBuf::<9>::from_id(b"E83C516")
            .unwrap_err()
            .to_string(),
        "expected a hexadecimal digit in lower case at byte 0"
    );
    assert_eq!(
        text(b"1.2").unwrap_err().to_string(),
        "expected an entity tag character other than `.` and `\\` at byte 1"
    );
}

/// Weak until the time is settled, strong from then on.
#[test]
fn a_fresh_file_has_a_weak_tag() {
    let mut answers = [0, 0];
    for row in rows("settled.tsv") {
        let (modified, now) = (time(&row, 0), time(&row, 1));
        let settled = match row.text(2) {
            "yes" => true,
            "no" => false,
            other => panic!("no answer {other}: {row}"),
        };
        answers[usize::from(settled)] += 1;
        assert_eq!(modified.is_settled(now), settled, "{row}");
        let vouched = EntityTagBuf::<40>::from_file_at(1, modified, now);
        assert_eq!(vouched.as_entity_tag().is_weak(), !settled, "{row}");
        let not_vouched = EntityTagBuf::<40>::from_file(1, modified);
        assert!(not_vouched.as_entity_tag().is_weak(), "{row}");
        assert!(
            not_vouched.as_entity_tag().weak_eq(vouched.as_entity_tag()),
            "{row}"
        );
        let builder = EntityTagBuilder::<40>::new().length(1);
        assert_eq!(builder.modified(modified).build(), Ok(not_vouched), "{row}");
        let strong = builder.strong_modified(modified).build().unwrap();
        assert!(!strong.as_entity_tag().is_weak(), "{row}");
        assert_eq!(
            builder.strong_modified(modified).weak().build(),
            Ok(not_vouched),
            "{row}"
        );
    }
    assert!(answers.iter().all(|count| *count >= 10), "{answers:?}");
}

#[test]
fn modification_times_are_instants() {
    let time = |seconds, nanoseconds| ModificationTime::from_unix(seconds, nanoseconds);
    assert_eq!(time(1, 1_000_000_005), time(2, 5), "nanoseconds carry");
    assert_eq!(time(-1, u32::MAX), time(3, 294_967_295));
    let mut times = [(0, 2), (-1, 999_999_999), (0, 0)].map(|(s, ns)| time(s, ns).unwrap());
    times.sort();
    assert_eq!(
        times.map(ModificationTime::nanoseconds),
        [999_999_999, 0, 2]
    );
    let last = HttpDate::MAX.to_unix();
    assert!(time(last, 999_999_999).is_ok() && time(last, 1_000_000_000).is_err());
    assert!(time(i64::MAX, u32::MAX).is_err() && time(i64::MIN, 0).is_err());
    let time = time(-1, 250_000_000).unwrap();
    assert_eq!(
        (time.date().to_unix(), time.nanoseconds()),
        (-1, 250_000_000)
    );
    assert_eq!(ModificationTime::from(time.date()).nanoseconds(), 0);
    assert_eq!(
        format!("{time:?}"),
        "ModificationTime(Wed, 31 Dec 1969 23:59:59 GMT + 250000000 ns)"
    );
}

#[cfg(feature = "std")]
#[test]
fn modification_times_come_from_the_system() {
    use std::time::{Duration, UNIX_EPOCH};
    let quarter = Duration::from_millis(250);
    for (time, seconds, nanoseconds) in [
        (UNIX_EPOCH, 0, 0),
        (UNIX_EPOCH + quarter, 0, 250_000_000),
        (UNIX_EPOCH - quarter, -1, 750_000_000),
        (UNIX_EPOCH - 4 * quarter, -1, 0),
        (UNIX_EPOCH - 5 * quarter, -2, 750_000_000),
    ] {
        let expected = ModificationTime::from_unix(seconds, nanoseconds);
        assert_eq!(ModificationTime::try_from(time), expected, "{time:?}");
    }
    let far = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    assert!(ModificationTime::try_from(far).is_err(), "year 10000");
}

/// A version is signed or not, by the type that the database has.
#[test]
fn a_signed_version_is_the_unsigned_one_or_has_a_sign() {
    for version in [0, 1, 17, i64::MAX - 1, i64::MAX] {
        let signed = EntityTagBuf::<22>::from_signed_version(version);
        let unsigned = EntityTagBuf::<22>::from_version(version.try_into().unwrap());
        assert_eq!(signed, unsigned, "{version}");
        assert_eq!(signed.to_string(), format!("\"{version}\""));
    }
    for version in [-1, -17, i64::MIN + 1, i64::MIN] {
        let signed = EntityTagBuf::<22>::from_signed_version(version);
        assert_eq!(signed.to_string(), format!("\"{version}\""));
        for bits in [
            version.unsigned_abs(),
            u64::from_ne_bytes(version.to_ne_bytes()),
        ] {
            assert_ne!(signed, EntityTagBuf::<22>::from_version(bits), "{version}");
        }
    }
    let longest = EntityTagBuf::<22>::from_signed_version(i64::MIN);
    assert_eq!(longest.as_bytes().len(), 22);
}

/// Two files of one length and time, one renamed over the other: shown with real files, since a
/// path is all that a server knows.
#[cfg(all(unix, feature = "std"))]
#[test]
fn files_of_one_length_and_time_are_told_apart_by_the_inode() {
    use std::fs::{self, File};
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let [served, other] = ["served", "other"].map(|name| directory.join(name));
    for (path, content) in [(&served, "old"), (&other, "new")] {
        fs::write(path, content).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(783_459_811);
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }
    let tags = || {
        let metadata = fs::metadata(&served).unwrap();
        let modified = ModificationTime::try_from(metadata.modified().unwrap()).unwrap();
        let now = ModificationTime::from_unix(783_459_814, 0).unwrap();
        let builder = EntityTagBuilder::<61>::new()
            .length(metadata.len())
            .strong_modified(modified)
            .version(metadata.ino());
        (
            EntityTagBuf::<40>::from_file_at(metadata.len(), modified, now),
            builder.build().unwrap(),
        )
    };
    let (old, old_with_inode) = tags();
    fs::rename(&other, &served).unwrap();
    let (new, new_with_inode) = tags();
    assert_eq!(old, new, "length and time cannot tell them apart");
    assert!(!old.as_entity_tag().is_weak());
    assert_ne!(old_with_inode, new_with_inode);
    fs::remove_file(&served).unwrap();
}

/// Everything that a program can know when it is built is a constant; the compiler checks it.
#[test]
fn tags_of_assets_are_constants() {
    use xxhash_rust::{const_xxh3, xxh3};
    const ASSET: &[u8] = include_bytes!("../data/comparison.tsv");
    const HASHED: EntityTagBuf<24> =
        EntityTagBuf::from_digest_base64url(&const_xxh3::xxh3_128(ASSET).to_be_bytes());
    const VERSION: EntityTagBuf<22> = EntityTagBuf::from_version(7);
    const SIGNED: EntityTagBuf<22> = EntityTagBuf::from_signed_version(7);
    const LITERAL: EntityTagBuf<10> = EntityTagBuf::from_static("W/\"r-7\"");
    const TAG: EntityTag = HASHED.as_entity_tag();
    const PARTS: EntityTagBuf<16> = match EntityTagBuilder::new().version(7).text(b"en") {
        Ok(builder) => match builder.build() {
            Ok(tag) => tag,
            Err(_) => panic!("too long"),
        },
        Err(_) => panic!("no part of a tag"),
    };
    let at_run_time = xxh3::xxh3_128(ASSET).to_be_bytes();
    assert_eq!(HASHED, Large::from_digest_base64url(&at_run_time));
    assert_eq!(TAG, HASHED.as_entity_tag());
    assert_eq!(VERSION.as_bytes(), b"\"7\"");
    assert_eq!(SIGNED, VERSION);
    assert_eq!(LITERAL.as_entity_tag(), EntityTag::from_static("W/\"r-7\""));
    assert_eq!(PARTS.to_string(), "\"7.en\"");
}

#[test]
fn a_kept_tag_is_its_field_value_and_not_its_storage() {
    let (small, large) = (
        EntityTagBuf::<22>::from_version(17),
        Large::from_version(17),
    );
    assert_eq!(small, large);
    assert_ne!(small, Large::from_version(170));
    assert_ne!(
        small,
        EntityTagBuilder::<8>::new()
            .version(17)
            .weak()
            .build()
            .unwrap()
    );
    assert_eq!(format!("{large:?} {large}"), "EntityTag(\"17\") \"17\"");
    assert_eq!(large.as_ref(), b"\"17\"");
    assert_eq!(EntityTag::from(&large), EntityTag::from_static("\"17\""));
    let versions: HashSet<_> = [17, 18, 17].map(Large::from_version).into();
    assert_eq!(versions.len(), 2);
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    assert_eq!(hasher.hash_one(small), hasher.hash_one(large));
    assert_ne!(
        hasher.hash_one(small),
        hasher.hash_one(Large::from_version(18))
    );
    let builder = EntityTagBuilder::<4>::new().version(17);
    assert_eq!(
        format!("{builder:?}"),
        "EntityTagBuilder(Ok(EntityTag(\"17\")))"
    );
    assert_eq!(
        builder.build(),
        EntityTagBuilder::default().version(17).build()
    );
}

/// The tag of these parts, in storage that is large enough for what [`recipes`] makes.
fn tag(parts: &[Part]) -> Large {
    build(parts).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_tag_that_is_made_reads_back_identical([parts, _] in recipes()) {
        let tag = tag(&parts);
        let read = EntityTag::parse(tag.as_bytes());
        prop_assert_eq!(read, Ok(tag.as_entity_tag()));
        prop_assert_eq!(tag.as_entity_tag().len(), tag.as_bytes().len());
        prop_assert_eq!(Large::new(tag.as_entity_tag()), Ok(tag));
        // Each part as it is alone, apart by full stops.
        let alone: Vec<_> = parts.iter().map(|part| self::tag(std::slice::from_ref(part))).collect();
        let joined = alone.iter().map(|tag| tag.as_entity_tag().opaque()).collect::<Vec<_>>().join(&b'.');
        prop_assert_eq!(tag.as_entity_tag().opaque(), joined);
        prop_assert_eq!(tag.as_entity_tag().is_weak(), alone.iter().any(|tag| tag.as_entity_tag().is_weak()));
    }

    #[test]
    fn different_inputs_of_one_kind_give_different_tags([one, other] in recipes()) {
        prop_assert_eq!(one == other, tag(&one).as_entity_tag().weak_eq(tag(&other).as_entity_tag()));
    }

    /// A tag comes out whole, or not at all and with the number of octets that it needs.
    #[test]
    fn nothing_is_cut_off([parts, _] in recipes()) {
        let whole = tag(&parts);
        let needed = whole.as_bytes().len();
        let results = [
            (0, build::<0>(&parts).map(|tag| tag.as_bytes().to_vec())),
            (1, build::<1>(&parts).map(|tag| tag.as_bytes().to_vec())),
            (2, build::<2>(&parts).map(|tag| tag.as_bytes().to_vec())),
            (5, build::<5>(&parts).map(|tag| tag.as_bytes().to_vec())),
            (12, build::<12>(&parts).map(|tag| tag.as_bytes().to_vec())),
            (31, build::<31>(&parts).map(|tag| tag.as_bytes().to_vec())),
        ];
        for (size, result) in results {
            match result {
                Ok(octets) => prop_assert!(size >= needed && octets == whole.as_bytes(), "{}", size),
                Err(error) => prop_assert!(size < needed && error.needed == needed, "{} {}", size, error),
            }
        }
    }
}
