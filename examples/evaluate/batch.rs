//! JSON lines: one object in, one object out, any number of times.

use std::io::{self, BufRead, BufWriter, Read as _, Write};

use http_preconditions::dav::Preconditions;
use http_preconditions::{EntityTag, Field, HttpDate, Outcome};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use crate::dav::{Dav, IfAnswer};
use crate::request::{self, Request, State, Validators};

/// How many octets a line may have, so that memory is bounded whatever the input.
const LIMIT: usize = 16 * 1024 * 1024;

/// Answers every line, and returns true if all of them could be evaluated.
pub(crate) fn run(mut input: impl BufRead, output: impl Write) -> Result<bool, String> {
    let mut output = BufWriter::new(output);
    let mut line = Vec::new();
    let mut are_all_good = true;
    let written = loop {
        let answer = match next(&mut input, &mut line) {
            Ok(Some(line)) => line.and_then(evaluate),
            Ok(None) => break output.flush(),
            Err(error) => {
                // The answers so far are good; that the output has gone too would be no news.
                _ = output.flush();
                return Err(format!("standard input: {error}"));
            }
        };
        are_all_good &= answer.is_ok();
        let written = match answer {
            Ok(answer) => serde_json::to_writer(&mut output, &answer),
            Err(error) => serde_json::to_writer(&mut output, &json!({ "error": error })),
        };
        if let Err(error) = written
            .map_err(io::Error::from)
            .and_then(|()| output.write_all(b"\n"))
        {
            break Err(error);
        }
    };
    match written {
        // A reader that has gone away has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(are_all_good),
    }
}

/// Reads the next line, and returns it without its end; an error for one that is too long, which is
/// passed over.
fn next<'a>(
    input: &mut impl BufRead,
    line: &'a mut Vec<u8>,
) -> io::Result<Option<Result<&'a [u8], String>>> {
    line.clear();
    let limit = u64::try_from(LIMIT).unwrap_or(u64::MAX);
    let count = input.by_ref().take(limit).read_until(b'\n', line)?;
    if count == 0 {
        return Ok(None);
    }
    if count == LIMIT && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(Err("the line is longer than 16 MiB".to_owned())));
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    Ok(Some(Ok(line.strip_suffix(b"\r").unwrap_or(line))))
}

/// The object as JSON has it.
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
    require_if_match: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    already_applied: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    range_policy: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    dav: Option<Value>,
}

/// Reads a value that is there or not, but never null: null is no boolean, and must not pass for
/// the absence of a guard.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// The answer to a line, with its keys in their order.
#[derive(Debug, Serialize)]
struct Answer {
    status: u16,
    outcome: &'static str,
    decided_by: Option<&'static str>,
    range: bool,
    malformed: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranges: Option<Vec<[u64; 2]>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    if_verdict: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lists: Option<Vec<Value>>,
}

/// Evaluates one line.
fn evaluate(line: &[u8]) -> Result<Answer, String> {
    let line = object(line)?;
    let request = Request {
        method: octets("method", &line.method)?,
        fields: fields(&line.fields)?,
    };
    let now = line.now.as_ref();
    let now = now.map_or(Ok(HttpDate::ASSUMED_NOW), self::now)?;
    let dav = line.dav.as_ref().map(Dav::read).transpose()?;
    let etag = line.etag.map(|value| octets("etag", &value)).transpose()?;
    let etag = match &dav {
        None => etag.as_deref().map(EntityTag::parse).transpose(),
        Some(dav) => Ok(dav.etag()),
    };
    let last_modified = line.last_modified;
    let last_modified = last_modified.map(|value| date("last_modified", &value, now));
    let validators = Validators {
        etag: etag.map_err(|error| format!("etag: {error}"))?,
        last_modified: last_modified.transpose()?,
        strong_date: boolean("strong_date", line.strong_date)?.unwrap_or(false),
        length: typed("length", "an integer from 0", line.length, Value::as_u64)?,
    };
    let exists = boolean("exists", line.exists)?.unwrap_or(true);
    let exists = dav.as_ref().map_or(exists, Dav::exists);
    let status = |value: &Value| {
        let code = u16::try_from(value.as_u64()?).ok();
        code.filter(|code| (100..=599).contains(code))
    };
    let status = typed("status", "an integer from 100 to 599", line.status, status)?;
    let require_if_match = boolean("require_if_match", line.require_if_match)?;
    let already_applied = boolean("already_applied", line.already_applied)?;
    let policy = line.range_policy.unwrap_or_else(|| Map::new().into());
    let Value::Object(policy) = policy else {
        return Err(expected("range_policy", "an object", &policy));
    };
    let state = State {
        validators: exists.then_some(validators),
        status,
        now,
        require_if_match: require_if_match.unwrap_or(false),
        already_applied: already_applied.unwrap_or(false),
        malformed_range: word(&policy, "malformed", request::malformed_range)?,
        several_ranges: word(&policy, "several", request::several_ranges)?,
        dav: dav
            .as_ref()
            .map_or(Preconditions::new(), |dav| dav.check(&request)),
    };
    let of_if = dav.as_ref().map(|dav| dav.answer(&request));
    answer(&request, &state, of_if)
}

fn answer(request: &Request, state: &State<'_>, of_if: Option<IfAnswer>) -> Result<Answer, String> {
    let decision = state.decide(request);
    let outcome = match decision.outcome() {
        // Beside a status that is no success, the batch has this word for both.
        Outcome::Perform | Outcome::Unconditional => "perform",
        Outcome::NotModified => "not_modified",
        // The condition has failed, and the method is not performed; that this counts as done is
        // told by the status.
        Outcome::PreconditionFailed | Outcome::AlreadyApplied => "precondition_failed",
        Outcome::PreconditionRequired => "precondition_required",
        Outcome::Locked => "locked",
        other => return Err(format!("there is no word here for the outcome {other:?}")),
    };
    let malformed = decision.malformed().map(|malformed| {
        let error = malformed.error();
        let kind = snake_case(&format!("{:?}", error.kind()));
        json!({ "field": malformed.field().name(), "kind": kind, "offset": error.offset() })
    });
    let ranges = decision.ranges(request.value(Field::Range));
    let ranges = ranges.map(|range| [range.first(), range.last()]);
    let (if_verdict, lists) = of_if.map(|of_if| (of_if.verdict, of_if.lists)).unzip();
    Ok(Answer {
        status: decision.status(),
        outcome,
        decided_by: decision.decided_by().map(Field::name),
        range: decision.honours_range(),
        malformed: malformed.collect(),
        ranges: state.length().map(|_| ranges.collect()),
        if_verdict,
        lists,
    })
}

/// Returns the name of a variant without what is in it: `closing_quote` for `ClosingQuote`.
fn snake_case(variant: &str) -> String {
    let mut name = String::new();
    for letter in variant.chars().take_while(char::is_ascii_alphabetic) {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn object(line: &[u8]) -> Result<Line, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("expected UTF-8 at byte {}", error.valid_up_to()))?;
    // An array would do for serde.
    if !text.trim_ascii_start().starts_with('{') {
        return Err("expected a JSON object".to_owned());
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        // What serde_json calls line 1 is this line, whichever it is.
        message.replace(" at line 1 column ", " at column ")
    })
}

/// A field line as name and value.
type FieldLine = (Vec<u8>, Vec<u8>);

fn fields(value: &Value) -> Result<Vec<FieldLine>, String> {
    let Value::Array(lines) = value else {
        return Err(expected("fields", "an array of [name, value]", value));
    };
    let field = |(index, line): (usize, &Value)| {
        let place = format!("fields[{index}]");
        match line.as_array().map(Vec::as_slice) {
            Some([name, value]) => Ok((octets(&place, name)?, octets(&place, value)?)),
            Some(other) => Err(format!(
                "{place}: expected [name, value], found an array of {}",
                other.len()
            )),
            None => Err(expected(&place, "[name, value]", line)),
        }
    };
    lines.iter().enumerate().map(field).collect()
}

/// Returns the octets that a string stands for.
pub(crate) fn octets(key: &str, value: &Value) -> Result<Vec<u8>, String> {
    let text = value.as_str();
    let text = text.ok_or_else(|| expected(key, "a string", value))?;
    let octet = |character| {
        let code = u32::from(character);
        u8::try_from(code)
            .map_err(|_| format!("{key}: U+{code:04X} stands for no octet, expected up to U+00FF"))
    };
    text.chars().map(octet).collect()
}

fn date(key: &str, value: &Value, now: HttpDate) -> Result<HttpDate, String> {
    HttpDate::parse_at(&octets(key, value)?, now).map_err(|error| format!("{key}: {error}"))
}

fn now(value: &Value) -> Result<HttpDate, String> {
    match value.as_i64() {
        Some(seconds) => HttpDate::from_unix(seconds).map_err(|error| format!("now: {error}")),
        None if value.is_string() => date("now", value, HttpDate::ASSUMED_NOW),
        None => Err(expected(
            "now",
            "an HTTP-date or an integer of seconds",
            value,
        )),
    }
}

/// Reads a value of another type than a string.
fn typed<T>(
    key: &str,
    what: &str,
    value: Option<Value>,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Option<T>, String> {
    let read = |value| read(&value).ok_or_else(|| expected(key, what, &value));
    value.map(read).transpose()
}

pub(crate) fn boolean(key: &str, value: Option<Value>) -> Result<Option<bool>, String> {
    typed(key, "true or false", value, Value::as_bool)
}

/// Reads one part of the policy on ranges; the usual one where it is left out.
fn word<T: Default>(
    policy: &Map<String, Value>,
    key: &str,
    read: fn(&str) -> Result<T, &'static str>,
) -> Result<T, String> {
    policy.get(key).map_or(Ok(T::default()), |value| {
        let word = value.as_str().unwrap_or_default();
        read(word).map_err(|error| format!("range_policy.{key}: {error}"))
    })
}

pub(crate) fn expected(key: &str, what: &str, found: &Value) -> String {
    let found = match found {
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
        other => return format!("{key}: expected {what}, found {other}"),
    };
    format!("{key}: expected {what}, found {found}")
}
