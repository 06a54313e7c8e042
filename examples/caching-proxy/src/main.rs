//! Serves an origin from a shared cache in memory:
//! `cargo run -p example-caching-proxy -- --listen 127.0.0.1:8081 --origin http://127.0.0.1:8080`.
//!
//! To paste: `cache.rs`, which validates and replaces stored responses, `compare.rs`, which freshens
//! and outdates them, `answer.rs`, which answers from one of them with 200, 206, 304 or 416,
//! `stored.rs`, which knows their validators, and `stored/parts.rs`, which completes and combines
//! parts. All that is conditional is in these files.
//!
//! The proxy writes a line on stderr for each request: what it decided, and how many octets came
//! from the origin. It is for one origin without TLS, keeps one part of a representation, lets each
//! request go to the origin on its own, and forgets all when the store is full.
//!
//! `tests/exchanges` plays requests with a scripted origin. `tests/servers.py` runs the proxy before
//! nginx, Apache and lighttpd, whose packages it names, and prints what was transferred and what had
//! to be.

mod answer;
mod asked;
mod cache;
mod compare;
mod freshness;
mod origin;
mod store;
mod stored;
mod transfer;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use hyper::Uri;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::cache::Cache;
use crate::origin::Origin;

/// Serves an origin from a shared cache in memory.
#[derive(Debug, Parser)]
struct Options {
    /// The address to listen on; port 0 is any that is free.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The origin: `http://`, a host, and a port.
    #[arg(long)]
    origin: Uri,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let cache = Arc::new(Cache::new(Origin::new(&options.origin)?));
    let listener = TcpListener::from_std(example_resource::listen_at(options.listen)?)?;
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // There are no more descriptors: some connections may end meanwhile.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let cache = Arc::clone(&cache);
        tokio::spawn(async move {
            let respond = |request| async { Ok::<_, Infallible>(cache.answer(request).await) };
            let mut server = http1::Builder::new();
            let server = server.timer(TokioTimer::new());
            let connection = server.serve_connection(TokioIo::new(socket), service_fn(respond));
            // A client that goes away ends its own connection, and nothing else.
            drop(connection.await);
        });
    }
}
