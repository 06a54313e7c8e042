//! A response field that has a single value, as far as it can be read.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Single<T> {
    Absent,
    /// One line that cannot be read, or several. It is equal to none, and is not the same as
    /// absent: our decision.
    Malformed,
    Value(T),
}

impl<T: Copy + PartialEq> Single<T> {
    /// Takes one line of the field, which may be none that can be read.
    pub(crate) fn line(&mut self, value: Option<T>) {
        *self = match (&self, value) {
            (Self::Absent, Some(value)) => Self::Value(value),
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
