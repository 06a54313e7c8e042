//! `multipart/byteranges`, read from a stream: the boundary, and the heads of the parts.

use core::fmt;

use crate::error::{ErrorKind, ParseError};
use crate::grammar;
use crate::grammar::Delimiter;
use crate::range::byte_range::ByteRange;
use crate::range::content_range::ContentRange;
use crate::stored::single_line::SingleLine;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MultipartReader {
    boundary: Boundary,
    complete_length: Option<u64>,
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
    /// The largest head of a part in bytes, from the end of the part before it: 16 KiB.
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
    /// [RFC 2046 §5.1.1]: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
    pub fn new(content_type: &[u8]) -> Result<Self, ParseError> {
        let value = grammar::whole(content_type, grammar::byteranges)?;
        let mut boundary = Boundary {
            octets: [0; 70],
            length: 0,
        };
        for (place, octet) in boundary.octets.iter_mut().zip(grammar::unquoted(value)) {
            *place = octet;
            boundary.length = boundary.length.saturating_add(1);
        }
        Ok(Self {
            boundary,
            complete_length: None,
            expects: Expects::Preamble,
            line: 0,
            searched: 0,
        })
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
    /// - a part of another complete length than the parts before it, or past its end.
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
            let delimiter = grammar::delimiter(text, self.boundary.as_octets());
            self.expects = match (self.expects, delimiter) {
                (Expects::Preamble | Expects::Delimiter, Some(_)) => Expects::Field(self.line),
                (Expects::Field(head), _) if text.is_empty() => {
                    return self.part(octets, head, start).map(MultipartStep::Part);
                }
                (Expects::LineEnd, _) => Expects::Delimiter,
                (Expects::Delimiter, None) => {
                    return Err(ParseError::new(ErrorKind::Delimiter, start));
                }
                (expects, _) => expects,
            };
        }
    }

    /// Returns true if there is nothing more to read.
    fn is_end(&self, line: &[u8]) -> bool {
        match self.expects {
            Expects::Preamble | Expects::Delimiter => matches!(
                grammar::delimiter(line, self.boundary.as_octets()),
                Some(Delimiter::End)
            ),
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
            let (behind, name, value) = grammar::part_field(rest);
            rest = behind;
            if name.eq_ignore_ascii_case(b"Content-Range") {
                offset = end.saturating_sub(behind.len());
                offset = offset.saturating_sub(value.len());
                let field = ContentRange::parse(value).map_err(|error| {
                    ParseError::new(error.kind(), offset.saturating_add(error.offset()))
                })?;
                content_range.line(Some(field));
            } else if name.eq_ignore_ascii_case(b"Content-Type") {
                content_type = content_type.or(Some(grammar::trim(value).1));
            }
        }
        let field = content_range.value();
        let Some((field, range)) = field.and_then(|field| Some((field, field.range()?))) else {
            return Err(ParseError::new(ErrorKind::PartRange, offset));
        };
        let lengths = [self.complete_length, field.complete_length()];
        self.complete_length = match lengths {
            [Some(known), Some(sent)] if known != sent => {
                return Err(ParseError::new(ErrorKind::PartLength, offset));
            }
            [Some(known), _] if known < range.end() => {
                return Err(ParseError::new(ErrorKind::PartLength, offset));
            }
            [known, sent] => known.or(sent),
        };
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

/// The next step of a [`MultipartReader`].
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a part comes next, or nothing, or it is not known yet"
)]
pub enum MultipartStep<'b> {
    /// More bytes are needed. Nothing is consumed.
    NeedMore,
    /// A part begins.
    Part(PartHead<'b>),
    /// The content has ended. Ignore the bytes that are left.
    End,
}

/// The head of a part of a [`MultipartReader`].
#[derive(Clone, Copy)]
pub struct PartHead<'b> {
    length: usize,
    content_range: ContentRange,
    range: ByteRange,
    content_type: Option<&'b [u8]>,
}

impl<'b> PartHead<'b> {
    /// Returns the number of bytes to consume; the content of the part follows them.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it has a boundary at least")]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Returns the Content-Range of the part, which has a range.
    #[must_use]
    pub const fn content_range(&self) -> ContentRange {
        self.content_range
    }

    /// Returns the positions of the part. Its content is as long as they are.
    #[must_use]
    pub const fn range(&self) -> ByteRange {
        self.range
    }

    /// Returns the first Content-Type of the part, or `None` if there is none. It has CR and LF in
    /// it if the sender has folded the line.
    #[must_use]
    pub const fn content_type(&self) -> Option<&'b [u8]> {
        self.content_type
    }
}

// Not derived: the type of the content is text, as a rule.
impl fmt::Debug for PartHead<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.content_type.unwrap_or_default().escape_ascii();
        write!(f, "PartHead({}, {content_type})", self.content_range)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Boundary {
    octets: [u8; 70],
    length: usize,
}

impl Boundary {
    fn as_octets(&self) -> &[u8] {
        self.octets.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Debug for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Boundary({})", self.as_octets().escape_ascii())
    }
}
