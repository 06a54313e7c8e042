//! Conditional requests for axum, and for other tower services whose bodies can be made of octets.
//!
//! To paste: `layer.rs` and `selected.rs` for what is read, with `parts.rs` of
//! `examples/resource` for ranges, and from `serve.rs` the function `write` for what is changed,
//! with a store as `Store::exchange` there. They are two, because the one must not do the other's
//! work:
//!
//! - A **read** changes nothing, so its conditions can be tested on the way out, on the validators
//!   that the answer itself carries. Testing them before the handler runs would mean to ask for the
//!   validators first and for the content later, and to put the tag of one version on the octets of
//!   the next.
//! - A **write** must be tested on the version that it replaces, under the lock or in the
//!   transaction that replaces it. A layer ends before that lock begins: between its look at the
//!   tag and the handler's write there is room for another writer, whose edit would be lost. The
//!   same goes for 428, which depends on the conditions that count, and so on the resource.

mod layer;
mod selected;
mod serve;

pub use layer::{Conditional, ConditionalLayer};
pub use selected::{Selected, tagged};
pub use serve::app;
