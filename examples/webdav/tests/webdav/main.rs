//! The server as a process, with the clients that talk to it.

mod cadaver;
mod folder;
mod litmus;
mod locks;
mod properties;
mod read;
mod rfc;
mod server;
mod two_clients;
