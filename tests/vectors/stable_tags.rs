//! The text of a tag stays the same from release to release.

use std::collections::HashSet;

use http_preconditions::tag::{
    CodingSeparator, ContentCoding, EntityTagBuf, EntityTagBuilder, ModificationTime,
};
use support::vectors::{Row, rows};

type Tag = EntityTagBuf<99>;

fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}

fn time(text: &str) -> ModificationTime {
    let (seconds, nanoseconds) = text.split_once('.').unwrap();
    ModificationTime::from_unix(seconds.parse().unwrap(), nanoseconds.parse().unwrap()).unwrap()
}

/// The tag of a constructor; no tag for the steps of the builder.
fn constructed(step: &[&str]) -> Option<Tag> {
    Some(match *step {
        ["from_digest_hex", digest] => {
            Tag::from_digest_hex(&<[u8; 2]>::try_from(unhex(digest)).unwrap())
        }
        ["from_digest_base64url", digest] => {
            Tag::from_digest_base64url(&<[u8; 2]>::try_from(unhex(digest)).unwrap())
        }
        ["from_version", version] => Tag::from_version(version.parse().unwrap()),
        ["from_signed_version", version] => Tag::from_signed_version(version.parse().unwrap()),
        ["from_id", id] => Tag::from_id(&<[u8; 7]>::try_from(id.as_bytes()).unwrap()).unwrap(),
        ["from_file", length, modified] => Tag::from_file(length.parse().unwrap(), time(modified)),
        ["from_file_at", length, modified, now] => {
            Tag::from_file_at(length.parse().unwrap(), time(modified), time(now))
        }
        _ => return None,
    })
}

/// The builder with one more part.
fn with(builder: EntityTagBuilder<99>, step: &[&str], row: &Row) -> EntityTagBuilder<99> {
    match *step {
        ["builder"] => builder,
        ["digest_hex", digest] => builder.digest_hex(&unhex(digest)),
        ["digest_base64url", digest] => builder.digest_base64url(&unhex(digest)),
        ["version", version] => builder.version(version.parse().unwrap()),
        ["signed_version", version] => builder.signed_version(version.parse().unwrap()),
        ["id", id] => builder.id(id.as_bytes()).unwrap(),
        ["text", text] => builder.text(text.as_bytes()).unwrap(),
        ["length", length] => builder.length(length.parse().unwrap()),
        ["modified", modified] => builder.modified(time(modified)),
        ["strong_modified", modified] => builder.strong_modified(time(modified)),
        ["weak"] => builder.weak(),
        _ => panic!("no step {step:?}: {row}"),
    }
}

#[test]
fn tags_are_those_of_the_first_release() {
    let mut names = HashSet::new();
    for row in rows("stable_tags.tsv") {
        let mut builder = EntityTagBuilder::new();
        let mut made: Option<Tag> = None;
        for step in row.from(1) {
            let step: Vec<&str> = std::str::from_utf8(step).unwrap().split(' ').collect();
            names.insert(step[0].to_owned());
            if let ["with_coding", name] = *step {
                let base = made.unwrap_or_else(|| builder.build().unwrap());
                let coding = ContentCoding::parse(name.as_bytes()).unwrap();
                made = Some(base.as_entity_tag().with_coding(coding).unwrap());
            } else if let ["with_suffix", separator, name] = *step {
                let base = made.unwrap_or_else(|| builder.build().unwrap());
                let separator = CodingSeparator::parse(separator.as_bytes()).unwrap();
                let coding = ContentCoding::parse(name.as_bytes()).unwrap();
                made = Some(base.as_entity_tag().with_suffix(separator, coding).unwrap());
            } else if let Some(tag) = constructed(&step) {
                made = Some(tag);
            } else {
                builder = with(builder, &step, &row);
            }
        }
        let tag = made.unwrap_or_else(|| builder.build().unwrap());
        assert_eq!(tag.as_bytes(), row.octets(0), "{row}");
    }
    assert!(names.len() >= 20, "each way has a row: {names:?}");
}
