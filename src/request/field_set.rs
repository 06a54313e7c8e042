//! A set of fields, so that one bit operation handles all fields.

use core::fmt;

use crate::request::field::Field;

/// A set of fields, with one bit for each variant of [`Field`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldSet(u8);

impl FieldSet {
    pub(crate) const NONE: Self = Self(0);
    /// The fields of RFC 9110.
    pub(crate) const ALL: Self = Self(0b11_1111);

    const fn only(field: Field) -> Self {
        Self(1_u8.wrapping_shl(field as u32))
    }

    pub(crate) const fn with(self, field: Field) -> Self {
        self.or(Self::only(field))
    }

    /// Returns the set with this field added if `so` is true, and the same set otherwise.
    pub(crate) const fn with_if(self, field: Field, so: bool) -> Self {
        self.or(Self::only(field).when(so))
    }

    /// Returns the set if `so` is true, and the empty set otherwise.
    pub(crate) const fn when(self, so: bool) -> Self {
        if so { self } else { Self::NONE }
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn except(self, field: Field) -> Self {
        self.without(Self::only(field))
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the fields that are in exactly one of the two sets.
    pub(crate) const fn differing(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn has(self, field: Field) -> bool {
        !self.and(Self::only(field)).is_empty()
    }

    /// Returns the fields in evaluation order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Field> + use<> {
        let fields = Field::WITH_DAV.iter().copied();
        fields.filter(move |field| self.has(*field))
    }
}

impl fmt::Debug for FieldSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
