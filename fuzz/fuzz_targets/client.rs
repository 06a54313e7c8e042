//! What a client or a cache sends, against the oracle. The first section of the input has lines of a
//! client's If-None-Match; every other is a response that is held.
#![no_main]

use http_preconditions::{IfNoneMatch, cache::revalidate_for};
use http_preconditions_fuzz::sections;
use libfuzzer_sys::fuzz_target;
use support::roles;

fuzz_target!(|input: &[u8]| {
    let sections = sections::read(input);
    let held = &sections.responses;
    roles::on_revalidation(held);
    for (index, one) in held.iter().enumerate() {
        let (guard, resume) = roles::on_held(one, index as u64);
        for (name, value) in guard.into_iter().chain(resume).flatten() {
            // It reads back, and has no octet in it that ends a line.
            assert!(!value.is_empty() && !value.iter().any(|octet| b"\r\n\0".contains(octet)));
            assert_eq!(name == "Range", value.starts_with(b"bytes="));
        }
        for other in held {
            roles::on_pair(one, other);
        }
    }

    // Lines that the crate refuses are the caller's to forward.
    let lines = [sections.first].into_iter();
    let lines = lines.chain(sections.fields.iter().map(|(_, value)| *value));
    let lines: Vec<_> = lines
        .filter(|line| IfNoneMatch::parse(line).is_ok())
        .collect();
    if let Some(union) = roles::on_union(&lines, held) {
        // With nothing held, what has been sent is sent again.
        let again = IfNoneMatch::parse(&union).expect("a list of tags");
        let field = revalidate_for([again], []).expect("it has tags");
        let value = field.value();
        assert_eq!(roles::octets(value), union);
    }
});
