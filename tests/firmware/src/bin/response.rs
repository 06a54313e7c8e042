//! As `ranges`, and the response that comes of it: the fields of the 200 that go and the fields that are set.
#![no_std]
#![no_main]

use firmware::request::{answer, current, next_line};
use http_preconditions::response::FieldChange;
use http_preconditions::{Evaluation, Method};

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let current = current().complete_length(core::hint::black_box(1000));
    let method = core::hint::black_box(Method::Get);
    let mut evaluation = Evaluation::new(method, Some(&current));
    while let Some((name, value)) = next_line() {
        evaluation.field(name, value);
    }
    let plan = evaluation.decide().plan();
    let mut buffer = [0; 80];
    for change in plan.changes() {
        core::hint::black_box(match &change {
            FieldChange::Remove(name) => name.len(),
            FieldChange::Set(_, value) => value.write_to(&mut buffer).map_or(0, <[u8]>::len),
        });
    }
    answer(plan.status());
    firmware::exit(true)
}
