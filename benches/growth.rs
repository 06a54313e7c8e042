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
fn turn(value: &[u8]) -> f64 {
    let times = (LONG / value.len()).max(1);
    let start = Instant::now();
    for _ in 0..times {
        black_box(hostile::evaluate_all(black_box(value)));
    }
    let octets = u32::try_from(times * value.len()).expect("a turn reads about a mebibyte");
    start.elapsed().as_secs_f64() * 1e9 / f64::from(octets)
}

fn main() -> ExitCode {
    println!(
        "{:24} {:>10} {:>10} {:>8}",
        "value", "4 KiB", "1 MiB", "ratio"
    );
    let mut worst: f64 = 0.0;
    for (name, pattern) in hostile::PATTERNS {
        let (short, long) = (
            hostile::values(pattern, SHORT),
            hostile::values(pattern, LONG),
        );
        for (form, (short, long)) in ["", " in quotes", " behind a tag"]
            .iter()
            .zip(short.iter().zip(&long))
        {
            let (mut least_short, mut least_long) = (f64::MAX, f64::MAX);
            for _ in 0..TURNS {
                least_short = least_short.min(turn(short));
                least_long = least_long.min(turn(long));
            }
            let ratio = least_long / least_short;
            worst = worst.max(ratio);
            let name = format!("{name}{form}");
            println!("{name:24} {least_short:>7.2} ns {least_long:>7.2} ns {ratio:>8.2}");
        }
    }
    println!("worst ratio: {worst:.2}");
    if worst > 1.2 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
