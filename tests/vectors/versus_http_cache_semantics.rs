//! `http-cache-semantics` 3.0 beside this crate, where it errs: what it does is asserted as well,
//! so that a version which does it otherwise is noticed.
#![cfg(feature = "http")]

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use http_preconditions::{
    EntityTag, HttpDate,
    cache::{CacheKind, Validation, ValidationOutcome, freshened_by, update_stored},
    client::{ResponseValidators, revalidate},
};

fn request(method: Method, if_none_match: Option<&[u8]>) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.uri_mut() = "http://example.com/a".parse().unwrap();
    if let Some(value) = if_none_match {
        let value = HeaderValue::from_bytes(value).unwrap();
        request.headers_mut().insert(header::IF_NONE_MATCH, value);
    }
    request
}

fn response(status: StatusCode, fields: &[(&'static str, &[u8])]) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = status;
    for (name, value) in fields {
        let value = HeaderValue::from_bytes(value).unwrap();
        response.headers_mut().append(*name, value);
    }
    response
}

/// A stored response that is stale.
fn peer(method: Method, etag: &[u8]) -> CachePolicy {
    let stored = response(
        StatusCode::OK,
        &[("etag", etag), ("cache-control", b"max-age=0")],
    );
    CachePolicy::new_options(
        &request(method, None),
        &stored,
        SystemTime::UNIX_EPOCH,
        CacheOptions::default(),
    )
}

/// The If-None-Match with which the peer goes to the origin.
fn peer_sends(method: Method, etag: &[u8], client: Option<&[u8]>) -> Option<Vec<u8>> {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(10);
    let policy = peer(method.clone(), etag);
    let BeforeRequest::Stale { request, .. } = policy.before_request(&request(method, client), now)
    else {
        panic!("it is stale");
    };
    let value = request.headers.get(header::IF_NONE_MATCH)?;
    Some(value.as_bytes().to_vec())
}

/// The If-None-Match with which this crate does, or nothing where the client's goes on as it is.
fn ours(etag: &[u8], client: Option<&[u8]>) -> Option<Vec<u8>> {
    let stored = [ResponseValidators::from_fields([("ETag", etag)])];
    let client = client.map(|line| ("If-None-Match", line));
    let validation = Validation::new("GET", client, stored);
    let (_, value) = validation.fields().next()?.into_parts();
    Some(HeaderValue::from(value).as_bytes().to_vec())
}

/// Stored tag, the client's If-None-Match, what the peer sends, what this crate sends.
type Sent = (
    Method,
    &'static [u8],
    Option<&'static [u8]>,
    Option<&'static [u8]>,
    Option<&'static [u8]>,
);

#[test]
fn tags_are_sent_as_they_came() {
    let get = || Method::GET;
    let cases: [Sent; 7] = [
        // Another tag is sent than the client has.
        (
            get(),
            b"\"v1\"",
            Some(b"\"c,d\""),
            Some(b"\"c, d\", \"v1\""),
            Some(b"\"c,d\", \"v1\""),
        ),
        (
            Method::HEAD,
            b"\"a,b\"",
            None,
            Some(b"\"a, b\""),
            Some(b"\"a,b\""),
        ),
        // Nothing may stand beside `*`.
        (get(), b"\"v1\"", Some(b"*"), Some(b"*, \"v1\""), None),
        // The same tag twice.
        (
            get(),
            b"\"v1\"",
            Some(b"\"v1\""),
            Some(b"\"v1\", \"v1\""),
            None,
        ),
        // Half of a tag is left out, and the list is malformed.
        (
            Method::HEAD,
            b"\"v1\"",
            Some(b"\"q,W/z\""),
            Some(b"\"q, \"v1\""),
            Some(b"\"q,W/z\", \"v1\""),
        ),
        // The tag is not sent at all.
        (get(), b"\"caf\xE9\"", None, None, Some(b"\"caf\xE9\"")),
        // Where both are right.
        (
            get(),
            b"\"v1\"",
            Some(b"W/\"v0\""),
            Some(b"W/\"v0\", \"v1\""),
            Some(b"W/\"v0\", \"v1\""),
        ),
    ];
    for (method, etag, client, peer, expected) in cases {
        let case = format!("{method} {:?} {client:?}", etag.escape_ascii().to_string());
        assert_eq!(peer_sends(method, etag, client).as_deref(), peer, "{case}");
        assert_eq!(ours(etag, client).as_deref(), expected, "{case}");
    }
}

#[test]
fn a_strong_tag_in_a_304_is_not_a_weak_one_that_is_stored() {
    for stored in [&b"W/\"v1\""[..], b"W/W/\"v1\""] {
        let not_modified = response(StatusCode::NOT_MODIFIED, &[("etag", b"\"v1\"")]);
        let after = peer(Method::GET, stored).after_response(
            &request(Method::GET, None),
            &not_modified,
            SystemTime::UNIX_EPOCH,
        );
        assert!(
            matches!(after, AfterResponse::NotModified(..)),
            "the peer freshens it"
        );

        let answer = ResponseValidators::from_fields(not_modified.headers());
        let held = ResponseValidators::from_fields([("ETag", stored)]);
        assert_eq!(freshened_by(&answer, [held]).count(), 0);
        // A tag that can be read is the stored one, by weak comparison: it may be used.
        let validation = Validation::new("GET", [("Accept", "*/*")], [held]);
        assert_eq!(validation.freshened(304, &answer).count(), 0);
        let expected = match stored {
            b"W/\"v1\"" => ValidationOutcome::Stored(0),
            _ => ValidationOutcome::NotModified,
        };
        assert_eq!(validation.outcome(304, &answer), expected);
    }
}

#[test]
fn fields_that_a_304_adds_are_added() {
    let stored = response(StatusCode::OK, &[("etag", b"\"v1\"")]);
    let not_modified = response(
        StatusCode::NOT_MODIFIED,
        &[
            ("etag", b"\"v1\""),
            ("cache-control", b"max-age=60"),
            ("x-new", b"1"),
            ("x-new", b"2"),
            ("content-length", b"0"),
        ],
    );
    let policy = CachePolicy::new(&request(Method::GET, None), &stored);
    let now = SystemTime::UNIX_EPOCH;
    let AfterResponse::NotModified(policy, parts) =
        policy.after_response(&request(Method::GET, None), &not_modified, now)
    else {
        panic!("it is the same tag");
    };
    assert_eq!(parts.headers.get("x-new"), None, "the peer drops it");
    assert_eq!(
        policy.time_to_live(now),
        Duration::ZERO,
        "and it stays stale"
    );

    let held = ResponseValidators::from_fields(stored.headers());
    let answer = ResponseValidators::from_fields(not_modified.headers());
    assert!(freshened_by(&answer, [held]).eq([0]));
    let mut headers = stored.headers().clone();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
    update_stored(&mut headers, not_modified.headers(), CacheKind::Shared).unwrap();
    let mut expected = HeaderMap::new();
    expected.insert(header::ETAG, HeaderValue::from_static("\"v1\""));
    expected.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("max-age=60"),
    );
    expected.append("x-new", HeaderValue::from_static("1"));
    expected.append("x-new", HeaderValue::from_static("2"));
    expected.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
    assert_eq!(headers, expected);
}

/// RFC 9110 §5.6.7: all three formats are read, and one is written.
#[test]
fn dates_are_read_in_every_format() {
    let formats = ["Fri, 31 Dec 2100 08:49:37 GMT", "Fri Dec 31 08:49:37 2100"];
    for (format, peer_reads) in formats.into_iter().zip([true, false]) {
        let stored = response(
            StatusCode::OK,
            &[("etag", b"\"v1\""), ("expires", format.as_bytes())],
        );
        let policy = CachePolicy::new(&request(Method::GET, None), &stored);
        let ttl = policy.time_to_live(SystemTime::now());
        assert_eq!(ttl > Duration::ZERO, peer_reads, "{format}");

        let held = ResponseValidators::from_fields([("Last-Modified", format)]);
        let (name, value) = revalidate([held]).next().unwrap().into_parts();
        assert_eq!(
            (name, value.to_string().as_str()),
            ("If-Modified-Since", formats[0])
        );
    }
    assert!(HttpDate::parse(formats[1].as_bytes()).is_ok());
    let tag = EntityTag::from_static("\"v1\"");
    assert_eq!(
        HeaderValue::from(
            ResponseValidators::new()
                .etag(tag)
                .guard()
                .unwrap()
                .into_parts()
                .1
        ),
        "\"v1\""
    );
}
