//! The request fields that preconditions read, found by name.
//!
//! `FieldSet` and `Faults` use the number of a variant. If you add one of RFC 9110, enlarge
//! `FieldSet::ALL`, `NAMES` and the array in `Faults`, and add the length of its name to
//! `from_name`.

use core::fmt;

/// A request field that preconditions read. The variants of RFC 9110 are in evaluation order.
/// ([RFC 9110 §13.2.2])
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// `If-Match` (§13.1.1)
    IfMatch,
    /// `If-Unmodified-Since` (§13.1.4)
    IfUnmodifiedSince,
    /// `If-None-Match` (§13.1.2)
    IfNoneMatch,
    /// `If-Modified-Since` (§13.1.3)
    IfModifiedSince,
    /// `If-Range` (§13.1.5)
    IfRange,
    /// `Range` (§14.2), which is not a condition. If-Range decides whether the server honours it.
    Range,
    /// `If` of WebDAV (RFC 4918 §10.4), which comes before all other conditions. An evaluation has
    /// it only from [`dav::Preconditions`](crate::dav::Preconditions).
    If,
    /// `If-Schedule-Tag-Match` of CalDAV (RFC 6638 §8.3), which comes after If-Unmodified-Since.
    /// An evaluation has it only from [`dav::Preconditions`](crate::dav::Preconditions).
    IfScheduleTagMatch,
}

impl Field {
    /// Every field of RFC 9110, in evaluation order. Range, which is not a condition, is last.
    pub const ALL: &'static [Self] = &[
        Self::IfMatch,
        Self::IfUnmodifiedSince,
        Self::IfNoneMatch,
        Self::IfModifiedSince,
        Self::IfRange,
        Self::Range,
    ];

    /// Every field with the variants of WebDAV and CalDAV, in evaluation order.
    pub(crate) const WITH_DAV: &'static [Self] = &[
        Self::If,
        Self::IfMatch,
        Self::IfUnmodifiedSince,
        Self::IfScheduleTagMatch,
        Self::IfNoneMatch,
        Self::IfModifiedSince,
        Self::IfRange,
        Self::Range,
    ];

    /// The names of `ALL`. A program that only looks for names has no others.
    const NAMES: &'static [&'static str] = &[
        Self::IfMatch.name(),
        Self::IfUnmodifiedSince.name(),
        Self::IfNoneMatch.name(),
        Self::IfModifiedSince.name(),
        Self::IfRange.name(),
        Self::Range.name(),
    ];

    /// Returns the field's name, spelled as in the RFC.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IfMatch => "If-Match",
            Self::IfUnmodifiedSince => "If-Unmodified-Since",
            Self::IfNoneMatch => "If-None-Match",
            Self::IfModifiedSince => "If-Modified-Since",
            Self::IfRange => "If-Range",
            Self::Range => "Range",
            Self::If => "If",
            Self::IfScheduleTagMatch => "If-Schedule-Tag-Match",
        }
    }

    /// Returns the name in lower case, as HTTP/2 and some frameworks want it.
    #[must_use]
    pub const fn lowercase_name(self) -> &'static str {
        match self {
            Self::IfMatch => "if-match",
            Self::IfUnmodifiedSince => "if-unmodified-since",
            Self::IfNoneMatch => "if-none-match",
            Self::IfModifiedSince => "if-modified-since",
            Self::IfRange => "if-range",
            Self::Range => "range",
            Self::If => "if",
            Self::IfScheduleTagMatch => "if-schedule-tag-match",
        }
    }

    /// Returns the field of RFC 9110 with this name, in any case (§5.1), or `None` for every other
    /// name. The fields of WebDAV are not looked for: see [`dav`](crate::dav).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::Field;
    ///
    /// assert_eq!(Field::from_name("if-none-match"), Some(Field::IfNoneMatch));
    /// assert_eq!(Field::from_name("If"), None, "a field of WebDAV");
    /// ```
    #[inline]
    #[must_use]
    pub fn from_name(name: impl AsRef<[u8]>) -> Option<Self> {
        let name = name.as_ref();
        // The length comes first: it alone rules out nearly every other field of a request.
        match name.len() {
            5 | 8 | 13 | 17 | 19 => Self::named(name),
            _ => None,
        }
    }

    /// Returns true for the name of a condition that only `dav` reads, in any case.
    pub(crate) fn is_of_webdav(name: &[u8]) -> bool {
        let fields = [Self::If, Self::IfScheduleTagMatch];
        let mut names = fields.iter().map(|field| field.name().as_bytes());
        names.any(|known| name.eq_ignore_ascii_case(known))
    }

    fn named(name: &[u8]) -> Option<Self> {
        for (index, known) in Self::NAMES.iter().enumerate() {
            if name.eq_ignore_ascii_case(known.as_bytes()) {
                return Self::ALL.get(index).copied();
            }
        }
        None
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
