//! One line of the batch: the object that it must be.

use http_preconditions::{Decision, EntityTag, Field, HttpDate};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::show;
use crate::state::{State, Validators};

/// The object as JSON has it. What its values mean is said by [`evaluate`].
#[derive(Debug, Deserialize)]
struct Line {
    method: Value,
    fields: Value,
    #[serde(default, deserialize_with = "present")]
    exists: Option<Value>,
    etag: Option<Value>,
    last_modified: Option<Value>,
    length: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    strong_date: Option<Value>,
    status: Option<Value>,
    now: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    require_precondition: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    already_applied: Option<Value>,
}

/// For a value that is there or not, but never null: null is no boolean, and must not pass for the
/// absence of a guard.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// A field line as name and value.
type FieldLine = (Vec<u8>, Vec<u8>);

/// What came of a line.
#[derive(Clone, Debug)]
pub(crate) struct Evaluated {
    pub(crate) decision: Decision,
    /// The octets that a 206 has, first and last; none where there is no length.
    pub(crate) ranges: Option<Vec<[u64; 2]>>,
}

/// Evaluates one line.
pub(crate) fn evaluate(line: &[u8]) -> Result<Evaluated, String> {
    let line = object(line)?;
    let method = octets("method", line.method)?;
    let fields = fields(line.fields)?;
    let now = line.now.map_or(Ok(HttpDate::NOW_WITHOUT_CLOCK), now)?;
    let etag = line.etag.map(|value| octets("etag", value)).transpose()?;
    let validators = Validators {
        etag: etag.as_deref().map(entity_tag).transpose()?,
        last_modified: line
            .last_modified
            .map(|value| date("last_modified", value, now))
            .transpose()?,
        strong_date: boolean("strong_date", line.strong_date, false)?,
        length: line.length.map(|value| length(&value)).transpose()?,
    };
    let exists = boolean("exists", line.exists, true)?;
    let state = State {
        validators: exists.then_some(validators),
        status: line.status.map(|value| status(&value)).transpose()?,
        now,
        require_precondition: boolean("require_precondition", line.require_precondition, false)?,
        already_applied: boolean("already_applied", line.already_applied, false)?,
    };
    let decision = state.decide(&method, fields.iter().map(|(name, value)| (name, value)));
    let ranges = state.length().map(|_| {
        let is_range = |(name, _): &&FieldLine| Field::from_name(name) == Some(Field::Range);
        let range = fields.iter().find(is_range);
        let value = range.map_or(&[][..], |(_, value)| value);
        let ranges = decision.ranges(value);
        ranges.map(|range| [range.first(), range.last()]).collect()
    });
    Ok(Evaluated { decision, ranges })
}

fn object(line: &[u8]) -> Result<Line, String> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let offset = error.valid_up_to();
        format!("expected UTF-8 at byte {offset}")
    })?;
    // An array would do for serde.
    if !text.trim_ascii_start().starts_with('{') {
        return Err("expected a JSON object".to_owned());
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        // What serde_json calls line 1 is this line, whichever it is.
        match message.rsplit_once(" at line 1 column ") {
            Some((message, column)) => format!("{message} at column {column}"),
            None => message,
        }
    })
}

fn fields(value: Value) -> Result<Vec<FieldLine>, String> {
    let Value::Array(lines) = value else {
        return Err(expected("fields", "an array of [name, value]", &value));
    };
    let field = |(index, line): (usize, Value)| {
        let place = format!("fields[{index}]");
        let Value::Array(pair) = line else {
            return Err(expected(&place, "[name, value]", &line));
        };
        let [name, value] = <[Value; 2]>::try_from(pair).map_err(|pair| {
            format!(
                "{place}: expected [name, value], found an array of {}",
                pair.len()
            )
        })?;
        Ok((octets(&place, name)?, octets(&place, value)?))
    };
    lines.into_iter().enumerate().map(field).collect()
}

/// The octets that a string stands for.
fn octets(key: &str, value: Value) -> Result<Vec<u8>, String> {
    let Value::String(text) = value else {
        return Err(expected(key, "a string", &value));
    };
    let octet = |character| {
        u8::try_from(u32::from(character)).map_err(|_| {
            let character = show::code_point(character);
            format!("{key}: {character} stands for no octet, expected up to U+00FF")
        })
    };
    text.chars().map(octet).collect()
}

fn boolean(key: &str, value: Option<Value>, default: bool) -> Result<bool, String> {
    match value {
        None => Ok(default),
        Some(Value::Bool(value)) => Ok(value),
        Some(value) => Err(expected(key, "true or false", &value)),
    }
}

fn entity_tag(octets: &[u8]) -> Result<EntityTag<'_>, String> {
    EntityTag::parse(octets).map_err(|error| format!("etag: {error}"))
}

fn date(key: &str, value: Value, now: HttpDate) -> Result<HttpDate, String> {
    HttpDate::parse_at(&octets(key, value)?, now).map_err(|error| format!("{key}: {error}"))
}

fn now(value: Value) -> Result<HttpDate, String> {
    match value.as_i64() {
        Some(seconds) => HttpDate::from_unix(seconds).map_err(|error| format!("now: {error}")),
        None if value.is_string() => date("now", value, HttpDate::NOW_WITHOUT_CLOCK),
        None => Err(expected(
            "now",
            "an HTTP-date or an integer of seconds",
            &value,
        )),
    }
}

fn status(value: &Value) -> Result<u16, String> {
    let code = value.as_u64().and_then(|code| u16::try_from(code).ok());
    code.filter(|code| (100..=599).contains(code))
        .ok_or_else(|| expected("status", "an integer from 100 to 599", value))
}

fn length(value: &Value) -> Result<u64, String> {
    let octets = value.as_u64();
    octets.ok_or_else(|| expected("length", "an integer from 0", value))
}

fn expected(key: &str, what: &str, found: &Value) -> String {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    format!("{key}: expected {what}, found {found}")
}
