//! Random numbers that a seed gives again: `SplitMix64`.

pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    /// Content that no other version has, of 8 to 400 octets; each octet is of this version alone,
    /// so that a splice is none of them.
    pub(crate) fn content(&mut self) -> Vec<u8> {
        let length = 8 + self.below(393);
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}
