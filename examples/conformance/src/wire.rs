//! Requests as octets over bare sockets: a client library would mend what is to be tested.

mod fault;
mod message;
mod read;

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

pub use fault::Fault;
pub use message::{Field, Request, Response, text};
pub use read::{MAX_CONTENT, Reader};

/// How long to wait for octets that no answer may have, where the server keeps the connection.
const SURPLUS_WAIT: Duration = Duration::from_millis(20);

/// Where the server is, and how long it may take to answer.
#[derive(Clone, Debug)]
pub struct Wire {
    addresses: Vec<SocketAddr>,
    host: String,
    timeout: Duration,
}

impl Wire {
    /// A server at the first of these addresses that takes a connection. `host` is the value of
    /// the field Host.
    #[must_use]
    pub const fn new(addresses: Vec<SocketAddr>, host: String, timeout: Duration) -> Self {
        Self {
            addresses,
            host,
            timeout,
        }
    }

    /// The value of the field Host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Sends one request on a connection of its own, and reads the answer and what follows it.
    ///
    /// # Errors
    ///
    /// If there is no connection, or no whole answer.
    pub fn exchange(&self, request: &Request) -> Result<Response, Fault> {
        let mut connection = self.open()?;
        connection.send(request, true);
        let mut response = connection.receive(&request.method)?;
        response.surplus = connection.surplus();
        Ok(response)
    }

    /// Sends a request, and once more if the server says that it cannot answer now.
    ///
    /// # Errors
    ///
    /// Those of [`exchange`](Self::exchange).
    pub fn exchange_patiently(&self, request: &Request) -> Result<Response, Fault> {
        let response = self.exchange(request)?;
        match response.status {
            502..=504 => self.exchange(request),
            _ => Ok(response),
        }
    }

    /// Sends requests one after the other on one connection, each when the one before is answered,
    /// and returns the last answer.
    ///
    /// # Errors
    ///
    /// If there is no connection, or an answer is not whole. A server may close a connection after
    /// an answer and say so, which is [`Fault::Closed`] for the next.
    pub fn exchange_in_turn(&self, requests: &[Request]) -> Result<Response, Fault> {
        let mut connection = self.open()?;
        let mut last = Err(Fault::Closed);
        for request in requests {
            connection.send(request, false);
            last = Ok(connection.receive(&request.method)?);
        }
        last
    }

    /// Opens a connection.
    ///
    /// # Errors
    ///
    /// If no address takes it within the time.
    pub fn open(&self) -> Result<Connection, Fault> {
        let mut fault = Fault::Connect("no address".to_owned());
        for address in &self.addresses {
            match TcpStream::connect_timeout(address, self.timeout) {
                Ok(stream) => return Connection::new(stream, self).map_err(Fault::from),
                Err(error) => fault = Fault::Connect(format!("{address}: {error}")),
            }
        }
        Err(fault)
    }
}

/// A connection, with what was read of it and not used yet.
#[derive(Debug)]
pub struct Connection {
    reader: Reader<TcpStream>,
    host: String,
    timeout: Duration,
}

impl Connection {
    fn new(stream: TcpStream, wire: &Wire) -> io::Result<Self> {
        stream.set_read_timeout(Some(wire.timeout))?;
        stream.set_write_timeout(Some(wire.timeout))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            reader: Reader::new(stream),
            host: wire.host.clone(),
            timeout: wire.timeout,
        })
    }

    /// Sends a request. A server may answer and close before it has read all of it: what it has
    /// answered is then there to read, and if there is nothing, reading says so.
    pub fn send(&mut self, request: &Request, is_last: bool) {
        let octets = request.octets(&self.host, is_last);
        drop(self.reader.source().write_all(&octets));
    }

    /// Sends all of a request but its last octet, which it returns.
    pub fn send_but_one(&mut self, request: &Request) -> u8 {
        let mut octets = request.octets(&self.host, true);
        let last = octets.pop().unwrap_or(b'\n');
        drop(self.reader.source().write_all(&octets));
        last
    }

    /// Sends the octet that [`send_but_one`](Self::send_but_one) left.
    pub fn send_last(&mut self, octet: u8) {
        drop(self.reader.source().write_all(&[octet]));
    }

    /// Reads the answer to a request with this method.
    ///
    /// # Errors
    ///
    /// If it is not whole within the time.
    pub fn receive(&mut self, method: &str) -> Result<Response, Fault> {
        self.reader.response(method, Instant::now() + self.timeout)
    }

    /// The octets behind the last answer, as far as they come at once.
    fn surplus(&mut self) -> Vec<u8> {
        drop(self.reader.source().set_read_timeout(Some(SURPLUS_WAIT)));
        self.reader.surplus()
    }
}
