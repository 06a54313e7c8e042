//! What can go wrong between a request and the end of its response.

use std::{fmt, io};

use crate::wire::message::{Response, text};

/// Why there is no response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No connection.
    Connect(String),
    /// The server closed the connection without an octet of a response.
    Closed,
    /// The response ends before its end.
    Truncated,
    /// It was not whole within the time.
    TimedOut,
    /// It is no HTTP/1.1 response.
    Garbage(String),
    /// It is longer than this program reads.
    TooLong,
    /// The connection failed.
    Failed(String),
    /// The head came, and the content is not whole.
    Content {
        /// The response, with the octets that came and were not read yet.
        head: Box<Response>,
        /// What is wrong with them.
        cause: Box<Self>,
    },
}

impl Fault {
    /// The response, where its head came.
    #[must_use]
    pub fn head(&self) -> Option<&Response> {
        match self {
            Self::Content { head, .. } => Some(head),
            _ => None,
        }
    }

    /// What is wrong with the head or with the content.
    #[must_use]
    pub fn cause(&self) -> &Self {
        match self {
            Self::Content { cause, .. } => cause,
            _ => self,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => write!(f, "no connection: {error}"),
            Self::Closed => write!(f, "the connection was closed without a response"),
            Self::Truncated => write!(f, "the response ends too early"),
            Self::TimedOut => write!(f, "the response did not come in time"),
            Self::Garbage(what) => write!(f, "the response is no HTTP response: {what}"),
            Self::TooLong => write!(f, "the response is longer than this program reads"),
            Self::Failed(error) => write!(f, "the connection failed: {error}"),
            Self::Content { head, cause } => {
                write!(f, "{cause}: {}", head.status)?;
                for name in ["Content-Range", "Transfer-Encoding", "Content-Length"] {
                    if let Some(value) = head.combined(name) {
                        write!(f, ", {name}: {}", text(&value))?;
                    }
                }
                match head.content.len() {
                    0 => write!(f, ", no octets"),
                    length => write!(f, ", {length} octets"),
                }
            }
        }
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // The one on Unix, the other on Windows.
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Failed(error.to_string()),
        }
    }
}
