//! The client's side: the request fields for each purpose, and what a 206 or a 416 means for a
//! download. ([RFC 9110 §13.1], [§15.3.7])
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
//! | request the bytes that are missing after a cut | [`IncompleteResponse::fields`] | Range and If-Range, or Range and If-Unmodified-Since |
//! | find out whether a 206 may be appended | [`continued_by`] | |
//! | find out whether a 416 means that nothing is missing | [`unsatisfied_by`] | |
//! | request another range of the held version | [`resume`] | the same |
//! | request several ranges | [`resume_several`], [`request_ranges`] | the same, or Range alone |
//! | read the parts of a 206 | [`IncompleteResponse::parts`], [`MultipartReader`] | |
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
//!     IncompleteResponse, PartialResponse, ResponseValidators,
//! };
//!
//! // A 200 with `Content-Length: 1000` was cut off after 600 bytes.
//! let validators = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
//! let held = IncompleteResponse::new(validators, 600).complete_length(1000);
//!
//! let lines: Vec<_> = held.fields().map(|field| field.to_string()).collect();
//! assert_eq!(lines, ["Range: bytes=600-", "If-Range: \"v1\""]);
//!
//! // The fields of a 206. Another version would have another tag.
//! let response = [("ETag", "\"v1\""), ("Content-Range", "bytes 600-999/1000")];
//! assert_eq!(held.continued_by(response), PartialResponse::Append { skip: 0, new: 400 });
//! ```
//!
//! | response | what to do |
//! | --- | --- |
//! | 200 | replace the held bytes |
//! | 206 | append what [`continued_by`] says |
//! | 206 that is not [`PartialResponse::Append`], 412 | discard the held bytes, request the whole without Range |
//! | 416 | finish if [`unsatisfied_by`] says [`UnsatisfiedRange::Complete`], else as after a 412 |
//!
//! For [`Resume::Restart`] of [`next_request`], request the whole without Range too. Check every
//! 206: a server that does not know the condition may send a part of another version.
//!
//! - Several connections: each has a [`segment`](IncompleteResponse::segment).
//! - No strong validator, but a digest of the whole: see
//!   [`verified_by_digest`](IncompleteResponse::verified_by_digest).
//!
//! # Several ranges
//!
//! ```
//! use http_preconditions::client::{
//!     IncompleteResponse, MultipartStep, PartsResponse, ResponseValidators,
//! };
//! use http_preconditions::range::RangeSpec;
//!
//! // The client holds bytes 2 to 8 of 10.
//! let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
//! let wanted = [RangeSpec::Int { first: 0, last: Some(1) }, RangeSpec::Suffix(1)];
//! let fields = version.resume_several(wanted).ok_or("the tag is strong")?;
//! let lines = fields.map(|field| field.to_string());
//! assert_eq!(lines, ["Range: bytes=0-1,-1", "If-Range: \"v1\""]);
//!
//! // The fields of a 206, and its content, of which the last bytes have not arrived.
//! let response = [("ETag", "\"v1\""), ("Content-Type", "multipart/byteranges; boundary=b")];
//! let mut content = "--b\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n--b\r\nConte";
//! let held = IncompleteResponse::new(version, 0).complete_length(10);
//! let PartsResponse::Multipart(mut reader) = held.parts(response) else {
//!     panic!("several parts of the version");
//! };
//! while let MultipartStep::Part(part) = reader.read(content.as_bytes())? {
//!     let (bytes, rest) = content[part.len()..].split_at(part.range().length() as usize);
//!     for found in part.content_range().requested(wanted) {
//!         assert_eq!((found.index(), found.range().first(), bytes), (1, 9, "9"));
//!     }
//!     content = rest;
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | response | what to do |
//! | --- | --- |
//! | 200 | replace the held bytes |
//! | 206 that is [`PartsResponse::Single`] | use its content as one part |
//! | 206 that is [`PartsResponse::Multipart`] | read its parts |
//! | another 206, 412 | discard the held bytes, request the whole without Range |
//! | 416 | no range is satisfiable: do as after a 412 |
//!
//! The parts may come in any order, overlap, hold several ranges or part of one, and hold bytes
//! that nobody requested. Ranges may be missing: request them again, or the whole. The parts of
//! one 206 are of one version, so a client that holds nothing may read them with
//! [`MultipartReader::new`] alone.
//!
//! # Traps
//!
//! - A weak tag or a weak date guards no update and resumes no download. A strong date beside a weak
//!   tag does both, with If-Unmodified-Since.
//! - A date is strong only if Date is later by the gap that [`DateTrust`] demands, by default 60
//!   seconds (RFC 9110 §8.8.2.2). The Date that came with the content counts. A 304 brings a
//!   later Date: store [`first_date`](ResponseValidators::first_date) beside the fields, and read
//!   the fields with [`from_stored`](ResponseValidators::from_stored).
//! - A cache on the way may have replaced that Date already. A date that two versions share then
//!   looks strong, and an update can be lost. Only a tag protects the update, or a gap that no
//!   response reaches, such as `u32::MAX` seconds.
//! - Count the bytes of a download before the content coding is removed, as Range does.
//! - Send `Accept-Encoding: identity` with the GET of content that will be edited. Some servers
//!   (Apache's `mod_deflate` is one) add the coding to the tag on the way out, `"x-gzip"` for `"x"`,
//!   and do not know that tag on the way in: a PUT or a DELETE with `If-Match: "x-gzip"` is
//!   answered 412 however often it is sent, although nobody has changed anything. After such a
//!   412, GET the content again with `Accept-Encoding: identity`, compare it with the content that
//!   was edited, and send the update with the tag of that response.
//! - `If-None-Match: "*"`, with quotes, lists an ordinary tag: a PUT with it overwrites.
//! - `Display` replaces bytes that are not UTF-8. Send the bytes of [`FieldValue::write_to`].
//!
//! [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
//! [§15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
//! [`guard`]: ResponseValidators::guard
//! [`resume`]: ResponseValidators::resume
//! [`resume_several`]: ResponseValidators::resume_several
//! [`next_request`]: IncompleteResponse::next_request
//! [`continued_by`]: IncompleteResponse::continued_by
//! [`unsatisfied_by`]: IncompleteResponse::unsatisfied_by

pub(crate) mod download;
pub(crate) mod multipart;
pub(crate) mod parts;
pub(crate) mod requests;
pub(crate) mod resume;
pub(crate) mod tags;

pub use self::download::partial::PartialResponse;
pub use self::download::unsatisfied::UnsatisfiedRange;
pub use self::download::{IncompleteResponse, Resume};
pub use self::multipart::{MultipartReader, MultipartStep, PartHead};
pub use self::parts::{PartsResponse, RequestedRange};
pub use self::requests::{NoStrongValidator, create_only, revalidate};
pub use self::resume::request_ranges;
pub use crate::request::field_value::{FieldValue, ListMember, RequestField};
pub use crate::stored::date_trust::DateTrust;
pub use crate::stored::validators::ResponseValidators;
