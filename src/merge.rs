//! Which fields of a 304, or of the answer to a HEAD, go into the stored response that it freshens.

use crate::grammar;

/// Reports whether a field of this name replaces that of the stored response, or is added to it.
/// ([RFC 9111 §3.2])
///
/// All do, with all their lines, but for Content-Length, what is used up on receipt
/// (Content-Range), what is about one connection, and what is between a client and its proxy. The
/// names that [`excepted_fields`] finds are left out too, and so is what the stored form depends
/// on, such as Content-Encoding where the cache stores what it has decoded. Fields that the 304
/// does not have stay as they are.
///
/// Date is replaced too. That of the response which brought the content is to be kept apart, for
/// [`Validators::from_stored`](crate::Validators::from_stored).
///
/// # Examples
///
/// ```
/// use http_preconditions::replaces;
///
/// assert!(replaces("cache-control"));
/// assert!(!replaces("Content-Length"), "that of a 304 is not that of the stored content");
/// ```
///
/// [RFC 9111 §3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-3.2
#[must_use]
pub fn replaces(name: impl AsRef<[u8]>) -> bool {
    const EXCEPTED: [&str; 11] = [
        "Content-Length",
        "Content-Range",
        "Connection",
        "Proxy-Connection",
        "Keep-Alive",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "Proxy-Authenticate",
        "Proxy-Authentication-Info",
        "Proxy-Authorization",
    ];
    let name = name.as_ref();
    let excepted = |excepted: &&str| name.eq_ignore_ascii_case(excepted.as_bytes());
    !EXCEPTED.iter().any(excepted)
}

/// Whether a cache serves one user or many. ([RFC 9111 §1])
///
/// [RFC 9111 §1]: https://www.rfc-editor.org/rfc/rfc9111#section-1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a cache is the one or the other")]
pub enum CacheKind {
    /// For more than one user: a proxy, a content delivery network.
    Shared,
    /// For a single user: a browser, a command.
    Private,
}

/// The names of fields that this line of a response keeps out of what a cache stores, and so out of
/// what is replaced; none, if it is a line of another field than Connection and Cache-Control.
/// ([RFC 9111 §3.1])
///
/// Connection lists fields of one connection; `no-cache="..."` and, for a shared cache,
/// `private="..."` list fields that are not to be stored. Names come as they stand there, in any
/// case; a backslash in one is left in it, so that a name with a `quoted-pair` excepts nothing,
/// which no sender has a reason to write (RFC 9110 §5.6.4). A quote that does not end hides the
/// directives behind it.
///
/// # Examples
///
/// ```
/// use http_preconditions::{CacheKind, excepted_fields};
///
/// let names = |cache| excepted_fields("Cache-Control", "max-age=5, private=\"Set-Cookie, X\"", cache);
/// assert!(names(CacheKind::Shared).eq([&b"Set-Cookie"[..], b"X"]));
/// assert_eq!(names(CacheKind::Private).count(), 0);
/// ```
///
/// [RFC 9111 §3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-3.1
pub fn excepted_fields<V: AsRef<[u8]> + ?Sized>(
    name: impl AsRef<[u8]>,
    value: &V,
    cache: CacheKind,
) -> impl Iterator<Item = &[u8]> + Clone {
    let name = name.as_ref();
    let lines = |known: &str| {
        let is_known = name.eq_ignore_ascii_case(known.as_bytes());
        if is_known { value.as_ref() } else { &[] }
    };
    let excepts = move |directive: &[u8]| match cache {
        CacheKind::Shared if directive.eq_ignore_ascii_case(b"private") => true,
        _ => directive.eq_ignore_ascii_case(b"no-cache"),
    };
    let listed = grammar::cache_control(lines("Cache-Control"))
        .filter_map(move |(directive, argument)| excepts(directive).then_some(argument?))
        .flat_map(grammar::elements);
    grammar::elements(lines("Connection")).chain(listed)
}
