//! The two clients, and what they receive.

use std::fmt;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Request, Response as HttpResponse};

use crate::curl;

/// A field line of a request.
pub type Field<'a> = (&'a str, &'a [u8]);

/// A client program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// `curl`, a process for each request.
    Curl,
    /// `ureq`, a client library of this language.
    Ureq,
}

/// What a server answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The field lines, their names in lower case.
    pub fields: Vec<(String, String)>,
    /// The content.
    pub content: Vec<u8>,
}

impl Client {
    /// Sends a request, and waits for all of the answer.
    ///
    /// # Panics
    ///
    /// If there is no answer, with what the client says about it.
    #[must_use]
    pub fn send(
        self,
        method: &str,
        url: &str,
        fields: &[Field<'_>],
        content: Option<&[u8]>,
    ) -> Response {
        match self {
            Self::Curl => curl::send(method, url, fields, content),
            Self::Ureq => ureq(method, url, fields, content)
                .unwrap_or_else(|error| panic!("{method} {url}: {error}")),
        }
    }

    /// GET without a condition.
    #[must_use]
    pub fn get(self, url: &str) -> Response {
        self.send("GET", url, &[], None)
    }
}

fn ureq(
    method: &str,
    url: &str,
    fields: &[Field<'_>],
    content: Option<&[u8]>,
) -> Result<Response, ureq::Error> {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let answer = match content {
        Some(content) => agent.run(request.body(content)?)?,
        // For no content of these ureq would send chunks, which not every server takes.
        None if ["PATCH", "POST", "PUT"].contains(&method) => {
            agent.run(request.body([].as_slice())?)?
        }
        None => agent.run(request.body(())?)?,
    };
    received(answer)
}

fn received(answer: HttpResponse<ureq::Body>) -> Result<Response, ureq::Error> {
    let (head, mut body) = answer.into_parts();
    let fields = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), value.into_owned())
    });
    Ok(Response {
        status: head.status.as_u16(),
        fields: fields.collect(),
        content: body.read_to_vec()?,
    })
}

impl Response {
    /// The value of a field, whose name is given in lower case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut lines = self.fields.iter();
        let line = lines.find(|(field, _)| field == name);
        line.map(|(_, value)| value.as_str())
    }
}

/// As it stands on the wire, but for long content.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        for (name, value) in &self.fields {
            writeln!(f, "{name}: {value}")?;
        }
        let shown = self.content.get(..200).unwrap_or(&self.content);
        writeln!(f, "\n{}", shown.escape_ascii())?;
        write!(f, "({} octets)", self.content.len())
    }
}
