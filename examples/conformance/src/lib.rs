//! Asks a server for a resource in many ways, and says which of its responses RFC 9110 does not
//! allow (§8.8, §13, §14, §15.3.7, §15.4.5, §15.5.13, §15.5.17).
//!
//! The crate evaluates each request with what was learned of the resource, and so says what is
//! required; the tables in `cases` say what is allowed besides, and where that stands. Nothing is
//! changed on the server, but below a URL that the caller names for it.

pub mod case;
pub mod cases;
pub mod content;
pub mod expected;
pub mod report;
pub mod resource;
pub mod responses;
pub mod run;
pub mod target;
pub mod template;
pub mod verdict;
pub mod wire;
pub mod writes;
