//! The validators of a file: a strong entity tag, and the modification date.

use std::collections::HashMap;
use std::io;
use std::time::SystemTime;

use cap_std::fs::{File, Metadata, MetadataExt as _};
use http_preconditions::tag::{EntityTagBuf, ModificationTime};
use http_preconditions::{HttpDate, Representation};
use sha2::{Digest as _, Sha256};

/// The number of tags that are remembered.
const REMEMBERED: usize = 10_000;

/// A tag that is the SHA-256 of the content.
///
/// Two writes within one step of the file system's clock, a rename of an equally old file, and
/// `touch -d` all leave length and time as they were. A client that holds the tag of a lost version
/// would overwrite the current one. A digest differs whenever the content does, whoever changed it
/// and however.
type Tag = EntityTagBuf<45>;

/// One version of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    tag: Tag,
    /// `None` for a time that HTTP has no date for.
    modified: Option<HttpDate>,
    length: u64,
}

impl Version {
    /// Creates the version of a file with this digest of its content.
    pub(crate) fn new(digest: Sha256, metadata: &Metadata) -> io::Result<Self> {
        Self::with_tag(tag(digest), metadata)
    }

    fn with_tag(tag: Tag, metadata: &Metadata) -> io::Result<Self> {
        let modified = metadata.modified()?.into_std();
        Ok(Self {
            tag,
            modified: HttpDate::try_from(modified).ok(),
            length: metadata.len(),
        })
    }

    /// Returns the representation that the conditions of a request are compared with.
    pub(crate) fn representation(&self) -> Representation<'_> {
        let representation = Representation::new()
            .etag(self.tag.as_entity_tag())
            .complete_length(self.length);
        match self.modified {
            // A weak validator: a file can change twice within a second (RFC 9110 §8.8.2.2).
            Some(date) => representation.last_modified(date),
            None => representation,
        }
    }

    pub(crate) const fn length(&self) -> u64 {
        self.length
    }

    pub(crate) const fn modified(&self) -> Option<HttpDate> {
        self.modified
    }

    pub(crate) const fn tag(&self) -> Tag {
        self.tag
    }
}

/// The metadata of a file, which change with every change of the file once its times are older than
/// a step of the clock: device, inode, length, and the times of the last change of content and of metadata. No program
/// can set the last of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Identity([i128; 7]);

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self([
            metadata.dev().into(),
            metadata.ino().into(),
            metadata.len().into(),
            metadata.mtime().into(),
            metadata.mtime_nsec().into(),
            metadata.ctime().into(),
            metadata.ctime_nsec().into(),
        ])
    }
}

/// The tags of the files that have been read.
#[derive(Debug, Default)]
pub(crate) struct Versions(HashMap<Identity, Tag>);

impl Versions {
    /// Returns the version of an open file. Reads the file, unless it is certain that the file has
    /// not changed since it was read last.
    ///
    /// # Errors
    ///
    /// - Another program writes to the file all the time.
    pub(crate) fn of(&mut self, file: &File) -> io::Result<Version> {
        for _ in 0..3 {
            // The clock first: a time that is settled now may have been young when it was read.
            let now = SystemTime::now();
            let metadata = file.metadata()?;
            let identity = Identity::of(&metadata);
            let tag = match self.0.get(&identity) {
                Some(tag) => *tag,
                None => digest(file)?,
            };
            if Identity::of(&file.metadata()?) != identity {
                continue;
            }
            self.remember(identity, tag, is_settled(&metadata, now));
            return Version::with_tag(tag, &metadata);
        }
        let text = "The file changes while it is read.";
        Err(io::Error::new(io::ErrorKind::ResourceBusy, text))
    }

    /// Remembers the tag only if the next change will have another identity: the clock of the file
    /// system has gone on since the last one.
    fn remember(&mut self, identity: Identity, tag: Tag, is_settled: bool) {
        if !is_settled {
            return;
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        self.0.insert(identity, tag);
    }
}

fn is_settled(metadata: &Metadata, now: SystemTime) -> bool {
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).unwrap_or(0);
    let changed = ModificationTime::from_unix(metadata.ctime(), nanoseconds);
    match (changed, ModificationTime::try_from(now)) {
        (Ok(changed), Ok(now)) => changed.is_settled(now),
        _ => false,
    }
}

fn tag(digest: Sha256) -> Tag {
    Tag::from_digest_base64url(&digest.finalize().into())
}

fn digest(file: &File) -> io::Result<Tag> {
    use std::os::unix::fs::FileExt as _;

    let file = file.try_clone()?.into_std();
    let (mut digest, mut position) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read_at(&mut buffer, position)? {
            0 => return Ok(tag(digest)),
            length => {
                digest.update(&buffer[..length]);
                position += length as u64;
            }
        }
    }
}
