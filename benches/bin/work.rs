//! Does one workload a number of times, for a program that counts instructions: `work
//! if_none_match/10 1000`. `benches/instructions` takes the difference of two numbers of times.

use std::hint::black_box;
use std::process::ExitCode;

use http::{HeaderMap, Method, header};
use http_preconditions::{
    EntityTag, Evaluation, HttpDate, IfMatch, Representation, evaluate,
    range::{Range, RangePolicy, Resolution},
    tag::EntityTagBuf,
};
use http_preconditions_benches::{
    ASCTIME_DATE, CURRENT, IMF_FIXDATE, RFC850_DATE, UNIX, VERSION, digest, list, ranges, requests,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, times] = arguments.as_slice() else {
        eprintln!("usage: work WORKLOAD TIMES");
        return ExitCode::from(2);
    };
    let times = times.parse().unwrap_or(0);
    let current = EntityTag::parse(CURRENT.as_bytes()).expect("the current tag is one");
    let date = HttpDate::from_unix(UNIX).expect("a date of 1994");
    let representation = Representation::new()
        .etag(current)
        .strong_last_modified(date);
    let repeat = |work: &dyn Fn() -> u64| {
        let sum = (0..times).fold(0_u64, |sum, _| sum.wrapping_add(work()));
        black_box(sum);
    };
    let parse = |text: &'static str| {
        move || {
            HttpDate::parse(black_box(text.as_bytes()))
                .map_or(0, |date| date.to_unix().unsigned_abs())
        }
    };
    let (kind, detail) = name.split_once('/').unwrap_or((name, ""));
    match (kind, detail) {
        ("etag_parse", _) => repeat(&|| {
            EntityTag::parse(black_box(CURRENT.as_bytes()))
                .map_or(0, |tag| tag.opaque().len() as u64)
        }),
        ("if_none_match", length) => {
            let mut map = HeaderMap::new();
            let value = list(length.parse().expect("a length"))
                .parse()
                .expect("a field value");
            map.insert(header::IF_NONE_MATCH, value);
            repeat(&|| {
                let evaluation = Evaluation::new(&Method::GET, Some(&representation));
                evaluation.headers(black_box(&map)).decide().status().into()
            });
        }
        ("if_match", length) => {
            let value = list(length.parse().expect("a length"));
            repeat(&|| {
                IfMatch::parse(black_box(value.as_bytes()))
                    .map_or(0, |list| list.matches(current).into())
            });
        }
        ("range", length) => {
            let value = ranges(length.parse().expect("a length"));
            repeat(&|| {
                let range = Range::parse(black_box(value.as_bytes()));
                match range.map(|range| range.resolve(1_000_000, RangePolicy::new())) {
                    Ok(Resolution::Partial(ranges)) => ranges.map(|range| range.first()).sum(),
                    _ => 0,
                }
            });
        }
        ("http_date", "imf") => repeat(&parse(IMF_FIXDATE)),
        ("http_date", "rfc850") => repeat(&parse(RFC850_DATE)),
        ("http_date", "asctime") => repeat(&parse(ASCTIME_DATE)),
        ("http_date", "format") => repeat(&|| black_box(date).to_imf_fixdate()[5].into()),
        ("tag", "sha256") => {
            let digest = digest();
            repeat(&|| {
                let tag = EntityTagBuf::<66>::from_digest_hex(black_box(&digest));
                black_box(&tag).as_bytes().len() as u64
            });
        }
        ("tag", "version") => repeat(&|| {
            let tag = EntityTagBuf::<22>::from_version(black_box(VERSION));
            black_box(&tag).as_bytes().len() as u64
        }),
        ("request" | "pairs", which) => request(kind, which, &representation, repeat),
        _ => {
            eprintln!("no workload {name}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// A browser's request, from a `HeaderMap` or from pairs.
fn request(
    kind: &str,
    which: &str,
    representation: &Representation<'_>,
    repeat: impl Fn(&dyn Fn() -> u64),
) {
    let requests = requests();
    let (_, map) = requests
        .iter()
        .find(|(name, _)| *name == which)
        .expect("a request");
    let pairs: Vec<_> = map
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    if kind == "request" {
        repeat(&|| {
            let evaluation = Evaluation::new(&Method::GET, Some(representation));
            evaluation.headers(black_box(map)).decide().status().into()
        });
    } else {
        repeat(&|| {
            let pairs = black_box(&pairs).iter().copied();
            evaluate("GET", pairs, Some(representation)).status().into()
        });
    }
}
