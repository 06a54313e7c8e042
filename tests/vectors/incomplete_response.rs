//! The client's side of ranges: what is asked for after a cut, and what a 206 means.

use http_preconditions::{
    EntityTag, HttpDate, IfRange, Representation,
    client::{IncompleteResponse, PartialResponse, Resume},
    range::RangeSpec,
};
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
fn after_a_cut_the_rest_is_asked_for_if_it_can_be_put_behind() {
    let v1 = Representation::new().etag(STRONG);
    let rest = |first| Resume::Range(RangeSpec::Int { first, last: None });
    let cases = [
        (v1, 600, None, rest(600)),
        (v1, 600, Some(1000), rest(600)),
        (v1, 1, Some(2), rest(1)),
        (v1, 1000, Some(1000), Resume::Complete),
        (v1, 0, Some(0), Resume::Complete),
        (v1, 0, None, Resume::Restart),
        (v1, 0, Some(1000), Resume::Restart),
        (v1, 1001, Some(1000), Resume::Restart),
        (strongly_dated(), 600, Some(1000), rest(600)),
        (dated(), 600, Some(1000), Resume::Restart),
        (
            Representation::new().etag(WEAK),
            600,
            Some(1000),
            Resume::Restart,
        ),
        (Representation::new(), 600, Some(1000), Resume::Restart),
        (Representation::new(), 1000, Some(1000), Resume::Complete),
    ];
    for (version, octets, length, expected) in cases {
        let held = IncompleteResponse::new(version, octets);
        let held = length.map_or(held, |length| held.complete_length(length));
        assert_eq!(held.next_request(), expected, "{held:?}");
    }
}

/// What a row says is held.
fn held(row: &Row) -> IncompleteResponse<'_> {
    let mut parts = row.octets(0).splitn(2, |octet| *octet == b';');
    let validator = parts.next().unwrap_or_default();
    let date = |value| HttpDate::parse(value).unwrap();
    let version = Representation::new();
    let version = match (
        validator.strip_prefix(b"weak "),
        EntityTag::parse(validator),
    ) {
        (Some(value), _) => version.last_modified(date(value)),
        (_, Ok(tag)) => version.etag(tag),
        (_, Err(_)) if validator.is_empty() => version,
        (_, Err(_)) => version.strong_last_modified(date(validator)),
    };
    let held = IncompleteResponse::new(version, row.number(1));
    let held = parts
        .next()
        .map_or(held, |coding| held.content_encoding(coding));
    match row.text(2) {
        "*" => held,
        _ => held.complete_length(row.number(2)),
    }
}

#[test]
fn a_206_goes_on_or_is_of_no_use_as_the_file_says() {
    for row in rows("continuations.tsv") {
        let verdict = match held(&row).continued_by(row.fields(4)) {
            PartialResponse::Append { skip, new } => format!("append {skip},{new}"),
            PartialResponse::NotAdjacent => "elsewhere".to_owned(),
            PartialResponse::DifferentVersion => "another version".to_owned(),
            PartialResponse::DifferentLength => "another length".to_owned(),
            PartialResponse::DifferentCoding => "another coding".to_owned(),
            PartialResponse::WrongContentLength => "another content-length".to_owned(),
            PartialResponse::Multipart => "multipart".to_owned(),
            PartialResponse::NoContentRange => "no content-range".to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(verdict, row.text(3), "{row}");
    }
}
