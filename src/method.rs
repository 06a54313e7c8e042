//! Request methods, as far as preconditions tell them apart.

/// The classes of request methods that preconditions tell apart. ([RFC 9110 §13.2.1])
///
/// Made from a method's name with `From`, case-sensitively (§9.1): `get` is not GET but some other
/// method. Where a server knows better about an extension method, it names the class itself.
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
    /// GET: a false If-None-Match or If-Modified-Since is 304, and If-Range counts.
    Get,
    /// HEAD: as GET, without ranges.
    Head,
    /// QUERY: as GET. Its specification says so; RFC 9110, which is older, would have it as
    /// [`Other`](Self::Other).
    Query,
    /// CONNECT, OPTIONS and TRACE select no representation: every precondition is ignored.
    Unconditional,
    /// DELETE is like [`Other`](Self::Other), except that it is usually answered 404 where no
    /// representation exists.
    Delete,
    /// PATCH is like DELETE. A server whose PATCH creates says so with
    /// [`unconditional_status`](crate::Options::unconditional_status).
    Patch,
    /// PUT, POST and every unknown method: a false If-None-Match is 412, and If-Modified-Since is
    /// ignored.
    Other,
}

impl Method {
    /// Returns true if the method asks for a representation that the client may hold already: GET,
    /// HEAD, QUERY.
    pub(crate) const fn revalidates(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Query)
    }

    /// Returns true if the method changes the target, as far as anybody can tell: neither those that
    /// revalidate, nor those that select no representation.
    pub(crate) const fn changes(self) -> bool {
        matches!(self, Self::Delete | Self::Patch | Self::Other)
    }

    /// Returns true if the method is usually answered 404 where no representation exists. PUT and POST
    /// create one.
    pub(crate) const fn needs_representation(self) -> bool {
        matches!(
            self,
            Self::Get | Self::Head | Self::Query | Self::Delete | Self::Patch
        )
    }

    /// Returns true if Range is defined for the method (§14.2): GET, and QUERY, which is like it.
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
