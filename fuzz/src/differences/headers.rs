//! How the crate `headers` 0.4 reads `ETag`, `If-Match`, `If-None-Match` and `If-Range`.

use ::headers::HeaderValue;
use http_preconditions::{
    Condition, Decision, EntityTag, Field, HttpDate, IfRange, Representation, evaluate,
};

use super::{httpdate, occurred};

/// Reports whether `headers` panics, in builds with debug assertions, where it reads these lines: it takes
/// it for certain that a field value has neither SP nor HTAB in it. It may have (RFC 9110 section 5.5), but
/// not in a tag (section 8.8.3), so that the tag is malformed. No comparison is possible then.
pub fn space_in_a_tag_panics(lines: &[HeaderValue]) -> bool {
    let (mut start, mut quoted) = (0, false);
    let joined = joined(lines);
    let mut members = Vec::new();
    for (at, octet) in joined.iter().enumerate() {
        quoted ^= *octet == b'"';
        if *octet == b',' && !quoted {
            members.push(&joined[start..at]);
            start = at + 1;
        }
    }
    members.push(&joined[start..]);
    // As members of the list, and each line as a whole.
    members.extend(lines.iter().map(HeaderValue::as_bytes));
    let panics = members.into_iter().any(|member| {
        let tag = trim(member);
        let tag = tag.strip_prefix(b"W/").unwrap_or(tag);
        let opaque = tag.strip_prefix(b"\"");
        let opaque = opaque.and_then(|opaque| opaque.strip_suffix(b"\""));
        // It stops at the first quote, so that lists of several tags are read.
        let mut parts = opaque.unwrap_or_default().split(|octet| *octet == b'"');
        let until_quote = parts.next().unwrap_or_default();
        until_quote.contains(&b' ') || until_quote.contains(&b'\t')
    });
    if panics {
        occurred("space in a tag panics", &joined);
    }
    panics
}

/// What `headers` makes of an `ETag`.
pub fn etag(value: &HeaderValue) -> Option<EntityTag<'_>> {
    let tag = EntityTag::try_from(value).ok()?;
    (!whitespace_around_a_tag_is_refused(value)).then_some(tag)
}

/// `headers` refuses a tag with whitespace around it. That is no part of the value (RFC 9110 section 5.5);
/// most servers, but not all sources of header maps, have taken it away before.
fn whitespace_around_a_tag_is_refused(value: &HeaderValue) -> bool {
    let around = trim(value.as_bytes()) != value.as_bytes();
    if around {
        occurred("whitespace around a tag is refused", value.as_bytes());
    }
    around
}

/// Whether `headers` finds the tag in these lines of `If-Match`.
pub fn if_match(lines: &[HeaderValue], current: EntityTag<'_>) -> bool {
    list(lines, |lines| {
        let decision = decide("PUT", Field::IfMatch, lines, current);
        decision.condition(Field::IfMatch) == Condition::True
    })
}

/// Whether `headers` finds the tag in these lines of `If-None-Match`.
pub fn if_none_match(lines: &[HeaderValue], current: EntityTag<'_>) -> bool {
    malformed_if_none_match_guards_nothing(lines, current);
    list(lines, |lines| {
        let decision = decide("GET", Field::IfNoneMatch, lines, current);
        decision.condition(Field::IfNoneMatch) == Condition::False
    })
}

fn list(lines: &[HeaderValue], matches: impl Fn(&[HeaderValue]) -> bool) -> bool {
    let one_line = HeaderValue::from_bytes(&joined(lines)).expect("lines and commas make a line");
    let read = quote_runs_on_into_the_next_line(lines, &one_line, &matches);
    read && !whitespace_hides_the_wildcard(&one_line)
        && !obs_text_empties_the_list(&one_line, lines)
}

/// `headers` joins lines before it looks for quotes, so that one that is not closed swallows the beginning
/// of the next line. The comma between lines separates members (RFC 9110 section 5.3); that no member
/// spans two lines is a choice of this crate.
fn quote_runs_on_into_the_next_line(
    lines: &[HeaderValue],
    one_line: &HeaderValue,
    matches: impl Fn(&[HeaderValue]) -> bool,
) -> bool {
    let (joined, apart) = (matches(std::slice::from_ref(one_line)), matches(lines));
    if joined != apart {
        let odd = |line: &HeaderValue| {
            let quotes = line.as_bytes().iter().filter(|octet| **octet == b'"');
            quotes.count() % 2 == 1
        };
        let (_, all_but_last) = lines.split_last().expect("there is a line");
        assert!(all_but_last.iter().any(odd), "{lines:?}");
        occurred("a quote runs on into the next line", one_line.as_bytes());
    }
    joined
}

/// `headers` does not know `*` with whitespace around it, which is no part of the value (RFC 9110 section
/// 5.5).
fn whitespace_hides_the_wildcard(one_line: &HeaderValue) -> bool {
    let hides = one_line != "*" && trim(one_line.as_bytes()) == b"*";
    if hides {
        occurred("whitespace hides the wildcard", one_line.as_bytes());
    }
    hides
}

/// `headers` finds no member at all in a list with one octet outside of ASCII, which is legal in a tag (RFC
/// 9110 section 8.8.3, `obs-text`).
fn obs_text_empties_the_list(one_line: &HeaderValue, lines: &[HeaderValue]) -> bool {
    let obs_text = !one_line.as_bytes().is_ascii();
    if obs_text {
        occurred("obs-text empties the list", &joined(lines));
    }
    obs_text
}

/// `headers` passes over members that are none, for every method. A client that sends `If-None-Match: *, *`
/// with a PUT means to create, not to overwrite: that a guard which cannot be read has failed is a choice
/// of this crate (RFC 9110 section 13.1.2 is silent).
fn malformed_if_none_match_guards_nothing(lines: &[HeaderValue], current: EntityTag<'_>) {
    let [read, write] = ["GET", "PUT"].map(|method| {
        let decision = decide(method, Field::IfNoneMatch, lines, current);
        let malformed = decision.malformed().next().is_some();
        (decision.condition(Field::IfNoneMatch), malformed)
    });
    if read != write {
        assert_eq!(read, (Condition::True, true));
        assert_eq!(write, (Condition::False, true));
        occurred("a malformed If-None-Match guards nothing", &joined(lines));
    }
}

/// Whether these lines of `If-Range` are no reason for `headers` to ignore Range; none if it cannot read them.
pub fn if_range(
    lines: &[HeaderValue],
    current: EntityTag<'_>,
    last_modified: HttpDate,
) -> Option<bool> {
    let first = lines.first().expect("there is a line");
    let unmodified = if_range_line(first, current, last_modified);
    if lines.len() > 1 && unmodified == Some(true) {
        only_the_first_if_range_counts(lines);
    }
    unmodified
}

fn if_range_line(
    line: &HeaderValue,
    current: EntityTag<'_>,
    last_modified: HttpDate,
) -> Option<bool> {
    let representation = Representation::new().etag(current);
    let strong = representation.strong_last_modified(last_modified);
    let honours_range = |current: &Representation<'_>| {
        let fields = [("If-Range", line.as_bytes()), ("Range", b"bytes=0-1")];
        evaluate("GET", fields, Some(current)).honours_range()
    };
    if let Ok(IfRange::EntityTag(_)) = IfRange::try_from(line) {
        return (!whitespace_around_a_tag_is_refused(line)).then(|| honours_range(&strong));
    }
    // Dates are read by `httpdate`, with its own differences.
    let date = httpdate::reading(line.as_bytes())?;
    if honours_range(&strong) && !honours_range(&representation.last_modified(last_modified)) {
        a_weak_date_will_do(line);
    }
    let date = HttpDate::from_unix(i64::try_from(date).ok()?).ok()?;
    Some(a_later_date_will_do(line, date, last_modified))
}

/// `headers` reads the first line of If-Range and passes over a second. The field has a single value (RFC
/// 9110 section 5.5 and 13.1.5), and two are none that could be trusted: a choice of this crate.
fn only_the_first_if_range_counts(lines: &[HeaderValue]) {
    occurred("only the first If-Range counts", &joined(lines));
}

/// `headers` cannot be told that the modification date is weak; then a date in If-Range is never met (RFC
/// 9110 section 13.1.5, step 1 for dates).
fn a_weak_date_will_do(value: &HeaderValue) {
    occurred("a weak date will do", value.as_bytes());
}

/// `headers` finds a date in If-Range met that is later than Last-Modified. It has to be the same (RFC 9110
/// section 13.1.5: "exactly matches").
fn a_later_date_will_do(value: &HeaderValue, date: HttpDate, last_modified: HttpDate) -> bool {
    if date > last_modified {
        occurred("a later date will do", value.as_bytes());
    }
    date >= last_modified
}

fn decide(method: &str, field: Field, lines: &[HeaderValue], current: EntityTag<'_>) -> Decision {
    let fields = lines.iter().map(|line| (field.name(), line));
    evaluate(method, fields, Some(&Representation::new().etag(current)))
}

fn joined(lines: &[HeaderValue]) -> Vec<u8> {
    let lines: Vec<_> = lines.iter().map(HeaderValue::as_bytes).collect();
    lines.join(&b", "[..])
}

fn trim(value: &[u8]) -> &[u8] {
    let is_whitespace = |octet: &u8| matches!(octet, b' ' | b'\t');
    let start = value.iter().position(|octet| !is_whitespace(octet));
    let end = value.iter().rposition(|octet| !is_whitespace(octet));
    match (start, end) {
        (Some(start), Some(end)) => &value[start..=end],
        _ => b"",
    }
}
