//! Several ranges in one content, `multipart/byteranges`, without the content in memory.

use core::fmt::{self, Write as _};
use core::iter::FusedIterator;

use crate::error::ParseError;
use crate::grammar;
use crate::range::byte_range::ByteRange;
use crate::range::content_range::ContentRange;
use crate::range::resolve::ByteRanges;
use crate::request::field_value::FieldValue;
use crate::server::response::change::FieldChange;

/// The content of a 206 with several ranges, as a sequence of texts and ranges to send.
/// ([RFC 9110 §14.6])
///
/// [`Plan::multipart`](crate::response::Plan::multipart) creates it. It needs no memory for the
/// content: each [`Piece`] is a short text or a range to copy, and
/// [`content_length`](Self::content_length) is known before the first byte is sent.
///
/// # Examples
///
/// ```
/// use http_preconditions::response::Piece;
/// use http_preconditions::{Representation, evaluate};
///
/// let file = "0123456789";
/// let range = "bytes=0-1, -1";
/// let current = Representation::new().complete_length(10);
/// let plan = evaluate("GET", [("Range", range)], Some(&current)).plan().range(range);
/// let parts = plan.multipart(Some("text/plain"), "7MA4YW")?.ok_or("two ranges")?;
///
/// let mut content = String::new();
/// for piece in parts.pieces() {
///     match piece {
///         Piece::Text(text) => content += &text.to_string(),
///         Piece::Range(range) => {
///             content += &file[range.first() as usize..range.end() as usize];
///         }
///     }
/// }
/// assert_eq!(parts.content_length(), Some(content.len() as u64));
/// assert_eq!(
///     content,
///     "--7MA4YW\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01\
///      \r\n--7MA4YW\r\nContent-Type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9\
///      \r\n--7MA4YW--\r\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9110 §14.6]: https://www.rfc-editor.org/rfc/rfc9110#section-14.6
#[derive(Clone)]
pub struct Multipart<'a> {
    ranges: ByteRanges<'a>,
    complete_length: u64,
    content_type: Option<&'a str>,
    boundary: &'a str,
}

impl<'a> Multipart<'a> {
    pub(super) fn new(
        ranges: ByteRanges<'a>,
        complete_length: u64,
        content_type: Option<&'a str>,
        boundary: &'a str,
    ) -> Result<Self, ParseError> {
        grammar::boundary(boundary.as_bytes())?;
        if let Some(content_type) = content_type.map(str::as_bytes) {
            grammar::without_forbidden(content_type)
                .map_err(|stop| stop.in_value(0, content_type))?;
        }
        Ok(Self {
            ranges,
            complete_length,
            content_type,
            boundary,
        })
    }

    /// Returns the exact length of the content in bytes, or `None` if it is 2^64 or more.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.pieces().try_fold(0_u64, |length, piece| {
            let of_piece = match piece {
                Piece::Text(text) => text.len() as u64,
                Piece::Range(range) => range.length(),
            };
            length.checked_add(of_piece)
        })
    }

    /// Returns the changes that set Content-Type and Content-Length. Make them after those of the
    /// [plan](crate::response::Plan::changes).
    pub fn changes(&self) -> impl Iterator<Item = FieldChange<'a>> + use<'a> {
        let content_type = FieldChange::Set("content-type", FieldValue::multipart(self.boundary));
        let length = self.content_length().map(FieldValue::number);
        let length = length.map(|length| FieldChange::Set("content-length", length));
        [Some(content_type), length].into_iter().flatten()
    }

    /// Returns what to send, piece by piece: the head of a part, its range, the head of the next
    /// part, and so on, and the end.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'a>> + Clone + use<'a> {
        Pieces {
            parts: self.clone(),
            next: Next::Head { is_first: true },
        }
    }
}

/// Writes the media type: `Multipart(multipart/byteranges; boundary=7MA4YW)`.
// Not derived: the `Debug` of `str` can panic.
impl fmt::Debug for Multipart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type: FieldValue<'_> = FieldValue::multipart(self.boundary);
        write!(f, "Multipart({content_type})")
    }
}

/// A piece of the content of a 206 with several ranges.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a part is a head and a range")]
pub enum Piece<'a> {
    /// Send this text.
    Text(MultipartText<'a>),
    /// Send this range of the representation.
    Range(ByteRange),
}

/// A text between the ranges of a [`Multipart`]: the head of a part, or the end.
///
/// `Display` writes the text, which is ASCII if the media type is.
#[derive(Clone, Copy)]
pub struct MultipartText<'a> {
    boundary: &'a str,
    content_type: Option<&'a str>,
    /// `None` at the end.
    range: Option<ContentRange>,
    is_first: bool,
}

impl MultipartText<'_> {
    /// Returns the length of the text in bytes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it has a boundary at least")]
    pub fn len(&self) -> usize {
        let mut counter = Counter(0);
        // Counting never fails.
        let _ = write!(counter, "{self}");
        counter.0
    }
}

impl fmt::Display for MultipartText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_first {
            f.write_str("\r\n")?;
        }
        let boundary = self.boundary;
        let Some(range) = self.range else {
            return write!(f, "--{boundary}--\r\n");
        };
        write!(f, "--{boundary}\r\n")?;
        if let Some(content_type) = self.content_type {
            write!(f, "Content-Type: {content_type}\r\n")?;
        }
        write!(f, "Content-Range: {range}\r\n\r\n")
    }
}

/// Writes the text with its line ends escaped: `MultipartText(--b--\r\n)`.
impl fmt::Debug for MultipartText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MultipartText(")?;
        write!(Escaped(f), "{self}")?;
        f.write_str(")")
    }
}

/// Escapes what is written.
struct Escaped<'f, 'o>(&'f mut fmt::Formatter<'o>);

impl fmt::Write for Escaped<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write!(self.0, "{}", text.as_bytes().escape_ascii())
    }
}

/// Counts the bytes that are written.
struct Counter(usize);

impl fmt::Write for Counter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.len());
        Ok(())
    }
}

#[derive(Clone, Debug)]
struct Pieces<'a> {
    parts: Multipart<'a>,
    next: Next,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    Head { is_first: bool },
    Range(ByteRange),
    Done,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let parts = &mut self.parts;
        match self.next {
            Next::Head { is_first } => {
                let range = parts.ranges.next();
                self.next = range.map_or(Next::Done, Next::Range);
                let length = Some(parts.complete_length);
                Some(Piece::Text(MultipartText {
                    boundary: parts.boundary,
                    content_type: parts.content_type,
                    range: range.and_then(|range| ContentRange::new(range, length)),
                    is_first,
                }))
            }
            Next::Range(range) => {
                self.next = Next::Head { is_first: false };
                Some(Piece::Range(range))
            }
            Next::Done => None,
        }
    }
}

impl FusedIterator for Pieces<'_> {}
