//! As `all_six`, with a panic: for the check that there is none.
#![no_std]
#![no_main]

use firmware::request::{answer, current, next_line};
use http_preconditions::{Evaluation, Method};

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let current = current();
    let mut evaluation = Evaluation::new(Method::Get, Some(&current));
    while let Some((name, value)) = next_line() {
        evaluation.field(name, &value[1..]);
    }
    answer(evaluation.decide().status());
    firmware::exit(true)
}
