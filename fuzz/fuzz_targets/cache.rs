//! A cache against the oracle: what a request gets from a stored response, what a 304 freshens and whose
//! it is, and which fields it replaces. The first section of the input is the head of a request, the
//! second an answer; every other is a response that is stored.
#![no_main]

use http_preconditions::{HttpDate, cache::CacheKind};
use http_preconditions_fuzz::sections;
use libfuzzer_sys::fuzz_target;
use oracle::cache::{Request, Reuse};
use oracle::validation;
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
        let answers = [200, 206, 304, 412, 503].map(|status| (status, answer.clone()));
        let request = validation::Request {
            method,
            fields: sections.fields.clone(),
            stored,
        };
        roles::on_validation(&request, &answers);
    }

    for kind in [CacheKind::Shared, CacheKind::Private] {
        roles::on_merge(&sections.fields, kind);
        roles::on_storing(&sections.fields, kind);
    }
});
