//! Serves a folder by WebDAV: `cargo run -p example-webdav -- --listen 127.0.0.1:8080 FOLDER`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use clap::error::ErrorKind;
use example_webdav::{Hosts, serve};
use tokio::net::TcpListener;

/// Serves a folder by WebDAV, to whoever can connect: there are no users.
#[derive(Debug, Parser)]
struct Options {
    /// The address to listen on; port 0 is any that is free.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Listens on an address that other machines can reach, and serves any host name.
    #[arg(long)]
    any_address: bool,
    /// The folder.
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    if !options.listen.ip().is_loopback() && !options.any_address {
        let text = "this address is not a loopback address: add --any-address to let others write";
        <Options as clap::CommandFactory>::command()
            .error(ErrorKind::InvalidValue, text)
            .exit();
    }
    let hosts = if options.any_address {
        Hosts::Any
    } else {
        Hosts::Loopback
    };
    let listener = TcpListener::from_std(example_resource::listen_at(options.listen)?)?;
    serve(listener, &options.folder, hosts).await
}
