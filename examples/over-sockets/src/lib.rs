//! The example servers as processes, and the clients that talk to them over real sockets.

mod client;
mod curl;
mod cut;
mod server;

pub use client::{Client, Field, Response};
pub use cut::Link;
pub use server::{SERVERS, Server};
