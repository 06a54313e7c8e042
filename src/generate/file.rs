//! Tags of files that are not read, made from length and modification time.

use crate::entity_tag_buf::EntityTagBuf;
use crate::modification_time::ModificationTime;
use crate::octets::Octets;

use super::push_time;

impl<const N: usize> EntityTagBuf<N> {
    /// The weak tag that is the length of a file and the time of its modification, as
    /// `W/"1f4.2eb2a5e3.35a4e900"`: length, seconds since 1970 with `-` before that, and
    /// nanoseconds, each in hex.
    ///
    /// It is weak since nobody vouches for it: the file may have changed twice within the time that
    /// its file system tells apart, or got its time from elsewhere.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTagBuf, ModificationTime};
    ///
    /// let modified = ModificationTime::from_unix(783_459_811, 900_000_000)?;
    /// let tag = EntityTagBuf::<40>::from_file(500, modified);
    /// assert_eq!(tag.to_string(), "W/\"1f4.2eb2a5e3.35a4e900\"");
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::{EntityTagBuf, HttpDate};
    /// let tag = EntityTagBuf::<39>::from_file(500, HttpDate::MIN.into()); // not every file fits
    /// ```
    #[must_use]
    pub const fn from_file(length: u64, modified: ModificationTime) -> Self {
        Self::of_file(length, modified, true)
    }

    /// Creates the tag of [`from_file`](Self::from_file): strong if the time [is
    /// settled](ModificationTime::is_settled) at `now`, and weak before. (§8.8.1)
    ///
    /// # What the caller vouches for
    ///
    /// Each change of what the path names sets a later time, by the clock that `now` is read from.
    /// Length and time alone cannot tell two versions apart after any of these:
    ///
    /// - a **rename over the path**: the new file may be as old as the one that it replaces. The
    ///   inode tells them apart, as below.
    /// - a **symbolic link** that is set to another file: follow it once, and read everything from
    ///   the file that was opened. **Hard links** are one file: a change by any name counts.
    /// - a **memory mapping**: a store into a mapped page may leave the time as it was.
    /// - `cp -p`, `rsync`, `touch`, the unpacking of an archive, a roll-back, a build that sets a
    ///   constant: the file gets an older time, or the same one.
    /// - a **clock that is set back**, or a **network file system** whose server has another clock,
    ///   or whose client answers from its memory.
    /// - **FAT** and others that count coarsely: two seconds are allowed for, more are not.
    ///
    /// Who cannot vouch takes [`from_file`](Self::from_file) or a digest.
    ///
    /// # The order of reading
    ///
    /// Open the file; read the clock, then the metadata, then the content, then the metadata again.
    /// If the second metadata differ, the content may be of two versions: send no strong tag. A clock
    /// that is read last settles a time that was not settled when the content was read.
    ///
    /// # Two files of one length and time
    ///
    /// Only the inode tells them apart. It goes behind the time, where the file system keeps the
    /// number of a file for as long as the file is there:
    ///
    /// ```
    /// use http_preconditions::{BufferTooSmall, EntityTagBuf, EntityTagBuilder, ModificationTime};
    ///
    /// fn tag(
    ///     length: u64,
    ///     modified: ModificationTime,
    ///     inode: u64,
    ///     now: ModificationTime,
    /// ) -> Result<EntityTagBuf<61>, BufferTooSmall> {
    ///     let builder = EntityTagBuilder::new().length(length).strong_modified(modified).version(inode);
    ///     if modified.is_settled(now) { builder.build() } else { builder.weak().build() }
    /// }
    ///
    /// let [modified, now] = [783_459_811, 783_459_814].map(|seconds| ModificationTime::from_unix(seconds, 0));
    /// let (modified, now) = (modified?, now?);
    /// assert_eq!(tag(500, modified, 7, now)?.to_string(), "\"1f4.2eb2a5e3.0.7\"");
    /// assert_ne!(tag(500, modified, 7, now)?, tag(500, modified, 8, now)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTagBuf, ModificationTime};
    ///
    /// let modified = ModificationTime::from_unix(783_459_811, 900_000_000)?;
    /// let at = |now| EntityTagBuf::<40>::from_file_at(500, modified, now);
    /// let fresh = at(ModificationTime::from_unix(783_459_813, 999_999_999)?);
    /// let settled = at(ModificationTime::from_unix(783_459_814, 0)?);
    /// assert_eq!(fresh.to_string(), "W/\"1f4.2eb2a5e3.35a4e900\"");
    /// assert_eq!(settled.to_string(), "\"1f4.2eb2a5e3.35a4e900\"");
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    #[must_use]
    pub const fn from_file_at(
        length: u64,
        modified: ModificationTime,
        now: ModificationTime,
    ) -> Self {
        Self::of_file(length, modified, !modified.is_settled(now))
    }

    const fn of_file(length: u64, modified: ModificationTime, weak: bool) -> Self {
        const {
            assert!(
                N >= 40,
                "length and time take 34 octets, 2 full stops, `W/` and 2 quotes"
            );
        };
        let mut octets = Octets::opening(weak);
        octets.push_hex_number(length);
        octets.push(*b".");
        push_time(&mut octets, modified);
        Self::closing(octets)
    }
}
