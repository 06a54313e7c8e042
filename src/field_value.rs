//! The value of a field to send: put together from what its grammar allows, and written octet for
//! octet.

use core::fmt::{self, Write as _};

use crate::byte_range::RangeSpec;
use crate::entity_tag::EntityTag;
use crate::error::BufferTooSmall;
use crate::http_date::HttpDate;

/// The value of a conditional field to send, as the functions of a client's and a cache's side give
/// it beside the field's name. ([RFC 9110 §13.1])
///
/// It is well-formed by construction: `*` stands alone, a list is one line of at least one tag with
/// its weakness kept, a date is an `IMF-fixdate`. `T` iterates the tags.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Validators, revalidate};
///
/// let stored = [EntityTag::strong(b"caf\xE9")?, EntityTag::weak(b"a,b")?];
/// let mut buffer = [0; 64];
/// for (name, value) in revalidate(stored.map(|tag| Validators::new().etag(tag))) {
///     assert_eq!(name, "If-None-Match");
///     assert_eq!(value.write_to(&mut buffer)?, b"\"caf\xE9\", W/\"a,b\"");
///     assert_eq!(value.write_to(&mut [0; 9]).unwrap_err().needed, value.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
#[derive(Clone, Copy)]
pub struct FieldValue<T>(Value<T>);

#[derive(Clone, Copy)]
enum Value<T> {
    Any,
    Tags(T),
    Date(HttpDate),
    Range(RangeSpec),
}

impl<T> FieldValue<T> {
    pub(crate) const ANY: Self = Self(Value::Any);

    /// There is at least one tag.
    pub(crate) const fn tags(tags: T) -> Self {
        Self(Value::Tags(tags))
    }

    pub(crate) const fn date(date: HttpDate) -> Self {
        Self(Value::Date(date))
    }

    pub(crate) const fn range(range: RangeSpec) -> Self {
        Self(Value::Range(range))
    }
}

impl<'a, T: Iterator<Item = EntityTag<'a>> + Clone> FieldValue<T> {
    /// Gives the value piece by piece.
    fn pieces(&self, mut piece: impl FnMut(&[u8])) {
        match &self.0 {
            Value::Any => piece(b"*"),
            Value::Date(date) => piece(&date.to_imf_fixdate()),
            Value::Range(range) => piece(range.text().as_octets()),
            Value::Tags(tags) => {
                let mut separator: &[u8] = b"";
                for tag in tags.clone() {
                    piece(separator);
                    piece(if tag.is_weak() { b"W/\"" } else { b"\"" });
                    piece(tag.opaque());
                    piece(b"\"");
                    separator = b", ";
                }
            }
        }
    }

    /// How many octets the value has: at least 1.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "there is no such field with an empty value"
    )]
    pub fn len(&self) -> usize {
        let mut len: usize = 0;
        self.pieces(|piece| len = len.saturating_add(piece.len()));
        len
    }

    /// Writes the value into `buffer`, octet for octet, and returns the part that it takes.
    ///
    /// # Errors
    ///
    /// When `buffer` is shorter than [`len`](Self::len); nothing is written then.
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let needed = self.len();
        let written = buffer.get_mut(..needed).ok_or(BufferTooSmall { needed })?;
        let mut places = written.iter_mut();
        self.pieces(|piece| {
            // In this order: what ends first must not take from the other.
            for (octet, place) in piece.iter().zip(places.by_ref()) {
                *place = *octet;
            }
        });
        Ok(written)
    }
}

/// The exact text, where the tags are UTF-8, as those of nearly all servers are; octets that are
/// none show as U+FFFD. The exact octets of every value come from [`FieldValue::write_to`].
impl<'a, T: Iterator<Item = EntityTag<'a>> + Clone> fmt::Display for FieldValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.pieces(|piece| {
            for chunk in piece.utf8_chunks() {
                result = result.and_then(|()| f.write_str(chunk.valid()));
                if !chunk.invalid().is_empty() {
                    result = result.and_then(|()| f.write_char(char::REPLACEMENT_CHARACTER));
                }
            }
        });
        result
    }
}

/// As text: `FieldValue("v1", W/"v2")`.
impl<'a, T: Iterator<Item = EntityTag<'a>> + Clone> fmt::Debug for FieldValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldValue({self})")
    }
}
