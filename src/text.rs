//! A short text of numbers and what stands between them, put together from its end, since that is
//! the order in which a number gives its digits.

use crate::error::BufferTooSmall;

/// The longest: `bytes`, a space, and three numbers below 2^64 with two octets between them.
pub(crate) const MAX: usize = 68;

pub(crate) struct Text {
    octets: [u8; MAX],
    start: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self {
            octets: [0; MAX],
            start: MAX,
        }
    }

    /// Puts these octets, which are ASCII, before what is there.
    pub(crate) fn before(mut self, octets: &[u8]) -> Self {
        for octet in octets.iter().rev() {
            self.push(*octet);
        }
        self
    }

    /// Puts this number before what is there.
    pub(crate) fn number_before(mut self, mut number: u64) -> Self {
        // A number below 2^64 has at most 20 digits.
        for _ in 0..20 {
            self.push(b'0' | (number % 10) as u8);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self
    }

    fn push(&mut self, octet: u8) {
        let start = self.start.saturating_sub(1);
        if let Some(place) = self.octets.get_mut(start) {
            *place = octet;
            self.start = start;
        }
    }

    pub(crate) fn as_octets(&self) -> &[u8] {
        self.octets.get(self.start..).unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_octets()).unwrap_or_default()
    }

    /// The beginning of the buffer, with the text in it.
    pub(crate) fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let octets = self.as_octets();
        let needed = octets.len();
        let written = buffer.get_mut(..needed).ok_or(BufferTooSmall { needed })?;
        for (place, octet) in written.iter_mut().zip(octets) {
            *place = *octet;
        }
        Ok(written)
    }
}
