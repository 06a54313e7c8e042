//! The page: files that are part of the program, each with its tag.

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::conditional::revalidate;
use crate::store::Store;
use crate::validators::Validators;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: [(&str, &str, &str); 10] = [
    ("/", HTML, include_str!("../page/index.html")),
    (
        "/style.css",
        "text/css; charset=utf-8",
        include_str!("../page/style.css"),
    ),
    (
        "/icon.svg",
        "image/svg+xml",
        include_str!("../page/icon.svg"),
    ),
    ("/app.js", SCRIPT, include_str!("../page/app.js")),
    ("/client.js", SCRIPT, include_str!("../page/client.js")),
    ("/list.js", SCRIPT, include_str!("../page/list.js")),
    ("/conflict.js", SCRIPT, include_str!("../page/conflict.js")),
    ("/element.js", SCRIPT, include_str!("../page/element.js")),
    ("/diff.js", SCRIPT, include_str!("../page/diff.js")),
    (
        "/exchanges.js",
        SCRIPT,
        include_str!("../page/exchanges.js"),
    ),
];

pub(crate) fn router() -> Router<Store> {
    FILES
        .iter()
        .fold(Router::new(), |router, (path, media_type, content)| {
            let validators = Validators {
                tag: hex::encode(Sha256::digest(content)),
                modified: None,
            };
            router.route(
                path,
                get(async move |method: Method, headers: HeaderMap| {
                    let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static(media_type))];
                    let response = (media_type, *content).into_response();
                    revalidate(&method, &headers, &validators, response)
                }),
            )
        })
}
