//! Tags of files that are not read, made from length and modification time.

use crate::date::modification_time::ModificationTime;
use crate::grammar::buffer::Buffer;
use crate::tag::buf::EntityTagBuf;

impl<const N: usize> EntityTagBuf<N> {
    /// Creates the weak tag of a file from its length and modification time, such as
    /// `W/"1f4.2eb2a5e3.35a4e900"`: length, seconds since 1970 with `-` before 1970, and
    /// nanoseconds, each in hex.
    ///
    /// The tag is weak because nothing guarantees that each change gives another time. The file
    /// may change twice within one step of the file system's clock, or its time may come from
    /// elsewhere.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::{EntityTagBuf, ModificationTime};
    ///
    /// let modified = ModificationTime::from_unix(783_459_811, 900_000_000)?;
    /// let tag = EntityTagBuf::<40>::from_file(500, modified);
    /// assert_eq!(tag.to_string(), "W/\"1f4.2eb2a5e3.35a4e900\"");
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::{HttpDate, tag::EntityTagBuf};
    /// let tag = EntityTagBuf::<39>::from_file(500, HttpDate::MIN.into()); // not every file fits
    /// ```
    #[must_use]
    pub const fn from_file(length: u64, modified: ModificationTime) -> Self {
        Self::of_file(length, modified, true)
    }

    /// Creates the same tag as [`from_file`](Self::from_file), but strong if the time [is
    /// settled](ModificationTime::is_settled) at `now`. (§8.8.1)
    ///
    /// # What you must guarantee
    ///
    /// Each change of the content behind the path sets a later time, by the clock that `now` is
    /// read from. Length and time alone cannot tell two versions apart after any of these:
    ///
    /// - a **rename over the path**: the new file may be as old as the file that it replaces. The
    ///   inode tells them apart, as shown below.
    /// - a **symbolic link** that is set to another file: follow the link once, and read
    ///   everything from the file that you opened. **Hard links** are one file: a change through
    ///   any name counts.
    /// - a **memory mapping**: a store into a mapped page may leave the time as it was.
    /// - `cp -p`, `rsync`, `touch`, the unpacking of an archive, a roll-back, a build that sets a
    ///   constant time: the file gets an older time, or the same time.
    /// - a **clock that is set back**, or a **network file system** whose server has another
    ///   clock, or whose client replies from its cache.
    /// - file times with **coarse steps**, as on FAT: steps of up to two seconds are allowed for,
    ///   longer steps are not.
    ///
    /// If you cannot guarantee this, use [`from_file`](Self::from_file) or a digest.
    ///
    /// # The order of reading
    ///
    /// Open the file. Read the clock, then the metadata, then the content, then the metadata
    /// again. If the metadata have changed, the content may be a mixture of two versions: send no
    /// strong tag. Do not read the clock last: a time that was not settled when you read the
    /// content may be settled by then.
    ///
    /// # Two files of one length and time
    ///
    /// Only the inode tells such files apart. Add it after the time, if the file system keeps the
    /// inode number of a file for as long as the file exists:
    ///
    /// ```
    /// use http_preconditions::BufferTooSmall;
    /// use http_preconditions::tag::{EntityTagBuf, EntityTagBuilder, ModificationTime};
    ///
    /// fn tag(
    ///     length: u64,
    ///     modified: ModificationTime,
    ///     inode: u64,
    ///     now: ModificationTime,
    /// ) -> Result<EntityTagBuf<61>, BufferTooSmall> {
    ///     let builder = EntityTagBuilder::new().length(length);
    ///     let builder = builder.strong_modified(modified).version(inode);
    ///     if modified.is_settled(now) { builder.build() } else { builder.weak().build() }
    /// }
    ///
    /// let modified = ModificationTime::from_unix(783_459_811, 0)?;
    /// let now = ModificationTime::from_unix(783_459_814, 0)?;
    /// assert_eq!(tag(500, modified, 7, now)?.to_string(), "\"1f4.2eb2a5e3.0.7\"");
    /// assert_ne!(tag(500, modified, 7, now)?, tag(500, modified, 8, now)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::{EntityTagBuf, ModificationTime};
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
                "length and time take 34 bytes, 2 full stops, `W/` and 2 quotes"
            );
        };
        let mut octets = Buffer::opening(weak);
        octets.push_hex_number(length);
        octets.push(*b".");
        push_time(&mut octets, modified);
        Self::closing(octets)
    }
}

/// Writes seconds since 1970, with `-` if they are negative, a full stop, and nanoseconds: both
/// numbers in hex.
pub(super) const fn push_time<const N: usize>(octets: &mut Buffer<N>, time: ModificationTime) {
    let seconds = time.date().to_unix();
    if seconds.is_negative() {
        octets.push(*b"-");
    }
    octets.push_hex_number(seconds.unsigned_abs());
    octets.push(*b".");
    octets.push_hex_number(time.nanoseconds() as u64);
}
