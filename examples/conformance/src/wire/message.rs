//! A request to send, and a response that has arrived.

/// The name and the value of a field line.
pub type Field = (String, Vec<u8>);

/// A request. Its fields are sent as they are, behind Host, User-Agent and Accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The field lines of the case.
    pub fields: Vec<Field>,
    /// The content, if there is one; its length is then sent too.
    pub content: Option<Vec<u8>>,
}

impl Request {
    /// A request without content.
    #[must_use]
    pub fn new(method: &str, target: &str, fields: Vec<Field>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            fields,
            content: None,
        }
    }

    /// The same with this content.
    #[must_use]
    pub fn content(self, content: &[u8]) -> Self {
        Self {
            content: Some(content.to_vec()),
            ..self
        }
    }

    /// The value of the first line of this field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&[u8]> {
        let line = self.fields.iter().find(|(known, _)| known == name);
        line.map(|(_, value)| value.as_slice())
    }

    /// What goes over the wire. The last request of a connection says so.
    #[must_use]
    pub fn octets(&self, host: &str, is_last: bool) -> Vec<u8> {
        let head = format!(
            "{} {} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: conformance\r\nAccept: */*\r\n",
            self.method, self.target
        );
        let mut octets = head.into_bytes();
        for (name, value) in &self.fields {
            octets.extend(name.as_bytes());
            octets.extend(b": ");
            octets.extend(value);
            octets.extend(b"\r\n");
        }
        if let Some(content) = &self.content {
            let length = content.len();
            let framing = format!("Content-Type: text/plain\r\nContent-Length: {length}\r\n");
            octets.extend(framing.into_bytes());
        }
        if is_last {
            octets.extend(b"Connection: close\r\n");
        }
        octets.extend(b"\r\n");
        octets.extend(self.content.iter().flatten());
        octets
    }

    /// The request line and the fields of the case, as a person reads them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} {}", self.method, self.target)];
        let fields = self.fields.iter();
        lines.extend(fields.map(|(name, value)| format!("{name}: {}", text(value))));
        lines
    }
}

/// A response, interim ones left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The field lines.
    pub fields: Vec<Field>,
    /// The content, without its framing.
    pub content: Vec<u8>,
    /// The status codes of the interim responses before it.
    pub interim: Vec<u16>,
    /// The octets of the head.
    pub head: Vec<u8>,
    /// Octets behind the end of the response, which are of none.
    pub surplus: Vec<u8>,
}

impl Response {
    /// The values of the lines of this field.
    pub fn values<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r [u8]> {
        let fields = self.fields.iter();
        let lines = fields.filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.as_slice())
    }

    /// The value of the first line of this field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&[u8]> {
        let mut fields = self.fields.iter();
        let line = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        line.map(|(_, value)| value.as_slice())
    }

    /// The lines of this field, as one value.
    #[must_use]
    pub fn combined(&self, name: &str) -> Option<Vec<u8>> {
        self.value(name)?;
        let values: Vec<&[u8]> = self.values(name).collect();
        Some(values.join(b", ".as_slice()))
    }
}

/// Octets as text: those that are not printable ASCII are escaped, quotes and backslashes are not.
#[must_use]
pub fn text(octets: &[u8]) -> String {
    let shown = octets.iter().map(|octet| match octet {
        b' '..=b'~' => char::from(*octet).to_string(),
        other => other.escape_ascii().to_string(),
    });
    shown.collect()
}
