//! The vectors of `tests/data` on the device: the same rows and the same answers as on the host.
#![no_std]
#![no_main]

mod dav;

use core::fmt::{self, Write as _};
use core::str::from_utf8;

use firmware::Console;
use http_preconditions::{
    Decision, EntityTag, Evaluation, HttpDate, IfMatch, IfNoneMatch, IfRange, Options, Outcome,
    ParseError, Representation,
    range::{ContentRange, Range, RangePolicy, Resolution},
};

const V1: EntityTag = EntityTag::from_static("\"v1\"");
/// Sat, 29 Oct 1994 19:43:31 GMT, the Last-Modified of the scenarios.
const LM: i64 = 783_459_811;
/// 2026-06-15T12:00:00Z, as of which the dates are read.
const NOW: i64 = 1_781_524_800;

/// What is asked of a row; none if the row is not as the file says that it should be.
type Check = fn(&Row<'_>) -> Option<bool>;

/// The files, and what is asked of each row. `deviations.tsv` does not fit beside
/// them into the memory of the smallest device.
const FILES: &[(&str, &str, Check)] = &[
    (
        "scenarios",
        include_str!("../../../../data/scenarios.tsv"),
        scenario,
    ),
    (
        "options",
        include_str!("../../../../data/options.tsv"),
        option,
    ),
    (
        "malformed",
        include_str!("../../../../data/malformed.tsv"),
        malformed,
    ),
    (
        "entity_tags",
        include_str!("../../../../data/entity_tags.tsv"),
        entity_tag,
    ),
    (
        "comparison",
        include_str!("../../../../data/comparison.tsv"),
        comparison,
    ),
    ("lists", include_str!("../../../../data/lists.tsv"), list),
    (
        "if_range",
        include_str!("../../../../data/if_range.tsv"),
        if_range,
    ),
    ("ranges", include_str!("../../../../data/ranges.tsv"), range),
    (
        "content_ranges",
        include_str!("../../../../data/content_ranges.tsv"),
        content_range,
    ),
    ("dates", include_str!("../../../../data/dates.tsv"), date),
    (
        "dav",
        include_str!("../../../../data/dav.tsv"),
        dav::request,
    ),
    (
        "dav_values",
        include_str!("../../../../data/dav_values.tsv"),
        dav::value,
    ),
    ("years", include_str!("../../../../data/years.tsv"), year),
];

/// A row with its escapes replaced: columns apart by tabs, as octets.
struct Row<'a> {
    columns: [&'a [u8]; 32],
    count: usize,
}

impl<'a> Row<'a> {
    /// None for a row that has more columns or octets than there is room for.
    fn read(line: &str, room: &'a mut [u8; 1280]) -> Option<Self> {
        let mut ends = [0; 32];
        let (mut count, mut length) = (0, 0);
        for column in line.split('\t') {
            let mut rest = column.as_bytes();
            while let [first, others @ ..] = rest {
                let (octet, others) = match rest {
                    [b'\\', b'x', hex @ ..] => {
                        let (hex, others) = hex.split_at_checked(2)?;
                        (u8::from_str_radix(from_utf8(hex).ok()?, 16).ok()?, others)
                    }
                    _ => (*first, others),
                };
                *room.get_mut(length)? = octet;
                length += 1;
                rest = others;
            }
            *ends.get_mut(count)? = length;
            count += 1;
        }
        let mut row = Self {
            columns: [&[]; 32],
            count,
        };
        let mut rest = &room[..length];
        let mut start = 0;
        for (column, end) in row.columns.iter_mut().zip(&ends[..count]) {
            (*column, rest) = rest.split_at(end - start);
            start = *end;
        }
        Some(row)
    }

    /// A column that is not there is empty.
    fn octets(&self, column: usize) -> &'a [u8] {
        self.columns[column]
    }

    fn text(&self, column: usize) -> Option<&'a str> {
        from_utf8(self.octets(column)).ok()
    }

    fn number<N: core::str::FromStr>(&self, column: usize) -> Option<N> {
        self.text(column)?.parse().ok()
    }

    fn from(&self, column: usize) -> impl Iterator<Item = &'a [u8]> + Clone {
        self.columns.into_iter().take(self.count).skip(column)
    }

    /// The columns from this one on as field lines, given to an evaluation.
    fn evaluate(&self, column: usize, evaluation: Evaluation<'_>) -> Option<Decision> {
        Some(self.fill(column, evaluation)?.decide())
    }

    /// An evaluation that has got the columns from this one on as field lines.
    fn fill<'r>(&self, column: usize, mut evaluation: Evaluation<'r>) -> Option<Evaluation<'r>> {
        for line in self.from(column) {
            let colon = line.iter().position(|octet| *octet == b':')?;
            let (name, value) = (&line[..colon], &line[colon + 1..]);
            evaluation.field(name, value.strip_prefix(b" ").unwrap_or(value));
        }
        Some(evaluation)
    }

    /// Whether `err  kind  offset` stands from this column on, for this error.
    fn is_error(&self, column: usize, error: ParseError) -> Option<bool> {
        Some(
            self.text(column)? == "err"
                && is_kind(error, self.text(column + 1)?)
                && error.offset() == self.number::<usize>(column + 2)?,
        )
    }
}

/// The name of an error kind as the files write it: without the octet that a separator names.
fn is_kind(error: ParseError, expected: &str) -> bool {
    let mut name = Text::new();
    let _ = write!(name, "{:?}", error.kind());
    name.text().split('(').next() == Some(expected)
}

/// Text of a bounded length; what is longer is no longer what is expected.
struct Text {
    octets: [u8; 160],
    length: usize,
}

impl Text {
    const fn new() -> Self {
        Self {
            octets: [0; 160],
            length: 0,
        }
    }

    fn text(&self) -> &str {
        from_utf8(&self.octets[..self.length]).unwrap_or_default()
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.octets.get_mut(self.length..self.length + text.len());
        room.ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length += text.len();
        Ok(())
    }
}

/// What a decision says, in the words of the outcome column; `full` says beside `perform` only that there was a Range.
fn is_outcome(decision: &Decision, expected: &str) -> Option<bool> {
    let performs = decision.outcome() == Outcome::Perform;
    Some(match expected {
        "range" => performs && decision.honours_range() && decision.status() == 200,
        "perform" | "full" => {
            performs && !decision.honours_range() && (200..=299).contains(&decision.status())
        }
        status => !performs && decision.status() == status.parse::<u16>().ok()?,
    })
}

fn scenario(row: &Row<'_>) -> Option<bool> {
    let lm = HttpDate::from_unix(LM).ok()?;
    let s1 = Representation::new().etag(V1).strong_last_modified(lm);
    let representation = match row.octets(1) {
        b"S1" => Some(s1),
        b"S2" => Some(s1.etag(V1.to_weak())),
        b"S3" => Some(Representation::new().strong_last_modified(lm)),
        b"S4" => Some(Representation::new().etag(V1)),
        b"S5" => Some(Representation::new()),
        b"S6" => None,
        b"S7" => Some(s1.last_modified(lm)),
        b"S8" => Some(s1.without_ranges()),
        _ => return None,
    };
    let status = match (row.octets(1), row.octets(2)) {
        (b"S6", b"PUT") => 201,
        (b"S6", _) => 404,
        _ => 200,
    };
    let options = Options::new().unconditional_status(status);
    let evaluation = Evaluation::with_options(row.octets(2), representation.as_ref(), options);
    let decision = row.evaluate(4, evaluation)?;
    is_outcome(&decision, row.text(3)?)
}

fn option(row: &Row<'_>) -> Option<bool> {
    let undated = Representation::new().etag(V1);
    let dated = undated.last_modified(HttpDate::from_unix(LM).ok()?);
    let current = match row.octets(1) {
        b"dated" => Some(&dated),
        b"undated" => Some(&undated),
        _ => None,
    };
    let mut options = Options::new();
    let unconditional = row.number(2);
    if let Some(status) = unconditional {
        options = options.unconditional_status(status);
    }
    options = match row.octets(0) {
        b"require" => options.require_if_match(),
        b"applied" => options.already_applied(),
        _ => return None,
    };
    let decision = row.evaluate(5, Evaluation::with_options(row.octets(3), current, options))?;
    let (outcome, status) = (decision.outcome(), decision.status());
    Some(match row.text(4)? {
        "applied" => {
            (outcome, status) == (Outcome::AlreadyApplied, unconditional.unwrap_or(200))
                && decision.decided_by().is_some()
        }
        expected => {
            status == expected.parse().ok()?
                && (outcome == Outcome::PreconditionRequired) == (expected == "428")
                && outcome != Outcome::AlreadyApplied
        }
    })
}

fn malformed(row: &Row<'_>) -> Option<bool> {
    let current = Representation::new().etag(V1);
    let current = current.last_modified(HttpDate::from_unix(LM).ok()?);
    let decision = row.evaluate(3, Evaluation::new(row.octets(0), Some(&current)))?;
    let is_status = decision.status() == row.number(1)?;
    Some(is_status && are_reports(&decision, row.text(2)?)? && !decision.honours_range())
}

/// Whether these are the errors that a decision reports, in words; `-` is none.
fn are_reports(decision: &Decision, reports: &str) -> Option<bool> {
    let mut reports = reports
        .strip_prefix('-')
        .unwrap_or(reports)
        .split_ascii_whitespace();
    for malformed in decision.malformed() {
        let (line, error) = (malformed.line(), malformed.error());
        let same = reports.next() == Some(malformed.field().name())
            && reports.next()?.parse() == Ok(line)
            && is_kind(error, reports.next()?)
            && reports.next()?.parse() == Ok(error.offset());
        if !same {
            return Some(false);
        }
    }
    Some(reports.next().is_none())
}

fn entity_tag(row: &Row<'_>) -> Option<bool> {
    match EntityTag::parse(row.octets(0)) {
        Ok(tag) => Some(
            row.octets(1) == b"ok"
                && tag.is_weak() == (row.octets(2) == b"weak")
                && tag.opaque() == row.octets(3),
        ),
        Err(error) => row.is_error(1, error),
    }
}

fn comparison(row: &Row<'_>) -> Option<bool> {
    let a = EntityTag::parse(row.octets(0)).ok()?;
    let b = EntityTag::parse(row.octets(1)).ok()?;
    let (strong, weak) = (row.octets(2) == b"yes", row.octets(3) == b"yes");
    Some(
        (a.strong_eq(b), a.weak_eq(b)) == (strong, weak)
            && (b.strong_eq(a), b.weak_eq(a)) == (strong, weak)
            && IfMatch::parse(row.octets(0)).ok()?.matches(b) == strong
            && IfNoneMatch::parse(row.octets(0)).ok()?.matches(b) == weak,
    )
}

fn list(row: &Row<'_>) -> Option<bool> {
    let value = row.octets(0);
    match (IfMatch::parse(value), IfNoneMatch::parse(value)) {
        (Ok(tags), Ok(same)) => {
            let expected = row
                .from(2)
                .map(|tag| EntityTag::parse(tag).map_err(|_| ()).ok());
            let any = row.octets(1) == b"any";
            Some(
                (any || row.octets(1) == b"tags")
                    && tags.is_any() == any
                    && same.is_any() == any
                    && tags.tags().map(Some).eq(expected.clone())
                    && same.tags().map(Some).eq(expected),
            )
        }
        (Err(error), Err(same)) => Some(row.is_error(1, error)? && error == same),
        _ => Some(false),
    }
}

fn if_range(row: &Row<'_>) -> Option<bool> {
    match IfRange::parse_at(row.octets(0), HttpDate::from_unix(NOW).ok()?) {
        Ok(IfRange::EntityTag(tag)) => Some(
            row.octets(1)
                == if tag.is_weak() {
                    &b"weak"[..]
                } else {
                    b"strong"
                }
                && tag.opaque() == row.octets(2),
        ),
        Ok(IfRange::HttpDate(date)) => {
            Some(row.octets(1) == b"date" && date.to_unix() == row.number(2)?)
        }
        Err(error) => row.is_error(1, error),
    }
}

fn range(row: &Row<'_>) -> Option<bool> {
    let range = match Range::parse(row.octets(0)) {
        Ok(range) => range,
        Err(error) => return row.is_error(2, error),
    };
    let verdict = match range.resolve(row.number(1)?, RangePolicy::new()) {
        Resolution::Partial(ranges) => {
            let same = ranges.zip(row.from(3)).all(|(range, column)| {
                let mut text = Text::new();
                let _ = write!(text, "{}-{}", range.first(), range.last());
                text.text().as_bytes() == column
            });
            if same { "partial" } else { "other ranges" }
        }
        Resolution::Unsatisfiable => "unsatisfiable",
        Resolution::Ignored => "ignored",
    };
    Some(row.text(2)? == verdict)
}

fn content_range(row: &Row<'_>) -> Option<bool> {
    let field = match ContentRange::parse(row.octets(0)) {
        Ok(field) => field,
        Err(error) => return row.is_error(1, error),
    };
    let is = |column, number: Option<u64>| match number {
        Some(number) => row.number(column) == Some(number),
        None => row.octets(column) == b"*",
    };
    let mut buffer = [0; ContentRange::MAX_LENGTH];
    let written = field.write_to(&mut buffer).ok()?;
    Some(
        row.text(1)? == "ok"
            && is(2, field.range().map(|range| range.first()))
            && is(3, field.range().map(|range| range.last()))
            && is(4, field.complete_length())
            && ContentRange::parse(written) == Ok(field),
    )
}

fn date(row: &Row<'_>) -> Option<bool> {
    match HttpDate::parse_at(row.octets(0), HttpDate::from_unix(NOW).ok()?) {
        Ok(date) => Some(
            date.to_unix() == row.number(1)? && HttpDate::parse(&date.to_imf_fixdate()) == Ok(date),
        ),
        Err(error) => row.is_error(1, error),
    }
}

fn year(row: &Row<'_>) -> Option<bool> {
    let now = HttpDate::from_unix(row.number(0)?).ok()?;
    let date = HttpDate::parse_at(row.octets(1), now).ok()?;
    Some(date.to_unix() == row.number(2)?)
}

/// Reports whether the row comes out as its file says.
#[inline(never)]
fn holds(line: &str, check: Check) -> bool {
    let mut room = [0; 1280];
    Row::read(line, &mut room).and_then(|row| check(&row)) == Some(true)
}

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for (file, text, check) in FILES {
        let before = passed + failed;
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if holds(line, *check) {
                passed += 1;
            } else {
                failed += 1;
                let _ = writeln!(Console, "{file}.tsv:{}: {line}", index + 1);
            }
        }
        let rows = passed + failed - before;
        if rows == 0 || (*file == "scenarios" && rows != 95) {
            failed += 1;
            let _ = writeln!(Console, "{file}.tsv: {rows} rows");
        }
    }
    let _ = writeln!(Console, "{passed} {failed}");
    firmware::exit(failed == 0)
}
