//! A response field that may have only one value: absent, malformed, or the value.

/// The state of a response field that may have only one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SingleLine<T> {
    Absent,
    /// A line is malformed, or two lines have different values. Matches no value, and is not
    /// treated as absent: our decision.
    Malformed,
    Value(T),
}

impl<T: Copy + PartialEq> SingleLine<T> {
    /// Takes the value of one field line, or `None` for a malformed line. A line that repeats the
    /// value changes nothing: our decision.
    pub(crate) fn line(&mut self, value: Option<T>) {
        *self = match (&self, value) {
            (Self::Absent, Some(value)) => Self::Value(value),
            (Self::Value(before), Some(value)) if *before == value => Self::Value(value),
            _ => Self::Malformed,
        };
    }

    /// Returns the value, or `None` if the field is absent or malformed.
    pub(crate) const fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }

    /// Returns true if the field has no line at all, not even a malformed line.
    pub(crate) const fn is_absent(self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns true if both fields have a value, and the values are equal.
    pub(crate) fn is_same(self, other: Self) -> bool {
        matches!((self, other), (Self::Value(a), Self::Value(b)) if a == b)
    }
}
