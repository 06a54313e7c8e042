//! The schedule tag of a calendar object, and the field that compares it.

use core::fmt;

use crate::error::{BufferTooSmall, ErrorKind, ParseError};
use crate::grammar::{self, text};
use crate::tag::entity_tag::EntityTag;

/// A schedule tag: the value of `Schedule-Tag`, which identifies a version of a scheduling object
/// that only changes of consequence make new. ([RFC 6638 §3.2.10, §8.2])
///
/// ```abnf
/// Schedule-Tag = DQUOTE *if-tagc DQUOTE
/// if-tagc      = HTAB / SP / %x21 / %x23-7E / obs-text
/// ```
///
/// There is no weak form, no list and no `*`. `==` compares bytes. The grammar is that of RFC 2616,
/// in which a tag may contain spaces; make tags that RFC 9110 allows, too.
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::dav::ScheduleTag;
///
/// let tag = ScheduleTag::parse(b"\"12ab34-cd56ef\"")?;
/// assert_eq!(tag.opaque(), b"12ab34-cd56ef");
/// assert_eq!(tag.to_string(), "\"12ab34-cd56ef\"");
/// assert!(ScheduleTag::parse(b"W/\"12ab34\"").is_err());
/// assert_eq!(ScheduleTag::try_from(EntityTag::strong(b"12ab34-cd56ef")?)?, tag);
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 6638 §3.2.10, §8.2]: https://www.rfc-editor.org/rfc/rfc6638#section-3.2.10
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScheduleTag<'a>(&'a [u8]);

impl<'a> ScheduleTag<'a> {
    /// Parses a whole `Schedule-Tag` field value. Spaces and tabs around the tag are ignored.
    ///
    /// # Errors
    ///
    /// - `W/"a"`, `*`, `a`, the empty value: `"` is expected at byte 0.
    /// - `"a`: a tag character or the closing `"` is expected at byte 2, which is the end.
    /// - `"a", "b"`: the end is expected at byte 3.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::schedule_tag(value) {
            Ok(opaque) => Ok(Self(opaque)),
            Err(stop) => Err(stop.in_value(0, value)),
        }
    }

    /// Returns the bytes between the quotes.
    #[must_use]
    pub const fn opaque(&self) -> &'a [u8] {
        self.0
    }

    /// Writes the exact bytes of the value to the start of `buffer`, and returns the written part.
    ///
    /// # Errors
    ///
    /// Returns an error if `buffer` is shorter than the tag with its quotes; nothing is written
    /// then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::dav::ScheduleTag;
    ///
    /// let tag = ScheduleTag::parse(b" \"s1\" ")?;
    /// assert_eq!(tag.write_to(&mut [0; 8])?, b"\"s1\"");
    /// assert_eq!(tag.write_to(&mut [0; 3]).unwrap_err().needed, 4);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let pieces = [b"\"", self.0, b"\""];
        text::write_to(buffer, |piece| pieces.into_iter().for_each(piece))
    }
}

/// Converts a tag that an [`EntityTagBuilder`](crate::tag::EntityTagBuilder) has made.
///
/// # Errors
///
/// If the tag is weak: `"` is expected at byte 0.
impl<'a> TryFrom<EntityTag<'a>> for ScheduleTag<'a> {
    type Error = ParseError;

    fn try_from(tag: EntityTag<'a>) -> Result<Self, ParseError> {
        if tag.is_weak() {
            return Err(ParseError::new(ErrorKind::ScheduleTag, 0));
        }
        Ok(Self(tag.opaque()))
    }
}

/// Formats the tag for people: bytes that are not UTF-8 show as U+FFFD.
impl fmt::Display for ScheduleTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        text::write_lossy(f, self.0)?;
        f.write_str("\"")
    }
}

/// Formats the tag with every byte outside of printable ASCII escaped: `ScheduleTag("s1")`.
impl fmt::Debug for ScheduleTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScheduleTag(\"")?;
        text::write_escaped(f, self.0)?;
        f.write_str("\")")
    }
}

/// The value of the `If-Schedule-Tag-Match` request field of CalDAV: the request is only performed
/// if the scheduling object has this schedule tag. ([RFC 6638 §8.3])
///
/// ```abnf
/// If-Schedule-Tag-Match = DQUOTE *if-tagc DQUOTE
/// ```
///
/// The field is about the Request-URI, never about the destination of COPY and MOVE (§3.2.10). For
/// a PUT, a true condition is not the same as no condition: the server takes over what other
/// attendees have answered in the meantime (§3.2.10.1).
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::{IfScheduleTagMatch, ScheduleTag};
///
/// let current = ScheduleTag::parse(b"\"s1\"")?;
/// let field = IfScheduleTagMatch::parse(b"\"s1\"")?;
/// assert!(field.matches(Some(current)));
/// assert!(!field.matches(None), "not a scheduling object");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 6638 §8.3]: https://www.rfc-editor.org/rfc/rfc6638#section-8.3
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IfScheduleTagMatch<'a>(ScheduleTag<'a>);

impl<'a> IfScheduleTagMatch<'a> {
    /// Parses one field line.
    ///
    /// # Errors
    ///
    /// Like [`ScheduleTag::parse`].
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        ScheduleTag::parse(value).map(Self)
    }

    /// Returns the tag.
    #[must_use]
    pub const fn tag(&self) -> ScheduleTag<'a> {
        self.0
    }

    /// Returns true if the condition is true: the current tag is this one. `current` is `None` if
    /// the resource has no schedule tag, or does not exist. (§3.2.10)
    #[must_use]
    pub fn matches(&self, current: Option<ScheduleTag<'_>>) -> bool {
        current.is_some_and(|current| current.opaque() == self.0.opaque())
    }
}
