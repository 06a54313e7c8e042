//! The `dav` of a line: what a WebDAV server knows, and what `If` asks for.

use std::convert::Infallible;

use http_preconditions::EntityTag;
use http_preconditions::dav::{If, IfTag, Preconditions, ResourceTag, ScheduleTag, State};
use serde_json::{Map, Value, json};

use crate::batch::{boolean, expected, octets};
use crate::request::Request;

/// The resources and locks of a WebDAV server.
#[derive(Debug)]
pub(crate) struct Dav {
    request_uri: Vec<u8>,
    host: Option<Vec<u8>>,
    resources: Vec<Resource>,
    /// The locks that the request must satisfy, each with the tokens of which one suffices.
    must_submit: Vec<Vec<Vec<u8>>>,
    schedule_tag: Option<Vec<u8>>,
}

#[derive(Debug)]
struct Resource {
    path: Vec<u8>,
    etag: Option<Vec<u8>>,
    tokens: Vec<Vec<u8>>,
}

/// What `If` says, for the answer.
#[derive(Debug)]
pub(crate) struct IfAnswer {
    /// `true`, `false`, `"malformed"`, or null without the field.
    pub(crate) verdict: Value,
    pub(crate) lists: Vec<Value>,
}

impl Dav {
    pub(crate) fn read(dav: &Value) -> Result<Self, String> {
        let dav = object("dav", dav)?;
        let text = |key: &str| {
            let value = dav.get(key).filter(|value| !value.is_null());
            value
                .map(|value| octets(&format!("dav.{key}"), value))
                .transpose()
        };
        let request_uri = text("request_uri")?.ok_or("dav.request_uri: expected a string")?;
        let none = Value::Object(Map::new());
        let resources = object("dav.resources", dav.get("resources").unwrap_or(&none))?;
        let resources = resources
            .iter()
            .filter_map(|(path, resource)| Resource::read(path, resource).transpose());
        let locks = items("dav.must_submit", dav.get("must_submit"))?;
        let locks = locks
            .iter()
            .enumerate()
            .map(|(index, lock)| tokens(&format!("dav.must_submit[{index}]"), Some(lock)));
        let schedule_tag = text("schedule_tag")?;
        if let Some(tag) = &schedule_tag {
            ScheduleTag::parse(tag).map_err(|error| format!("dav.schedule_tag: {error}"))?;
        }
        Ok(Self {
            request_uri,
            host: text("host")?,
            resources: resources.collect::<Result<_, _>>()?,
            must_submit: locks.collect::<Result<_, _>>()?,
            schedule_tag,
        })
    }

    /// Returns true if the Request-URI is mapped.
    pub(crate) fn exists(&self) -> bool {
        self.resource(&self.request_uri).is_some()
    }

    /// Returns the tag of the Request-URI, if it is one of RFC 9110.
    pub(crate) fn etag(&self) -> Option<EntityTag<'_>> {
        let tag = self.resource(&self.request_uri)?.etag.as_deref()?;
        EntityTag::parse(tag).ok()
    }

    /// Checks the fields of a request.
    pub(crate) fn check(&self, request: &Request) -> Preconditions {
        let has = |resource, state| Ok::<_, Infallible>(self.has(resource, state));
        let current = self.schedule_tag.as_deref();
        let current = current.and_then(|tag| ScheduleTag::parse(tag).ok());
        let checked = Preconditions::new()
            .check_if(request.named("If"), has, &self.must_submit)
            .unwrap_or_else(|never| match never {});
        checked.check_schedule_tag(request.named("If-Schedule-Tag-Match"), current)
    }

    /// Says whether `If` is true, and what is in it.
    pub(crate) fn answer(&self, request: &Request) -> IfAnswer {
        let (verdict, value) = match If::from_lines(request.named("If")) {
            Ok(None) => (Value::Null, None),
            Ok(Some(value)) => {
                let is_true = value.is_true(|resource, state| self.has(resource, state));
                (is_true.into(), Some(value))
            }
            Err(_) => ("malformed".into(), None),
        };
        let lists = value.iter().flat_map(If::lists);
        let lists = lists.map(|list| {
            let conditions = list.conditions().map(|condition| match condition.state() {
                State::Token(token) => {
                    json!({ "not": condition.is_negated(), "token": text(token.as_bytes()) })
                }
                State::EntityTag(tag) => {
                    let weak = if tag.is_weak() { "W/" } else { "" };
                    let tag = format!("{weak}\"{}\"", text(tag.opaque()));
                    json!({ "not": condition.is_negated(), "etag": tag })
                }
            });
            let resource = list.resource().map(|resource| text(resource.as_bytes()));
            json!({ "resource": resource, "conditions": conditions.collect::<Vec<_>>() })
        });
        IfAnswer {
            verdict,
            lists: lists.collect(),
        }
    }

    fn has(&self, resource: Option<ResourceTag<'_>>, state: State<'_>) -> bool {
        let path = match resource {
            None => Some(self.request_uri.as_slice()),
            Some(tag) => self.path(tag),
        };
        let Some(resource) = path.and_then(|path| self.resource(path)) else {
            return false;
        };
        match state {
            State::Token(token) => resource.tokens.iter().any(|has| has == token.as_bytes()),
            State::EntityTag(tag) => {
                let current = resource.etag.as_deref().map(IfTag::parse);
                current.is_some_and(|current| current.is_ok_and(|current| tag.weak_eq(current)))
            }
        }
    }

    /// Returns the path of a Resource-Tag, or `None` if it names no place of this server.
    fn path<'a>(&self, tag: ResourceTag<'a>) -> Option<&'a [u8]> {
        let path = tag.path_and_query();
        let Some(scheme) = tag.scheme() else {
            return Some(path);
        };
        let is_http = [b"http".as_slice(), b"https"]
            .iter()
            .any(|http| scheme.eq_ignore_ascii_case(http));
        let authority = tag.authority()?;
        let authority = authority.strip_suffix(b":80").unwrap_or(authority);
        let host = self.host.as_deref()?;
        let host = host.strip_suffix(b":80").unwrap_or(host);
        let is_ours = is_http && authority.eq_ignore_ascii_case(host);
        is_ours.then_some(if path.is_empty() { b"/" } else { path })
    }

    /// Returns the resource with this path, with or without a slash at its end.
    fn resource(&self, path: &[u8]) -> Option<&Resource> {
        let bare = |path: &[u8]| path.strip_suffix(b"/").unwrap_or(path).to_vec();
        let mut resources = self.resources.iter();
        resources.find(|resource| bare(&resource.path) == bare(path))
    }
}

impl Resource {
    /// Returns `None` for a resource that does not exist.
    fn read(path: &str, resource: &Value) -> Result<Option<Self>, String> {
        let place = format!("dav.resources.{path}");
        let resource = object(&place, resource)?;
        let exists = resource.get("exists").cloned();
        let exists = boolean(&format!("{place}.exists"), exists)?.unwrap_or(true);
        let etag = resource.get("etag").filter(|etag| !etag.is_null());
        let etag = etag.map(|etag| octets(&format!("{place}.etag"), etag));
        let etag = etag.transpose()?;
        if let Some(tag) = &etag {
            IfTag::parse(tag).map_err(|error| format!("{place}.etag: {error}"))?;
        }
        let resource = Self {
            path: octets(&place, &path.into())?,
            etag,
            tokens: tokens(&format!("{place}.tokens"), resource.get("tokens"))?,
        };
        Ok(exists.then_some(resource))
    }
}

fn object<'a>(place: &str, value: &'a Value) -> Result<&'a Map<String, Value>, String> {
    value
        .as_object()
        .ok_or_else(|| expected(place, "an object", value))
}

/// Returns the items of an array; none if there is no array.
fn items<'a>(place: &str, value: Option<&'a Value>) -> Result<&'a [Value], String> {
    match value {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(other) => Err(expected(place, "an array", other)),
    }
}

fn tokens(place: &str, value: Option<&Value>) -> Result<Vec<Vec<u8>>, String> {
    let tokens = items(place, value)?.iter().enumerate();
    let tokens = tokens.map(|(index, token)| octets(&format!("{place}[{index}]"), token));
    tokens.collect()
}

/// Returns the string that stands for the octets.
fn text(octets: &[u8]) -> String {
    octets.iter().copied().map(char::from).collect()
}
