//! The rule by which a write makes stored responses invalid. (RFC 9111 §4.4)

use crate::request::method::Method;

/// Returns true if a cache must drop all that it has stored for the target after a response with
/// this status. ([RFC 9111 §4.4])
///
/// Returns true for any 2xx or 3xx to a method that is unsafe or not known to be safe. Returns
/// false for other statuses: a 412 or 428 changed nothing. The cache may also drop the responses
/// that are stored for the URIs in Location and Content-Location, if these have the same origin
/// as the target.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::invalidates;
///
/// assert!(invalidates("PUT", 204));
/// assert!(!invalidates("PUT", 412));
/// assert!(!invalidates("GET", 200));
/// ```
///
/// [RFC 9111 §4.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.4
#[must_use]
pub fn invalidates(method: impl Into<Method>, status: u16) -> bool {
    // Without `Method::Unconditional`: OPTIONS and TRACE are safe. CONNECT is unsafe, but no
    // response is stored for its target.
    let is_unsafe = matches!(
        method.into(),
        Method::Delete | Method::Patch | Method::Other
    );
    is_unsafe && matches!(status, 200..=399)
}
