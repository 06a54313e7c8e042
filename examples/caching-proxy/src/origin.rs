//! The origin: how requests get there, and what is removed and added on the way.

use anyhow::{Result, ensure};
use http_preconditions::cache::{CacheKind, is_storable_field, unstorable_fields};
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper::{Request, Response, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;
use url::{Position, Url};

use crate::answer::Body;
use crate::asked::Asked;

/// The origin server, with the connections to it.
pub(crate) struct Origin {
    client: Client<HttpConnector, Body>,
    authority: Authority,
}

impl Origin {
    pub(crate) fn new(url: &Uri) -> Result<Self> {
        let is_http = url.scheme() == Some(&Scheme::HTTP) && url.path() == "/";
        let authority = url.authority().filter(|_| is_http).cloned();
        ensure!(authority.is_some(), "the origin is not http://HOST:PORT");
        let client = Client::builder(TokioExecutor::new()).build_http();
        // `ensure!` has made sure that there is one.
        let authority = authority.unwrap_or(Authority::from_static("localhost"));
        Ok(Self { client, authority })
    }

    /// Sends a request with these fields. The response comes without the fields of the connection.
    pub(crate) async fn send(
        &self,
        asked: &Asked,
        fields: HeaderMap,
        content: Body,
    ) -> Result<Response<Incoming>, Error> {
        let mut request = Request::new(content);
        request.method_mut().clone_from(&asked.method);
        *request.uri_mut() = self.uri(&asked.target);
        *request.headers_mut() = fields;
        // The client sets that of the origin: what is stored does not depend on it.
        request.headers_mut().remove(header::HOST);
        add_via(request.headers_mut());
        let mut response = self.client.request(request).await?;
        *response.headers_mut() = end_to_end(response.headers());
        Ok(response)
    }

    /// Returns the target that Location or Content-Location of a response names, if it is on this
    /// origin.
    pub(crate) fn target(&self, asked: &Asked, named: &HeaderValue) -> Option<String> {
        let here = Url::parse(&self.uri(&asked.target).to_string()).ok()?;
        let named = here.join(named.to_str().ok()?).ok()?;
        let is_here = named.origin() == here.origin();
        is_here.then(|| named[Position::BeforePath..Position::AfterQuery].to_owned())
    }

    fn uri(&self, target: &str) -> Uri {
        let mut parts = hyper::http::uri::Parts::default();
        parts.scheme = Some(Scheme::HTTP);
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = PathAndQuery::try_from(target).ok();
        Uri::from_parts(parts).unwrap_or_default()
    }
}

/// Returns the fields without those of one connection. (RFC 9110 §7.6.1)
pub(crate) fn end_to_end(fields: &HeaderMap) -> HeaderMap {
    let mut kept = fields.clone();
    for (name, value) in fields {
        if !is_storable_field(name) {
            kept.remove(name);
        }
        if name == header::CONNECTION {
            for listed in unstorable_fields(name, value, CacheKind::Shared) {
                if let Ok(listed) = HeaderName::from_bytes(listed) {
                    kept.remove(listed);
                }
            }
        }
    }
    kept
}

/// Adds this proxy to Via. (RFC 9110 §7.6.3)
pub(crate) fn add_via(fields: &mut HeaderMap) {
    let via = HeaderValue::from_static("1.1 caching-proxy");
    // If the fields are too many, the message goes without it.
    let _ = fields.try_append(header::VIA, via);
}
