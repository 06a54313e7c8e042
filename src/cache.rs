//! The cache's side: what a request gets from a stored response, and what a write makes invalid.

use crate::decision::{Decision, Outcome};
use crate::evaluate::Evaluation;
use crate::field::Field;
use crate::http_date::HttpDate;
use crate::method::Method;
use crate::options::Options;
use crate::representation::Representation;
use crate::validators::{Asked, HeldRange, Stored, Validators};

/// The way in which a cache answers a request. ([RFC 9111 §4.3.2])
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
    /// Process Range on the complete response that is stored. A cache that implements no ranges
    /// serves the whole.
    ///
    /// If the stored response has a Content-Length, the decision says all: 206 with its
    /// [ranges](Decision::ranges), or 416. Without one its status stays 200, it has no ranges, and
    /// Range may be invalid: [`Range::parse`](crate::Range::parse) and
    /// [`resolve`](crate::Range::resolve) go on. So it is with a response that was said to be
    /// [incomplete](Validators::incomplete) and whose part is not known.
    Range(Decision),
    /// Answer 206 (Partial Content) with one range out of the incomplete response that is stored.
    /// A cache that implements no ranges forwards the request.
    Part {
        /// Says which fields [a 206 keeps](Decision::partial_content_keeps).
        decision: Decision,
        /// The octets to send, and where they are in the stored content.
        held: HeldRange,
    },
}

/// Evaluates a request against the stored response that the cache would reuse for it. ([RFC 9111
/// §4.3.2])
///
/// `stored` is the response that was chosen by target, method, Vary and freshness (§4); for QUERY
/// by the request content too, which is part of the cache key ([RFC 10008]). It is `None` where no
/// response may be reused without validation, which for a cache without a clock is always so.
/// `fields` are those of the whole header section.
///
/// Conditions are evaluated on a 200 and a 206. A response of another [status](Validators::status)
/// is served as it is, without a look at conditions and Range. An [incomplete
/// response](Validators::content_range) answers a request for a range within it, and no other
/// (§3.3). Methods other than GET, HEAD and QUERY are written through. A response without
/// Last-Modified is as old as its Date, or as the time when it was
/// [received](Validators::received).
///
/// If-Match and If-Unmodified-Since are the origin's, and are passed over as if they were not
/// there; a cache may forward such a request instead. Beside a Range that would be honoured the
/// request is forwarded: our decision, because the client may hold a part of another version than
/// the stored one, and its guard is there to keep the two apart.
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
///
/// let guarded = [("If-Match", "\"v0\""), ("Range", "bytes=0-9")];
/// assert_eq!(evaluate_stored("GET", guarded, Some(&stored)), Reuse::Forward);
/// ```
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
/// [RFC 10008]: https://www.rfc-editor.org/rfc/rfc10008
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
    let Some(stored) = stored.filter(|_| method.revalidates()) else {
        return Reuse::Forward;
    };
    let representation = representation(stored);
    let options = Options::new().now(now);
    let mut evaluation = Evaluation::with_options(method, Some(&representation), options);
    let mut asked = Asked::new(method);
    let mut is_guarded = false;
    for (name, value) in fields {
        match Field::from_name(name) {
            None => {}
            // What only applies to an origin server MUST NOT be evaluated.
            Some(Field::IfMatch | Field::IfUnmodifiedSince) => is_guarded = true,
            Some(field) => {
                if field == Field::Range {
                    asked.line(stored, value.as_ref());
                }
                evaluation.field(field.name(), value);
            }
        }
    }
    let (holds_range, held) = match stored.stored {
        Stored::Part { range: Some(_), .. } => (asked.held().is_some(), asked.held()),
        _ => (stored.holds_range(), None),
    };
    let is_evaluated = matches!(stored.status, 200 | 206);
    let decision = evaluation.decide();
    match stored.stored {
        _ if !holds_range => Reuse::Forward,
        _ if is_evaluated && decision.outcome() == Outcome::NotModified => {
            Reuse::NotModified(decision)
        }
        _ if is_evaluated && decision.honours_range() => match held {
            _ if is_guarded => Reuse::Forward,
            Some(held) => Reuse::Part { decision, held },
            None => Reuse::Range(decision),
        },
        Stored::Whole => Reuse::Serve,
        Stored::Part { .. } => Reuse::Forward,
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
    // CONNECT, which is among the unconditional ones, is unsafe, and has no target to store.
    let is_unsafe = matches!(
        method.into(),
        Method::Delete | Method::Patch | Method::Other
    );
    is_unsafe && matches!(status, 200..=399)
}
