//! Fills the words in braces of a case with what the resource has.

use http_preconditions::{EntityTag, HttpDate};

use crate::wire::Field;

/// A tag that no server gives to anything.
const OTHER: &[u8] = b"\"conformance-other\"";

/// The field line that validates what was received, with the best that there is.
pub const VALIDATION: &str = "{validation}";

/// The days of the week and the months, as rfc850-date and ISO 8601 have them.
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A year on average, in seconds.
const YEAR: i64 = 31_556_952;

/// What the words in braces stand for.
#[derive(Clone, Copy, Debug)]
pub struct Template<'r> {
    /// The current entity tag.
    pub etag: Option<EntityTag<'r>>,
    /// The entity tag of the form with a content coding.
    pub coded: Option<&'r [u8]>,
    /// Last-Modified.
    pub last_modified: Option<HttpDate>,
    /// The length of the content.
    pub length: usize,
    /// The time of this computer.
    pub now: HttpDate,
}

impl Template<'_> {
    /// The field lines of a case.
    ///
    /// # Panics
    ///
    /// If a line has no colon, or a word that is not known: both are mistakes in a table.
    #[must_use]
    pub fn fields(&self, lines: &[&str]) -> Vec<Field> {
        let field = |line: &&str| {
            let line = if *line == VALIDATION {
                self.validation()
            } else {
                *line
            };
            let (name, value) = line.split_once(':').expect("a field line has a colon");
            let value = value.strip_prefix(' ').unwrap_or(value);
            (name.to_owned(), self.value(value))
        };
        lines.iter().map(field).collect()
    }

    const fn validation(&self) -> &'static str {
        match (self.etag, self.last_modified) {
            (Some(_), _) => "If-None-Match: {tag}",
            (None, Some(_)) => "If-Modified-Since: {date}",
            (None, None) => "If-None-Match: *",
        }
    }

    fn value(&self, text: &str) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            octets.extend(before.as_bytes());
            let (word, behind) = behind.split_once('}').expect("a brace is closed");
            octets.extend(self.word(word));
            rest = behind;
        }
        octets.extend(rest.as_bytes());
        octets
    }

    /// The table of words. One that the resource has nothing for is empty: its case is skipped.
    fn word(&self, word: &str) -> Vec<u8> {
        let opaque = self.etag.map_or(b"".as_slice(), |tag| tag.opaque());
        let quoted = |opaque: &[u8]| [b"\"", opaque, b"\""].concat();
        let last = self.length.saturating_sub(1);
        match word {
            "tag" if self.etag.is_some_and(|tag| tag.is_weak()) => {
                [b"W/".as_slice(), &quoted(opaque)].concat()
            }
            "tag" | "strong" => quoted(opaque),
            "weak" => [b"W/".as_slice(), &quoted(opaque)].concat(),
            "opaque" => opaque.to_vec(),
            "coded" => self.coded.unwrap_or_default().to_vec(),
            "other" => OTHER.to_vec(),
            "prefix" => quoted(opaque.split_last().map_or(opaque, |(_, prefix)| prefix)),
            "longer" => quoted(&[opaque, b"x"].concat()),
            "swapped" => quoted(&opaque.iter().copied().map(swapped).collect::<Vec<_>>()),
            "non-ascii" => b"\"\xc3\xa9\"".to_vec(),
            "many" => {
                let tags = (0..40).map(|number| format!("\"conformance-{number}\", "));
                tags.collect::<String>().into_bytes()
            }
            "length" => self.length.to_string().into_bytes(),
            "last" => last.to_string().into_bytes(),
            "beyond" => (self.length + 1000).to_string().into_bytes(),
            _ => self.date(word).into_bytes(),
        }
    }

    /// Words for dates: `date`, `date+1`, `date-1`, each with `:` and a form behind it; `future`;
    /// `year+45` and `year+51`, which are years from now with two digits.
    fn date(&self, word: &str) -> String {
        let (word, form) = word.split_once(':').unwrap_or((word, "imf"));
        let last_modified = self.last_modified.unwrap_or(self.now).to_unix();
        let now = self.now.to_unix();
        let (unix, form) = match word {
            "date" => (last_modified, form),
            "date+1" => (last_modified + 1, form),
            "date-1" => (last_modified - 1, form),
            "future" => (now + YEAR, form),
            "year+45" => (now + 45 * YEAR, form),
            "year+51" => (now + 51 * YEAR, form),
            _ => panic!("no word of a case: {word}"),
        };
        let date = HttpDate::from_unix(unix).unwrap_or(self.now);
        let imf = date.to_string();
        // "Sun, 06 Nov 1994 08:49:37 GMT"
        let (day_name, day, month) = (&imf[..3], &imf[5..7], &imf[8..11]);
        let (year, time) = (&imf[12..16], &imf[17..25]);
        match form {
            "imf" => imf,
            "rfc850" => {
                let known = DAYS.iter().find(|name| name.starts_with(day_name));
                let name = known.unwrap_or(&day_name);
                format!("{name}, {day}-{month}-{} {time} GMT", &year[2..])
            }
            "asctime" => {
                let day = day.replacen('0', " ", usize::from(day.starts_with('0')));
                format!("{day_name} {month} {day} {time} {year}")
            }
            "iso" => {
                let number = MONTHS.iter().position(|name| *name == month);
                let number = number.map_or(0, |index| index + 1);
                format!("{year}-{number:02}-{day}T{time}Z")
            }
            "zone" => imf.replace("GMT", "+0000"),
            "lower" => imf.to_lowercase(),
            "seconds" => unix.to_string(),
            _ => panic!("no form of a date: {form}"),
        }
    }
}

const fn swapped(octet: u8) -> u8 {
    if octet.is_ascii_uppercase() {
        octet.to_ascii_lowercase()
    } else {
        octet.to_ascii_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled() {
        let template = Template {
            etag: Some(EntityTag::from_static("W/\"aB,1\"")),
            coded: None,
            last_modified: Some(HttpDate::from_unix(784_111_777).unwrap()),
            length: 10,
            now: HttpDate::from_unix(1_781_524_800).unwrap(), // Mon, 15 Jun 2026 12:00:00 GMT
        };
        for (line, value) in [
            // Tags.
            ("{tag}", "W/\"aB,1\""),
            ("{strong}", "\"aB,1\""),
            ("{weak}", "W/\"aB,1\""),
            ("{opaque}", "aB,1"),
            ("\"x\", {swapped},{prefix}", "\"x\", \"Ab,1\",\"aB,\""),
            ("{longer}", "\"aB,1x\""),
            // Dates of one instant.
            ("{date}", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("{date:rfc850}", "Sunday, 06-Nov-94 08:49:37 GMT"),
            ("{date:asctime}", "Sun Nov  6 08:49:37 1994"),
            ("{date:iso}", "1994-11-06T08:49:37Z"),
            ("{date:zone}", "Sun, 06 Nov 1994 08:49:37 +0000"),
            ("{date:seconds}", "784111777"),
            // Other instants.
            ("{date+1}", "Sun, 06 Nov 1994 08:49:38 GMT"),
            ("{date-1:asctime}", "Sun Nov  6 08:49:36 1994"),
            // 45 years of 365.2425 days.
            ("{year+45:rfc850}", "Monday, 15-Jun-71 09:54:00 GMT"),
            // Lengths.
            ("bytes={last}-{length}", "bytes=9-10"),
            ("", ""),
        ] {
            let line = format!("Name: {line}");
            let fields = template.fields(&[&line]);
            let filled = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_slice()));
            assert!(
                filled.eq([("Name", value.as_bytes())]),
                "{line}: {fields:?}"
            );
        }
    }
}
