//! A client of one note, or of another resource of the server.

use reqwest::{Client, Method, Response, StatusCode};

use crate::server::Server;

pub(crate) struct Note {
    client: Client,
    url: String,
}

impl Note {
    pub(crate) fn new(server: &Server, name: &str) -> Self {
        Self::at(server, &format!("notes/{name}"))
    }

    pub(crate) fn at(server: &Server, path: &str) -> Self {
        Self {
            client: Client::new(),
            url: format!("{}/{path}", server.origin),
        }
    }

    /// Sends a request with these fields, one a line.
    pub(crate) async fn send(&self, method: &Method, fields: &str, text: &str) -> Response {
        let mut request = self.client.request(method.clone(), &self.url);
        for field in fields.lines() {
            let (name, value) = field.split_once(": ").expect("a name and a value");
            request = request.header(name, value);
        }
        request
            .body(text.to_owned())
            .send()
            .await
            .expect("the server answers")
    }

    pub(crate) async fn put(&self, fields: &str, text: &str) -> Response {
        self.send(&Method::PUT, fields, text).await
    }

    /// The tag and the text, where there is a note.
    pub(crate) async fn state(&self) -> Option<(String, String)> {
        let answer = self.send(&Method::GET, "", "").await;
        if answer.status() == StatusCode::NOT_FOUND {
            return None;
        }
        Some((
            text_field(&answer, "etag"),
            answer.text().await.expect("text"),
        ))
    }
}

pub(crate) fn text_field(answer: &Response, name: &str) -> String {
    let value = answer
        .headers()
        .get(name)
        .unwrap_or_else(|| panic!("no {name}"));
    value.to_str().expect("ASCII").to_owned()
}
