//! Feature `arbitrary`: every value is valid, and field lines are valid often enough and broken
//! often enough.
#![cfg(feature = "arbitrary")]

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use http_preconditions::{
    EntityTag, Field, FieldLine, HttpDate, IfMatch, IfNoneMatch, IfRange, Method, Representation,
    dav::{
        If, IfScheduleTagMatch, LockToken, ResourceTag, ScheduleTag, State, StateCondition,
        StateToken,
    },
    evaluate,
    range::{ByteRange, ContentRange, Range, RangeSpec},
    tag::{ContentCoding, EntityTagBuf, ModificationTime},
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// A few thousand inputs, the same in each run.
fn inputs() -> Vec<Vec<u8>> {
    let mut runner = TestRunner::deterministic();
    let inputs = vec(any::<u8>(), 0..96);
    (0..5000)
        .map(|_| inputs.new_tree(&mut runner).unwrap().current())
        .collect()
}

fn values<'a, T: Arbitrary<'a>>(inputs: &'a [Vec<u8>]) -> Vec<T> {
    inputs
        .iter()
        .filter_map(|input| T::arbitrary(&mut Unstructured::new(input)).ok())
        .collect()
}

#[test]
fn tags_and_dates_are_of_every_kind() {
    let inputs = inputs();
    let tags: Vec<EntityTag> = values(&inputs);
    assert!(
        tags.iter()
            .all(|tag| EntityTag::strong(tag.opaque()).is_ok())
    );
    assert!(tags.iter().any(EntityTag::is_weak) && !tags.iter().all(EntityTag::is_weak));
    assert!(
        tags.iter().any(|tag| tag.opaque().len() > 8)
            && tags.iter().any(|tag| tag.opaque().is_empty())
    );

    let dates: BTreeSet<HttpDate> = values(&inputs).into_iter().collect();
    assert!(dates.len() > 1000);
    assert!(
        dates.iter().any(|date| date.to_unix() < 0) && dates.iter().any(|date| date.to_unix() > 0)
    );
}

#[test]
fn kept_tags_codings_and_times_are_of_every_kind() {
    let inputs = inputs();
    let tags: Vec<EntityTagBuf<16>> = values(&inputs);
    let lengths: BTreeSet<usize> = tags.iter().map(|tag| tag.as_bytes().len()).collect();
    assert_eq!(lengths, (2..=16).collect());
    assert!(
        tags.iter()
            .all(|tag| EntityTag::parse(tag.as_bytes()) == Ok(tag.as_entity_tag()))
    );
    let codings: Vec<ContentCoding> = values(&inputs);
    let names: BTreeSet<&[u8]> = codings.iter().map(ContentCoding::as_bytes).collect();
    assert!(names.contains(&b"gzip"[..]) && names.len() > 10);
    assert!(names.iter().all(|name| ContentCoding::parse(name).is_ok()));
    let times: BTreeSet<ModificationTime> = values(&inputs).into_iter().collect();
    assert!(times.len() > 1000);
    let parts: BTreeSet<u32> = times.iter().map(|time| time.nanoseconds()).collect();
    assert!(parts.len() > 1000 && parts.iter().all(|part| *part < 1_000_000_000));
}

#[test]
fn lists_are_lists_of_every_kind() {
    let inputs = inputs();
    let lists: Vec<IfMatch> = values(&inputs);
    let same: Vec<IfNoneMatch> = values(&inputs);
    let counts: BTreeSet<usize> = lists.iter().map(|list| list.tags().count()).collect();
    assert!(counts.is_superset(&BTreeSet::from([0, 1, 2])), "{counts:?}");
    assert!(lists.iter().any(IfMatch::is_any) && same.iter().any(IfNoneMatch::is_any));
    // The octets at hand are taken where they are a list.
    let list = b"\"own\",W/\"tag\"";
    let own = IfMatch::arbitrary_take_rest(Unstructured::new(list));
    assert!(own.is_ok());
    let if_ranges: Vec<IfRange> = values(&inputs);
    assert!(
        if_ranges
            .iter()
            .any(|value| matches!(value, IfRange::EntityTag(_)))
    );
    assert!(
        if_ranges
            .iter()
            .any(|value| matches!(value, IfRange::HttpDate(_)))
    );
}

#[test]
fn methods_and_representations_are_of_every_kind() {
    let inputs = inputs();
    let methods: Vec<Method> = values(&inputs);
    for method in [
        Method::Get,
        Method::Head,
        Method::Query,
        Method::Unconditional,
        Method::Delete,
        Method::Patch,
        Method::Other,
    ] {
        assert!(methods.contains(&method), "{method:?}");
    }
    let statuses = |fields: &[(&str, &str)]| -> BTreeSet<String> {
        let states: Vec<Representation> = values(&inputs);
        let decisions = states
            .iter()
            .map(|state| evaluate("GET", fields.iter().copied(), Some(state)));
        decisions
            .map(|decision| format!("{} {}", decision.status(), decision.honours_range()))
            .collect()
    };
    // With and without a date that is later; with and without ranges.
    let old = [("If-Modified-Since", "Mon, 01 Jan 0001 00:00:00 GMT")];
    let late = [("If-Modified-Since", "Fri, 31 Dec 9999 23:59:59 GMT")];
    assert!(statuses(&old).contains("200 false"));
    assert!(statuses(&late).contains("304 false") && statuses(&late).contains("200 false"));
    assert_eq!(statuses(&[("Range", "bytes=0-1")]).len(), 2);
    let states: Vec<Representation> = values(&inputs);
    let resumes_by_date = states
        .iter()
        .filter(|state| format!("{state:?}").contains("strong_date: true, ranges: true"));
    assert!(resumes_by_date.count() > 500);
}

/// Of each field there are lines that the oracle reads and lines that it refuses; and every outcome
/// is reached.
#[test]
fn field_lines_are_valid_and_nearly_valid() {
    let inputs = inputs();
    let lines: Vec<FieldLine> = values(&inputs);
    let is_valid = |line: &FieldLine| match line.field {
        Field::IfMatch | Field::IfNoneMatch => oracle::list(&line.value).is_some(),
        Field::IfRange => oracle::if_range(&line.value, 0).is_some(),
        Field::Range => line.value.starts_with(b"bytes="),
        _ => oracle::http_date(&line.value, 0).is_some(),
    };
    let if_ranges = || lines.iter().filter(|line| line.field == Field::IfRange);
    assert!(
        if_ranges()
            .filter(|line| line.value.contains(&b'"'))
            .count()
            > 100
    );
    assert!(
        if_ranges()
            .filter(|line| line.value.ends_with(b" GMT"))
            .count()
            > 100
    );
    for &field in Field::ALL {
        let of_field: Vec<_> = lines.iter().filter(|line| line.field == field).collect();
        let valid = of_field.iter().filter(|line| is_valid(line)).count();
        assert!(
            valid * 5 > of_field.len(),
            "{field}: {valid} of {}",
            of_field.len()
        );
        assert!(
            (of_field.len() - valid) * 20 > of_field.len(),
            "{field}: {valid} of {}",
            of_field.len()
        );
    }
    let requests: Vec<(Method, Option<Representation>, Vec<FieldLine>)> = values(&inputs);
    let statuses: BTreeSet<u16> = requests
        .iter()
        .map(|(method, state, lines)| {
            let fields = lines.iter().map(|line| (line.field.name(), &line.value));
            evaluate(*method, fields, state.as_ref()).status()
        })
        .collect();
    assert_eq!(statuses, BTreeSet::from([200, 304, 404, 412]));
}

#[test]
fn ranges_are_of_every_kind() {
    let inputs = inputs();
    let ranges: Vec<Range> = values(&inputs);
    assert!(ranges.iter().any(Range::is_bytes) && !ranges.iter().all(Range::is_bytes));
    // The octets at hand are taken where they are a Range; the last one says how many they are.
    let own = Range::arbitrary(&mut Unstructured::new(b"bytes=7-8\x09"));
    assert!(own.is_ok_and(|own| own.specs().eq([RangeSpec::Int {
        first: 7,
        last: Some(8)
    }])));

    let specs: Vec<RangeSpec> = values(&inputs);
    assert!(
        specs
            .iter()
            .any(|spec| matches!(spec, RangeSpec::Suffix(_)))
    );
    assert!(
        specs
            .iter()
            .any(|spec| matches!(spec, RangeSpec::Int { last: None, .. }))
    );
    for spec in &specs {
        let text = spec.to_string();
        assert!(
            Range::parse(text.as_bytes()).is_ok_and(|read| read.specs().eq([*spec])),
            "{text}"
        );
    }
    let ranges: BTreeSet<(u64, u64)> = values::<ByteRange>(&inputs)
        .into_iter()
        .map(|range| (range.first(), range.last()))
        .collect();
    assert!(ranges.len() > 1000);

    let fields: Vec<ContentRange> = values(&inputs);
    for field in &fields {
        assert_eq!(
            ContentRange::parse(field.to_string().as_bytes()),
            Ok(*field)
        );
    }
    let has = |known: fn(&ContentRange) -> (bool, bool), wanted| {
        fields.iter().map(known).any(|has| has == wanted)
    };
    let parts = |field: &ContentRange| (field.range().is_some(), field.complete_length().is_some());
    assert!(has(parts, (true, true)) && has(parts, (true, false)) && has(parts, (false, true)));
}

#[test]
fn lines_of_range_are_read_or_refused() {
    let inputs = inputs();
    let lines: Vec<FieldLine> = values(&inputs);
    let values = lines.iter().filter(|line| line.field == Field::Range);
    let (good, bad): (Vec<_>, Vec<_>) = values.partition(|line| Range::parse(&line.value).is_ok());
    assert!(
        good.len() > 100 && bad.len() > 100,
        "{} {}",
        good.len(),
        bad.len()
    );
}

#[test]
fn values_of_webdav_are_of_every_kind() {
    let inputs = inputs();
    let ifs: Vec<If> = values(&inputs);
    assert!(ifs.iter().any(If::is_tagged) && !ifs.iter().all(If::is_tagged));
    let lists: BTreeSet<usize> = ifs.iter().map(|value| value.lists().count()).collect();
    assert!(lists.is_superset(&BTreeSet::from([1, 2])), "{lists:?}");
    // The octets at hand are taken where they are a value; the last one says how many they are.
    let own = If::arbitrary(&mut Unstructured::new(b"([\"own\"])\x09"));
    assert!(own.is_ok_and(|own| own.to_string() == "([\"own\"])"));

    let conditions: Vec<StateCondition> = values(&inputs);
    for is_negated in [false, true] {
        let mut some = conditions.iter().filter(|it| it.is_negated() == is_negated);
        assert!(some.any(|it| matches!(it.state(), State::Token(_))));
        assert!(some.any(|it| matches!(it.state(), State::EntityTag(_))));
    }
    let tokens: BTreeSet<&[u8]> = values::<StateToken>(&inputs)
        .iter()
        .map(StateToken::as_bytes)
        .collect();
    assert!(tokens.len() > 3 && tokens.contains(StateToken::NO_LOCK.as_bytes()));
    let locks: Vec<LockToken> = values(&inputs);
    assert!(
        locks
            .iter()
            .all(|lock| tokens.contains(lock.token().as_bytes()))
    );
    let urls: Vec<ResourceTag> = values(&inputs);
    assert!(urls.iter().any(|url| url.scheme().is_none()));
    assert!(urls.iter().any(|url| url.authority().is_some()));
    let tags: Vec<ScheduleTag> = values(&inputs);
    let fields: Vec<IfScheduleTagMatch> = values(&inputs);
    assert!(tags.iter().any(|tag| tag.opaque().is_empty()));
    assert!(fields.iter().map(IfScheduleTagMatch::tag).eq(tags));
}
