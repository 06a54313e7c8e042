//! This crate beside its peers, on the same octets, each through its own public API. Every workload
//! asserts its answer once before it is measured. `benches/peers` counts the instructions of both
//! sides; `benches/table` takes the times, and prints the ratios.
#![allow(
    clippy::needless_pass_by_value,
    clippy::collapsible_if,
    reason = "answers are plain values; the peers' code reads as the RFC's steps"
)]

use std::hint::black_box;

use criterion::Criterion;
use headers::{Header, HeaderMapExt};
use http::{HeaderMap, HeaderValue, Method, header};
use http_preconditions::{
    EntityTag, Evaluation, HttpDate, IfMatch, IfNoneMatch, Representation, evaluate,
    tag::EntityTagBuf,
};
use http_preconditions_benches::{
    ASCTIME_DATE, CURRENT, IMF_FIXDATE, RFC850_DATE, UNIX, VERSION, digest, list, requests,
};

/// What is done with each workload.
enum Measure {
    /// Criterion takes its time.
    Time(Box<Criterion>),
    /// Its group and its name are printed, separated by a tab.
    List,
    /// The one with this group and name is done a number of times, for a program that counts
    /// instructions.
    Count(String, u64),
}

impl Measure {
    fn group(&mut self, name: impl Into<String>) -> Group<'_> {
        let name = name.into();
        Group {
            measure: self,
            name,
        }
    }
}

/// Workloads with one task, ours and those of the peers.
struct Group<'m> {
    measure: &'m mut Measure,
    name: String,
}

/// Measures `work`, whose answer is `expected`.
fn time<T: PartialEq + std::fmt::Debug>(
    group: &mut Group<'_>,
    name: &str,
    expected: T,
    work: impl Fn() -> T,
) {
    assert_eq!(work(), expected, "{name}");
    let path = format!("{}\t{name}", group.name);
    match group.measure {
        Measure::Time(criterion) => {
            let mut group = criterion.benchmark_group(&group.name);
            group.bench_function(name, |bencher| bencher.iter(&work));
        }
        Measure::List => println!("{path}"),
        Measure::Count(wanted, times) if *wanted == path => {
            for _ in 0..*times {
                black_box(work());
            }
        }
        Measure::Count(..) => {}
    }
}

fn current() -> Representation<'static> {
    Representation::new()
        .etag(EntityTag::parse(CURRENT.as_bytes()).unwrap())
        .strong_last_modified(HttpDate::from_unix(UNIX).unwrap())
}

fn etag_parse(measure: &mut Measure) {
    let mut group = measure.group("etag_parse");
    let value = HeaderValue::from_static(CURRENT);
    time(&mut group, "ours", true, || {
        EntityTag::parse(black_box(&value).as_bytes()).is_ok()
    });
    time(&mut group, "headers", true, || {
        headers::ETag::decode(&mut std::iter::once(black_box(&value))).is_ok()
    });
    time(&mut group, "entity-tag", true, || {
        entity_tag::EntityTag::from_str(black_box(CURRENT)).is_ok()
    });
}

fn lists(measure: &mut Measure) {
    let current = EntityTag::parse(CURRENT.as_bytes()).unwrap();
    let theirs: headers::ETag = CURRENT.parse().unwrap();
    let representation = Representation::new().etag(current);
    for length in [1, 10, 100, 1000] {
        let value = list(length);
        let mut map = HeaderMap::new();
        map.insert(header::HOST, HeaderValue::from_static("www.example.com"));
        map.insert(header::IF_NONE_MATCH, value.parse().unwrap());
        let mut group = measure.group(format!("if_none_match/{length}"));
        time(&mut group, "ours", true, || {
            let value = black_box(&map).get(header::IF_NONE_MATCH).unwrap();
            IfNoneMatch::try_from(value).unwrap().matches(current)
        });
        time(&mut group, "ours, evaluated", 304, || {
            Evaluation::new(&Method::GET, Some(&representation))
                .headers(black_box(&map))
                .decide()
                .status()
        });
        time(&mut group, "headers", false, || {
            let field: headers::IfNoneMatch = black_box(&map).typed_get().unwrap();
            field.precondition_passes(&theirs)
        });
        time(&mut group, "memchr", 2 * length, || {
            memchr::memchr_iter(b'"', black_box(value.as_bytes())).count()
        });
    }

    let mut map = HeaderMap::new();
    map.insert(header::IF_MATCH, list(10).parse().unwrap());
    let mut group = measure.group("if_match/10");
    time(&mut group, "ours", true, || {
        let value = black_box(&map).get(header::IF_MATCH).unwrap();
        IfMatch::try_from(value).unwrap().matches(current)
    });
    time(&mut group, "headers", true, || {
        let field: headers::IfMatch = black_box(&map).typed_get().unwrap();
        field.precondition_passes(&theirs)
    });
}

fn http_date(measure: &mut Measure) {
    for (name, text) in [
        ("imf", IMF_FIXDATE),
        ("rfc850", RFC850_DATE),
        ("asctime", ASCTIME_DATE),
    ] {
        let mut group = measure.group(format!("http_date/{name}"));
        let date = HttpDate::from_unix(UNIX).unwrap();
        time(&mut group, "ours", Ok(date), || {
            HttpDate::parse(black_box(text.as_bytes()))
        });
        let theirs = httpdate::HttpDate::from(
            std::time::UNIX_EPOCH + std::time::Duration::from_secs(783_459_811),
        );
        time(&mut group, "httpdate", Some(theirs), || {
            black_box(text).parse().ok()
        });
        let theirs = actix_http::header::HttpDate::from(std::time::SystemTime::from(theirs));
        time(&mut group, "actix-http", Some(theirs), || {
            black_box(text).parse().ok()
        });
    }

    let mut group = measure.group("http_date/format");
    let date = HttpDate::from_unix(UNIX).unwrap();
    time(&mut group, "ours", IMF_FIXDATE.len(), || {
        black_box(date).to_imf_fixdate().len()
    });
    let theirs: httpdate::HttpDate = IMF_FIXDATE.parse().unwrap();
    let buffer = std::cell::RefCell::new(String::with_capacity(64));
    time(&mut group, "httpdate", IMF_FIXDATE.len(), || {
        use std::fmt::Write;
        let mut buffer = buffer.borrow_mut();
        buffer.clear();
        write!(buffer, "{}", black_box(theirs)).unwrap();
        buffer.len()
    });
}

/// A digest or a version as an `ETag` field, beside what servers write who have no crate for it.
fn tag(measure: &mut Measure) {
    let digest = digest();
    let text = format!("\"{}\"", hex::encode(digest));
    let mut group = measure.group("tag/sha256");
    time(&mut group, "ours", text.len(), || {
        black_box(EntityTagBuf::<66>::from_digest_hex(black_box(&digest)))
            .as_bytes()
            .len()
    });
    time(&mut group, "ours, base64url", 45, || {
        black_box(EntityTagBuf::<45>::from_digest_base64url(black_box(
            &digest,
        )))
        .as_bytes()
        .len()
    });
    time(&mut group, "format! of each octet", text.len(), || {
        use std::fmt::Write;
        let mut text = String::with_capacity(66);
        text.push('"');
        for octet in black_box(&digest) {
            write!(text, "{octet:02x}").unwrap();
        }
        text.push('"');
        black_box(text).len()
    });
    time(&mut group, "format! of hex", text.len(), || {
        black_box(format!("\"{}\"", hex::encode(black_box(&digest)))).len()
    });
    assert_eq!(
        EntityTagBuf::<66>::from_digest_hex(&digest).to_string(),
        text
    );

    let mut group = measure.group("tag/version");
    time(&mut group, "ours", 12, || {
        black_box(EntityTagBuf::<22>::from_version(black_box(VERSION)))
            .as_bytes()
            .len()
    });
    time(&mut group, "format!", 12, || {
        black_box(format!("\"{}\"", black_box(VERSION))).len()
    });
}

/// RFC 9110 §13.2.2 by hand with the types of `headers`, as a framework has to do it today.
fn by_hand(
    map: &HeaderMap,
    etag: &headers::ETag,
    last_modified: std::time::SystemTime,
) -> (u16, bool) {
    if let Some(field) = map.typed_get::<headers::IfMatch>() {
        if !field.precondition_passes(etag) {
            return (412, false);
        }
    } else if let Some(field) = map.typed_get::<headers::IfUnmodifiedSince>() {
        if !field.precondition_passes(last_modified) {
            return (412, false);
        }
    }
    if let Some(field) = map.typed_get::<headers::IfNoneMatch>() {
        if !field.precondition_passes(etag) {
            return (304, false);
        }
    } else if let Some(field) = map.typed_get::<headers::IfModifiedSince>() {
        if !field.is_modified(last_modified) {
            return (304, false);
        }
    }
    if map.typed_get::<headers::Range>().is_none() {
        return (200, false);
    }
    let if_range = map.typed_get::<headers::IfRange>();
    (
        200,
        if_range.is_none_or(|field| !field.is_modified(Some(etag), None)),
    )
}

fn request(measure: &mut Measure) {
    let current = current();
    let etag: headers::ETag = CURRENT.parse().unwrap();
    let last_modified = std::time::UNIX_EPOCH + std::time::Duration::from_secs(783_459_811);
    let expected = [(200, false), (304, false), (200, true)];
    for ((name, map), expected) in requests().into_iter().zip(expected) {
        let pairs: Vec<(String, Vec<u8>)> = map
            .iter()
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
            .collect();
        let mut group = measure.group(format!("request/{name}"));
        time(&mut group, "ours", expected, || {
            let decision = Evaluation::new(&Method::GET, Some(&current))
                .headers(black_box(&map))
                .decide();
            (decision.status(), decision.honours_range())
        });
        time(&mut group, "ours, from pairs", expected, || {
            let pairs = black_box(&pairs).iter().map(|(name, value)| (name, value));
            let decision = evaluate("GET", pairs, Some(&current));
            (decision.status(), decision.honours_range())
        });
        time(&mut group, "headers", expected, || {
            by_hand(black_box(&map), &etag, last_modified)
        });
        time(&mut group, "look-ups", map.len() - 12, || {
            let names = [
                header::IF_MATCH,
                header::IF_UNMODIFIED_SINCE,
                header::IF_NONE_MATCH,
                header::IF_MODIFIED_SINCE,
                header::IF_RANGE,
                header::RANGE,
            ];
            names
                .iter()
                .filter(|name| black_box(&map).get(*name).is_some())
                .count()
        });
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut measure = match words.as_slice() {
        ["list", ..] => Measure::List,
        ["count", path, times, ..] => Measure::Count((*path).into(), times.parse().expect("times")),
        _ => Measure::Time(Box::new(Criterion::default().configure_from_args())),
    };
    for workloads in [etag_parse, lists, http_date, tag, request] {
        workloads(&mut measure);
    }
    if let Measure::Time(criterion) = measure {
        criterion.final_summary();
    }
}
