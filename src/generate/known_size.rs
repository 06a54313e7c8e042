//! Tags of a size that the compiler knows: making one cannot fail, and a storage that is too small
//! does not build.

use crate::entity_tag_buf::EntityTagBuf;
use crate::error::ParseError;
use crate::grammar;
use crate::octets::{DECIMAL_DIGITS, Octets};

impl<const N: usize> EntityTagBuf<N> {
    /// The strong tag that is a digest of the representation, in lower-case hex: two characters for
    /// each octet.
    ///
    /// The hash is any that the caller likes, as long as it is the same on every server, in every
    /// process and in every release: not the default hasher of `std`, which is seeded anew by each
    /// process. What it is to hash is the content as a client gets
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
    /// resource is deleted and made again, or when a backup is restored.
    ///
    /// A version that is an `i64`, as databases have it, goes to
    /// [`from_signed_version`](Self::from_signed_version).
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

    /// Creates the strong tag that is a signed version number, in decimal, with `-` if it is
    /// negative. ([RFC 9110 §8.8.3])
    ///
    /// For a database that has no unsigned numbers. A version from 0 on has the tag that
    /// [`from_version`](Self::from_version) gives it, so that a resource may go from one function to
    /// the other; a negative one has a tag that no unsigned version has. All else is as there.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::EntityTagBuf;
    ///
    /// let row: i64 = 17;
    /// assert_eq!(EntityTagBuf::<22>::from_signed_version(row), EntityTagBuf::<22>::from_version(17));
    /// assert_eq!(EntityTagBuf::<22>::from_signed_version(-1).as_bytes(), b"\"-1\"");
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::EntityTagBuf;
    /// let tag = EntityTagBuf::<21>::from_signed_version(1); // not every version fits
    /// ```
    ///
    /// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    #[must_use]
    pub const fn from_signed_version(version: i64) -> Self {
        const {
            assert!(
                N >= 2 + DECIMAL_DIGITS,
                "a version takes 20 octets, and 2 quotes"
            );
        };
        let mut octets = Octets::opening(false);
        octets.push_signed_decimal(version);
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
}
