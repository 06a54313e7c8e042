//! Tags of a size that the compiler knows: making one cannot fail, and a storage that is too small
//! does not build.

use crate::entity_tag_buf::EntityTagBuf;
use crate::error::ParseError;
use crate::grammar;
use crate::modification_time::ModificationTime;

use crate::octets::{DECIMAL_DIGITS, Octets};

impl<const N: usize> EntityTagBuf<N> {
    /// The strong tag that is a digest of the representation, in lower-case hex: two characters for
    /// each octet.
    ///
    /// The hash is any that the caller likes. What it is to hash is the content as a client gets
    /// it, after its content coding (§8.8.3.3), or what that is made from without fail. Equal
    /// content gives equal tags also to clients that may not know of each other; where that
    /// tells a secret, the hash has to be keyed.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    /// use sha2::{Digest, Sha256};
    ///
    /// let digest: [u8; 32] = Sha256::digest(b"abc").into();
    /// let tag = EntityTagBuf::<66>::from_digest_hex(&digest);
    /// assert_eq!(
    ///     tag.as_bytes(),
    ///     b"\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""
    /// );
    /// ```
    ///
    /// No part of a digest gets lost: a storage that is too small is refused at build time.
    ///
    /// ```compile_fail
    /// # use http_preconditions::EntityTagBuf;
    /// let tag = EntityTagBuf::<65>::from_digest_hex(&[0; 32]);
    /// ```
    #[must_use]
    pub const fn from_digest_hex<const D: usize>(digest: &[u8; D]) -> Self {
        const {
            assert!(
                N >= 2 + 2 * D,
                "hex takes 2 octets for each one, and 2 quotes"
            );
        };
        let mut octets = Octets::opening(false);
        octets.push_hex(digest);
        Self::closing(octets)
    }

    /// The strong tag that is a digest of the representation, in base64url without padding (RFC
    /// 4648 §5): four characters for each three octets.
    ///
    /// Else as [`from_digest_hex`](Self::from_digest_hex), of which it takes two thirds.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    /// use xxhash_rust::xxh3::xxh3_128;
    ///
    /// // Fast, and no secret: whoever wants to can make two contents of one hash.
    /// let digest = xxh3_128(b"a page").to_be_bytes();
    /// let tag = EntityTagBuf::<24>::from_digest_base64url(&digest);
    /// assert_eq!(tag.as_bytes().len(), 24);
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::EntityTagBuf;
    /// let tag = EntityTagBuf::<23>::from_digest_base64url(&[0; 16]);
    /// ```
    #[must_use]
    pub const fn from_digest_base64url<const D: usize>(digest: &[u8; D]) -> Self {
        const {
            assert!(
                N >= 2 + (D * 4).div_ceil(3),
                "base64url takes 4 octets for each 3, and 2 quotes"
            );
        };
        let mut octets = Octets::opening(false);
        octets.push_base64url(digest);
        Self::closing(octets)
    }

    /// The strong tag that is a version or revision number, in decimal.
    ///
    /// That of the row of a database, if each change of the representation changes it: also one of
    /// the template, and one of a row that it is joined with. It must not begin anew when the
    /// resource is deleted and made again.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    ///
    /// const FIRST: EntityTagBuf<22> = EntityTagBuf::from_version(1);
    /// assert_eq!(FIRST.as_bytes(), b"\"1\"");
    /// assert_eq!(EntityTagBuf::<22>::from_version(u64::MAX).as_bytes().len(), 22);
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::EntityTagBuf;
    /// let tag = EntityTagBuf::<21>::from_version(1); // not every version fits
    /// ```
    #[must_use]
    pub const fn from_version(version: u64) -> Self {
        const {
            assert!(
                N >= 2 + DECIMAL_DIGITS,
                "a version takes 20 octets, and 2 quotes"
            );
        };
        let mut octets = Octets::opening(false);
        octets.push_decimal(version);
        Self::closing(octets)
    }

    /// The strong tag that is the id of a revision, as git writes it: hexadecimal, in lower case,
    /// of 40 or 64 digits or however many the id has.
    ///
    /// An id whose length is not known at build time goes through the
    /// [builder](crate::EntityTagBuilder::id), which also says what ids there are.
    ///
    /// # Errors
    ///
    /// The empty id, `E83C516`, `e83c516-dirty`: a hexadecimal digit is expected at that byte.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    ///
    /// let tag = EntityTagBuf::<42>::from_id(b"e83c5163316f89bfbde7d9ab23ca2e25604af290")?;
    /// assert_eq!(tag.to_string(), "\"e83c5163316f89bfbde7d9ab23ca2e25604af290\"");
    /// assert_eq!(EntityTagBuf::<42>::from_id(b"e83c516-dirty").unwrap_err().offset(), 7);
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::EntityTagBuf;
    /// let tag = EntityTagBuf::<41>::from_id(b"e83c5163316f89bfbde7d9ab23ca2e25604af290");
    /// ```
    pub const fn from_id<const D: usize>(id: &[u8; D]) -> Result<Self, ParseError> {
        const { assert!(N >= 2 + D, "an id takes its digits, and 2 quotes") };
        if let Err(error) = grammar::revision_id(id) {
            return Err(error);
        }
        let mut octets = Octets::opening(false);
        octets.push_slice(id);
        Ok(Self::closing(octets))
    }

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

    /// The tag of [`from_file`](Self::from_file), strong once the time is a second before `now`.
    ///
    /// The caller vouches that each change of the file sets its time, by the clock that `now` is
    /// read from, which does not go back: no `cp -p`, no `rsync`, no build that sets a
    /// constant, no roll-back to an older file. Then what was served before a second change
    /// within one second had a weak tag, and no strong tag ever names two versions. Strong
    /// without any regard to `now` is
    /// [`strong_modified`](crate::EntityTagBuilder::strong_modified).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTagBuf, ModificationTime};
    ///
    /// let modified = ModificationTime::from_unix(783_459_811, 900_000_000)?;
    /// let at = |now| EntityTagBuf::<40>::from_file_at(500, modified, now);
    /// let fresh = at(ModificationTime::from_unix(783_459_812, 0)?);
    /// let settled = at(ModificationTime::from_unix(783_459_813, 0)?);
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
        octets.push_time(modified);
        Self::closing(octets)
    }
}
