//! What takes more than one request: concurrent writers, retries, and the tags of versions.

use std::sync::Barrier;
use std::thread;

use crate::case::Level::{self, Must, Taste};
use crate::run::Finding;
use crate::verdict::Verdict;
use crate::wire::{Request, Response};
use crate::writes::case::Start;
use crate::writes::place::Place;

const WRITERS: usize = 4;
const ROUNDS: usize = 8;

/// What is said of each of these cases before it runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Race {
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) section: &'static str,
    sent: &'static str,
    required: &'static str,
    why: &'static str,
    run: fn(&mut Place<'_>) -> Result<Found, String>,
}

/// What a case found: `Ok` with what came, or what is wrong and at which level.
type Found = Result<String, Verdict>;

pub(super) const CASES: &[Race] = &[
    Race {
        name: "write/lost-updates",
        level: Taste,
        section: "13.1.1",
        sent: "4 writers at once: GET, then PUT with If-Match, 8 times",
        required: "one 2xx each time",
        why: "The RFC does not say that the condition and the write are one step, but otherwise one of two writers overwrites the other.",
        run: lost_updates,
    },
    Race {
        name: "create/concurrent",
        level: Taste,
        section: "13.1.2",
        sent: "4 writers at once: PUT with If-None-Match: *, 8 times",
        required: "one 2xx each time",
        why: "The RFC does not say that the condition and the write are one step, but otherwise two clients both believe that they have created it.",
        run: concurrent_creation,
    },
    Race {
        name: "create/status",
        level: Must,
        section: "9.3.4",
        sent: "PUT with If-None-Match: * where nothing is",
        required: "201",
        why: "A server must say that it has created the resource.",
        run: created,
    },
    Race {
        name: "write/retry",
        level: Must,
        section: "13.1.1",
        sent: "PUT with If-Match: {tag}, and the same once more",
        required: "412, or 2xx as it is already applied",
        why: "A client that got no response sends the write again.",
        run: retry,
    },
    Race {
        name: "write/tag-changes",
        level: Must,
        section: "8.8.1",
        sent: "two PUTs of other octets at once",
        required: "another entity tag, or a weak one",
        why: "A strong tag made from a time or a length is the same for two versions of a second.",
        run: tag_changes,
    },
    Race {
        name: "write/etag-in-response",
        level: Must,
        section: "9.3.4",
        sent: "PUT, then GET",
        required: "the ETag of the PUT's response, if it has one, is that of the GET",
        why: "A client uses the tag in the response to PUT for its next If-Match.",
        run: etag_in_response,
    },
];

pub(super) fn run(place: &mut Place<'_>) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for case in CASES {
        let (got, verdict) = match (case.run)(place)? {
            Ok(got) => (got, Verdict::Right),
            Err(verdict) => match &verdict {
                Verdict::Wrong(_, what) => (what.clone(), verdict),
                _ => (String::new(), verdict),
            },
        };
        findings.push(Finding {
            name: case.name,
            level: case.level,
            section: case.section,
            why: case.why,
            sent: vec![case.sent.to_owned()],
            got,
            required: case.required.to_owned(),
            verdict,
            wire: Vec::new(),
        });
    }
    Ok(findings)
}

/// Sends requests on connections of their own, and the last octet of all of them at once.
fn at_once(place: &Place<'_>, requests: &[Request]) -> Vec<Option<Response>> {
    let barrier = Barrier::new(requests.len());
    let (wire, barrier) = (place.wire(), &barrier);
    let send = |request: &Request| {
        let connection = wire.open();
        let mut connection = connection.ok().map(|mut connection| {
            let last = connection.send_but_one(request);
            (connection, last)
        });
        barrier.wait();
        let (connection, last) = connection.as_mut()?;
        connection.send_last(*last);
        connection.receive(&request.method).ok()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = requests
            .iter()
            .map(|request| scope.spawn(move || send(request)))
            .collect();
        let responses = threads
            .into_iter()
            .map(|thread| thread.join().ok().flatten());
        responses.collect()
    })
}

fn is_success(response: &Response) -> bool {
    (200..300).contains(&response.status)
}

/// Runs the rounds of one race from this state, and says how many writers won.
fn race(place: &mut Place<'_>, start: Start, guard: &'static str) -> Result<Found, String> {
    let mut won = Vec::new();
    for _ in 0..ROUNDS {
        let before = place.reach(start)?;
        let has_strong_tag = before.etag().is_some_and(|tag| !tag.is_weak());
        if start == Start::Exists && !has_strong_tag {
            return Ok(Err(Verdict::Skipped("no strong entity tag".to_owned())));
        }
        let fields = before.template().fields(&[guard]);
        let contents: Vec<Vec<u8>> = (0..WRITERS).map(|_| place.content()).collect();
        let requests = contents
            .iter()
            .map(|content| Request::new("PUT", place.path(), fields.clone()).content(content));
        let requests: Vec<Request> = requests.collect();
        let responses = at_once(place, &requests);
        let winners = contents.iter().zip(&responses);
        let winners = winners.filter(|(_, response)| response.as_ref().is_some_and(is_success));
        let winners: Vec<&Vec<u8>> = winners.map(|(content, _)| content).collect();
        won.push(winners.len());
        let after = place.state()?;
        if let [winner] = winners.as_slice()
            && after.content() != Some(winner.as_slice())
        {
            let what = "the content is not that of the writer that won";
            return Ok(Err(Verdict::Wrong(Must, what.to_owned())));
        }
    }
    let rounds: Vec<String> = won.iter().map(usize::to_string).collect();
    let rounds = format!("2xx each time: {}", rounds.join(", "));
    Ok(match won.iter().max() {
        Some(1) => Ok(rounds),
        // §13.2.1 says when a condition is evaluated, and not that nothing may come between.
        _ => Err(Verdict::Wrong(Taste, rounds)),
    })
}

fn lost_updates(place: &mut Place<'_>) -> Result<Found, String> {
    race(place, Start::Exists, "If-Match: {tag}")
}

fn concurrent_creation(place: &mut Place<'_>) -> Result<Found, String> {
    race(place, Start::Absent, "If-None-Match: *")
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
        status => Err(Verdict::Wrong(Must, format!("status {status}"))),
    })
}

fn retry(place: &mut Place<'_>) -> Result<Found, String> {
    let before = place.reach(Start::Exists)?;
    if before.etag().is_none_or(|tag| tag.is_weak()) {
        return Ok(Err(Verdict::Skipped("no strong entity tag".to_owned())));
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
        Err(Verdict::Wrong(Must, got))
    })
}

fn tag_changes(place: &mut Place<'_>) -> Result<Found, String> {
    let mut tags = Vec::new();
    for _ in 0..2 {
        let content = place.content();
        let status = put(place, Start::Exists, "If-Match: *", &content)?.status;
        let state = place.state()?;
        let Some(tag) = state.etag().filter(|tag| !tag.is_weak()) else {
            return Ok(Err(Verdict::Skipped("no strong entity tag".to_owned())));
        };
        if state.content() != Some(content.as_slice()) {
            let reason = format!("PUT with If-Match: * has no effect ({status})");
            return Ok(Err(Verdict::Skipped(reason)));
        }
        tags.push(tag.to_string());
    }
    let got = tags.join(", then ");
    let is_same = tags.first() == tags.last();
    Ok(if is_same {
        Err(Verdict::Wrong(Must, got))
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
        (false, _) => Err(Verdict::Wrong(
            Must,
            format!("{sent} is not the tag of the GET"),
        )),
        (_, false) => Err(Verdict::Wrong(
            Must,
            format!("{sent}, for content that was not sent"),
        )),
    })
}
