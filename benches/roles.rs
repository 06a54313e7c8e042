//! The client's and the cache's side with as many stored responses, tags and fields as fit in the
//! octets of a value.

use http::header::{self, HeaderMap, HeaderValue};
use http_preconditions::{
    EntityTag,
    cache::{CacheKind, Validation, ValidationOutcome, freshened_by, update_stored},
    client::{ResponseValidators, revalidate},
};

use crate::turn;

/// A name, what is done with a value, and the value of a length.
type Work = (&'static str, fn(&[u8]) -> f64, fn(usize) -> Vec<u8>);

pub(crate) const WORK: &[Work] = &[
    (
        "revalidate, other tags",
        |value| turn(revalidated, value),
        tags,
    ),
    (
        "revalidate, one tag",
        |value| turn(revalidated, value),
        one_tag,
    ),
    ("Validation::fields", |value| turn(asked, value), tags),
    ("freshens, none", |value| turn(freshened, value), tags),
    ("freshens, all", |value| turn(freshened, value), one_tag),
    ("Validation::outcome", |value| turn(judged, value), tags),
    (
        "Validation::outcome, one tag",
        |value| turn(judged, value),
        one_tag,
    ),
    ("update_stored, names", |value| turn(updated, value), names),
    (
        "update_stored, lines",
        |value| turn(updated_lines, value),
        tags,
    ),
];

/// Octets of a tag and of what is behind it.
const MEMBER: usize = 8;
const STORED: EntityTag = EntityTag::from_static("\"0000\"");

fn list(length: usize, number: fn(usize) -> usize) -> Vec<u8> {
    let members =
        (1..=length / MEMBER).map(|place| format!("\"{:04x}\", ", number(place) % 0x1_0000));
    members.collect::<String>().into_bytes()
}

/// Tags that differ from their neighbours.
fn tags(length: usize) -> Vec<u8> {
    list(length, |place| place)
}

fn one_tag(length: usize) -> Vec<u8> {
    list(length, |_| 0)
}

/// A line that excepts one name after the other.
fn names(length: usize) -> Vec<u8> {
    let names = (0..length / MEMBER).map(|place| format!("x-{:04x}, ", place % 0x1_0000));
    format!("no-cache=\"{}\"", names.collect::<String>()).into_bytes()
}

/// A stored response for each member of the list.
fn stored(value: &[u8]) -> impl Iterator<Item = ResponseValidators<'_>> + Clone {
    value.chunks_exact(MEMBER).map(|member| {
        let tag = member
            .get(..MEMBER - 2)
            .and_then(|tag| EntityTag::parse(tag).ok());
        tag.map_or(ResponseValidators::new(), |tag| {
            ResponseValidators::new().etag(tag)
        })
    })
}

fn revalidated(value: &[u8]) -> usize {
    revalidate(stored(value))
        .map(|field| field.value().len())
        .sum()
}

/// Half of the octets are the client's list, the other half are stored.
fn validation(
    value: &[u8],
) -> Validation<[(&str, &[u8]); 1], impl Iterator<Item = ResponseValidators<'_>> + Clone> {
    let (listed, rest) = value.split_at(value.len() / 2 / MEMBER * MEMBER);
    Validation::new("GET", [("If-None-Match", listed)], stored(rest))
}

fn asked(value: &[u8]) -> usize {
    let fields = validation(value).fields().map(|field| field.value().len());
    fields.sum()
}

fn judged(value: &[u8]) -> ValidationOutcome {
    validation(value).outcome(304, &ResponseValidators::new().etag(STORED))
}

fn freshened(value: &[u8]) -> usize {
    freshened_by(&ResponseValidators::new().etag(STORED), stored(value)).count()
}

fn updated(value: &[u8]) -> HeaderMap {
    let mut update = HeaderMap::new();
    let value = HeaderValue::from_bytes(value).expect("ASCII");
    update.insert(header::CACHE_CONTROL, value);
    update_from(&update)
}

/// A line for each 64 octets, all of one name, as often as the map lets them be added.
fn updated_lines(value: &[u8]) -> HeaderMap {
    let mut update = HeaderMap::new();
    for line in value.chunks(64) {
        let line = HeaderValue::from_bytes(line).expect("ASCII");
        update.append(header::WARNING, line);
    }
    update_from(&update)
}

fn update_from(update: &HeaderMap) -> HeaderMap {
    let mut stored = HeaderMap::new();
    for _ in 0..2 {
        update_stored(&mut stored, update, CacheKind::Shared).expect("it is not full");
    }
    stored
}
