//! Time for an octet of hostile values at 1 MiB as a ratio to that at 4 KiB: what is linear has 1.
//! Fails above 1.2.
//!
//! The two are measured in turns, so that what else the machine does falls on both; the least of
//! all turns counts, which is what the code takes when nothing disturbs it.

#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

const SHORT: usize = 4 * 1024;
const LONG: usize = 1024 * 1024;
const TURNS: usize = 20;

/// Nanoseconds for an octet, each value read so often that a turn reads `LONG` octets.
fn turn<T>(work: fn(&[u8]) -> T, value: &[u8]) -> f64 {
    let times = (LONG / value.len()).max(1);
    let start = Instant::now();
    for _ in 0..times {
        black_box(work(black_box(value)));
    }
    let octets = u32::try_from(times * value.len()).expect("a turn reads about a mebibyte");
    start.elapsed().as_secs_f64() * 1e9 / f64::from(octets)
}

/// Prints the least of all turns for the short value and for the long one, and returns their ratio.
fn ratio<T>(name: &str, work: fn(&[u8]) -> T, short: &[u8], long: &[u8]) -> f64 {
    let (mut least_short, mut least_long) = (f64::MAX, f64::MAX);
    for _ in 0..TURNS {
        least_short = least_short.min(turn(work, short));
        least_long = least_long.min(turn(work, long));
    }
    let ratio = least_long / least_short;
    println!("{name:28} {least_short:>7.2} ns {least_long:>7.2} ns {ratio:>8.2}");
    ratio
}

fn main() -> ExitCode {
    println!(
        "{:28} {:>10} {:>10} {:>8}",
        "value", "4 KiB", "1 MiB", "ratio"
    );
    let mut worst: f64 = 0.0;
    for (name, pattern) in hostile::PATTERNS {
        let values = |length| hostile::values(pattern, length);
        let forms = ["", " in quotes", " behind a tag"].iter();
        for ((form, short), long) in forms.zip(values(SHORT)).zip(values(LONG)) {
            let name = format!("{name}{form}");
            worst = worst.max(ratio(&name, hostile::evaluate_all, &short, &long));
        }
    }
    for (name, pattern) in hostile::RANGES {
        let values = |length| hostile::range_values(pattern, length);
        let forms = ["as ranges", "in ranges", "as last-pos", "of another unit"].iter();
        for ((form, short), long) in forms.zip(values(SHORT)).zip(values(LONG)) {
            let name = format!("{name} {form}");
            worst = worst.max(ratio(&name, hostile::resolve_all, &short, &long));
        }
    }
    println!("worst ratio: {worst:.2}");
    if worst > 1.2 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
