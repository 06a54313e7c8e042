//! The three date formats of RFC 9110 §5.6.7, each a template of what stands behind the day name.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of at most four digits, and places in templates of at most 32 octets"
)]
#![expect(
    clippy::inline_always,
    reason = "where programs may grow, each form is compiled for its template: 300 instructions for an IMF-fixdate instead of 420"
)]

use super::{Stop, expected_end};
use crate::calendar::{self, DAY_NAMES, Date, MONTH_NAMES};
use crate::error::ErrorKind;

/// A form, in which every part has its place, counted from the end of the day name.
struct Form {
    /// The digits of day, year, hour, minute and second are `d`, `y`, `h`, `m` and `s`, the
    /// letters of the month's name are `n`, and all else stands for itself. It has 16 to 32
    /// octets.
    template: &'static [u8],
    day: u8,
    month: u8,
    year: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

/// `IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT`, `date1 = day SP month SP year`
const IMF_FIXDATE: Form = Form::of(b", dd nnn yyyy hh:mm:ss GMT");

/// `rfc850-date = day-name-l "," SP date2 SP time-of-day SP GMT`, `date2 = day "-" month "-"
/// 2DIGIT`
const RFC850_DATE: Form = Form::of(b", dd-nnn-yy hh:mm:ss GMT");

/// `asctime-date = day-name SP date3 SP time-of-day SP year`, `date3 = month SP ( 2DIGIT / ( SP
/// 1DIGIT ))`
const ASCTIME_DATE: Form = Form::of(b" nnn dd hh:mm:ss yyyy");

/// The same with `( SP 1DIGIT )`. The digit of a space is 0.
const ASCTIME_DATE_SP: Form = Form {
    template: b" nnn  d hh:mm:ss yyyy",
    ..ASCTIME_DATE
};

/// `HTTP-date = IMF-fixdate / obs-date`, and the end of the value, in seconds since 1970-01-01. A
/// year of two digits is read as of `now`.
///
/// The octet behind the first three letters tells the forms apart. Whether the day name fits the
/// date is not asked: our decision.
pub(crate) fn http_date(input: &[u8], now: i64) -> Result<i64, Stop> {
    let (after_name, rest_of_name) = day_name(input)?;
    match after_name {
        [b',', ..] => IMF_FIXDATE.read(after_name, now),
        [b' ', _, _, _, _, b' ', ..] => ASCTIME_DATE_SP.read(after_name, now),
        [b' ', ..] => ASCTIME_DATE.read(after_name, now),
        _ => match after_name.strip_prefix(rest_of_name) {
            Some(after_name) => RFC850_DATE.read(after_name, now),
            None => Err(Stop::at(after_name, ErrorKind::Separator(b','))),
        },
    }
}

/// What stands behind a `day-name`, with the letters that follow it in `day-name-l`.
fn day_name(input: &[u8]) -> Result<(&[u8], &'static [u8]), Stop> {
    if let Some((name, rest)) = input.split_first_chunk() {
        for [a, b, c, letters @ ..] in &DAY_NAMES {
            if [*a, *b, *c] == *name {
                return Ok((rest, letters.trim_ascii_end()));
            }
        }
    }
    Err(Stop::at(input, ErrorKind::DayName))
}

impl Form {
    #[expect(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "evaluated when the crate is compiled"
    )]
    const fn of(template: &'static [u8]) -> Self {
        const fn place(template: &[u8], of: u8) -> u8 {
            let mut at = 0;
            while template[at] != of {
                at += 1;
            }
            at as u8
        }
        Self {
            template,
            day: place(template, b'd'),
            month: place(template, b'n'),
            year: place(template, b'y'),
            hour: place(template, b'h'),
            minute: place(template, b'm'),
            second: place(template, b's'),
        }
    }

    /// Reads what stands behind the day name.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn read(&self, input: &[u8], now: i64) -> Result<i64, Stop> {
        let (hour, minute) = (two_digits(input, self.hour), two_digits(input, self.minute));
        let second = two_digits(input, self.second);
        let date = Date {
            year: u16::from(two_digits(input, self.year)),
            month: month(input, self.month),
            day: two_digits(input, self.day),
        };
        // A leap second is the last of a day, and reads as the next: our decision.
        let last_second = if hour == 23 && minute == 59 { 60 } else { 59 };
        let wrong = if date.month == 0 {
            Some((self.month, ErrorKind::Month))
        } else if hour > 23 {
            Some((self.hour, ErrorKind::Hour))
        } else if minute > 59 {
            Some((self.minute, ErrorKind::Minute))
        } else if second > last_second {
            Some((self.second, ErrorKind::Second))
        } else {
            None
        };
        if wrong.is_some() || !self.fits(input) {
            return Err(self.unfit(input, wrong));
        }
        let second = (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second);
        let date = if self.has_century() {
            let year = two_digits(input, self.year + 2);
            Date {
                year: date.year * 100 + u16::from(year),
                ..date
            }
        } else {
            date.with_two_digit_year(second, now)
        };
        if date.year == 0 || date.year > 9999 {
            return Err(Stop::behind(input, self.year, ErrorKind::Year));
        }
        if !date.exists() {
            return Err(Stop::behind(input, self.day, ErrorKind::Day));
        }
        let unix = date.unix(second);
        if unix > calendar::MAX {
            // The leap second at the end of year 9999 is the first of a year that no date can name.
            return Err(Stop::behind(input, self.year, ErrorKind::Year));
        }
        match input.get(self.template.len()..) {
            None | Some([]) => Ok(unix),
            Some(rest) => Err(expected_end(rest)),
        }
    }

    /// Reports whether everything is in its place.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn fits(&self, input: &[u8]) -> bool {
        let Some(text) = input.get(..self.template.len()) else {
            return false;
        };
        let pairs = text.iter().zip(self.template);
        pairs.fold(true, |all, (octet, class)| all & fits(*octet, *class))
    }

    /// Why a text is not of this form: `wrong`, the first part of it that is no value of its kind,
    /// or the first octet that is not in its place, whichever comes first.
    #[cold]
    fn unfit(&self, input: &[u8], wrong: Option<(u8, ErrorKind)>) -> Stop {
        let mut pairs = input.iter().zip(self.template);
        let misfit = pairs.position(|(octet, class)| !fits(*octet, *class));
        let misfit = misfit.unwrap_or(input.len());
        match wrong {
            Some((at, kind)) if usize::from(at) + 1 < misfit => {
                return Stop::behind(input, at, kind);
            }
            _ => {}
        }
        let kind = match self.template.get(misfit) {
            Some(b'n') => return Stop::behind(input, self.month, ErrorKind::Month),
            Some(b'd') => ErrorKind::Day,
            Some(b'y') => ErrorKind::Year,
            Some(b'h') => ErrorKind::Hour,
            Some(b'm') => ErrorKind::Minute,
            Some(b's') => ErrorKind::Second,
            Some(b'G' | b'M' | b'T') => {
                return Stop::behind(input, self.second + 3, ErrorKind::Gmt);
            }
            literal => ErrorKind::Separator(*literal.unwrap_or(&b' ')),
        };
        Stop::at(input.get(misfit..).unwrap_or_default(), kind)
    }

    /// Reports whether the year has four digits.
    fn has_century(&self) -> bool {
        self.template.get(usize::from(self.year) + 2) == Some(&b'y')
    }
}

/// Reports whether an octet is what this one of a template stands for.
const fn fits(octet: u8, class: u8) -> bool {
    if class.is_ascii_lowercase() {
        class == b'n' || octet.is_ascii_digit()
    } else {
        octet == class
    }
}

/// `2DIGIT`, where that is what stands there.
#[cfg_attr(target_pointer_width = "64", inline(always))]
#[cfg_attr(not(target_pointer_width = "64"), inline(never))]
fn two_digits(text: &[u8], at: u8) -> u8 {
    match text.get(usize::from(at)..) {
        Some([tens, ones, ..]) => (tens & 0x0F) * 10 + (ones & 0x0F),
        _ => 0,
    }
}

/// `month`, 1 for `Jan` to 12 for `Dec`; 0 where it is none.
#[cfg_attr(target_pointer_width = "64", inline(always))]
fn month(text: &[u8], at: u8) -> u8 {
    let Some(name) = text.get(usize::from(at)..).and_then(<[u8]>::first_chunk) else {
        return 0;
    };
    let place = MONTH_NAMES.iter().position(|known| known == name);
    place
        .and_then(|place| u8::try_from(place + 1).ok())
        .unwrap_or(0)
}
