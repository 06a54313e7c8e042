//! A request beside the state that it met: why each condition is true or false.

use std::cmp::Ordering;

use http_preconditions::{Condition, Decision, EntityTag, Field, HttpDate, IfMatch};

use crate::request::{Request, State, beginning, octets};

/// A request, the state that it met, and what came of it.
pub(crate) struct Case<'a> {
    pub(crate) method: String,
    pub(crate) request: &'a Request,
    pub(crate) state: &'a State<'a>,
    pub(crate) decision: Decision,
}

impl<'a> Case<'a> {
    pub(crate) fn new(request: &'a Request, state: &'a State<'a>) -> Self {
        Self {
            method: octets(&request.method),
            request,
            state,
            decision: state.decide(request),
        }
    }

    pub(crate) fn is_malformed(&self, field: Field) -> bool {
        let mut malformed = self.decision.malformed();
        malformed.any(|malformed| malformed.field() == field)
    }

    /// Returns true if the method asks for a representation that the client may hold already.
    pub(crate) fn revalidates(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "QUERY")
    }
}

/// Returns why the condition in `field` is true or false, as it stands after a colon.
pub(crate) fn why(case: &Case<'_>, field: Field) -> String {
    let value = case.request.value(field);
    match HttpDate::parse_at(value, case.state.now) {
        _ if matches!(field, Field::IfMatch | Field::IfNoneMatch) => tags(case, field),
        _ if case.is_malformed(field) => {
            "it cannot be read as one entity-tag or one HTTP-date".to_owned()
        }
        Ok(date) => dates(case, field, date),
        Err(_) => tags(case, field),
    }
}

/// Says which tags met which.
fn tags(case: &Case<'_>, field: Field) -> String {
    let is_true = case.decision.condition(field) == Condition::True;
    let matches = is_true != (field == Field::IfNoneMatch);
    let verb = if field == Field::IfRange {
        "holds"
    } else {
        "lists"
    };
    // The fields have one grammar, if If-Range holds a tag.
    let lists: Vec<_> = case.request.lines(field).map(IfMatch::parse).collect();
    let tags = || lists.iter().flatten().flat_map(IfMatch::tags);
    let current = case.state.validators.and_then(|current| current.etag);
    let shown = |tag: EntityTag<'_>| {
        let weak = if tag.is_weak() { "W/" } else { "" };
        format!("{weak}\"{}\"", beginning(tag.opaque()))
    };
    let listed: Vec<_> = case.request.lines(field).collect();
    let there = match (case.state.validators, current) {
        (None, _) => "there is no current representation".to_owned(),
        (_, None) => "the representation has no tag".to_owned(),
        (_, Some(tag)) => format!("the tag of the representation is {}", shown(tag)),
    };
    let equal = current.and_then(|current| {
        let identical = tags().find(|tag| *tag == current);
        identical.or_else(|| tags().find(|tag| tag.weak_eq(current)))
    });
    match (lists.as_slice(), equal) {
        ([Ok(list)], _) if list.is_any() => {
            let asks = if matches == is_true {
                "for a"
            } else {
                "that there be no"
            };
            let found = if matches { "one" } else { "none" };
            format!("`*` asks {asks} current representation, and there is {found}")
        }
        (_, Some(tag)) if matches && Some(tag) == current => {
            format!(
                "it {verb} {}, which is the tag of the representation",
                shown(tag)
            )
        }
        (_, Some(tag)) => {
            let end = if matches {
                "the two are equal by weak comparison"
            } else {
                "a weak tag equals none by strong comparison"
            };
            format!("it {verb} {}, {there}, and {end}", shown(tag))
        }
        // The line with the tag is malformed elsewhere, and cannot be walked through.
        _ if matches && (field == Field::IfMatch || case.revalidates()) => {
            format!("a tag in it that can be read matches: {there}")
        }
        _ if matches => "a part of it cannot be read, and is taken to match".to_owned(),
        _ if case.is_malformed(field) => format!("no tag in it that can be read matches: {there}"),
        _ if tags().next().is_none() => format!("it lists nothing, and {there}"),
        _ => format!(
            "it {verb} {}, and {there}",
            beginning(&listed.join(&b", "[..]))
        ),
    }
}

/// Says how the date compares with Last-Modified.
fn dates(case: &Case<'_>, field: Field, date: HttpDate) -> String {
    let value = case.request.value(field);
    let validators = case.state.validators.unwrap_or_default();
    let written = if value == date.to_imf_fixdate() {
        String::new()
    } else {
        format!(", written {}", beginning(value))
    };
    let order = |there: HttpDate| (there, there.cmp(&date));
    let there = match validators.last_modified.map(order) {
        None => "the representation has no Last-Modified".to_owned(),
        Some((there, Ordering::Less)) => format!("Last-Modified is earlier: {there}"),
        Some((there, Ordering::Greater)) => format!("Last-Modified is later: {there}"),
        Some(_) if field != Field::IfRange => "so is Last-Modified".to_owned(),
        Some(_) if validators.strong_date => "so is Last-Modified, which is strong".to_owned(),
        Some(_) => "so is Last-Modified, but that is not known to be strong (§8.8.2.2)".to_owned(),
    };
    format!("its date is {date}{written}, and {there}")
}
