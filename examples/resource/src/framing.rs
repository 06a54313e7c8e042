//! Whether the content that a framework hands over is all that was sent.

use crate::answer::Answer;

/// The servers take this many octets of content.
pub const LIMIT: usize = 1 << 20;

/// Makes sure that the content is as long as each `Content-Length` of the request says.
///
/// To a handler, some servers end the content where the connection ends, as if it were the whole,
/// and take one of several lengths or none for what they cannot read. Nothing tells the end of
/// chunks from that of a connection then, so that chunks are refused (RFC 9112 §6.3, §8).
///
/// # Errors
///
/// What to answer: 411 to a `Transfer-Encoding`, 413 to a length beyond the [`LIMIT`], 400 to
/// another length. Where the next request begins is not known then, and the connection is closed.
pub fn check_length(
    lines: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
    length: usize,
) -> Result<(), Answer> {
    for (name, value) in lines {
        let is = |known: &str| name.as_ref().eq_ignore_ascii_case(known.as_bytes());
        if is("Transfer-Encoding") {
            return Err(Answer::refused_content(411, "Send it with its length.\n"));
        }
        if is("Content-Length") {
            let announced = str::from_utf8(value.as_ref()).ok();
            match announced.and_then(|announced| announced.parse::<usize>().ok()) {
                Some(announced) if announced > LIMIT => {
                    return Err(Answer::refused_content(413, "It is too long.\n"));
                }
                Some(announced) if announced == length => {}
                _ => return Err(Answer::refused_content(400, "This is not all of it.\n")),
            }
        }
    }
    Ok(())
}
