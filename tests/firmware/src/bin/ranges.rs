//! All six fields, line by line, and the answer to Range to its end: one range, or that there is none.
#![no_std]
#![no_main]

use firmware::request::{answer, current, next_line};
use http_preconditions::{Evaluation, Method, range::ContentRange};

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let current = current().complete_length(core::hint::black_box(1000));
    let method = core::hint::black_box(Method::Get);
    let mut evaluation = Evaluation::new(method, Some(&current));
    while let Some((name, value)) = next_line() {
        evaluation.field(name, value);
    }
    let decision = evaluation.decide();
    let mut buffer = [0; ContentRange::MAX_LENGTH];
    if let Some(field) = decision.content_range() {
        core::hint::black_box(field.write_to(&mut buffer).is_ok());
    }
    answer(decision.status());
    firmware::exit(true)
}
