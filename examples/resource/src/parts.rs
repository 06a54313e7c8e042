//! Parts of a content in memory, as a plan says.

use bytes::Bytes;
use http_preconditions::range::ByteRange;
use http_preconditions::response::{Multipart, Piece};

/// What a 206 with several ranges carries, piece by piece and without a copy.
pub fn pieces<'a>(parts: &Multipart<'a>, content: &'a Bytes) -> impl Iterator<Item = Bytes> {
    parts.pieces().map(|piece| match piece {
        Piece::Text(text) => text.to_string().into(),
        Piece::Range(range) => part(content, range),
    })
}

/// The octets of a range, without a copy.
///
/// # Panics
///
/// If the range is not one of this content.
#[must_use]
pub fn part(content: &Bytes, range: ByteRange) -> Bytes {
    let position = |position| usize::try_from(position).expect("the content is in memory");
    content.slice(position(range.first())..position(range.end()))
}

/// A boundary that is nowhere in the content.
#[must_use]
pub fn boundary(content: &[u8]) -> String {
    let mut number = 0_u64;
    loop {
        let boundary = format!("part-{number}");
        let mut places = content.windows(boundary.len());
        if !places.any(|octets| octets == boundary.as_bytes()) {
            return boundary;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_boundary_is_in_the_content() {
        assert_eq!(boundary(b"part-0"), "part-1");
        assert_eq!(boundary(b"part-1 part-0 part-00"), "part-2");
    }
}
