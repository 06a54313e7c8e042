//! A client of one note, or of another resource of the server.

use example_over_sockets::{Client, Field, Response};

use crate::server::Server;

pub(crate) struct Note {
    client: Client,
    url: String,
}

impl Note {
    pub(crate) fn new(client: Client, server: &Server, name: &str) -> Self {
        Self::at(client, server, &format!("notes/{name}"))
    }

    pub(crate) fn at(client: Client, server: &Server, path: &str) -> Self {
        let url = format!("{}/{path}", server.origin);
        Self { client, url }
    }

    /// Sends a request with these fields, one a line.
    pub(crate) fn send(&self, method: &str, fields: &str, text: &str) -> Response {
        let fields: Vec<Field<'_>> = fields
            .lines()
            .map(|line| line.split_once(": ").expect("a name and a value"))
            .map(|(name, value)| (name, value.as_bytes()))
            .collect();
        let content = matches!(method, "PUT" | "PATCH").then_some(text.as_bytes());
        self.client.send(method, &self.url, &fields, content)
    }

    pub(crate) fn put(&self, fields: &str, text: &str) -> Response {
        self.send("PUT", fields, text)
    }

    /// The tag and the text, where there is a note.
    pub(crate) fn state(&self) -> Option<(String, String)> {
        let answer = self.send("GET", "", "");
        (answer.status != 404).then(|| {
            let tag = text_field(&answer, "etag");
            let text = String::from_utf8(answer.content).expect("UTF-8");
            (tag, text)
        })
    }
}

pub(crate) fn text_field(answer: &Response, name: &str) -> String {
    let value = answer.field(name);
    value
        .unwrap_or_else(|| panic!("no {name}: {answer:?}"))
        .to_owned()
}
