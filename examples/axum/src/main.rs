//! The server: `cargo run -p example-axum -- --listen 127.0.0.1:8080`.

use std::sync::Arc;

use axum::ServiceExt;
use axum::extract::Request;
use example_axum::app;
use example_resource::Store;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(example_resource::listen()?)?;
    let app = app(Arc::new(Store::new()));
    axum::serve(listener, ServiceExt::<Request>::into_make_service(app)).await
}
