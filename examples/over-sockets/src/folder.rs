//! The folder of files that a server serves.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use example_resource::{LAST_MODIFIED, Store};
use tempfile::TempDir;

/// A folder, which goes away when this is dropped.
#[derive(Debug)]
pub struct Folder {
    folder: TempDir,
    versions: AtomicU64,
}

impl Folder {
    /// A folder with the content and the date that a resource of the other servers has.
    pub(crate) fn new() -> Self {
        let folder = Self {
            folder: TempDir::new().expect("there is room for a folder"),
            versions: AtomicU64::new(0),
        };
        let strong = Store::new().current("/strong").expect("it exists");
        folder.put("/strong.txt", strong.content());
        folder
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces the file at this path of a URL by a rename, or makes it.
    ///
    /// Each version is a second younger than the one before, and all are so old that their tags are
    /// strong.
    ///
    /// # Panics
    ///
    /// If the file cannot be written.
    pub fn put(&self, path: &str, content: &[u8]) {
        let new = self.path().join("new");
        let mut file = File::create(&new).expect("there is room for a file");
        file.write_all(content).expect("there is room for it");
        self.age(&file);
        fs::rename(new, self.path().join(&path[1..])).expect("it is one folder");
    }

    /// Makes an open file old, with a time that no other version has.
    ///
    /// # Panics
    ///
    /// If the file has no times.
    pub fn age(&self, file: &File) {
        let version = self.versions.fetch_add(1, Ordering::SeqCst);
        let seconds = u64::try_from(LAST_MODIFIED).expect("it is after 1970");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds + version);
        file.set_modified(time).expect("it is a file");
    }
}
