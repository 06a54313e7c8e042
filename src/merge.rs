//! The fields of a response that a cache stores, and the fields of a 304, or of the 200 to a HEAD,
//! that go into the stored response which it freshens.

use crate::grammar;

/// Reports whether a cache stores a field of this name. ([RFC 9111 §3.1])
///
/// Returns false for the fields of one connection (Connection, Keep-Alive, Transfer-Encoding and
/// the like) and for those between a client and its proxy. The names that [`excepted_fields`] finds
/// are not stored either. With the feature `http`, `stored_fields` makes the map to store.
///
/// # Examples
///
/// ```
/// use http_preconditions::stores;
///
/// assert!(stores("Content-Range"), "without it a part would pass for the whole");
/// assert!(!stores("transfer-encoding"));
/// ```
///
/// [RFC 9111 §3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-3.1
#[must_use]
pub fn stores(name: impl AsRef<[u8]>) -> bool {
    const EXCEPTED: [&str; 9] = [
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
    !is_one_of(&EXCEPTED, name.as_ref())
}

/// Reports whether a field of this name in a 304, or in the 200 to a HEAD, replaces that of the
/// stored response, or is added to it. ([RFC 9111 §3.2])
///
/// All lines of a field are replaced together. Returns false for a field that is not
/// [stored](stores), and for the fields that came with the stored content and describe it:
///
/// - Content-Length, Content-Range and Content-Encoding. The stored octets do not change.
/// - `ETag` and Last-Modified: our decision, for the integrity of what is stored (§3.2). A server
///   that codes on the fly sends `W/"x"` with its 200 and `"x"` with its 304. A strong tag beside
///   the stored octets would let a client combine parts of two codings (RFC 9110 §8.8.3.3); a date
///   could do the same beside a weak tag.
///
/// Content-Type is replaced. A cache that stores its own form of the content, such as a parsed
/// document, leaves out the fields that this form depends on too. A stored field that the 304 does
/// not have stays, but for [Age](removed_by_update).
///
/// Date is replaced. Store the Date of the response that brought the content beside the fields, for
/// [`Validators::from_stored`](crate::Validators::from_stored).
///
/// # Examples
///
/// ```
/// use http_preconditions::replaces;
///
/// assert!(replaces("cache-control"));
/// assert!(!replaces("Content-Length"), "that of a 304 is not that of the stored content");
/// assert!(!replaces("ETag"), "a 304 makes no stored tag stronger");
/// ```
///
/// [RFC 9111 §3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-3.2
#[must_use]
pub fn replaces(name: impl AsRef<[u8]>) -> bool {
    const OF_THE_CONTENT: [&str; 5] = [
        "Content-Length",
        "Content-Range",
        "Content-Encoding",
        "ETag",
        "Last-Modified",
    ];
    let name = name.as_ref();
    stores(name) && !is_one_of(&OF_THE_CONTENT, name)
}

/// Reports whether a field of this name leaves the stored response when a 304, or the 200 to a
/// HEAD, updates it, whether or not the update has the field. ([RFC 9111 §4.2.3])
///
/// Returns true for Age alone. It says how old the response was when it was received; an update
/// without Age comes from the origin, and the old Age would keep the response stale for ever.
///
/// # Examples
///
/// ```
/// use http_preconditions::removed_by_update;
///
/// assert!(removed_by_update("age"));
/// assert!(!removed_by_update("Expires"));
/// ```
///
/// [RFC 9111 §4.2.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3
#[must_use]
pub fn removed_by_update(name: impl AsRef<[u8]>) -> bool {
    is_one_of(&["Age"], name.as_ref())
}

fn is_one_of(names: &[&str], name: &[u8]) -> bool {
    let mut names = names.iter();
    names.any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
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
