//! A content that is sent on as it arrives, and collected on the way.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body, Frame, Incoming, SizeHint};

/// A larger content is sent on, and not collected.
const LIMIT: usize = 16 << 20;

/// What arrived of a content.
pub(crate) struct Arrived {
    pub(crate) octets: u64,
    /// `None` if it was not collected.
    pub(crate) content: Option<Bytes>,
    /// False if the transfer was cut, by the origin or by the client.
    pub(crate) is_whole: bool,
}

/// The content of a response of the origin, on its way to the client.
pub(crate) struct Transfer<F: FnOnce(Arrived)> {
    content: Incoming,
    octets: u64,
    collected: Option<BytesMut>,
    /// `None` after the end.
    end: Option<F>,
}

impl<F: FnOnce(Arrived)> Transfer<F> {
    /// Calls `end` when the last octet has arrived, before the client gets it, so that its next
    /// request finds what is stored.
    pub(crate) fn new(content: Incoming, is_collected: bool, end: F) -> Self {
        let mut transfer = Self {
            octets: 0,
            collected: is_collected.then(BytesMut::new),
            end: Some(end),
            content,
        };
        if transfer.content.is_end_stream() {
            transfer.end(true);
        }
        transfer
    }

    fn collect(&mut self, octets: &[u8]) {
        self.octets += octets.len() as u64;
        let collected = self.collected.take();
        let collected = collected.filter(|collected| collected.len() + octets.len() <= LIMIT);
        self.collected = collected.map(|mut collected| {
            collected.extend_from_slice(octets);
            collected
        });
    }

    fn end(&mut self, is_whole: bool) {
        if let Some(end) = self.end.take() {
            end(Arrived {
                octets: self.octets,
                content: self.collected.take().map(BytesMut::freeze),
                is_whole,
            });
        }
    }
}

impl<F: FnOnce(Arrived) + Unpin> Body for Transfer<F> {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.content).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(octets) = frame.data_ref() {
                    self.collect(octets);
                }
                if self.content.is_end_stream() {
                    self.end(true);
                }
            }
            Some(Err(_)) => self.end(false),
            None => self.end(true),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
    }
}

/// The client went away, or the end was seen already.
impl<F: FnOnce(Arrived)> Drop for Transfer<F> {
    fn drop(&mut self) {
        self.end(false);
    }
}
