//! How an input that is text falls into its parts.

/// What stands before the last LF and behind it; all is before it if there is none.
///
/// No field value has an LF in it, but the parsers get to see what comes: with a second LF the first part
/// has one.
pub(crate) fn at_last_line(input: &[u8]) -> (&[u8], &[u8]) {
    match input.iter().rposition(|octet| *octet == b'\n') {
        Some(at) => (&input[..at], &input[at + 1..]),
        None => (input, b""),
    }
}
