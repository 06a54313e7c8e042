//! Decides for whom the response to a validation is: the client or the cache. (RFC 9111 §4.3.3)

use crate::cache::freshen::{freshened_by, most_recent_of};
use crate::request::if_match::IfNoneMatch;
use crate::stored::validators::ResponseValidators;

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
    /// once more, unchanged, and pass the response to the client: it is about the client's request
    /// alone.
    Forward,
    /// Send the full response to the client. The stored responses are no longer suitable.
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

/// Decides how to proceed after the response to a validation, and for whom a 304 is. ([RFC 9111
/// §4.3.2, §4.3.3])
///
/// - `answer`: the validators of the response.
/// - `client`: the lines of the client's If-None-Match.
/// - `stored`: all responses that the cache could have selected for the request, fresh or stale.
///   The caller selects them with Vary (§4.1).
///
/// Call this once for each request of a client; [`ValidationOutcome::Forward`] says how to
/// proceed without a second call. The outcome does not say which stored responses a 304 updates:
/// call [`freshened_by`](crate::cache::freshened_by()) too.
///
/// For a 200 to a HEAD, call [`ResponseValidators::compared_with_head`] instead: that response
/// has no content, and does not replace a stored response to a GET.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::{
///     ResponseValidators, ValidationOutcome, handle_validation_response,
/// };
/// use http_preconditions::{EntityTag, IfNoneMatch};
///
/// const S: ResponseValidators = ResponseValidators::new().etag(EntityTag::from_static("\"s\""));
/// const C: ResponseValidators = ResponseValidators::new().etag(EntityTag::from_static("\"c\""));
/// let client = [IfNoneMatch::parse(b"\"c\"")?];
/// assert_eq!(handle_validation_response(304, &C, client, [S]), ValidationOutcome::NotModified);
/// assert_eq!(handle_validation_response(304, &S, client, [S]), ValidationOutcome::Stored(0));
/// assert_eq!(handle_validation_response(200, &S, client, [S]), ValidationOutcome::Response);
/// assert_eq!(handle_validation_response(412, &S, client, [S]), ValidationOutcome::Unrelated);
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9111 §4.3.2, §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
pub fn handle_validation_response<'c, 's, S>(
    status: u16,
    answer: &ResponseValidators<'_>,
    client: impl IntoIterator<Item = IfNoneMatch<'c>>,
    stored: S,
) -> ValidationOutcome
where
    S: IntoIterator<Item = ResponseValidators<'s>, IntoIter: Clone>,
{
    if let Some(outcome) = ValidationOutcome::of_status(status) {
        return outcome;
    }
    // Our decision: weak comparison, because the origin compared If-None-Match weakly.
    let is_client_s =
        |line: IfNoneMatch<'_>| line.is_any() || answer.tag().is_some_and(|tag| line.matches(tag));
    if client.into_iter().any(is_client_s) {
        return ValidationOutcome::NotModified;
    }
    let stored = stored.into_iter();
    // The indices are in ascending order, so one pass finds them all. Not `Peekable`, which
    // contains a panic.
    let mut indices = freshened_by(answer, stored.clone());
    let mut next = indices.next();
    let freshened = stored.enumerate().filter(|(index, stored)| {
        let is_freshened = next == Some(*index);
        if is_freshened {
            next = indices.next();
        }
        is_freshened && stored.is_candidate()
    });
    most_recent_of(freshened).map_or(ValidationOutcome::Forward, ValidationOutcome::Stored)
}
