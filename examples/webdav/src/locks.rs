//! The write locks, in memory: which resources they cover, and which of them a method affects.

use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::path::ResourcePath;

/// The number of locks at a time.
const LIMIT: usize = 10_000;

/// A server may grant less than a client asks for (RFC 4918 §10.7). A client that forgets its lock
/// keeps others out for an hour at most.
const LONGEST: Duration = Duration::from_hours(1);

/// Whether others may have a lock too. (§14.27)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Exclusive,
    Shared,
}

/// How far down a lock reaches. (§10.2)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The resource alone: of a collection, its list of members and its properties.
    Resource,
    /// The resource, and everything below it.
    Infinity,
}

/// A request for a lock.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) scope: Scope,
    pub(crate) reach: Reach,
    /// The `owner` element as the client sent it.
    pub(crate) owner: Option<String>,
    /// `None` for no wish.
    pub(crate) timeout: Option<Duration>,
}

/// A lock.
#[derive(Clone, Debug)]
pub(crate) struct Lock {
    token: String,
    root: ResourcePath,
    scope: Scope,
    reach: Reach,
    owner: Option<String>,
    expires: Instant,
}

impl Lock {
    /// Returns the lock token, a URI that no other lock has for all time (§6.5).
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) const fn root(&self) -> &ResourcePath {
        &self.root
    }

    pub(crate) const fn scope(&self) -> Scope {
        self.scope
    }

    pub(crate) const fn reach(&self) -> Reach {
        self.reach
    }

    pub(crate) fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// Returns the seconds that are left, to the nearest one: a new lock has all that it was granted.
    pub(crate) fn seconds_left(&self, now: Instant) -> u64 {
        let left = self.expires.saturating_duration_since(now);
        (left + Duration::from_millis(500)).as_secs()
    }

    /// Returns true if the resource is in the scope of this lock (§10.4.4).
    pub(crate) fn covers(&self, path: &ResourcePath) -> bool {
        *path == self.root || (self.reach == Reach::Infinity && path.is_within(&self.root))
    }

    fn renew(&mut self, timeout: Option<Duration>, now: Instant) {
        self.expires = now + timeout.unwrap_or(LONGEST).min(LONGEST);
    }
}

/// The locks of one resource that a method changes. The request must submit the token of one of
/// them (§7.5).
pub(crate) type Demand = Vec<Lock>;

/// The lock table.
#[derive(Debug, Default)]
pub(crate) struct Locks(Vec<Lock>);

/// A lock that is not granted.
#[derive(Debug)]
pub(crate) enum NotGranted {
    /// These are in its way.
    Conflict(Vec<Lock>),
    /// There are too many locks.
    Full,
}

impl Locks {
    /// Removes the locks whose time is over.
    pub(crate) fn expire(&mut self, now: Instant) {
        self.0.retain(|lock| lock.expires > now);
    }

    /// Returns the locks in whose scope the resource is.
    pub(crate) fn covering(&self, path: &ResourcePath) -> impl Iterator<Item = &Lock> {
        let path = path.clone();
        self.0.iter().filter(move |lock| lock.covers(&path))
    }

    /// Returns true if the resource is in the scope of the lock with this token.
    pub(crate) fn has(&self, path: &ResourcePath, token: &[u8]) -> bool {
        let mut covering = self.covering(path);
        covering.any(|lock| lock.token.as_bytes() == token)
    }

    /// Grants a lock, unless it conflicts with another one: only shared locks can be on one resource
    /// together (§6.2).
    pub(crate) fn grant(
        &mut self,
        root: &ResourcePath,
        request: Request,
        now: Instant,
    ) -> Result<&Lock, NotGranted> {
        let mut lock = Lock {
            token: Uuid::new_v4().urn().to_string(),
            root: root.clone(),
            scope: request.scope,
            reach: request.reach,
            owner: request.owner,
            expires: now,
        };
        lock.renew(request.timeout, now);
        let conflicts = |other: &&Lock| {
            let overlaps = other.covers(root) || lock.covers(&other.root);
            overlaps && (other.scope, lock.scope) != (Scope::Shared, Scope::Shared)
        };
        let conflicts: Vec<Lock> = self.0.iter().filter(conflicts).cloned().collect();
        if !conflicts.is_empty() {
            return Err(NotGranted::Conflict(conflicts));
        }
        if self.0.len() >= LIMIT {
            return Err(NotGranted::Full);
        }
        self.0.push(lock);
        Ok(&self.0[self.0.len() - 1])
    }

    /// Begins the time of a lock anew, or returns `None` if the resource is not in its scope.
    pub(crate) fn refresh(
        &mut self,
        path: &ResourcePath,
        token: &[u8],
        timeout: Option<Duration>,
        now: Instant,
    ) -> Option<&Lock> {
        let lock = self.find(path, token)?;
        let lock = &mut self.0[lock];
        lock.renew(timeout, now);
        Some(lock)
    }

    /// Removes a lock. Returns false if the resource is not in its scope.
    pub(crate) fn unlock(&mut self, path: &ResourcePath, token: &[u8]) -> bool {
        let lock = self.find(path, token);
        lock.map(|lock| self.0.swap_remove(lock)).is_some()
    }

    fn find(&self, path: &ResourcePath, token: &[u8]) -> Option<usize> {
        let is = |lock: &Lock| lock.token.as_bytes() == token && lock.covers(path);
        self.0.iter().position(is)
    }

    /// Removes the locks that were set on this resource or below it, because they are deleted or
    /// moved away (§7.6, §9.6).
    pub(crate) fn remove_within(&mut self, path: &ResourcePath) {
        self.0.retain(|lock| !lock.root.is_within(path));
    }

    /// Removes the locks that were set below this resource, because its members are replaced.
    pub(crate) fn remove_below(&mut self, path: &ResourcePath) {
        self.0
            .retain(|lock| lock.root == *path || !lock.root.is_within(path));
    }

    /// Returns what a change of content or properties must submit.
    pub(crate) fn change_of(&self, path: &ResourcePath) -> Vec<Demand> {
        let demand: Demand = self.covering(path).cloned().collect();
        [demand].into_iter().filter(|d| !d.is_empty()).collect()
    }

    /// Returns what the creation of a member must submit: it changes the list of members of its
    /// collection, on which the lock may be of depth 0 (§7.4).
    pub(crate) fn creation_of(&self, path: &ResourcePath) -> Vec<Demand> {
        path.parent()
            .map(|parent| self.change_of(&parent))
            .unwrap_or_default()
    }

    /// Returns what the replacement of a resource must submit: for the resource, and for every
    /// locked resource below it.
    pub(crate) fn replacement_of(&self, path: &ResourcePath) -> Vec<Demand> {
        let mut demands = self.change_of(path);
        let below = |lock: &&Lock| lock.root != *path && lock.root.is_within(path);
        for lock in self.0.iter().filter(below) {
            demands.extend(self.change_of(&lock.root));
        }
        demands
    }

    /// Returns what the removal of a resource must submit: it is a replacement by nothing, and it
    /// changes the list of members of the collection.
    pub(crate) fn removal_of(&self, path: &ResourcePath) -> Vec<Demand> {
        let mut demands = self.replacement_of(path);
        demands.extend(self.creation_of(path));
        demands
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(url: &str) -> ResourcePath {
        ResourcePath::parse(url.as_bytes()).unwrap()
    }

    const fn request(scope: Scope, reach: Reach) -> Request {
        Request {
            scope,
            reach,
            owner: None,
            timeout: None,
        }
    }

    #[test]
    fn locks_conflict_where_they_overlap_and_one_is_exclusive() {
        use Reach::{Infinity, Resource};
        use Scope::{Exclusive, Shared};
        for (first, second, is_granted) in [
            // The compatibility table of RFC 4918 §6.2.
            (
                ("/a", Exclusive, Resource),
                ("/a", Exclusive, Resource),
                false,
            ),
            (("/a", Exclusive, Resource), ("/a", Shared, Resource), false),
            (("/a", Shared, Resource), ("/a", Exclusive, Resource), false),
            (("/a", Shared, Resource), ("/a", Shared, Resource), true),
            // Below, and above.
            (
                ("/a", Exclusive, Infinity),
                ("/a/b", Exclusive, Resource),
                false,
            ),
            (
                ("/a/b", Exclusive, Resource),
                ("/a", Exclusive, Infinity),
                false,
            ),
            (("/a", Shared, Infinity), ("/a/b", Shared, Resource), true),
            // A lock of depth 0 does not reach the members.
            (
                ("/a", Exclusive, Resource),
                ("/a/b", Exclusive, Resource),
                true,
            ),
            (
                ("/a/b", Exclusive, Resource),
                ("/a", Exclusive, Resource),
                true,
            ),
            // Neighbours.
            (
                ("/a", Exclusive, Infinity),
                ("/ab", Exclusive, Infinity),
                true,
            ),
        ] {
            let (mut locks, now) = (Locks::default(), Instant::now());
            let mut grant = |(url, scope, reach): (&str, _, _)| {
                locks.grant(&path(url), request(scope, reach), now).is_ok()
            };
            assert!(grant(first));
            assert_eq!(grant(second), is_granted, "{first:?} {second:?}");
        }
    }

    #[test]
    fn a_lock_ends_with_its_time_and_a_refresh_begins_it_anew() {
        let (mut locks, start) = (Locks::default(), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        let ten = Some(Duration::from_secs(10));
        let request = Request {
            timeout: ten,
            ..request(Scope::Exclusive, Reach::Resource)
        };
        let token = locks
            .grant(&path("/a"), request, start)
            .unwrap()
            .token
            .clone();
        locks.expire(after(9));
        assert!(locks.has(&path("/a"), token.as_bytes()));
        let refreshed = locks.refresh(&path("/a"), token.as_bytes(), ten, after(9));
        assert_eq!(refreshed.unwrap().seconds_left(after(9)), 10);
        locks.expire(after(18));
        assert!(locks.has(&path("/a"), token.as_bytes()));
        locks.expire(after(19));
        assert!(!locks.has(&path("/a"), token.as_bytes()));
        assert!(
            locks
                .refresh(&path("/a"), token.as_bytes(), ten, after(19))
                .is_none()
        );
    }

    #[test]
    fn no_lock_is_longer_than_the_longest() {
        for (asked, seconds) in [(None, 3600), (Some(u64::MAX), 3600), (Some(60), 60)] {
            let (mut locks, now) = (Locks::default(), Instant::now());
            let request = Request {
                timeout: asked.map(Duration::from_secs),
                ..request(Scope::Shared, Reach::Resource)
            };
            let lock = locks.grant(&path("/a"), request, now).unwrap();
            assert_eq!(lock.seconds_left(now), seconds, "{asked:?}");
        }
    }

    #[test]
    fn methods_demand_the_locks_of_all_that_they_change() {
        use Reach::{Infinity, Resource};
        /// The demands: the roots of the locks of each.
        type Demands<'a> = &'a [&'a [&'a str]];
        /// The locks; the resource; change, creation and removal of it.
        type Row<'a> = (&'a [(&'a str, Reach)], &'a str, [Demands<'a>; 3]);
        let rows: [Row<'_>; 6] = [
            (&[("/a", Resource)], "/a", [&[&["/a"]], &[], &[&["/a"]]]),
            (&[("/a", Resource)], "/a/b", [&[], &[&["/a"]], &[&["/a"]]]),
            (
                &[("/a", Infinity)],
                "/a/b",
                [&[&["/a"]], &[&["/a"]], &[&["/a"], &["/a"]]],
            ),
            (&[("/a", Resource)], "/a/b/c", [&[], &[], &[]]),
            (
                &[("/a/b", Resource), ("/a/c", Resource)],
                "/a",
                [&[], &[], &[&["/a/b"], &["/a/c"]]],
            ),
            // One of several shared locks is enough.
            (
                &[("/a", Resource), ("/a", Resource)],
                "/a",
                [&[&["/a", "/a"]], &[], &[&["/a", "/a"]]],
            ),
        ];
        for (locked, url, expected) in rows {
            let (mut locks, now) = (Locks::default(), Instant::now());
            for (url, reach) in locked {
                let request = request(Scope::Shared, *reach);
                locks.grant(&path(url), request, now).unwrap();
            }
            let roots = |demands: Vec<Demand>| -> Vec<Vec<String>> {
                let root = |lock: &Lock| lock.root.href(false);
                demands
                    .iter()
                    .map(|demand| demand.iter().map(root).collect())
                    .collect()
            };
            let demands = [
                roots(locks.change_of(&path(url))),
                roots(locks.creation_of(&path(url))),
                roots(locks.removal_of(&path(url))),
            ];
            assert_eq!(demands, expected, "{locked:?} {url}");
        }
    }
}
