//! Guides that are not about one module.
//!
//! - [`decisions`]: what the crate does where the RFCs are silent, and why.
//! - [`device`]: microcontrollers, clocks, and what the crate costs there.
//! - [`fuzzing`]: fuzz your own server with the feature `arbitrary`.
//! - [`migration`]: coming from `headers`, from `httpdate`, or from the code of a file server.
//!
//! The guides of the other jobs are the documentation of their modules:
//! [`response`](crate::response) to send what the decision says, [`range`](crate::range) for 206 and
//! 416, [`tag`](crate::tag) to make entity tags, [`client`](crate::client), [`cache`](crate::cache),
//! [`dav`](crate::dav) for WebDAV, and [`overrule`](crate::overrule) where another specification
//! differs.

#[doc = include_str!("../docs/decisions.md")]
pub mod decisions {}

#[doc = include_str!("../docs/device.md")]
pub mod device {}

#[doc = include_str!("../docs/fuzzing.md")]
pub mod fuzzing {}

#[doc = include_str!("../docs/migration.md")]
pub mod migration {}
