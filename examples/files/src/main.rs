//! Serves the files of a folder: `cargo run -p example-files -- --listen 127.0.0.1:8080 FOLDER`.
//!
//! To paste: `respond` in `serve.rs`, which is all that conditional requests and ranges take, and
//! `open_file.rs` and `body.rs`, which send no splice of two versions of a file.
//!
//! A file may be replaced by a rename at any time: who downloads it gets the old one whole. One
//! that is changed in place while it is sent cuts the connections on which it is sent. In both cases
//! the tag is another then, as long as nobody sets the times of files back by hand: see
//! [`from_file_at`](http_preconditions::tag::EntityTagBuf::from_file_at).

mod body;
mod folder;
mod open_file;
mod serve;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::folder::Folder;
use crate::serve::serve;

/// Serves the files of a folder, with conditional requests and ranges.
#[derive(Debug, Parser)]
struct Options {
    /// The address to listen on; port 0 is any that is free.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// For how many seconds a cache may use a response without asking; without this it always asks.
    #[arg(long, value_name = "SECONDS")]
    max_age: Option<u32>,
    /// The folder whose files are served, those of its folders too.
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let folder = Arc::new(Folder::new(&options.folder)?);
    let cache_control = match options.max_age {
        Some(seconds) => HeaderValue::try_from(format!("max-age={seconds}")),
        None => HeaderValue::try_from("no-cache"),
    };
    let cache_control = cache_control.map_err(std::io::Error::other)?;
    let listener = TcpListener::from_std(example_resource::listen_at(options.listen)?)?;
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // There are no more descriptors: some connections may end meanwhile.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let folder = Arc::clone(&folder);
        let cache_control = cache_control.clone();
        tokio::spawn(async move {
            let respond = |request| async {
                Ok::<_, Infallible>(serve(&folder, &cache_control, request).await)
            };
            let mut server = http1::Builder::new();
            let server = server.timer(TokioTimer::new());
            let connection = server.serve_connection(TokioIo::new(socket), service_fn(respond));
            // A client that goes away ends its own connection, and nothing else.
            drop(connection.await);
        });
    }
}
