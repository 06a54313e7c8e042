//! What the server does next.

use http_preconditions::{Field, Outcome};

use crate::case::Case;

/// What the server does next, in one line or two.
pub(crate) fn next(case: &Case<'_>) -> Vec<String> {
    let method = case.method();
    let status = case.decision.status();
    let outcome = case.decision.outcome();
    let mut lines = vec![match outcome {
        Outcome::Perform if case.state.length().is_some() && case.decision.honours_range() => {
            range(case)
        }
        Outcome::Perform if case.decision.honours_range() => format!(
            "Next: perform the {method}. In place of the {status} send the range in a 206, or a \
             416 if there is no such range."
        ),
        Outcome::Unconditional => {
            format!("Next: answer {status}, as if there were no conditions.")
        }
        Outcome::Perform if case.has(Field::Range) => {
            format!(
                "Next: perform the {method}, and answer as if there were neither conditions nor \
                 Range."
            )
        }
        Outcome::Perform => {
            format!("Next: perform the {method}, and answer as if there were no conditions.")
        }
        Outcome::NotModified => format!(
            "Next: answer without content. Of the usual fields of a 200 keep {} (§15.4.5).",
            kept_by_304(case)
        ),
        Outcome::PreconditionFailed => format!("Next: do not perform the {method}."),
        Outcome::PreconditionRequired => {
            format!("Next: do not perform the {method}. Say in the answer which field to send.")
        }
        Outcome::AlreadyApplied => {
            format!(
                "Next: do not perform the {method} again, but answer as if it had been performed."
            )
        }
        other => {
            format!("Next: see the documentation of {other:?}, which this program is older than.")
        }
    }];
    lines.extend(warning(case));
    lines
}

/// What is sent for a Range where it is known how many octets there are.
fn range(case: &Case<'_>) -> String {
    let method = case.method();
    let field = case.decision.content_range();
    let value = case.lines(Field::Range).next().unwrap_or_default();
    let ranges: Vec<_> = case.decision.ranges(value).collect();
    match (field, ranges.as_slice()) {
        (Some(field), [range]) => format!(
            "Next: perform the {method}, and send octets {} to {} with `Content-Range: {field}` \
             (§15.3.7.1).",
            range.first(),
            range.last()
        ),
        (Some(field), _) => {
            format!("Next: send no octet of it, but `Content-Range: {field}` (§15.5.17).")
        }
        (None, ranges) => format!(
            "Next: perform the {method}, and send {} parts as multipart/byteranges, each with its \
             Content-Range (§15.3.7.2).",
            ranges.len()
        ),
    }
}

fn kept_by_304(case: &Case<'_>) -> String {
    let usual = [
        "Cache-Control",
        "Content-Location",
        "Date",
        "ETag",
        "Expires",
        "Last-Modified",
        "Vary",
    ];
    let kept = usual
        .into_iter()
        .filter(|name| case.decision.not_modified_keeps(name));
    kept.collect::<Vec<_>>().join(", ")
}

/// What a careful server thinks of before it follows the decision.
fn warning(case: &Case<'_>) -> Option<String> {
    let method = case.method();
    if case.is_malformed(Field::IfUnmodifiedSince) && case.decision.outcome() == Outcome::Perform {
        Some(format!(
            "The client meant to guard the {method}; a careful server answers 400 instead."
        ))
    } else if case.decision.malformed().next().is_some() {
        Some("A strict server answers 400 instead.".to_owned())
    } else {
        None
    }
}
