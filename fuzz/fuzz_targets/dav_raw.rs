//! WebDAV and CalDAV against the oracle, with heads of requests in which any octet may stand anywhere.
//!
//! The first line is the method, every other a field line. What the server knows stands in fields that no evaluation looks
//! at: `ETag` of the representation, `Schedule-Tag`, a `Lock` for each lock with its tokens apart by `|`, `Status`, and
//! `Answers`, by which the look-ups are answered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oracle::dav::{Dav, State};
use oracle::{Request, dav::schedule_tag};
use support::dav;

fuzz_target!(|input: &[u8]| {
    let mut lines = input.split(|octet| *octet == b'\n');
    let method = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let names_and_values: Vec<_> = lines
        .map(|line| {
            let mut parts = line.splitn(2, |octet| *octet == b':');
            let name = String::from_utf8_lossy(parts.next().unwrap_or_default());
            (name, parts.next().unwrap_or_default())
        })
        .collect();
    let fields: Vec<(&str, &[u8])> = names_and_values
        .iter()
        .map(|(name, value)| (&**name, value.strip_prefix(b" ").unwrap_or(value)))
        .collect();
    let values = |wanted: &'static str| {
        let lines = fields.iter().filter(move |(name, _)| *name == wanted);
        lines.map(|(_, value)| *value)
    };
    let seed = values("Answers").flatten().copied().fold(0, mix);
    let has = |resource: Option<&[u8]>, state: &State| {
        let question = format!("{resource:?} {state:?}");
        question.bytes().fold(seed, mix) >> 32 & 1 == 1
    };
    for (_, value) in &fields {
        dav::on_lock_token(value);
        dav::on_schedule_tag(value);
        if let Some((read, lists)) = dav::on_if(value) {
            dav::on_truth(read, &lists, &has);
            let _ = format!(
                "{read} {read:?} {:?} {:?}",
                read.lists(),
                read.state_tokens()
            );
        }
    }

    let number = |value| str::from_utf8(value).ok()?.trim().parse().ok();
    let etag = values("ETag").next();
    let request = Request {
        method: &method,
        state: etag.map(|etag| oracle::State {
            etag: oracle::entity_tag(etag),
            last_modified: None,
            strong_date: false,
            ranges: true,
            length: None,
        }),
        status: values("Status").next().and_then(number),
        now: 0,
        require_if_match: values("Required").next().is_some(),
        already_applied: values("Applied").next().is_some(),
        range_policy: oracle::range::USUAL,
        fields: fields.clone(),
    };
    let tokens = |lock: &[u8]| {
        let tokens = lock.split(|octet| *octet == b'|');
        tokens.map(<[u8]>::to_vec).collect()
    };
    let current = values("Schedule-Tag")
        .next()
        .map(|tag| schedule_tag(tag).ok());
    let server = Dav {
        has: Some(&has),
        locks: values("Lock").map(tokens).collect(),
        schedule_tag: Some(current.flatten()),
    };
    dav::on_request(&request, &server);
    // A server without WebDAV looks at none of its fields.
    let without = Dav {
        has: None,
        locks: Vec::new(),
        schedule_tag: None,
    };
    let mut rest = request.clone();
    rest.fields
        .retain(|(name, _)| !["If", "If-Schedule-Tag-Match"].contains(name));
    assert_eq!(
        dav::on_request(&request, &without),
        dav::on_request(&rest, &without)
    );
});

fn mix(sum: u64, octet: u8) -> u64 {
    (sum ^ u64::from(octet)).wrapping_mul(0x0100_0000_01B3)
}
