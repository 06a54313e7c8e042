//! All six fields and `If` of WebDAV, with one lock: what `dav` adds to `all_six`.
#![no_std]
#![no_main]

use core::convert::Infallible;

use firmware::request::{TAG, answer, current, next_line};
use http_preconditions::dav::{If, Preconditions, State};
use http_preconditions::{Evaluation, Method};

const LOCK: &[u8] = b"urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2";

/// `If` comes in one line, whose buffer is free again once it has been checked. A second line is refused.
fn evaluate() -> u16 {
    let current = current();
    let method = core::hint::black_box(Method::Other);
    let mut evaluation = Evaluation::new(method, Some(&current));
    let mut conditions = None;
    while let Some((name, value)) = next_line() {
        if name.eq_ignore_ascii_case(b"If") {
            let checked = checked([value]);
            conditions = Some(match conditions {
                None => checked,
                Some(before) => {
                    Preconditions::if_is(before, If::from_lines([value, value]).map(|_| false))
                }
            });
        } else {
            evaluation.field(name, value);
        }
    }
    let conditions = conditions.unwrap_or_else(|| checked([]));
    evaluation.decide_dav(&conditions).status()
}

fn checked<const N: usize>(lines: [&[u8]; N]) -> Preconditions {
    let has = |resource: Option<_>, state: State<'_>| {
        Ok::<_, Infallible>(
            resource.is_none()
                && match state {
                    State::Token(token) => token.as_bytes() == LOCK,
                    State::EntityTag(tag) => tag.weak_eq(TAG),
                },
        )
    };
    let Ok(conditions) = Preconditions::new().check_if(lines, has, [[LOCK]]);
    conditions
}

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    answer(evaluate());
    firmware::exit(true)
}
