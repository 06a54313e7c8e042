//! Clients, a cache and an origin server, all of this crate, talk to each other over resources that
//! change, and connections that are cut. No client ever shows a version that is out of date, or one
//! that never was; no write loses another one; no octets are sent to a cache or a client that holds
//! them and has a validator for them.
//!
//! Where two versions share a date, and there is no tag, less is shown: that nothing is spliced,
//! and that no write past the cache loses another one. Such a date is out of date at will for
//! If-Modified-Since, and behind a cache that has put the Date of a 304 beside it a client cannot
//! know that it is weak, so that no client writes through the cache there.
//!
//! `SIMULATION_SEED=<number>` runs one again.
#![allow(
    clippy::cast_possible_truncation,
    reason = "nothing here has more octets than a page"
)]

mod cache;
mod chance;
mod client;
mod message;
mod origin;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use cache::Cache;
use chance::Chance;
use client::Client;
use http_preconditions::client::DateTrust;
use message::{Fields, Request, Response};
use origin::{POLICIES, Policy, Resource};

const EXCHANGES: usize = 100_000;

/// A resource with the cache before it and the clients who look at it.
struct Place {
    resource: Resource,
    cache: Cache,
    /// The last one goes past the cache.
    clients: [Client; 3],
}

fn seed() -> u64 {
    match std::env::var("SIMULATION_SEED") {
        Ok(seed) => seed.parse().expect("SIMULATION_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}

#[test]
fn nothing_is_stale_or_spliced_or_lost_or_sent_needlessly() {
    let seed = seed();
    println!("SIMULATION_SEED={seed}");
    let mut chance = Chance(seed);
    let mut places: Vec<Place> = POLICIES
        .iter()
        .flat_map(|policy| [0, 3].map(|max_age| Resource::new(*policy, max_age)))
        .map(|resource| Place {
            resource,
            cache: Cache::default(),
            clients: [
                Client::new(DateTrust::SameClock, true),
                Client::new(DateTrust::default(), false),
                Client::new(DateTrust::SameClock, false),
            ],
        })
        .collect();
    // Sat, 29 Oct 1994 19:43:31 GMT
    let mut now = 783_459_811;
    let mut exchanges = 0;
    while exchanges < EXCHANGES {
        now += match chance.below(40) {
            0 => 100,
            1..=9 => 1,
            _ => 0,
        };
        let place = chance.below(places.len() as u64) as usize;
        let place = &mut places[place];
        // Often within one second.
        while chance.one_in(4) {
            place.resource.change(&mut chance, now);
        }
        exchanges += exchange(place, &mut chance, now);
    }
    report(&places, exchanges);
}

/// One of the things that a client does, and how many exchanges with the origin or the cache it
/// takes.
fn exchange(place: &mut Place, chance: &mut Chance, now: i64) -> usize {
    let Place {
        resource,
        cache,
        clients,
    } = place;
    let index = chance.below(clients.len() as u64) as usize;
    let is_direct = index == clients.len() - 1;
    let (policy, max_age) = (resource.policy, resource.max_age);
    if chance.one_in(16) {
        cache.evict();
    }
    let mut count = 0;
    let mut server = |request: &Request| -> Response {
        count += 1;
        let mut origin = |request: &Request| resource.answer(request, now);
        if is_direct {
            origin(request)
        } else {
            cache.answer(request, now, max_age, &mut origin)
        }
    };
    match chance.below(12) {
        0 => {
            server(&client::request("HEAD", Fields::default()));
        }
        // HTTP has no safe guard there, as said above.
        1 | 2 if policy != Policy::WeakDate || is_direct => {
            clients[index].write(chance, &mut server);
        }
        _ => {
            let shown = clients[index].show(chance, &mut server);
            if let Some(content) = shown {
                let seconds = if is_direct { 0 } else { max_age };
                // Two versions with one date are one to If-Modified-Since; a splice is neither.
                let is_right = match policy {
                    Policy::WeakDate => resource.was_ever(&content),
                    _ => resource.was_current(&content, now, seconds),
                };
                let kind = if resource.was_ever(&content) {
                    "stale"
                } else {
                    "spliced"
                };
                assert!(
                    is_right,
                    "{kind} octets: {policy:?}, max-age {max_age}, client {index}"
                );
            }
        }
    }
    count
}

/// Prints what has happened, and demands that each kind of it has, since a simulation in which
/// nothing happens shows nothing.
fn report(places: &[Place], exchanges: usize) {
    let caches = places.iter().map(|place| place.cache.counts);
    let clients = || {
        places
            .iter()
            .flat_map(|place| &place.clients)
            .map(|client| client.counts)
    };
    let cache =
        |count: fn(&cache::Counts) -> u64| caches.clone().map(|counts| count(&counts)).sum::<u64>();
    let client =
        |count: fn(&client::Counts) -> u64| clients().map(|counts| count(&counts)).sum::<u64>();
    let prevented: u64 = places
        .iter()
        .map(|place| place.resource.lost_updates_prevented)
        .sum();
    println!("exchanges: {exchanges}");
    let counts = [
        ("the cache served what it had", cache(|it| it.served)),
        ("the cache served a 404", cache(|it| it.served_404)),
        (
            "the cache served a range of it",
            cache(|it| it.served_ranges),
        ),
        (
            "the cache served a range of a part",
            cache(|it| it.served_of_parts),
        ),
        (
            "the cache answered 304 by itself",
            cache(|it| it.not_modified),
        ),
        (
            "a 304 freshened a stored response",
            cache(|it| it.freshened),
        ),
        (
            "a 304 was the client's",
            cache(|it| it.forwarded_not_modified),
        ),
        (
            "a 200 was built from what a 304 freshened",
            cache(|it| it.built_from_stored),
        ),
        (
            "a 304 did not say what it was about",
            cache(|it| it.asked_again),
        ),
        (
            "a client held what the origin sent anew",
            cache(|it| it.held_by_date),
        ),
        (
            "a HEAD made a stored response stale",
            cache(|it| it.head_stale),
        ),
        ("a client was told 304", client(|it| it.not_modified)),
        ("a connection was cut", client(|it| it.cut)),
        ("a download was resumed", client(|it| it.resumed)),
        (
            "a download was resumed by its date",
            client(|it| it.resumed_by_date),
        ),
        (
            "a download was resumed by If-Unmodified-Since",
            client(|counts| counts.resumed_if_unmodified),
        ),
        ("it had changed", client(|counts| counts.modified_since)),
        (
            "what was to be resumed had changed",
            client(|it| it.changed_in_between),
        ),
        (
            "a 206 of another version was refused",
            client(|it| it.refused),
        ),
        (
            "a 206 of another coding was refused",
            client(|it| it.other_codings),
        ),
        (
            "a client asked by a date of its own",
            client(|it| it.own_dates),
        ),
        (
            "no validator was strong enough to resume",
            client(|it| it.could_not_resume),
        ),
        ("a client wrote", client(|it| it.written)),
        ("a client created", client(|it| it.created)),
        ("a write was refused", client(|it| it.conflicts)),
        ("a lost update was prevented", prevented),
        (
            "no validator was strong enough to write",
            client(|it| it.unguarded),
        ),
    ];
    for (what, count) in counts {
        println!("{count:7}  {what}");
        assert!(count >= 20, "{what}: {count}");
    }
}
