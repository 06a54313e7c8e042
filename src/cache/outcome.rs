//! How a cache proceeds after the response to a validation. (RFC 9111 §4.3.3)

/// How a cache must proceed after the response to a request that it forwarded with [validators of
/// its own](crate::cache::Validation). ([RFC 9111 §4.3.3])
///
/// [RFC 9111 §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationOutcome {
    /// Send the 304 to the client: it is about a response that the client holds.
    NotModified,
    /// Answer from the stored response with this index, updated with the fields of the 304. The
    /// client does not hold that response, and must not get the 304. If the client sent
    /// conditions, [evaluate](crate::cache::evaluate_stored) them against the stored response.
    Stored(usize),
    /// The 304 is about no response that the client or the cache holds. Send the client's request
    /// once more, unchanged, and pass the second response to the client. The second response is
    /// about the client's request alone.
    Forward,
    /// Send the full response to the client. The stored responses are no longer suitable.
    ///
    /// If the client sent If-Modified-Since alone, [evaluate](crate::cache::evaluate_stored) the
    /// full response first: the client may hold that version, and needs a 304 only. The origin could
    /// not see that, because the fields of the cache took the place of the client's.
    Response,
    /// Send the response to the client. It tells nothing about the stored responses: they stay
    /// stale, and must be validated before they are used.
    ///
    /// This is the outcome for every response other than a 304, a full 2xx and a 5xx. A 401, 403,
    /// 407, 412, 416 or 429 is about this client's request only; if it dropped stored responses,
    /// any client could empty the cache. A 206 is not a full response. Our decision: redirects,
    /// 404 and 410 have this outcome too.
    Unrelated,
    /// Send the failure (5xx) to the client, or proceed as if the origin did not respond: a stale
    /// response may then be served (§4.2.4).
    Failed,
}

impl ValidationOutcome {
    /// Returns the outcome of every status code except 304.
    pub(crate) const fn of_status(status: u16) -> Option<Self> {
        match status {
            304 => None,
            500..=599 => Some(Self::Failed),
            // "A full response (i.e., one containing content)", §4.3.3.
            200..=205 | 207..=299 => Some(Self::Response),
            _ => Some(Self::Unrelated),
        }
    }
}
