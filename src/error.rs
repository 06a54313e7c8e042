//! What a parser expected, and at which octet.

use core::fmt;

/// A field value that does not follow its grammar: what was expected, and at which octet.
///
/// The offset counts octets from the start of the value as it was given, leading whitespace
/// included, so that `value[..offset]` is the part that could be read. It is at most the length of
/// the value.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, ErrorKind};
///
/// let error = EntityTag::parse(b"\"a b\"").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::ClosingQuote, 2));
/// assert_eq!(error.to_string(), "expected an entity-tag character or `\"` at byte 2");
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

    /// What was expected.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where it was expected: octets from the start of the value as given, 0 to its length.
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

/// What a parser expected where it stopped.
///
/// `Display` names the thing expected, as it stands after "expected" in the sentence of a
/// [`ParseError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `DQUOTE` or `W/`, which begin an entity-tag: `abc`, `w/"a"` and the empty value have
    /// neither.
    EntityTag,
    /// `DQUOTE` after `W/`: `W/a`, `W/ "a"`.
    OpaqueTag,
    /// One more `etagc` or the closing `DQUOTE`: `"a b"` at its space, `"abc` at its end.
    ClosingQuote,
    /// A comma or the end of the list after a member: `"a" "b"`, `"a"x`.
    ListEnd,
    /// Nothing beside `*`, which is no member of a list: `*, "a"`, `"a", *`, `*,`.
    Wildcard,
    /// A day name, `Mon` to `Sun` or `Monday` to `Sunday`, in this case only.
    DayName,
    /// This very octet between two parts of a date or a range: a space, `,`, `-`, `:`, `/` or `=`.
    Separator(u8),
    /// A day of two digits (in asctime also a space and one digit) that its month has.
    Day,
    /// A month, `Jan` to `Dec`, in this case only.
    Month,
    /// A year of four digits from `0001`, in the rfc850 form one of two.
    Year,
    /// An hour of two digits, `00` to `23`.
    Hour,
    /// A minute of two digits, `00` to `59`.
    Minute,
    /// A second of two digits, `00` to `59`, or the leap second `23:59:60`.
    Second,
    /// `GMT`, the only zone there is.
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
    /// A number below 2^64, where a larger one would say what is not so.
    Number,
    /// A complete length that has room for the range before it: `bytes 0-9/9`.
    CompleteLength,
    /// The end of the value: `"a"; q=1`, a date with a comment.
    End,
    /// One field line only: the field has a single value, and this is a second line of it.
    SingleLine,
    /// A `field-vchar`, a space or a tab (§5.5), where a date guards a change: CR, LF or NUL stands
    /// inside of an If-Unmodified-Since.
    FieldVchar,
    /// A `tchar`, which tokens are made of: the name of a content coding, `br;q=1`.
    Token,
    /// A hexadecimal digit in lower case: the id of a revision, `e83c516-dirty`.
    HexDigit,
    /// An `etagc` other than `.` and the backslash: a part of a tag that is made, `en.gb`.
    TagPart,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EntityTag => "an entity-tag",
            Self::OpaqueTag => "`\"` after `W/`",
            Self::ClosingQuote => "an entity-tag character or `\"`",
            Self::ListEnd => "`,` or the end of the list",
            Self::Wildcard => "nothing beside `*`",
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
            Self::CompleteLength => "a length that has room for the range",
            Self::End => "the end of the value",
            Self::SingleLine => "a single field line",
            Self::FieldVchar => "no CR, LF or NUL",
            Self::Token => "a token character",
            Self::HexDigit => "a hexadecimal digit in lower case",
            Self::TagPart => "an entity-tag character other than `.` and `\\`",
        })
    }
}

/// A time before year 1 or after year 9999, which no HTTP-date can name. ([RFC 9110 §5.6.7])
///
/// [RFC 9110 §5.6.7]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time from year 1 to year 9999")
    }
}

impl core::error::Error for OutOfRange {}

/// A buffer that is shorter than what is to be written into it; nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BufferTooSmall {
    /// The octets that are needed.
    pub needed: usize,
}

impl fmt::Display for BufferTooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a buffer of at least {} bytes", self.needed)
    }
}

impl core::error::Error for BufferTooSmall {}
