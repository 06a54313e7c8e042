//! What a [`MultipartReader`](crate::client::MultipartReader) finds: the head of a part, or the end.

use core::fmt;

use crate::range::byte_range::ByteRange;
use crate::range::content_range::ContentRange;

/// The next step of a [`MultipartReader`](crate::client::MultipartReader). ([RFC 2046 §5.1.1])
///
/// [RFC 2046 §5.1.1]: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
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

/// The head of a part, found by a [`MultipartReader`](crate::client::MultipartReader). ([RFC 9110
/// §14.6])
///
/// [RFC 9110 §14.6]: https://www.rfc-editor.org/rfc/rfc9110#section-14.6
#[derive(Clone, Copy)]
pub struct PartHead<'b> {
    pub(super) length: usize,
    pub(super) content_range: ContentRange,
    pub(super) range: ByteRange,
    pub(super) content_type: Option<&'b [u8]>,
}

impl<'b> PartHead<'b> {
    /// Returns the number of bytes to consume, at most
    /// [`MAX_HEAD`](crate::client::MultipartReader::MAX_HEAD). The content of the part follows them.
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
