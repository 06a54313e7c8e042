//! The layer around services other than the example's: streams, bodies of hyper, other statuses.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use bytes::Bytes;
use example_axum::{ConditionalLayer, Selected};
use futures_util::stream;
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tower::{Layer, ServiceExt, service_fn};

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
