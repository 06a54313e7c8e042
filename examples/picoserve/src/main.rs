//! Conditional requests for picoserve, on the host: `cargo run -p example-picoserve -- --listen
//! 127.0.0.1:8080`.
//!
//! To paste: the service [`Resources`]. picoserve holds the header section as it came from the
//! socket; its lines go in one at a time. Nothing is awaited between the evaluation and the write,
//! so that no other task of an executor comes between them.

use std::rc::Rc;

use example_resource::{Answer, Request as Exchange, Store, check_length};
use picoserve::io::{Read, Write};
use picoserve::request::{Path, Request};
use picoserve::response::custom::{CustomBody, CustomResponse};
use picoserve::response::{IntoResponse, ResponseWriter, StatusCode};
use picoserve::routing::PathRouterService;
use picoserve::time::Duration;
use picoserve::{Config, ResponseSent, Router, Server, Timeouts};
use tokio::net::TcpListener;
use tokio::task::{LocalSet, spawn_local};

struct Resources(Store);

impl PathRouterService for Resources {
    async fn call_path_router_service<R: Read, W: ResponseWriter<Error = R::Error>>(
        &self,
        (): &(),
        (): (),
        path: Path<'_>,
        mut request: Request<'_, R>,
        response_writer: W,
    ) -> Result<ResponseSent, W::Error> {
        let parts = request.parts;
        // Where picoserve does not know the length, as that of chunks, the content is empty.
        let length = request.body_connection.content_length();
        let lines = parts.headers().iter();
        let lines = lines.map(|(name, value)| (name.as_raw(), value.as_raw()));
        let whole = check_length(lines, length);
        let content = match request.body_connection.body().read_all().await {
            Ok(content) => content.to_vec(),
            Err(error) => {
                let connection = request.body_connection.finalize().await?;
                return error.write_to(connection, response_writer).await;
            }
        };
        let value = |name| parts.headers().get(name).map(|value| value.as_raw());
        let exchange = Exchange {
            method: parts.method(),
            path: path.encoded(),
            range: value("Range"),
            content_range: value("Content-Range"),
            content: content.into(),
        };
        let answer = match whole {
            Ok(()) => self.0.exchange(&exchange, |mut evaluation| {
                for (name, value) in parts.headers() {
                    evaluation.field(name.as_raw(), value.as_raw());
                }
                evaluation
            }),
            Err(refusal) => refusal,
        };
        let connection = request.body_connection.finalize().await?;
        CustomResponse::build(StatusCode::new(answer.status))
            .with_headers(&*answer.fields)
            .with_body(Pieces {
                // To HEAD goes what GET has, but for the content.
                sent: exchange.method != "HEAD",
                answer: &answer,
            })
            .write_to(connection, response_writer)
            .await
    }
}

struct Pieces<'a> {
    sent: bool,
    answer: &'a Answer,
}

impl CustomBody for Pieces<'_> {
    async fn write_response_body<W: Write>(self, mut writer: W) -> Result<(), W::Error> {
        for piece in self.answer.content.iter().filter(|_| self.sent) {
            writer.write_all(piece).await?;
        }
        Ok(())
    }
}

/// A host that does much else as well is slower than a device that does nothing else.
const PATIENCE: Timeouts = Timeouts {
    start_read_request: Duration::from_secs(10),
    persistent_start_read_request: Duration::from_secs(10),
    read_request: Duration::from_secs(10),
    write: Duration::from_secs(10),
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::from_std(example_resource::listen()?)?;
    let app = Rc::new(Router::from_service(Resources(Store::new())));
    let serve = async {
        loop {
            let (socket, _) = listener.accept().await?;
            let app = Rc::clone(&app);
            spawn_local(async move {
                // Room for the head and the content of a request.
                let mut buffer = vec![0; 1 << 20];
                let config = Config::new(PATIENCE);
                // A client that goes away ends its own connection, and nothing else.
                drop(
                    Server::new_tokio(&app, &config, &mut buffer)
                        .serve(socket)
                        .await,
                );
            });
        }
    };
    LocalSet::new().run_until(serve).await
}
