//! The origin server's evaluation against the oracle, with requests that are put together from what
//! conditions are made of.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use http_preconditions::{EntityTag, Field, FieldLine, HttpDate};
use http_preconditions_fuzz::compare;
use libfuzzer_sys::fuzz_target;
use oracle::{Request, State, Tag};

/// The names that the rules know, names that are nearly one of them, and some of the others.
const METHODS: [&str; 16] = [
    "GET", "HEAD", "QUERY", "PUT", "OPTIONS", "CONNECT", "TRACE", "POST", "DELETE", "PATCH",
    "PROPFIND", "get", "GETS", "GE", "", "PÜT",
];

const STATUSES: [u16; 12] = [200, 201, 204, 206, 299, 300, 304, 404, 412, 199, 0, 500];

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    #[arbitrary(with = |u: &mut Unstructured| u.choose(&METHODS).copied())]
    method: &'static str,
    representation: Option<Current<'a>>,
    #[arbitrary(with = status)]
    status: Option<u16>,
    now: HttpDate,
    require_if_match: bool,
    already_applied: bool,
    rejects_malformed: bool,
    lines: Vec<Line>,
}

#[derive(Arbitrary, Debug)]
struct Current<'a> {
    #[arbitrary(with = tag)]
    etag: Option<EntityTag<'a>>,
    last_modified: Option<HttpDate>,
    strong_date: bool,
    ranges: bool,
    length: Option<u8>,
}

#[derive(Arbitrary, Debug)]
enum Line {
    Made(FieldLine),
    /// The date of the representation, with as many seconds added: what decides is one second.
    Near(Field, i8),
    /// The tag of the representation, with its weakness or the other.
    Same(Field, bool),
    /// A field with a line of its name that evaluation passes over.
    Other,
}

fn status(u: &mut Unstructured) -> Result<Option<u16>> {
    Ok(match u.arbitrary()? {
        Some(true) => Some(*u.choose(&STATUSES)?),
        Some(false) => u.arbitrary()?,
        None => None,
    })
}

/// The tags that field lines are made of, and any.
fn tag<'a>(u: &mut Unstructured<'a>) -> Result<Option<EntityTag<'a>>> {
    const TAGS: [EntityTag; 4] = [
        EntityTag::from_static("\"v1\""),
        EntityTag::from_static("W/\"v1\""),
        EntityTag::from_static("\"\""),
        EntityTag::from_static("\"a,b\""),
    ];
    Ok(match u.arbitrary()? {
        Some(true) => u.arbitrary()?,
        Some(false) => Some(*u.choose(&TAGS)?),
        None => None,
    })
}

fuzz_target!(|input: Input| {
    let current = input.representation.as_ref();
    let etag = current.and_then(|current| current.etag);
    let last_modified = current.and_then(|current| current.last_modified);
    let fields: Vec<_> = input
        .lines
        .iter()
        .map(|line| field_line(line, etag, last_modified))
        .collect();
    compare::decide(&Request {
        method: input.method,
        state: current.map(|current| State {
            etag: etag.map(|tag| Tag {
                weak: tag.is_weak(),
                opaque: tag.opaque().to_vec(),
            }),
            last_modified: last_modified.map(HttpDate::to_unix),
            strong_date: current.strong_date,
            ranges: current.ranges,
            length: current.length.map(u64::from),
        }),
        status: input.status,
        now: input.now.to_unix(),
        require_if_match: input.require_if_match,
        already_applied: input.already_applied,
        range_policy: oracle::range::Policy {
            rejects_malformed: input.rejects_malformed,
            ..oracle::range::USUAL
        },
        fields: fields
            .iter()
            .map(|(name, value)| (*name, &value[..]))
            .collect(),
    });
});

fn field_line(
    line: &Line,
    etag: Option<EntityTag>,
    last_modified: Option<HttpDate>,
) -> (&'static str, Vec<u8>) {
    match line {
        Line::Made(line) => (line.field.name(), line.value.clone()),
        Line::Near(field, seconds) => {
            let date = last_modified.map(|date| date.to_unix() + i64::from(*seconds));
            let date = date.and_then(|seconds| HttpDate::from_unix(seconds).ok());
            let date = date.map(|date| date.to_imf_fixdate().to_vec());
            (field.name(), date.unwrap_or_default())
        }
        Line::Same(field, weak) => {
            let prefix = if *weak { &b"W/\""[..] } else { b"\"" };
            let opaque = etag.map_or(&b"v1"[..], |tag| tag.opaque());
            (field.name(), [prefix, opaque, b"\""].concat())
        }
        Line::Other => ("If-Matches", b"\"v1\"".to_vec()),
    }
}
