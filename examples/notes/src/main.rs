//! Notes that no two editors overwrite for each other: a showcase of conditional requests, from the
//! database to the page.
//!
//! `cargo run -p example-notes`, and open the address that it prints in two tabs.
//!
//! The way of a request: `host` sees that it is meant for here, `notes` takes it and asks the
//! `store` for a transaction, in which `conditional` decides with the `http_preconditions` crate
//! whether it is performed; `explain` says why, and `problem` is the answer when it is not.

mod conditional;
mod explain;
mod host;
mod notes;
mod page;
mod problem;
mod secure;
mod store;
mod validators;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, map_response};
use clap::Parser;
use tokio::net::TcpListener;

use crate::problem::Problem;
use crate::store::Store;

/// In octets; the page compares two versions line by line.
const LONGEST_NOTE: usize = 64 << 10;

/// Serves notes that no two editors overwrite for each other.
#[derive(Debug, Parser)]
struct Options {
    /// Where to listen; port 0 takes one that is free
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// File to keep the notes in, made if there is none; without it they end with the server
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("example-notes: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), String> {
    let store = Store::open(options.database.as_deref())
        .map_err(|error| format!("cannot open the database: {error}"))?;
    let listen = options.listen;
    let cannot_listen = |error| format!("cannot listen on {listen}: {error}");
    let listener = TcpListener::bind(listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    println!("http://{address}");
    let mut app = app(store);
    if address.ip().is_loopback() {
        app = app.layer(from_fn(host::only_loopback));
    }
    // Outermost, so that also a refusal of a layer has these fields.
    let app = app.layer(map_response(secure::secure));
    axum::serve(listener, app)
        .with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) })
        .await
        .map_err(|error| format!("cannot serve: {error}"))
}

fn app(store: Store) -> Router {
    Router::new()
        .merge(page::router())
        .merge(notes::router())
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "There is nothing here."))
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "See Allow for the methods that there are.",
            )
        })
        .layer(DefaultBodyLimit::max(LONGEST_NOTE))
        .with_state(store)
}
