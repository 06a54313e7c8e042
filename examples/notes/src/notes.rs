//! The list of notes, and each note: a text, whose first line is its title.

use axum::extract::rejection::StringRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use http_preconditions::Outcome;

use crate::conditional::{answer, guard, revalidate};
use crate::problem::Problem;
use crate::store::{Change, Note, Store};

pub(crate) fn router() -> Router<Store> {
    let note: MethodRouter<Store> = get(read).put(write).delete(delete);
    Router::new()
        .route("/notes", get(list))
        .route("/notes/{id}", note)
}

/// The name of a note, from the path.
#[derive(Debug)]
struct Id(String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::from_request_parts(parts, state).await {
            // Clients leave a dot or two out of a path, or go up (RFC 3986 §5.2.4): no link would
            // lead there.
            Ok(Path(id)) if id != "." && id != ".." => Ok(Self(id)),
            _ => Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "A note has a name in UTF-8, other than a dot or two.",
            )),
        }
    }
}

async fn list(
    State(store): State<Store>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let list = store.list().await?;
    let response = Json(list.entries).into_response();
    Ok(revalidate(&method, &headers, &list.validators, response))
}

async fn read(
    State(store): State<Store>,
    Id(id): Id,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    match store.note(id).await? {
        Some(note) => {
            let response = note.text.into_response();
            Ok(revalidate(&method, &headers, &note.validators, response))
        }
        None => Err(Problem::new(
            StatusCode::NOT_FOUND,
            "There is no note of this name.",
        )),
    }
}

async fn write(
    State(store): State<Store>,
    Id(id): Id,
    headers: HeaderMap,
    text: Result<String, StringRejection>,
) -> Result<Response, Problem> {
    let text = text.map_err(|error| Problem::new(error.status(), error.body_text()))?;
    // RFC 9110 §14.5: a server that knows no partial PUT must not take the part for the whole.
    if headers.contains_key(header::CONTENT_RANGE) {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "A note is written as a whole, without Content-Range.",
        ));
    }
    if !is_plain_text(&headers) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A note is text/plain, in UTF-8.",
        ));
    }
    edit(store, id, Method::PUT, headers, Some(text)).await
}

async fn delete(
    State(store): State<Store>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    edit(store, id, Method::DELETE, headers, None).await
}

/// Writes the text, or deletes the note where there is none, if the conditions allow it.
async fn edit(
    store: Store,
    id: String,
    method: Method,
    headers: HeaderMap,
    text: Option<String>,
) -> Result<Response, Problem> {
    let decide = move |current: Option<&Note>| {
        let unconditional = match (current, &text) {
            (None, Some(_)) => StatusCode::CREATED,
            (None, None) => StatusCode::NOT_FOUND,
            (Some(_), _) => StatusCode::NO_CONTENT,
        };
        let applied = current.map(|note| &note.text) == text.as_ref();
        let validators = current.map(|note| &note.validators);
        let decision = guard(&method, &headers, validators, unconditional, applied);
        let change = match (decision.outcome(), text) {
            (Outcome::Perform, Some(text)) => Change::Write(text),
            (Outcome::Perform, None) => Change::Delete,
            _ => Change::Nothing,
        };
        (change, decision)
    };
    let (note, decision) = store.change(id, decide).await?;
    Ok(answer(
        &decision,
        note.as_ref().map(|note| &note.validators),
    ))
}

/// A request that names no media type is taken at its word.
fn is_plain_text(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_TYPE).iter().all(|value| {
        let essence = value.as_bytes().split(|octet| *octet == b';').next();
        essence.is_some_and(|essence| essence.trim_ascii().eq_ignore_ascii_case(b"text/plain"))
    })
}
