//! Writers that write at once.

use std::sync::Barrier;
use std::thread;

use crate::verdict::Verdict;
use crate::wire::{Request, Response};
use crate::writes::case::Start;
use crate::writes::place::Place;
use crate::writes::sequences::{Found, is_success};

const WRITERS: usize = 4;
const ROUNDS: usize = 8;

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

/// Runs the rounds of one race from this state, and says how many writers won.
fn race(place: &mut Place<'_>, start: Start, guard: &'static str) -> Result<Found, String> {
    let mut won = Vec::new();
    for _ in 0..ROUNDS {
        let before = place.reach(start)?;
        let has_strong_tag = before.etag().is_some_and(|tag| !tag.is_weak());
        if start == Start::Exists && !has_strong_tag {
            return Ok(Err(Verdict::Skipped("no strong ETag".to_owned())));
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
            return Ok(Err(Verdict::Wrong(what.to_owned())));
        }
    }
    let rounds: Vec<String> = won.iter().map(usize::to_string).collect();
    let rounds = format!("2xx each time: {}", rounds.join(", "));
    Ok(match won.iter().max() {
        Some(1) => Ok(rounds),
        // §13.2.1 says when a condition is evaluated, and not that nothing may come between.
        _ => Err(Verdict::Wrong(rounds)),
    })
}

pub(super) fn lost_updates(place: &mut Place<'_>) -> Result<Found, String> {
    race(place, Start::Exists, "If-Match: {tag}")
}

pub(super) fn concurrent_creation(place: &mut Place<'_>) -> Result<Found, String> {
    race(place, Start::Absent, "If-None-Match: *")
}
