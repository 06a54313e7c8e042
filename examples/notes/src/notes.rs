//! The list of notes, and each note: a text, whose first line is its title.

use axum::extract::rejection::StringRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use http_preconditions::Outcome;

use crate::conditional::{guard, revalidate};
use crate::problem::Problem;
use crate::store::{Change, Note, Store};

pub(crate) fn router() -> Router<Store> {
    let note: MethodRouter<Store> = get(read).put(write).delete(delete);
    Router::new()
        .route("/notes", get(list))
        .route("/notes/{id}", note)
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
    Path(id): Path<String>,
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
    Path(id): Path<String>,
    headers: HeaderMap,
    text: Result<String, StringRejection>,
) -> Result<Response, Problem> {
    let text = text.map_err(|error| Problem::new(error.status(), error.body_text()))?;
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
    Path(id): Path<String>,
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
        let verdict = guard(&method, &headers, validators, unconditional, applied);
        let change = match (verdict.outcome, text) {
            (Outcome::Perform, Some(text)) => Change::Write(text),
            (Outcome::Perform, None) => Change::Delete,
            _ => Change::Nothing,
        };
        (change, verdict)
    };
    let (note, verdict) = store.change(id, decide).await?;
    Ok(verdict.answer(note.as_ref().map(|note| &note.validators)))
}

/// A request that names no media type is taken at its word.
fn is_plain_text(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return true;
    };
    let essence = value.as_bytes().split(|octet| *octet == b';').next();
    essence.is_some_and(|essence| essence.trim_ascii().eq_ignore_ascii_case(b"text/plain"))
}
