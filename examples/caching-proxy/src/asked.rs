//! The request of a client.

use std::time::SystemTime;

use hyper::{HeaderMap, Method, StatusCode, header};

/// A request of a client, without its content.
pub(crate) struct Asked {
    pub(crate) method: Method,
    /// The path and the query.
    pub(crate) target: String,
    /// The fields, without those of the connection.
    pub(crate) fields: HeaderMap,
    /// The time when the request came: no response to it is older.
    pub(crate) at: SystemTime,
}

impl Asked {
    /// Returns true if the client asks for the complete representation, whatever its version is.
    pub(crate) fn is_for_the_whole(&self) -> bool {
        let others = [header::RANGE, header::IF_MATCH, header::IF_UNMODIFIED_SINCE];
        self.method == Method::GET && !others.iter().any(|name| self.fields.contains_key(name))
    }

    /// Logs what is done for this request, for which no octet comes from the origin.
    pub(crate) fn log(&self, what: &str, status: StatusCode) {
        eprintln!("{}, 0 octets from the origin", self.line(what, status));
    }

    pub(crate) fn line(&self, what: &str, status: StatusCode) -> String {
        let Self { method, target, .. } = self;
        format!("{method} {target}: {what}, {}", status.as_u16())
    }
}
