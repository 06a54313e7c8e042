//! The stored responses of all targets, in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::HeaderMap;

use crate::stored::Stored;

/// The store forgets all before it holds more octets than these.
const LIMIT: usize = 256 << 20;

/// The fields of a response and the entry itself count as so many octets.
const FIELDS: usize = 4 << 10;

/// The store, which a thread locks for a moment and never while it waits for the origin.
#[derive(Default)]
pub(crate) struct Store(Mutex<Targets>);

#[derive(Default)]
struct Targets {
    responses: HashMap<String, Vec<Arc<Stored>>>,
    /// How often responses became invalid.
    time: u64,
}

/// The stored responses that fit a request.
pub(crate) struct Found {
    pub(crate) responses: Vec<Arc<Stored>>,
    /// When they were found, in invalidations.
    pub(crate) time: u64,
}

impl Store {
    /// Finds the responses that a request for this target may select, fresh or stale.
    pub(crate) fn select(&self, target: &str, request: &HeaderMap) -> Found {
        let targets = self.lock();
        let responses = targets.responses.get(target).into_iter().flatten();
        let responses = responses.filter(|stored| stored.fits(request)).cloned();
        Found {
            responses: responses.collect(),
            time: targets.time,
        }
    }

    /// Stores a response in place of those that it replaces, or combines it with a stored part. The origin was asked for it at this
    /// time: if responses became invalid since then, it may be one of them, and is not stored.
    pub(crate) fn insert(&self, target: String, time: u64, new: Stored) {
        let mut targets = self.lock();
        if targets.time != time {
            return;
        }
        let all = targets.responses.values().flatten();
        let octets: usize = all.map(|stored| stored.content().len() + FIELDS).sum();
        if octets + new.content().len() + FIELDS > LIMIT {
            targets.responses.clear();
        }
        let responses = targets.responses.entry(target).or_default();
        let combined = |older: &Arc<Stored>| older.combined_with(&new);
        let new = responses.iter().find_map(combined).unwrap_or(new);
        responses.retain(|older| !new.replaces(older));
        responses.push(Arc::new(new));
    }

    /// Puts an updated response in the place of `old`, unless that is gone meanwhile.
    pub(crate) fn replace(&self, target: &str, old: &Arc<Stored>, new: Stored) -> Arc<Stored> {
        let new = Arc::new(new);
        if let Some(responses) = self.lock().responses.get_mut(target) {
            for stored in responses
                .iter_mut()
                .filter(|stored| Arc::ptr_eq(stored, old))
            {
                *stored = Arc::clone(&new);
            }
        }
        new
    }

    /// Drops all responses of a target: they became invalid.
    pub(crate) fn remove(&self, target: &str) {
        let mut targets = self.lock();
        targets.responses.remove(target);
        targets.time += 1;
    }

    fn lock(&self) -> MutexGuard<'_, Targets> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
