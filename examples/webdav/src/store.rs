//! The state of the server, behind one lock.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use cap_std::fs::File;
use http_preconditions::Representation;

use crate::folder::{Folder, Kind};
use crate::locks::Locks;
use crate::path::ResourcePath;
use crate::properties::DeadProperties;
use crate::version::{Version, Versions};

/// Folder, locks and properties, which change together: whoever holds the guard sees no half of a
/// change, and the conditions that it has found true stay true until it lets go.
#[derive(Debug)]
pub(crate) struct Store(Mutex<Contents>);

/// The contents of a [`Store`].
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) folder: Folder,
    pub(crate) locks: Locks,
    pub(crate) properties: DeadProperties,
    versions: Versions,
}

/// A resource as it is at this moment.
#[derive(Debug)]
pub(crate) enum Resource {
    Unmapped,
    /// A collection has no validators: its list is made anew for each GET.
    Collection,
    File(Version),
}

impl Store {
    pub(crate) fn new(folder: Folder) -> Self {
        Self(Mutex::new(Contents {
            folder,
            locks: Locks::default(),
            properties: DeadProperties::default(),
            versions: Versions::default(),
        }))
    }

    /// Waits for all other requests to let go. Locks whose time is over are gone then.
    pub(crate) fn contents(&self) -> MutexGuard<'_, Contents> {
        let mut contents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        contents.locks.expire(Instant::now());
        contents
    }
}

impl Contents {
    /// Returns the resource at this path.
    pub(crate) fn resource(&mut self, path: &ResourcePath) -> io::Result<Resource> {
        Ok(match self.folder.kind(path)? {
            Kind::Unmapped => Resource::Unmapped,
            Kind::Collection => Resource::Collection,
            Kind::File => Resource::File(self.open(path)?.1),
        })
    }

    /// Returns the URL path of a resource, with a slash at the end of a collection.
    pub(crate) fn href(&self, path: &ResourcePath) -> String {
        let kind = self.folder.kind(path);
        path.href(kind.is_ok_and(Kind::is_collection))
    }

    /// Opens a file, with the version of what is opened, which its name may not lead to any more.
    pub(crate) fn open(&mut self, path: &ResourcePath) -> io::Result<(File, Version)> {
        let file = self.folder.open(path)?;
        let version = self.versions.of(&file)?;
        Ok((file, version))
    }
}

impl Resource {
    /// Returns what the conditions of a request are compared with.
    pub(crate) fn representation(&self) -> Option<Representation<'_>> {
        match self {
            Self::Unmapped => None,
            Self::Collection => Some(Representation::new().without_ranges()),
            Self::File(version) => Some(version.representation()),
        }
    }

    pub(crate) const fn is_mapped(&self) -> bool {
        !matches!(self, Self::Unmapped)
    }

    pub(crate) const fn is_collection(&self) -> bool {
        matches!(self, Self::Collection)
    }
}
