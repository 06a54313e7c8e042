//! A case that changes something if its conditions are true.

use crate::case::{Level, Need};

/// What is there before the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A representation.
    Exists,
    /// Nothing.
    Absent,
}

/// A request that changes something if its conditions are true.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Write {
    /// What it is called.
    pub(crate) name: &'static str,
    /// How much the RFC asks for.
    pub(crate) level: Level,
    /// The section of RFC 9110.
    pub(crate) section: &'static str,
    /// What is there before.
    pub(crate) start: Start,
    /// The method.
    pub(crate) method: &'static str,
    /// The field lines.
    pub(crate) lines: &'static [&'static str],
    /// When the case is skipped.
    pub(crate) needs: &'static [Need],
    /// Status codes that the RFC allows besides.
    pub(crate) also: &'static [u16],
    /// Why it matters.
    pub(crate) why: &'static str,
}

impl Write {
    pub(crate) const fn put(
        name: &'static str,
        level: Level,
        section: &'static str,
        lines: &'static [&'static str],
        why: &'static str,
    ) -> Self {
        Self {
            name,
            level,
            section,
            start: Start::Exists,
            method: "PUT",
            lines,
            needs: &[],
            also: &[],
            why,
        }
    }

    pub(crate) const fn method(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    pub(crate) const fn absent(self) -> Self {
        Self {
            start: Start::Absent,
            ..self
        }
    }

    pub(crate) const fn needs(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    pub(crate) const fn also(self, also: &'static [u16]) -> Self {
        Self { also, ..self }
    }
}
