//! Parts of a content in memory, as a plan says.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

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

/// A boundary that is in no content, because it is random: 128 bits in hex.
#[must_use]
pub fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_boundaries_are_the_same() {
        assert_ne!(boundary(), boundary());
        assert_eq!(boundary().len(), 32);
    }
}
