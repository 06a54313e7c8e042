//! Conditional requests for picoserve, on the host: `cargo run -p example-picoserve -- --listen
//! 127.0.0.1:8080`.
//!
//! To paste: the service [`Resources`]. picoserve holds the header section as it came from the
//! socket; its lines go in as pairs of names and values. Nothing is awaited between the evaluation and the write,
//! so that no other task of an executor comes between them.

use bytes::Bytes;
use example_resource::{LIMIT, Store, check_length};
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
        let (method, lines) = (request.parts.method(), request.parts.headers().iter());
        let lines = lines.map(|(name, value)| (name.as_raw(), value.as_raw()));
        // Content that is cut, too long or in chunks is empty here, which is not its length.
        let body = request.body_connection.body().read_all().await;
        let content = body.unwrap_or_default().to_vec();
        let answer = match check_length(lines.clone(), content.len()) {
            Ok(()) => self
                .0
                .exchange(method, path.encoded(), lines, content.into()),
            Err(refusal) => refusal,
        };
        let connection = request.body_connection.finalize().await?;
        CustomResponse::build(StatusCode::new(answer.status))
            .with_headers(&*answer.fields)
            .with_body(Content(answer.sent_to(method)))
            .write_to(connection, response_writer)
            .await
    }
}

/// Pieces that follow each other.
struct Content<I>(I);

impl<'a, I: Iterator<Item = &'a Bytes>> CustomBody for Content<I> {
    async fn write_response_body<W: Write>(self, mut writer: W) -> Result<(), W::Error> {
        for piece in self.0 {
            writer.write_all(piece).await?;
        }
        Ok(())
    }
}

/// A host that does much else as well is slower than a device that does nothing else.
const PATIENCE: Config = Config::new(Timeouts {
    start_read_request: Duration::from_secs(10),
    persistent_start_read_request: Duration::from_secs(10),
    read_request: Duration::from_secs(10),
    write: Duration::from_secs(10),
});

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::from_std(example_resource::listen()?)?;
    let app: &Router<_> = Box::leak(Box::new(Router::from_service(Resources(Store::new()))));
    let serve = async {
        loop {
            let (socket, _) = listener.accept().await?;
            spawn_local(async move {
                // Room for the head and the content of a request.
                let mut buffer = vec![0; LIMIT + 8192];
                let server = Server::new_tokio(app, &PATIENCE, &mut buffer);
                // A client that goes away ends its own connection, and nothing else.
                drop(server.serve(socket).await);
            });
        }
    };
    LocalSet::new().run_until(serve).await
}
