//! Asks the crate and the oracle the same, and demands the same answer.

use http_preconditions::{
    Decision, EntityTag, Evaluation, Field, HttpDate, IfMatch, IfNoneMatch, IfRange, Options,
    Outcome, Representation,
    overrule::{ListMember, ListMembers},
    range::{MalformedRange, RangePolicy, SeveralRanges},
};

fn crate_tag(tag: &oracle::Tag) -> EntityTag<'_> {
    let strong = EntityTag::strong(&tag.opaque).expect("the oracle's tags are tags");
    if tag.weak { strong.to_weak() } else { strong }
}

fn oracle_tag(tag: EntityTag<'_>) -> oracle::Tag {
    oracle::Tag {
        weak: tag.is_weak(),
        opaque: tag.opaque().to_vec(),
    }
}

fn date(unix: i64) -> HttpDate {
    HttpDate::from_unix(unix).expect("a year from 1 to 9999")
}

/// The representation in an oracle's state.
pub fn representation(state: &oracle::State) -> Representation<'_> {
    let last_modified = state.last_modified.map(date);
    let current =
        Representation::with_validators(state.etag.as_ref().map(crate_tag), last_modified);
    let current = match last_modified {
        Some(date) if state.strong_date => current.strong_last_modified(date),
        _ => current,
    };
    let current = match state.length {
        Some(octets) => current.complete_length(octets),
        None => current,
    };
    if state.ranges {
        current
    } else {
        current.without_ranges()
    }
}

/// The same policy.
pub fn range_policy(policy: oracle::range::Policy) -> RangePolicy {
    let limit = |number: usize| u16::try_from(number).expect("a limit of the crate's");
    RangePolicy::new()
        .malformed(if policy.rejects_malformed {
            MalformedRange::Reject
        } else {
            MalformedRange::Ignore
        })
        .several(match policy.several {
            oracle::range::Several::Serve => SeveralRanges::Serve,
            oracle::range::Several::Ignore => SeveralRanges::Ignore,
            oracle::range::Several::Reject => SeveralRanges::Reject,
        })
        .max_ranges(limit(policy.max_ranges))
        .max_total_times(
            policy
                .max_total_times
                .try_into()
                .expect("a limit of the crate's"),
        )
}

/// The evaluation of an oracle's request before its first line.
pub fn evaluation<'r>(
    request: &oracle::Request<'_>,
    representation: Option<&'r Representation<'r>>,
) -> Evaluation<'r> {
    let mut options = Options::new()
        .now(date(request.now))
        .range_policy(range_policy(request.range_policy));
    if let Some(status) = request.status {
        options = options.unconditional_status(status);
    }
    if request.require_if_match {
        options = options.require_if_match();
    }
    if request.already_applied {
        options = options.already_applied();
    }
    Evaluation::with_options(request.method, representation, options)
}

/// What the crate decides of an oracle's request.
pub fn decide(request: &oracle::Request<'_>) -> Decision {
    let representation = request.state.as_ref().map(representation);
    let fields = request.fields.iter().copied();
    evaluation(request, representation.as_ref())
        .fields(fields)
        .decide()
}

/// What the crate decides of an oracle's request, where the caller overrules the RFC.
pub fn decide_with(request: &oracle::Request<'_>, overruled: &oracle::Overruled) -> Decision {
    let other: Vec<_> = overruled.other_tags.iter().map(crate_tag).collect();
    let current = request.state.as_ref().map(representation);
    let mut lines = request.fields.iter();
    let is_listed = lines
        .any(|(name, value)| *name == "If-Match" && ListMembers::new(value).lists_one_of(&other));
    let listed = (is_listed && current.is_some()).then_some((Field::IfMatch, true));
    let conditions = overruled.conditions.iter().map(|(name, is_true)| {
        let field = Field::from_name(name).expect("a field of the RFC");
        (field, *is_true)
    });
    let conditions = listed.into_iter().chain(conditions);
    evaluation(request, current.as_ref())
        .fields(request.fields.iter().copied())
        .decide_with(conditions)
}

/// Demands one decision of both, down to what decided and what was malformed, and returns it.
#[track_caller]
pub fn on_request(request: &oracle::Request<'_>) -> Decision {
    same(request, decide(request), &oracle::decide(request))
}

/// The same, where the caller overrules the RFC.
#[track_caller]
pub fn on_overruled(request: &oracle::Request<'_>, overruled: &oracle::Overruled) -> Decision {
    let decision = decide_with(request, overruled);
    same(request, decision, &oracle::decide_with(request, overruled))
}

#[track_caller]
pub(crate) fn same(
    request: &oracle::Request<'_>,
    decision: Decision,
    verdict: &oracle::Verdict,
) -> Decision {
    let outcome = match decision.outcome() {
        // The oracle has one word for both, and the status beside it.
        Outcome::Perform if (200..=299).contains(&decision.status()) => oracle::Outcome::Perform,
        Outcome::Perform if decision.status() == 416 && decision.honours_range() => {
            oracle::Outcome::Perform
        }
        Outcome::Unconditional if !(200..=299).contains(&decision.status()) => {
            oracle::Outcome::Perform
        }
        Outcome::NotModified => oracle::Outcome::NotModified,
        Outcome::PreconditionFailed => oracle::Outcome::PreconditionFailed,
        Outcome::Locked => oracle::Outcome::Locked,
        Outcome::PreconditionRequired => oracle::Outcome::PreconditionRequired,
        Outcome::AlreadyApplied => oracle::Outcome::AlreadyApplied,
        _ => panic!("{request:#?}\ncrate: {decision:#?}"),
    };
    let agree = outcome == verdict.outcome
        && decision.status() == verdict.status
        && decision.decided_by().map(Field::name) == verdict.decided_by
        && decision.honours_range() == verdict.range
        && decision.range().map(|range| (range.first(), range.last())) == only(&verdict.ranges)
        && decision
            .malformed()
            .map(|malformed| malformed.field().name())
            .eq(verdict.malformed.iter().copied());
    assert!(
        agree,
        "{request:#?}\ncrate: {decision:#?}\noracle: {verdict:#?}"
    );
    decision
}

/// The single one.
fn only(ranges: &[(u64, u64)]) -> Option<(u64, u64)> {
    match ranges {
        [only] => Some(*only),
        _ => None,
    }
}

/// Demands that both read the same of one `ETag`.
#[track_caller]
pub fn on_entity_tag(value: &[u8]) {
    let read = EntityTag::parse(value);
    assert_eq!(
        read.ok().map(oracle_tag),
        oracle::entity_tag(value),
        "{}",
        value.escape_ascii()
    );
    assert_offset(read.err(), value);
}

/// Demands that both read the same of one line of If-Match and If-None-Match.
#[track_caller]
pub fn on_list(value: &[u8]) {
    let (if_match, if_none_match) = (IfMatch::parse(value), IfNoneMatch::parse(value));
    assert_eq!(
        if_match.err(),
        if_none_match.err(),
        "{}",
        value.escape_ascii()
    );
    assert_offset(if_match.err(), value);
    let read = if_match
        .ok()
        .zip(if_none_match.ok())
        .map(|(if_match, if_none_match)| {
            assert!(if_match.is_any() == if_none_match.is_any());
            assert!(if_match.tags().eq(if_none_match.tags()));
            if if_match.is_any() {
                oracle::List::Any
            } else {
                oracle::List::Tags(if_match.tags().map(oracle_tag).collect())
            }
        });
    assert_eq!(read, oracle::list(value), "{}", value.escape_ascii());
}

/// Demands that both find the same tags in one line of If-Match and If-None-Match, malformed or
/// not: its own are tried as the current one, strong and weak, and one that is none of them.
#[track_caller]
pub fn on_current_tag(value: &[u8]) {
    let listed = oracle::members(&[value]);
    let mut candidates = vec![oracle::Tag {
        weak: false,
        opaque: b"other".to_vec(),
    }];
    for tag in &listed.tags {
        candidates.extend([false, true].map(|weak| oracle::Tag {
            weak,
            ..tag.clone()
        }));
    }
    candidates.dedup();
    for current in &candidates {
        let [strongly, weakly] = [oracle::strong_eq, oracle::weak_eq]
            .map(|eq| listed.any || listed.tags.iter().any(|tag| eq(tag, current)));
        let tag = crate_tag(current);
        let context = || format!("{tag} in {}", value.escape_ascii());
        if let Ok(field) = IfMatch::parse(value) {
            assert_eq!(field.matches(tag), strongly, "{}", context());
        }
        if let Ok(field) = IfNoneMatch::parse(value) {
            assert_eq!(field.matches(tag), weakly, "{}", context());
        }
        let representation = Representation::new().etag(tag);
        for (name, expected) in [("If-Match", strongly), ("If-None-Match", weakly)] {
            let evaluation = Evaluation::new("GET", Some(&representation));
            let decision = evaluation.fields([(name, value)]).decide();
            let matched = (decision.outcome() == Outcome::Perform) == (name == "If-Match");
            assert_eq!(matched, expected, "{name}: {}", context());
            let malformed = decision.malformed().count() > 0;
            assert_eq!(malformed, listed.malformed, "{name}: {}", context());
        }
    }
}

/// Demands that both cut one line of If-Match and If-None-Match into the same members, as they are
/// written.
#[track_caller]
pub fn on_members(value: &[u8]) {
    let read = ListMembers::new(value).map(|member| match member {
        ListMember::Any => Err(b"*".to_vec()),
        ListMember::Tag(tag) => Ok(oracle_tag(tag)),
        ListMember::Malformed { bytes, error } => {
            // The error is at the first octet that cannot be read, or right behind the member.
            let start = bytes.as_ptr() as usize - value.as_ptr() as usize;
            let end = value.len().min(start + bytes.len() + 1);
            assert!(start <= error.offset() && error.offset() <= end, "{error}");
            Err(bytes.to_vec())
        }
        _ => panic!("a member of another kind"),
    });
    let read: Vec<_> = read.collect();
    let context = value.escape_ascii();
    assert_eq!(read, oracle::written_members(value), "{context}");
    let is_any = ListMembers::new(value).any(|member| member == ListMember::Any);
    assert_eq!(is_any, oracle::members(&[value]).any, "{context}");
}

/// Demands that both read the same date.
#[track_caller]
pub fn on_date(value: &[u8], now: i64) {
    let read = HttpDate::parse_at(value, date(now));
    let unix = read.ok().map(HttpDate::to_unix);
    assert_eq!(
        unix,
        oracle::http_date(value, now),
        "{} at {now}",
        value.escape_ascii()
    );
    assert_offset(read.err(), value);
}

/// Demands that both read the same of one If-Range.
#[track_caller]
pub fn on_if_range(value: &[u8], now: i64) {
    let read = IfRange::parse_at(value, date(now));
    let same = read.ok().map(|read| match read {
        IfRange::EntityTag(tag) => oracle::IfRange::Tag(oracle_tag(tag)),
        IfRange::HttpDate(date) => oracle::IfRange::Date(date.to_unix()),
    });
    assert_eq!(
        same,
        oracle::if_range(value, now),
        "{}",
        value.escape_ascii()
    );
    assert_offset(read.err(), value);
}

/// An error points into the value or at its end.
#[track_caller]
fn assert_offset(error: Option<http_preconditions::ParseError>, value: &[u8]) {
    let offset = error.map_or(0, |error| error.offset());
    assert!(
        offset <= value.len(),
        "{offset} in {}",
        value.escape_ascii()
    );
}
