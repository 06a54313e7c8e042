//! The cache's side: how to answer requests, and how to update the store. ([RFC 9111 §4.3])
//!
//! The store is yours: you keep the responses, find those that fit a request, and know which of
//! them are fresh. The functions here take fields and [`ResponseValidators`], and return verdicts
//! and indices.
//!
//! # Stored with each response
//!
//! - its fields: those for which [`is_storable_field()`] returns true, without the names that
//!   [`unstorable_fields()`] returns. With the feature `http`, `stored_fields` makes the map.
//! - its [status](ResponseValidators::status) code, if that is not always 200.
//! - its [first Date](ResponseValidators::first_date): the Date that came with the content.
//! - the time when you [received](ResponseValidators::received) it, if you have a clock. That
//!   time stands in for a missing Date.
//! - the [part](ResponseValidators::content_range) that arrived, if the transfer was cut. A 206
//!   has its Content-Range in the fields.
//!
//! # One request, step by step
//!
//! 1. Forward a method other than GET, HEAD and QUERY. If [`invalidates()`] returns true for the
//!    response, drop all that you have stored for the target. The request is done.
//! 2. Find the stored responses that fit the request: by target, method and Vary. A response with
//!    `Vary: *` never fits. Read the validators of each with [`ResponseValidators::from_stored`],
//!    and call [`for_request`](ResponseValidators::for_request) if it is a part.
//! 3. If some are fresh, take the [most recent](most_recent()) of them, call
//!    [`evaluate_stored()`], and do what the [`Reuse`] says. After [`Reuse::Forward`] send the
//!    request unchanged, and go on with step 7; otherwise the request is done.
//! 4. If no response is fresh, make a [`Validation`] of the client's fields and of what you have
//!    stored. Remove the client's fields that it [replaces](Validation::replaces), add its
//!    [fields](Validation::fields), and send the request.
//! 5. Update each stored response that [`Validation::freshened`] returns, which is none without a
//!    304. First remove the fields for which [`removed_by_update()`] returns true. Then replace
//!    those for which [`updates_stored_field()`] returns true, without the names that
//!    [`unstorable_fields()`] returns. With the feature `http`, `update_stored` does all of this.
//! 6. Call [`Validation::outcome`], and do what the [`ValidationOutcome`] says.
//! 7. Store the response if RFC 9111 §3 allows it.
//!
//! # Which function answers which question
//!
//! | question | function |
//! | --- | --- |
//! | which fields are stored? | [`is_storable_field()`], [`unstorable_fields()`], `stored_fields` |
//! | which validators has a stored response? | [`ResponseValidators::from_stored`] |
//! | which of several fresh responses is used? | [`most_recent()`] |
//! | how is a request answered? | [`evaluate_stored()`] |
//! | which fields are sent to the origin? | [`Validation::fields`], [`Validation::replaces`] |
//! | is a 304 for the client or for the cache? | [`Validation::outcome`] |
//! | which stored responses does a 304 freshen? | [`Validation::freshened`] |
//! | which fields does it replace? | [`updates_stored_field()`], [`unstorable_fields()`] |
//! | which fields does it remove? | [`removed_by_update()`] |
//! | does a stored part have what a request asks for? | [`ResponseValidators::for_request`] |
//! | is a stored response current, after a HEAD? | [`ResponseValidators::compared_with_head`] |
//! | may two parts be combined? | [`ResponseValidators::representation`], [`IncompleteResponse`] |
//! | does a write make stored responses invalid? | [`invalidates()`] |
//!
//! # Traps
//!
//! - **The first Date.** A 304 replaces the stored Date. Measured from the new Date, a weak
//!   Last-Modified can look strong, and an update may be lost. Store the first Date beside the
//!   fields, and read them with [`from_stored`](ResponseValidators::from_stored). You cannot
//!   detect another cache on the way that replaced Date; see [`DateTrust`].
//! - **304 and `ETag`.** A 304 does not replace `ETag`, Last-Modified and the fields that
//!   describe the stored bytes, such as Content-Length. A stored tag never becomes stronger.
//! - **A 304 that freshens nothing.** You must not answer from the store then. Either the 304 is
//!   for the client, or you must send its request once more, unchanged: see step 6.
//! - **HEAD.** A 200 to a HEAD has no content: do not store it as a response to GET, and skip
//!   steps 5 and 6. [`compared_with_head`](ResponseValidators::compared_with_head) says whether
//!   it freshens the stored response; an equal Content-Length alone does not.
//! - **Incomplete responses.** Set the status 206, or the part that arrived: otherwise a part
//!   looks complete. Count the bytes that arrive with a 206: if its range has another length, do not
//!   store the response.
//! - **Other statuses.** A stored 301 or 404 is served whatever the conditions are, and is never
//!   validated.
//!
//! # Example
//!
//! ```
//! use http_preconditions::cache::{
//!     ResponseValidators, Reuse, Validation, ValidationOutcome, evaluate_stored,
//! };
//!
//! // Stored: the fields, and beside them the Date that came with the content.
//! let fields = [("ETag", "\"v1\""), ("Date", "Sat, 29 Oct 1994 19:43:31 GMT")];
//! let first_date = ResponseValidators::from_fields(fields).first_date();
//! let stored = ResponseValidators::from_stored(200, fields, first_date);
//!
//! // While the stored response is fresh, the cache answers from it.
//! let request = [("If-None-Match", "W/\"v1\"")];
//! assert!(matches!(evaluate_stored("GET", request, Some(&stored)), Reuse::NotModified(_)));
//!
//! // Later the cache asks the origin, for another client and for itself.
//! let request = [("If-None-Match", "\"v0\"")];
//! let validation = Validation::new("GET", request, [stored]);
//! let field = validation.fields().next().ok_or("there is a tag")?;
//! assert_eq!(field.to_string(), "If-None-Match: \"v0\", \"v1\"");
//!
//! // The 304 freshens the stored response, and the client gets that response.
//! let not_modified = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
//! assert!(validation.freshened(304, &not_modified).eq([0]));
//! assert_eq!(validation.outcome(304, &not_modified), ValidationOutcome::Stored(0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`IncompleteResponse`]: crate::client::IncompleteResponse
//! [RFC 9111 §4.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3

pub(crate) mod freshen;
pub(crate) mod head;
pub(crate) mod held_range;
pub(crate) mod invalidation;
pub(crate) mod lines;
pub(crate) mod outcome;
pub(crate) mod reuse;
pub(crate) mod update;
pub(crate) mod validation;

pub use self::freshen::{freshened_by, most_recent};
pub use self::head::HeadVerdict;
pub use self::invalidation::invalidates;
pub use self::outcome::ValidationOutcome;
pub use self::reuse::{Reuse, evaluate_stored, evaluate_stored_at};
pub use self::update::{
    CacheKind, is_storable_field, removed_by_update, unstorable_fields, updates_stored_field,
};
pub use self::validation::Validation;
#[cfg(feature = "http")]
pub use crate::http::{stored_fields, update_stored};
pub use crate::stored::date_trust::DateTrust;
pub use crate::stored::validators::ResponseValidators;
