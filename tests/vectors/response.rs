//! From a decision to the response, against the rows of `responses.tsv`; the texts between several
//! ranges.

use http_preconditions::dav::Preconditions;
use http_preconditions::response::{Content, FieldChange, Piece};
use http_preconditions::{
    EntityTag, ErrorKind, Evaluation, HttpDate, Options, OriginClock, Representation,
    ValidatorsToSend, evaluate,
};
use support::vectors::rows;

const BOUNDARY: &str = "7MA4YW";

fn state(name: &str) -> Representation<'static> {
    let date = HttpDate::parse(b"Sat, 29 Oct 1994 19:43:31 GMT").unwrap();
    let (tag, weak) = (
        EntityTag::from_static("\"v1\""),
        EntityTag::from_static("W/\"v1\""),
    );
    let state = match name {
        "S1" => Representation::with_strong_date(Some(tag), Some(date)),
        "weak" => Representation::new().etag(weak),
        "dated" => Representation::new().last_modified(date),
        _ => panic!("no state {name}"),
    };
    state.complete_length(1000)
}

/// Makes the changes to fields whose values are all `200`.
fn changed<'a>(
    fields: &mut Vec<(&'a str, String)>,
    changes: impl Iterator<Item = FieldChange<'a>>,
) {
    for change in changes {
        fields.retain(|(name, _)| *name != change.name());
        if let FieldChange::Set(name, value) = change {
            fields.push((name, value.to_string()));
        }
    }
}

fn shown(content: Content<'_>) -> String {
    match content {
        Content::Nothing => "nothing".to_owned(),
        Content::Unchanged => "unchanged".to_owned(),
        Content::Part(range) => format!("part {}-{}", range.first(), range.last()),
        Content::Parts(ranges) => ranges.fold("parts".to_owned(), |text, range| {
            format!("{text} {}-{}", range.first(), range.last())
        }),
    }
}

#[test]
fn decisions_become_responses() {
    let rows = rows("responses.tsv");
    let all: Vec<&str> = rows[0].text(5).split(' ').collect();
    for row in &rows {
        let current = state(row.text(1));
        let has = |option: &str| row.text(2).split(' ').any(|word| word == option);
        let status = row
            .text(2)
            .split(' ')
            .next()
            .and_then(|word| word.parse().ok());
        let mut options = Options::new().unconditional_status(status.unwrap_or(200));
        if has("require") {
            options = options.require_if_match();
        }
        let request = row.fields(7);
        let range = request.iter().find(|(name, _)| *name == "Range");
        let evaluation = Evaluation::with_options(row.text(0), Some(&current), options);
        let evaluation = evaluation.fields(request.iter().copied());
        let decision = if has("locked") {
            evaluation.decide_dav(&Preconditions::new().check_locks(None, [["urn:x:t"]]))
        } else {
            evaluation.decide()
        };
        let mut plan = decision.plan();
        if let (Some((_, value)), false) = (range, has("no-value")) {
            plan = plan.range(*value);
        }
        if has("other-value") {
            plan = plan.range("bytes=5000-");
        }
        if has("repeat") {
            plan = plan.repeating_metadata();
        }
        if has("validators") {
            plan = plan.validators(ValidatorsToSend::for_response(
                &current,
                OriginClock::OfAnotherSystem,
            ));
        }
        let mut fields: Vec<_> = all.iter().map(|name| (*name, "200".to_owned())).collect();
        changed(&mut fields, plan.changes());
        if let Some(parts) = plan.multipart(Some("text/plain"), BOUNDARY).unwrap() {
            changed(&mut fields, parts.changes());
        }
        let (kept, set): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| value == "200");
        let kept: Vec<_> = kept.iter().map(|(name, _)| *name).collect();
        let set: Vec<_> = set
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();

        assert_eq!(plan.status(), row.number::<u16>(3), "{row}");
        assert_eq!(shown(plan.content()), row.text(4), "{row}");
        assert_eq!(kept.join(" "), row.text(5), "{row}");
        assert_eq!(set.join(", "), row.text(6), "{row}");
        let goes_on = !["304", "412", "416", "423", "428", "403"].contains(&row.text(3));
        assert_eq!(plan.go_on().is_ok(), goes_on, "{row}");
    }
    assert!(rows.len() >= 25);
}

/// RFC 2046 §5.1.1, without what a parameter has to quote.
#[test]
fn boundaries() {
    let range = "bytes=0-0,2-2";
    let current = Representation::new().complete_length(10);
    let plan = evaluate("GET", [("Range", range)], Some(&current))
        .plan()
        .range(range);
    let seventy = "x".repeat(70);
    for boundary in ["a", "----part", "a'b+c_d.e-Z9", &seventy] {
        let parts = plan
            .multipart(None, boundary)
            .unwrap()
            .expect("several ranges");
        let text: String = parts
            .pieces()
            .map(|piece| match piece {
                Piece::Text(text) => {
                    assert_eq!(text.to_string().len(), text.len());
                    text.to_string()
                }
                Piece::Range(range) => "?".repeat(usize::try_from(range.length()).unwrap()),
            })
            .collect();
        assert_eq!(
            text,
            format!(
                "--{boundary}\r\nContent-Range: bytes 0-0/10\r\n\r\n?\
                 \r\n--{boundary}\r\nContent-Range: bytes 2-2/10\r\n\r\n?\
                 \r\n--{boundary}--\r\n"
            )
        );
        assert_eq!(parts.content_length(), Some(text.len() as u64));
    }
    let long = "x".repeat(71);
    for (boundary, offset) in [
        ("", 0),
        ("a b", 1),
        ("50%", 2),
        ("a*b", 1),
        ("a|b", 1),
        ("a\"", 1),
        ("\u{e9}", 0),
        (long.as_str(), 70),
    ] {
        let error = plan.multipart(None, boundary).unwrap_err();
        let expected = format!("expected {} at byte {offset}", ErrorKind::Boundary);
        assert_eq!(error.to_string(), expected, "{boundary}");
    }
    let injected = plan.multipart(Some("text/plain\r\nX: y"), "b").unwrap_err();
    assert_eq!(
        (injected.kind(), injected.offset()),
        (ErrorKind::FieldVchar, 10)
    );
    // No boundary is looked at where there are no parts.
    let whole = evaluate("GET", [("Host", "a")], Some(&current)).plan();
    assert!(whole.multipart(None, "").is_ok_and(|parts| parts.is_none()));
}

/// The length is known before the first octet, however long the representation is.
#[test]
fn long_parts_have_a_length() {
    let range = "bytes=0-9223372036854775806,9223372036854775807-18446744073709551613";
    let current = Representation::new().complete_length(u64::MAX);
    let plan = evaluate("GET", [("Range", range)], Some(&current))
        .plan()
        .range(range);
    let parts = plan.multipart(None, "b").unwrap().expect("two ranges");
    assert_eq!(
        parts.content_length(),
        None,
        "it is 2^64 or more, with the heads"
    );
    assert_eq!(parts.pieces().count(), 5);
    assert_eq!(
        format!("{parts:?}"),
        "Multipart(multipart/byteranges; boundary=b)"
    );
    let changes: Vec<_> = plan.changes().chain(parts.changes()).collect();
    assert_eq!(
        format!("{:?} {:?}", changes[0], changes.last().unwrap()),
        "Remove(content-length) Set(content-type: multipart/byteranges; boundary=b)"
    );
    let shown = format!("{:?}", parts.pieces().last().unwrap());
    assert_eq!(shown, r"Text(MultipartText(\r\n--b--\r\n))");
}
