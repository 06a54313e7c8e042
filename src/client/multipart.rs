//! `multipart/byteranges`, read from a stream: the boundary, and the heads of the parts.

mod boundary;
mod step;

use crate::error::{ErrorKind, ParseError};
use crate::grammar;
use crate::range::content_range::ContentRange;
use crate::stored::single_line::SingleLine;

pub(super) use self::boundary::Boundary;
pub use self::step::{MultipartStep, PartHead};

/// Reads the content of a 206 with several parts, `multipart/byteranges`, as it arrives. ([RFC 9110
/// §14.6], [RFC 2046 §5.1])
///
/// The reader keeps no content. Give it the bytes that you have and have not consumed. After each
/// [`PartHead`], consume its [`len`](PartHead::len), then take as many bytes of content as its
/// [`range`](PartHead::range) has, and call the reader with the bytes behind them. It never searches
/// the content for the boundary, so the boundary may occur there.
///
/// Lines may end in LF alone. Lines before the first part and bytes after the end are ignored, and
/// so are spaces after a boundary. The parts may come in any order and overlap, and there may be
/// parts that nobody requested: see [`ContentRange::requested`].
///
/// # Examples
///
/// ```
/// use http_preconditions::client::{MultipartReader, MultipartStep};
///
/// let mut content = "--b\r\nContent-Range: bytes 0-1/10\r\n\r\n01\
///     \r\n--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n--b--\r\n";
/// let mut reader = MultipartReader::new(b"multipart/byteranges; boundary=b")?;
/// let mut parts = Vec::new();
/// loop {
///     match reader.read(content.as_bytes())? {
///         MultipartStep::Part(part) => {
///             let rest = &content[part.len()..];
///             let (part, rest) = rest.split_at(part.range().length() as usize);
///             parts.push(part);
///             content = rest;
///         }
///         MultipartStep::End => break,
///         MultipartStep::NeedMore => panic!("the connection was cut"),
///     }
/// }
/// assert_eq!(parts, ["01", "9"]);
///
/// let mut reader = MultipartReader::new(b"multipart/byteranges; boundary=b")?;
/// let error = reader.read(b"--b\r\nContent-Type: text/plain\r\n\r\n").unwrap_err();
/// assert_eq!(error.to_string(), "expected a Content-Range with a range at byte 31");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.6]: https://www.rfc-editor.org/rfc/rfc9110#section-14.6
/// [RFC 2046 §5.1]: https://www.rfc-editor.org/rfc/rfc2046#section-5.1
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    missing_copy_implementations,
    reason = "a copy would read the same head again"
)]
pub struct MultipartReader {
    boundary: Boundary,
    complete_length: Option<u64>,
    /// The complete length is not less: the end of the parts before, and of what is held.
    least_length: u64,
    expects: Expects,
    /// The offset of the line that is read.
    line: usize,
    /// The number of bytes that were searched for the end of that line, so that none is searched
    /// twice.
    searched: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Expects {
    /// Any line before the first delimiter.
    Preamble,
    /// The line end that belongs to a delimiter, behind the content of a part.
    LineEnd,
    Delimiter,
    /// A field, or the empty line behind the fields, which begin at this offset.
    Field(usize),
    Nothing,
}

impl MultipartReader {
    /// The largest head of a part in bytes, from the end of the part before it: 16 KiB. A buffer of
    /// that size is large enough to read every head.
    pub const MAX_HEAD: usize = 16 * 1024;

    /// Creates a reader for the content of a response with this value of Content-Type. ([RFC 2046
    /// §5.1.1])
    ///
    /// The boundary has 1 to 70 bytes, as a token or a quoted-string. Parameters may come in any
    /// order, and their names in any case.
    ///
    /// # Errors
    ///
    /// - `multipart/mixed; boundary=b`, the empty value: `multipart/byteranges` is expected.
    /// - `multipart/byteranges`, `multipart/byteranges; boundary=""`, a boundary of 71 bytes, one
    ///   that ends in a space, two boundaries: a boundary parameter is expected.
    /// - `multipart/byteranges; boundary=a/b`, `multipart/byteranges, x`: `;` is expected.
    /// - `multipart/byteranges; boundary="b`: the closing quote is expected.
    /// - `multipart/byteranges; boundary=`, `multipart/byteranges; =b`: a token is expected.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::MultipartReader;
    ///
    /// assert!(MultipartReader::new(b"multipart/byteranges; boundary=\"a b\"").is_ok());
    /// let error = MultipartReader::new(b"multipart/byteranges; boundary=a b").unwrap_err();
    /// assert_eq!(error.to_string(), "expected `;` at byte 33");
    /// ```
    ///
    /// [RFC 2046 §5.1.1]: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
    pub fn new(content_type: &[u8]) -> Result<Self, ParseError> {
        Boundary::parse(content_type).map(Self::with_boundary)
    }

    pub(super) const fn with_boundary(boundary: Boundary) -> Self {
        Self {
            boundary,
            complete_length: None,
            least_length: 0,
            expects: Expects::Preamble,
            line: 0,
            searched: 0,
        }
    }

    /// Sets the complete length of the representation: a part of another length is refused. By
    /// default, the first part that has a complete length sets it.
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        Self {
            complete_length: Some(octets),
            ..self
        }
    }

    /// Sets the number of bytes that the representation has at least.
    pub(super) const fn least_length(self, octets: u64) -> Self {
        Self {
            least_length: octets,
            ..self
        }
    }

    /// Reads the head of the next part, or the end, from the start of `octets`: the bytes of the
    /// content that are not consumed yet.
    ///
    /// After [`MultipartStep::NeedMore`], call again with the same bytes and more behind them. If
    /// the content ends instead, the transfer was cut, and the parts before it are complete.
    ///
    /// # Errors
    ///
    /// The offset counts from the start of `octets`. Do not use the reader after an error.
    ///
    /// - a part without Content-Range, or with one such as `bytes */10`, or with two that differ: a
    ///   Content-Range with a range is expected.
    /// - a malformed Content-Range: the error of [`ContentRange::parse`].
    /// - a part of another complete length than the parts before it, past the end of that, or of a
    ///   complete length before the end of another part.
    /// - content that is longer than its Content-Range: a line end is expected.
    /// - another line than the boundary behind the content of a part: the boundary is expected.
    /// - a head of more than [`MAX_HEAD`](Self::MAX_HEAD) bytes.
    pub fn read<'b>(&mut self, octets: &'b [u8]) -> Result<MultipartStep<'b>, ParseError> {
        let within_limit = octets.get(..Self::MAX_HEAD).unwrap_or(octets);
        loop {
            let start = self.line;
            let line = within_limit.get(start..).unwrap_or_default();
            if self.is_end(line) {
                self.expects = Expects::Nothing;
                return Ok(MultipartStep::End);
            }
            if self.expects == Expects::LineEnd && !may_be_line_end(line) {
                return Err(ParseError::new(ErrorKind::LineEnd, start));
            }
            let unsearched = within_limit.get(self.searched..).unwrap_or_default();
            let Some(before) = unsearched.iter().position(|octet| *octet == b'\n') else {
                self.searched = self.searched.max(within_limit.len());
                return match within_limit.len() {
                    Self::MAX_HEAD => Err(ParseError::new(ErrorKind::PartHead, Self::MAX_HEAD)),
                    _ => Ok(MultipartStep::NeedMore),
                };
            };
            let end = self.searched.saturating_add(before);
            let text = within_limit.get(start..end).unwrap_or_default();
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            self.line = end.saturating_add(1);
            self.searched = self.line;
            let is_delimiter = || self.boundary.is_delimiter(text);
            self.expects = match self.expects {
                Expects::Preamble | Expects::Delimiter if is_delimiter() => {
                    Expects::Field(self.line)
                }
                Expects::Delimiter => return Err(ParseError::new(ErrorKind::Delimiter, start)),
                Expects::Field(head) if text.is_empty() => {
                    return self.part(octets, head, start).map(MultipartStep::Part);
                }
                Expects::LineEnd => Expects::Delimiter,
                expects => expects,
            };
        }
    }

    /// Returns true if there is nothing more to read.
    fn is_end(&self, line: &[u8]) -> bool {
        match self.expects {
            Expects::Preamble | Expects::Delimiter => self.boundary.is_close_delimiter(line),
            Expects::LineEnd | Expects::Field(_) => false,
            Expects::Nothing => true,
        }
    }

    /// Reads the fields of a part, which are the octets from `head` to `end`.
    fn part<'b>(
        &mut self,
        octets: &'b [u8],
        head: usize,
        end: usize,
    ) -> Result<PartHead<'b>, ParseError> {
        let mut rest = octets.get(head..end).unwrap_or_default();
        let (mut content_range, mut content_type) = (SingleLine::Absent, None);
        let mut offset = end;
        while !rest.is_empty() {
            let (field, behind) = grammar::part_field(rest);
            rest = behind;
            if field.name.eq_ignore_ascii_case(b"Content-Range") {
                offset = end.saturating_sub(behind.len());
                offset = offset.saturating_sub(field.value.len());
                let value = ContentRange::parse(field.value).map_err(|error| {
                    ParseError::new(error.kind(), offset.saturating_add(error.offset()))
                })?;
                content_range.line(Some(value));
            } else if field.name.eq_ignore_ascii_case(b"Content-Type") {
                content_type = content_type.or(Some(grammar::trim(field.value).1));
            }
        }
        let field = content_range.value();
        let Some((field, range)) = field.and_then(|field| Some((field, field.range()?))) else {
            return Err(ParseError::new(ErrorKind::PartRange, offset));
        };
        let lengths = [self.complete_length, field.complete_length()];
        let differ = matches!(lengths, [Some(known), Some(sent)] if known != sent);
        self.least_length = self.least_length.max(range.end());
        self.complete_length = self.complete_length.or(field.complete_length());
        if differ
            || self
                .complete_length
                .is_some_and(|known| known < self.least_length)
        {
            return Err(ParseError::new(ErrorKind::PartLength, offset));
        }
        let part = PartHead {
            length: self.line,
            content_range: field,
            range,
            content_type,
        };
        self.expects = Expects::LineEnd;
        (self.line, self.searched) = (0, 0);
        Ok(part)
    }
}

/// Returns false if the text cannot begin with a line end.
const fn may_be_line_end(text: &[u8]) -> bool {
    matches!(text, [] | [b'\n', ..] | [b'\r'] | [b'\r', b'\n', ..])
}
