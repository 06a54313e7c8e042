//! Evaluates a request against a stored response. (RFC 9111 §4.3.2)

use crate::cache::held_range::Asked;
use crate::date::http_date::HttpDate;
use crate::range::verdict::RangeVerdict;
use crate::representation::Representation;
use crate::request::field::Field;
use crate::request::method::Method;
use crate::server::decision::{Decision, Outcome};
use crate::server::evaluation::Evaluation;
use crate::server::options::Options;
use crate::stored::validators::{Extent, ResponseValidators};

/// How a cache must answer a request. ([RFC 9111 §4.3.2])
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reuse {
    /// Forward the request, with all its conditional fields unchanged.
    Forward,
    /// Send 304 (Not Modified), with the fields of the stored response that [a 304
    /// keeps](Decision::not_modified_keeps), and with Age.
    NotModified(Decision),
    /// Send the complete stored response, and ignore Range.
    Serve,
    /// Process Range on the stored response. A cache that does not implement ranges sends the
    /// complete response instead, and forwards the request if the response is incomplete.
    ///
    /// - The stored response has a Content-Length: the status of the decision is 206, with its
    ///   [ranges](Decision::ranges), or 416.
    /// - It has no Content-Length, or it is [incomplete](ResponseValidators::incomplete) and its
    ///   part is unknown: the status stays 200, the decision has no ranges, and Range may be
    ///   malformed. You must call [`Range::parse`](crate::range::Range::parse) and
    ///   [`resolve`](crate::range::Range::resolve).
    Range(Decision),
    /// Send 206 (Partial Content) with one range of the incomplete stored response. A cache that
    /// does not implement ranges forwards the request.
    Part {
        /// The decision, with the [range](Decision::range) and the status 206.
        decision: Decision,
        /// The offset of the first byte to send in the stored content, in bytes from 0. Send as
        /// many bytes as the range is long.
        offset: u64,
    },
}

/// Evaluates a request against the stored response that the cache would reuse. ([RFC 9111
/// §4.3.2])
///
/// - `fields`: all fields of the request's header section.
/// - `stored`: the response that the caller has selected by target, method, Vary and freshness
///   (§4). For QUERY the caller must compare the request content too, because it is part of the
///   cache key ([RFC 10008]). Pass `None` if no response may be reused without validation; a
///   cache without a clock always passes `None`.
///
/// The rules:
///
/// - A method other than GET, HEAD and QUERY is forwarded.
/// - Conditions are evaluated only on a stored 200 or 206. A response with another
///   [status](ResponseValidators::status) is served as it is, whatever conditions and Range say.
/// - An [incomplete response](ResponseValidators::content_range) answers only a request for a
///   range that lies within it (§3.3).
/// - If-Modified-Since is compared with Last-Modified; if the stored response has no
///   Last-Modified, with its Date; if it has no Date either, with the time when it was
///   [received](ResponseValidators::received).
/// - If-Match and If-Unmodified-Since are for the origin and are ignored. A cache may forward a
///   request that has them instead of calling this function.
/// - Our decision: a request that has one of these two fields is forwarded if its Range would be
///   honoured. The client may hold a part of another version, and uses the field to keep the
///   parts of two versions apart.
/// - Our decision: a request that has `If` of WebDAV or `If-Schedule-Tag-Match` of CalDAV is
///   forwarded. A cache knows no locks.
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::cache::{ResponseValidators, Reuse, evaluate_stored};
///
/// let stored = ResponseValidators::new().etag(EntityTag::from_static("W/\"v1\""));
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
/// A stored part answers a request for a range that it holds:
///
/// ```
/// use http_preconditions::cache::{ResponseValidators, Reuse, evaluate_stored};
///
/// let fields = [("Content-Range", "bytes 500-999/2000")];
/// let stored = ResponseValidators::from_stored(206, fields, None);
/// let reuse = evaluate_stored("GET", [("Range", "bytes=600-699")], Some(&stored));
/// let Reuse::Part { decision, offset } = reuse else { panic!("the part holds it") };
/// let field = decision.content_range().map(|field| field.to_string());
/// assert_eq!(field.as_deref(), Some("bytes 600-699/2000"));
/// assert_eq!((offset, decision.range().map(|range| range.length())), (100, Some(100)));
///
/// let reuse = evaluate_stored("GET", [("Range", "bytes=600-1000")], Some(&stored));
/// assert_eq!(reuse, Reuse::Forward, "byte 1000 is not stored");
/// ```
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
/// [RFC 10008]: https://www.rfc-editor.org/rfc/rfc10008
pub fn evaluate_stored<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    method: impl Into<Method>,
    fields: impl IntoIterator<Item = (N, V)>,
    stored: Option<&ResponseValidators<'_>>,
) -> Reuse {
    evaluate_stored_at(method, fields, stored, HttpDate::ASSUMED_NOW)
}

/// Evaluates a request like [`evaluate_stored`]. A year of two digits is read relative to `now`.
pub fn evaluate_stored_at<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    method: impl Into<Method>,
    fields: impl IntoIterator<Item = (N, V)>,
    stored: Option<&ResponseValidators<'_>>,
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
        match Field::from_name(&name) {
            // A cache knows neither the locks nor the other resources (RFC 4918 §10.4.5).
            None if Field::is_of_webdav(name.as_ref()) => return Reuse::Forward,
            None => {}
            // A cache MUST NOT evaluate conditions that only apply to an origin server (§4.3.2).
            Some(Field::IfMatch | Field::IfUnmodifiedSince) => is_guarded = true,
            Some(field) => {
                if field == Field::Range {
                    asked.line(value.as_ref());
                }
                evaluation.field(field.name(), value);
            }
        }
    }
    let held = asked.range().and_then(|range| stored.held_range(range));
    let holds_range = stored.for_range(asked.range()).holds_range();
    let is_evaluated = matches!(stored.status, 200 | 206);
    let mut decision = evaluation.decide();
    match stored.extent {
        _ if !holds_range => Reuse::Forward,
        _ if is_evaluated && decision.outcome() == Outcome::NotModified => {
            Reuse::NotModified(decision)
        }
        _ if is_evaluated && decision.honours_range() => match held {
            _ if is_guarded => Reuse::Forward,
            Some(held) => {
                decision.range_verdict = RangeVerdict::One(held.range);
                decision.complete_length = held.complete_length.unwrap_or(0);
                let offset = held.offset;
                Reuse::Part { decision, offset }
            }
            None => Reuse::Range(decision),
        },
        Extent::Whole => Reuse::Serve,
        Extent::Part { .. } => Reuse::Forward,
    }
}

/// Returns the representation on which conditions are evaluated. Date, or the time of receipt,
/// stands in for an absent or malformed Last-Modified, as a weak validator. (RFC 9111 §4.3.2)
fn representation<'a>(stored: &ResponseValidators<'a>) -> Representation<'a> {
    let mut representation = stored.representation();
    if stored.last_modified.value().is_none() {
        if let Some(date) = stored.date.or(stored.received) {
            representation = representation.last_modified(date);
        }
    }
    match (stored.extent, stored.content_length.value()) {
        (Extent::Whole, Some(octets)) => representation.complete_length(octets),
        _ => representation,
    }
}
