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
use example_resource::Parts;
use futures_util::TryFutureExt;
use futures_util::future::MapOk;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body::Body;
use http_preconditions::{
    Decision, EntityTag, Evaluation, HttpDate, Method, Options, Outcome, Representation,
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
    match decision.outcome() {
        Outcome::NotModified => {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            decision.reduce_to_not_modified(response.headers_mut());
            *response.body_mut() = R::default();
        }
        Outcome::PreconditionFailed => {
            refuse(&decision, &mut response, StatusCode::PRECONDITION_FAILED);
        }
        Outcome::Perform if decision.honours_range() => {
            let range = fields.get(header::RANGE).map(HeaderValue::as_bytes);
            let content = selected.content.unwrap_or_default();
            partial(
                &decision,
                range.unwrap_or_default(),
                &content,
                &mut response,
            );
        }
        _ => {}
    }
    response
}

/// Leaves what is not of the 200, such as a cookie or what allows a script of another origin to
/// read the answer. The `Cache-Control` of the 200 would let a cache keep the refusal.
fn refuse<R: Default>(decision: &Decision, response: &mut Response<R>, status: StatusCode) {
    const OF_THE_200: [HeaderName; 6] = [
        header::ETAG,
        header::LAST_MODIFIED,
        header::CACHE_CONTROL,
        header::EXPIRES,
        header::CONTENT_LOCATION,
        header::ACCEPT_RANGES,
    ];
    *response.status_mut() = status;
    decision.reduce_to_not_modified(response.headers_mut());
    for name in OF_THE_200 {
        response.headers_mut().remove(name);
    }
    *response.body_mut() = R::default();
}

/// Puts the parts that are asked for in the place of the whole.
fn partial<R: Default + From<Bytes>>(
    decision: &Decision,
    range: &[u8],
    content: &Bytes,
    response: &mut Response<R>,
) {
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("application/octet-stream");
    let Some(parts) = Parts::of(decision, range, content, content_type) else {
        return;
    };
    if parts.status == 416 {
        refuse(decision, response, StatusCode::RANGE_NOT_SATISFIABLE);
    } else {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        decision.reduce_to_partial_content(response.headers_mut());
    }
    let (name, value) = parts.field;
    let name = HeaderName::try_from(name).expect("it is a field of HTTP");
    let value = HeaderValue::try_from(value).expect("it is made of visible ASCII");
    response.headers_mut().insert(name, value);
    *response.body_mut() = Bytes::from(parts.content.concat()).into();
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
    let mut current = Representation::with_validators(etag, date);
    if let (Some(date), true) = (date, selected.strong_date) {
        current = current.strong_last_modified(date);
    }
    current = match &selected.content {
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
