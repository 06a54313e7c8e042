//! All six fields, line by line.
#![no_std]
#![no_main]

use firmware::request::{answer, current, next_line};
use http_preconditions::{Evaluation, Method};

/// What a firmware does for each request. In `main`, which does not return, the compiler inlines less: 216 octets more.
fn evaluate() -> u16 {
    let current = current();
    let method = core::hint::black_box(Method::Get);
    let mut evaluation = Evaluation::new(method, Some(&current));
    while let Some((name, value)) = next_line() {
        evaluation.field(name, value);
    }
    evaluation.decide().status()
}

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    answer(evaluate());
    firmware::exit(true)
}
