//! Why a field that is there does not count.

use http_preconditions::{Field, Range};

use crate::case::Case;

/// Why the condition in `field` is ignored where others count, as it stands after "because", with
/// the section.
pub(crate) fn condition(case: &Case<'_>, field: Field) -> String {
    let method = case.method();
    let beside = |other: Field| format!("{other} is present");
    let reason = match field {
        Field::IfUnmodifiedSince if case.has(Field::IfMatch) => beside(Field::IfMatch),
        Field::IfModifiedSince if !case.revalidates() => {
            format!("{method} is neither GET nor HEAD")
        }
        Field::IfModifiedSince if case.has(Field::IfNoneMatch) => beside(Field::IfNoneMatch),
        Field::IfUnmodifiedSince | Field::IfModifiedSince => no_date(case, field),
        Field::IfRange if !case.has(Field::Range) => "there is no Range".to_owned(),
        // Only If-Range is left, and a Range that is itself ignored, for reasons of its own.
        _ => "Range is".to_owned(),
    };
    format!("{reason} (§{})", section(field))
}

/// Why all conditions are ignored, if they are, with the section.
pub(crate) fn whole_request(case: &Case<'_>) -> Option<String> {
    let status = case.unconditional_status();
    if case.selects_nothing() {
        let method = case.method();
        Some(format!(
            "{method} selects no representation (RFC 9110 §13.2.1)"
        ))
    } else if matches!(status, 200..=299 | 412) {
        None
    } else {
        Some(format!(
            "the answer without conditions is {status} (RFC 9110 §13.2.1)"
        ))
    }
}

fn no_date(case: &Case<'_>, field: Field) -> String {
    if case.is_malformed(field) {
        match case.lines(field).count() {
            1 => "it is no HTTP-date".to_owned(),
            lines => format!("it comes in {lines} lines and can have only one"),
        }
    } else if case.state.validators.is_none() {
        "there is no representation that could have a date".to_owned()
    } else {
        "the representation has no Last-Modified to compare with".to_owned()
    }
}

/// Why Range is ignored where conditions count, and not because of If-Range, with the section.
pub(crate) fn range(case: &Case<'_>) -> String {
    let method = case.method();
    let status = case.unconditional_status();
    let reason = if !matches!(method, "GET" | "QUERY") {
        format!("no ranges are defined for {method}")
    } else if case.state.validators.is_none() {
        "there is no representation to take a range of".to_owned()
    } else if !case.has_byte_range() {
        match case.lines(Field::Range).count() {
            1 => "it does not begin with `bytes=`".to_owned(),
            lines => format!("it comes in {lines} lines and can have only one"),
        }
    } else if let (200 | 206, Some(length)) = (status, case.state.length()) {
        ranges(case, length)
    } else {
        format!("the answer without it is {status}")
    };
    format!("{reason} (§14.2)")
}

/// Why the one line of Range that there is, in bytes, is ignored for a representation of this length.
fn ranges(case: &Case<'_>, length: u64) -> String {
    let value = case.lines(Field::Range).next().unwrap_or_default();
    match Range::parse(value) {
        Err(error) => format!("it is malformed: {error}"),
        Ok(_) if length == 0 => "there is no last octet to send".to_owned(),
        Ok(_) => format!("its ranges are too many, or together more than the {length} octets"),
    }
}

/// The section that defines the condition.
pub(crate) fn section(field: Field) -> &'static str {
    match field {
        Field::IfMatch => "13.1.1",
        Field::IfNoneMatch => "13.1.2",
        Field::IfModifiedSince => "13.1.3",
        Field::IfUnmodifiedSince => "13.1.4",
        Field::IfRange => "13.1.5",
        _ => "14.2",
    }
}
