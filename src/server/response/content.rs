//! The content of a response: nothing, all of it, or ranges of it.

use crate::range::byte_range::ByteRange;
use crate::range::resolve::ByteRanges;

/// The content of a response.
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a response has nothing, all, one part or several parts"
)]
pub enum Content<'v> {
    /// Send no content. A 412, a 416 or a 428 may have an explanation instead, and a 423 should have
    /// the element `lock-token-submitted` (RFC 4918 §11.3): then you must set its Content-Type, and
    /// its length in place of the Content-Length of 0.
    Nothing,
    /// Send the content of the response without conditions. A HEAD has none.
    Unchanged,
    /// Send this range of the content.
    Part(ByteRange),
    /// Send these ranges, as a [`Multipart`](crate::response::Multipart).
    Parts(ByteRanges<'v>),
}
