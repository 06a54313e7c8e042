//! The layer around services other than the example's: streams, bodies of hyper, other statuses.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use example_axum::{ConditionalLayer, Selected, tagged};
use futures_util::stream;
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use http_preconditions::HttpDate;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn};

const TAG: &str = "\"v1\"";

fn request(method: &str, field: (&str, &str)) -> Request<()> {
    let request = Request::builder().method(method).header(field.0, field.1);
    request.body(()).unwrap()
}

/// A stream goes through frame by frame as it was made, with its fields, and is not so much as
/// begun where a 304 stands for it.
#[tokio::test]
async fn streams_are_untouched() {
    let frames = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&frames);
    let service = ConditionalLayer.layer(service_fn(move |_: Request<()>| {
        let counted = Arc::clone(&counted);
        let frames = (0..3_u8).map(move |frame| {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(Bytes::from(vec![frame; 3]))
        });
        let response = Response::builder().header(header::ETAG, TAG);
        let response = response.body(Body::from_stream(stream::iter(frames)));
        async { Ok::<_, Infallible>(response.unwrap()) }
    }));

    let whole = service
        .clone()
        .oneshot(request("GET", ("If-None-Match", "\"v0\"")));
    let whole = whole.await.unwrap();
    assert_eq!(whole.headers().len(), 1, "{whole:?}");
    assert_eq!(frames.load(Ordering::SeqCst), 0);
    let mut body = whole.into_body();
    for frame in 0..3_u8 {
        let data = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(data, vec![frame; 3]);
        assert_eq!(frames.load(Ordering::SeqCst), usize::from(frame) + 1);
    }
    assert!(body.frame().await.is_none());

    // It has no octets at hand, and is not cut.
    let ranged = service
        .clone()
        .oneshot(request("GET", ("Range", "bytes=0-1")));
    assert_eq!(ranged.await.unwrap().status(), StatusCode::OK);

    frames.store(0, Ordering::SeqCst);
    for (field, status) in [
        (("If-None-Match", TAG), StatusCode::NOT_MODIFIED),
        (("If-Match", "\"v0\""), StatusCode::PRECONDITION_FAILED),
    ] {
        let answer = service
            .clone()
            .oneshot(request("GET", field))
            .await
            .unwrap();
        assert_eq!(answer.status(), status);
        let content = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(content.is_empty(), "{field:?}");
        assert_eq!(frames.load(Ordering::SeqCst), 0, "{field:?}");
    }
}

/// What would be refused or redirected anyway is (RFC 9110 §13.2.1), and other methods are the
/// handler's.
#[tokio::test]
async fn only_successes_of_reads_are_tested() {
    for (method, status, expected) in [
        ("GET", 200, 304),
        ("GET", 206, 304),
        ("GET", 301, 301),
        ("GET", 404, 404),
        ("GET", 500, 500),
        ("HEAD", 200, 304),
        ("PUT", 204, 204),
        ("OPTIONS", 200, 200),
    ] {
        let service = ConditionalLayer.layer(service_fn(move |_: Request<()>| async move {
            let response = Response::builder().status(status).header(header::ETAG, TAG);
            Ok::<_, Infallible>(response.body(Body::from("content")).unwrap())
        }));
        let answer = service.oneshot(request(method, ("If-None-Match", TAG)));
        assert_eq!(
            answer.await.unwrap().status(),
            expected,
            "{method} {status}"
        );
    }
}

/// A handler that has an answer of its own to a failed condition, or to a range.
#[tokio::test]
async fn what_a_handler_refuses_or_cuts_itself_stays() {
    for (status, field) in [
        (412, ("If-None-Match", TAG)),
        (412, ("If-Match", TAG)),
        (412, ("If-Match", "\"v0\"")),
        (428, ("If-Match", "\"v0\"")),
        (206, ("Range", "bytes=0-1")),
        (416, ("Range", "bytes=10-")),
    ] {
        let service = ConditionalLayer.layer(service_fn(move |_: Request<()>| async move {
            let mut response = Response::new(Body::from("why"));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            let headers = response.headers_mut();
            headers.insert(header::ETAG, TAG.parse().unwrap());
            headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
            response.extensions_mut().insert(Selected {
                content: Some(Bytes::from_static(b"why")),
                ..Selected::default()
            });
            Ok::<_, Infallible>(response)
        }));
        let answer = service.oneshot(request("GET", field)).await.unwrap();
        assert_eq!(answer.status(), status, "{field:?}");
        assert_eq!(answer.headers().len(), 2, "{field:?}");
        let content = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(content, "why", "{field:?}");
    }
}

/// A layer further in has changed the content which the handler left: its octets are not those of
/// the answer, and no range and no tag is made of them.
#[tokio::test]
async fn octets_that_are_not_those_of_the_answer_count_for_nothing() {
    for (field, body, status) in [
        (None, "0123456789", 206),
        (Some(("content-encoding", "gzip")), "0123456789", 200),
        (None, "0123456789 and more", 200),
        (None, "", 200),
    ] {
        let inner = service_fn(move |_: Request<()>| async move {
            let mut response = Response::new(Body::from(body));
            if let Some((name, value)) = field {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response.extensions_mut().insert(Selected {
                content: Some(Bytes::from_static(b"0123456789")),
                ..Selected::default()
            });
            Ok::<_, Infallible>(response)
        });
        let service = ServiceBuilder::new()
            .layer(ConditionalLayer)
            .map_response(tagged::<Body>)
            .service(inner);
        let answer = service.oneshot(request("GET", ("Range", "bytes=2-4")));
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), status, "{field:?} {body}");
        let tag = answer.headers().contains_key(header::ETAG);
        assert_eq!(tag, status == 206, "{field:?} {body}");
        let content = answer.into_body().collect().await.unwrap().to_bytes();
        let expected = if status == 206 { "234" } else { body };
        assert_eq!(content, expected, "{field:?} {body}");
    }
}

/// What layers further in have added for every answer is on the refusals as well; what describes
/// the 200 is not.
#[tokio::test]
async fn refusals_keep_what_is_not_of_the_200() {
    const KEPT: [(&str, &str); 3] = [
        ("access-control-allow-origin", "*"),
        ("strict-transport-security", "max-age=1"),
        ("vary", "Origin"),
    ];
    const OF_THE_200: [(&str, &str); 8] = [
        ("accept-ranges", "bytes"),
        ("cache-control", "max-age=60"),
        ("content-location", "/"),
        ("content-type", "text/plain"),
        ("content-length", "7"),
        ("etag", TAG),
        ("expires", "Sat, 29 Oct 1994 19:43:31 GMT"),
        ("last-modified", "Sat, 29 Oct 1994 19:43:31 GMT"),
    ];
    let service = ConditionalLayer.layer(service_fn(|_: Request<()>| async {
        let mut response = Response::builder();
        for (name, value) in KEPT.iter().chain(&OF_THE_200) {
            response = response.header(*name, *value);
        }
        let mut response = response.body(Body::from("content")).unwrap();
        response.extensions_mut().insert(Selected {
            content: Some(Bytes::from_static(b"content")),
            ..Selected::default()
        });
        Ok::<_, Infallible>(response)
    }));
    for (field, status, added) in [
        (("If-Match", "\"v0\""), 412, None),
        (
            ("Range", "bytes=7-"),
            416,
            Some(("content-range", "bytes */7")),
        ),
    ] {
        let answer = service.oneshot(request("GET", field));
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), status);
        let fields = answer.headers().iter();
        let mut fields: Vec<_> = fields
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        fields.sort_unstable();
        let mut expected: Vec<_> = KEPT.into_iter().chain(added).collect();
        expected.push(("content-length", "0"));
        expected.sort_unstable();
        assert_eq!(fields, expected, "{status}");
        let content = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(content.is_empty(), "{status}");
    }
}

/// Why the layer is around a router and not in it: axum adds a length to what has none, and that
/// of a 304 would be said to be that of the 200 (RFC 9110 §8.6).
#[tokio::test]
async fn around_a_router_no_304_has_a_length() {
    async fn handler() -> Response<Body> {
        let response = Response::builder().header(header::ETAG, TAG);
        response.body(Body::from("content")).unwrap()
    }
    let router = || Router::new().route("/", get(handler));
    for method in ["GET", "HEAD"] {
        let request = || {
            let mut request = request(method, ("If-None-Match", TAG)).map(|()| Body::empty());
            *request.uri_mut() = "/".parse().unwrap();
            request
        };
        let around = ConditionalLayer.layer(router()).oneshot(request());
        let within = router().layer(ConditionalLayer).oneshot(request());
        for (answer, length) in [
            (around.await.unwrap(), None),
            (within.await.unwrap(), Some("0")),
        ] {
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
            let found = answer.headers().get(header::CONTENT_LENGTH);
            let found = found.map(|length| length.to_str().unwrap());
            assert_eq!(found, length, "{method}");
        }
    }
}

/// A tag that is made of the content comes back with GET and with HEAD, and one that the handler
/// set stays.
#[tokio::test]
async fn a_tag_is_made_where_there_is_none() {
    // SHA-256 of `abc` in base64url, from the example of FIPS 180-4.
    const DIGEST: &str = "\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"";
    for (own, left, expected) in [
        (None, true, Some(DIGEST)),
        (Some(TAG), true, Some(TAG)),
        (None, false, None),
    ] {
        let handler = move || async move {
            let mut response = Response::new(Body::from("abc"));
            if let Some(own) = own {
                let headers = response.headers_mut();
                headers.insert(header::ETAG, own.parse().unwrap());
            }
            response.extensions_mut().insert(Selected {
                content: left.then(|| Bytes::from_static(b"abc")),
                ..Selected::default()
            });
            response
        };
        let service = ServiceBuilder::new()
            .layer(ConditionalLayer)
            .map_response(tagged::<Body>)
            .service(Router::new().route("/", get(handler)));
        for method in ["GET", "HEAD"] {
            let mut request = request(method, ("If-None-Match", DIGEST)).map(|()| Body::empty());
            *request.uri_mut() = "/".parse().unwrap();
            let answer = service.clone().oneshot(request).await.unwrap();
            let tag = answer.headers().get(header::ETAG);
            let tag = tag.map(|tag| tag.to_str().unwrap());
            assert_eq!(tag, expected, "{method}");
            let status = if expected == Some(DIGEST) { 304 } else { 200 };
            assert_eq!(answer.status(), status, "{method} {own:?}");
        }
    }
}

/// A year of two digits is at most 50 years ahead of the clock (RFC 9110 §5.6.7).
#[tokio::test]
async fn years_of_two_digits_are_read_by_the_clock() {
    const DAY: i64 = 24 * 60 * 60;
    let now = HttpDate::try_from(SystemTime::now()).unwrap();
    for (days, status) in [(50 * 365 - 3, 304), (50 * 365 + 16, 200)] {
        let date = HttpDate::from_unix(now.to_unix() + days * DAY).unwrap();
        let date = rfc850_date(&date.to_string());
        let service = ConditionalLayer.layer(service_fn(|_: Request<()>| async {
            let response = Response::builder().header(header::LAST_MODIFIED, now.to_string());
            Ok::<_, Infallible>(response.body(Body::empty()).unwrap())
        }));
        let answer = service.oneshot(request("GET", ("If-Modified-Since", &date)));
        assert_eq!(answer.await.unwrap().status(), status, "{date}");
    }
}

/// An `IMF-fixdate` in the form with two digits for the year.
fn rfc850_date(date: &str) -> String {
    let days = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let day = days.iter().find(|day| day.starts_with(&date[..3])).unwrap();
    let [day_of_month, month, year, time] = [5..7, 8..11, 14..16, 17..25].map(|at| &date[at]);
    format!("{day}, {day_of_month}-{month}-{year} {time} GMT")
}

/// hyper by itself, with a body of its own, through its adapter for tower services.
#[tokio::test]
async fn hyper_takes_the_layer_as_well() {
    let service = ConditionalLayer.layer(service_fn(|_: Request<hyper::body::Incoming>| async {
        let content = Bytes::from_static(b"0123456789");
        let mut response = Response::new(Full::new(content.clone()));
        let headers = response.headers_mut();
        headers.insert(header::ETAG, TAG.parse().unwrap());
        headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
        response.extensions_mut().insert(Selected {
            content: Some(content),
            ..Selected::default()
        });
        Ok::<_, Infallible>(response)
    }));
    let (client, server) = tokio::io::duplex(4096);
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(server), TowerToHyperService::new(service));
    tokio::spawn(connection);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(client))
        .await
        .unwrap();
    tokio::spawn(connection);

    for (field, status, content) in [
        (("If-None-Match", "\"v0\""), 200, "0123456789"),
        (("If-None-Match", "W/\"v1\""), 304, ""),
        (("If-Match", "\"v0\""), 412, ""),
        (("Range", "bytes=2-4"), 206, "234"),
        (("Range", "bytes=10-"), 416, ""),
    ] {
        let request = Request::builder().header(field.0, field.1);
        let request = request.body(Full::new(Bytes::new())).unwrap();
        let answer = sender.send_request(request).await.unwrap();
        assert_eq!(answer.status(), status, "{field:?}");
        let has_type = answer.headers().contains_key(header::CONTENT_TYPE);
        assert_eq!(has_type, matches!(status, 200 | 206), "{field:?}");
        let received = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(received, content, "{field:?}");
    }
}
