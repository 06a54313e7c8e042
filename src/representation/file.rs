//! The validators of a file, from its metadata. (Feature `std`.)

use std::fs::Metadata;
use std::io;
use std::time::SystemTime;

use crate::date::http_date::HttpDate;
use crate::date::modification_time::ModificationTime;
use crate::representation::Representation;
use crate::tag::buf::EntityTagBuf;
use crate::tag::builder::EntityTagBuilder;

/// The validators of a file that is served as it is: tag, modification date and length. (Feature
/// `std`.) ([RFC 9110 §8.8])
///
/// The tag has the length and the time of the file, as that of
/// [`EntityTagBuf::from_file`] has. The date is always a weak validator: a file can change twice in
/// one second.
///
/// # Examples
///
/// ```
/// use std::time::SystemTime;
///
/// use http_preconditions::evaluate;
/// use http_preconditions::tag::FileValidators;
///
/// let file = std::fs::File::open("README.md")?;
/// let now = SystemTime::now(); // before the metadata
/// let validators = FileValidators::from_metadata_at(&file.metadata()?, now)?;
///
/// let held = validators.tag().to_string();
/// let current = validators.representation();
/// assert_eq!(evaluate("GET", [("If-None-Match", held)], Some(&current)).status(), 304);
/// let part = evaluate("GET", [("Range", "bytes=0-99")], Some(&current));
/// assert_eq!(part.status(), 206);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// [RFC 9110 §8.8]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileValidators {
    length: u64,
    modified: ModificationTime,
    tag: EntityTagBuf<61>,
}

impl FileValidators {
    /// Creates the validators of a file, with a weak tag. Nothing guarantees that each change of
    /// the file gives another time.
    ///
    /// # Errors
    ///
    /// - The platform has no modification times.
    /// - The time is before year 1 or after year 9999.
    pub fn from_metadata(metadata: &Metadata) -> io::Result<Self> {
        Self::new(metadata, None)
    }

    /// Creates the validators of a file, with a strong tag if the time of the file [is
    /// settled](ModificationTime::is_settled) at `now`: more than two seconds ago.
    ///
    /// You must guarantee what [`EntityTagBuf::from_file_at`] lists. Read `now` before the
    /// metadata, and the metadata again after the content.
    ///
    /// # Errors
    ///
    /// - The platform has no modification times.
    /// - The time, or `now`, is before year 1 or after year 9999.
    pub fn from_metadata_at(metadata: &Metadata, now: SystemTime) -> io::Result<Self> {
        let now = ModificationTime::try_from(now).map_err(io::Error::other)?;
        Self::new(metadata, Some(now))
    }

    fn new(metadata: &Metadata, now: Option<ModificationTime>) -> io::Result<Self> {
        let modified = ModificationTime::try_from(metadata.modified()?);
        let modified = modified.map_err(io::Error::other)?;
        let length = metadata.len();
        Ok(Self {
            length,
            modified,
            tag: match now {
                Some(now) => EntityTagBuf::from_file_at(length, modified, now),
                None => EntityTagBuf::from_file(length, modified),
            },
        })
    }

    /// Adds the number of the file's inode to the tag, for files that are replaced by a rename: the
    /// new file may have the length and the time of the old one.
    ///
    /// On Unix it is `metadata.ino()`. The file system must keep the number for as long as the file
    /// exists, which some network file systems do not.
    #[must_use]
    pub fn inode(self, inode: u64) -> Self {
        let builder = EntityTagBuilder::new().length(self.length);
        let builder = builder.strong_modified(self.modified).version(inode);
        let tag = if self.tag.as_entity_tag().is_weak() {
            builder.weak().build()
        } else {
            builder.build()
        };
        // Never too small: `W/` and quotes take 4 bytes, the length 16, the seconds 10, the
        // nanoseconds 8, the inode 20, and the full stops 3.
        Self {
            tag: tag.unwrap_or(self.tag),
            ..self
        }
    }

    /// Returns the tag.
    #[must_use]
    pub const fn tag(&self) -> EntityTagBuf<61> {
        self.tag
    }

    /// Returns the modification date.
    #[must_use]
    pub const fn last_modified(&self) -> HttpDate {
        self.modified.date()
    }

    /// Returns the length in bytes.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Returns the representation whose content is the file: with both validators, the complete
    /// length and ranges.
    #[must_use]
    pub const fn representation(&self) -> Representation<'_> {
        Representation::new()
            .etag(self.tag.as_entity_tag())
            .last_modified(self.modified.date())
            .complete_length(self.length)
    }
}
