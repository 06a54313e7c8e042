//! Why a condition is true or false: which value met which.

use std::cmp::Ordering;

use http_preconditions::{Condition, EntityTag, Field, HttpDate, IfMatch, IfRange};

use crate::case::Case;
use crate::show;

/// What makes the condition in `field` true or false, as it stands after a colon.
pub(crate) fn holds_or_fails(case: &Case<'_>, field: Field) -> String {
    let holds = case.decision.condition(field) == Condition::True;
    match field {
        Field::IfMatch => if_match(case, holds),
        Field::IfNoneMatch => if_none_match(case, holds),
        Field::IfUnmodifiedSince | Field::IfModifiedSince => date(case, field),
        _ => if_range(case),
    }
}

fn if_match(case: &Case<'_>, holds: bool) -> String {
    if is_any(case, Field::IfMatch) {
        return if holds {
            "`*` asks for a current representation, and there is one".to_owned()
        } else {
            "`*` asks for a current representation, and there is none".to_owned()
        };
    }
    let Some(current) = case.state.etag() else {
        return no_tag_to_meet(case, Field::IfMatch);
    };
    let shown = show::tag(current);
    if holds {
        return format!("it lists {shown}, which is the tag of the representation");
    }
    match listed(case, Field::IfMatch).find(|tag| tag.weak_eq(current)) {
        Some(tag) => format!(
            "it lists {}, the tag of the representation is {shown}, and a weak tag equals none by \
             strong comparison",
            show::tag(tag)
        ),
        None => unmatched(case, Field::IfMatch, &shown),
    }
}

fn if_none_match(case: &Case<'_>, holds: bool) -> String {
    if is_any(case, Field::IfNoneMatch) {
        return if holds {
            "`*` asks that there be no current representation, and there is none".to_owned()
        } else {
            "`*` asks that there be no current representation, and there is one".to_owned()
        };
    }
    if !holds && !case.has_matching_tag() {
        return "a part of it cannot be read, and is taken to match".to_owned();
    }
    let Some(current) = case.state.etag() else {
        return no_tag_to_meet(case, Field::IfNoneMatch);
    };
    let shown = show::tag(current);
    if holds {
        return unmatched(case, Field::IfNoneMatch, &shown);
    }
    match listed(case, Field::IfNoneMatch).find(|tag| tag.weak_eq(current)) {
        Some(tag) if tag == current => {
            format!("it lists {shown}, which is the tag of the representation")
        }
        Some(tag) => format!(
            "it lists {}, the tag of the representation is {shown}, and the two are equal by weak \
             comparison",
            show::tag(tag)
        ),
        // The line with it is malformed elsewhere, and cannot be walked through.
        None => format!("it lists {shown}, which is the tag of the representation, strong or weak"),
    }
}

/// A list, where nothing is that one of its tags could equal.
fn no_tag_to_meet(case: &Case<'_>, field: Field) -> String {
    let current = if case.state.validators.is_some() {
        "the representation has no tag"
    } else {
        "there is no current representation"
    };
    if case.is_malformed(field) {
        return format!("{current}, whatever the field lists");
    }
    match show::tags(listed(case, field)) {
        tags if tags.is_empty() => format!("it lists nothing, and {current}"),
        tags => format!("it lists {tags}, and {current}"),
    }
}

/// A list, none of whose tags is the current one.
fn unmatched(case: &Case<'_>, field: Field, current: &str) -> String {
    if case.is_malformed(field) {
        return format!("no tag in it that can be read is that of the representation, {current}");
    }
    match show::tags(listed(case, field)) {
        tags if tags.is_empty() => "it lists nothing".to_owned(),
        tags => format!("it lists {tags}, and the tag of the representation is {current}"),
    }
}

/// If-Unmodified-Since and If-Modified-Since, where both dates are there.
fn date(case: &Case<'_>, field: Field) -> String {
    let value = case.lines(field).next().unwrap_or_default();
    let (Ok(date), Some(last_modified)) = (
        HttpDate::parse_at(value, case.state.now),
        case.state.last_modified(),
    ) else {
        return "there are no two dates to compare".to_owned();
    };
    let read = read_as(value, date);
    match last_modified.cmp(&date) {
        Ordering::Less => format!("{read}, and Last-Modified is earlier: {last_modified}"),
        Ordering::Equal => format!("{read}, and so is Last-Modified"),
        Ordering::Greater => format!("{read}, and Last-Modified is later: {last_modified}"),
    }
}

/// The date, and how it is written where that is not how it is shown.
fn read_as(value: &[u8], date: HttpDate) -> String {
    if value == date.to_imf_fixdate() {
        format!("its date is {date}")
    } else {
        let written = show::beginning(value);
        format!("its date is {date}, written {written}")
    }
}

fn if_range(case: &Case<'_>) -> String {
    let value = case.lines(Field::IfRange).next().unwrap_or_default();
    if case.is_malformed(Field::IfRange) {
        return "it cannot be read as one entity-tag or one HTTP-date".to_owned();
    }
    match IfRange::parse_at(value, case.state.now) {
        Ok(IfRange::EntityTag(tag)) => if_range_tag(case, tag),
        Ok(IfRange::HttpDate(date)) => if_range_date(case, value, date),
        // Reported as malformed above.
        Err(error) => error.to_string(),
    }
}

fn if_range_tag(case: &Case<'_>, tag: EntityTag<'_>) -> String {
    let shown = show::tag(tag);
    match case.state.etag() {
        None => format!("it holds {shown}, and the representation has no tag"),
        Some(current) if tag.strong_eq(current) => {
            format!("it holds {shown}, which is the tag of the representation")
        }
        Some(current) if tag.weak_eq(current) => format!(
            "it holds {shown}, the tag of the representation is {}, and a weak tag equals none by \
             strong comparison",
            show::tag(current)
        ),
        Some(current) => format!(
            "it holds {shown}, and the tag of the representation is {}",
            show::tag(current)
        ),
    }
}

fn if_range_date(case: &Case<'_>, value: &[u8], date: HttpDate) -> String {
    let is_strong = case
        .state
        .validators
        .is_some_and(|current| current.strong_date);
    let read = read_as(value, date);
    match case.state.last_modified() {
        None => format!("{read}, and the representation has no Last-Modified"),
        Some(last_modified) if last_modified != date => {
            format!("{read}, and Last-Modified is another: {last_modified}")
        }
        Some(_) if is_strong => format!("{read}, and so is Last-Modified, which is strong"),
        Some(_) => format!(
            "{read}, and so is Last-Modified, but that is not known to be strong (§8.8.2.2)"
        ),
    }
}

/// The tags of all lines that can be read as a whole.
fn listed<'a>(case: &Case<'a>, field: Field) -> impl Iterator<Item = EntityTag<'a>> {
    // If-None-Match is read as If-Match is: the two have one grammar.
    case.lines(field)
        .filter_map(|value| IfMatch::parse(value).ok())
        .flat_map(|list| list.tags())
}

/// Reports whether the field is `*`, which it is only in a single line.
fn is_any(case: &Case<'_>, field: Field) -> bool {
    let mut lines = case.lines(field).map(IfMatch::parse);
    matches!((lines.next(), lines.next()), (Some(Ok(list)), None) if list.is_any())
}
