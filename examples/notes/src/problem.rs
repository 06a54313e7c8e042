//! What went wrong, as problem details. (RFC 9457)

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer that is an error.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    headers: HeaderMap,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            headers: HeaderMap::new(),
        }
    }

    /// The same with these fields.
    pub(crate) fn with(self, headers: HeaderMap) -> Self {
        Self { headers, ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let details = Json(json!({
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "detail": self.detail,
        }));
        let mut response = (self.status, self.headers, details).into_response();
        let media_type = HeaderValue::from_static("application/problem+json");
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        response
    }
}

/// The cause is for the server's log, not for its clients.
impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        eprintln!("database: {error}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The notes cannot be read or written now.",
        )
    }
}
