//! A date at once, in words of eight octets: 180 instructions for an IMF-fixdate instead of 850.
//!
//! This reads a text in which every octet is in its place, every number in its range, and the day
//! in its month whatever the year. All else is left to the octets in turn, which know what is wrong
//! and where; so are a leap second and a 29 February. What has to be in which place follows from
//! the templates, when the crate is compiled.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "places in templates, when the crate is compiled; numbers of at most four digits"
)]
#![expect(
    clippy::inline_always,
    reason = "each template is compiled for itself, so that its places are constants"
)]

use super::{ASCTIME_DATE, IMF_FIXDATE, PARTS, RFC850_DATE, Template, form, index, is_part, name};
use crate::calendar::{self, MONTH_NAMES};
use crate::http_date::HttpDate;

/// `HTTP-date`, if that and nothing else is the value, and it can be read at once.
pub(crate) fn exact_http_date(input: &[u8], now: HttpDate) -> Option<HttpDate> {
    const IMF: Layout = Layout::of(IMF_FIXDATE);
    const RFC850: Layout = Layout::of(RFC850_DATE);
    const ASCTIME: Layout = Layout::of(ASCTIME_DATE);
    let (template, text) = form(input).ok()?;
    if template.len() == IMF_FIXDATE.len() {
        IMF.read(text, now)
    } else if template.len() == RFC850_DATE.len() {
        RFC850.read(text, now)
    } else {
        ASCTIME.read(text, now)
    }
}

/// A template in words, which overlap: the first, what stands before the time, the time, which is a
/// word of its own, and the last.
struct Layout {
    length: usize,
    words: [Word; 4],
    month: usize,
    day: Pair,
    century: Option<Pair>,
    year: Pair,
}

impl Layout {
    const fn of(template: Template) -> Self {
        let time = place(template, b'h');
        let before = time.saturating_sub(8);
        let at = [0, before, time, template.len() - 8];
        let year = place(template, b'y');
        let four_digits = template[year + 2] == b'y';
        Self {
            length: template.len(),
            words: [
                Word::of(template, at[0]),
                Word::of(template, at[1]),
                Word::of(template, at[2]),
                Word::of(template, at[3]),
            ],
            month: place(template, b'n'),
            day: Pair::of(at, place(template, b'd')),
            century: if four_digits {
                Some(Pair::of(at, year))
            } else {
                None
            },
            year: Pair::of(at, if four_digits { year + 2 } else { year }),
        }
    }

    #[inline(always)]
    fn read(&self, text: &[u8], now: HttpDate) -> Option<HttpDate> {
        const HOUR: Pair = Pair::of_time(0);
        const MINUTE: Pair = Pair::of_time(3);
        const SECOND: Pair = Pair::of_time(6);
        /// What brings a number that is too great to 128.
        const EXCESS: u64 = HOUR.excess(b'h') | MINUTE.excess(b'm') | SECOND.excess(b's');

        if text.len() != self.length {
            return None;
        }
        let mut misfits = 0;
        let mut pairs = [0; 4];
        for (word, pairs) in self.words.iter().zip(&mut pairs) {
            let digits = word.digits(text)?;
            misfits |= word.misfits(digits);
            // The letters of a month carry into the separator behind them.
            *pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
        }
        misfits |= pairs[Pair::TIME].wrapping_add(EXCESS);
        if misfits & HIGHEST != 0 {
            return None;
        }
        let month = name(&MONTH_NAMES, text.get(self.month..)?);
        let month = i32::try_from(month).ok()?;
        let day = self.day.value(pairs);
        if month == 0 || !every_year_has(month, day) {
            return None;
        }
        let second = (HOUR.value(pairs) * 60 + MINUTE.value(pairs)) * 60 + SECOND.value(pairs);
        let digits = self.year.value(pairs);
        let year = match self.century {
            Some(century) => century.value(pairs) * 100 + digits,
            None => calendar::full_year(digits, month, day, second, now.0),
        };
        (year > 0).then_some(HttpDate(calendar::unix(year, month, day, second)))
    }
}

/// Reports whether the month has this day in every year: February has 28.
const fn every_year_has(month: i32, day: i32) -> bool {
    let last = if month == 2 {
        28
    } else {
        // Odd months up to July have 31 days, and even ones from August.
        30 + ((month ^ (month >> 3)) & 1)
    };
    0 < day && day <= last
}

/// Where a part begins.
const fn place(template: Template, class: u8) -> usize {
    let mut place = 0;
    while !is_part(template[place], class) {
        place += 1;
    }
    place
}

/// The highest bit of each octet.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// Eight octets of a template, the first in the lowest bits.
struct Word {
    at: usize,
    /// The octet itself, or the digit 0.
    expected: u64,
    /// What brings the difference from it to 128 if the octet is not in its place; of the letters
    /// of a month's name, nothing.
    excess: u64,
    /// How many bits above the lowest a digit may be a space.
    space: Option<usize>,
}

impl Word {
    const fn of(template: Template, at: usize) -> Self {
        let mut expected = [0; 8];
        let mut excess = [0; 8];
        let mut space = None;
        let mut octet = 0;
        while octet < 8 {
            (expected[octet], excess[octet]) = match template[at + octet] {
                b'n' => (0, 0),
                b'a'..=b'z' => (b'0', 128 - 10),
                literal => (literal, 128 - 1),
            };
            if template[at + octet] == b't' {
                space = Some(octet * 8);
            }
            octet += 1;
        }
        Self {
            at,
            expected: u64::from_le_bytes(expected),
            excess: u64::from_le_bytes(excess),
            space,
        }
    }

    /// The digits of these octets of a text, 0 for what stands for itself or may be a space, and
    /// the letters of a month's name as they are.
    #[inline(always)]
    fn digits(&self, text: &[u8]) -> Option<u64> {
        let octets = text.get(self.at..)?.first_chunk()?;
        let digits = u64::from_le_bytes(*octets) ^ self.expected;
        match self.space {
            Some(bits) if (digits >> bits) as u8 == b' ' ^ b'0' => {
                Some(digits ^ u64::from(b' ' ^ b'0') << bits)
            }
            _ => Some(digits),
        }
    }

    /// Some octet has its highest bit set iff some octet is not in its place, of those of a month's
    /// name only what is not ASCII. One that carries into the next has that bit set itself.
    #[inline(always)]
    fn misfits(&self, digits: u64) -> u64 {
        digits | digits.wrapping_add(self.excess)
    }
}

/// A number of two digits: in which word, and how many bits above the lowest.
#[derive(Clone, Copy)]
struct Pair {
    word: usize,
    shift: usize,
}

impl Pair {
    /// The word of the time.
    const TIME: usize = 2;

    const fn of(at: [usize; 4], place: usize) -> Self {
        let mut word = 0;
        while at[word] + 6 < place {
            word += 1;
        }
        Self {
            word,
            shift: (place - at[word]) * 8,
        }
    }

    const fn of_time(place: usize) -> Self {
        Self {
            word: Self::TIME,
            shift: place * 8,
        }
    }

    const fn excess(self, class: u8) -> u64 {
        (127 - PARTS[index(class)].1 as u64) << self.shift
    }

    #[inline(always)]
    const fn value(self, pairs: [u64; 4]) -> i32 {
        (pairs[self.word] >> self.shift & 0xFF) as i32
    }
}
