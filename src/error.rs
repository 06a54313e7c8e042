//! Errors: a value that does not match its grammar, a time out of range, a buffer too small.

use core::fmt;

/// A field value that does not match its grammar: the item that was expected, and its byte
/// offset.
///
/// The offset counts bytes from the start of the value as given, leading whitespace included:
/// `value[..offset]` is the part that was parsed. It is at most the length of the value.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, ErrorKind};
///
/// let error = EntityTag::parse(b"\"a b\"").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::ClosingQuote, 2));
/// assert_eq!(error.to_string(), "expected an entity tag character or `\"` at byte 2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    kind: ErrorKind,
    offset: usize,
}

impl ParseError {
    pub(crate) const fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// Returns the item that was expected.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the byte offset of the error from the start of the value as given: 0 to its
    /// length.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at byte {}", self.kind, self.offset)
    }
}

impl core::error::Error for ParseError {}

/// The item that a parser expected where it stopped.
///
/// `Display` writes the item as it follows "expected" in the message of a [`ParseError`]. The
/// examples below are values in which the item is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An entity tag, which begins with `DQUOTE` or `W/`: `abc`, `w/"a"`, the empty value.
    EntityTag,
    /// `DQUOTE` after `W/`: `W/a`, `W/ "a"`.
    OpaqueTag,
    /// An `etagc` or the closing `DQUOTE`: `"a b"` at its space, `"abc` at its end.
    ClosingQuote,
    /// A comma or the end of the list after a member: `"a" "b"`, `"a"x`.
    ListEnd,
    /// `*` to stand alone, because it is not a member of a list: `*, "a"`, `"a", *`, `*,`.
    Wildcard,
    /// A day name, `Mon` to `Sun` or `Monday` to `Sunday`, in exactly this case.
    DayName,
    /// This byte between two parts of a date or a range, or behind a tag in the field If: a space,
    /// `,`, `-`, `:`, `/`, `=` or `]`.
    Separator(u8),
    /// A day of two digits (in the asctime format also a space and one digit) that its month has.
    Day,
    /// A month, `Jan` to `Dec`, in exactly this case.
    Month,
    /// A year of four digits from `0001`, or in the rfc850 format of two digits.
    Year,
    /// An hour of two digits, `00` to `23`.
    Hour,
    /// A minute of two digits, `00` to `59`.
    Minute,
    /// A second of two digits, `00` to `59`, or the leap second `23:59:60`.
    Second,
    /// `GMT`, the only time zone of an HTTP-date.
    Gmt,
    /// A range unit, which is a token: `=0-1`, the empty value.
    RangeUnit,
    /// The unit `bytes`, in any case: `items 0-1/2`.
    Bytes,
    /// A range in bytes: `bytes=`, `bytes=,`, `bytes=a-z`.
    RangeSpec,
    /// A decimal digit: `bytes=-`, `bytes 0-/2`.
    Digit,
    /// A last position that is not before the first: `bytes=5-4`.
    LastPosition,
    /// A number below 2^64: `bytes 0-1/18446744073709551616`.
    Number,
    /// A complete length greater than the last position: `bytes 0-9/9`.
    CompleteLength,
    /// The end of the value: `"a"; q=1`, a date with a comment.
    End,
    /// A single field line: the field has a single value, and this is its second line.
    SingleLine,
    /// A `field-vchar`, a space or a tab (§5.5), in a date that guards a change: an
    /// If-Unmodified-Since with CR, LF or NUL inside.
    FieldVchar,
    /// A `tchar`, of which a token is made: the name of a content coding, `br;q=1`.
    Token,
    /// A hexadecimal digit in lower case: the id of a revision, `e83c516-dirty`.
    HexDigit,
    /// An `etagc` other than `.` and the backslash: a part of a tag that a builder makes,
    /// `en.gb`.
    TagPart,
    /// A boundary of 1 to 70 `bchars` that no parameter has to quote (RFC 2046 §5.1.1): the empty
    /// boundary, `a b`, `a*b`.
    Boundary,
    /// The media type `multipart/byteranges`: `multipart/mixed; boundary=b`.
    MediaType,
    /// A character of a quoted-string or its closing `DQUOTE`: `boundary="b`.
    QuotedString,
    /// One boundary parameter of 1 to 70 bytes, of which the last is no space:
    /// `multipart/byteranges`.
    BoundaryParameter,
    /// The end of the head of a part, within the limit of the reader.
    PartHead,
    /// A Content-Range with a range in the head of a part, in one line or in equal lines.
    PartRange,
    /// The complete length of the parts before, or the known one, in the head of a part.
    PartLength,
    /// The line end behind the content of a part, which is as long as its Content-Range says.
    LineEnd,
    /// The boundary behind the content of a part.
    Delimiter,
    /// A list of conditions in parentheses, in the field If: the empty value, `"a"`, `</x>` at its
    /// end.
    IfList,
    /// A next list or the end of the field If: `(["a"]), (["b"])`, `(["a"]) </x> (["b"])`.
    IfEnd,
    /// A condition in a list of the field If: `()`, `(Not)`, `("a")`.
    IfCondition,
    /// A next condition or the `)` of a list of the field If: `(["a"], ["b"])`, `(["a"]`.
    IfListEnd,
    /// A path that begins with one `/`, or an absolute URI, as a Resource-Tag: `<x> (["a"])`,
    /// `<//example.com/x> (["a"])`.
    SimpleRef,
    /// An absolute URI, as a state token: `(<x>)`, `(</x>)`, `(<>)`.
    AbsoluteUri,
    /// A character of a URI or the closing `>`: `(<urn:x:t`, `(<urn:x:t >)`.
    UriEnd,
    /// An absolute URI in `<` and `>`, as a Lock-Token: `urn:x:t`.
    CodedUrl,
    /// A path without the segments `.` and `..`, as a Resource-Tag to send: `/a/../b`,
    /// `/a/%2e%2e/b`.
    DotSegment,
    /// A schedule tag, which begins with `DQUOTE`: `W/"a"`, `*`, `a`, the empty value.
    ScheduleTag,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EntityTag => "an entity tag",
            Self::OpaqueTag => "`\"` after `W/`",
            Self::ClosingQuote => "an entity tag character or `\"`",
            Self::ListEnd => "`,` or the end of the list",
            Self::Wildcard => "`*` to stand alone",
            Self::DayName => "a day name",
            Self::Separator(b' ') => "a space",
            Self::Separator(literal) => return write!(f, "`{}`", char::from(*literal)),
            Self::Day => "a day that the month has, in two digits",
            Self::Month => "a month name",
            Self::Year => "a year",
            Self::Hour => "an hour from 00 to 23",
            Self::Minute => "a minute from 00 to 59",
            Self::Second => "a second from 00 to 59",
            Self::Gmt => "`GMT`",
            Self::RangeUnit => "a range unit",
            Self::Bytes => "the unit `bytes`",
            Self::RangeSpec => "a range such as `0-499`, `500-` or `-500`",
            Self::Digit => "a digit",
            Self::LastPosition => "a last position that is not before the first",
            Self::Number => "a number below 2^64",
            Self::CompleteLength => "a complete length greater than the last position",
            Self::End => "the end of the value",
            Self::SingleLine => "a single field line",
            Self::FieldVchar => "no CR, LF or NUL",
            Self::Token => "a token character",
            Self::HexDigit => "a hexadecimal digit in lower case",
            Self::TagPart => "an entity tag character other than `.` and `\\`",
            Self::Boundary => "a boundary of 1 to 70 letters, digits, `'`, `+`, `_`, `-` and `.`",
            Self::MediaType => "the media type `multipart/byteranges`",
            Self::QuotedString => "a quoted-string character or `\"`",
            Self::BoundaryParameter => "one boundary parameter of 1 to 70 bytes",
            Self::PartHead => "the end of the head of a part",
            Self::PartRange => "a Content-Range with a range",
            Self::PartLength => "the complete length of the other parts",
            Self::LineEnd => "a line end",
            Self::Delimiter => "the boundary",
            Self::IfList => "a list of conditions in `(` and `)`",
            Self::IfEnd => "the next list or the end of the value",
            Self::IfCondition => "a state token in `<` and `>` or an entity tag in `[` and `]`",
            Self::IfListEnd => "the next condition or `)`",
            Self::SimpleRef => "a path or an absolute URI",
            Self::AbsoluteUri => "an absolute URI",
            Self::UriEnd => "a URI character or `>`",
            Self::CodedUrl => "an absolute URI in `<` and `>`",
            Self::DotSegment => "a path without `.` and `..`",
            Self::ScheduleTag => "a schedule tag in quotes",
        })
    }
}

/// A time before year 1 or after year 9999, which an HTTP-date cannot represent. ([RFC 9110
/// §5.6.7])
///
/// [RFC 9110 §5.6.7]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("time out of range: an HTTP-date has a year from 1 to 9999")
    }
}

impl core::error::Error for OutOfRange {}

/// A buffer that is too small for the bytes to write. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BufferTooSmall {
    /// The number of bytes needed.
    pub needed: usize,
}

impl fmt::Display for BufferTooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "buffer too small: {} bytes needed", self.needed)
    }
}

impl core::error::Error for BufferTooSmall {}
