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
use example_resource::{LIMIT, Store, check_length};

struct Resources(Store);

impl Handler for Resources {
    type Error<E: Debug> = Error<E>;

    async fn handle<T: Read + Write + TcpSplit, const N: usize>(
        &self,
        _task: impl Display + Copy,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), Error<T::Error>> {
        let (head, body) = connection.split();
        let (mut content, mut length) = (vec![0; LIMIT], 0);
        while let read @ 1.. = body.read(&mut content[length..]).await? {
            length += read;
        }
        let content = content[..length].to_vec();
        let method = head.method.to_string();
        let path = head.path.split('?').next().unwrap_or_default();
        let lines: Vec<_> = head.headers.iter_raw().collect();
        let answer = match check_length(lines.iter().copied(), length) {
            Ok(()) => self.0.exchange(&method, path, lines, content.into()),
            Err(refusal) => refusal,
        };
        // Without a length edge-http sends chunks, and 204 and 304 have none. Nor has the answer to
        // HEAD, whose length is that of GET; edge-http notices and closes by itself.
        let close = answer.content.is_empty().then_some(("Connection", "close"));
        let fields = answer.fields.iter().map(|(name, value)| (*name, &**value));
        let fields: Vec<_> = fields.chain(close).collect();
        connection
            .initiate_response(answer.status, None, &fields)
            .await?;
        for piece in answer.sent_to(&method) {
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

fn main() -> std::io::Result<()> {
    let acceptor = Bound(Async::new(example_resource::listen()?)?);
    let mut server = Box::new(Server::<16, 4096, 32>::new());
    // A connection may wait 5 seconds for its next request.
    let serving = server.run(Some(5_000), acceptor, Resources(Store::new()));
    async_io::block_on(serving).map_err(|error| std::io::Error::other(format!("{error:?}")))
}
