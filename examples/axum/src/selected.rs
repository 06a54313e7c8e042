//! What a handler leaves beside the fields of its answer, and the tag that can be made of it.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body::Body;
use http_preconditions::tag::EntityTagBuf;
use http_preconditions::{EntityTag, HttpDate, Representation};
use sha2::{Digest, Sha256};

/// What a handler may leave in the extensions of its response, since no field says it.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Whether `Last-Modified` is a strong validator (RFC 9110 §8.8.2.2), which If-Range asks for.
    pub strong_date: bool,
    /// All of the content, if it is at hand: then it can be had in ranges. A stream is not, and is
    /// sent as it is. It counts for nothing where the answer is not a 200 with so many octets, as
    /// when a layer further in has compressed them.
    pub content: Option<Bytes>,
}

impl Selected {
    /// Takes it out of the response, with the content only if it is that of this answer still.
    pub(crate) fn take<R: Body>(response: &mut Response<R>) -> Self {
        let content = Self::content_of(response);
        let selected: Self = response.extensions_mut().remove().unwrap_or_default();
        Self {
            content,
            ..selected
        }
    }

    /// The representation that these fields are about.
    pub(crate) fn representation<'a>(&self, fields: &'a HeaderMap) -> Representation<'a> {
        let etag = fields.get(header::ETAG);
        let etag = etag.and_then(|value| EntityTag::try_from(value).ok());
        let date = fields.get(header::LAST_MODIFIED);
        let date = date.and_then(|value| HttpDate::try_from(value).ok());
        let current = if self.strong_date {
            Representation::with_strong_date(etag, date)
        } else {
            Representation::with_validators(etag, date)
        };
        match &self.content {
            Some(content) => current.complete_length(content.len() as u64),
            None => current.without_ranges(),
        }
    }

    /// The octets of this answer, if they are at hand still.
    fn content_of<R: Body>(response: &Response<R>) -> Option<Bytes> {
        let content = response.extensions().get::<Self>()?.content.as_ref()?;
        let coded = response.headers().contains_key(header::CONTENT_ENCODING);
        let length = match response.body().size_hint().exact() {
            // Where it answers HEAD, a router has taken the content away and left the length.
            Some(0) => content_length(response).unwrap_or(0),
            length => length?,
        };
        let whole = response.status() == StatusCode::OK && !coded;
        (whole && u64::try_from(content.len()) == Ok(length)).then(|| content.clone())
    }
}

fn content_length<R>(response: &Response<R>) -> Option<u64> {
    let value = response.headers().get(header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

/// Makes an `ETag` of the content, its SHA-256, where the handler left the content and set none: to
/// be mapped over responses inside the layer. A handler that writes compares with the same.
///
/// There is no such thing for `Last-Modified`: when the content changed, the handler alone knows.
///
/// ```
/// # use std::convert::Infallible;
/// # use axum::body::Body;
/// # use example_axum::{ConditionalLayer, Selected, tagged};
/// # use http::{Request, Response, header};
/// # use tower::{ServiceBuilder, ServiceExt, service_fn};
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let service = ServiceBuilder::new()
///     .layer(ConditionalLayer)
///     .map_response(tagged::<Body>)
///     .service(service_fn(async |_: Request<()>| {
///         let mut response = Response::new(Body::from("abc"));
///         let content = Some("abc".into());
///         response.extensions_mut().insert(Selected { content, ..Selected::default() });
///         Ok::<_, Infallible>(response)
///     }));
/// let answer = service.oneshot(Request::new(())).await.unwrap();
/// assert_eq!(answer.headers()[header::ETAG], "\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"");
/// # });
/// ```
pub fn tagged<R: Body>(mut response: Response<R>) -> Response<R> {
    if !response.headers().contains_key(header::ETAG)
        && let Some(content) = Selected::content_of(&response)
    {
        let digest: [u8; 32] = Sha256::digest(content).into();
        let tag = EntityTagBuf::<45>::from_digest_base64url(&digest);
        let value = HeaderValue::from(tag);
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}
