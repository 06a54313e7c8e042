//! A bad link: a relay before a server, which cuts answers short.

use std::io::{Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

#[derive(Debug)]
struct State {
    /// How many octets of an answer pass.
    limit: AtomicUsize,
    /// How many connections are relayed; others wait.
    let_through: AtomicUsize,
    connections: AtomicUsize,
    relayed: AtomicUsize,
}

/// A relay to one server. It goes on to relay until the process ends.
#[derive(Debug)]
pub struct Link {
    address: SocketAddr,
    state: Arc<State>,
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
        let state = Arc::new(State {
            limit: AtomicUsize::new(usize::MAX),
            let_through: AtomicUsize::new(usize::MAX),
            connections: AtomicUsize::new(0),
            relayed: AtomicUsize::new(0),
        });
        let (server, shared) = (server.to_owned(), Arc::clone(&state));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                let (server, state) = (server.clone(), Arc::clone(&shared));
                thread::spawn(move || {
                    while number >= state.let_through.load(Ordering::SeqCst) {
                        thread::sleep(Duration::from_millis(10));
                    }
                    // A side that goes away ends the connection, which is what this is for.
                    drop(relay(&client, &server, &state));
                });
            }
        });
        Self { address, state }
    }

    /// Lets so many octets of each answer pass from now on, the header section included.
    pub fn cut_after(&self, octets: usize) {
        self.state.limit.store(octets, Ordering::SeqCst);
    }

    /// Lets so many connections through, counted from the first, and has others wait.
    pub fn let_through(&self, connections: usize) {
        self.state.let_through.store(connections, Ordering::SeqCst);
    }

    /// How many connections have come so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many octets of answers have passed so far, header sections included.
    #[must_use]
    pub fn relayed(&self) -> usize {
        self.state.relayed.load(Ordering::SeqCst)
    }

    /// The URL of this path through the relay.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn relay(mut client: &TcpStream, server: &str, state: &State) -> Result<()> {
    let server = TcpStream::connect(server)?;
    let (mut request, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || std::io::copy(&mut request, &mut to_server));

    let mut buffer = [0; 4096];
    let limit = state.limit.load(Ordering::SeqCst);
    let mut answer = server
        .try_clone()?
        .take(limit.try_into().unwrap_or(u64::MAX));
    loop {
        match answer.read(&mut buffer)? {
            0 => break,
            length => {
                state.relayed.fetch_add(length, Ordering::SeqCst);
                client.write_all(&buffer[..length])?;
            }
        }
    }
    server.shutdown(Shutdown::Both)?;
    client.shutdown(Shutdown::Both)
}
