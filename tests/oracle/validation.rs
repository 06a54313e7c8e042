//! What a cache asks the origin when it sends a client's request on, and what the answer then means
//! for the client and for what is stored: RFC 9111, whose section numbers these are unless they say
//! otherwise.

use super::cache::{self, Validated, freshened as updated, held_range, latest, lines};
use super::client::{Fields, Response, tags, written_date, written_list};
use super::{List, Tag, list, weak_eq};

/// A client's request that goes on, and all responses that are stored for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub method: &'a str,
    pub fields: Vec<(&'a str, &'a [u8])>,
    pub stored: &'a [Response],
}

/// What the request that goes out asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    /// Those of these indices, by their tags.
    Tags(Vec<usize>),
    /// The one of this index, by its date.
    Date(usize),
}

/// Sending a validation request, 4.3.1, for a client that may validate too, 4.3.2.
pub fn asked(request: &Request<'_>) -> Asked {
    // What a 304 is sent for: RFC 9110 section 15.4.5, and QUERY by its own specification.
    if !reads(request.method) {
        return Asked::Nothing;
    }
    // Nothing may stand beside a `*`, RFC 9110 section 13.1.2. A line that cannot be read is not
    // written anew: our decision.
    let Some(client) = client_tags(request) else {
        return Asked::Nothing;
    };
    let candidates = candidates(request);

    let mut with_tag = Vec::new();
    for index in &candidates {
        if request.stored[*index].etag.is_some() {
            with_tag.push(*index);
        }
    }
    if !with_tag.is_empty() {
        return Asked::Tags(with_tag);
    }

    // "a single stored response is being validated": by a date that says nothing beside
    // If-None-Match, RFC 9110 section 13.1.3.
    match dated(&candidates, request.stored) {
        Some(index) if client == Client::SentNoLine => Asked::Date(index),
        _ => Asked::Nothing,
    }
}

/// The fields that are added, in this order. Without any, the client's go out as they came.
pub fn fields(request: &Request<'_>) -> Fields {
    let mut fields = Vec::new();
    match asked(request) {
        Asked::Nothing => {}
        Asked::Date(only) => {
            let date = request.stored[only].last_modified;
            let date = date.expect("it is what is asked by");
            fields.push(("If-Modified-Since", written_date(date)));
        }
        Asked::Tags(with_tag) => {
            let client = client_tags(request).expect("no line is malformed");
            if adds_nothing(client.tags(), &with_tag, request.stored) {
                return fields;
            }
            let with_tag: Vec<&Response> = with_tag.iter().map(|it| &request.stored[*it]).collect();
            let list = tags(&with_tag, client.tags());
            fields.push(("If-None-Match", written_list(&list)));
            // 4.3.1: the same "single stored response", for who knows dates only.
            let candidates = candidates(request);
            if client == Client::SentNoLine && candidates.len() == 1 {
                if let Some(date) = request.stored[candidates[0]].last_modified {
                    fields.push(("If-Modified-Since", written_date(date)));
                }
            }
        }
    }
    fields
}

/// Whether the client's fields of this name are taken away.
pub fn replaces(request: &Request<'_>, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !fields(request).is_empty() && (name == "if-none-match" || name == "if-modified-since")
}

/// Handling a validation response: 4.3.3, and 4.3.2 at its end.
pub fn outcome(request: &Request<'_>, status: u16, answer: &Response) -> Validated {
    if !reads(request.method) {
        return Validated::Unrelated;
    }
    if status >= 500 && status <= 599 {
        return Validated::Failed;
    }
    // "A full response (i.e., one containing content)": no part, and nothing that HEAD gets.
    if status >= 200 && status <= 299 && status != 206 && request.method != "HEAD" {
        return Validated::Response;
    }
    if status != 304 {
        return Validated::Unrelated;
    }

    let asked_about = indices(&asked(request));
    // The 304 is the client's own if nobody else asked.
    if asked_about.is_empty() {
        return Validated::NotModified;
    }
    // "an entity tag that is not in the client's list" is one of the cache's. That the client's are
    // compared weakly is our decision.
    let client = client_tags(request).expect("no line is malformed");
    if let Some(tag) = &answer.etag {
        for held in client.tags() {
            if weak_eq(held, tag) {
                return Validated::NotModified;
            }
        }
    }
    // What 4.3.4 updates is what the client gets.
    if let Some(index) = latest(&freshened(request, status, answer), request.stored) {
        return Validated::Stored(index);
    }
    // What the 304 names by a tag that is not strong on both sides may be used, and is not updated.
    if let Some(tag) = &answer.etag {
        let mut named = Vec::new();
        for index in &asked_about {
            if let Some(stored) = &request.stored[*index].etag {
                if weak_eq(stored, tag) {
                    named.push(*index);
                }
            }
        }
        if let Some(index) = latest(&named, request.stored) {
            return Validated::Stored(index);
        }
    }
    // It does not say which tag it is about. If all were the client's, so is the one that it means.
    if !client.tags().is_empty() {
        let all_were_the_clients = adds_nothing(client.tags(), &asked_about, request.stored);
        if answer.etag.is_none() && all_were_the_clients {
            return Validated::NotModified;
        }
        return Validated::Forward;
    }
    // RFC 9110 section 15.4.5: nothing else was asked about.
    if let [only] = asked_about[..] {
        if !contradicts(answer, &request.stored[only]) {
            return Validated::Stored(only);
        }
    }
    Validated::Forward
}

/// Freshening stored responses upon validation, 4.3.4, of those that were asked about. Another
/// answer than a 304 freshens none.
pub fn freshened(request: &Request<'_>, status: u16, not_modified: &Response) -> Vec<usize> {
    if status != 304 {
        return Vec::new();
    }
    let asked_about = indices(&asked(request));
    let set: Vec<Response> = (asked_about.iter())
        .map(|index| request.stored[*index].clone())
        .collect();
    let mut freshened = Vec::new();
    for place in updated(not_modified, &set) {
        freshened.push(asked_about[place]);
    }
    freshened
}

fn reads(method: &str) -> bool {
    method == "GET" || method == "HEAD" || method == "QUERY"
}

/// What the client says of its own responses.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Client {
    SentNoLine,
    /// Perhaps of none: an empty list is one.
    Sent(Vec<Tag>),
}

impl Client {
    fn tags(&self) -> &[Tag] {
        match self {
            Client::SentNoLine => &[],
            Client::Sent(tags) => tags,
        }
    }
}

/// The tags of all lines of If-None-Match; `None` if one is `*` or cannot be read.
fn client_tags(request: &Request<'_>) -> Option<Client> {
    let lines = lines(&request.fields, "If-None-Match");
    if lines.is_empty() {
        return Some(Client::SentNoLine);
    }
    let mut tags = Vec::new();
    for line in lines {
        match list(line) {
            Some(List::Tags(more)) => tags.extend(more),
            Some(List::Any) | None => return None,
        }
    }
    Some(Client::Sent(tags))
}

/// Those from which the request can be answered, and for which a 304 can stand: RFC 9110 section
/// 15.4.5. "MUST NOT" use the tag of a part that does not hold what is asked for.
fn candidates(request: &Request<'_>) -> Vec<usize> {
    let mut candidates = Vec::new();
    for (index, response) in request.stored.iter().enumerate() {
        let holds = if response.content_range.is_some() {
            let asked = cache::Request {
                method: request.method,
                stored: None,
                now: 0,
                fields: request.fields.clone(),
            };
            held_range(&asked, response).is_some()
        } else {
            response.could_answer()
        };
        if response.is_success() && holds {
            candidates.push(index);
        }
    }
    candidates
}

fn indices(asked: &Asked) -> Vec<usize> {
    match asked {
        Asked::Nothing => Vec::new(),
        Asked::Tags(with_tag) => with_tag.clone(),
        Asked::Date(only) => vec![*only],
    }
}

/// The latest of those with a date: where none has a tag, it is the "single stored response" of
/// 4.3.1. That it is the latest one is our decision.
fn dated(candidates: &[usize], stored: &[Response]) -> Option<usize> {
    let mut dated = candidates.to_vec();
    dated.retain(|index| stored[*index].last_modified.is_some());
    latest(&dated, stored)
}

/// Whether the list that is sent is the client's own. A tag and its weak form are two; behind eight
/// different tags, one that the client lists may be added again.
fn adds_nothing(client: &[Tag], with_tag: &[usize], stored: &[Response]) -> bool {
    let with_tag: Vec<&Response> = with_tag.iter().map(|index| &stored[*index]).collect();
    tags(&with_tag, client).len() == client.len()
}

/// Whether the 304 says that it is about something else.
fn contradicts(answer: &Response, stored: &Response) -> bool {
    if let (Some(a), Some(b)) = (&answer.etag, &stored.etag) {
        if !weak_eq(a, b) {
            return true;
        }
    }
    if let (Some(a), Some(b)) = (answer.last_modified, stored.last_modified) {
        if a != b {
            return true;
        }
    }
    false
}
