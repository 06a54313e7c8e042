//! Where other crates read otherwise than this one, and why that is right.
//!
//! Each difference is a step from the reading of this crate to that of the other: a function that is named
//! for the difference and says what the RFC says. A target asserts that the steps lead to *exactly* what
//! the other crate says, so that no other difference passes.

use std::cell::RefCell;
use std::collections::BTreeSet;

#[allow(dead_code, reason = "one target is about dates alone")]
pub mod headers;
pub mod httpdate;

/// Says once for each difference that it has occurred, and with which value first.
fn occurred(difference: &'static str, value: &[u8]) {
    thread_local!(static SEEN: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) });
    if SEEN.with_borrow_mut(|seen| seen.insert(difference)) {
        eprintln!("allowed difference: {difference}: {}", value.escape_ascii());
    }
}
