//! A server whose responses a test makes up.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

/// Starts a server that answers each connection once, and returns its URL. It goes on until the
/// process ends.
pub(crate) fn serve(mut respond: impl FnMut(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            // A request comes in one piece, as it is short.
            let length = stream.read(&mut request).unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..length]);
            drop(stream.write_all(respond(&request).as_bytes()));
        }
    });
    format!("http://{address}/a")
}
