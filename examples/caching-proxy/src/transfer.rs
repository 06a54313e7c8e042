//! A content that is sent on as it arrives, and collected on the way.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes, BytesMut};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::http::response::Parts;

use crate::asked::Asked;
use crate::stored::Stored;

/// A larger content is sent on, and not collected.
const LIMIT: usize = 16 << 20;

/// A response of the origin that is on its way to the client, and to the store.
pub(crate) struct Arriving {
    pub(crate) head: Parts,
    /// What is stored once the content is there; `None` if it must not be stored.
    pub(crate) stored: Option<Stored>,
    /// The bytes of the store that come before those of the origin.
    pub(crate) held: Bytes,
    /// The number of bytes from the origin that are held already.
    pub(crate) skip: u64,
}

impl Arriving {
    /// Creates a response of which nothing is held.
    pub(crate) fn new(asked: &Asked, head: Parts) -> Self {
        Self {
            stored: Stored::new(asked, &head),
            head,
            held: Bytes::new(),
            skip: 0,
        }
    }
}

/// What arrived of a content.
pub(crate) struct Arrived {
    /// The number of octets from the origin.
    pub(crate) octets: u64,
    /// With the bytes that were held; `None` if it was not collected.
    pub(crate) content: Option<Bytes>,
    /// False if the transfer was cut, by the origin or by the client.
    pub(crate) is_whole: bool,
}

/// The content of a response of the origin, on its way to the client.
pub(crate) struct Transfer<F: FnOnce(Arrived)> {
    /// Empty once they are sent.
    held: Bytes,
    /// How many of the next octets are held.
    skip: u64,
    content: Incoming,
    octets: u64,
    collected: Option<BytesMut>,
    /// `None` after the end.
    end: Option<F>,
}

impl<F: FnOnce(Arrived)> Transfer<F> {
    /// Calls `end` when the last octet has arrived, before the client gets it, so that its next
    /// request finds what is stored.
    pub(crate) fn new(
        held: Bytes,
        skip: u64,
        content: Incoming,
        is_collected: bool,
        end: F,
    ) -> Self {
        let mut transfer = Self {
            held,
            skip,
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

    /// Returns what is new of the next octets.
    fn take_new(&mut self, mut octets: Bytes) -> Bytes {
        self.octets += octets.len() as u64;
        let skipped =
            usize::try_from(self.skip).map_or(octets.len(), |skip| skip.min(octets.len()));
        self.skip -= skipped as u64;
        octets.advance(skipped);
        self.collect(&octets);
        octets
    }

    fn collect(&mut self, octets: &[u8]) {
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
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        if !this.held.is_empty() {
            let held = mem::take(&mut this.held);
            this.collect(&held);
            return Poll::Ready(Some(Ok(Frame::data(held))));
        }
        let frame = ready!(Pin::new(&mut this.content).poll_frame(context));
        let frame = frame.map(|frame| Ok(frame?.map_data(|octets| this.take_new(octets))));
        match &frame {
            Some(Ok(_)) if !this.content.is_end_stream() => {}
            Some(Err(_)) => this.end(false),
            _ => this.end(true),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_empty() && self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        if self.held.is_empty() {
            return self.content.size_hint();
        }
        // Content-Length says it.
        SizeHint::default()
    }
}

/// The client went away, or the end was seen already.
impl<F: FnOnce(Arrived)> Drop for Transfer<F> {
    fn drop(&mut self) {
        self.end(false);
    }
}
