//! The example servers as processes, and the clients that talk to them over real sockets.

mod client;
mod curl;
mod cut;
mod folder;
mod raw;
mod rows;
mod server;

pub use client::{Client, Field, Response};
pub use cut::Link;
pub use folder::Folder;
pub use raw::Incoming;
pub use rows::{about, tests_a_date_for_strength};
pub use server::{FILES, READERS, SERVERS, Server};
