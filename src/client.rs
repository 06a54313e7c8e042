//! The client's side: the request fields for each purpose, and whether a 206 continues a download.
//! ([RFC 9110 §13.1], [§15.3.7])
//!
//! Read each response that you keep with [`ResponseValidators::from_fields`]. The functions below
//! make request fields from the result. They never make a field that is unsafe for its purpose,
//! such as a weak tag in If-Range or `*` beside a tag.
//!
//! | purpose | function | fields to send |
//! | --- | --- | --- |
//! | ask whether a stored response is current | [`revalidate`] | If-None-Match, If-Modified-Since |
//! | update or delete, without a lost update | [`guard`] | If-Match, or If-Unmodified-Since |
//! | create, and never overwrite | [`create_only`] | `If-None-Match: *` |
//! | find the bytes that are missing after a cut | [`next_request`] | |
//! | request the missing bytes | [`resume`] | Range and If-Range |
//! | find out whether a 206 may be appended | [`continued_by`] | |
//!
//! A field to send is a [`RequestField`]. [`RequestField::into_parts`] returns its name and its
//! value, and [`FieldValue::write_to`] writes the exact bytes of the value. With the feature
//! `http`, a value converts into a `HeaderValue`.
//!
//! # Validation and updates
//!
//! ```
//! use http_preconditions::client::{ResponseValidators, create_only, revalidate};
//!
//! // The fields of the response that the client holds. The comma is part of the tag.
//! let held = ResponseValidators::from_fields([("ETag", "\"r1,en\"")]);
//!
//! // GET: is it still current?
//! let mut fields = revalidate([held]).map(|field| field.to_string());
//! assert_eq!(fields.next().as_deref(), Some("If-None-Match: \"r1,en\""));
//! // PUT: change it, and overwrite no change by someone else.
//! let (name, value) = held.guard()?.into_parts();
//! assert_eq!((name, value.to_string()), ("If-Match", "\"r1,en\"".to_owned()));
//! // PUT: create it, and overwrite nothing.
//! assert_eq!(create_only().to_string(), "If-None-Match: *");
//! # Ok::<(), http_preconditions::client::NoStrongValidator>(())
//! ```
//!
//! After a 304, [`freshened_by`](crate::cache::freshened_by()) tells whether the 304 is about the
//! response that you hold. After a 412 to an update, fetch the current version and let the user
//! decide. [`guard`] returns an error if no validator is strong enough to detect a lost update.
//!
//! # A resumed download
//!
//! ```
//! use http_preconditions::client::{
//!     IncompleteResponse, PartialResponse, ResponseValidators, Resume,
//! };
//!
//! // A 200 with `Content-Length: 1000` was cut off after 600 bytes.
//! let validators = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
//! let held = IncompleteResponse::new(validators.representation(), 600).complete_length(1000);
//!
//! let Resume::Range(range) = held.next_request() else { panic!("the tag is strong") };
//! let fields = validators.resume(range).ok_or("the tag is strong")?;
//! assert_eq!(fields.map(|field| field.to_string()), ["Range: bytes=600-", "If-Range: \"v1\""]);
//!
//! // The fields of a 206. Another version would have another tag.
//! let response = [("ETag", "\"v1\""), ("Content-Range", "bytes 600-999/1000")];
//! assert_eq!(held.continued_by(response), PartialResponse::Append { skip: 0, new: 400 });
//! # Ok::<(), &str>(())
//! ```
//!
//! A 200 replaces the held bytes. For [`Resume::Restart`], and after a 206 that is not
//! [`PartialResponse::Append`], request the whole representation without Range. Check every 206: a
//! server that does not know If-Range may send a part of another version.
//!
//! # Traps
//!
//! - A weak tag or a weak date guards no update and resumes no download.
//! - A date is strong only if Date is later by the gap that [`DateTrust`] demands, by default 60
//!   seconds (RFC 9110 §8.8.2.2). The Date that came with the content counts. A 304 brings a
//!   later Date: store [`first_date`](ResponseValidators::first_date) beside the fields, and read
//!   the fields with [`from_stored`](ResponseValidators::from_stored).
//! - A cache on the way may have replaced that Date already. A date that two versions share then
//!   looks strong, and an update can be lost. Only a tag protects the update, or a gap that no
//!   response reaches, such as `u32::MAX` seconds.
//! - Count the bytes of a download before the content coding is removed, as Range does.
//! - Send `Accept-Encoding: identity` with the GET of content that will be edited. Some servers add
//!   the coding to the tag on the way out, and answer 412 to an If-Match with that tag.
//! - `If-None-Match: "*"`, with quotes, lists an ordinary tag: a PUT with it overwrites.
//! - `Display` replaces bytes that are not UTF-8. Send the bytes of [`FieldValue::write_to`].
//!
//! [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
//! [§15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
//! [`guard`]: ResponseValidators::guard
//! [`resume`]: ResponseValidators::resume
//! [`next_request`]: IncompleteResponse::next_request
//! [`continued_by`]: IncompleteResponse::continued_by

pub(crate) mod download;
pub(crate) mod requests;
pub(crate) mod tags;

pub use self::download::{IncompleteResponse, PartialResponse, Resume};
pub use self::requests::{NoStrongValidator, create_only, revalidate};
pub use crate::request::field_value::{FieldValue, RequestField};
pub use crate::stored::date_trust::DateTrust;
pub use crate::stored::validators::ResponseValidators;
