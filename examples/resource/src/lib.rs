//! What the example servers have in common, and no framework has a say in: a few resources in
//! memory, and the answer to a request about one of them.
//!
//! [`Store::exchange`] is the place to look at: it evaluates the conditions and performs the
//! method under one lock; [`planned`] is what becomes of the content. A framework's part is to put
//! its header fields in and to send what comes out.

mod answer;
mod framing;
mod listen;
mod parts;
mod resource;
mod store;

pub use answer::Answer;
pub use framing::{LIMIT, check_length};
pub use listen::{listen, listen_at};
pub use parts::{boundary, joined, planned};
pub use resource::{LAST_MODIFIED, Version};
pub use store::Store;
