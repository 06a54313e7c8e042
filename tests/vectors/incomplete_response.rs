//! The client's side of ranges: what is asked for after a cut, and what a 206 means.

use http_preconditions::{
    EntityTag, HttpDate, IfRange, Representation,
    client::{IncompleteResponse, PartialResponse, ResponseValidators, Resume},
    range::{ByteRange, ContentRange},
};
use oracle::client::Response;
use oracle::download::{Download, Next, Partial, Unsatisfied};
use support::downloads;
use support::vectors::{Row, rows};

const STRONG: EntityTag = EntityTag::from_static("\"v1\"");
const WEAK: EntityTag = EntityTag::from_static("W/\"v1\"");
const LM: &str = "Sat, 29 Oct 1994 19:43:31 GMT";

fn dated() -> Representation<'static> {
    Representation::new().last_modified(HttpDate::parse(LM.as_bytes()).unwrap())
}

fn strongly_dated() -> Representation<'static> {
    Representation::new().strong_last_modified(HttpDate::parse(LM.as_bytes()).unwrap())
}

/// R-13A, section 15.3.7.3; R-091 for what stands in If-Range.
#[test]
fn parts_combine_by_the_same_strong_validator() {
    let none = Representation::new();
    let v1 = none.etag(STRONG);
    let v2 = none.etag(EntityTag::from_static("\"v2\""));
    let weak = none.etag(WEAK);
    let later =
        Representation::new().strong_last_modified(HttpDate::from_unix(783_459_812).unwrap());
    let validators = [
        (none, None),
        (v1, Some(IfRange::EntityTag(STRONG))),
        (
            strongly_dated().etag(STRONG),
            Some(IfRange::EntityTag(STRONG)),
        ),
        (weak, None),
        (dated(), None),
        (
            strongly_dated(),
            Some(IfRange::HttpDate(HttpDate::parse(LM.as_bytes()).unwrap())),
        ),
        // A client that has a tag sends no date, be the tag weak (13.1.5).
        (strongly_dated().etag(WEAK), None),
    ];
    for (representation, validator) in validators {
        assert_eq!(
            representation.strong_validator(),
            validator,
            "{representation:?}"
        );
    }
    let cases = [
        (v1, v1, true),
        (v1, v2, false),
        (v1, weak, false),
        (weak, weak, false),
        (none, none, false),
        (dated(), dated(), false),
        (strongly_dated(), strongly_dated(), true),
        (strongly_dated(), later, false),
        (strongly_dated(), dated(), false),
        (
            strongly_dated().etag(WEAK),
            strongly_dated().etag(WEAK),
            false,
        ),
        (strongly_dated().etag(STRONG), strongly_dated(), false),
        (strongly_dated().etag(STRONG), later.etag(STRONG), true),
    ];
    for (one, other, combine) in cases {
        assert_eq!(one.combines_with(&other), combine, "{one:?}, {other:?}");
        assert_eq!(other.combines_with(&one), combine, "{other:?}, {one:?}");
    }
}

#[test]
fn after_a_cut_is_asked_for_what_the_file_says() {
    for row in rows("resumptions.tsv") {
        let next = match downloads::on_next(&downloads::download(row.text(0))) {
            Next::Complete => b"complete".to_vec(),
            Next::Restart => b"restart".to_vec(),
            Next::Range(fields) => {
                let lines = fields.iter();
                let lines = lines.map(|(name, value)| [name.as_bytes(), b": ", value].concat());
                lines.collect::<Vec<_>>().join(&b'\t')
            }
        };
        let expected = row.from(1).collect::<Vec<_>>().join(&b'\t');
        assert_eq!(
            next.escape_ascii().to_string(),
            expected.escape_ascii().to_string(),
            "{row}"
        );
    }
}

/// What a row of `continuations.tsv` says is held.
fn held(row: &Row) -> Download {
    let mut parts = row.octets(0).splitn(2, |octet| *octet == b';');
    let validator = parts.next().unwrap_or_default();
    let date = |value| HttpDate::parse(value).unwrap().to_unix();
    let mut version = Response::default();
    if let Some(weak) = validator.strip_prefix(b"weak ") {
        version.last_modified = Some(date(weak));
    } else if let Some(tag) = oracle::entity_tag(validator) {
        version.etag = Some(tag);
    } else if !validator.is_empty() {
        version.last_modified = Some(date(validator));
        version.date = version.last_modified.map(|date| date + 1);
    }
    Download {
        version,
        octets: row.number(1),
        complete: (row.text(2) != "*").then(|| row.number(2)),
        coding: parts.next().unwrap_or_default().to_vec(),
        ..Download::default()
    }
}

fn shown(partial: Partial) -> String {
    match partial {
        Partial::Append { skip, new } => format!("append {skip},{new}"),
        Partial::NotAdjacent => "elsewhere".to_owned(),
        Partial::DifferentVersion => "another version".to_owned(),
        Partial::DifferentLength => "another length".to_owned(),
        Partial::DifferentCoding => "another coding".to_owned(),
        Partial::WrongContentLength => "another content-length".to_owned(),
        Partial::Multipart => "multipart".to_owned(),
        Partial::NoContentRange => "no content-range".to_owned(),
    }
}

#[test]
fn a_206_goes_on_or_is_of_no_use_as_the_file_says() {
    for row in rows("continuations.tsv") {
        let verdict = shown(downloads::on_partial(&held(&row), &row.fields(4)));
        assert_eq!(verdict, row.text(3), "{row}");
    }
}

#[test]
fn a_206_or_a_416_means_what_the_file_says() {
    for row in rows("downloads.tsv") {
        let download = downloads::download(row.text(0));
        let fields = row.fields(3);
        let verdict = match row.text(1) {
            "206" => shown(downloads::on_partial(&download, &fields)),
            _ => match downloads::on_unsatisfied(&download, &fields) {
                Unsatisfied::Complete => "complete".to_owned(),
                Unsatisfied::DifferentLength => "another length".to_owned(),
                Unsatisfied::DifferentVersion => "another version".to_owned(),
                Unsatisfied::Unknown => "unknown".to_owned(),
            },
        };
        assert_eq!(verdict, row.text(2), "{row}");
    }
}

/// Four connections make one file; where the validator changes between them, what they have is of
/// no use together.
#[test]
fn four_segments_make_one_file_of_one_version() {
    let content: Vec<u8> = (0..1000_u32)
        .map(|index| index.to_le_bytes()[0] ^ 0x55)
        .collect();
    let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    let mut file = Vec::new();
    for number in 0..4 {
        let segment = ByteRange::new(number * 250, number * 250 + 249).unwrap();
        let mut part: Vec<u8> = Vec::new();
        // Each connection is cut behind 100 octets.
        loop {
            let held = IncompleteResponse::new(version, part.len() as u64).segment(segment);
            let held = held.complete_length(1000);
            let Resume::Range(range) = held.next_request() else {
                assert_eq!(held.next_request(), Resume::Complete);
                break;
            };
            let sent = range.resolve(1000).unwrap();
            let field = ContentRange::new(sent, Some(1000)).unwrap().to_string();
            let of = |tag| [("ETag", tag), ("Content-Range", field.as_str())];
            let changed = held.continued_by(of("\"v2\""));
            assert_eq!(changed, PartialResponse::DifferentVersion);
            let verdict = held.continued_by(of("\"v1\""));
            let new = sent.length();
            assert_eq!(verdict, PartialResponse::Append { skip: 0, new });
            let first = usize::try_from(sent.first()).unwrap();
            let arrived = usize::try_from(new.min(100)).unwrap();
            part.extend(&content[first..first + arrived]);
        }
        file.extend(part);
    }
    assert_eq!(file, content);
}
