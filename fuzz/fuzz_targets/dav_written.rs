//! What a client writes of lists and conditions is what the server and the oracle read.
#![no_main]

use arbitrary::Arbitrary;
use http_preconditions::dav::{
    If, IfToSend, ListToSend, LockToken, ResourceTag, ScheduleTag, StateCondition,
};
use libfuzzer_sys::fuzz_target;
use support::dav;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    lists: Vec<(Option<ResourceTag<'a>>, Vec<StateCondition<'a>>)>,
    /// A value whose lists are written again.
    received: If<'a>,
    lock: LockToken<'a>,
    tag: ScheduleTag<'a>,
}

fuzz_target!(|input: Input<'_>| {
    same_lists(&input.lists);
    let received: Vec<_> = input
        .received
        .lists()
        .map(|list| (list.resource(), list.conditions().collect()))
        .collect();
    let written = same_lists(&received).expect("lists of one kind, each with a condition");
    let again = If::parse(&written).expect("it was read");
    assert!(again.state_tokens().eq(input.received.state_tokens()));
    // What is canonical stays as it is.
    assert_eq!(dav::lists(again), dav::lists(input.received));

    let mut room = [0; 1024];
    if let Ok(written) = input.lock.write_to(&mut room) {
        assert_eq!(LockToken::parse(written), Ok(input.lock));
    }
    if let Ok(written) = input.tag.write_to(&mut room) {
        assert_eq!(ScheduleTag::parse(written), Ok(input.tag));
    }
});

/// Writes the lists, if a client can send them, and demands that they are read as they were.
fn same_lists(lists: &[(Option<ResourceTag<'_>>, Vec<StateCondition<'_>>)]) -> Option<Vec<u8>> {
    let to_send: Vec<_> = lists
        .iter()
        .map(|(resource, conditions)| match resource {
            Some(resource) => ListToSend::about(*resource, conditions),
            None => ListToSend::new(conditions),
        })
        .collect();
    let tagged = lists.iter().filter(|(resource, _)| resource.is_some());
    let is_one_kind = [0, lists.len()].contains(&tagged.count());
    let is_empty = lists.is_empty() || lists.iter().any(|(_, conditions)| conditions.is_empty());
    let value = IfToSend::new(&to_send);
    assert_eq!(value.is_some(), is_one_kind && !is_empty);
    let value = value?;
    let mut room = vec![0; value.len()];
    let written = value.write_to(&mut room).expect("there is room").to_vec();
    let (read, _) = dav::on_if(&written).expect("what is written is a value");
    let same = read
        .lists()
        .map(|list| (list.resource(), list.conditions().collect()));
    assert!(same.eq(lists.iter().cloned()));
    assert_eq!(value.to_string(), String::from_utf8_lossy(&written));
    let _ = format!("{value:?} {to_send:?}");
    Some(written)
}
