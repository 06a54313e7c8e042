//! Laws of WebDAV's `If` that hold for all values: what is read, what is true, what is submitted.

use http_preconditions::dav::{If, IfToSend, ListToSend, Preconditions, State};
use oracle::dav::{Condition, List};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use support::dav;

/// Octets of a class, the first ones more often.
fn octets(usual: &'static [u8], class: fn(u8) -> bool) -> impl Strategy<Value = u8> {
    let all: Vec<u8> = (0..=u8::MAX).filter(|octet| class(*octet)).collect();
    prop_oneof![3 => select(usual), 1 => select(all)]
}

pub(crate) fn opaque() -> impl Strategy<Value = Vec<u8>> {
    let is_if_tagc = |octet| octet == b'\t' || (octet >= b' ' && ![b'"', 0x7F].contains(&octet));
    vec(octets(b"ab1 ]>)<([", is_if_tagc), 0..5)
}

fn uri() -> impl Strategy<Value = Vec<u8>> {
    let is_uri_octet = |octet| octet > b' ' && !b"<>#\x7F".contains(&octet);
    let usual = select(vec![&b"urn:x:t"[..], b"urn:x:u", b"DAV:no-lock"]).prop_map(<[u8]>::to_vec);
    let other = (
        select(vec!["a:", "x+y-1.2:"]),
        vec(octets(b"t(\"]/?%", is_uri_octet), 0..5),
    );
    prop_oneof![
        3 => usual,
        1 => other.prop_map(|(scheme, rest)| [scheme.as_bytes(), &rest].concat()),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let tag = (any::<bool>(), opaque()).prop_map(|(weak, opaque)| oracle::Tag { weak, opaque });
    let state = prop_oneof![
        uri().prop_map(oracle::dav::State::Token),
        tag.prop_map(oracle::dav::State::Tag),
    ];
    (any::<bool>(), state).prop_map(|(not, state)| Condition { not, state })
}

fn url() -> impl Strategy<Value = Vec<u8>> {
    let paths = select(vec![&b"/"[..], b"/x", b"/x?q", b"/a/../x"]).prop_map(<[u8]>::to_vec);
    prop_oneof![2 => paths, 1 => uri()]
}

/// The lists of a value, all with a Resource-Tag or none.
pub(crate) fn lists() -> impl Strategy<Value = Vec<List>> {
    let list = |resource: Option<Vec<u8>>| {
        vec(condition(), 1..4).prop_map(move |conditions| List {
            resource: resource.clone(),
            conditions,
        })
    };
    prop_oneof![
        vec(list(None), 1..4),
        vec(url().prop_flat_map(move |url| list(Some(url))), 1..4),
    ]
}

/// One way to write the lists: whitespace and the case of `Not` as the choices say, one after the other.
fn written(lists: &[List], choices: &[u8]) -> Vec<u8> {
    const SPACES: [&[u8]; 4] = [b"", b" ", b"\t", b" \t "];
    const NOTS: [&[u8]; 4] = [b"Not", b"not", b"NOT", b"nOt"];
    let mut choices = choices.iter().cycle().map(|choice| usize::from(choice % 4));
    let mut choose =
        |among: [&'static [u8]; 4]| choices.next().map_or(among[1], |choice| among[choice]);
    let mut value = choose(SPACES).to_vec();
    let mut resource = None;
    for list in lists {
        if list.resource != resource || (resource.is_some() && choose(SPACES).is_empty()) {
            resource.clone_from(&list.resource);
            let url = resource.as_deref().unwrap_or_default();
            value.extend([b"<", url, b">", choose(SPACES)].concat());
        }
        value.extend([b"(", choose(SPACES)].concat());
        for condition in &list.conditions {
            if condition.not {
                value.extend([choose(NOTS), choose(SPACES)].concat());
            }
            value.extend(match &condition.state {
                oracle::dav::State::Token(token) => [b"<", &token[..], b">"].concat(),
                oracle::dav::State::Tag(tag) => {
                    let weak: &[u8] = if tag.weak { b"W/" } else { b"" };
                    [b"[", weak, b"\"", &tag.opaque, b"\"]"].concat()
                }
            });
            value.extend(choose(SPACES));
        }
        value.extend([b")", choose(SPACES)].concat());
    }
    value
}

pub(crate) fn canonical(lists: &[List]) -> Vec<u8> {
    written(lists, &[1])
}

/// A look-up by chance that gives the same answer to the same question.
fn answers(seed: u64) -> impl Fn(Option<&[u8]>, &oracle::dav::State) -> bool {
    move |resource, state| {
        let text = format!("{resource:?} {state:?}");
        let mix = |sum: u64, octet| (sum ^ u64::from(octet)).wrapping_mul(0x0100_0000_01B3);
        text.bytes().fold(seed, mix) >> 32 & 1 == 1
    }
}

fn truth(lists: &[List], seed: u64) -> bool {
    let value = canonical(lists);
    let (read, expected) = dav::on_if(&value).expect("the lists were written");
    dav::on_truth(read, &expected, &answers(seed))
}

/// The lists in the form of a client's, and what is written of them.
fn sent(value: If<'_>) -> Vec<u8> {
    let parts: Vec<(_, Vec<_>)> = value
        .lists()
        .map(|list| (list.resource(), list.conditions().collect()))
        .collect();
    let lists: Vec<_> = parts
        .iter()
        .map(|(resource, conditions)| match resource {
            Some(resource) => ListToSend::about(*resource, conditions),
            None => ListToSend::new(conditions),
        })
        .collect();
    let value = IfToSend::new(&lists).expect("what was read has lists of one kind");
    let mut room = vec![0; value.len()];
    value.write_to(&mut room).expect("there is room").to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_read_is_written_and_read_again(lists in lists(), choices in vec(any::<u8>(), 1..40)) {
        let value = written(&lists, &choices);
        let (read, _) = dav::on_if(&value).expect("a value");
        // Whitespace, the case of `Not` and repeated Resource-Tags change nothing.
        prop_assert_eq!(dav::lists(read), lists);
        let sent = sent(read);
        let again = If::parse(&sent).unwrap();
        prop_assert_eq!(dav::lists(again), dav::lists(read));
        prop_assert_eq!(self::sent(again), sent.clone());
        prop_assert!(again.state_tokens().eq(read.state_tokens()));
    }

    #[test]
    fn truth_is_that_of_three_loops(lists in lists(), seed in any::<u64>()) {
        truth(&lists, seed);
    }

    #[test]
    fn lists_are_an_or_and_conditions_an_and(
        lists in lists(), other in vec(condition(), 1..4), seed in any::<u64>(),
        place in any::<prop::sample::Index>(),
    ) {
        let before = truth(&lists, seed);
        let mut more = lists.clone();
        more.push(List { resource: lists[0].resource.clone(), conditions: other.clone() });
        prop_assert!(truth(&more, seed) >= before);
        let mut longer = lists.clone();
        longer[place.index(lists.len())].conditions.push(other[0].clone());
        prop_assert!(truth(&longer, seed) <= before);
        // The order changes nothing.
        more.reverse();
        for list in &mut more {
            list.conditions.reverse();
        }
        let reversed = truth(&more, seed);
        more.reverse();
        prop_assert_eq!(reversed, truth(&more, seed));
    }

    #[test]
    fn a_condition_or_its_opposite_is_true(condition in condition(), seed in any::<u64>(), url in option::of(url())) {
        let of = |not| vec![List { resource: url.clone(), conditions: vec![Condition { not, ..condition.clone() }] }];
        prop_assert_ne!(truth(&of(false), seed), truth(&of(true), seed));
    }

    #[test]
    fn what_is_always_true_submits_the_rest(lists in lists(), seed in any::<u64>()) {
        let mut always = canonical(&lists);
        always.extend(b"(Not <DAV:no-lock>)");
        let (read, expected) = dav::on_if(&always).expect("a value");
        prop_assert!(dav::on_truth(read, &expected, &answers(seed)));
        let before = canonical(&lists);
        let before = If::parse(&before).unwrap();
        let rest = read.state_tokens().count() - 1;
        prop_assert!(read.state_tokens().take(rest).eq(before.state_tokens()));
        // A false list is no reason not to submit a token, nor is `Not`.
        for token in oracle::dav::submitted(&lists) {
            prop_assert!(read.submits(token) && before.submits(token));
        }
        prop_assert!(!before.submits("urn:x:never"));
    }

    // Cut within brackets, or behind a Resource-Tag, a value is malformed at its end.
    #[test]
    fn a_cut_is_malformed_at_its_end(lists in lists(), choices in vec(any::<u8>(), 1..40)) {
        let value = written(&lists, &choices);
        for cut in 0..value.len() {
            if let Err(error) = If::parse(&value[..cut]) {
                prop_assert_eq!(error.offset(), cut);
            } else {
                prop_assert!(value[..cut].trim_ascii_end().ends_with(b")"));
            }
        }
    }

    // An error of a look-up is no answer: it ends the evaluation, unless a list before it was true.
    #[test]
    fn a_failed_look_up_is_never_an_answer(lists in lists(), seed in any::<u64>(), fails_at in 0..6_usize) {
        let value = canonical(&lists);
        let read = If::parse(&value).unwrap();
        let mut before = Vec::new();
        let answer = answers(seed);
        let mut expected = None;
        let truth = oracle::dav::is_true(&lists, |resource, state| {
            if before.len() == fails_at {
                expected = Some(fails_at);
            }
            before.push(());
            answer(resource, state)
        });
        let mut count = 0;
        let evaluated = read.evaluate(|resource, state| {
            count += 1;
            if count > fails_at {
                return Err(count - 1);
            }
            let state = match state {
                State::Token(token) => oracle::dav::State::Token(token.as_bytes().to_vec()),
                State::EntityTag(tag) => oracle::dav::State::Tag(oracle::Tag {
                    weak: tag.is_weak(),
                    opaque: tag.opaque().to_vec(),
                }),
            };
            Ok(answer(resource.map(|tag| tag.as_bytes()), &state))
        });
        prop_assert_eq!(evaluated, expected.map_or(Ok(truth), Err));
        let checked = Preconditions::new().check_if([&value], |_, _| Err(fails_at), [[""; 0]; 0]);
        let asks = !before.is_empty();
        prop_assert_eq!(checked.is_err(), asks);
    }
}
