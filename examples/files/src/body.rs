//! The content of a response, which is read while it is sent.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use tokio::task::spawn_blocking;

use crate::open_file::OpenFile;

/// The octets that are in memory at a time.
const CHUNK: u64 = 64 << 10;

/// What is sent to a client.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// A part of a content, which borrows nothing: a response outlives its plan.
#[derive(Debug)]
pub(crate) enum Segment {
    Text(Bytes),
    /// Octets of the file, from the first to the one behind the last.
    Octets(Range<u64>),
}

/// Sends these segments one after the other.
///
/// An error cuts the connection before the announced length is reached: the client sees that the
/// content is incomplete, and may resume it with If-Range.
pub(crate) fn body(file: OpenFile, segments: VecDeque<Segment>) -> Body {
    let frames = stream::try_unfold((file, segments), |(mut file, mut segments)| async {
        let next = spawn_blocking(move || {
            let octets = match segments.pop_front() {
                None => return Ok(None),
                Some(Segment::Text(text)) => text,
                Some(Segment::Octets(Range { start, end })) => {
                    let next = end.min(start + CHUNK);
                    if next < end {
                        segments.push_front(Segment::Octets(next..end));
                    }
                    let length = usize::try_from(next - start).map_err(io::Error::other)?;
                    file.read(start, length)?
                }
            };
            Ok(Some((Frame::data(octets), (file, segments))))
        });
        next.await?
    });
    StreamBody::new(frames).boxed_unsync()
}
