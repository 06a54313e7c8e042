//! What a client or a cache sends, against the oracle. The first section of the input has lines of a
//! client's If-None-Match; every other is a response that is held.
#![no_main]

use http_preconditions_fuzz::sections;
use libfuzzer_sys::fuzz_target;
use oracle::validation;
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

    // The first section and the lines beside it are those of a client's If-None-Match.
    let lines = [sections.first].into_iter();
    let lines = lines.chain(sections.fields.iter().map(|(_, value)| *value));
    let request = validation::Request {
        method: "GET",
        fields: lines.map(|line| ("If-None-Match", line)).collect(),
        stored: held,
    };
    let (added, _) = roles::on_validation(&request, &[]);
    for (name, value) in &added {
        // It is a list of its own: with nothing held, nothing is added to it.
        let fields = vec![(*name, value.as_slice())];
        let again = validation::Request {
            method: "GET",
            fields,
            stored: &[],
        };
        assert_eq!(roles::on_validation(&again, &[]).0, []);
    }
});
