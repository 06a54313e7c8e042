//! A cache against the oracle: what a request gets from a stored response, what a 304 freshens and whose
//! it is, and which fields it replaces. The first section of the input is the head of a request, the
//! second an answer; every other is a response that is stored.
#![no_main]

use http_preconditions::{HttpDate, IfNoneMatch, cache::CacheKind};
use http_preconditions_fuzz::sections;
use libfuzzer_sys::fuzz_target;
use oracle::cache::{Request, Reuse};
use support::roles;

fuzz_target!(|input: &[u8]| {
    let sections = sections::read(input);
    let method = str::from_utf8(sections.first).unwrap_or("GET");
    let (answer, stored) = match &sections.responses[..] {
        [answer, stored @ ..] => (Some(answer), stored),
        [] => (None, &[][..]),
    };

    let mut request = Request {
        method,
        stored: None,
        now: HttpDate::ASSUMED_NOW.to_unix(),
        fields: sections.fields.clone(),
    };
    for stored in answer.into_iter().chain(stored) {
        request.stored = Some(stored.clone());
        let reuse = roles::on_reuse(&request);
        // Property 10: the guards of the origin change nothing, but that no range is taken beside them.
        let mut without = request.clone();
        without.fields.retain(|(name, _)| {
            let is = |guard: &str| name.eq_ignore_ascii_case(guard);
            !is("If-Match") && !is("If-Unmodified-Since")
        });
        let expected = match roles::on_reuse(&without) {
            Reuse::Range | Reuse::Part(..) if without.fields.len() < request.fields.len() => {
                Reuse::Forward
            }
            expected => expected,
        };
        assert_eq!(reuse, expected);
    }
    request.stored = None;
    roles::on_reuse(&request);

    if let Some(answer) = answer {
        roles::on_freshening(answer, stored);
        let lines = sections.fields.iter();
        let lines = lines.filter(|(name, _)| name.eq_ignore_ascii_case("If-None-Match"));
        let lines: Vec<_> = lines
            .map(|(_, value)| *value)
            .filter(|value| IfNoneMatch::parse(value).is_ok())
            .collect();
        for status in [200, 206, 304, 412, 503] {
            roles::on_validated(status, answer, &lines, stored);
        }
    }

    for kind in [CacheKind::Shared, CacheKind::Private] {
        roles::on_merge(&sections.fields, kind);
        roles::on_storing(&sections.fields, kind);
    }
});
