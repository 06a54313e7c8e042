//! The values of WebDAV and CalDAV: their parts, their errors, and what a client writes.

use http_preconditions::{
    EntityTag, ParseError,
    dav::{
        If, IfScheduleTagMatch, IfToSend, List, ListToSend, LockToken, Preconditions, ResourceTag,
        ScheduleTag, StateCondition, StateToken,
    },
};
use support::vectors::{Row, kind, rows};

/// Writes the lists again.
fn written(lists: &[(Option<ResourceTag<'_>>, Vec<StateCondition<'_>>)]) -> Option<Vec<u8>> {
    let lists: Vec<_> = lists
        .iter()
        .map(|(resource, conditions)| match resource {
            Some(resource) => ListToSend::about(*resource, conditions),
            None => ListToSend::new(conditions),
        })
        .collect();
    let value = IfToSend::new(&lists)?;
    let mut room = [0; 256];
    let written = value.write_to(&mut room).unwrap();
    assert_eq!(written.len(), value.len());
    assert_eq!(value.to_string(), String::from_utf8_lossy(written));
    let mut short = vec![0; value.len() - 1];
    let error = value.write_to(&mut short).unwrap_err();
    assert_eq!(
        (error.needed, short),
        (value.len(), vec![0; value.len() - 1])
    );
    Some(written.to_vec())
}

fn parts(list: List<'_>) -> (Option<ResourceTag<'_>>, Vec<StateCondition<'_>>) {
    (list.resource(), list.conditions().collect())
}

/// What the columns say of the value.
fn read(row: &Row) -> Result<Vec<Vec<u8>>, ParseError> {
    let value = row.octets(1);
    let url = |tag: ResourceTag<'_>| {
        assert_eq!(tag.as_bytes(), value, "{row}");
        let or_none = |part: Option<&[u8]>| part.unwrap_or(b"-").to_vec();
        vec![
            or_none(tag.scheme()),
            or_none(tag.authority()),
            tag.path_and_query().to_vec(),
        ]
    };
    match row.text(0) {
        "if" => {
            let read = If::parse(value)?;
            let lists: Vec<_> = read.lists().map(parts).collect();
            let written = written(&lists).expect("a value that was read can be written");
            let again = If::parse(&written)?;
            assert!(again.lists().map(parts).eq(lists), "{row}");
            assert_eq!(If::from_lines([value]), Ok(Some(read)), "{row}");
            assert_eq!(If::try_from(value), Ok(read), "{row}");
            Ok(vec![written])
        }
        "lock-token" => {
            let read = LockToken::parse(value)?;
            let token = read.token().as_bytes();
            let mut room = [0; 64];
            let written = read.write_to(&mut room).unwrap();
            assert_eq!(written, [b"<", token, b">"].concat(), "{row}");
            assert_eq!(LockToken::parse(written), Ok(read), "{row}");
            assert_eq!(read.to_string(), String::from_utf8_lossy(written), "{row}");
            assert_eq!(LockToken::try_from(value), Ok(read), "{row}");
            assert_eq!(LockToken::from(StateToken::new(token)?), read, "{row}");
            Ok(vec![token.to_vec()])
        }
        "state-token" => {
            let token = StateToken::new(value)?;
            assert_eq!(token.to_string(), String::from_utf8_lossy(value), "{row}");
            assert_eq!(token.as_ref(), value, "{row}");
            Ok(vec![token.as_bytes().to_vec()])
        }
        "resource-tag" => {
            let tag = ResourceTag::new(value)?;
            assert_eq!(tag.to_string(), String::from_utf8_lossy(value), "{row}");
            let received = [b"<", value, b">([\"a\"])"].concat();
            let list = If::parse(&received)?.lists().next();
            assert_eq!(list.and_then(|list| list.resource()), Some(tag), "{row}");
            Ok(url(tag))
        }
        "received" => {
            let received = [b"<", value, b">([\"a\"])"].concat();
            let list = If::parse(&received)?.lists().next();
            Ok(url(list
                .and_then(|list| list.resource())
                .expect("a Resource-Tag")))
        }
        "schedule-tag" => {
            let field = IfScheduleTagMatch::parse(value);
            assert_eq!(
                field.map(|field| field.tag()),
                ScheduleTag::parse(value),
                "{row}"
            );
            let tag = field?.tag();
            let mut room = [0; 64];
            let written = tag.write_to(&mut room).unwrap();
            assert_eq!(written, [b"\"", tag.opaque(), b"\""].concat(), "{row}");
            assert_eq!(ScheduleTag::parse(written), Ok(tag), "{row}");
            assert_eq!(tag.to_string(), String::from_utf8_lossy(written), "{row}");
            assert!(field?.matches(Some(tag)) && !field?.matches(None), "{row}");
            Ok(vec![tag.opaque().to_vec()])
        }
        grammar => panic!("{grammar}"),
    }
}

#[test]
fn values_are_read_or_refused_where_the_file_says() {
    let rows = rows("dav_values.tsv");
    assert!(rows.len() >= 150);
    for row in rows {
        match read(&row) {
            Ok(parts) => {
                assert_eq!(row.text(2), "ok", "{row}");
                assert!(
                    row.from(3).eq(parts.iter().map(Vec::as_slice)),
                    "{row}: {parts:?}"
                );
            }
            Err(error) => {
                assert_eq!(row.text(2), "err", "{row}: {error}");
                assert_eq!(kind(error), row.text(3), "{row}");
                assert_eq!(error.offset(), row.number::<usize>(4), "{row}");
            }
        }
    }
}

/// What is cut off ends where something is expected, unless the rest is a value by itself.
#[test]
fn a_value_that_is_cut_is_malformed_at_its_end() {
    let (mut cuts, mut whole) = (0, 0);
    for row in rows("dav_values.tsv")
        .iter()
        .filter(|row| row.text(2) == "ok")
    {
        let value = row.octets(1);
        let parse = |value: &[u8]| match row.text(0) {
            "if" => Some(If::parse(value).map(drop)),
            "lock-token" => Some(LockToken::parse(value).map(drop)),
            "schedule-tag" => Some(ScheduleTag::parse(value).map(drop)),
            _ => None,
        };
        for cut in 0..value.len() {
            match parse(&value[..cut]) {
                Some(Ok(())) => whole += 1,
                Some(Err(error)) => {
                    cuts += 1;
                    assert_eq!(error.offset(), cut, "{row}: {error}");
                }
                None => {}
            }
        }
        // Every octet of these stands in brackets or in quotes but for whitespace and lists before the last one.
        if matches!(row.text(0), "lock-token" | "schedule-tag") {
            let end = value.trim_ascii_end().len();
            assert!(
                (0..end).all(|cut| parse(&value[..cut]) != Some(Ok(()))),
                "{row}"
            );
        }
    }
    assert!(cuts > 300 && whole > 10, "{cuts} {whole}");
}

#[test]
fn what_a_client_cannot_send_is_not_made() {
    let token = StateCondition::token(StateToken::new(b"urn:x:t").unwrap());
    let resource = ResourceTag::new(b"/x").unwrap();
    let one = [token];
    let list = ListToSend::new(&one);
    let tagged = ListToSend::about(resource, &one);
    let cases: [(&[ListToSend], bool); 8] = [
        (&[], false),
        (&[list], true),
        (&[list, list], true),
        (&[tagged, tagged], true),
        // Lists of both kinds, and lists without a condition.
        (&[list, tagged], false),
        (&[tagged, list], false),
        (&[ListToSend::new(&[])], false),
        (&[tagged, ListToSend::about(resource, &[])], false),
    ];
    for (lists, is_made) in cases {
        assert_eq!(IfToSend::new(lists).is_some(), is_made, "{lists:?}");
    }
}

#[test]
fn conditions_of_a_client_are_written_as_the_rfc_writes_them() {
    let lock = StateToken::new(b"urn:x:t").unwrap();
    let tag = EntityTag::strong(b"v1").unwrap();
    let cases = [
        (StateCondition::token(lock), "(<urn:x:t>)"),
        (StateCondition::token(lock).negated(), "(Not <urn:x:t>)"),
        (StateCondition::etag(tag), "([\"v1\"])"),
        (StateCondition::etag(tag.to_weak()), "([W/\"v1\"])"),
        (StateCondition::etag(tag).negated().negated(), "([\"v1\"])"),
        (StateCondition::NOT_NO_LOCK, "(Not <DAV:no-lock>)"),
    ];
    for (condition, expected) in cases {
        let conditions = [condition];
        let lists = [ListToSend::new(&conditions)];
        assert_eq!(IfToSend::new(&lists).unwrap().to_string(), expected);
        let read = If::parse(expected.as_bytes()).unwrap();
        let found = read.lists().flat_map(|list| list.conditions());
        assert!(found.eq([condition]), "{expected}");
    }
}

/// A schedule tag that a builder has made is strong.
#[test]
fn a_weak_tag_is_no_schedule_tag() {
    let tag = EntityTag::strong(b"s1").unwrap();
    assert_eq!(ScheduleTag::try_from(tag), ScheduleTag::parse(b"\"s1\""));
    let error = ScheduleTag::try_from(tag.to_weak()).unwrap_err();
    assert_eq!(Err(error), ScheduleTag::parse(b"W/\"s1\""));
}

/// As with conditions that the caller sets, the last result of a field counts.
#[test]
fn the_last_result_of_a_field_counts() {
    let tag = |value: &'static str| ScheduleTag::parse(value.as_bytes()).ok();
    let error = If::parse(b"").unwrap_err();
    let none = Preconditions::new();
    assert_eq!(none.if_is(Ok(false)).if_is(Ok(true)), none.if_is(Ok(true)));
    assert_eq!(none.if_is(Err(error)).if_is(Ok(true)), none.if_is(Ok(true)));
    assert_eq!(
        none.if_is(Ok(true)).if_is(Err(error)),
        none.if_is(Err(error))
    );
    assert_eq!(none.locked(true).locked(false), none);
    let is_true = none.check_schedule_tag(["\"s1\""], tag("\"s1\""));
    let is_false = none.check_schedule_tag(["\"s0\""], tag("\"s1\""));
    assert_eq!(
        is_false.check_schedule_tag(["\"s1\""], tag("\"s1\"")),
        is_true
    );
    assert_ne!(is_true, is_false);
    assert_eq!(
        none.check_schedule_tag([] as [&str; 0], tag("\"s1\"")),
        none
    );
    assert_eq!(Preconditions::default(), none);
}

/// What is set of one field leaves the other and the locks as they are.
#[test]
fn the_order_of_the_checks_does_not_matter() {
    let error = If::parse(b"").unwrap_err();
    let current = ScheduleTag::parse(b"\"s1\"").ok();
    for of_if in [Ok(true), Ok(false), Err(error)] {
        for line in ["\"s1\"", "\"s0\"", "s1"] {
            let none = Preconditions::new();
            let all = none
                .if_is(of_if)
                .locked(true)
                .check_schedule_tag([line], current);
            let tag_first = none
                .check_schedule_tag([line], current)
                .if_is(of_if)
                .locked(true);
            let lock_first = none
                .locked(true)
                .check_schedule_tag([line], current)
                .if_is(of_if);
            assert_eq!((tag_first, lock_first), (all, all), "{of_if:?} {line}");
        }
    }
}
