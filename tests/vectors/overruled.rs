//! The recipes of the module `overrule`, on the requests that clients send.

use http_preconditions::overrule::{ListMember, ListMembers};
use http_preconditions::range::Range;
use http_preconditions::tag::{CodingSeparator, ContentCoding};
use http_preconditions::{Decision, EntityTag, Evaluation, Field, Representation, evaluate};
use support::vectors::{Row, rows};

const JSON: EntityTag = EntityTag::from_static("\"7.json\"");
const CODINGS: [ContentCoding; 2] = [ContentCoding::GZIP, ContentCoding::BR];

/// Reports whether a member matches the current tag by the rule of a recipe.
fn matches(recipe: &str, member: &ListMember<'_>, current: EntityTag<'_>) -> bool {
    let coded = |separator| match member {
        ListMember::Tag(tag) if !tag.is_weak() => {
            let coding = current.coding_named_with(separator, *tag, &CODINGS);
            coding.is_some()
        }
        _ => false,
    };
    match recipe {
        "weak" => matches!(member, ListMember::Tag(tag) if tag.weak_eq(current)),
        "unquoted" => {
            matches!(member, ListMember::Malformed { bytes, .. } if *bytes == current.opaque())
        }
        "coded" => coded(CodingSeparator::HYPHEN),
        "jetty" => coded(CodingSeparator::TWO_HYPHENS),
        "colon" => coded(CodingSeparator::COLON),
        "semicolon" => coded(CodingSeparator::SEMICOLON),
        _ => panic!("no recipe {recipe}"),
    }
}

/// The decision of a recipe: the results of the fields that list a tag by its rule.
fn decide(row: &Row, current: Option<&Representation<'_>>) -> Decision {
    let mut fields = row.fields(5);
    if row.text(0) == "unquoted" {
        fields.retain(|(_, value)| !value.is_empty());
    }
    let tag = current.and_then(Representation::entity_tag);
    let results = [(Field::IfMatch, true), (Field::IfNoneMatch, false)];
    let results = results.into_iter().filter(|(field, _)| {
        let lines = fields.iter().filter(|(name, _)| *name == field.name());
        let mut members = lines.map(|(_, value)| ListMembers::new(value));
        match (row.text(0), tag) {
            ("two", Some(_)) if *field == Field::IfMatch => {
                members.any(|members| members.lists_one_of(&[JSON]))
            }
            ("two", _) | (_, None) => false,
            (recipe, Some(tag)) => members
                .flatten()
                .any(|member| matches(recipe, &member, tag)),
        }
    });
    let results: Vec<_> = results.collect();
    let evaluation = Evaluation::new(row.text(2), current);
    evaluation.fields(fields).decide_with(results)
}

#[test]
fn requests_are_answered_as_their_specifications_want() {
    let rows = rows("overruled.tsv");
    assert!(rows.len() >= 75);
    for row in rows {
        let tag = match row.octets(1) {
            b"-" => None,
            value => Some(EntityTag::parse(value).unwrap()),
        };
        let selected = tag.map(|tag| Representation::new().etag(tag));
        let alone = evaluate(row.text(2), row.fields(5), selected.as_ref());
        assert_eq!(
            alone.status(),
            row.number::<u16>(3),
            "RFC 9110 alone: {row}"
        );
        let decision = decide(&row, selected.as_ref());
        assert_eq!(
            decision.status(),
            row.number::<u16>(4),
            "{row}\n{decision:?}"
        );
        // Who has judged a field has read it.
        let judged = decision.status() != alone.status() && row.text(0) == "unquoted";
        assert!(!judged || decision.malformed().count() == 0, "{row}");
    }
}

/// A tag with each separator is recognised with this separator alone.
#[test]
fn separators_are_told_apart() {
    let base = EntityTag::from_static("\"abc\"");
    let separators = [
        CodingSeparator::HYPHEN,
        CodingSeparator::TWO_HYPHENS,
        CodingSeparator::COLON,
        CodingSeparator::SEMICOLON,
        CodingSeparator::parse(b"-x-").unwrap(),
    ];
    for (written, text) in separators.into_iter().zip(["-", "--", ":", ";", "-x-"]) {
        for name in ["gzip", "GZip", "x-gzip"] {
            let coding = ContentCoding::parse(name.as_bytes()).unwrap();
            let coded = base.with_suffix::<32>(written, coding).unwrap();
            assert_eq!(coded.to_string(), format!("\"abc{text}gzip\""), "{name}");
            for read in separators {
                let named = base.coding_named_with(read, coded.as_entity_tag(), &CODINGS);
                let expected = (read == written).then_some(ContentCoding::GZIP);
                assert_eq!(named, expected, "{coded} by {read:?}");
            }
        }
    }
    for (refused, offset) in [("", 0), (" ", 0), ("- ", 1), ("\"", 0), ("-\n", 1)] {
        let error = CodingSeparator::parse(refused.as_bytes()).unwrap_err();
        assert_eq!(error.offset(), offset, "{refused:?}");
    }
}

/// The unit and the set of ranges that bytes do not count.
#[test]
fn ranges_of_other_units_are_read_as_far_as_unit_and_set() {
    for (value, unit, set) in [
        ("items=0-4", "items", "0-4"),
        ("items= 0-4", "items", "0-4"),
        ("Items=,, 0-4 , last", "Items", "0-4 , last"),
        ("seconds=1.5-2", "seconds", "1.5-2"),
        ("bytes=0-4,-1", "bytes", "0-4,-1"),
    ] {
        let range = Range::parse(value.as_bytes()).unwrap();
        assert_eq!(range.unit(), unit.as_bytes(), "{value}");
        assert_eq!(range.range_set(), set.as_bytes(), "{value}");
    }
    for refused in ["items=", "items", "=0-4", "items=0 - 4", "items=,"] {
        assert!(Range::parse(refused.as_bytes()).is_err(), "{refused}");
    }
}
