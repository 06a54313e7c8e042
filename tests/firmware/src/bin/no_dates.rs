//! If-Match and If-None-Match, as a device without a clock needs them: each field by itself.
#![no_std]
#![no_main]

use firmware::request::{TAG, answer, next_line};
use http_preconditions::{IfMatch, IfNoneMatch};

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let (mut failed, mut same) = (false, false);
    while let Some((name, value)) = next_line() {
        if name.eq_ignore_ascii_case(b"If-Match") {
            failed |= !IfMatch::parse(value).is_ok_and(|tags| tags.matches(TAG));
        } else if name.eq_ignore_ascii_case(b"If-None-Match") {
            same |= IfNoneMatch::parse(value).is_ok_and(|tags| tags.matches(TAG));
        }
    }
    answer(match (failed, same) {
        (true, _) => 412,
        (_, true) => 304,
        _ => 200,
    });
    firmware::exit(true)
}
