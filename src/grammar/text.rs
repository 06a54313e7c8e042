//! Octets that are written in pieces: into a buffer as they are, and as text for people.

use core::fmt::{self, Write as _};

use crate::error::BufferTooSmall;

/// Returns the number of octets that `pieces` passes on.
pub(crate) fn length(pieces: impl Fn(&mut dyn FnMut(&[u8]))) -> usize {
    let mut length: usize = 0;
    pieces(&mut |piece| length = length.saturating_add(piece.len()));
    length
}

/// Writes what `pieces` passes on to the start of `buffer`, and returns the written part. Writes
/// nothing if the buffer is too small.
pub(crate) fn write_to(
    buffer: &mut [u8],
    pieces: impl Fn(&mut dyn FnMut(&[u8])),
) -> Result<&[u8], BufferTooSmall> {
    let needed = length(&pieces);
    let written = buffer.get_mut(..needed).ok_or(BufferTooSmall { needed })?;
    let mut places = written.iter_mut();
    pieces(&mut |piece| {
        // `piece` comes first in the `zip`: where it ends, `zip` must not have taken a place
        // already.
        for (octet, place) in piece.iter().zip(places.by_ref()) {
            *place = *octet;
        }
    });
    Ok(written)
}

/// Writes the octets as text. Octets that are not UTF-8 become U+FFFD.
pub(crate) fn write_lossy(f: &mut fmt::Formatter<'_>, octets: &[u8]) -> fmt::Result {
    octets.utf8_chunks().try_for_each(|chunk| {
        f.write_str(chunk.valid())?;
        if chunk.invalid().is_empty() {
            return Ok(());
        }
        f.write_char(char::REPLACEMENT_CHARACTER)
    })
}

/// Writes the octets with all but printable ASCII escaped, for `Debug`: `caf\xe9`.
pub(crate) fn write_escaped(f: &mut fmt::Formatter<'_>, octets: &[u8]) -> fmt::Result {
    octets.iter().try_for_each(|octet| match octet {
        b' '..=b'~' => f.write_char(char::from(*octet)),
        _ => write!(f, "\\x{octet:02x}"),
    })
}
