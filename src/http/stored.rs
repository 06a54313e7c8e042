//! The header map of a stored response: how it is made, and how a 304 updates it.

use ::http::header::{self, HeaderMap, HeaderName, MaxSizeReached};

use crate::merge::{CacheKind, excepted_fields, replaces, stores};

/// Returns the fields of a response that a cache stores, with all their lines. (Feature `http`.)
/// ([RFC 9111 §3.1])
///
/// Leaves out what [is not stored](crate::stores()) and what [Connection and Cache-Control
/// except](crate::excepted_fields()). Content-Length and Content-Range are stored. For a 304 that
/// freshens the stored response there is [`update_stored`].
///
/// # Examples
///
/// ```
/// use http::{HeaderMap, HeaderValue, header};
/// use http_preconditions::{CacheKind, stored_fields};
///
/// let mut response = HeaderMap::new();
/// response.insert(header::CONTENT_RANGE, HeaderValue::from_static("bytes 0-4/10"));
/// response.insert(header::CONNECTION, HeaderValue::from_static("close, X-Hop"));
/// response.insert("x-hop", HeaderValue::from_static("1"));
///
/// let stored = stored_fields(&response, CacheKind::Private);
/// assert_eq!(stored.len(), 1);
/// assert_eq!(stored[header::CONTENT_RANGE], "bytes 0-4/10");
/// ```
///
/// [RFC 9111 §3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-3.1
#[must_use]
pub fn stored_fields(response: &HeaderMap, cache: CacheKind) -> HeaderMap {
    let mut stored = response.clone();
    for (name, value) in response {
        if !stores(name) {
            stored.remove(name);
        }
        for excepted in excepted_fields(name, value, cache) {
            if let Ok(excepted) = HeaderName::from_bytes(excepted) {
                stored.remove(excepted);
            }
        }
    }
    stored
}

/// Updates the fields of a stored response with those of the 304, or of the 200 to a HEAD, that
/// freshens it. (Feature `http`.) ([RFC 9111 §3.2])
///
/// Each field that [may be replaced](crate::replaces()) is replaced with all its lines, or added.
/// Age [goes](crate::removed_by_update()) where the update has none. Do not use this function to
/// make the map to store: [`stored_fields`] does that.
///
/// Date is replaced too. Keep the [first one](crate::Validators::first_date) beside the fields, and
/// read the validators of what is stored with
/// [`Validators::from_stored`](crate::Validators::from_stored): by the Date of the 304 a weak
/// Last-Modified would pass for a strong one.
///
/// # Errors
///
/// - The update brings so many new names that the map cannot hold them all. `stored` is then as it
///   was.
///
/// # Examples
///
/// ```
/// use http::{HeaderMap, HeaderValue, header};
/// use http_preconditions::{CacheKind, update_stored};
///
/// let mut stored = HeaderMap::new();
/// stored.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
/// stored.insert(header::AGE, HeaderValue::from_static("7200"));
/// let mut not_modified = HeaderMap::new();
/// not_modified.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
/// not_modified.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
///
/// update_stored(&mut stored, &not_modified, CacheKind::Private)?;
/// assert_eq!(stored[header::CACHE_CONTROL], "max-age=60");
/// assert_eq!(stored[header::CONTENT_LENGTH], "1000", "that of the content that is stored");
/// assert!(!stored.contains_key(header::AGE), "the response is fresh from the origin");
/// # Ok::<(), http::header::MaxSizeReached>(())
/// ```
///
/// [RFC 9111 §3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-3.2
pub fn update_stored(
    stored: &mut HeaderMap,
    update: &HeaderMap,
    cache: CacheKind,
) -> Result<(), MaxSizeReached> {
    let update = stored_fields(update, cache);
    // A copy, so that `stored` is as it was where the map is full.
    let mut updated = stored.clone();
    updated.remove(header::AGE);
    for name in update.keys().filter(|name| replaces(name)) {
        updated.remove(name);
        for value in update.get_all(name) {
            updated.try_append(name, value.clone())?;
        }
    }
    *stored = updated;
    Ok(())
}
