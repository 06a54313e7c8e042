//! The content of a response, which is read while it is sent.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use cap_std::fs::{File, Metadata, MetadataExt as _};
use futures_util::stream;
use http_preconditions::response::Piece;
use tokio::task::spawn_blocking;

/// The octets that are in memory at a time.
const CHUNK: u64 = 64 << 10;

/// A part of a content.
#[derive(Debug)]
pub(crate) enum Segment {
    Text(Bytes),
    /// Octets of the file, from the first to the one behind the last.
    Octets(Range<u64>),
}

impl From<Piece<'_>> for Segment {
    fn from(piece: Piece<'_>) -> Self {
        match piece {
            Piece::Text(text) => Self::Text(text.to_string().into()),
            Piece::Range(range) => Self::Octets(range.first()..range.end()),
        }
    }
}

/// Creates a body of these segments, one after the other.
///
/// A file that another program changes in place while it is sent cuts the connection, so that nobody
/// gets two versions as one. A PUT does not change it: it puts another file in its place.
pub(crate) fn body(file: File, segments: VecDeque<Segment>) -> io::Result<Body> {
    let file = file.into_std();
    let opened = content_time(&Metadata::from_file(&file)?);
    let state = (file, segments);
    let chunks = stream::try_unfold(state, move |(file, mut segments)| async move {
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
                    let mut octets = BytesMut::zeroed(length);
                    file.read_exact_at(&mut octets, start)?;
                    octets.freeze()
                }
            };
            if content_time(&Metadata::from_file(&file)?) != opened {
                return Err(io::Error::other("The file changed while it was sent."));
            }
            Ok(Some((octets, (file, segments))))
        });
        next.await?
    });
    Ok(Body::from_stream(chunks))
}

/// Returns length and time of the content. The time of the metadata changes also when another file
/// takes the name.
fn content_time(metadata: &Metadata) -> (u64, i64, i64) {
    (metadata.len(), metadata.mtime(), metadata.mtime_nsec())
}
