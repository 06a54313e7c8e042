//! A file that is open: its validators, and its octets as long as they are those of one version.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use http_preconditions::tag::FileValidators;

/// One version of a file, even if its name is that of another file meanwhile.
#[derive(Debug)]
pub(crate) struct OpenFile {
    file: File,
    opened: SystemTime,
    validators: FileValidators,
}

impl OpenFile {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let opened = SystemTime::now();
        let validators = validators(&file, opened)?;
        Ok(Self {
            file,
            opened,
            validators,
        })
    }

    /// The time before the metadata was read.
    pub(crate) const fn opened(&self) -> SystemTime {
        self.opened
    }

    /// The validators of the version that was opened.
    pub(crate) const fn validators(&self) -> FileValidators {
        self.validators
    }

    /// Reads so many octets from there on.
    ///
    /// The file may be written to meanwhile. It is an error if it is shorter or another version
    /// after the octets were read, so that nobody gets those of two versions as one.
    pub(crate) fn read(&mut self, first: u64, length: usize) -> io::Result<Bytes> {
        let mut octets = BytesMut::zeroed(length);
        self.file.seek(SeekFrom::Start(first))?;
        self.file.read_exact(&mut octets)?;
        if validators(&self.file, self.opened)? == self.validators {
            Ok(octets.freeze())
        } else {
            Err(io::Error::other("the file was changed while it was sent"))
        }
    }
}

/// From the open file and not from its path, where there may be another file already.
fn validators(file: &File, now: SystemTime) -> io::Result<FileValidators> {
    let metadata = file.metadata()?;
    let validators = FileValidators::from_metadata_at(&metadata, now)?;
    #[cfg(unix)]
    let validators = validators.inode(std::os::unix::fs::MetadataExt::ino(&metadata));
    Ok(validators)
}
