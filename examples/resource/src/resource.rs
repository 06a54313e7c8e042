//! One resource: versions that come one after the other, each with the validators of its kind.

use bytes::Bytes;
use http_preconditions::{EntityTag, HttpDate, Representation};

/// When every resource was last modified before anybody modifies it: Sat, 29 Oct 1994 19:43:31
/// GMT.
pub const LAST_MODIFIED: i64 = 783_459_811;

/// Which validators a resource has, and how good they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validator {
    None,
    Weak,
    Strong,
}

/// What stays the same from version to version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) etag: Validator,
    pub(crate) last_modified: Validator,
    pub(crate) ranges: bool,
    /// Whether a method that changes it is refused with 428 where no tag guards it.
    pub(crate) guarded: bool,
}

impl Kind {
    /// Both validators, both strong.
    pub(crate) const STRONG: Self = Self {
        etag: Validator::Strong,
        last_modified: Validator::Strong,
        ranges: true,
        guarded: false,
    };
}

/// The content and the validators at one moment. Its octets are shared, not copied.
#[derive(Clone, Debug)]
pub struct Version {
    content: Bytes,
    etag: Option<String>,
    last_modified: Option<HttpDate>,
    strong_date: bool,
    ranges: bool,
}

impl Version {
    /// The octets.
    #[must_use]
    pub const fn content(&self) -> &Bytes {
        &self.content
    }

    /// The value of `ETag`.
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }

    /// The value of `Last-Modified`.
    #[must_use]
    pub const fn last_modified(&self) -> Option<HttpDate> {
        self.last_modified
    }

    /// Whether the date is a strong validator, which no field tells.
    #[must_use]
    pub const fn has_strong_date(&self) -> bool {
        self.strong_date
    }

    /// Whether parts of the content can be had.
    #[must_use]
    pub const fn has_ranges(&self) -> bool {
        self.ranges
    }

    /// What the conditions of a request are tested on.
    ///
    /// # Panics
    ///
    /// Never: the tag is one that the store made.
    #[must_use]
    pub fn representation(&self) -> Representation<'_> {
        let etag = self
            .etag()
            .map(|etag| EntityTag::parse(etag.as_bytes()).expect("the store makes valid tags"));
        let mut current = Representation::with_validators(etag, None);
        if let Some(date) = self.last_modified {
            current = if self.strong_date {
                current.strong_last_modified(date)
            } else {
                current.last_modified(date)
            };
        }
        if self.ranges {
            let length = u64::try_from(self.content.len()).expect("it is in memory");
            current.complete_length(length)
        } else {
            current.without_ranges()
        }
    }
}

/// A resource over time.
#[derive(Debug)]
pub(crate) struct Resource {
    kind: Kind,
    current: Option<Version>,
    /// The number of the latest version. It outlives a DELETE, so that no tag ever names two
    /// versions; a store that outlives its process keeps it with the content.
    number: u64,
    /// The latest modification date that was given away.
    latest: HttpDate,
}

impl Resource {
    /// One that does not exist yet.
    pub(crate) const fn missing(kind: Kind) -> Self {
        Self {
            kind,
            current: None,
            number: 0,
            latest: HttpDate::MIN,
        }
    }

    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) const fn current(&self) -> Option<&Version> {
        self.current.as_ref()
    }

    /// Makes a new version of it.
    pub(crate) fn write(&mut self, content: Bytes, now: HttpDate) -> &Version {
        self.number += 1;
        let weak = match self.kind.etag {
            Validator::None => None,
            Validator::Weak => Some("W/"),
            Validator::Strong => Some(""),
        };
        // A date that two versions share tells neither from the other, and a clock can go back
        // (RFC 9110 §8.8.2.2).
        let strong_date = self.kind.last_modified == Validator::Strong && now > self.latest;
        self.latest = self.latest.max(now);
        self.current.insert(Version {
            content,
            etag: weak.map(|weak| format!("{weak}\"v{}\"", self.number)),
            last_modified: (self.kind.last_modified != Validator::None).then_some(now),
            strong_date,
            ranges: self.kind.ranges,
        })
    }

    pub(crate) fn delete(&mut self) {
        self.current = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> HttpDate {
        HttpDate::from_unix(seconds).unwrap()
    }

    #[test]
    fn no_tag_names_two_versions() {
        let mut resource = Resource::missing(Kind::STRONG);
        assert_eq!(resource.write(Bytes::new(), at(1)).etag(), Some("\"v1\""));
        resource.delete();
        assert!(resource.current().is_none());
        assert_eq!(resource.write(Bytes::new(), at(2)).etag(), Some("\"v2\""));
    }

    #[test]
    fn a_date_is_strong_while_it_is_that_of_one_version() {
        let mut resource = Resource::missing(Kind::STRONG);
        for (now, strong) in [(10, true), (10, false), (11, true), (10, false), (12, true)] {
            let version = resource.write(Bytes::new(), at(now));
            assert_eq!(version.last_modified(), Some(at(now)));
            assert_eq!(version.has_strong_date(), strong, "{now}");
        }
    }
}
