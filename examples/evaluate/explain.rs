//! The report on one request: the status line, the reasons, and what the server does next.

use http::StatusCode;
use http_preconditions::range::{Range, SeveralRanges};
use http_preconditions::{Condition, Field, IgnoreReason, Malformed, Method, Outcome};

use crate::request::{Request, State, caret};
use crate::values::{Case, why};

/// Returns the whole report, which ends with a line end.
pub(crate) fn report(request: &Request, state: &State<'_>) -> String {
    let case = &Case::new(request, state);
    let status = case.decision.status();
    let reason = StatusCode::from_u16(status).ok();
    let reason = reason.and_then(|code| code.canonical_reason());
    // The space before an empty reason stays (RFC 9112 §4).
    let status_line = format!("HTTP/1.1 {status} {}", reason.unwrap_or_default());

    let others = Field::ALL.iter().filter_map(|field| other(case, *field));
    let others = others.collect::<Vec<_>>().join("\n");
    let mut paragraphs = vec![status_line, verdict(case), others];
    let malformed = case.decision.malformed();
    paragraphs.extend(malformed.map(|malformed| excerpt(case, malformed)));
    paragraphs.push(next(case));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n") + "\n"
}

/// Says which field decided and what that leads to, or that no field did.
fn verdict(case: &Case<'_>) -> String {
    let (method, decision) = (&case.method, &case.decision);
    let Some(field) = decision.decided_by() else {
        let conditions = Field::ALL.iter().map(|field| decision.condition(*field));
        let conditions: Vec<_> = conditions.collect();
        return if decision.outcome() == Outcome::PreconditionRequired {
            format!("The {method} needs If-Match, and the request has none (RFC 6585 §3).")
        } else if conditions.contains(&Condition::True) {
            "No condition is false (RFC 9110 §13.2.2 step 6).".to_owned()
        } else if conditions
            .iter()
            .all(|condition| *condition == Condition::Absent)
        {
            "The request has no condition (RFC 9110 §13.2.2 step 6).".to_owned()
        } else {
            "The request has no condition that counts (RFC 9110 §13.2.2 step 6).".to_owned()
        };
    };
    let (step, section) = place(field);
    let (why, status) = (why(case, field), decision.status());
    let consequence = match decision.outcome() {
        Outcome::Perform => format!("Range is then ignored (§13.2.2 step {step})."),
        Outcome::AlreadyApplied => format!(
            "The {method} would be answered 412, but what it asks for is in place already, which \
             is a success (§{section})."
        ),
        _ => format!("A {method} is then answered {status} (§13.2.2 step {step})."),
    };
    format!("{field} is false: {why} (RFC 9110 §{section}).\n{consequence}")
}

/// Returns the step of §13.2.2 that evaluates the field, and the section that defines it.
fn place(field: Field) -> (u8, &'static str) {
    match field {
        Field::IfMatch => (1, "13.1.1"),
        Field::IfUnmodifiedSince => (2, "13.1.4"),
        Field::IfNoneMatch => (3, "13.1.2"),
        Field::IfModifiedSince => (4, "13.1.3"),
        Field::IfRange => (5, "13.1.5"),
        _ => (6, "14.2"),
    }
}

/// Says what became of a field that has not decided; nothing where it is absent.
fn other(case: &Case<'_>, field: Field) -> Option<String> {
    let decision = &case.decision;
    case.request.lines(field).next()?;
    let (step, section) = place(field);
    let decider = decision.decided_by().map_or(7, |decider| place(decider).0);
    let is_demanded = decision.outcome() == Outcome::PreconditionRequired;
    Some(match decision.condition(field) {
        // The verdict has told of the field, and of Range with If-Range.
        _ if step == decider || (decider, step) == (5, 6) => return None,
        _ if step >= 5 && (step > decider || is_demanded) => format!("{field} is not reached."),
        _ if field == Field::Range && decision.honours_range() => honoured_range(case),
        _ if field == Field::Range => {
            format!("Range is ignored, because {} (§14.2).", ignored_range(case))
        }
        Condition::Ignored(reason) => {
            let reason = ignored(case, field, reason);
            format!("{field} is ignored, because {reason}.")
        }
        _ if step > decider => format!("{field} is not reached."),
        condition => {
            let (is_true, why) = (condition == Condition::True, why(case, field));
            format!("{field} is {is_true}: {why} (§{section}).")
        }
    })
}

/// Returns why a condition is ignored, as it stands after "because", with the section.
fn ignored(case: &Case<'_>, field: Field, reason: IgnoreReason) -> String {
    let method = &case.method;
    let lines = case.request.lines(field).count();
    let reason = match reason {
        IgnoreReason::Method if Method::from(method.as_str()) == Method::Unconditional => {
            return format!("{method} selects no representation (§13.2.1)");
        }
        IgnoreReason::UnconditionalStatus => {
            let status = case.decision.status();
            return format!("the answer without conditions is {status} (§13.2.1)");
        }
        IgnoreReason::Method => format!("{method} is neither GET nor HEAD"),
        IgnoreReason::OverruledBy(other) => format!("{other} is present"),
        IgnoreReason::NotADate if lines > 1 => {
            format!("it comes in {lines} lines and can have only one")
        }
        IgnoreReason::NotADate => "it is no HTTP-date".to_owned(),
        IgnoreReason::NoModificationDate if case.state.validators.is_none() => {
            "there is no representation that could have a date".to_owned()
        }
        IgnoreReason::NoModificationDate => {
            "the representation has no Last-Modified to compare with".to_owned()
        }
        _ => match case.request.lines(Field::Range).next() {
            Some(_) => "Range is".to_owned(),
            None => "there is no Range".to_owned(),
        },
    };
    format!("{reason} (§{})", place(field).1)
}

fn ignored_range(case: &Case<'_>) -> String {
    let method = &case.method;
    let status = case.decision.status();
    let lines = case.request.lines(Field::Range).count();
    let length = case.state.length().unwrap_or_default();
    match Range::parse(case.request.value(Field::Range)) {
        _ if !matches!(method.as_str(), "GET" | "QUERY") => {
            format!("no ranges are defined for {method}")
        }
        _ if case.state.validators.is_none() => {
            "there is no representation to take a range of".to_owned()
        }
        _ if status != 200 => format!("the answer without it is {status}"),
        _ if lines > 1 => format!("it comes in {lines} lines and can have only one"),
        Err(error) if case.is_malformed(Field::Range) => format!("it is malformed: {error}"),
        Ok(range) if range.is_bytes() => {
            if length == 0 {
                "there is no octet to send".to_owned()
            } else if case.state.several_ranges == SeveralRanges::Ignore {
                "it asks for several ranges, and this server serves only one".to_owned()
            } else {
                format!("its ranges are too many, or together more than the {length} octets")
            }
        }
        _ => "it does not begin with `bytes=`".to_owned(),
    }
}

fn honoured_range(case: &Case<'_>) -> String {
    let Some(length) = case.state.length() else {
        return "Range is honoured (§14.2).".to_owned();
    };
    let value = case.request.value(Field::Range);
    let ranges = case.decision.ranges(value);
    let shown = ranges.map(|range| format!("{}-{}", range.first(), range.last()));
    let shown = shown.collect::<Vec<_>>().join(", ");
    let is_satisfiable = Range::parse(value)
        .is_ok_and(|range| range.specs().any(|spec| spec.resolve(length).is_some()));
    if !shown.is_empty() {
        format!("Range is honoured: {shown} of {length} octets (§14.2).")
    } else if case.is_malformed(Field::Range) {
        "Range is malformed, which this server rejects (§14.2).".to_owned()
    } else if is_satisfiable {
        "Range asks for several ranges, which this server rejects (§14.2).".to_owned()
    } else {
        format!("Range is honoured, but asks for none of the {length} octets (§14.1.2).")
    }
}

/// Shows what is malformed, with a caret under the octet, and says what is made of it.
fn excerpt(case: &Case<'_>, malformed: Malformed) -> String {
    let field = malformed.field();
    let index = usize::from(malformed.line()).saturating_sub(1);
    let value = case.request.lines(field).nth(index).unwrap_or_default();
    let (value, caret) = caret(value, malformed.error().offset());
    let may_overwrite = case.state.validators.is_some() && !case.revalidates();
    let effect = match (field, case.decision.condition(field)) {
        (Field::Range, _) => "The RFC lets a server ignore or reject such a field (§14.2).",
        (_, Condition::Ignored(_)) => "The RFC says to ignore such a field.",
        (Field::IfRange, _) => "The RFC is silent; here such a field is false.",
        (Field::IfNoneMatch, _) if may_overwrite => {
            "The RFC is silent; here what cannot be read in a guard is taken to match."
        }
        _ => "The RFC is silent; here what cannot be read is taken not to match.",
    };
    format!("Malformed: {malformed}\n    {value}\n    {caret}\n{effect}")
}

/// Says what the server does next, and what a careful server thinks of before it does so.
fn next(case: &Case<'_>) -> String {
    let (method, decision) = (&case.method, &case.decision);
    let status = decision.status();
    let outcome = decision.outcome();
    let what = match outcome {
        Outcome::Perform if decision.honours_range() => next_range(case),
        Outcome::Perform => {
            let range = case.request.lines(Field::Range).next();
            let absent = range.map_or("no conditions", |_| "neither conditions nor Range");
            format!("perform the {method}, and answer as if there were {absent}")
        }
        Outcome::Unconditional => format!("answer {status}, as if there were no conditions"),
        Outcome::NotModified => {
            let usual = "Cache-Control Content-Location Date ETag Expires Last-Modified Vary";
            let kept = |name: &&str| decision.not_modified_keeps(name);
            let kept = usual.split(' ').filter(kept).collect::<Vec<_>>().join(", ");
            format!("answer without content. Of the usual fields of a 200 keep {kept} (§15.4.5)")
        }
        Outcome::PreconditionFailed => format!("do not perform the {method}"),
        Outcome::PreconditionRequired => {
            format!("do not perform the {method}. Say in the answer which field to send")
        }
        Outcome::AlreadyApplied => {
            format!("do not perform the {method} again, but answer as if it had been performed")
        }
        other => format!("see the documentation of {other:?}, which this program is older than"),
    };
    // §14.2 leaves a malformed Range to the server.
    let mut malformed = decision.malformed().map(|malformed| malformed.field());
    let warning = match malformed.find(|field| *field != Field::Range) {
        Some(_) if outcome == Outcome::Perform && case.is_malformed(Field::IfUnmodifiedSince) => {
            format!(
                "\nThe client meant to guard the {method}; a careful server answers 400 instead."
            )
        }
        Some(_) => "\nA strict server answers 400 instead.".to_owned(),
        None => String::new(),
    };
    format!("Next: {what}.{warning}")
}

/// Says what is sent for a Range that is honoured.
fn next_range(case: &Case<'_>) -> String {
    let (method, decision) = (&case.method, &case.decision);
    match (decision.content_range(), decision.range()) {
        _ if case.state.length().is_none() => format!(
            "perform the {method}. In place of the {} send the range in a 206, or a 416 if there is \
             no such range",
            decision.status()
        ),
        (Some(field), Some(range)) => format!(
            "perform the {method}, and send octets {} to {} with `Content-Range: {field}` \
             (§15.3.7.1)",
            range.first(),
            range.last()
        ),
        (Some(field), None) => {
            format!("send no octet of it, but `Content-Range: {field}` (§15.5.17)")
        }
        (None, _) => format!(
            "perform the {method}, and send {} parts as multipart/byteranges, each with its \
             Content-Range (§15.3.7.2)",
            decision.ranges(case.request.value(Field::Range)).len()
        ),
    }
}
