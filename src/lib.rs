#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "std")]
extern crate std;

mod calendar;
mod decision;
mod entity_tag;
mod error;
mod evaluate;
mod grammar;
mod http_date;
mod if_match;
mod if_range;
mod method;
mod representation;

pub use decision::{Condition, Decision, Field, Malformed, Outcome};
pub use entity_tag::EntityTag;
pub use error::{BufferTooSmall, ErrorKind, OutOfRange, ParseError};
pub use evaluate::{Evaluation, evaluate};
pub use http_date::HttpDate;
pub use if_match::{EntityTags, IfMatch, IfNoneMatch};
pub use if_range::IfRange;
pub use method::Method;
pub use representation::Representation;
