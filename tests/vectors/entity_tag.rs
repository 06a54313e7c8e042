//! `EntityTag`: what is one, what is none and where it stops being one, comparison, and exact
//! octets.

use http_preconditions::{EntityTag, ErrorKind, ParseError};
use support::vectors::{kind, rows};

#[test]
fn values_are_read_or_refused_where_the_file_says() {
    for row in rows("entity_tags.tsv") {
        let read = EntityTag::parse(row.octets(0));
        if row.text(1) == "ok" {
            let tag = read.unwrap_or_else(|error| panic!("{error}: {row}"));
            assert_eq!(tag.is_weak(), row.text(2) == "weak", "{row}");
            assert_eq!(tag.opaque(), row.octets(3), "{row}");
        } else {
            let error = read.expect_err(&row.to_string());
            let expected = (row.text(2), row.number(3));
            assert_eq!((kind(error).as_str(), error.offset()), expected, "{row}");
        }
    }
}

#[test]
fn accepted_values_come_out_octet_for_octet() {
    for row in rows("entity_tags.tsv")
        .iter()
        .filter(|row| row.text(1) == "ok")
    {
        let value = row.octets(0);
        let tag = EntityTag::parse(value).unwrap();
        let mut buffer = vec![0; tag.len()];
        let written = tag.write_to(&mut buffer).unwrap();
        let without_ows = value
            .iter()
            .position(|octet| !b" \t\r\n\0".contains(octet))
            .unwrap();
        assert!(value[without_ows..].starts_with(written), "{row}");
        assert_eq!(EntityTag::parse(written), Ok(tag), "{row}");
        let mut too_small = vec![0xAA; tag.len() - 1];
        assert_eq!(
            tag.write_to(&mut too_small).unwrap_err().needed,
            tag.len(),
            "{row}"
        );
        assert!(
            too_small.iter().all(|octet| *octet == 0xAA),
            "nothing is written: {row}"
        );
    }
}

/// The constructors take the opaque part alone: the same octets as between the quotes.
#[test]
fn constructors_take_what_the_grammar_takes() {
    for octet in 0..=u8::MAX {
        let opaque = [b'a', octet, b'b'];
        let quoted = [b'"', b'a', octet, b'b', b'"'];
        let is_etagc = octet == 0x21 || (0x23..=0x7E).contains(&octet) || octet >= 0x80;
        assert_eq!(EntityTag::strong(&opaque).is_ok(), is_etagc, "{octet:#04X}");
        assert_eq!(EntityTag::weak(&opaque).is_ok(), is_etagc, "{octet:#04X}");
        assert_eq!(EntityTag::parse(&quoted).is_ok(), is_etagc, "{octet:#04X}");
        if let Err(error) = EntityTag::strong(&opaque) {
            assert_eq!((error.kind(), error.offset()), (ErrorKind::ClosingQuote, 1));
        }
    }
    assert_eq!(EntityTag::strong(b""), EntityTag::parse(b"\"\""));
    assert_eq!(EntityTag::weak(b"a,b"), EntityTag::parse(b"W/\"a,b\""));
}

/// Tags are read in blocks: every octet at every place of tags with up to four of them and some
/// more.
#[test]
fn an_octet_is_refused_wherever_it_stands() {
    const LONGEST: usize = 70;
    for length in 1..=LONGEST {
        let mut value: Vec<u8> = (b'A'..=b'Z').cycle().take(length + 2).collect();
        (value[0], value[length + 1]) = (b'"', b'"');
        for place in 1..=length {
            let usual = value[place];
            for octet in 0..=u8::MAX {
                value[place] = octet;
                let context = || format!("{octet:#04X} at {place} of {length}");
                let at = |error: ParseError| (error.kind(), error.offset());
                let (opaque, tag) = (&value[1..=length], EntityTag::parse(&value));
                let made = EntityTag::strong(opaque);
                if octet == 0x21 || (0x23..=0x7E).contains(&octet) || octet >= 0x80 {
                    assert_eq!(tag.map(|tag| tag.opaque()), Ok(opaque), "{}", context());
                    assert_eq!(made, tag, "{}", context());
                    continue;
                }
                let here = Err((ErrorKind::ClosingQuote, place));
                let expected = if octet == b'"' {
                    Err((ErrorKind::End, place + 1))
                } else {
                    here
                };
                assert_eq!(tag.map_err(at), expected, "{}", context());
                let expected = Err((ErrorKind::ClosingQuote, place - 1));
                assert_eq!(made.map_err(at), expected, "{}", context());
            }
            value[place] = usual;
        }
    }
}

/// Tags that differ in one octet are different, wherever it stands and however long they are.
#[test]
fn every_octet_is_compared() {
    for length in 1..=70 {
        let opaque = vec![b'a'; length];
        let tag = EntityTag::strong(&opaque).unwrap();
        assert!(tag.strong_eq(tag) && tag.weak_eq(tag.to_weak()));
        let longer = [&opaque[..], b"a"].concat();
        assert!(
            !tag.weak_eq(EntityTag::strong(&longer).unwrap()),
            "{length} and one more"
        );
        for place in 0..length {
            let mut other = opaque.clone();
            other[place] = b'b';
            let other = EntityTag::strong(&other).unwrap();
            assert!(
                !tag.weak_eq(other) && !other.strong_eq(tag),
                "{place} of {length}"
            );
        }
    }
}

#[test]
fn comparison_is_that_of_the_table() {
    for row in rows("comparison.tsv") {
        let (a, b) = (
            EntityTag::parse(row.octets(0)).unwrap(),
            EntityTag::parse(row.octets(1)).unwrap(),
        );
        assert_eq!(a.strong_eq(b), row.text(2) == "yes", "strong: {row}");
        assert_eq!(a.weak_eq(b), row.text(3) == "yes", "weak: {row}");
        assert_eq!(
            (b.strong_eq(a), b.weak_eq(a)),
            (a.strong_eq(b), a.weak_eq(b)),
            "symmetric: {row}"
        );
        assert!(
            !a.to_weak().strong_eq(a.to_weak()),
            "no weak tag is strongly equal: {row}"
        );
        assert!(a.to_weak().weak_eq(a) && a.to_weak().is_weak(), "{row}");
    }
}

#[test]
fn constants_are_checked_when_compiled() {
    const STRONG: EntityTag = EntityTag::from_static("\"v1\"");
    const WEAK: EntityTag = STRONG.to_weak();
    const LENGTH: usize = WEAK.len();
    const REFUSED: bool = EntityTag::parse(b"v1").is_err();
    const { assert!(REFUSED && LENGTH == 6 && WEAK.is_weak()) };
    assert_eq!(EntityTag::try_from("W/\"v1\""), Ok(WEAK));
    assert_eq!(EntityTag::try_from(&b"\"v1\""[..]), Ok(STRONG));
}

#[test]
fn text_for_people_shows_every_octet() {
    const CASES: &[(&[u8], &str, &str)] = &[
        (b"\"v1\"", "\"v1\"", "EntityTag(\"v1\")"),
        (b"W/\"\"", "W/\"\"", "EntityTag(W/\"\")"),
        // obs-text is no text: shown as such where it is UTF-8, replaced where it is not.
        (
            "\"caf\u{e9}\"".as_bytes(),
            "\"caf\u{e9}\"",
            "EntityTag(\"caf\\xc3\\xa9\")",
        ),
        (
            b"\"caf\xE9-1\"",
            "\"caf\u{fffd}-1\"",
            "EntityTag(\"caf\\xe9-1\")",
        ),
        (b"\"a\\\"", "\"a\\\"", "EntityTag(\"a\\\")"),
    ];
    for (value, display, debug) in CASES {
        let tag = EntityTag::parse(value).unwrap();
        assert_eq!(
            (tag.to_string().as_str(), format!("{tag:?}").as_str()),
            (*display, *debug)
        );
    }
}
