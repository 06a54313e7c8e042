//! A change to the fields of a response.

use core::fmt;

use crate::request::field_value::FieldValue;

/// A change to the fields of the response without conditions.
#[derive(Clone)]
#[expect(clippy::exhaustive_enums, reason = "a field is removed or set")]
pub enum FieldChange<'a> {
    /// Remove all lines of the field with this name, which is in lower case.
    Remove(&'static str),
    /// Replace all lines of the field with this name by one line with this value, or add the line.
    /// The name is in lower case.
    Set(&'static str, FieldValue<'a>),
}

impl FieldChange<'_> {
    /// Returns the name of the field, in lower case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Remove(name) | Self::Set(name, _) => name,
        }
    }
}

/// Writes the change as text: `Remove(etag)`, `Set(content-length: 100)`.
// Not derived: the `Debug` of `str` can panic.
impl fmt::Debug for FieldChange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remove(name) => write!(f, "Remove({name})"),
            Self::Set(name, value) => write!(f, "Set({name}: {value})"),
        }
    }
}
