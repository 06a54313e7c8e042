#![doc = include_str!("../README.md")]
#![no_std]
// No panic is reachable, and each public shape is a decision. What holds for tests too is in
// Cargo.toml.
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

#[cfg(any(feature = "http", feature = "arbitrary"))]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod accept_ranges;
mod answer;
#[cfg(feature = "arbitrary")]
mod arbitrary;
mod byte_range;
mod cache;
mod calendar;
mod client;
mod clocks;
mod content_coding;
mod content_range;
mod decide;
mod decision;
mod entity_tag;
mod entity_tag_buf;
mod error;
mod evaluate;
mod field;
mod field_value;
mod fields;
mod freshen;
mod generate;
mod grammar;
mod head;
#[cfg(feature = "http")]
mod http;
mod http_date;
mod if_match;
mod if_range;
mod incomplete_response;
mod list;
mod merge;
mod metadata;
mod method;
mod modification_time;
mod octets;
mod options;
mod part;
mod range;
mod representation;
mod resolution;
mod single;
mod validated;
mod validator_fields;
mod validators;

pub use accept_ranges::{AcceptRanges, RangeUnits};
#[cfg(feature = "arbitrary")]
pub use arbitrary::FieldLine;
pub use byte_range::{ByteRange, RangeSpec};
pub use cache::{Reuse, evaluate_stored, evaluate_stored_at, invalidates};
pub use client::{NoStrongValidator, RequestField, create_only, revalidate, revalidate_for};
pub use clocks::Clocks;
pub use content_coding::ContentCoding;
pub use content_range::ContentRange;
pub use decision::{Condition, Decision, IgnoreReason, Malformed, Outcome};
pub use entity_tag::EntityTag;
pub use entity_tag_buf::EntityTagBuf;
pub use error::{BufferTooSmall, ErrorKind, OutOfRange, ParseError};
pub use evaluate::{Evaluation, evaluate};
pub use field::Field;
pub use field_value::FieldValue;
pub use freshen::{freshens, most_recent};
pub use generate::EntityTagBuilder;
pub use head::HeadVerdict;
#[cfg(feature = "http")]
pub use http::{stored_fields, update_stored};
pub use http_date::HttpDate;
pub use if_match::{IfMatch, IfNoneMatch};
pub use if_range::IfRange;
pub use incomplete_response::{Continuation, IncompleteResponse, NextRequest};
pub use list::EntityTags;
pub use merge::{CacheKind, excepted_fields, removed_by_update, replaces, stores};
pub use method::Method;
pub use modification_time::ModificationTime;
pub use options::Options;
pub use range::{Range, RangeSpecs};
pub use representation::Representation;
pub use resolution::{ByteRanges, MalformedRange, RangePolicy, Resolution, SeveralRanges};
pub use validated::{Validated, validated};
pub use validator_fields::{Clock, Stored, ValidatorFields};
pub use validators::{HeldRange, Validators};
