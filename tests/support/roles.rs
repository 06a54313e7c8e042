//! Asks the crate and the oracle the same about clients and caches, and demands the same answer.

use http_preconditions::{
    EntityTag, HttpDate, IfNoneMatch,
    cache::{
        CacheKind, HeadVerdict, Reuse, Validation, ValidationOutcome, evaluate_stored_at,
        freshened_by, is_storable_field, most_recent, unstorable_fields, updates_stored_field,
    },
    client::{DateTrust, FieldValue, ListMember, RequestField, ResponseValidators, revalidate},
    range::{ByteRange, ContentRange, RangeSpec},
    response::Content,
};
use oracle::cache::{self, Request};
use oracle::client::{self, Response};
use oracle::{self, Tag};

/// Sat, 29 Oct 1994 19:43:31 GMT, from which the rows count their seconds.
pub const LM: i64 = 783_459_811;

pub fn date(unix: i64) -> HttpDate {
    HttpDate::from_unix(unix).expect("a year from 1 to 9999")
}

/// A response as the rows describe it, in words: `tag="v1" lm=0 date=60 received=61 length=10
/// gap=60 same part lacking malformed`, `updated=99` for the Date of a 304, `lm-malformed`,
/// `length-malformed`, `status=404`, `range=0-99/1000` for its Content-Range. Times are seconds from `LM` on; `-` is a word for nothing.
#[track_caller]
pub fn response(words: &str) -> Response {
    let mut response = Response {
        gap: Some(60),
        ..Response::default()
    };
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || value.parse::<i64>().unwrap_or_else(|_| panic!("{words}"));
        match name {
            "-" => {}
            "tag" => response.etag = Some(oracle::entity_tag(value.as_bytes()).expect("a tag")),
            "lm" => response.last_modified = Some(LM + number()),
            "date" => response.date = Some(LM + number()),
            "received" => response.received = Some(LM + number()),
            "length" => response.content_length = Some(number().unsigned_abs()),
            "gap" => response.gap = Some(number()),
            "same" => response.gap = None,
            "part" => response.part = Some(true),
            "lacking" => response.part = Some(false),
            "updated" => response.updated_date = Some(LM + number()),
            "malformed" => response.malformed_etag = true,
            "lm-malformed" => response.malformed_last_modified = true,
            "status" => response.status = Some(value.parse().expect("a status")),
            "range" => {
                let value = format!("bytes {value}");
                let read = client::read(&[("Content-Range", value.as_bytes())], LM);
                response.content_range = read.content_range;
                response.part = read.part;
            }
            "length-malformed" => response.malformed_content_length = true,
            _ => panic!("{words}"),
        }
    }
    response
}

/// Several of them, apart by `|`; `none` is no response.
#[track_caller]
pub fn responses(words: &str) -> Vec<Response> {
    if words == "none" {
        return Vec::new();
    }
    words.split('|').map(response).collect()
}

pub fn tag(tag: &Tag) -> EntityTag<'_> {
    let strong = EntityTag::strong(&tag.opaque).expect("the oracle's tags are tags");
    if tag.weak { strong.to_weak() } else { strong }
}

/// What the crate knows of an oracle's response.
pub fn validators(response: &Response) -> ResponseValidators<'_> {
    let mut fields = Vec::new();
    if response.malformed_etag {
        fields.push(("etag", "v1"));
    }
    if response.malformed_last_modified {
        fields.push(("last-modified", "yesterday"));
    }
    if response.malformed_content_length {
        fields.push(("content-length", "11, 11"));
    }
    let mut validators = ResponseValidators::from_fields(fields);
    if let Some(etag) = &response.etag {
        validators = validators.etag(tag(etag));
    }
    if let Some(unix) = response.last_modified {
        validators = validators.last_modified(date(unix));
    }
    if let Some(unix) = response.date {
        validators = validators.date(date(unix));
    }
    if let Some(unix) = response.updated_date {
        validators = validators.updated(date(unix));
    }
    if let Some(unix) = response.received {
        validators = validators.received(date(unix));
    }
    if let Some(octets) = response.content_length {
        validators = validators.content_length(octets);
    }
    if let Some((first, last, complete)) = response.content_range {
        let range = ByteRange::new(first, last).expect("a range");
        let part = ContentRange::new(range, complete).expect("it is within");
        validators = validators.content_range(part);
    }
    if let Some(holds_range) = response.part {
        validators = validators.incomplete(holds_range);
    }
    if let Some(status) = response.status {
        validators = validators.status(status);
    }
    validators.date_trust(match response.gap {
        None => DateTrust::SameClock,
        Some(gap) => DateTrust::MinGap {
            seconds: u32::try_from(gap).expect("no gap is negative"),
        },
    })
}

pub fn all(responses: &[Response]) -> Vec<ResponseValidators<'_>> {
    responses.iter().map(validators).collect()
}

/// The exact octets of a value, which nothing is missing of and nothing is behind.
pub fn octets<T: Iterator<Item: ListMember> + Clone>(value: &FieldValue<'_, T>) -> Vec<u8> {
    let mut buffer = vec![0xAA; value.len() + 3];
    let written = value.write_to(&mut buffer).expect("it is long enough");
    assert_eq!(written.len(), value.len());
    let written = written.to_vec();
    assert_eq!(buffer[written.len()..], [0xAA; 3]);
    let too_small = value.write_to(&mut buffer[..written.len() - 1]);
    assert_eq!(too_small.map_err(|error| error.needed), Err(written.len()));
    assert_eq!(value.to_string(), String::from_utf8_lossy(&written));
    written
}

/// The names and the exact octets of fields.
pub fn sent<'a, T: Iterator<Item: ListMember> + Clone>(
    fields: impl IntoIterator<Item = RequestField<'a, T>>,
) -> client::Fields {
    let fields = fields.into_iter();
    fields
        .map(|field| (field.name(), octets(field.value())))
        .collect()
}

/// All that is sent to validate these.
#[track_caller]
pub fn on_revalidation(stored: &[Response]) -> client::Fields {
    let fields = sent(revalidate(all(stored)));
    assert_eq!(fields, client::revalidate(stored), "{stored:#?}");
    fields
}

/// What guards a change and what resumes a download, of one response.
#[track_caller]
pub fn on_held(held: &Response, first: u64) -> (Option<client::Fields>, Option<client::Fields>) {
    let validators = validators(held);
    let guard = validators.guard().ok().map(|field| sent([field]));
    assert_eq!(
        guard,
        client::guard(held).map(|field| vec![field]),
        "{held:?}"
    );
    let resume = validators.resume(RangeSpec::Int { first, last: None });
    let resume = resume.map(sent);
    assert_eq!(resume, client::resume(held, first), "{held:?}");
    (guard, resume)
}

/// The lines of a client's If-None-Match, where all of them can be read.
pub fn if_none_match<'a>(lines: &[&'a [u8]]) -> Option<Vec<IfNoneMatch<'a>>> {
    let lines = lines.iter().map(|line| IfNoneMatch::parse(line).ok());
    lines.collect()
}

fn validated(outcome: ValidationOutcome) -> cache::Validated {
    match outcome {
        ValidationOutcome::NotModified => cache::Validated::NotModified,
        ValidationOutcome::Stored(index) => cache::Validated::Stored(index),
        ValidationOutcome::Forward => cache::Validated::Forward,
        ValidationOutcome::Response => cache::Validated::Response,
        ValidationOutcome::Unrelated => cache::Validated::Unrelated,
        ValidationOutcome::Failed => cache::Validated::Failed,
        other => panic!("{other:?}"),
    }
}

/// What a cache adds to a client's request, and what each of these answers, a status and the fields
/// beside it, then means for the client and for what is stored.
#[track_caller]
pub fn on_validation(
    request: &oracle::validation::Request<'_>,
    answers: &[(u16, Response)],
) -> (client::Fields, Vec<(cache::Validated, Vec<usize>)>) {
    let stored = all(request.stored);
    let fields = request.fields.iter().copied();
    let validation = Validation::new(request.method, fields, stored.iter().copied());

    let added = sent(validation.fields());
    assert_eq!(added, oracle::validation::fields(request), "{request:#?}");
    for name in [
        "If-None-Match",
        "if-none-match",
        "If-Modified-Since",
        "if-modified-since",
        "If-Match",
        "If-Unmodified-Since",
        "Range",
        "If-Range",
        "Accept",
        "",
    ] {
        let expected = oracle::validation::replaces(request, name);
        assert_eq!(validation.replaces(name), expected, "{name} {request:#?}");
    }

    let mut meanings = Vec::new();
    for (status, answer) in answers {
        let read = validators(answer);
        let outcome = validated(validation.outcome(*status, &read));
        let expected = oracle::validation::outcome(request, *status, answer);
        assert_eq!(outcome, expected, "{status} {answer:#?} {request:#?}");
        let freshened: Vec<_> = validation.freshened(*status, &read).collect();
        let expected = oracle::validation::freshened(request, *status, answer);
        assert_eq!(freshened, expected, "{answer:#?} {request:#?}");
        meanings.push((outcome, freshened));
    }
    (added, meanings)
}

/// The indices of what a 304 freshens.
#[track_caller]
pub fn on_freshening(not_modified: &Response, stored: &[Response]) -> Vec<usize> {
    let freshened: Vec<_> = freshened_by(&validators(not_modified), all(stored)).collect();
    let expected = cache::freshened(not_modified, stored);
    assert_eq!(freshened, expected, "{not_modified:#?} {stored:#?}");
    let latest = most_recent(all(stored));
    assert_eq!(latest, cache::most_recent(stored), "{stored:#?}");
    freshened
}

/// Whether a HEAD freshens, and whether parts of the two may be combined.
#[track_caller]
pub fn on_pair(one: &Response, other: &Response) -> (cache::Head, bool) {
    let (a, b) = (validators(one), validators(other));
    let updates = match b.compared_with_head(&a) {
        HeadVerdict::Freshened => cache::Head::Updates,
        HeadVerdict::Different => cache::Head::Stale,
        HeadVerdict::TellsNothing => cache::Head::TellsNothing,
    };
    assert_eq!(updates, cache::head(one, other), "{one:#?} {other:#?}");
    let (a, b) = (a.representation(), b.representation());
    let combines = a.combines_with(&b);
    assert_eq!(combines, client::combine(one, other), "{one:#?} {other:#?}");
    assert_eq!(combines, b.combines_with(&a));
    (updates, combines)
}

/// What becomes of a request.
#[track_caller]
pub fn on_reuse(request: &Request<'_>) -> cache::Reuse {
    let stored = request.stored.as_ref().map(validators);
    let fields = request.fields.iter().copied();
    let reuse = evaluate_stored_at(request.method, fields, stored.as_ref(), date(request.now));
    let reuse = match reuse {
        Reuse::Forward => cache::Reuse::Forward,
        Reuse::NotModified(decision) => {
            assert_eq!(decision.status(), 304);
            cache::Reuse::NotModified
        }
        Reuse::Serve => cache::Reuse::Serve,
        Reuse::Range(decision) => {
            assert!(decision.honours_range());
            let stored = request.stored.as_ref().expect("it has ranges");
            let of_range = cache::status_of_range(request, stored);
            assert_eq!(decision.status(), of_range.unwrap_or(200), "{request:#?}");
            cache::Reuse::Range
        }
        Reuse::Part { decision, offset } => {
            assert!(decision.honours_range());
            assert_eq!(decision.status(), 206);
            let range = decision.range().expect("the part has one range");
            let field = decision.content_range().expect("a 206 has it");
            assert_eq!(field.range(), Some(range));
            let part = request.stored.as_ref().and_then(|part| part.content_range);
            let complete = field.complete_length();
            assert_eq!(Some(complete), part.map(|(_, _, complete)| complete));
            let plan = decision.plan();
            assert_eq!(plan.status(), 206);
            assert!(matches!(plan.content(), Content::Part(sent) if sent == range));
            cache::Reuse::Part(range.first(), range.last(), offset)
        }
        other => panic!("{other:?}"),
    };
    if let Some(stored) = &stored {
        let fields = request.fields.iter().copied();
        let asked = stored.for_request(request.method, fields);
        let response = request.stored.as_ref().expect("it is stored");
        if response.content_range.is_some() {
            let holds = cache::held_range(request, response).is_some();
            assert_eq!(asked, stored.incomplete(holds), "{request:#?}");
        } else {
            assert_eq!(asked, *stored);
        }
    }
    assert_eq!(reuse, cache::reuse(request), "{request:#?}");
    reuse
}

/// The names in lower case of the fields that go into a stored response.
#[track_caller]
pub fn on_merge(fields: &[(&str, &[u8])], kind: CacheKind) -> Vec<String> {
    let excepted: Vec<_> = fields
        .iter()
        .flat_map(|(name, value)| unstorable_fields(name, *value, kind))
        .collect();
    let mut replaced: Vec<String> = Vec::new();
    for (name, _) in fields {
        let listed = |other: &&[u8]| other.eq_ignore_ascii_case(name.as_bytes());
        let name = name.to_ascii_lowercase();
        if updates_stored_field(&name) && !excepted.iter().any(listed) && !replaced.contains(&name)
        {
            replaced.push(name);
        }
    }
    let expected = cache::replaced(fields, kind == CacheKind::Shared);
    assert_eq!(replaced, expected, "{kind:?} {fields:?}");
    replaced
}

/// The names in lower case of the fields that are stored.
#[track_caller]
pub fn on_storing(fields: &[(&str, &[u8])], kind: CacheKind) -> Vec<String> {
    let excepted: Vec<_> = fields
        .iter()
        .flat_map(|(name, value)| unstorable_fields(name, *value, kind))
        .collect();
    let mut kept: Vec<String> = Vec::new();
    for (name, _) in fields {
        let listed = |other: &&[u8]| other.eq_ignore_ascii_case(name.as_bytes());
        let name = name.to_ascii_lowercase();
        if is_storable_field(&name) && !excepted.iter().any(listed) && !kept.contains(&name) {
            kept.push(name);
        }
    }
    let expected = cache::stored_fields(fields, kind == CacheKind::Shared);
    assert_eq!(kept, expected, "{kind:?} {fields:?}");
    kept
}
