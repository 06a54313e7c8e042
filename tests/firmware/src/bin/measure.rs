//! Stack and instructions of one evaluation, in which the request is a constant that the compiler is kept from seeing.
#![no_std]
#![no_main]

use core::fmt::Write as _;
use core::hint::black_box;

use firmware::request::{answer, current};
use firmware::{Console, count, counted, stack_of, turn};
use http_preconditions::{Evaluation, Method};

type Lines = &'static [(&'static str, &'static str)];

/// What a browser sends to ask whether its copy is still good.
const REVALIDATION: Lines = &[
    ("Host", "example.com"),
    ("User-Agent", "device"),
    ("Accept", "*/*"),
    ("If-None-Match", "\"v1\""),
];

/// The six, each valid, none of which decides before the last.
const ALL_SIX: Lines = &[
    ("If-Match", "\"v0\", \"v1\""),
    ("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),
    ("If-None-Match", "\"v2\", W/\"v3\""),
    ("If-Modified-Since", "Saturday, 29-Oct-94 19:43:30 GMT"),
    ("Range", "bytes=0-99"),
    ("If-Range", "Sat, 29 Oct 1994 19:43:31 GMT"),
];

/// The evaluation as a firmware has it: a function with the state in its frame.
fn evaluate(lines: Lines) {
    let current = current();
    let mut evaluation = Evaluation::new(black_box(Method::Get), Some(&current));
    for (name, value) in black_box(lines) {
        evaluation.field(name, value);
    }
    answer(evaluation.decide().status());
}

extern "C" fn nothing() {}

extern "C" fn loop_of_10_000() {
    // SAFETY: it only counts.
    unsafe { turn(5_000) };
}

#[inline(never)]
extern "C" fn revalidation() {
    evaluate(REVALIDATION);
}

#[inline(never)]
extern "C" fn all_six() {
    evaluate(ALL_SIX);
}

/// The ticks of one call.
#[inline(never)]
fn ticks(call: extern "C" fn()) -> u32 {
    let call = black_box(call);
    let before = counted();
    call();
    counted().wrapping_sub(before)
}

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    count();
    let empty = ticks(nothing);
    // A loop of known length tells how many ticks an instruction takes.
    let scale = ticks(loop_of_10_000) - empty;
    let instructions = |call| ((ticks(call) - empty) * 1_000 + scale / 20) / (scale / 10);
    let (first, second) = (instructions(revalidation), instructions(all_six));
    // SAFETY: there is room between the stack and its limit.
    let stack = unsafe { stack_of(all_six).max(stack_of(revalidation)) };
    let _ = writeln!(Console, "{stack} {first}/{second}");
    firmware::exit(true)
}
