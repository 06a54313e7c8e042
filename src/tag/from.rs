//! Tags whose size is known at build time: an `N` that is too small does not build.

use crate::error::ParseError;
use crate::grammar;
use crate::grammar::buffer::{Buffer, DECIMAL_DIGITS};
use crate::tag::buf::EntityTagBuf;

impl<const N: usize> EntityTagBuf<N> {
    /// Creates the strong tag that is a digest of the representation, in lower-case hex: two
    /// characters for each byte.
    ///
    /// You may use any hash function that gives the same result on every server, in every process
    /// and in every release. The default hasher of `std` does not: each process seeds it anew.
    /// Hash the content as the client gets it, after its content coding (§8.8.3.3), or an input
    /// that determines this content completely.
    ///
    /// Equal content gives equal tags, also to clients that should not know of each other. If
    /// that reveals a secret, use a keyed hash.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
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
    /// An `N` that is too small for the whole digest does not build:
    ///
    /// ```compile_fail
    /// # use http_preconditions::tag::EntityTagBuf;
    /// let tag = EntityTagBuf::<65>::from_digest_hex(&[0; 32]);
    /// ```
    #[must_use]
    pub const fn from_digest_hex<const D: usize>(digest: &[u8; D]) -> Self {
        const {
            assert!(
                N >= 2 + 2 * D,
                "hex takes 2 bytes for each one, and 2 quotes"
            );
        };
        let mut octets = Buffer::opening(false);
        octets.push_hex(digest);
        Self::closing(octets)
    }

    /// Creates the strong tag that is a digest of the representation, in base64url without
    /// padding (RFC 4648 §5): four characters for three bytes.
    ///
    /// Otherwise like [`from_digest_hex`](Self::from_digest_hex), in two thirds of the space.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    /// use xxhash_rust::xxh3::xxh3_128;
    ///
    /// // Fast, but not secure: anyone can construct two contents with the same hash.
    /// let digest = xxh3_128(b"a page").to_be_bytes();
    /// let tag = EntityTagBuf::<24>::from_digest_base64url(&digest);
    /// assert_eq!(tag.as_bytes().len(), 24);
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::tag::EntityTagBuf;
    /// let tag = EntityTagBuf::<23>::from_digest_base64url(&[0; 16]);
    /// ```
    #[must_use]
    pub const fn from_digest_base64url<const D: usize>(digest: &[u8; D]) -> Self {
        const {
            assert!(
                N >= 2 + (D * 4).div_ceil(3),
                "base64url takes 4 bytes for each 3, and 2 quotes"
            );
        };
        let mut octets = Buffer::opening(false);
        octets.push_base64url(digest);
        Self::closing(octets)
    }

    /// Creates the strong tag that is a version or revision number, in decimal.
    ///
    /// You may use the version of a database row if every change of the representation changes
    /// it. That includes a change of the template, and of a row that is joined with it. The
    /// version must not start again when the resource is deleted and made again, or when a backup
    /// is restored.
    ///
    /// If the version is an `i64`, as in most databases, use
    /// [`from_signed_version`](Self::from_signed_version).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    ///
    /// const FIRST: EntityTagBuf<22> = EntityTagBuf::from_version(1);
    /// assert_eq!(FIRST.as_bytes(), b"\"1\"");
    /// assert_eq!(EntityTagBuf::<22>::from_version(u64::MAX).as_bytes().len(), 22);
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::tag::EntityTagBuf;
    /// let tag = EntityTagBuf::<21>::from_version(1); // not every version fits
    /// ```
    #[must_use]
    pub const fn from_version(version: u64) -> Self {
        const {
            assert!(
                N >= 2 + DECIMAL_DIGITS,
                "a version takes 20 bytes, and 2 quotes"
            );
        };
        let mut octets = Buffer::opening(false);
        octets.push_decimal(version);
        Self::closing(octets)
    }

    /// Creates the strong tag that is a signed version number, in decimal, with `-` if it is
    /// negative. ([RFC 9110 §8.8.3])
    ///
    /// Use it for a database without unsigned numbers. A version from 0 on gives the same tag as
    /// [`from_version`](Self::from_version), so a resource may change from one function to the
    /// other. A negative version gives a tag that no unsigned version has. Otherwise like
    /// [`from_version`](Self::from_version).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    ///
    /// let row: i64 = 17;
    /// let tag = EntityTagBuf::<22>::from_signed_version(row);
    /// assert_eq!(tag, EntityTagBuf::<22>::from_version(17));
    /// assert_eq!(EntityTagBuf::<22>::from_signed_version(-1).as_bytes(), b"\"-1\"");
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::tag::EntityTagBuf;
    /// let tag = EntityTagBuf::<21>::from_signed_version(1); // not every version fits
    /// ```
    ///
    /// [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    #[must_use]
    pub const fn from_signed_version(version: i64) -> Self {
        const {
            assert!(
                N >= 2 + DECIMAL_DIGITS,
                "a version takes 20 bytes, and 2 quotes"
            );
        };
        let mut octets = Buffer::opening(false);
        octets.push_signed_decimal(version);
        Self::closing(octets)
    }

    /// Creates the strong tag that is the id of a revision, as git writes it: hexadecimal, in
    /// lower case, with 40, 64 or any other number of digits.
    ///
    /// If the length of the id is not known at build time, use the
    /// [builder](crate::tag::EntityTagBuilder::id), which also documents the grammar.
    ///
    /// # Errors
    ///
    /// The empty id, `E83C516`, `e83c516-dirty`: a hexadecimal digit in lower case is expected at
    /// the first byte that is not one.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::tag::EntityTagBuf;
    ///
    /// let tag = EntityTagBuf::<42>::from_id(b"e83c5163316f89bfbde7d9ab23ca2e25604af290")?;
    /// assert_eq!(tag.to_string(), "\"e83c5163316f89bfbde7d9ab23ca2e25604af290\"");
    /// assert_eq!(EntityTagBuf::<42>::from_id(b"e83c516-dirty").unwrap_err().offset(), 7);
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    ///
    /// ```compile_fail
    /// # use http_preconditions::tag::EntityTagBuf;
    /// let tag = EntityTagBuf::<41>::from_id(b"e83c5163316f89bfbde7d9ab23ca2e25604af290");
    /// ```
    pub const fn from_id<const D: usize>(id: &[u8; D]) -> Result<Self, ParseError> {
        const { assert!(N >= 2 + D, "an id takes its digits, and 2 quotes") };
        if let Err(error) = grammar::revision_id(id) {
            return Err(error);
        }
        let mut octets = Buffer::opening(false);
        octets.push_slice(id);
        Ok(Self::closing(octets))
    }
}
