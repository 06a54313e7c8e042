//! `IfMatch` and `IfNoneMatch`: one grammar, two comparisons, and what counts of a malformed line.

use http_preconditions::{
    Condition, EntityTag, Evaluation, Field, IfMatch, IfNoneMatch, Representation,
};
use support::vectors::{kind, rows};

#[test]
fn lines_are_read_or_refused_where_the_file_says() {
    for row in rows("lists.tsv") {
        let value = row.octets(0);
        let (if_match, if_none_match) = (IfMatch::parse(value), IfNoneMatch::parse(value));
        match (row.text(1), if_match, if_none_match) {
            ("any", Ok(if_match), Ok(if_none_match)) => {
                assert!(if_match.is_any() && if_none_match.is_any(), "{row}");
                assert_eq!(
                    if_match.tags().chain(if_none_match.tags()).count(),
                    0,
                    "{row}"
                );
            }
            ("tags", Ok(if_match), Ok(if_none_match)) => {
                let tags: Vec<_> = row
                    .from(2)
                    .map(|tag| EntityTag::parse(tag).unwrap())
                    .collect();
                assert!(!if_match.is_any() && !if_none_match.is_any(), "{row}");
                assert_eq!(if_match.tags().collect::<Vec<_>>(), tags, "{row}");
                assert_eq!(if_none_match.tags().collect::<Vec<_>>(), tags, "{row}");
            }
            ("err", Err(error), Err(same)) => {
                assert_eq!(
                    (kind(error).as_str(), error.offset()),
                    (row.text(2), row.number(3)),
                    "{row}"
                );
                assert_eq!(error, same, "{row}");
            }
            (_, if_match, if_none_match) => panic!("{if_match:?}, {if_none_match:?}: {row}"),
        }
    }
}

/// Each tag that counts is tried as the current one, with some that do not; so is its weak form, and
/// one that differs in its first octet only.
#[test]
fn members_that_are_valid_count_also_beside_malformed_ones() {
    for row in rows("lists.tsv").iter().filter(|row| row.text(1) != "any") {
        let malformed = row.text(1) == "err";
        let counting: Vec<_> = row
            .from(if malformed { 4 } else { 2 })
            .map(|tag| EntityTag::parse(tag).unwrap())
            .collect();
        let candidates = ["a", "b", "c", "v1", "v2", "", "x", "a,b", ",", "a, ", " "];
        let like = counting.iter().map(|tag| match tag.opaque() {
            [_, rest @ ..] => [b"z", rest].concat(),
            [] => vec![],
        });
        let others: Vec<_> = candidates
            .iter()
            .map(|opaque| opaque.as_bytes().to_vec())
            .chain(like)
            .collect();
        let others = others
            .iter()
            .filter_map(|opaque| EntityTag::strong(opaque).ok());
        let weak_forms = counting.iter().map(|tag| tag.to_weak());
        for current in counting.iter().copied().chain(weak_forms).chain(others) {
            let representation = Representation::new().etag(current);
            let strong = counting.iter().any(|tag| tag.strong_eq(current));
            let weak = counting.iter().any(|tag| tag.weak_eq(current));
            let condition = |method, field: Field| {
                let evaluation = Evaluation::new(method, Some(&representation));
                evaluation
                    .fields([(field.name(), row.octets(0))])
                    .decide()
                    .condition(field)
            };
            for (method, field, holds) in [
                ("PUT", Field::IfMatch, strong),
                ("GET", Field::IfNoneMatch, !weak),
                ("PUT", Field::IfNoneMatch, !weak && !malformed),
            ] {
                let expected = if holds {
                    Condition::True
                } else {
                    Condition::False
                };
                let found = condition(method, field);
                assert_eq!(found, expected, "{method} {field}, {current}: {row}");
            }
            if !malformed {
                let if_match = IfMatch::parse(row.octets(0)).unwrap();
                let if_none_match = IfNoneMatch::parse(row.octets(0)).unwrap();
                assert_eq!(if_match.matches(current), strong, "{current}: {row}");
                assert_eq!(if_none_match.matches(current), weak, "{current}: {row}");
            }
        }
    }
}

#[test]
fn if_match_compares_strongly_and_if_none_match_weakly() {
    for row in rows("comparison.tsv") {
        let current = EntityTag::parse(row.octets(1)).unwrap();
        let list = [b", \"else\", ", row.octets(0), b" ,"].concat();
        assert_eq!(
            IfMatch::parse(&list).unwrap().matches(current),
            row.text(2) == "yes",
            "{row}"
        );
        assert_eq!(
            IfNoneMatch::parse(&list).unwrap().matches(current),
            row.text(3) == "yes",
            "{row}"
        );
        assert!(IfMatch::parse(b"*").unwrap().matches(current));
        assert!(IfNoneMatch::parse(b"*").unwrap().matches(current));
        assert!(
            !IfMatch::parse(b"").unwrap().matches(current),
            "a list of no tags matches nothing"
        );
    }
}

#[test]
fn debug_shows_the_members() {
    let list = IfMatch::parse(b" \"v1\",,W/\"\xFF\"").unwrap();
    assert_eq!(
        format!("{list:?}"),
        "IfMatch([EntityTag(\"v1\"), EntityTag(W/\"\\xff\")])"
    );
    assert_eq!(
        format!("{:?}", IfNoneMatch::parse(b"*").unwrap()),
        "IfNoneMatch(*)"
    );
}
