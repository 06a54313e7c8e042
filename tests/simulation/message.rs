//! Requests and responses as they are between client, cache and origin.

use http_preconditions::{
    EntityTag, HttpDate,
    cache::{CacheKind, removed_by_update, unstorable_fields, updates_stored_field},
    client::{RequestField, ResponseValidators},
    range::{ContentRange, Range, RangePolicy, Resolution},
};

/// Field lines in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, Vec<u8>)>);

impl Fields {
    pub(crate) fn add(&mut self, name: &str, value: impl AsRef<[u8]>) {
        self.0.push((name.to_owned(), value.as_ref().to_vec()));
    }

    /// Adds what the crate says is to be sent.
    pub(crate) fn send<'a, T: Iterator<Item = EntityTag<'a>> + Clone>(
        &mut self,
        fields: impl IntoIterator<Item = RequestField<'a, T>>,
    ) {
        for field in fields {
            let (name, value) = field.into_parts();
            let mut octets = vec![0; value.len()];
            let written = value.write_to(&mut octets).expect("it has its length");
            self.add(name, written);
        }
    }

    pub(crate) fn all<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let lines = self.0.iter();
        lines
            .filter(move |(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.as_slice())
    }

    pub(crate) fn get<'a>(&'a self, wanted: &'a str) -> Option<&'a [u8]> {
        self.all(wanted).next()
    }

    pub(crate) fn remove(&mut self, unwanted: &str) {
        self.0
            .retain(|(name, _)| !name.eq_ignore_ascii_case(unwanted));
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> + Clone {
        let lines = self.0.iter();
        lines.map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// As they were received.
    pub(crate) fn validators(&self) -> ResponseValidators<'_> {
        ResponseValidators::from_fields(self.lines())
    }

    /// As they are stored, with the Date of the response that brought the content.
    pub(crate) fn stored(
        &self,
        status: u16,
        first_date: Option<HttpDate>,
    ) -> ResponseValidators<'_> {
        ResponseValidators::from_stored(status, self.lines(), first_date)
    }

    /// Where the content begins: at 0, or where Content-Range says.
    pub(crate) fn first(&self) -> u64 {
        let part = self.get("Content-Range").map(ContentRange::parse);
        let range = part.and_then(|part| part.expect("it was written so").range());
        range.map_or(0, |range| range.first())
    }

    /// Whether both have the same tag, or no tag and the same date: a validation then gets a 304.
    pub(crate) fn shares_validator(&self, other: &Self) -> bool {
        fn opaque(tag: &[u8]) -> &[u8] {
            tag.strip_prefix(b"W/").unwrap_or(tag)
        }
        let date = "Last-Modified";
        match (self.get("ETag"), other.get("ETag")) {
            (Some(one), Some(other)) => opaque(one) == opaque(other),
            (None, None) => self.get(date).is_some() && self.get(date) == other.get(date),
            _ => false,
        }
    }

    /// Puts the fields of a 304 in (RFC 9111 §3.2).
    pub(crate) fn update(&mut self, not_modified: &Self) {
        let lines = not_modified.lines();
        let excepted: Vec<_> = lines
            .flat_map(|(name, value)| unstorable_fields(name, value, CacheKind::Shared))
            .collect();
        let goes_in = |name: &str| {
            let is_excepted = |other: &&[u8]| other.eq_ignore_ascii_case(name.as_bytes());
            updates_stored_field(name) && !excepted.iter().any(is_excepted)
        };
        self.0.retain(|(name, _)| !removed_by_update(name));
        for (name, _) in not_modified.lines().filter(|(name, _)| goes_in(name)) {
            self.remove(name);
        }
        for (name, value) in not_modified.lines().filter(|(name, _)| goes_in(name)) {
            self.add(name, value);
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) fields: Fields,
    /// What a PUT puts there.
    pub(crate) content: Vec<u8>,
    /// What is to be changed or deleted, as its author saw it. The origin looks at it after it has
    /// decided, to find lost updates.
    pub(crate) seen: Option<Vec<u8>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) fields: Fields,
    pub(crate) content: Vec<u8>,
}

impl Response {
    pub(crate) fn new(status: u16, fields: Fields) -> Self {
        Self {
            status,
            fields,
            content: Vec::new(),
        }
    }

    /// Puts the content into a coding in which no octet stays as it is, and which has another length.
    pub(crate) fn code(&mut self) {
        self.content = coded(&self.content);
        self.fields.remove("Content-Length");
        self.fields
            .add("Content-Length", self.content.len().to_string());
        self.fields.add("Content-Encoding", "gzip");
    }

    /// A 200, or what Range makes of it: a single range of `content`, which is whole.
    pub(crate) fn of(mut fields: Fields, content: &[u8], range: Option<&[u8]>) -> Self {
        let length = content.len() as u64;
        let range = range.and_then(|value| Range::parse(value).ok());
        match range.map(|range| range.resolve(length, RangePolicy::new().max_ranges(1))) {
            Some(Resolution::Partial(mut ranges)) => {
                let range = ranges.next().expect("there is one");
                let value = ContentRange::new(range, Some(length)).expect("it is within");
                fields.remove("Content-Length");
                fields.add("Content-Range", value.to_string());
                let (first, end) = (range.first() as usize, range.end() as usize);
                Self {
                    status: 206,
                    fields,
                    content: content[first..end].to_vec(),
                }
            }
            Some(Resolution::Unsatisfiable) => {
                let mut fields = Fields::default();
                fields.add(
                    "Content-Range",
                    ContentRange::unsatisfied(length).to_string(),
                );
                Self::new(416, fields)
            }
            _ => Self {
                status: 200,
                fields,
                content: content.to_vec(),
            },
        }
    }
}

fn coded(content: &[u8]) -> Vec<u8> {
    let mut coded: Vec<u8> = content.iter().map(|octet| !octet).collect();
    coded.push(b'z');
    coded
}

/// The content without its coding; `None` if it is not in that coding.
pub(crate) fn decoded(fields: &Fields, content: &[u8]) -> Option<Vec<u8>> {
    if fields.get("Content-Encoding").is_none() {
        return Some(content.to_vec());
    }
    let content = content.strip_suffix(b"z")?;
    Some(content.iter().map(|octet| !octet).collect())
}

pub(crate) fn date(unix: i64) -> HttpDate {
    HttpDate::from_unix(unix).expect("a year from 1 to 9999")
}
