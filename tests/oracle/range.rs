//! Sections 14 and 15.3.7 once more, as text that is split and numbers that are strings of digits.

use super::{received, trim};

/// `1*DIGIT` without zeros before it, of any length.
type Number = String;

/// One member of a set in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec {
    Int(Number, Option<Number>),
    Suffix(Number),
}

/// A `Range` field value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    Bytes(Vec<Spec>),
    OtherUnit,
}

/// What a server does about a `Range`: 206, 416, or 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Partial(Vec<(u64, u64)>),
    Unsatisfiable,
    Ignored,
}

/// What a server does about what 14.2 leaves to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub rejects_malformed: bool,
    pub several: Several,
    pub max_ranges: usize,
    pub max_total_times: u64,
}

/// What a server does about several ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    Serve,
    Ignore,
    Reject,
}

/// What the crate documents as the usual policy.
pub const USUAL: Policy = Policy {
    rejects_malformed: false,
    several: Several::Serve,
    max_ranges: 200,
    max_total_times: 1,
};

/// A value without the whitespace around it, one character for each octet.
fn text(value: &[u8]) -> String {
    let octets = trim(value).iter();
    octets.map(|&octet| char::from(received(octet))).collect()
}

/// `Range = range-unit "=" OWS range-set` (14.2, 14.1.1 with erratum 7306).
pub fn range(value: &[u8]) -> Option<Range> {
    let text = text(value);
    let (unit, set) = text.split_once('=')?;
    if !is_token(unit) {
        return None;
    }
    let members = members(set)?;
    let unit = unit.to_ascii_lowercase();
    if unit != "bytes" {
        // other-range: what is visible in ASCII, and no comma, at which the set is split
        let is_visible = |member: &String| member.chars().all(|c| c > ' ' && c < '\x7F');
        return members.iter().all(is_visible).then_some(Range::OtherUnit);
    }
    let specs: Option<Vec<Spec>> = members.iter().map(|member| spec(member)).collect();
    specs.map(Range::Bytes)
}

/// `1#element`, 5.6.1.2: whitespace around elements and elements of nothing do not count, and one
/// has to be left.
fn members(list: &str) -> Option<Vec<String>> {
    let members = list
        .split(',')
        .map(|member| member.trim_matches([' ', '\t']).to_owned());
    let members: Vec<String> = members.filter(|member| !member.is_empty()).collect();
    if members.is_empty() {
        return None;
    }
    Some(members)
}

/// `token = 1*tchar`, 5.6.2
fn is_token(text: &str) -> bool {
    let is_tchar = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_tchar)
}

/// `int-range / suffix-range`, 14.1.1: an int-range whose last is less than its first is invalid.
fn spec(member: &str) -> Option<Spec> {
    let (first, last) = member.split_once('-')?;
    if first.is_empty() {
        return Some(Spec::Suffix(number(last)?));
    }
    let first = number(first)?;
    if last.is_empty() {
        return Some(Spec::Int(first, None));
    }
    let last = number(last)?;
    if is_less(&last, &first) {
        return None;
    }
    Some(Spec::Int(first, Some(last)))
}

fn number(digits: &str) -> Option<Number> {
    if digits.is_empty() || digits.chars().any(|c| !c.is_ascii_digit()) {
        return None;
    }
    Some(digits.trim_start_matches('0').to_owned())
}

fn is_less(a: &str, b: &str) -> bool {
    let width = a.len().max(b.len());
    let padded = |number: &str| "0".repeat(width - number.len()) + number;
    padded(a) < padded(b)
}

/// The number, or the limit if that is less.
fn at_most(number: &str, limit: u64) -> u64 {
    if is_less(&limit.to_string(), number) {
        return limit;
    }
    format!("0{number}").parse().expect("it is below the limit")
}

/// What there is of a Range in so many octets, 14.1.2, within the policy of the server; together
/// fewer than 2^64 octets in any case.
pub fn resolve(range: &Range, length: u64, policy: Policy) -> Resolution {
    let Range::Bytes(specs) = range else {
        // 14.2: a unit that is not understood
        return Resolution::Ignored;
    };
    // No Content-Range can tell of a part of nothing: our decision.
    if length == 0 {
        return Resolution::Ignored;
    }
    let mut ranges = Vec::new();
    for spec in specs {
        match spec {
            Spec::Int(first, last) => {
                if is_less(first, &length.to_string()) {
                    let first = at_most(first, length);
                    let last = last.as_deref().map_or(length, |last| at_most(last, length));
                    ranges.push((first, last.min(length - 1)));
                }
            }
            Spec::Suffix(wanted) => {
                if !wanted.is_empty() {
                    ranges.push((length - at_most(wanted, length), length - 1));
                }
            }
        }
    }
    if ranges.is_empty() {
        return Resolution::Unsatisfiable;
    }
    if ranges.len() > 1 {
        match policy.several {
            Several::Serve => {}
            Several::Ignore => return Resolution::Ignored,
            Several::Reject => return Resolution::Unsatisfiable,
        }
    }
    let octets: u128 = ranges
        .iter()
        .map(|(first, last)| u128::from(last - first) + 1)
        .sum();
    let most = u128::from(length) * u128::from(policy.max_total_times);
    if ranges.len() > policy.max_ranges || octets > most.min(u128::from(u64::MAX)) {
        return Resolution::Ignored;
    }
    Resolution::Partial(ranges)
}

/// The status of a request which would be answered 200 and whose only Range is this one.
pub fn status(value: &[u8], length: u64, policy: Policy) -> (u16, Vec<(u64, u64)>) {
    if is_malformed(value) {
        let rejects = policy.rejects_malformed && length > 0;
        return (if rejects { 416 } else { 200 }, Vec::new());
    }
    match range(value).map(|range| resolve(&range, length, policy)) {
        Some(Resolution::Partial(ranges)) => (206, ranges),
        Some(Resolution::Unsatisfiable) => (416, Vec::new()),
        Some(Resolution::Ignored) | None => (200, Vec::new()),
    }
}

/// Reports whether this is no Range, and not one in another unit either, of whose ranges nothing is
/// known (14.2).
pub fn is_malformed(value: &[u8]) -> bool {
    range(value).is_none() && !has_other_unit(value)
}

/// Reports whether a unit other than bytes stands before the first equals sign (14.2).
pub fn has_other_unit(value: &[u8]) -> bool {
    text(value)
        .split_once('=')
        .is_some_and(|(unit, _)| is_token(unit) && !unit.eq_ignore_ascii_case("bytes"))
}

/// `Content-Range` in bytes, 14.4: first and last position, complete length.
pub type ContentRange = (Option<(u64, u64)>, Option<u64>);

pub fn content_range(value: &[u8]) -> Option<ContentRange> {
    let text = text(value);
    let (unit, rest) = text.split_once(' ')?;
    let unit = unit.to_ascii_lowercase();
    if unit != "bytes" {
        return None;
    }
    let (part, length) = rest.split_once('/')?;
    let length = match length {
        "*" => None,
        digits => Some(below_2_64(digits)?),
    };
    if part == "*" {
        // unsatisfied-range has no second asterisk
        return length.map(|length| (None, Some(length)));
    }
    let (first, last) = part.split_once('-')?;
    let (first, last) = (below_2_64(first)?, below_2_64(last)?);
    if last < first || length.is_some_and(|length| length <= last) {
        return None;
    }
    // Behind this one is no room for a length.
    (last < u64::MAX).then_some((Some((first, last)), length))
}

fn below_2_64(digits: &str) -> Option<u64> {
    let number = number(digits)?;
    is_less(&number, "18446744073709551616").then(|| at_most(&number, u64::MAX))
}

/// `Accept-Ranges = 1#range-unit`, 14.3. The value can be sent on as it is, so that of the two ways
/// of 5.5 it is rejected for CR, LF or NUL inside: our decision.
pub fn accept_ranges(value: &[u8]) -> Option<Vec<String>> {
    if trim(value).iter().any(|octet| b"\r\n\0".contains(octet)) {
        return None;
    }
    let text = text(value);
    let members = members(&text)?;
    members
        .iter()
        .all(|member| is_token(member))
        .then_some(members)
}
