//! The cache's side: what a request gets from a stored response, and what the answer to a
//! validation means for it.

use crate::decision::{Decision, Outcome};
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::freshen::{freshens, most_recent};
use crate::http_date::HttpDate;
use crate::if_match::IfNoneMatch;
use crate::method::Method;
use crate::representation::Representation;
use crate::validators::{Stored, Validators};

/// What a cache does with a request. ([RFC 9111 §4.3.2])
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reuse {
    /// Forward it, with all its conditional fields as they came.
    Forward,
    /// Answer 304 (Not Modified), with those fields of the stored response that [a 304
    /// keeps](Decision::not_modified_keeps), and Age.
    NotModified(Decision),
    /// Answer with the whole stored response; Range, if there was one, is ignored.
    Serve,
    /// Process Range on the stored response. A cache that implements no ranges serves the whole,
    /// and forwards the request where it has not the whole.
    ///
    /// Of a response that is stored whole, and has a Content-Length, the decision says all: 206
    /// with its [ranges](Decision::ranges), or 416. Of any other its status stays 200 and it has
    /// no ranges, and Range may be invalid: [`Range::parse`](crate::Range::parse) and
    /// [`resolve`](crate::Range::resolve) go on, and what is not satisfied by the part that is
    /// stored is forwarded.
    Range(Decision),
}

/// Evaluates a request against the stored response that the cache would reuse for it. ([RFC 9111
/// §4.3.2])
///
/// `stored` is what was chosen by target, method, Vary and freshness (§4), a 200 or a 206; any
/// other is served as it is, without a look at conditions. It is `None` where there is none that
/// may be reused without validation, which for a cache without a clock is always so. `fields` are
/// those of the whole header section.
///
/// If-Match and If-Unmodified-Since are the origin's, and are passed over as if they were not
/// there; a cache may forward such a request instead. Methods other than GET, HEAD and QUERY are
/// written through. A response without Last-Modified is as old as its Date, or as the time when it
/// was [received](Validators::received).
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Reuse, Validators, evaluate_stored};
///
/// let stored = Validators::new().etag(EntityTag::from_static("W/\"v1\""));
/// let request = [("If-Match", "\"v0\""), ("If-None-Match", "\"v0\", \"v1\"")];
/// assert!(matches!(evaluate_stored("GET", request, Some(&stored)), Reuse::NotModified(_)));
/// assert_eq!(evaluate_stored("GET", [("If-None-Match", "\"v0\"")], Some(&stored)), Reuse::Serve);
/// assert_eq!(evaluate_stored("PUT", request, Some(&stored)), Reuse::Forward);
/// assert_eq!(evaluate_stored("GET", request, None), Reuse::Forward);
/// ```
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
pub fn evaluate_stored<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    method: impl Into<Method>,
    fields: impl IntoIterator<Item = (N, V)>,
    stored: Option<&Validators<'_>>,
) -> Reuse {
    evaluate_stored_at(method, fields, stored, HttpDate::NOW_WITHOUT_CLOCK)
}

/// Evaluates a request as [`evaluate_stored`] does, and reads years of two digits as of `now`.
pub fn evaluate_stored_at<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    method: impl Into<Method>,
    fields: impl IntoIterator<Item = (N, V)>,
    stored: Option<&Validators<'_>>,
    now: HttpDate,
) -> Reuse {
    let method = method.into();
    let Some(stored) = stored.filter(|stored| method.revalidates() && stored.holds_range()) else {
        return Reuse::Forward;
    };
    let representation = representation(stored);
    let mut evaluation = Evaluation::new(method, Some(&representation)).now(now);
    for (name, value) in fields {
        match Field::from_name(name) {
            // What only applies to an origin server MUST NOT be evaluated.
            None | Some(Field::IfMatch | Field::IfUnmodifiedSince) => {}
            Some(field) => {
                evaluation.field(field.name(), value);
            }
        }
    }
    let decision = evaluation.decide();
    match (decision.outcome(), stored.stored) {
        (Outcome::NotModified, _) => Reuse::NotModified(decision),
        _ if decision.honours_range() => Reuse::Range(decision),
        (_, Stored::Whole) => Reuse::Serve,
        (_, Stored::Part { .. }) => Reuse::Forward,
    }
}

/// The stored response as what conditions are tested on, with what stands in for Last-Modified.
fn representation<'a>(stored: &Validators<'a>) -> Representation<'a> {
    let mut representation = stored.representation();
    if stored.last_modified.value().is_none() {
        if let Some(date) = stored.date.or(stored.received) {
            representation = representation.last_modified(date);
        }
    }
    match (stored.stored, stored.content_length.value()) {
        (Stored::Whole, Some(octets)) => representation.complete_length(octets),
        _ => representation,
    }
}

/// What a cache does with the answer to a request that it sent on with [validators of its
/// own](crate::revalidate_for). ([RFC 9111 §4.3.3])
///
/// [RFC 9111 §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validated {
    /// Send the client the 304: it is about a response that the client holds.
    NotModified,
    /// Answer from the stored response of this index, with the 304's fields in it: the client does
    /// not hold it, and must not get the 304. Where it sent conditions, they are
    /// [evaluated](evaluate_stored) against that response.
    Stored(usize),
    /// The 304 is about nothing that is held: send the request once more, as the client sent it,
    /// and its answer to the client, without another [`validated`].
    ///
    /// If nothing of the cache's own was added to the request, it is the client's conditions that
    /// were answered: the client gets this 304, and there is no second request.
    Forward,
    /// Send the client the response that came. Nothing that was stored is suitable any more.
    Response,
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
        _ => return Validated::Response,
    }
    // By weak comparison, as the origin has compared: our decision.
    let is_client_s =
        |line: IfNoneMatch<'_>| line.is_any() || answer.tag().is_some_and(|tag| line.matches(tag));
    if client.into_iter().any(is_client_s) {
        return Validated::NotModified;
    }
    let stored = stored.into_iter();
    let mut freshened = freshens(answer, stored.clone()).peekable();
    let freshened = stored.enumerate().filter(|(index, stored)| {
        let is_freshened = freshened.next_if_eq(index).is_some();
        is_freshened && stored.holds_range()
    });
    most_recent(freshened).map_or(Validated::Forward, Validated::Stored)
}

/// Reports whether an answer makes a cache drop what it has stored for the target. ([RFC 9111
/// §4.4])
///
/// That is so after any 2xx or 3xx to a method that is unsafe, or not known to be safe: 412 and 428
/// change nothing. What is stored for the URIs of Location and Content-Location may be dropped
/// too, if they are of the same origin.
///
/// # Examples
///
/// ```
/// use http_preconditions::invalidates;
///
/// assert!(invalidates("PUT", 204));
/// assert!(!invalidates("PUT", 412));
/// assert!(!invalidates("GET", 200));
/// ```
///
/// [RFC 9111 §4.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.4
#[must_use]
pub fn invalidates(method: impl Into<Method>, status: u16) -> bool {
    // CONNECT, which is among the ignoring ones, is unsafe, and has no target to store.
    let is_safe = !matches!(method.into(), Method::Other);
    !is_safe && matches!(status, 200..=399)
}
