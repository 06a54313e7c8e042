//! Time for an octet of hostile values at 1 MiB as a ratio to that at 4 KiB: what is linear has 1.
//! Fails above 1.2.
//!
//! The two are measured in turns, and all values in rounds, so that what else the machine does falls
//! on both; the least of all turns counts, which is what the code takes when nothing disturbs it.

mod roles;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;
use support::hostile;

const SHORT: usize = 4 * 1024;
const LONG: usize = 1024 * 1024;
const CACHE_LINE: usize = 64;
const ROUNDS: usize = 20;
const TURNS: usize = 4;

/// Nanoseconds for an octet, each value read so often that a turn reads `LONG` octets.
pub(crate) fn turn<T>(work: fn(&[u8]) -> T, value: &[u8]) -> f64 {
    let times = (LONG / value.len()).max(1);
    let start = Instant::now();
    for _ in 0..times {
        black_box(work(black_box(value)));
    }
    let octets = u32::try_from(times * value.len()).expect("a turn reads about a mebibyte");
    start.elapsed().as_secs_f64() * 1e9 / f64::from(octets)
}

/// A value at the beginning of a cache line, so that a short one lies as a long one does.
struct Aligned {
    octets: Vec<u8>,
    start: usize,
}

impl Aligned {
    fn new(value: &[u8]) -> Self {
        let mut octets = Vec::<u8>::with_capacity(value.len() + CACHE_LINE);
        let start = octets.as_ptr().align_offset(CACHE_LINE);
        octets.resize(start, 0);
        octets.extend_from_slice(value);
        Self { octets, start }
    }

    fn value(&self) -> &[u8] {
        &self.octets[self.start..]
    }
}

/// A hostile value of both lengths, and the least nanoseconds for an octet of each until now.
struct Row {
    name: String,
    turn: fn(&[u8]) -> f64,
    values: [Aligned; 2],
    least: [f64; 2],
}

impl Row {
    /// The first turn of a round also brings the value into the cache.
    fn round(&mut self) {
        for _ in 0..TURNS {
            for (value, least) in self.values.iter().zip(&mut self.least) {
                *least = least.min((self.turn)(value.value()));
            }
        }
    }
}

/// The rows of a pattern, one for each form that its values have.
fn rows<const FORMS: usize>(
    name: &str,
    forms: [&str; FORMS],
    turn: fn(&[u8]) -> f64,
    values: impl Fn(usize) -> [Vec<u8>; FORMS],
) -> impl Iterator<Item = Row> {
    let values = values(SHORT).into_iter().zip(values(LONG));
    forms
        .into_iter()
        .zip(values)
        .map(move |(form, (short, long))| Row {
            name: format!("{name}{form}"),
            turn,
            values: [Aligned::new(&short), Aligned::new(&long)],
            least: [f64::MAX; 2],
        })
}

fn main() -> ExitCode {
    let evaluate = |value: &[u8]| turn(hostile::evaluate_all, value);
    let resolve = |value: &[u8]| turn(hostile::resolve_all, value);
    let mut all: Vec<Row> = Vec::new();
    for (name, pattern) in hostile::PATTERNS {
        let forms = ["", " in quotes", " behind a tag"];
        all.extend(rows(name, forms, evaluate, |length| {
            hostile::values(pattern, length)
        }));
    }
    for (name, pattern) in hostile::RANGES {
        let forms = [
            " as ranges",
            " in ranges",
            " as last-pos",
            " of another unit",
        ];
        all.extend(rows(name, forms, resolve, |length| {
            hostile::range_values(pattern, length)
        }));
    }
    let if_all = |value: &[u8]| turn(hostile::if_all, value);
    for (name, pattern) in hostile::IFS {
        let forms = [
            " in If",
            " in a list",
            " in a tag",
            " in a token",
            " in a Resource-Tag",
            " behind a list",
            " behind a Resource-Tag",
        ];
        all.extend(rows(name, forms, if_all, |length| {
            hostile::if_values(pattern, length)
        }));
    }
    for (name, work, value) in roles::WORK {
        all.extend(rows(name, [""], *work, |length| [value(length)]));
    }
    for _ in 0..ROUNDS {
        all.iter_mut().for_each(Row::round);
    }

    println!(
        "{:28} {:>10} {:>10} {:>8}",
        "value", "4 KiB", "1 MiB", "ratio"
    );
    let mut worst: f64 = 0.0;
    for Row {
        name,
        least: [short, long],
        ..
    } in &all
    {
        let ratio = long / short;
        println!("{name:28} {short:>7.2} ns {long:>7.2} ns {ratio:>8.2}");
        worst = worst.max(ratio);
    }
    println!("worst ratio: {worst:.2}");
    if worst > 1.2 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
