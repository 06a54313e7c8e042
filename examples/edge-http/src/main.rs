//! Conditional requests for edge-http, on the host: `cargo run -p example-edge-http -- --listen
//! 127.0.0.1:8080`.
//!
//! To paste: the handler [`Resources`]. The lines go in from `iter_raw`, and not from `iter`, which
//! passes over values that are no UTF-8: a tag may have such octets, and a guard that is passed
//! over guards nothing. Nothing is awaited between the evaluation and the write, so that no other
//! task of an executor comes between them.

use std::fmt::{Debug, Display};
use std::net::{SocketAddr, TcpListener};

use async_io::Async;
use edge_http::io::Error;
use edge_http::io::server::{Connection, Handler, Server};
use edge_nal::{TcpAccept, TcpSplit};
use edge_nal_std::TcpSocket;
use embedded_io_async::{Read, Write};
use example_resource::{Request, Store, check_length};

/// So many octets of content are taken.
const LIMIT: usize = 1 << 20;

struct Resources(Store);

impl Handler for Resources {
    type Error<E: Debug> = Error<E>;

    async fn handle<T: Read + Write + TcpSplit, const N: usize>(
        &self,
        _task: impl Display + Copy,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), Error<T::Error>> {
        let (head, body) = connection.split();
        let mut content = Vec::new();
        let mut buffer = [0; 1024];
        loop {
            match body.read(&mut buffer).await? {
                0 => break,
                length if content.len() + length > LIMIT => {
                    let close = [("Connection", "close")];
                    return connection.initiate_response(413, None, &close).await;
                }
                length => content.extend(&buffer[..length]),
            }
        }
        let length = content.len();
        let method = head.method.to_string();
        let request = Request {
            method: &method,
            path: head.path.split('?').next().unwrap_or_default(),
            range: head.headers.get_raw("Range"),
            content_range: head.headers.get_raw("Content-Range"),
            content: content.into(),
        };
        let answer = match check_length(head.headers.iter_raw(), length) {
            Ok(()) => self.0.exchange(&request, |mut evaluation| {
                for (name, value) in head.headers.iter_raw() {
                    evaluation.field(name, value);
                }
                evaluation
            }),
            Err(refusal) => refusal,
        };
        let fields = answer.fields.iter();
        let mut fields: Vec<_> = fields.map(|(name, value)| (*name, &**value)).collect();
        // Without a length edge-http sends chunks, and 204 and 304 have none. Nor has the answer to
        // HEAD, whose length is that of GET; edge-http notices and closes by itself.
        if answer.content.is_empty() {
            fields.push(("Connection", "close"));
        }
        connection
            .initiate_response(answer.status, None, &fields)
            .await?;
        for piece in answer.content.iter().filter(|_| method != "HEAD") {
            connection.write_all(piece).await?;
        }
        Ok(())
    }
}

/// A listener that is bound already, which `edge_nal_std::Stack` has no way to take.
struct Bound(Async<TcpListener>);

impl TcpAccept for Bound {
    type Error = std::io::Error;
    type Socket<'a> = TcpSocket;

    async fn accept(&self) -> std::io::Result<(SocketAddr, TcpSocket)> {
        let (socket, peer) = self.0.accept().await?;
        Ok((peer, TcpSocket::new(socket)))
    }
}

/// How long a connection may wait for its next request, in milliseconds.
const IDLE: u32 = 5_000;

fn main() -> std::io::Result<()> {
    let acceptor = Bound(Async::new(example_resource::listen()?)?);
    let mut server = Box::new(Server::<16, 4096, 32>::new());
    let serving = server.run(Some(IDLE), acceptor, Resources(Store::new()));
    async_io::block_on(serving).map_err(|error| std::io::Error::other(format!("{error:?}")))
}
