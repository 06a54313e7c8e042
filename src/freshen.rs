//! The stored responses that a 304 freshens, and the most recent of several.

use crate::http_date::HttpDate;
use crate::validators::Validators;

/// Returns the stored responses that a 304 freshens, as their indices in ascending order. ([RFC
/// 9111 §4.3.4])
///
/// `stored` are all responses that could have been chosen for the request if freshness did not
/// matter, and `not_modified` has the validators of the 304. The first rule that applies:
///
/// - Every response with a strong validator of the 304: its tag by strong comparison; or its
///   Last-Modified, where that is [strong in the stored
///   response](Validators::strong_last_modified). If the tag of the 304 is strong and no stored
///   response is of that kind, no response is freshened.
/// - The most recent of the responses that match weakly: by tag, or by Last-Modified where one of
///   the two has no tag. Of several with the same Date it is the last.
/// - The only stored response, if neither it nor the 304 has a validator.
///
/// Our decisions: two tags that differ are of different versions, and a date that both share
/// freshens nothing. An `ETag` that cannot be read is no tag, and leaves it to the date; a date that
/// cannot be read matches nothing. A stored response whose [status](Validators::status) is not 2xx
/// is never freshened, because a 304 stands for a success (RFC 9110 §15.4.5).
///
/// Where nothing is freshened, nothing that is stored may be used: ask again without conditions.
/// The caller knows what could have been chosen, with what Vary says (§4.1); a response with
/// `Vary: *` never could. Time is linear in the number of stored responses.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Validators, freshens};
///
/// const STRONG: Validators = Validators::new().etag(EntityTag::from_static("\"v1\""));
/// const WEAK: Validators = Validators::new().etag(EntityTag::from_static("W/\"v1\""));
/// assert!(freshens(&STRONG, [STRONG, WEAK, STRONG]).eq([0, 2]));
/// assert_eq!(freshens(&STRONG, [WEAK]).count(), 0);
/// assert!(freshens(&WEAK, [WEAK, WEAK]).eq([1]));
/// ```
///
/// [RFC 9111 §4.3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
pub fn freshens<'s, S>(
    not_modified: &Validators<'_>,
    stored: S,
) -> impl Iterator<Item = usize> + Clone
where
    S: IntoIterator<Item = Validators<'s>, IntoIter: Clone>,
{
    let stored = stored.into_iter();
    let strong = stored
        .clone()
        .enumerate()
        .filter(|(_, stored)| stored.is_success() && shares_strong(not_modified, stored))
        .map(|(index, _)| index);
    let weak = if strong.clone().next().is_none() {
        freshens_weakly(not_modified, stored)
    } else {
        None
    };
    strong.chain(weak)
}

/// Reports whether the stored response has a strong validator of the 304. (RFC 9110 §8.8.2.2: a
/// date is strong by what is stored beside it.)
fn shares_strong(not_modified: &Validators<'_>, stored: &Validators<'_>) -> bool {
    let date = stored.strong_last_modified();
    let has_date = date.is_some() && date == not_modified.last_modified.value();
    match (not_modified.tag(), stored.tag()) {
        // Equal by weak comparison only, they leave it to the date.
        (Some(a), Some(b)) => a.strong_eq(b) || (a.weak_eq(b) && has_date),
        _ => has_date,
    }
}

/// Returns the stored response that a 304 freshens where no strong validator is shared.
fn freshens_weakly<'s>(
    not_modified: &Validators<'_>,
    stored: impl Iterator<Item = Validators<'s>> + Clone,
) -> Option<usize> {
    if not_modified.tag().is_some_and(|tag| !tag.is_weak()) {
        return None;
    }
    if not_modified.has_no_validator() {
        let mut first_two = stored;
        return match (first_two.next(), first_two.next()) {
            (Some(only), None) => (only.has_no_validator() && only.is_success()).then_some(0),
            _ => None,
        };
    }
    let matching = stored.enumerate();
    most_recent_of(
        matching.filter(|(_, stored)| stored.is_success() && matches_weakly(not_modified, stored)),
    )
}

fn matches_weakly(not_modified: &Validators<'_>, stored: &Validators<'_>) -> bool {
    match (not_modified.tag(), stored.tag()) {
        (Some(tag), Some(stored)) => tag.weak_eq(stored),
        _ => not_modified.last_modified.is_same(stored.last_modified),
    }
}

/// Returns the index of the most recent of several responses that could be used, which is the one
/// that a cache must use; `None` if there are none. ([RFC 9111 §4])
///
/// The most recent one has the latest Date; a response without Date counts by when it was
/// [received](Validators::received), and is the oldest without both. Of several with the same time
/// it is the last: our decision.
///
/// # Examples
///
/// ```
/// use http_preconditions::{HttpDate, Validators, most_recent};
///
/// let at = |seconds| HttpDate::from_unix(seconds).map(|date| Validators::new().date(date));
/// assert_eq!(most_recent([at(1)?, at(3)?, at(2)?, Validators::new()]), Some(1));
/// assert_eq!(most_recent([]), None);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9111 §4]: https://www.rfc-editor.org/rfc/rfc9111#section-4
pub fn most_recent<'s>(stored: impl IntoIterator<Item = Validators<'s>>) -> Option<usize> {
    most_recent_of(stored.into_iter().enumerate())
}

/// Like [`most_recent`], for responses that come with their indices.
pub(crate) fn most_recent_of<'s>(
    stored: impl Iterator<Item = (usize, Validators<'s>)>,
) -> Option<usize> {
    let age = |(_, stored): &(usize, Validators<'_>)| -> Option<HttpDate> {
        stored.date.or(stored.received)
    };
    stored.max_by_key(age).map(|(index, _)| index)
}
