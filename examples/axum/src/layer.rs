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
use example_resource::{boundary, part, pieces};
use futures_util::TryFutureExt;
use futures_util::future::MapOk;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use http_body::Body;
use http_preconditions::response::Content;
use http_preconditions::{
    Decision, EntityTag, Evaluation, HttpDate, Method, Options, Representation,
};
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
    R: Body + Default + From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = MapOk<S::Future, Then<R>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let method = Method::from(request.method());
        let then: Then<R> = match method {
            Method::Get | Method::Head => {
                let fields = request.headers().clone();
                Box::new(move |response| conditional(method, &fields, response))
            }
            _ => Box::new(|response| response),
        };
        self.inner.call(request).map_ok(then)
    }
}

fn conditional<R: Body + Default + From<Bytes>>(
    method: Method,
    fields: &HeaderMap,
    mut response: Response<R>,
) -> Response<R> {
    // What is no success stays as it is (§13.2.1), and so does the 412 of a handler.
    if !response.status().is_success() {
        return response;
    }
    let content = Selected::content_of(&response);
    let selected: Selected = response.extensions_mut().remove().unwrap_or_default();
    let selected = Selected {
        content,
        ..selected
    };
    let decision = decide(method, fields, &response, &selected);
    let range = fields.get(header::RANGE).map(HeaderValue::as_bytes);
    let plan = decision.plan().range(range.unwrap_or_default());
    let content = selected.content.unwrap_or_default();

    // It may be a part that the handler has made itself.
    if matches!(plan.content(), Content::Unchanged) {
        return response;
    }
    let (mut head, _) = response.into_parts();
    let content_type = head.headers.get(header::CONTENT_TYPE).cloned();
    plan.apply(&mut head).expect("the map was not full");
    let body = match plan.content() {
        Content::Nothing | Content::Unchanged => R::default(),
        Content::Part(range) => part(&content, range).into(),
        Content::Parts(_) => {
            let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
            let boundary = boundary();
            let parts = plan.multipart(content_type, &boundary).ok().flatten();
            let parts = parts.expect("there are several ranges, and the boundary is a token");
            parts
                .apply(&mut head)
                .expect("there is room for a field that was removed");
            Bytes::from(pieces(&parts, &content).collect::<Vec<_>>().concat()).into()
        }
    };
    Response::from_parts(head, body)
}

fn decide<R>(
    method: Method,
    fields: &HeaderMap,
    response: &Response<R>,
    selected: &Selected,
) -> Decision {
    let value = |name| response.headers().get(name);
    let etag = value(header::ETAG).and_then(|value| EntityTag::try_from(value).ok());
    let date = value(header::LAST_MODIFIED).and_then(|value| HttpDate::try_from(value).ok());
    let current = if selected.strong_date {
        Representation::with_strong_date(etag, date)
    } else {
        Representation::with_validators(etag, date)
    };
    let current = match &selected.content {
        Some(content) => current.complete_length(content.len() as u64),
        None => current.without_ranges(),
    };
    // For the years of dates that have two digits (§5.6.7).
    let now = HttpDate::try_from(SystemTime::now()).unwrap_or(HttpDate::MAX);
    let options = Options::new()
        .unconditional_status(response.status().as_u16())
        .now(now);
    Evaluation::with_options(method, Some(&current), options)
        .headers(fields)
        .decide()
}
