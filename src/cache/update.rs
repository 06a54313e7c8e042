//! Rules for field names: the fields of a response that a cache stores, and the stored fields
//! that a 304, or a 200 to a HEAD, replaces or removes. (RFC 9111 §3.1, §3.2)

use crate::grammar;

/// Returns true if a cache stores a field with this name. ([RFC 9111 §3.1])
///
/// Returns false for the fields of one connection, such as Connection, Keep-Alive and
/// Transfer-Encoding, and for the fields between a client and its proxy, such as
/// Proxy-Authenticate. A cache must not store the names that [`unstorable_fields`] returns
/// either. With the feature `http`, `stored_fields` makes the map to store.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::is_storable_field;
///
/// assert!(is_storable_field("Content-Range"), "without it a part would look complete");
/// assert!(!is_storable_field("transfer-encoding"));
/// ```
///
/// [RFC 9111 §3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-3.1
#[must_use]
pub fn is_storable_field(name: impl AsRef<[u8]>) -> bool {
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

/// Returns true if a field with this name in a 304, or in a 200 to a HEAD, replaces the stored
/// field, or is added if the stored response does not have it. ([RFC 9111 §3.2])
///
/// Replace all lines of a field together. Returns false for a field that is not
/// [stored](is_storable_field), and for the fields that came with the stored content and describe
/// it:
///
/// - Content-Length, Content-Range and Content-Encoding: the stored bytes do not change.
/// - `ETag` and Last-Modified: our decision, for the integrity of the stored response (§3.2). A
///   server that compresses on the fly may send `W/"x"` with its 200 and `"x"` with its 304. A
///   strong tag beside the stored bytes would let a client combine parts of two codings (RFC 9110
///   §8.8.3.3). A new Last-Modified beside a weak tag could do the same.
///
/// Returns true for Content-Type. A cache that stores the content in a form of its own, such as a
/// parsed document, must not replace the fields on which that form depends either. A stored field
/// that the 304 does not have stays, except [Age](removed_by_update).
///
/// Returns true for Date. You must store the Date of the response that brought the content beside
/// the fields, for
/// [`ResponseValidators::from_stored`](crate::client::ResponseValidators::from_stored).
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::updates_stored_field;
///
/// assert!(updates_stored_field("cache-control"));
/// assert!(!updates_stored_field("Content-Length"), "a 304 does not change the stored bytes");
/// assert!(!updates_stored_field("ETag"), "a 304 must not make a stored tag stronger");
/// ```
///
/// [RFC 9111 §3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-3.2
#[must_use]
pub fn updates_stored_field(name: impl AsRef<[u8]>) -> bool {
    const OF_THE_CONTENT: [&str; 5] = [
        "Content-Length",
        "Content-Range",
        "Content-Encoding",
        "ETag",
        "Last-Modified",
    ];
    let name = name.as_ref();
    is_storable_field(name) && !is_one_of(&OF_THE_CONTENT, name)
}

/// Returns true if a 304, or a 200 to a HEAD, removes the field with this name from the stored
/// response, even if the update does not have the field. ([RFC 9111 §4.2.3])
///
/// Returns true for Age only. The stored Age is the age of the response when it was received. An
/// update without Age comes from the origin; if the old Age stayed, the response could stay stale
/// for ever.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::removed_by_update;
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

/// Returns true if `name` is among `names`, in any case.
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
    /// A cache for more than one user: a proxy, a content delivery network.
    Shared,
    /// A cache for a single user: a browser, a command-line client.
    Private,
}

/// Returns the names of the fields that a cache must not store because this field line lists
/// them. ([RFC 9111 §3.1])
///
/// A Connection line lists the fields of one connection. A Cache-Control line lists fields in
/// `no-cache="..."` and, for a shared cache, in `private="..."`. A line of any other field lists
/// no names. The listed fields of a 304 must not replace stored fields either.
///
/// Names are returned as they are written: compare them without regard to case. A backslash stays
/// in the name, so a name with a `quoted-pair` matches no field; no sender has a reason to write
/// one (RFC 9110 §5.6.4). A quote that is not closed hides the directives that follow.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::{CacheKind, unstorable_fields};
///
/// let value = "max-age=5, private=\"Set-Cookie, X\"";
/// let names = |cache| unstorable_fields("Cache-Control", value, cache);
/// assert!(names(CacheKind::Shared).eq([&b"Set-Cookie"[..], b"X"]));
/// assert_eq!(names(CacheKind::Private).count(), 0);
/// ```
///
/// [RFC 9111 §3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-3.1
pub fn unstorable_fields<V: AsRef<[u8]> + ?Sized>(
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
