//! Field values by the million, each against the oracle: all short strings over the octets that
//! matter, every prefix of every vector and every change of one octet in it, every day of ten
//! millennia and every second of a leap day.

use http_preconditions::HttpDate;
use std::thread;
use support::agree;
use support::vectors::rows;

/// 2026-06-15T12:00:00Z
const NOW: i64 = 1_781_524_800;

/// Every octet that the grammars of tags and lists treat in a way of its own, and one of each class
/// that they do not.
const ALPHABET: [u8; 13] = [
    b'"', b'W', b'/', b'w', b',', b' ', b'\t', b'*', b'a', b'\\', 0x7F, 0x80, 0x00,
];

/// What two cores enumerate in less than a minute; `ENUMERATE_LENGTH=8` takes thirteen times as
/// long.
fn length() -> u32 {
    let length = std::env::var("ENUMERATE_LENGTH").ok();
    length.map_or(7, |length| {
        length.parse().expect("ENUMERATE_LENGTH is a number")
    })
}

#[test]
fn every_short_string_agrees_with_the_oracle() {
    let count = ALPHABET.len().pow(length());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let mut value = vec![0; length() as usize];
                for mut number in (thread..count).step_by(threads) {
                    for octet in &mut value {
                        *octet = ALPHABET[number % ALPHABET.len()];
                        number /= ALPHABET.len();
                    }
                    agree::on_list(&value);
                    agree::on_entity_tag(&value);
                    agree::on_if_range(&value, NOW);
                }
            });
        }
    });
    for length in 0..length() {
        for mut number in 0..ALPHABET.len().pow(length) {
            let mut value = Vec::new();
            for _ in 0..length {
                value.push(ALPHABET[number % ALPHABET.len()]);
                number /= ALPHABET.len();
            }
            agree::on_list(&value);
            agree::on_members(&value);
            agree::on_entity_tag(&value);
            agree::on_if_range(&value, NOW);
        }
    }
    println!(
        "strings of at most {} octets enumerated: {}",
        length(),
        (13 * count - 1) / 12
    );
}

/// Calls `agree` on the value, each of its prefixes, and it with one octet removed, replaced or
/// added.
fn neighbours(value: &[u8], agree: impl Fn(&[u8])) -> usize {
    let every: Vec<u8> = (0..=u8::MAX).collect();
    neighbours_over(&every, value, agree)
}

/// The same where what is put in place or added is one of these octets.
fn neighbours_over(octets: &[u8], value: &[u8], agree: impl Fn(&[u8])) -> usize {
    let mut tried = 0;
    let mut agree = |value: &[u8]| {
        agree(value);
        tried += 1;
    };
    for place in 0..=value.len() {
        let (before, after) = value.split_at(place);
        agree(before);
        let rest = after.get(1..).unwrap_or_default();
        agree(&[before, rest].concat());
        for octet in octets {
            agree(&[before, &[*octet], rest].concat());
            agree(&[before, &[*octet], after].concat());
        }
    }
    tried
}

#[test]
fn every_neighbour_of_a_date_agrees_with_the_oracle() {
    let tried: usize = rows("dates.tsv")
        .iter()
        .filter(|row| row.text(1) != "err")
        .map(|row| neighbours(row.octets(0), |value| agree::on_date(value, NOW)))
        .sum();
    println!("neighbours of dates enumerated: {tried}");
}

#[test]
fn every_neighbour_of_a_tag_or_a_list_agrees_with_the_oracle() {
    let mut tried = 0;
    for file in ["entity_tags.tsv", "lists.tsv", "if_range.tsv"] {
        for row in rows(file) {
            tried += neighbours(row.octets(0), |value| {
                agree::on_entity_tag(value);
                agree::on_list(value);
                agree::on_current_tag(value);
                agree::on_members(value);
                if !value.contains(&b':') {
                    agree::on_if_range(value, NOW);
                }
            });
        }
    }
    println!("neighbours of tags and lists enumerated: {tried}");
}

/// Of tags that are as long as the one before it a list is read faster than of others: one, two and
/// three tags of every length up to four blocks and some more, between which some octet goes wrong.
#[test]
fn every_neighbour_of_a_list_of_long_tags_agrees_with_the_oracle() {
    const LISTS: [&str; 5] = ["0", "00", "0W0", "01", "WW"];
    let tried = std::sync::atomic::AtomicUsize::new(0);
    thread::scope(|scope| {
        for (list, separator) in LISTS.iter().flat_map(|list| [(list, ", "), (list, ",")]) {
            let tried = &tried;
            scope.spawn(move || {
                for length in 0..=70 {
                    let tags: Vec<String> = list
                        .bytes()
                        .zip(b'a'..)
                        .map(|(form, letter)| {
                            let opaque = char::from(letter).to_string();
                            match form {
                                b'W' => format!("W/\"{}\"", opaque.repeat(length)),
                                longer => format!(
                                    "\"{}\"",
                                    opaque.repeat(length + usize::from(longer - b'0'))
                                ),
                            }
                        })
                        .collect();
                    let value = tags.join(separator);
                    let count = neighbours_over(&ALPHABET, value.as_bytes(), |value| {
                        agree::on_list(value);
                        agree::on_members(value);
                        agree::on_current_tag(value);
                        agree::on_members(value);
                    });
                    tried.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    println!(
        "neighbours of lists of long tags enumerated: {}",
        tried.into_inner()
    );
}

const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Reads and writes one instant in all three formats. The calendar is walked beside it, one day
/// after the other.
#[track_caller]
fn in_three_formats(unix: i64, weekday: usize, [year, month, day]: [usize; 3], time: &str) {
    let (weekday, month) = (WEEKDAYS[weekday], MONTHS[month - 1]);
    let fixdate = format!("{}, {day:02} {month} {year:04} {time} GMT", &weekday[..3]);
    let rfc850 = format!("{weekday}, {day:02}-{month}-{:02} {time} GMT", year % 100);
    let asctime = format!("{} {month} {day:2} {time} {year:04}", &weekday[..3]);
    let date = HttpDate::from_unix(unix).unwrap();
    assert_eq!(date.to_imf_fixdate(), fixdate.as_bytes());
    assert_eq!(HttpDate::parse(fixdate.as_bytes()), Ok(date), "{fixdate}");
    assert_eq!(HttpDate::parse(asctime.as_bytes()), Ok(date), "{asctime}");
    assert_eq!(
        HttpDate::parse_at(rfc850.as_bytes(), date),
        Ok(date),
        "{rfc850}"
    );
}

#[test]
fn every_day_from_year_1_to_9999_is_read_and_written() {
    // 0001-01-01 is a Monday.
    let (mut unix, mut days) = (-62_135_596_800, 1);
    for year in 1..=9999 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let lengths = [
            31,
            if leap { 29 } else { 28 },
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        for (month, length) in lengths.into_iter().enumerate() {
            for day in 1..=length {
                in_three_formats(unix, days % 7, [year, month + 1, day], "00:00:00");
                unix += 86_400;
                days += 1;
            }
        }
    }
    assert_eq!(unix, 253_402_300_800);
    println!("days enumerated: {}", days - 1);
}

#[test]
fn every_second_of_a_leap_day_is_read_and_written() {
    // 2024-02-29 is a Thursday.
    let mut unix = 1_709_164_800;
    for hour in 0..24 {
        for minute in 0..60 {
            for second in 0..60 {
                in_three_formats(
                    unix,
                    4,
                    [2024, 2, 29],
                    &format!("{hour:02}:{minute:02}:{second:02}"),
                );
                unix += 1;
            }
        }
    }
}
