//! Revalidation by If-None-Match and nothing else.
#![no_std]
#![no_main]

use firmware::request::{TAG, answer, next_line};
use http_preconditions::IfNoneMatch;

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let mut same = false;
    while let Some((name, value)) = next_line() {
        if name.eq_ignore_ascii_case(b"If-None-Match") {
            same |= IfNoneMatch::parse(value).is_ok_and(|tags| tags.matches(TAG));
        }
    }
    answer(if same { 304 } else { 200 });
    firmware::exit(true)
}
