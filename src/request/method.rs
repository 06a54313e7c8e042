//! The classes of request methods that preconditions distinguish.

/// A class of request methods that preconditions treat alike. ([RFC 9110 §13.2.1])
///
/// `From` converts the name of a method. Names are case-sensitive (§9.1): `get` is not GET, and
/// becomes [`Other`](Self::Other). A server that knows an extension method can choose the class
/// itself.
///
/// # Examples
///
/// ```
/// use http_preconditions::Method;
///
/// assert_eq!(Method::from("HEAD"), Method::Head);
/// assert_eq!(Method::from("OPTIONS"), Method::Unconditional);
/// assert_eq!(Method::from("PROPFIND"), Method::Other);
/// assert_eq!(Method::from("head"), Method::Other);
/// ```
///
/// [RFC 9110 §13.2.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// GET: a false If-None-Match or If-Modified-Since leads to 304, and Range and If-Range
    /// apply.
    Get,
    /// HEAD: like GET, but without ranges.
    Head,
    /// QUERY: like GET, as its own specification says. RFC 9110 is older, and would treat QUERY
    /// as [`Other`](Self::Other).
    Query,
    /// CONNECT, OPTIONS and TRACE: they select no representation, so every precondition is
    /// ignored.
    Unconditional,
    /// DELETE: like [`Other`](Self::Other), but the default status code is 404 if no
    /// representation exists.
    Delete,
    /// PATCH: like DELETE. If PATCH can create a representation, the server must set
    /// [`unconditional_status`](crate::Options::unconditional_status).
    Patch,
    /// PUT, POST and every unknown method: a false If-None-Match leads to 412, and
    /// If-Modified-Since is ignored.
    Other,
}

impl Method {
    /// Returns true if the method can revalidate a representation that the client holds: GET,
    /// HEAD, QUERY.
    pub(crate) const fn revalidates(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Query)
    }

    /// Returns true if the method can change the target. An unknown method counts as a change.
    pub(crate) const fn changes(self) -> bool {
        matches!(self, Self::Delete | Self::Patch | Self::Other)
    }

    /// Returns true if the default status code is 404 if no representation exists. PUT and POST
    /// create a representation.
    pub(crate) const fn needs_representation(self) -> bool {
        matches!(
            self,
            Self::Get | Self::Head | Self::Query | Self::Delete | Self::Patch
        )
    }

    /// Returns true if Range is defined for the method (§14.2): GET, and QUERY, which is like
    /// GET.
    pub(crate) const fn has_ranges(self) -> bool {
        matches!(self, Self::Get | Self::Query)
    }
}

impl From<&[u8]> for Method {
    #[inline]
    fn from(name: &[u8]) -> Self {
        match name {
            b"GET" => Self::Get,
            b"HEAD" => Self::Head,
            b"QUERY" => Self::Query,
            b"CONNECT" | b"OPTIONS" | b"TRACE" => Self::Unconditional,
            b"DELETE" => Self::Delete,
            b"PATCH" => Self::Patch,
            _ => Self::Other,
        }
    }
}

impl From<&str> for Method {
    #[inline]
    fn from(name: &str) -> Self {
        Self::from(name.as_bytes())
    }
}
