//! An input that is text, in sections that an empty line ends: a request, and responses.

use http_preconditions::{HttpDate, client::ResponseValidators};

use crate::split;
use oracle::client::{self, Response};
use support::roles;

/// The first section, and the responses in all others.
pub struct Sections<'a> {
    /// The first line of the first section.
    pub first: &'a [u8],
    /// Its field lines.
    pub fields: Vec<(&'a str, &'a [u8])>,
    pub responses: Vec<Response>,
}

/// At most so many responses, so that what is compared pair by pair ends in time.
const MOST: usize = 8;

pub fn read(input: &[u8]) -> Sections<'_> {
    let lines: Vec<_> = input.split(|octet| *octet == b'\n').collect();
    let mut sections = lines.split(|line| line.is_empty());
    let (first, fields) = match sections.next().unwrap_or_default() {
        [first, fields @ ..] => (*first, fields),
        [] => (&b""[..], &[][..]),
    };
    Sections {
        first,
        fields: field_lines(fields),
        responses: sections.take(MOST).map(response).collect(),
    }
}

/// A line whose name is no text is passed over.
fn field_lines<'a>(lines: &[&'a [u8]]) -> Vec<(&'a str, &'a [u8])> {
    let lines = lines.iter().filter_map(|line| {
        let mut parts = line.splitn(2, |octet| *octet == b':');
        let name = str::from_utf8(parts.next()?).ok()?;
        Some((name, parts.next().unwrap_or_default()))
    });
    lines.collect()
}

/// A response with its fields, and with what its recipient knows in fields of other names.
fn response(lines: &[&[u8]]) -> Response {
    let fields = field_lines(lines);
    let now = HttpDate::ASSUMED_NOW.to_unix();
    let read = client::read(&fields, now);
    // The fields are read by the crate as they are by the oracle.
    let with_gap = Response {
        gap: Some(60),
        ..read.clone()
    };
    assert_eq!(
        ResponseValidators::from_fields(fields.iter().copied()),
        roles::validators(&with_gap)
    );

    let value = |wanted| {
        let line = fields.iter().find(|(name, _)| *name == wanted);
        line.map(|(_, value)| *value)
    };
    let gap = value("Gap").map(|gap| gap.first().copied().map_or(60, i64::from));
    let received = value("Received").and_then(split::moment);
    let updated = value("Updated").and_then(split::moment);
    Response {
        updated_date: updated.map(HttpDate::to_unix),
        gap,
        received: received.map(HttpDate::to_unix),
        part: value("Part").map(|holds| holds.is_empty()).or(read.part),
        status: value("Status").and_then(|code| str::from_utf8(code).ok()?.trim().parse().ok()),
        ..read
    }
}
