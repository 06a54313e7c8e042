//! The resource that a list of `If` is about, in parts.

use core::fmt;

use crate::error::ParseError;
use crate::grammar::{self, text};

/// A Resource-Tag of `If`: the URL between `<` and `>` that the lists after it are about.
/// ([RFC 4918 §10.4.2], §8.3)
///
/// ```abnf
/// Resource-Tag = "<" Simple-ref ">"
/// Simple-ref   = absolute-URI / ( path-absolute [ "?" query ] )
/// ```
///
/// Nothing is normalised or decoded. Compare the tag as you compare a Request-URI: scheme and
/// authority in any case, the default port, percent-decoding, dot segments, the slash at the end of
/// a collection, the prefix that a proxy has removed (§10.4.4). If the authority is not one of
/// yours, or if there is a scheme without an authority, the resource is not mapped, and has no
/// state. `==` compares bytes.
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::ResourceTag;
///
/// let tag = ResourceTag::new(b"HTTP://EXAMPLE.COM:80/x?q")?;
/// assert_eq!(tag.scheme(), Some(b"HTTP".as_slice()));
/// assert_eq!(tag.authority(), Some(b"EXAMPLE.COM:80".as_slice()));
/// assert_eq!(tag.path_and_query(), b"/x?q");
///
/// let tag = ResourceTag::new(b"/x")?;
/// assert_eq!((tag.scheme(), tag.authority(), tag.path_and_query()), (None, None, b"/x".as_slice()));
/// assert!(ResourceTag::new(b"x").is_err(), "a relative reference");
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceTag<'a>(&'a [u8]);

impl<'a> ResourceTag<'a> {
    /// Creates a Resource-Tag to send from a path or an absolute URI, given without brackets.
    ///
    /// A sender must not use the path segments `.` and `..` (§8.3, erratum 1519), nor with a dot that
    /// is written as `%2e`. A recipient reads them: they are for the caller to compare.
    ///
    /// # Errors
    ///
    /// - `x/y`, `./x`, `//example.com/x`, the empty text: a path or an absolute URI is expected at
    ///   byte 0.
    /// - `x`: a path or an absolute URI is expected at byte 1, which is the end.
    /// - `/a b`, `/a#b`: the end is expected at byte 2.
    /// - `/a/../b`, `http://h/./b`: a path without `.` and `..` is expected at the segment, byte 3
    ///   and 9.
    pub fn new(url: &'a [u8]) -> Result<Self, ParseError> {
        match grammar::simple_ref_to_send(url) {
            Ok(()) => Ok(Self(url)),
            Err(stop) => Err(stop.in_value(0, url)),
        }
    }

    /// `url` must have been checked.
    pub(super) const fn checked(url: &'a [u8]) -> Self {
        Self(url)
    }

    /// Returns the bytes between the brackets.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the scheme as it is written, or `None` for a path.
    #[must_use]
    pub fn scheme(&self) -> Option<&'a [u8]> {
        let (scheme, behind) = grammar::scheme(self.0);
        behind.starts_with(b":").then_some(scheme)
    }

    /// Returns the authority as it is written, with its port: what is between `//` and the path.
    /// Returns `None` for a path, and for a URI without `//`, such as `urn:x:y`. It includes what
    /// stands before an `@`, and is empty for `http:///x`.
    #[must_use]
    pub fn authority(&self) -> Option<&'a [u8]> {
        grammar::authority(self.0).0
    }

    /// Returns what follows the authority: the path, and the query with its `?`. It is empty for
    /// `http://example.com`. For a URI without authority it is what follows the scheme.
    #[must_use]
    pub fn path_and_query(&self) -> &'a [u8] {
        grammar::authority(self.0).1
    }
}

/// Formats the tag for people, without brackets: bytes that are not UTF-8 show as U+FFFD.
impl fmt::Display for ResourceTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_lossy(f, self.0)
    }
}

/// Formats the tag with every byte outside of printable ASCII escaped: `ResourceTag(/x)`.
impl fmt::Debug for ResourceTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResourceTag(")?;
        text::write_escaped(f, self.0)?;
        f.write_str(")")
    }
}
