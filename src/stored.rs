//! The validators of a response that a client or a cache has received or stored. (RFC 9110 §8.8,
//! RFC 9111 §4.3)
//!
//! - `date_trust`: decides whether Last-Modified is a strong validator.
//! - `part`: states which part of a representation an incomplete response holds.
//! - `read`: reads the validators from the fields of a response.
//! - `single_line`: holds a field that may have only one value.
//! - `validators`: holds the validators, with their setters and getters.

pub(crate) mod date_trust;
mod part;
pub(crate) mod read;
pub(crate) mod single_line;
pub(crate) mod validators;
