//! Finds the stored responses that a 304 freshens, and the most recent of several responses. (RFC
//! 9111 §4, §4.3.4)

use crate::date::http_date::HttpDate;
use crate::stored::validators::ResponseValidators;

/// Returns the stored responses that a 304 freshens, as indices in ascending order. ([RFC 9111
/// §4.3.4])
///
/// `not_modified` has the validators of the 304. `stored` must contain all responses that the
/// cache could have selected for the request, fresh or stale. The caller selects them with Vary
/// (§4.1); a response with `Vary: *` is never among them.
///
/// The first rule that applies decides:
///
/// 1. Freshen every stored response that shares a strong validator with the 304: the tag by
///    strong comparison, or a Last-Modified that is [strong in the stored
///    response](ResponseValidators::strong_last_modified).
/// 2. If the tag of the 304 is strong, freshen no response.
/// 3. Freshen the most recent response that matches weakly: by tag, or by Last-Modified if the
///    304 or the stored response has no tag. Of several with the same Date, freshen the last.
/// 4. If neither the 304 nor the only stored response has a validator, freshen that response.
///
/// If no response is freshened, you must not use a stored response: send the request again,
/// without the conditions that the cache added.
///
/// Our decisions:
///
/// - Two tags that differ belong to different versions: a date that both responses share then
///   freshens nothing.
/// - A malformed field matches nothing. If the `ETag` of the 304 or of the stored response is
///   malformed, Last-Modified decides.
/// - A stored response whose [status](ResponseValidators::status) is not 2xx is never freshened,
///   because a 304 stands for a success (RFC 9110 §15.4.5).
///
/// Time is linear in the number of stored responses.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, cache::freshened_by, client::ResponseValidators};
///
/// const STRONG: ResponseValidators =
///     ResponseValidators::new().etag(EntityTag::from_static("\"v1\""));
/// const WEAK: ResponseValidators =
///     ResponseValidators::new().etag(EntityTag::from_static("W/\"v1\""));
/// assert!(freshened_by(&STRONG, [STRONG, WEAK, STRONG]).eq([0, 2]));
/// assert_eq!(freshened_by(&STRONG, [WEAK]).count(), 0);
/// assert!(freshened_by(&WEAK, [WEAK, WEAK]).eq([1]));
/// ```
///
/// [RFC 9111 §4.3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
pub fn freshened_by<'s, S>(
    not_modified: &ResponseValidators<'_>,
    stored: S,
) -> impl Iterator<Item = usize> + Clone
where
    S: IntoIterator<Item = ResponseValidators<'s>, IntoIter: Clone>,
{
    freshened_of(not_modified, stored.into_iter().enumerate()).map(|(index, _)| index)
}

/// Like [`freshened_by`], but takes and returns responses with their indices.
pub(crate) fn freshened_of<'s>(
    not_modified: &ResponseValidators<'_>,
    stored: impl Iterator<Item = (usize, ResponseValidators<'s>)> + Clone,
) -> impl Iterator<Item = (usize, ResponseValidators<'s>)> + Clone {
    let strong = stored
        .clone()
        .filter(|(_, stored)| stored.is_success() && shares_strong(not_modified, stored));
    let weak = if strong.clone().next().is_none() {
        freshens_weakly(not_modified, stored)
    } else {
        None
    };
    strong.chain(weak)
}

/// Returns true if the stored response shares a strong validator with the 304. The fields of the
/// stored response decide whether the date is strong. (RFC 9110 §8.8.2.2)
fn shares_strong(not_modified: &ResponseValidators<'_>, stored: &ResponseValidators<'_>) -> bool {
    let date = stored.strong_last_modified();
    let has_date = date.is_some() && date == not_modified.last_modified.value();
    match (not_modified.tag(), stored.tag()) {
        // If the tags match by weak comparison only, the date decides.
        (Some(a), Some(b)) => a.strong_eq(b) || (a.weak_eq(b) && has_date),
        _ => has_date,
    }
}

/// Returns the stored response that a 304 freshens if no response shares a strong validator with
/// it.
fn freshens_weakly<'s>(
    not_modified: &ResponseValidators<'_>,
    stored: impl Iterator<Item = (usize, ResponseValidators<'s>)> + Clone,
) -> Option<(usize, ResponseValidators<'s>)> {
    if not_modified.tag().is_some_and(|tag| !tag.is_weak()) {
        return None;
    }
    if not_modified.has_no_validator() {
        let mut first_two = stored;
        return match (first_two.next(), first_two.next()) {
            (Some((index, only)), None) => {
                (only.has_no_validator() && only.is_success()).then_some((index, only))
            }
            _ => None,
        };
    }
    most_recent_of(
        stored.filter(|(_, stored)| stored.is_success() && matches_weakly(not_modified, stored)),
    )
}

/// Returns true if the two share a tag by weak comparison, or share Last-Modified and one of them
/// has no tag.
fn matches_weakly(not_modified: &ResponseValidators<'_>, stored: &ResponseValidators<'_>) -> bool {
    match (not_modified.tag(), stored.tag()) {
        (Some(tag), Some(stored)) => tag.weak_eq(stored),
        _ => not_modified.last_modified.is_same(stored.last_modified),
    }
}

/// Returns the index of the most recent response that may answer a request, or `None` if there is
/// none. If several stored responses fit a request, a cache must use the most recent of them. ([RFC
/// 9111 §4])
///
/// A [part](ResponseValidators::content_range) answers only a request for bytes that it holds
/// (§3.3): call [`for_request`](ResponseValidators::for_request) for each part. A part for which
/// this function was not called is skipped, as is a part that lacks some of the bytes.
///
/// The most recent response has the latest Date. For a response without Date, the time when it
/// was [received](ResponseValidators::received) counts. A response without both is the oldest. Of
/// several responses with the same time, the last is returned: our decision.
///
/// # Examples
///
/// ```
/// use http_preconditions::{HttpDate, cache::most_recent, client::ResponseValidators};
///
/// let at = |seconds| {
///     HttpDate::from_unix(seconds).map(|date| ResponseValidators::new().date(date))
/// };
/// assert_eq!(most_recent([at(1)?, at(3)?, at(2)?, ResponseValidators::new()]), Some(1));
/// assert_eq!(most_recent([]), None);
///
/// let fields = [("Content-Range", "bytes 0-99/1000"), ("Date", "Sat, 29 Oct 1994 19:43:31 GMT")];
/// let part = ResponseValidators::from_stored(206, fields, None);
/// let asked = |range| [at(1), Ok(part.for_request("GET", [("Range", range)]))];
/// let answering = |range| most_recent(asked(range).into_iter().flatten());
/// assert_eq!(answering("bytes=0-9"), Some(1));
/// assert_eq!(answering("bytes=100-"), Some(0), "the part does not hold byte 100");
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9111 §4]: https://www.rfc-editor.org/rfc/rfc9111#section-4
pub fn most_recent<'s>(stored: impl IntoIterator<Item = ResponseValidators<'s>>) -> Option<usize> {
    let stored = stored.into_iter().enumerate();
    most_recent_of(stored.filter(|(_, stored)| stored.holds_range())).map(|(index, _)| index)
}

/// Like [`most_recent`], but takes and returns responses with their indices.
pub(crate) fn most_recent_of<'s>(
    stored: impl Iterator<Item = (usize, ResponseValidators<'s>)>,
) -> Option<(usize, ResponseValidators<'s>)> {
    let age = |(_, stored): &(usize, ResponseValidators<'_>)| -> Option<HttpDate> {
        stored.date.or(stored.received)
    };
    stored.max_by_key(age)
}
