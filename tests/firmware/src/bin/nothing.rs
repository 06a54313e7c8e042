//! What the others are compared with: reads the lines, and evaluates nothing.
#![no_std]
#![no_main]

use firmware::request::{TAG, answer, next_line};

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    core::hint::black_box(TAG);
    let mut octets = 0;
    while let Some((name, value)) = next_line() {
        octets += name.len() + value.len();
    }
    answer(octets as u16);
    firmware::exit(true)
}
