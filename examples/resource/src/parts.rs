//! Parts of a content in memory, as a plan says.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use bytes::Bytes;
use http_preconditions::range::ByteRange;
use http_preconditions::response::{Content, Multipart, Piece, Plan};

/// The content that a plan sends, in pieces that are no copies: of several ranges the `parts`.
///
/// # Panics
///
/// If the plan is not for this content.
#[must_use]
pub fn planned(plan: &Plan<'_>, parts: Option<&Multipart<'_>>, content: &Bytes) -> Vec<Bytes> {
    let sent = |piece| match piece {
        Piece::Text(text) => text.to_string().into(),
        Piece::Range(range) => part(content, range),
    };
    match (plan.content(), parts) {
        (_, Some(parts)) => parts.pieces().map(sent).collect(),
        (Content::Nothing, _) => vec![],
        (Content::Part(range), _) => vec![part(content, range)],
        (Content::Unchanged | Content::Parts(_), _) => vec![content.clone()],
    }
}

/// Pieces that follow each other as one, without a copy where there is one only.
#[must_use]
pub fn joined(mut pieces: Vec<Bytes>) -> Bytes {
    match pieces.len() {
        1 => pieces.remove(0),
        _ => pieces.concat().into(),
    }
}

fn part(content: &Bytes, range: ByteRange) -> Bytes {
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
