//! The cache's side of a validation: whom its answer is for.

use crate::freshen::{freshens, most_recent_of};
use crate::if_match::IfNoneMatch;
use crate::validators::Validators;

/// The way in which a cache goes on after the answer to a request that it sent on with [validators
/// of its own](crate::revalidate_for). ([RFC 9111 §4.3.3])
///
/// [RFC 9111 §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validated {
    /// Send the client the 304: it is about a response that the client holds.
    NotModified,
    /// Answer from the stored response of this index, with the 304's fields in it: the client does
    /// not hold it, and must not get the 304. Where it sent conditions, they are
    /// [evaluated](crate::evaluate_stored) against that response.
    Stored(usize),
    /// The 304 is about nothing that is held: send the request once more, as the client sent it,
    /// and its answer to the client, without another [`validated`].
    ///
    /// If nothing of the cache's own was added to the request, it is the client's conditions that
    /// were answered: the client gets this 304, and there is no second request.
    Forward,
    /// Send the client the full response that came. Nothing that was stored is suitable any more.
    Response,
    /// Send the client the response that came. It says nothing about what is stored, which stays as
    /// it is: stale, and to be validated before it is used.
    ///
    /// Such are all responses that are neither a 304, a full 2xx nor a 5xx: a 401, 403, 407, 412,
    /// 416 or 429 answers this client's request, and would let any client empty the cache; a 206
    /// is no full response. That a redirect, a 404 and a 410 are among them too is our decision.
    Unrelated,
    /// Send the client the failure (5xx), or do what is done when the origin does not answer: a
    /// stale response may be served then (§4.2.4).
    Failed,
}

/// Says what to do with the answer to a validation: whose response a 304 is about. ([RFC 9111
/// §4.3.2, §4.3.3])
///
/// `answer` has the validators of the answer, `client` the lines of the client's If-None-Match, and
/// `stored` all responses that could have been chosen for the request if freshness did not matter,
/// which the caller finds out, with what Vary says. It is called once for a request of a client:
/// what to do after [`Validated::Forward`] is said there. Which of the stored responses a 304
/// updates in any case is said by [`freshens`](crate::freshens()).
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfNoneMatch, Validated, Validators, validated};
///
/// const S: Validators = Validators::new().etag(EntityTag::from_static("\"s\""));
/// const C: Validators = Validators::new().etag(EntityTag::from_static("\"c\""));
/// let client = [IfNoneMatch::parse(b"\"c\"")?];
/// assert_eq!(validated(304, &C, client, [S]), Validated::NotModified);
/// assert_eq!(validated(304, &S, client, [S]), Validated::Stored(0));
/// assert_eq!(validated(200, &S, client, [S]), Validated::Response);
/// assert_eq!(validated(412, &S, client, [S]), Validated::Unrelated);
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9111 §4.3.2, §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
pub fn validated<'c, 's, S>(
    status: u16,
    answer: &Validators<'_>,
    client: impl IntoIterator<Item = IfNoneMatch<'c>>,
    stored: S,
) -> Validated
where
    S: IntoIterator<Item = Validators<'s>, IntoIter: Clone>,
{
    match status {
        304 => {}
        500..=599 => return Validated::Failed,
        // "A full response (i.e., one containing content)", §4.3.3.
        200..=205 | 207..=299 => return Validated::Response,
        _ => return Validated::Unrelated,
    }
    // By weak comparison, as the origin has compared: our decision.
    let is_client_s =
        |line: IfNoneMatch<'_>| line.is_any() || answer.tag().is_some_and(|tag| line.matches(tag));
    if client.into_iter().any(is_client_s) {
        return Validated::NotModified;
    }
    let stored = stored.into_iter();
    // The indices come in order. `Peekable` would bring a panic along.
    let mut indices = freshens(answer, stored.clone());
    let mut next = indices.next();
    let freshened = stored.enumerate().filter(|(index, stored)| {
        let is_freshened = next == Some(*index);
        if is_freshened {
            next = indices.next();
        }
        is_freshened && stored.is_candidate()
    });
    most_recent_of(freshened).map_or(Validated::Forward, Validated::Stored)
}
