//! The three date formats of RFC 9110 §5.6.7, each a template of the text behind the day name.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of at most four digits, and places in templates of at most 25 octets"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "arrays of eight, and remainders of eight"
)]
#![expect(
    clippy::cast_possible_truncation,
    reason = "a month, and a place in a template"
)]
#![expect(
    clippy::inline_always,
    reason = "called for each octet; a call takes more flash and stack than its code"
)]

use super::{Stop, expected_end, is_sp};
use crate::error::ErrorKind;
use crate::grammar::calendar::{self, DAY_NAMES, DAY_NAMES_L, MONTH_NAMES};

/// The text of a date behind its day name and separator. `d`, `y`, `h`, `m` and `s` stand for a
/// digit of the day, year, hour, minute and second, `t` for a digit of the day or a space, and
/// `n` for a letter of the month's name. Every other octet stands for itself.
type Template = &'static [u8];

/// `IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT`, `date1 = day SP month SP year`
const IMF_FIXDATE: Template = b" dd nnn yyyy hh:mm:ss GMT";

/// `rfc850-date = day-name-l "," SP date2 SP time-of-day SP GMT`, `date2 = day "-" month "-"
/// 2DIGIT`
const RFC850_DATE: Template = b" dd-nnn-yy hh:mm:ss GMT";

/// `asctime-date = day-name SP date3 SP time-of-day SP year`, `date3 = month SP ( 2DIGIT / ( SP
/// 1DIGIT ))`
const ASCTIME_DATE: Template = b"nnn td hh:mm:ss yyyy";

/// The parser tells the formats apart by the lengths of their templates.
const _: () = assert!(
    IMF_FIXDATE.len() != RFC850_DATE.len()
        && IMF_FIXDATE.len() != ASCTIME_DATE.len()
        && RFC850_DATE.len() != ASCTIME_DATE.len()
);

/// `HTTP-date = IMF-fixdate / obs-date`, up to the end of the value: returns seconds since 1970.
/// A year of two digits is read relative to `now`.
pub(crate) fn http_date(input: &[u8], now: i64) -> Result<i64, Stop> {
    let (template, text) = form(input)?;
    let (numbers, rest) = in_turn(template, text)?;
    let (month, day) = (numbers.of(b'n'), numbers.of(b'd'));
    let second = (numbers.of(b'h') * 60 + numbers.of(b'm')) * 60 + numbers.of(b's');
    let mut year = numbers.of(b'y');
    if template.len() == RFC850_DATE.len() {
        year = calendar::full_year(year, month, day, second, now);
    }
    let unix = calendar::unix(year, month, day, second);
    let wrong = if year <= 0 {
        b'y'
    } else if day == 0 || unix >= calendar::unix(year, month + 1, 1, second) {
        b'd'
    } else if unix > calendar::MAX {
        // The leap second at the end of year 9999 would be the first second of year 10,000.
        b'y'
    } else {
        return match rest {
            [] => Ok(unix),
            rest => Err(expected_end(rest)),
        };
    };
    let place = template
        .iter()
        .take_while(|class| !is_part(**class, wrong))
        .count();
    Err(Stop::behind(text, place as u8, kind(wrong)))
}

/// Returns the format of a value, and the text behind its day name and separator.
///
/// The octet behind the first three letters tells the formats apart. The day name need not fit
/// the date: our decision.
fn form(input: &[u8]) -> Result<(Template, &[u8]), Stop> {
    let weekday = name(&DAY_NAMES, input);
    if weekday == 0 {
        return Err(Stop::at(input, ErrorKind::DayName));
    }
    match input {
        [_, _, _, b',', text @ ..] => Ok((IMF_FIXDATE, text)),
        [_, _, _, sp, text @ ..] if is_sp(*sp) => Ok((ASCTIME_DATE, text)),
        [_, _, _, rest @ ..] => match behind_long_name(rest, weekday) {
            [b',', text @ ..] => Ok((RFC850_DATE, text)),
            rest => Err(Stop::at(rest, ErrorKind::Separator(b','))),
        },
        _ => Err(Stop::at(input, ErrorKind::DayName)),
    }
}

/// Returns the place in `names`, from 1, of the name at the beginning of the input, or 0 if no
/// name is there.
// Not inlined: this is the slow path, and each of its two callers would contain a copy.
#[inline(never)]
fn name(names: &[u32], input: &[u8]) -> usize {
    let [a, b, c, ..] = *input else {
        return 0;
    };
    let name = calendar::name([a, b, c]);
    let place = names.iter().position(|known| *known == name);
    place.map_or(0, |place| place + 1)
}

/// Returns the text behind a `day-name-l`, or all of `after_name`, the text behind its first
/// three letters, if the other letters do not follow.
fn behind_long_name(after_name: &[u8], weekday: usize) -> &[u8] {
    let mut rest = after_name;
    for letter in DAY_NAMES_L.get(weekday - 1).unwrap_or(b"      ") {
        if *letter == b' ' {
            break;
        }
        rest = match rest {
            [first, rest @ ..] if first == letter => rest,
            _ => return after_name,
        };
    }
    rest
}

/// Reads the numbers of a template, and returns them with the text that follows.
fn in_turn(template: Template, text: &[u8]) -> Result<(Numbers, &[u8]), Stop> {
    let mut numbers = Numbers([0; 8]);
    let mut rest = text;
    for class in template {
        rest = numbers.read(*class, rest)?;
    }
    Ok((numbers, rest))
}

/// The numbers read so far, each at the place that [`index`] returns.
struct Numbers([u16; 8]);

impl Numbers {
    fn of(&self, class: u8) -> i32 {
        i32::from(self.0[index(class)])
    }

    /// Reads one octet, and a month's name as a whole at its first letter. Returns the text
    /// behind the octet.
    #[inline(always)]
    fn read<'a>(&mut self, class: u8, input: &'a [u8]) -> Result<&'a [u8], Stop> {
        if let [octet, rest @ ..] = input {
            // `CR`, `LF` and `NUL` are read as `SP` (§5.5).
            let octet = if is_sp(*octet) { &b' ' } else { octet };
            let fits = match class {
                b'n' => {
                    if self.of(b'n') == 0 {
                        self.0[index(b'n')] = name(&MONTH_NAMES, input) as u16;
                    }
                    self.of(b'n') != 0
                }
                b't' if *octet == b' ' => true,
                b'a'..=b'z' => {
                    let digit = octet.wrapping_sub(b'0');
                    if digit <= 9 {
                        let value = self.0[index(class)] * 10 + u16::from(digit);
                        self.0[index(class)] = value;
                        // A leap second is accepted only in 23:59:60, and is read as the next
                        // second: our decision.
                        if value > PARTS[index(class)].1
                            && !(value == 60 && self.of(b'h') == 23 && self.of(b'm') == 59)
                        {
                            return Err(Stop {
                                kind: kind(class),
                                left: input.len() + 1,
                            });
                        }
                    }
                    digit <= 9
                }
                literal => *octet == literal,
            };
            if fits {
                return Ok(rest);
            }
        }
        let kind = kind(class);
        // `GMT` is expected as a whole, at its first letter.
        let before = match class {
            b'M' => 1,
            b'T' => 2,
            _ => 0,
        };
        Err(Stop {
            kind,
            left: input.len() + before,
        })
    }
}

/// Returns the place of a part. The letters of the templates differ in their lowest three bits.
const fn index(class: u8) -> usize {
    class as usize % 8
}

/// Returns true if an octet of a template belongs to the part with this letter.
const fn is_part(class: u8, letter: u8) -> bool {
    class.is_ascii_lowercase() && index(class) == index(letter)
}

/// The parts that the letters of a template stand for, with the largest number of each.
const PARTS: [(ErrorKind, u16); 8] = {
    let mut parts = [(ErrorKind::End, 0); 8];
    parts[index(b'd')] = (ErrorKind::Day, 99);
    parts[index(b'n')] = (ErrorKind::Month, 0);
    parts[index(b'y')] = (ErrorKind::Year, 9999);
    parts[index(b'h')] = (ErrorKind::Hour, 23);
    parts[index(b'm')] = (ErrorKind::Minute, 59);
    parts[index(b's')] = (ErrorKind::Second, 59);
    parts
};

/// Returns the error for an octet of a template that the input does not match.
const fn kind(class: u8) -> ErrorKind {
    match class {
        b'a'..=b'z' => PARTS[index(class)].0,
        b'A'..=b'Z' => ErrorKind::Gmt,
        literal => ErrorKind::Separator(literal),
    }
}
