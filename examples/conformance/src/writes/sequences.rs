//! Cases that take more than one request: races, retries, and the tags of versions.

use crate::case::Level::{self, Must, Should, Taste};
use crate::run::Finding;
use crate::verdict::Verdict;
use crate::wire::{Request, Response};
use crate::writes::case::Start;
use crate::writes::place::Place;
use crate::writes::races;

/// What is said of each of these cases before it runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence {
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) rfc: u16,
    pub(super) section: &'static str,
    sent: &'static str,
    required: &'static str,
    why: &'static str,
    run: fn(&mut Place<'_>) -> Result<Found, String>,
}

/// What a case found: `Ok` with what came, or what is wrong and at which level.
pub(super) type Found = Result<String, Verdict>;

pub(super) const CASES: &[Sequence] = &[
    Sequence {
        name: "write/lost-updates",
        level: Taste,
        rfc: 9110,
        section: "13.1.1",
        sent: "4 writers at once: GET, then PUT with If-Match, 8 times",
        required: "one 2xx each time",
        why: "Unless the condition and the write are one step, one writer overwrites the other.",
        run: races::lost_updates,
    },
    Sequence {
        name: "create/concurrent",
        level: Taste,
        rfc: 9110,
        section: "13.1.2",
        sent: "4 writers at once: PUT with If-None-Match: *, 8 times",
        required: "one 2xx each time",
        why: "Unless the condition and the write are one step, two clients believe that they created it.",
        run: races::concurrent_creation,
    },
    Sequence {
        name: "create/status",
        level: Must,
        rfc: 9110,
        section: "9.3.4",
        sent: "PUT with If-None-Match: * where nothing is",
        required: "201",
        why: "A server must say that it has created the resource.",
        run: created,
    },
    Sequence {
        name: "write/retry",
        level: Must,
        rfc: 9110,
        section: "13.1.1",
        sent: "PUT with If-Match: {tag}, and the same once more",
        required: "412, or 2xx as it is already applied",
        why: "A client that got no response sends the write again.",
        run: retry,
    },
    Sequence {
        name: "write/tag-changes",
        level: Must,
        rfc: 9110,
        section: "8.8.1",
        sent: "three PUTs of other octets at once",
        required: "another entity tag, or a weak one",
        why: "A strong tag made from a time or a length is the same for two versions of a second.",
        run: tag_changes,
    },
    Sequence {
        name: "write/etag-in-response",
        level: Must,
        rfc: 9110,
        section: "9.3.4",
        sent: "PUT, then GET",
        required: "the ETag of the PUT's response, if it has one, is that of the GET",
        why: "A client uses the tag in the response to PUT for its next If-Match.",
        run: etag_in_response,
    },
    Sequence {
        name: "write/precondition-required",
        level: Should,
        rfc: 6585,
        section: "3",
        sent: "PUT without a condition, which gets 428",
        required: "428 that explains how to resubmit the request, not performed",
        why: "A client whose write is refused for want of a condition has to learn which.",
        run: required,
    },
];

pub(super) fn run(place: &mut Place<'_>, only: &str) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for case in CASES.iter().filter(|case| case.name.contains(only)) {
        let (got, verdict) = match (case.run)(place)? {
            Ok(got) => (got, Verdict::Right),
            Err(verdict) => match &verdict {
                Verdict::Wrong(what) => (what.clone(), verdict),
                _ => (String::new(), verdict),
            },
        };
        findings.push(Finding {
            name: case.name,
            level: case.level,
            rfc: case.rfc,
            section: case.section,
            why: case.why,
            sent: vec![case.sent.to_owned()],
            got,
            required: case.required.to_owned(),
            verdict,
            wire: Vec::new(),
            status: None,
            breach: None,
            cases: Vec::new(),
        });
    }
    Ok(findings)
}

pub(super) fn is_success(response: &Response) -> bool {
    (200..300).contains(&response.status)
}

/// Sends a PUT with this field line from the state before, and returns its response.
fn put(
    place: &mut Place<'_>,
    start: Start,
    guard: &str,
    content: &[u8],
) -> Result<Response, String> {
    let before = place.reach(start)?;
    let fields = before.template().fields(&[guard]);
    let request = Request::new("PUT", place.path(), fields).content(content);
    let response = place.wire().exchange(&request);
    response.map_err(|fault| format!("PUT: {fault}"))
}

fn created(place: &mut Place<'_>) -> Result<Found, String> {
    let content = place.content();
    let status = put(place, Start::Absent, "If-None-Match: *", &content)?.status;
    Ok(match status {
        201 => Ok(status.to_string()),
        status => Err(Verdict::Wrong(format!("status {status}"))),
    })
}

fn retry(place: &mut Place<'_>) -> Result<Found, String> {
    let before = place.reach(Start::Exists)?;
    if before.etag().is_none_or(|tag| tag.is_weak()) {
        return Ok(Err(Verdict::Skipped("no strong ETag".to_owned())));
    }
    let fields = before.template().fields(&["If-Match: {tag}"]);
    let content = place.content();
    let request = Request::new("PUT", place.path(), fields).content(&content);
    let responses = [&request, &request].map(|request| place.wire().exchange(request));
    let [first, second] = responses.map(|response| response.map_or(0, |response| response.status));
    let got = format!("{first}, then {second}");
    let is_there = place.state()?.content() == Some(content.as_slice());
    let is_right = is_there && matches!(second, 200..=299 | 412);
    Ok(if is_right {
        Ok(got)
    } else {
        Err(Verdict::Wrong(got))
    })
}

fn tag_changes(place: &mut Place<'_>) -> Result<Found, String> {
    let mut tags = Vec::new();
    // Of three, two are of one second.
    for _ in 0..3 {
        let content = place.content();
        let status = put(place, Start::Exists, "If-Match: *", &content)?.status;
        let state = place.state()?;
        let Some(tag) = state.etag().filter(|tag| !tag.is_weak()) else {
            return Ok(Err(Verdict::Skipped("no strong ETag".to_owned())));
        };
        if state.content() != Some(content.as_slice()) {
            let reason = format!("PUT with If-Match: * has no effect ({status})");
            return Ok(Err(Verdict::Skipped(reason)));
        }
        tags.push(tag.to_string());
    }
    let got = tags.join(", then ");
    let is_same = tags.windows(2).any(|pair| pair[0] == pair[1]);
    Ok(if is_same {
        Err(Verdict::Wrong(got))
    } else {
        Ok(got)
    })
}

fn etag_in_response(place: &mut Place<'_>) -> Result<Found, String> {
    let content = place.content();
    let response = put(place, Start::Exists, "If-Match: *", &content)?;
    let state = place.state()?;
    let Some(sent) = response.value("ETag").filter(|_| is_success(&response)) else {
        return Ok(Err(Verdict::Skipped(
            "the response to PUT has no ETag".to_owned(),
        )));
    };
    let sent = crate::wire::text(sent);
    let is_current = state.etag().is_some_and(|tag| tag.to_string() == sent);
    let is_verbatim = state.content() == Some(content.as_slice());
    Ok(match (is_current, is_verbatim) {
        (true, true) => Ok(sent),
        (false, _) => Err(Verdict::Wrong(format!("{sent} is not the tag of the GET"))),
        (_, false) => Err(Verdict::Wrong(format!(
            "{sent}, for content that was not sent"
        ))),
    })
}

/// RFC 6585 §3, where the server demands a condition.
fn required(place: &mut Place<'_>) -> Result<Found, String> {
    if !place.demands_if_match() {
        let reason = "PUT needs no condition";
        return Ok(Err(Verdict::Skipped(reason.to_owned())));
    }
    place.reach(Start::Exists)?;
    let content = place.content();
    let request = Request::new("PUT", place.path(), Vec::new()).content(&content);
    let response = place.wire().exchange(&request);
    let response = response.map_err(|fault| format!("PUT: {fault}"))?;
    let status = response.status;
    let is_performed = place.state()?.content() == Some(content.as_slice());
    Ok(match (is_performed, response.content.len()) {
        (true, _) => Err(Verdict::Wrong(format!("{status}, performed"))),
        (false, 0) => Err(Verdict::Wrong(format!("{status} without content"))),
        (false, length) => Ok(format!("{status} with {length} octets of content")),
    })
}
