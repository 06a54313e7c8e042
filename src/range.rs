//! Range requests: the status that a Range requires, the bytes to send, and the server's policy.
//! ([RFC 9110 §14])
//!
//! Set the [complete length](crate::Representation::complete_length) of the representation. The
//! [`Decision`](crate::Decision) then has the final [`status`]:
//!
//! | status | when | send |
//! | --- | --- | --- |
//! | 206 | [`range`] returns the only range | its bytes, with [`content_range`] |
//! | 206 | [`ranges`] returns several | `multipart/byteranges`, a [`ContentRange`] in each part |
//! | 416 | no range is satisfiable, or the policy rejects Range | [`content_range`], no bytes |
//! | 200 | no Range, Range is ignored, or If-Range is false | the whole representation |
//!
//! ```
//! use http_preconditions::{EntityTag, Representation, evaluate};
//!
//! let tag = EntityTag::from_static("\"v1\"");
//! let current = Representation::new().etag(tag).complete_length(1000);
//! let range = "bytes=600-";
//! let decision = evaluate("GET", [("Range", range), ("If-Range", "\"v1\"")], Some(&current));
//! assert_eq!(decision.status(), 206);
//! let part = decision.range().ok_or("one range")?;
//! assert_eq!((part.first(), part.length()), (600, 400)); // where to read, and how many bytes
//! assert_eq!(decision.ranges(range).len(), 1); // one range or several
//! let field = decision.content_range().map(|field| field.to_string());
//! assert_eq!(field.as_deref(), Some("bytes 600-999/1000"));
//! # Ok::<(), &str>(())
//! ```
//!
//! Range applies only to GET and QUERY, in place of a 200, and only after all conditions are true.
//! A unit other than bytes is ignored, and so is Range of an empty representation (our decision).
//!
//! Without a complete length the status stays 200, and [`honours_range`] tells whether Range
//! applies. You must then call [`Range::parse`] and [`Range::resolve`], and answer as the
//! [`Resolution`] says. The code that reads ranges is linked only if you set a length or do this.
//!
//! # If-Range
//!
//! If-Range is true if it equals the strong tag of the representation, or a Last-Modified that is
//! [set as strong](crate::Representation::strong_last_modified) (§13.1.5). If it is false, Range
//! is ignored. If it is true and no range is satisfiable, the status is 416 (see [`status`]).
//!
//! # Policy and limits
//!
//! Pass a [`RangePolicy`] to [`Options::range_policy`](crate::Options::range_policy). It has effect
//! where the complete length is known:
//!
//! - [`MalformedRange`]: `Ignore` (200, the default) or `Reject` (416). The error is in
//!   [`Decision::malformed`](crate::Decision::malformed) either way.
//! - [`SeveralRanges`]: `Serve` (206, the default), `Ignore` (200) or `Reject` (416).
//! - [`max_ranges`](RangePolicy::max_ranges) and
//!   [`max_total_times`](RangePolicy::max_total_times): by default at most 200 ranges, and in total
//!   at most as many bytes as the representation has. A Range beyond a limit is ignored (200).
//!
//! [RFC 9110 §14]: https://www.rfc-editor.org/rfc/rfc9110#section-14
//! [`status`]: crate::Decision::status
//! [`range`]: crate::Decision::range
//! [`ranges`]: crate::Decision::ranges
//! [`content_range`]: crate::Decision::content_range
//! [`honours_range`]: crate::Decision::honours_range

pub(crate) mod accept_ranges;
pub(crate) mod byte_range;
pub(crate) mod content_range;
pub(crate) mod resolve;
pub(crate) mod specifier;
pub(crate) mod verdict;

pub use self::accept_ranges::{AcceptRanges, RangeUnits};
pub use self::byte_range::{ByteRange, RangeSpec};
pub use self::content_range::ContentRange;
pub use self::resolve::{ByteRanges, MalformedRange, RangePolicy, Resolution, SeveralRanges};
pub use self::specifier::{Range, RangeSpecs};
