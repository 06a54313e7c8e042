//! The resources of the examples as an axum application.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::any;
use bytes::Bytes;
use example_resource::{Answer, Store};
use tower::Layer;

use crate::layer::{Conditional, ConditionalLayer};
use crate::selected::Selected;

/// Reads through the layer, and everything else through the store.
///
/// The layer is around the router and not in it, as the head of `layer.rs` says.
pub fn app(store: Arc<Store>) -> Conditional<Router> {
    let router = Router::new()
        .route("/{name}", any(write).get(read))
        .with_state(store);
    ConditionalLayer.layer(router)
}

/// Knows nothing of conditions: one version, with the validators of that version.
async fn read(State(store): State<Arc<Store>>, uri: Uri) -> Response {
    let Some(version) = store.current(uri.path()) else {
        return response(Answer::not_found());
    };
    let mut response = response(Answer::whole(&version, uri.path()));
    response.extensions_mut().insert(Selected {
        strong_date: version.has_strong_date(),
        content: version.has_ranges().then(|| version.content().clone()),
    });
    response
}

/// Tests and writes under one lock, which the store holds while it takes the fields.
async fn write(
    State(store): State<Arc<Store>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    content: Bytes,
) -> Response {
    response(store.exchange(method.as_str(), uri.path(), &headers, content))
}

fn response(answer: Answer) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.fields {
        response = response.header(*name, value);
    }
    let response = response.body(Body::from(answer.into_content()));
    response.expect("the store makes valid fields")
}
