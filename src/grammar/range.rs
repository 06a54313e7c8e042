//! Range, Content-Range and Accept-Ranges of RFC 9110 §14.

use nom::Parser as _;
use nom::sequence::{preceded, terminated};

use super::combined::{Parsed, literal, span, stop};
use super::{between_members, is_replaced_by_sp, is_sp, is_tchar, trim, trim_start};
use crate::error::ErrorKind;

/// A parsed Range: its unit, and its set from the first member on.
pub(crate) type Specifier<'a> = (&'a [u8], &'a [u8]);

/// A requested range: `first-pos` and `last-pos`, either of which may be missing. If `first-pos`
/// is missing, the second value is the `suffix-length`.
pub(crate) type Spec = (Option<u64>, Option<u64>);

/// A parsed Content-Range: first and last position, and the complete length. At least one of the
/// two is present, and the last position is below 2^64 - 1.
pub(crate) type Content = (Option<(u64, u64)>, Option<u64>);

// §14.1 Range Units

/// `range-unit = token`
fn range_unit(input: &[u8]) -> Parsed<'_, &[u8]> {
    match span(input, is_tchar) {
        ([], rest) => stop(rest, ErrorKind::RangeUnit),
        (unit, rest) => Ok((rest, unit)),
    }
}

/// Returns true if the unit is `bytes`, in any case (§14.1).
pub(crate) fn is_bytes_unit(unit: &[u8]) -> bool {
    unit.eq_ignore_ascii_case(b"bytes")
}

/// Returns true if a Range begins with `range-unit "="` and its unit is not `bytes`.
pub(crate) fn has_other_unit(range: &[u8]) -> bool {
    let (_, text) = trim(range);
    matches!(range_unit(text), Ok(([b'=', ..], unit)) if !is_bytes_unit(unit))
}

/// Returns true if a Range begins with `range-unit "="` and its unit is `bytes`.
pub(crate) fn is_bytes(range: &[u8]) -> bool {
    match trim_start(range).split_first_chunk::<5>() {
        Some((unit, [b'=', ..])) => is_bytes_unit(unit),
        _ => false,
    }
}

// §14.1.1 Range Specifiers

/// `ranges-specifier = range-unit "=" OWS range-set`; erratum 7306 adds the `OWS`.
pub(crate) fn ranges_specifier(input: &[u8]) -> Parsed<'_, Specifier<'_>> {
    let (input, unit) = terminated(range_unit, literal(b'=')).parse_complete(input)?;
    let (rest, set) = if is_bytes_unit(unit) {
        list(input, range_spec)?
    } else {
        list(input, other_range)?
    };
    Ok((rest, (unit, set)))
}

/// `1#element` up to the end of the input, as a recipient reads it (§5.6.1.2): at least one
/// element, and any number of empty elements. Returns the list from its first element on.
fn list<'a, T>(
    input: &'a [u8],
    element: impl Fn(&'a [u8]) -> Parsed<'a, T>,
) -> Parsed<'a, &'a [u8]> {
    let set = between_members(input);
    let mut rest = set;
    loop {
        (rest, _) = element(rest)?;
        rest = between_members(rest);
        if rest.is_empty() {
            return Ok((rest, set));
        }
    }
}

/// `range-spec = int-range / suffix-range`, up to the comma or the end behind it. The unit
/// `bytes` has no `other-range` (§14.1.2).
pub(crate) fn range_spec(input: &[u8]) -> Parsed<'_, Spec> {
    match input {
        [b'-', ..] => element_end(suffix_range(input)?),
        [b'0'..=b'9', ..] => element_end(int_range(input)?),
        _ => stop(input, ErrorKind::RangeSpec),
    }
}

/// `int-range = first-pos "-" [ last-pos ]`; the last position is not before the first.
fn int_range(input: &[u8]) -> Parsed<'_, Spec> {
    let (input, first) = terminated(number, literal(b'-')).parse_complete(input)?;
    let (rest, last) = match input {
        [b'0'..=b'9', ..] => {
            let (rest, last) = number(input)?;
            if last.is_less(first) {
                return stop(input, ErrorKind::LastPosition);
            }
            (rest, Some(last.saturated()))
        }
        _ => (input, None),
    };
    Ok((rest, (Some(first.saturated()), last)))
}

/// `suffix-range = "-" suffix-length`
fn suffix_range(input: &[u8]) -> Parsed<'_, Spec> {
    let (rest, length) = preceded(literal(b'-'), number).parse_complete(input)?;
    Ok((rest, (None, Some(length.saturated()))))
}

/// `other-range = 1*( %x21-2B / %x2D-7E )`: one or more octets of `VCHAR` except the comma.
fn other_range(input: &[u8]) -> Parsed<'_, &[u8]> {
    match span(input, |octet| matches!(octet, 0x21..=0x2B | 0x2D..=0x7E)) {
        ([], rest) => stop(rest, ErrorKind::RangeSpec),
        (range, rest) => element_end((rest, range)),
    }
}

/// An element of a list: checks that a comma or the end follows it.
fn element_end<T>((rest, element): (&[u8], T)) -> Parsed<'_, T> {
    match trim_start(rest) {
        rest @ ([] | [b',', ..]) => Ok((rest, element)),
        rest => stop(rest, ErrorKind::ListEnd),
    }
}

// §14.3 Accept-Ranges

/// `acceptable-ranges = 1#range-unit`
///
/// `CR`, `LF` and `NUL` are refused here (§5.5), because the caller may send the value on: our
/// decision.
pub(crate) fn acceptable_ranges(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (rest, set) = list(input, acceptable_range)?;
    match span(input, |octet| !is_replaced_by_sp(octet)) {
        (_, []) => Ok((rest, set)),
        (_, refused) => stop(refused, ErrorKind::ListEnd),
    }
}

/// One unit of the list, up to the comma or the end behind it.
pub(crate) fn acceptable_range(input: &[u8]) -> Parsed<'_, &[u8]> {
    element_end(range_unit(input)?)
}

// §14.4 Content-Range

/// `Content-Range = range-unit SP ( range-resp / unsatisfied-range )` for the unit `bytes`.
pub(crate) fn content_range(input: &[u8]) -> Parsed<'_, Content> {
    let (rest, unit) = range_unit(input)?;
    if !is_bytes_unit(unit) {
        return stop(input, ErrorKind::Bytes);
    }
    let input = match rest {
        [sp, input @ ..] if is_sp(*sp) => input,
        _ => return stop(rest, ErrorKind::Separator(b' ')),
    };
    match input {
        [b'*', rest @ ..] => unsatisfied_range(rest),
        input => range_resp(input),
    }
}

/// `range-resp = incl-range "/" ( complete-length / "*" )`
fn range_resp(input: &[u8]) -> Parsed<'_, Content> {
    let (length_at, range) = terminated(incl_range, literal(b'/')).parse_complete(input)?;
    if let [b'*', rest @ ..] = length_at {
        return Ok((rest, (Some(range), None)));
    }
    match number_below_2_64(length_at)? {
        (_, length) if length <= range.1 => stop(length_at, ErrorKind::CompleteLength),
        (rest, length) => Ok((rest, (Some(range), Some(length)))),
    }
}

/// `incl-range = first-pos "-" last-pos`; the last position is not before the first.
fn incl_range(input: &[u8]) -> Parsed<'_, (u64, u64)> {
    let (last_at, first) = terminated(number_below_2_64, literal(b'-')).parse_complete(input)?;
    let (rest, last) = number_below_2_64(last_at)?;
    if last < first {
        return stop(last_at, ErrorKind::LastPosition);
    }
    // No complete length can be greater than this position.
    if last == u64::MAX {
        return stop(last_at, ErrorKind::Number);
    }
    Ok((rest, (first, last)))
}

/// `unsatisfied-range = "*/" complete-length`, from the octet behind its `*`.
fn unsatisfied_range(input: &[u8]) -> Parsed<'_, Content> {
    let (rest, length) = preceded(literal(b'/'), number_below_2_64).parse_complete(input)?;
    Ok((rest, (None, Some(length))))
}

// Numbers of any length (§14.1.2: a recipient must expect large numbers)

/// `1*DIGIT`: the digits, and the value if it is below 2^64.
#[derive(Clone, Copy)]
struct Number<'a> {
    digits: &'a [u8],
    value: Option<u64>,
}

impl Number<'_> {
    /// Returns the value, or `u64::MAX` if it is larger.
    fn saturated(self) -> u64 {
        self.value.unwrap_or(u64::MAX)
    }

    fn is_less(self, other: Self) -> bool {
        match (self.value, other.value) {
            (Some(this), Some(other)) => this < other,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => {
                let significant = |number: Self| {
                    let digits = span(number.digits, |octet| octet == b'0').1;
                    (digits.len(), digits)
                };
                significant(self) < significant(other)
            }
        }
    }
}

fn number(input: &[u8]) -> Parsed<'_, Number<'_>> {
    let mut rest = input;
    let mut value = Some(0_u64);
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        value = value.and_then(|value| value.checked_mul(10)?.checked_add((digit & 0x0F).into()));
        rest = behind;
    }
    let length = input.len().saturating_sub(rest.len());
    match input.split_at_checked(length) {
        Some((digits @ [_, ..], rest)) => Ok((rest, Number { digits, value })),
        _ => stop(input, ErrorKind::Digit),
    }
}

/// `1*DIGIT` with a value below 2^64.
pub(crate) fn number_below_2_64(input: &[u8]) -> Parsed<'_, u64> {
    match number(input)? {
        (
            rest,
            Number {
                value: Some(value), ..
            },
        ) => Ok((rest, value)),
        _ => stop(input, ErrorKind::Number),
    }
}
