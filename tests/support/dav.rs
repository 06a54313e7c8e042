//! Asks the crate and the oracle the same about the fields of WebDAV and CalDAV, and demands the same answer.

use std::convert::Infallible;

use http_preconditions::{
    Condition, Decision, Field,
    dav::{Asking, If, List, LockToken, Preconditions, ResourceTag, ScheduleTag, State},
};
use oracle::dav::{Dav, Has, Word};

use crate::agree;

fn oracle_state(state: State<'_>) -> oracle::dav::State {
    match state {
        State::Token(token) => oracle::dav::State::Token(token.as_bytes().to_vec()),
        State::EntityTag(tag) => oracle::dav::State::Tag(oracle::Tag {
            weak: tag.is_weak(),
            opaque: tag.opaque().to_vec(),
        }),
    }
}

fn oracle_list(list: List<'_>) -> oracle::dav::List {
    let conditions = list.conditions().map(|condition| oracle::dav::Condition {
        not: condition.is_negated(),
        state: oracle_state(condition.state()),
    });
    oracle::dav::List {
        resource: list.resource().map(|tag| tag.as_bytes().to_vec()),
        conditions: conditions.collect(),
    }
}

/// The lists of a value, as the oracle keeps them.
pub fn lists(value: If<'_>) -> Vec<oracle::dav::List> {
    value.lists().map(oracle_list).collect()
}

/// Demands that both read the same of one `If`, or refuse it at the same octet. Returns what was read.
#[track_caller]
pub fn on_if(value: &[u8]) -> Option<(If<'_>, Vec<oracle::dav::List>)> {
    let context = value.escape_ascii();
    let (read, expected) = match (If::parse(value), oracle::dav::if_value(value)) {
        (Ok(read), Ok(expected)) => (read, expected),
        (Err(error), Err(offset)) => {
            assert_eq!(error.offset(), offset, "{error} of {context}");
            return None;
        }
        (read, expected) => panic!("{read:?}, but {expected:?} of {context}"),
    };
    assert_eq!(lists(read), expected, "{context}");
    assert_eq!(
        read.is_tagged(),
        expected[0].resource.is_some(),
        "{context}"
    );
    let tokens = oracle::dav::submitted(&expected);
    assert!(
        read.state_tokens()
            .map(|token| token.as_bytes())
            .eq(tokens.iter().copied())
    );
    assert!(
        tokens.iter().take(8).all(|token| read.submits(token)),
        "{context}"
    );
    let mut single = tokens.clone();
    single.retain(|token| *token != b"DAV:no-lock");
    single.dedup();
    let single = if single.len() == 1 {
        single.pop()
    } else {
        None
    };
    assert_eq!(
        read.single_token().map(|token| token.as_bytes()),
        single,
        "{context}"
    );
    Some((read, expected))
}

/// Demands one truth of both, and the same questions on the way: by a look-up, and by questions and answers.
#[track_caller]
pub fn on_truth(read: If<'_>, expected: &[oracle::dav::List], has: &Has<'_>) -> bool {
    let mut questions = Vec::new();
    let truth = oracle::dav::is_true(expected, |resource, state| {
        questions.push((resource.map(<[u8]>::to_vec), state.clone()));
        has(resource, state)
    });
    let mut asked = Vec::new();
    let mut look_up = |resource: Option<ResourceTag<'_>>, state: State<'_>| {
        let resource = resource.map(|tag| tag.as_bytes().to_vec());
        let state = oracle_state(state);
        let answer = has(resource.as_deref(), &state);
        asked.push((resource, state));
        answer
    };
    assert_eq!(read.is_true(&mut look_up), truth, "{read:?}");
    let mut asking = read.ask();
    let verdict = loop {
        asking = match asking {
            Asking::Verdict(verdict) => break verdict,
            Asking::Question(question) => {
                let answer = look_up(question.resource(), question.state());
                question.answer(answer)
            }
        };
    };
    assert_eq!(verdict, truth, "{read:?}");
    let twice = [questions.as_slice(), &questions].concat();
    assert_eq!(asked, twice, "{read:?}");
    truth
}

/// Demands that both read the same of one `Lock-Token`, or refuse it at the same octet.
#[track_caller]
pub fn on_lock_token(value: &[u8]) {
    let read = LockToken::parse(value);
    let token = read.map(|read| read.token().as_bytes().to_vec());
    let expected = oracle::dav::lock_token(value);
    assert_eq!(
        token.map_err(|error| error.offset()),
        expected,
        "{}",
        value.escape_ascii()
    );
}

/// Demands that both read the same of one `Schedule-Tag`, or refuse it at the same octet.
#[track_caller]
pub fn on_schedule_tag(value: &[u8]) {
    let read = ScheduleTag::parse(value);
    let opaque = read.map(|read| read.opaque().to_vec());
    let expected = oracle::dav::schedule_tag(value);
    assert_eq!(
        opaque.map_err(|error| error.offset()),
        expected,
        "{}",
        value.escape_ascii()
    );
}

fn lines<'a>(request: &oracle::Request<'a>, wanted: &str) -> Vec<&'a [u8]> {
    let fields = request.fields.iter();
    let lines = fields.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
    lines.map(|(_, value)| *value).collect()
}

/// What the fields of a request say to a server.
pub fn preconditions(request: &oracle::Request<'_>, dav: &Dav<'_>) -> Preconditions {
    let mut preconditions = Preconditions::new();
    if let Some(has) = dav.has {
        let lines = lines(request, "If");
        let look_up = |resource: Option<ResourceTag<'_>>, state: State<'_>| {
            let resource = resource.map(|tag| tag.as_bytes().to_vec());
            has(resource.as_deref(), &oracle_state(state))
        };
        let checked = preconditions.check_if(
            lines.iter().copied(),
            |resource, state| Ok::<_, Infallible>(look_up(resource, state)),
            &dav.locks,
        );
        let Ok(checked) = checked;
        // The same in single steps.
        let value = If::from_lines(lines.iter().copied());
        let in_steps = match value {
            Ok(None) => preconditions,
            Ok(Some(value)) => preconditions.if_is(Ok(value.is_true(look_up))),
            Err(error) => preconditions.if_is(Err(error)),
        };
        let submitted = value.ok().flatten();
        let is_submitted = |token: &Vec<u8>| submitted.is_some_and(|value| value.submits(token));
        let is_locked = !dav.locks.iter().all(|lock| lock.iter().any(is_submitted));
        assert_eq!(in_steps.locked(is_locked), checked, "{lines:?}");
        preconditions = checked;
    }
    match &dav.schedule_tag {
        None => preconditions,
        Some(current) => {
            let quoted = current
                .as_ref()
                .map(|opaque| [b"\"", &opaque[..], b"\""].concat());
            let current = quoted
                .as_ref()
                .map(|tag| ScheduleTag::parse(tag).expect("a tag"));
            preconditions.check_schedule_tag(lines(request, "If-Schedule-Tag-Match"), current)
        }
    }
}

/// What the crate decides of a request.
pub fn decide(request: &oracle::Request<'_>, dav: &Dav<'_>) -> Decision {
    let current = request.state.as_ref().map(agree::representation);
    let evaluation = agree::evaluation(request, current.as_ref());
    let evaluation = evaluation.fields(request.fields.iter().copied());
    evaluation.decide_dav(&preconditions(request, dav))
}

/// Demands one decision of both, down to what decided and what was malformed, and returns it.
#[track_caller]
pub fn on_request(request: &oracle::Request<'_>, dav: &Dav<'_>) -> Decision {
    let decision = decide(request, dav);
    let expected = oracle::dav::decide(request, dav);
    agree::same(request, decision, &expected.verdict);
    let word = |field| match decision.condition(field) {
        Condition::Absent => Word::Absent,
        Condition::Ignored(_) => Word::Ignored,
        Condition::True => Word::True,
        Condition::False => Word::False,
        other => panic!("{other:?}"),
    };
    let words = (word(Field::If), word(Field::IfScheduleTagMatch));
    assert_eq!(
        words,
        (expected.of_if, expected.of_schedule_tag),
        "{request:#?}\n{decision:#?}"
    );
    decision
}
