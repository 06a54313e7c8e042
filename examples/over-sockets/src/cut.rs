//! A bad link: a relay before a server, which cuts answers short.

use std::io::{Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A relay to one server. It goes on to relay until the process ends.
#[derive(Debug)]
pub struct Link {
    address: SocketAddr,
    /// How many octets of an answer pass.
    limit: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl Link {
    /// Relays to this host and port.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    #[must_use]
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let limit = Arc::new(AtomicUsize::new(usize::MAX));
        let connections = Arc::new(AtomicUsize::new(0));
        let (server, limits) = (server.to_owned(), Arc::clone(&limit));
        let counted = Arc::clone(&connections);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let limit = limits.load(Ordering::SeqCst);
                let server = server.clone();
                // A side that goes away ends the connection, which is what this is for.
                thread::spawn(move || drop(relay(&client, &server, limit)));
            }
        });
        Self {
            address,
            limit,
            connections,
        }
    }

    /// Lets so many octets of each answer pass from now on, the header section included.
    pub fn cut_after(&self, octets: usize) {
        self.limit.store(octets, Ordering::SeqCst);
    }

    /// How many connections have come so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The URL of this path through the relay.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn relay(mut client: &TcpStream, server: &str, limit: usize) -> Result<()> {
    let server = TcpStream::connect(server)?;
    let (mut request, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || std::io::copy(&mut request, &mut to_server));

    let mut buffer = [0; 4096];
    let mut answer = server
        .try_clone()?
        .take(limit.try_into().unwrap_or(u64::MAX));
    loop {
        match answer.read(&mut buffer)? {
            0 => break,
            length => client.write_all(&buffer[..length])?,
        }
    }
    server.shutdown(Shutdown::Both)?;
    client.shutdown(Shutdown::Both)
}
