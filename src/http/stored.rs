//! Makes the header map of a stored response, and updates it with a 304. (RFC 9111 §3.1, §3.2)

use ::http::header::{self, HeaderMap, HeaderName, MaxSizeReached};

use crate::cache::update::{CacheKind, is_storable_field, unstorable_fields, updates_stored_field};

/// Returns the fields of a response that a cache stores, with all their lines. (Feature `http`.)
/// ([RFC 9111 §3.1])
///
/// Omits the fields that [must not be stored](crate::cache::is_storable_field()) and the fields
/// that [Connection and Cache-Control list](crate::cache::unstorable_fields()). Keeps
/// Content-Length and Content-Range. For a 304 that freshens a stored response, call
/// [`update_stored`] instead.
///
/// # Examples
///
/// ```
/// use http::{HeaderMap, HeaderValue, header};
/// use http_preconditions::cache::{CacheKind, stored_fields};
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
        if !is_storable_field(name) {
            stored.remove(name);
        }
        for excepted in unstorable_fields(name, value, cache) {
            if let Ok(excepted) = HeaderName::from_bytes(excepted) {
                stored.remove(excepted);
            }
        }
    }
    stored
}

/// Updates the fields of a stored response with the fields of a 304, or of a 200 to a HEAD, that
/// freshens it. (Feature `http`.) ([RFC 9111 §3.2])
///
/// Replaces or adds each field that [updates a stored
/// field](crate::cache::updates_stored_field()), with all its lines, and leaves out the fields
/// that [Connection and Cache-Control list](crate::cache::unstorable_fields()). Removes
/// [Age](crate::cache::removed_by_update()) if the update does not have it. Do not use this
/// function to make the map of a new response: call [`stored_fields`].
///
/// Replaces Date too. Store the [first Date](crate::client::ResponseValidators::first_date)
/// beside the fields, and read the validators of the stored response with
/// [`ResponseValidators::from_stored`](crate::client::ResponseValidators::from_stored): measured
/// from the Date of the 304, a weak Last-Modified can look strong.
///
/// # Errors
///
/// - The update has so many new names that the map cannot hold them. `stored` is then unchanged.
///
/// # Examples
///
/// ```
/// use http::{HeaderMap, HeaderValue, header};
/// use http_preconditions::cache::{CacheKind, update_stored};
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
/// assert_eq!(stored[header::CONTENT_LENGTH], "1000", "the stored bytes have not changed");
/// assert!(!stored.contains_key(header::AGE), "the update comes from the origin");
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
    // Works on a copy, so that `stored` is unchanged if the map is full.
    let mut updated = stored.clone();
    updated.remove(header::AGE);
    for name in update.keys().filter(|name| updates_stored_field(name)) {
        updated.remove(name);
        for value in update.get_all(name) {
            updated.try_append(name, value.clone())?;
        }
    }
    *stored = updated;
    Ok(())
}
