//! The layer: 304, 412 and ranges for whatever a service answers to GET and HEAD.
//!
//! Put it where the answer is as the client gets it: a layer that compresses goes inside and gives
//! each coding a tag of its own (RFC 9110 §8.8.3.3).
//!
//! It goes around a router of axum and not into it: what `Router::layer` takes is inside of the
//! place where axum adds the lengths that are missing, and each 304 would have a
//! `Content-Length: 0`, which is not that of the 200 (§8.6).

use std::task::{Context, Poll};
use std::time::SystemTime;

use bytes::Bytes;
use example_resource::{boundary, joined, planned};
use futures_util::TryFutureExt;
use futures_util::future::MapOk;
use http::{HeaderMap, Method, Request, Response, header};
use http_body::Body;
use http_preconditions::response::Content;
use http_preconditions::{Evaluation, HttpDate, Options};
use tower::{Layer, Service};

use crate::selected::Selected;

/// Makes a [`Conditional`] of a service whose bodies can be made of octets.
///
/// Such are those of axum and `Full`; a boxed one is not, and is mapped into one inside the layer:
///
/// ```
/// # use std::convert::Infallible;
/// # use axum::body::Body;
/// # use bytes::Bytes;
/// # use example_axum::ConditionalLayer;
/// # use http::{Request, Response, header};
/// # use http_body_util::{BodyExt, Full, combinators::BoxBody};
/// # use tower::{ServiceBuilder, ServiceExt, service_fn};
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let service = ServiceBuilder::new()
///     .layer(ConditionalLayer)
///     .map_response(|response: Response<BoxBody<Bytes, Infallible>>| response.map(Body::new))
///     .service(service_fn(async |_: Request<()>| {
///         let response = Response::builder().header(header::ETAG, "\"v1\"");
///         Ok::<_, Infallible>(response.body(Full::from("content").boxed()).unwrap())
///     }));
/// let request = Request::builder().header(header::IF_NONE_MATCH, "\"v1\"");
/// let answer = service.oneshot(request.body(()).unwrap()).await.unwrap();
/// assert_eq!(answer.status(), 304);
/// # });
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ConditionalLayer;

impl<S> Layer<S> for ConditionalLayer {
    type Service = Conditional<S>;

    fn layer(&self, inner: S) -> Conditional<S> {
        Conditional { inner }
    }
}

/// Tests the conditions of GET and HEAD on the `ETag` and `Last-Modified` of the answer. Requests
/// of other methods pass through: see the head of this [crate] for why.
#[derive(Clone, Copy, Debug)]
pub struct Conditional<S> {
    inner: S,
}

type Then<R> = Box<dyn FnOnce(Response<R>) -> Response<R> + Send>;

impl<S, B, R> Service<Request<B>> for Conditional<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    R: Body + From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = MapOk<S::Future, Then<R>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (method, fields) = (request.method().clone(), request.headers().clone());
        let then = move |response| conditional(&method, &fields, response);
        self.inner.call(request).map_ok(Box::new(then))
    }
}

fn conditional<R: Body + From<Bytes>>(
    method: &Method,
    fields: &HeaderMap,
    mut response: Response<R>,
) -> Response<R> {
    // What is no success stays as it is (§13.2.1), and so does the 412 of a handler.
    if !matches!(*method, Method::GET | Method::HEAD) || !response.status().is_success() {
        return response;
    }
    let selected = Selected::take(&mut response);
    let current = selected.representation(response.headers());
    let options = Options::new().unconditional_status(response.status().as_u16());
    // For the years of dates that have two digits (§5.6.7).
    let now = HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::MAX);
    let evaluation = Evaluation::with_options(method, Some(&current), options.now(now));
    let plan = evaluation.headers(fields).decide().plan().range_of(fields);
    // It may be a part that the handler has made itself.
    if matches!(plan.content(), Content::Unchanged) {
        return response;
    }

    let (mut head, _) = response.into_parts();
    let content_type = head.headers.get(header::CONTENT_TYPE).cloned();
    let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
    let boundary = boundary();
    let parts = plan.multipart(content_type, &boundary);
    let parts = parts.expect("a boundary is hex, and a header value has no line end");
    let applied = plan.apply(&mut head);
    let applied = applied.and_then(|()| parts.iter().try_for_each(|parts| parts.apply(&mut head)));
    applied.expect("the map was not full");
    let content = selected.content.unwrap_or_default();
    let content = joined(planned(&plan, parts.as_ref(), &content));
    Response::from_parts(head, content.into())
}
