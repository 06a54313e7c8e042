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
    /// It is not. The level of the case says how bad that is.
    Wrong(String),
    /// The case says nothing of this resource, for this reason.
    Skipped(String),
}

/// The level of a case, the RFC and the section that has its rule. They say what is asked of this role,
/// whatever comes of it.
#[must_use]
pub fn rule(case: &Case, role: Role, expected: &Expected) -> (Level, u16, &'static str) {
    let is_evaluation = case.check == Check::Status && expected.statuses == [304];
    match (role, case.section_for_gateways) {
        // That a cache evaluates conditions at all is a SHOULD.
        (Role::Cache, _) if is_evaluation => (case.level.max(Level::Should), 9111, "4.3.2"),
        (Role::Cache, Some(section)) => (case.level, 9110, section),
        _ => (case.level, 9110, case.section),
    }
}

/// Judges the status and the fields of the response to a case.
#[must_use]
pub fn judge(
    case: &Case,
    expected: &Expected,
    resource: &Resource,
    response: &Response,
) -> Verdict {
    let status = response.status;
    let wrong_status = || Verdict::Wrong(format!("status {status}"));
    // A refusal does not perform the method, which is what MUST NOT be done; that it be a 412 is a MAY
    // in §13.1.1.
    let is_refusal = expected.statuses == [412] && (400..500).contains(&status);
    let is_right = expected.statuses.contains(&status) || case.also.contains(&status);
    match case.check {
        Check::Refusal if status == 412 => return Verdict::Right,
        Check::Refusal if is_refusal => return wrong_status(),
        Check::Status if is_refusal => return Verdict::Right,
        Check::Status if !is_right => return wrong_status(),
        _ if !is_right => {
            let required = expected.required();
            return Verdict::Skipped(format!("the status is {status}, not {required}"));
        }
        _ => {}
    }
    if let Some(what) = content::other_range(response, expected) {
        return Verdict::Wrong(what);
    }
    match check(case.check, resource, response, status) {
        Ok(()) => Verdict::Right,
        Err(what) => Verdict::Wrong(what),
    }
}

fn check(
    check: Check,
    resource: &Resource,
    response: &Response,
    status: u16,
) -> Result<(), String> {
    match check {
        Check::Status | Check::Refusal | Check::AfterNotModified => Ok(()),
        Check::Keeps { field, exact } => keeps(field, exact, resource, response),
        Check::KeepsAll(fields) => fields
            .iter()
            .filter(|field| resource.full.value(field).is_some())
            .try_for_each(|field| keeps(field, true, resource, response)),
        Check::Lacks(fields) => {
            let found = fields.iter().find(|field| response.value(field).is_some());
            found.map_or(Ok(()), |field| Err(format!("{status} with {field}")))
        }
        Check::Has(field) if response.value(field).is_some() => Ok(()),
        Check::Has(field) => Err(format!("{status} without {field}")),
        Check::Length => match response.value("Content-Length") {
            Some(value) if !is_number(value, resource.full.content.len()) => {
                let length = resource.full.content.len();
                let value = text(value);
                Err(format!(
                    "Content-Length is {value}; the 200 has {length} octets"
                ))
            }
            _ => Ok(()),
        },
        Check::NoContent if response.surplus.is_empty() => Ok(()),
        Check::NoContent => {
            let length = response.surplus.len();
            Err(format!("{length} octets follow the head"))
        }
        Check::Unsatisfied => unsatisfied(resource, response),
        Check::ValidTag => match single(response, "ETag") {
            Ok(value) if EntityTag::parse(value).is_ok() => Ok(()),
            Ok(value) => Err(format!("ETag: {}", text(value))),
            Err(lines) => Err(format!("{lines} lines of ETag")),
        },
        Check::ValidDate => match single(response, "Last-Modified") {
            Ok(value) if is_imf_fixdate(value) => Ok(()),
            Ok(value) => Err(format!("Last-Modified: {}", text(value))),
            Err(lines) => Err(format!("{lines} lines of Last-Modified")),
        },
        Check::DateOrder => match (resource.last_modified, resource.date) {
            (Some(last_modified), Some(date)) if last_modified > date => Err(format!(
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
                Err(format!("Vary is {vary:?}"))
            }
        }
    }
}

fn keeps(field: &str, exact: bool, resource: &Resource, response: &Response) -> Result<(), String> {
    let (full, kept) = (resource.full.combined(field), response.combined(field));
    let status = response.status;
    match (full, kept) {
        (Some(_), None) => Err(format!("{status} without {field}")),
        (Some(full), Some(kept)) if exact && full != kept => {
            let (full, kept) = (text(&full), text(&kept));
            Err(format!("{field} is {kept}; that of the 200 is {full}"))
        }
        _ => Ok(()),
    }
}

/// §14.4: the length in it is that of the representation.
fn unsatisfied(resource: &Resource, response: &Response) -> Result<(), String> {
    let length = resource.full.content.len();
    match response.value("Content-Range") {
        Some(value) if value != format!("bytes */{length}").as_bytes() => {
            let value = text(value);
            Err(format!("416 with Content-Range: {value}"))
        }
        _ => Ok(()),
    }
}

fn other_tag(resource: &Resource, response: &Response) -> Result<(), String> {
    let plain = resource.etag().filter(|tag| !tag.is_weak());
    let coded = response.value("ETag");
    let coded = coded.and_then(|value| EntityTag::parse(value).ok());
    match (plain, coded) {
        (Some(plain), Some(coded)) if plain.strong_eq(coded) => {
            let fault = format!("both forms have the strong tag {coded}");
            Err(fault)
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
