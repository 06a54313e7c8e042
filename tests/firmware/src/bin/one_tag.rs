//! Reads one entity-tag and compares it.
#![no_std]
#![no_main]

use firmware::request::{TAG, answer, next_line};
use http_preconditions::EntityTag;

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let mut same = false;
    while let Some((_, value)) = next_line() {
        same |= EntityTag::parse(value).is_ok_and(|tag| tag.weak_eq(TAG));
    }
    answer(if same { 304 } else { 200 });
    firmware::exit(true)
}
