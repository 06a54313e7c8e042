//! Where a server listens, as its command line says.

use std::net::{SocketAddr, TcpListener};

use clap::Parser;

/// Serves a few small resources, with conditional requests, as README.md of the project explains.
#[derive(Debug, Parser)]
struct Options {
    /// The address to listen on; port 0 is any that is free.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Listens where the command line says, and prints the address as a URL, in a line of its own.
///
/// # Errors
///
/// Those of [`TcpListener::bind`], such as that the port is taken.
pub fn listen() -> std::io::Result<TcpListener> {
    listen_at(Options::parse().listen)
}

/// Listens at this address, and prints it as a URL, in a line of its own.
///
/// # Errors
///
/// Those of [`TcpListener::bind`].
pub fn listen_at(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    println!("http://{}", listener.local_addr()?);
    Ok(listener)
}
