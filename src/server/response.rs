//! From a decision to the response: the status code, the fields and the bytes to send. ([RFC 9110
//! §15])
//!
//! [`Decision::plan`](crate::Decision::plan) returns the [`Plan`] of the response. Write the
//! response that the method has without conditions, which is the 200 of a GET, and change it as the
//! plan says:
//!
//! 1. Set the [status](Plan::status).
//! 2. Change the fields: [`Plan::changes`] says which fields to remove and which to set. The names
//!    are in lower case.
//! 3. Send the [content](Plan::content): nothing, the content as it is, one range of it, or several
//!    ranges as [`Multipart`].
//!
//! ```
//! use http_preconditions::response::{Content, FieldChange};
//! use http_preconditions::{EntityTag, Representation, evaluate};
//!
//! let file = b"0123456789";
//! let tag = EntityTag::from_static("\"v1\"");
//! let current = Representation::new().etag(tag).complete_length(10);
//! let decision = evaluate("GET", [("Range", "bytes=7-")], Some(&current));
//!
//! // The fields of the 200, in any kind of map.
//! let mut fields = vec![("content-type", "text/plain".to_owned())];
//! let plan = decision.plan();
//! for change in plan.changes() {
//!     fields.retain(|(name, _)| *name != change.name());
//!     if let FieldChange::Set(name, value) = change {
//!         fields.push((name, value.to_string()));
//!     }
//! }
//! let content = match plan.content() {
//!     Content::Part(part) => &file[part.first() as usize..part.end() as usize],
//!     _ => panic!("one range is asked for"),
//! };
//! assert_eq!((plan.status(), content), (206, b"789".as_slice()));
//! let expected = [
//!     ("content-type", "text/plain".to_owned()),
//!     ("content-range", "bytes 7-9/10".to_owned()),
//!     ("content-length", "3".to_owned()),
//! ];
//! assert_eq!(fields, expected);
//! ```
//!
//! A handler that writes its response itself asks first whether it may go on: see
//! [`Plan::go_on`], which has the GET and the PUT of a row in a database.
//!
//! With the feature `http`, `Plan::apply` changes the head of an `http` response in one call, and a
//! plan of a refusal converts into an `http` response.
//!
//! [RFC 9110 §15]: https://www.rfc-editor.org/rfc/rfc9110#section-15

mod change;
mod content;
mod multipart;
mod plan;

pub use self::change::FieldChange;
pub use self::content::Content;
pub use self::multipart::{Multipart, MultipartText, Piece};
pub use self::plan::Plan;
pub use crate::request::field_value::FieldValue;
