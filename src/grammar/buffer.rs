//! A fixed-size buffer for building field values: raw octets, numbers, hex and base64url.
//!
//! Every function that tags need is a `const fn`, so that a tag can be made at build time, and
//! writes its octets in place. The crates that encode digests would not help: `base16ct`,
//! `base64ct`, `data-encoding` and `hex` have no `const fn` for it, and `const-hex` has one for
//! hex only. Their part would be the loops of `push_hex` and `push_base64url`.

use crate::error::BufferTooSmall;

/// A text of at most `N` octets. Octets beyond `N` are counted but not stored, and the text is
/// then empty, never cut off.
#[derive(Clone, Copy)]
pub(crate) struct Buffer<const N: usize> {
    storage: [u8; N],
    /// Greater than `N` if the storage is too small.
    len: usize,
}

impl<const N: usize> Buffer<N> {
    pub(crate) const fn new() -> Self {
        Self {
            storage: [0; N],
            len: 0,
        }
    }

    /// Creates a buffer with the beginning of an entity tag, up to its first `DQUOTE`.
    pub(crate) const fn opening(weak: bool) -> Self {
        let mut octets = Self::new();
        if weak {
            octets.push(*b"W/");
        }
        octets.push(*b"\"");
        octets
    }

    /// Returns the number of octets that were pushed, stored or not.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Returns all octets, or an empty slice if the storage is too small for them.
    pub(crate) const fn as_octets(&self) -> &[u8] {
        match self.storage.split_at_checked(self.len) {
            Some((octets, _)) => octets,
            None => &[],
        }
    }

    /// Returns all octets as text. The octets must be ASCII.
    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_octets()).unwrap_or_default()
    }

    /// Copies [`as_octets`](Self::as_octets) to the beginning of `buffer`, and returns that
    /// beginning.
    pub(crate) fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let octets = self.as_octets();
        let needed = octets.len();
        let written = buffer.get_mut(..needed).ok_or(BufferTooSmall { needed })?;
        for (place, octet) in written.iter_mut().zip(octets) {
            *place = *octet;
        }
        Ok(written)
    }

    pub(crate) const fn push<const C: usize>(&mut self, octets: [u8; C]) {
        if let Some((_, free)) = self.storage.split_at_mut_checked(self.len) {
            if let Some(place) = free.first_chunk_mut() {
                *place = octets;
            }
        }
        self.len = self.len.saturating_add(C);
    }

    pub(crate) const fn push_slice(&mut self, mut octets: &[u8]) {
        while let Some((chunk, rest)) = octets.split_first_chunk::<8>() {
            self.push(*chunk);
            octets = rest;
        }
        while let [octet, rest @ ..] = octets {
            self.push([*octet]);
            octets = rest;
        }
    }

    /// Appends `*( 2HEXDIG )`, in lower case.
    pub(crate) const fn push_hex(&mut self, mut octets: &[u8]) {
        while let [octet, rest @ ..] = octets {
            self.push([hex_digit(*octet >> 4), hex_digit(*octet & 0xF)]);
            octets = rest;
        }
    }

    /// Appends base64url without padding (RFC 4648 §5, §3.2): four characters for three octets,
    /// three for two octets at the end, and two for one octet at the end.
    pub(crate) const fn push_base64url(&mut self, mut octets: &[u8]) {
        while let Some((three, rest)) = octets.split_first_chunk() {
            self.push(sextets(*three));
            octets = rest;
        }
        match octets {
            [one, two] => {
                let [first, second, third, _] = sextets([*one, *two, 0]);
                self.push([first, second, third]);
            }
            [one] => {
                let [first, second, ..] = sextets([*one, 0, 0]);
                self.push([first, second]);
            }
            _ => {}
        }
    }

    /// Appends the number in decimal, without leading zeros.
    #[inline]
    pub(crate) const fn push_decimal(&mut self, mut number: u64) {
        let mut digits = [0; DECIMAL_DIGITS];
        let mut free: &mut [u8] = &mut digits;
        // From the last digit to the first. The number 0 has one digit too.
        while let [rest @ .., place] = free {
            // The remainder is below 10: its low octet is the whole digit.
            let [digit, ..] = (number % 10).to_le_bytes();
            *place = digit.wrapping_add(b'0');
            free = rest;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        let unused = free.len();
        if let Some((_, written)) = digits.split_at_checked(unused) {
            self.push_slice(written);
        }
    }

    /// Appends `-` if the number is negative, then its absolute value in decimal.
    pub(crate) const fn push_signed_decimal(&mut self, number: i64) {
        if number.is_negative() {
            self.push(*b"-");
        }
        self.push_decimal(number.unsigned_abs());
    }

    /// Appends the number in lower-case hex, without leading zeros.
    pub(crate) const fn push_hex_number(&mut self, number: u64) {
        let mut left = u64::BITS.saturating_sub(number.leading_zeros()).div_ceil(4);
        if left == 0 {
            left = 1;
        }
        while let Some(lower) = left.checked_sub(1) {
            let [octet, ..] = number.wrapping_shr(lower.wrapping_mul(4)).to_le_bytes();
            self.push([hex_digit(octet & 0xF)]);
            left = lower;
        }
    }
}

/// The length of `u64::MAX` in decimal, and of `i64::MIN` with its sign.
pub(crate) const DECIMAL_DIGITS: usize = 20;

/// Returns the hexadecimal digit of a value from 0 to 15.
const fn hex_digit(value: u8) -> u8 {
    let first = match value {
        0..=9 => b'0',
        _ => b'a'.wrapping_sub(10),
    };
    first.wrapping_add(value)
}

/// Returns three octets as four characters of base64url, six bits each.
const fn sextets([first, second, third]: [u8; 3]) -> [u8; 4] {
    let bits = u32::from_be_bytes([0, first, second, third]);
    [
        base64url_digit(bits >> 18),
        base64url_digit(bits >> 12),
        base64url_digit(bits >> 6),
        base64url_digit(bits),
    ]
}

/// Returns the base64url character of the lowest six bits (RFC 4648 table 2).
const fn base64url_digit(bits: u32) -> u8 {
    let [value, ..] = (bits & 0x3F).to_le_bytes();
    match value {
        0..=25 => b'A'.wrapping_add(value),
        26..=51 => b'a'.wrapping_sub(26).wrapping_add(value),
        52..=61 => b'0'.wrapping_sub(52).wrapping_add(value),
        62 => b'-',
        _ => b'_',
    }
}
