//! Conditional requests for actix-web: `cargo run -p example-actix-web -- --listen 127.0.0.1:8080`.
//!
//! To paste: [`exchange`]. Its header map is not that of the `http` crate, and goes in as what it
//! iterates: pairs of names and values. Where a `Store` stands here, a transaction of your data
//! base stands in yours; the evaluation belongs inside, as `Store::exchange` has it.

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use example_resource::{Store, check_length};

async fn exchange(store: Data<Store>, request: HttpRequest, content: Bytes) -> HttpResponse {
    let lines = request.headers();
    let answer = match check_length(lines, content.len()) {
        Ok(()) => store.exchange(request.method().as_str(), request.path(), lines, content),
        Err(refusal) => refusal,
    };
    let status = StatusCode::from_u16(answer.status).expect("the store makes valid status codes");
    let mut response = HttpResponse::build(status);
    for (name, value) in &answer.fields {
        response.append_header((*name, value.as_str()));
    }
    response.body(answer.into_content())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listener = example_resource::listen()?;
    let store = Data::new(Store::new());
    let app = move || {
        App::new()
            .app_data(store.clone())
            .default_service(web::to(exchange))
    };
    HttpServer::new(app)
        .workers(2)
        .listen(listener)?
        .run()
        .await
}
