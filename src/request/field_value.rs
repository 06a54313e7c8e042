//! A field to send: its name, and a value that is always well-formed.

use core::fmt;
use core::iter::Empty;

use crate::date::http_date::HttpDate;
use crate::error::BufferTooSmall;
use crate::grammar::buffer::{Buffer, DECIMAL_DIGITS};
use crate::grammar::text;
use crate::range::byte_range::RangeSpec;
use crate::range::content_range::ContentRange;
use crate::request::field::Field;
use crate::tag::entity_tag::EntityTag;

/// A field that a client or a cache adds to a request: its name and its value. ([RFC 9110 §13.1])
///
/// `T` is the iterator over the [members](ListMember) of a list. A field without a list, such as
/// that of [`guard`], has the default `T`: write its type as `RequestField<'a>`.
///
/// # Examples
///
/// ```
/// use http_preconditions::client::{RequestField, create_only};
///
/// let field: RequestField<'static> = create_only();
/// assert_eq!((field.name(), field.value().to_string()), ("If-None-Match", "*".to_owned()));
/// assert_eq!(field.to_string(), "If-None-Match: *");
/// ```
///
/// [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
/// [`guard`]: crate::client::ResponseValidators::guard
#[derive(Clone, Copy)]
pub struct RequestField<'a, T = Empty<EntityTag<'a>>> {
    field: Field,
    value: FieldValue<'a, T>,
}

impl<'a, T> RequestField<'a, T> {
    pub(crate) const fn new(field: Field, value: FieldValue<'a, T>) -> Self {
        Self { field, value }
    }

    /// Returns the field.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Returns the name, in the letter case of the RFC.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.field.name()
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> &FieldValue<'a, T> {
        &self.value
    }

    /// Returns the name and the value.
    #[must_use]
    pub fn into_parts(self) -> (&'static str, FieldValue<'a, T>) {
        (self.field.name(), self.value)
    }
}

/// Writes the field line, without a line end. Bytes that are not UTF-8 become U+FFFD, as in the
/// text of [`FieldValue`]; send the bytes of [`FieldValue::write_to`] instead.
impl<T: Iterator<Item: ListMember> + Clone> fmt::Display for RequestField<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.value)
    }
}

/// Writes the field line: `RequestField(If-None-Match: "v1")`.
impl<T: Iterator<Item: ListMember> + Clone> fmt::Debug for RequestField<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestField({self})")
    }
}

/// The value of a field to send: of a [`RequestField`], or of a field that a
/// [`response`](crate::response) sets.
///
/// The value is always well-formed: `*` stands alone, a list is one line of at least one tag,
/// each tag keeps its weakness, and a date is an `IMF-fixdate`.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, client::{ResponseValidators, revalidate}};
///
/// let stored = [EntityTag::strong(b"caf\xE9")?, EntityTag::weak(b"a,b")?];
/// let mut buffer = [0; 64];
/// for field in revalidate(stored.map(|tag| ResponseValidators::new().etag(tag))) {
///     let (name, value) = field.into_parts();
///     assert_eq!(name, "If-None-Match");
///     assert_eq!(value.write_to(&mut buffer)?, b"\"caf\xE9\", W/\"a,b\"");
///     assert_eq!(value.write_to(&mut [0; 9]).unwrap_err().needed, value.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct FieldValue<'a, T = Empty<EntityTag<'a>>>(Value<'a, T>);

#[derive(Clone, Copy)]
enum Value<'a, T> {
    Any,
    Tag(EntityTag<'a>),
    List(T),
    Date(HttpDate),
    Range(RangeSpec),
    ContentRange(ContentRange),
    Number(u64),
    Multipart(&'a str),
}

impl<'a> FieldValue<'a> {
    pub(crate) const fn content_range(range: ContentRange) -> Self {
        Self(Value::ContentRange(range))
    }

    pub(crate) const fn number(number: u64) -> Self {
        Self(Value::Number(number))
    }

    /// Creates the media type of several parts with this boundary.
    pub(crate) const fn multipart(boundary: &'a str) -> Self {
        Self(Value::Multipart(boundary))
    }
}

impl<'a, T> FieldValue<'a, T> {
    pub(crate) const ANY: Self = Self(Value::Any);

    pub(crate) const fn tag(tag: EntityTag<'a>) -> Self {
        Self(Value::Tag(tag))
    }

    /// Creates a list. The iterator must have at least one member.
    pub(crate) const fn list(members: T) -> Self {
        Self(Value::List(members))
    }

    pub(crate) const fn date(date: HttpDate) -> Self {
        Self(Value::Date(date))
    }

    pub(crate) const fn range(range: RangeSpec) -> Self {
        Self(Value::Range(range))
    }
}

/// A member of a list in a field value: an [`EntityTag`] of If-None-Match, or a [`RangeSpec`] of
/// Range. ([RFC 9110 §5.6.1])
///
/// The trait is sealed, because a list has only members that are always well-formed. A function
/// that takes every [`RequestField`] has it as a bound.
///
/// # Examples
///
/// ```
/// use http_preconditions::client::{ListMember, RequestField, create_only, request_ranges};
/// use http_preconditions::range::RangeSpec;
///
/// fn line<T: Iterator<Item: ListMember> + Clone>(field: RequestField<'_, T>) -> String {
///     field.to_string()
/// }
/// assert_eq!(line(create_only()), "If-None-Match: *");
/// let range = request_ranges([RangeSpec::Suffix(5), RangeSpec::Suffix(9)]);
/// assert_eq!(range.map(line).as_deref(), Some("Range: bytes=-5,-9"));
/// ```
///
/// [RFC 9110 §5.6.1]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
#[expect(private_bounds, reason = "sealed: no other type is a member")]
pub trait ListMember: Member {}

impl ListMember for EntityTag<'_> {}
impl ListMember for RangeSpec {}

pub(crate) trait Member: Copy {
    /// Comes before the first member.
    const START: &'static [u8];
    const SEPARATOR: &'static [u8];

    /// Passes the member to `piece`, in one or more pieces.
    fn pieces(self, piece: &mut impl FnMut(&[u8]));
}

impl Member for EntityTag<'_> {
    const START: &'static [u8] = b"";
    const SEPARATOR: &'static [u8] = b", ";

    fn pieces(self, piece: &mut impl FnMut(&[u8])) {
        tag_pieces(self, piece);
    }
}

impl Member for RangeSpec {
    const START: &'static [u8] = Self::UNIT;
    // Without a space, as clients have always written it.
    const SEPARATOR: &'static [u8] = b",";

    fn pieces(self, piece: &mut impl FnMut(&[u8])) {
        piece(self.member().as_octets());
    }
}

/// Passes a tag to `piece`, in several pieces.
fn tag_pieces(tag: EntityTag<'_>, piece: &mut impl FnMut(&[u8])) {
    piece(if tag.is_weak() { b"W/\"" } else { b"\"" });
    piece(tag.opaque());
    piece(b"\"");
}

impl<T: Iterator<Item: ListMember> + Clone> FieldValue<'_, T> {
    /// Passes the value to `piece`, in one or more pieces.
    fn pieces(&self, mut piece: impl FnMut(&[u8])) {
        match &self.0 {
            Value::Any => piece(b"*"),
            Value::Tag(tag) => tag_pieces(*tag, &mut piece),
            Value::Date(date) => piece(&date.to_imf_fixdate()),
            Value::Range(range) => piece(range.text().as_octets()),
            Value::ContentRange(range) => piece(range.text().as_octets()),
            Value::Number(number) => {
                let mut text: Buffer<DECIMAL_DIGITS> = Buffer::new();
                text.push_decimal(*number);
                piece(text.as_octets());
            }
            Value::Multipart(boundary) => {
                piece(b"multipart/byteranges; boundary=");
                piece(boundary.as_bytes());
            }
            Value::List(members) => {
                let mut before = T::Item::START;
                for member in members.clone() {
                    piece(before);
                    member.pieces(&mut piece);
                    before = T::Item::SEPARATOR;
                }
            }
        }
    }

    /// Returns the length of the value in bytes, at least 1.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "there is no such field with an empty value"
    )]
    pub fn len(&self) -> usize {
        text::length(|piece| self.pieces(piece))
    }

    /// Writes the exact bytes of the value to the start of `buffer`, and returns the written
    /// part.
    ///
    /// # Errors
    ///
    /// Returns an error if `buffer` is shorter than [`len`](Self::len); nothing is written then.
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        text::write_to(buffer, |piece| self.pieces(piece))
    }
}

/// Writes the value as text. The text is exact if the tags are UTF-8, as nearly all are; other
/// bytes become U+FFFD. [`FieldValue::write_to`] writes the exact bytes of every value.
impl<T: Iterator<Item: ListMember> + Clone> fmt::Display for FieldValue<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.pieces(|piece| {
            result = result.and_then(|()| text::write_lossy(f, piece));
        });
        result
    }
}

/// Writes the value as text: `FieldValue("v1", W/"v2")`.
impl<T: Iterator<Item: ListMember> + Clone> fmt::Debug for FieldValue<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldValue({self})")
    }
}
