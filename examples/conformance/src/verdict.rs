//! Compares a response with what is required.

use http_preconditions::{EntityTag, HttpDate};

use crate::case::{Case, Check, Level, Role};
use crate::content;
use crate::expected::Expected;
use crate::resource::Resource;
use crate::wire::{Response, text};

/// What is said of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The response is one that the RFC allows.
    Right,
    /// It is not, by a rule of this level.
    Wrong(Level, String),
    /// The case says nothing of this resource, for this reason.
    Skipped(String),
}

/// Judges the response to a case.
#[must_use]
pub fn judge(
    case: &Case,
    role: Role,
    expected: &Expected,
    resource: &Resource,
    sent_range: Option<&[u8]>,
    response: &Response,
) -> Verdict {
    let status = response.status;
    let is_right = expected.statuses.contains(&status) || case.also.contains(&status);
    if !is_right && case.check != Check::Status {
        let required = expected.required();
        return Verdict::Skipped(format!("the status is {status}, not {required}"));
    }
    // Wrong octets are worse than a wrong status.
    if case.method == "GET"
        && let Some((level, fault)) = content::fault(response, resource, expected, sent_range)
        && (is_right || level == Level::Must)
    {
        return Verdict::Wrong(level, fault);
    }
    if !is_right {
        return wrong_status(case, role, expected, status);
    }
    match check(case.check, resource, response, status) {
        Ok(()) => Verdict::Right,
        Err((level, fault)) => Verdict::Wrong(level.unwrap_or(case.level), fault),
    }
}

/// The level at which a status fails. A refusal where 412 is required does not perform the method,
/// which is what MUST NOT be done; that it be a 412 is a MAY in §13.1.1.
fn wrong_status(case: &Case, role: Role, expected: &Expected, status: u16) -> Verdict {
    let is_safe_refusal = expected.statuses == [412] && (400..500).contains(&status);
    let is_not_evaluated =
        role == Role::Cache && expected.statuses == [304] && matches!(status, 200 | 206);
    let level = if case.never.contains(&status) {
        Level::Must
    } else if is_safe_refusal {
        Level::Taste
    } else if is_not_evaluated {
        case.level.max(Level::Should)
    } else {
        case.level
    };
    Verdict::Wrong(level, format!("status {status}"))
}

type Fault = (Option<Level>, String);

fn check(check: Check, resource: &Resource, response: &Response, status: u16) -> Result<(), Fault> {
    let fail = |fault: String| Err((None, fault));
    match check {
        Check::Status | Check::AfterNotModified => Ok(()),
        Check::Keeps { field, exact } => keeps(field, exact, resource, response),
        Check::KeepsAll(fields) => fields
            .iter()
            .filter(|field| resource.full.value(field).is_some())
            .try_for_each(|field| keeps(field, true, resource, response)),
        Check::Lacks(fields) => {
            let found = fields.iter().find(|field| response.value(field).is_some());
            found.map_or(Ok(()), |field| fail(format!("{status} with {field}")))
        }
        Check::Length => match response.value("Content-Length") {
            Some(value) if !is_number(value, resource.full.content.len()) => {
                let length = resource.full.content.len();
                let value = text(value);
                fail(format!(
                    "Content-Length is {value}; the 200 has {length} octets"
                ))
            }
            _ => Ok(()),
        },
        Check::NoContent if response.surplus.is_empty() => Ok(()),
        Check::NoContent => {
            let length = response.surplus.len();
            fail(format!("{length} octets follow the head"))
        }
        Check::Unsatisfied => unsatisfied(resource, response),
        Check::ValidTag => match single(response, "ETag") {
            Ok(value) if EntityTag::parse(value).is_ok() => Ok(()),
            Ok(value) => fail(format!("ETag: {}", text(value))),
            Err(lines) => fail(format!("{lines} lines of ETag")),
        },
        Check::ValidDate => match single(response, "Last-Modified") {
            Ok(value) if is_imf_fixdate(value) => Ok(()),
            Ok(value) => fail(format!("Last-Modified: {}", text(value))),
            Err(lines) => fail(format!("{lines} lines of Last-Modified")),
        },
        Check::DateOrder => match (resource.last_modified, resource.date) {
            (Some(last_modified), Some(date)) if last_modified > date => fail(format!(
                "Last-Modified {last_modified} is later than Date {date}"
            )),
            _ => Ok(()),
        },
        Check::OtherTag => other_tag(resource, response),
        Check::Varies => {
            let vary = response.combined("Vary").unwrap_or_default();
            let vary = text(&vary).to_lowercase();
            if vary.contains("accept-encoding") || vary.trim() == "*" {
                Ok(())
            } else {
                fail(format!("Vary is {vary:?}"))
            }
        }
    }
}

fn keeps(field: &str, exact: bool, resource: &Resource, response: &Response) -> Result<(), Fault> {
    let (full, kept) = (resource.full.combined(field), response.combined(field));
    let status = response.status;
    match (full, kept) {
        (Some(_), None) => Err((None, format!("{status} without {field}"))),
        (Some(full), Some(kept)) if exact && full != kept => {
            let (full, kept) = (text(&full), text(&kept));
            Err((
                None,
                format!("{field} is {kept}; that of the 200 is {full}"),
            ))
        }
        _ => Ok(()),
    }
}

/// §15.5.17: SHOULD have it; §14.4: the length in it is that of the representation.
fn unsatisfied(resource: &Resource, response: &Response) -> Result<(), Fault> {
    if response.status != 416 {
        return Ok(());
    }
    let length = resource.full.content.len();
    match response.value("Content-Range") {
        None => Err((None, "416 without Content-Range".to_owned())),
        Some(value) if value == format!("bytes */{length}").as_bytes() => Ok(()),
        Some(value) => {
            let value = text(value);
            let fault = format!("Content-Range is {value}; required: bytes */{length}");
            Err((Some(Level::Must), fault))
        }
    }
}

fn other_tag(resource: &Resource, response: &Response) -> Result<(), Fault> {
    let plain = resource.etag().filter(|tag| !tag.is_weak());
    let coded = response.value("ETag");
    let coded = coded.and_then(|value| EntityTag::parse(value).ok());
    match (plain, coded) {
        (Some(plain), Some(coded)) if plain.strong_eq(coded) => {
            let fault = format!("both forms have the strong tag {coded}");
            Err((None, fault))
        }
        _ => Ok(()),
    }
}

/// The value of a field that has one line, or the number of its lines.
fn single<'r>(response: &'r Response, name: &'r str) -> Result<&'r [u8], usize> {
    let values: Vec<&[u8]> = response.values(name).collect();
    <[&[u8]; 1]>::try_from(values)
        .map(|[value]| value)
        .map_err(|values| values.len())
}

fn is_imf_fixdate(value: &[u8]) -> bool {
    let date = HttpDate::parse(value);
    date.is_ok_and(|date| date.to_imf_fixdate() == value)
}

fn is_number(value: &[u8], number: usize) -> bool {
    value == number.to_string().as_bytes()
}
