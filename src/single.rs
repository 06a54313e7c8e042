//! A response field that may occur only once: absent, unreadable, or a value.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Single<T> {
    Absent,
    /// Lines that cannot be read, or that are not the same. Equal to no value, and not the same as
    /// absent: our decision.
    Malformed,
    Value(T),
}

impl<T: Copy + PartialEq> Single<T> {
    /// Takes one line of the field, or `None` for a line that cannot be read. A line with the same
    /// value as the one before changes nothing: our decision.
    pub(crate) fn line(&mut self, value: Option<T>) {
        *self = match (&self, value) {
            (Self::Absent, Some(value)) => Self::Value(value),
            (Self::Value(before), Some(value)) if *before == value => Self::Value(value),
            _ => Self::Malformed,
        };
    }

    pub(crate) const fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }

    pub(crate) const fn is_absent(self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Reports whether both have the same value.
    pub(crate) fn is_same(self, other: Self) -> bool {
        matches!((self, other), (Self::Value(a), Self::Value(b)) if a == b)
    }
}
