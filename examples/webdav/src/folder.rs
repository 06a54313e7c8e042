//! The folder that is served: what is in it, and how it changes.
//!
//! `cap-std` lets no path leave the folder, also where a symbolic link is put into a path at the
//! wrong moment. Links within the folder are not served either: a file with two URLs would have two
//! sets of locks.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, FileType};
use cap_tempfile::TempFile;
use uuid::Uuid;

use crate::path::ResourcePath;

/// The folder that is served.
#[derive(Debug)]
pub(crate) struct Folder(Dir);

/// The kind of resource that a URL is mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Unmapped,
    File,
    Collection,
}

impl Folder {
    /// Opens the folder.
    pub(crate) fn open_ambient(folder: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(folder, ambient_authority()).map(Self)
    }

    /// Returns what is there.
    ///
    /// # Errors
    ///
    /// - A symbolic link, pipe or device: it is neither served nor replaced.
    pub(crate) fn kind(&self, path: &ResourcePath) -> io::Result<Kind> {
        let mut kind = Kind::Collection;
        for prefix in path.prefixes() {
            // A file has no members.
            if kind != Kind::Collection {
                return Ok(Kind::Unmapped);
            }
            kind = match self.0.symlink_metadata(prefix.to_path()) {
                Ok(metadata) => Kind::of(metadata.file_type()).ok_or_else(not_served)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => Kind::Unmapped,
                Err(error) => return Err(error),
            };
        }
        Ok(kind)
    }

    /// Opens a file for reading.
    pub(crate) fn open(&self, path: &ResourcePath) -> io::Result<File> {
        self.0.open(path.to_path())
    }

    /// Returns the members of a collection that are resources. A name that is not UTF-8 has no URL
    /// here.
    pub(crate) fn members(&self, path: &ResourcePath) -> io::Result<BTreeMap<String, Kind>> {
        let mut members = BTreeMap::new();
        for entry in self.0.read_dir(path.to_path())? {
            let entry = entry?;
            let kind = Kind::of(entry.file_type()?);
            if let (Some(kind), Ok(name)) = (kind, entry.file_name().into_string()) {
                members.insert(name, kind);
            }
        }
        Ok(members)
    }

    /// Opens the collection into which a file is written.
    pub(crate) fn open_collection(&self, path: &ResourcePath) -> io::Result<Dir> {
        self.0.open_dir(path.to_path())
    }

    /// Creates a file without content, where nothing is.
    pub(crate) fn create_empty(&self, path: &ResourcePath) -> io::Result<()> {
        let mut options = cap_std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        self.0.open_with(path.to_path(), &options).map(drop)
    }

    /// Creates a collection, where nothing is.
    pub(crate) fn create_collection(&self, path: &ResourcePath) -> io::Result<()> {
        self.0.create_dir(path.to_path())
    }

    /// Removes a file, or a collection with all that is in it. Links in it are removed and not
    /// followed.
    pub(crate) fn remove(&self, path: &ResourcePath) -> io::Result<()> {
        match self.kind(path)? {
            Kind::Unmapped => Ok(()),
            Kind::File => self.0.remove_file(path.to_path()),
            Kind::Collection => self.0.remove_dir_all(path.to_path()),
        }
    }

    /// Moves a resource into the place of whatever is at `to`.
    pub(crate) fn rename(&self, from: &ResourcePath, to: &ResourcePath) -> io::Result<()> {
        let rename = || self.0.rename(from.to_path(), &self.0, to.to_path());
        // The system replaces a file by a file in one step.
        if (self.kind(from)?, self.kind(to)?) == (Kind::File, Kind::File) {
            return rename();
        }
        self.replace(to, rename)
    }

    /// Copies a file, or a collection, into the place of whatever is at `to`.
    pub(crate) fn copy(
        &self,
        from: &ResourcePath,
        to: &ResourcePath,
        with_members: bool,
    ) -> io::Result<()> {
        let kind = self.kind(from)?;
        if (kind, self.kind(to)?) == (Kind::File, Kind::File) {
            return self.copy_file(from, to);
        }
        self.replace(to, || self.copy_into(from, kind, to, with_members))
    }

    /// Creates a resource in the place of another one. If the new resource cannot be created as a
    /// whole, the old one is restored.
    fn replace(
        &self,
        path: &ResourcePath,
        create: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let parent = path.parent().ok_or_else(not_served)?;
        let aside = parent.member(&format!(".{}", Uuid::new_v4()));
        let is_mapped = self.kind(path)? != Kind::Unmapped;
        if is_mapped {
            self.0.rename(path.to_path(), &self.0, aside.to_path())?;
        }
        let created = create();
        if created.is_err() {
            self.remove(path)?;
            if is_mapped {
                self.0.rename(aside.to_path(), &self.0, path.to_path())?;
            }
        } else if is_mapped && let Err(error) = self.remove(&aside) {
            // The method has been performed, whatever is left of the old resource.
            eprintln!("{}: {error}", aside.to_path().display());
        }
        created
    }

    fn copy_into(
        &self,
        from: &ResourcePath,
        kind: Kind,
        to: &ResourcePath,
        with_members: bool,
    ) -> io::Result<()> {
        if kind != Kind::Collection {
            return self.copy_file(from, to);
        }
        self.create_collection(to)?;
        if with_members {
            for (name, kind) in self.members(from)? {
                self.copy_into(&from.member(&name), kind, &to.member(&name), true)?;
            }
        }
        Ok(())
    }

    fn copy_file(&self, from: &ResourcePath, to: &ResourcePath) -> io::Result<()> {
        let (Some(parent), Some(name)) = (to.parent(), to.name()) else {
            return Err(not_served());
        };
        let collection = self.open_collection(&parent)?;
        let mut source = self.open(from)?;
        let mut copy = TempFile::new(&collection)?;
        io::copy(&mut source, &mut copy)?;
        let permissions = source.metadata()?.permissions();
        copy.as_file().set_permissions(permissions)?;
        copy.replace(name)
    }
}

impl Kind {
    /// Returns the kind of a resource, or `None` for a link, pipe or device.
    fn of(file_type: FileType) -> Option<Self> {
        if file_type.is_dir() {
            Some(Self::Collection)
        } else {
            file_type.is_file().then_some(Self::File)
        }
    }

    pub(crate) const fn is_collection(self) -> bool {
        matches!(self, Self::Collection)
    }
}

fn not_served() -> io::Error {
    let text = "Symbolic links, pipes and devices are not served.";
    io::Error::new(io::ErrorKind::PermissionDenied, text)
}
