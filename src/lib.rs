#![doc = include_str!("../README.md")]
#![no_std]
// These lints refuse code that could panic, and public types that are exhaustive by oversight.
// The lints that also apply to tests are in Cargo.toml.
#![warn(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::mod_module_files
)]

// The folders, from the highest floor to the lowest. A folder imports from lower floors only, which
// `.ci/imports` checks.
//
//   guide               documentation only
//   http, arbitrary     features: they may import everything
//   cache               RFC 9111: reuse, validation and update of stored responses
//   client              the fields that a client sends, and downloads
//   server, stored      RFC 9110 §13.2, the evaluation; what is kept of a response
//   representation      the state that conditions are compared with
//   dav                 RFC 4918 If, RFC 6638 If-Schedule-Tag-Match
//   request             the method, the six fields, and values to send
//   tag                 entity tags, and how they are made
//   range, date         RFC 9110 §14; §5.6.7
//   grammar             the ABNF rules, and the one door to fast code
//   error               what was expected, and at which byte

#[cfg(any(feature = "http", feature = "arbitrary"))]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "arbitrary")]
mod arbitrary;
pub mod cache;
pub mod client;
mod date;
pub mod dav;
mod error;
mod grammar;
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "http")]
mod http;
pub mod range;
mod representation;
mod request;
mod server;
mod stored;
pub mod tag;

#[cfg(feature = "arbitrary")]
pub use arbitrary::FieldLine;
pub use date::http_date::HttpDate;
pub use error::{BufferTooSmall, ErrorKind, OutOfRange, ParseError};
pub use representation::Representation;
pub use request::field::Field;
pub use request::if_match::{IfMatch, IfNoneMatch};
pub use request::if_range::IfRange;
pub use request::method::Method;
pub use request::tag_list::EntityTags;
pub use server::decision::{Condition, Decision, IgnoreReason, Outcome};
pub use server::evaluation::{Evaluation, evaluate};
pub use server::malformed::Malformed;
pub use server::options::Options;
pub use server::overrule;
pub use server::response;
pub use server::validators_to_send::{OriginClock, PutContent, ValidatorsToSend};
pub use tag::entity_tag::EntityTag;
