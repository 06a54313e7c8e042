//! `multipart/byteranges` as a client reads it, and what its parts hold of what was asked for.

use http_preconditions::{
    ErrorKind,
    client::{
        IncompleteResponse, MultipartReader, MultipartStep, PartialResponse, PartsResponse,
        ResponseValidators,
    },
    range::{ByteRange, ContentRange, Range},
};
use support::multipart;
use support::vectors::{kind, rows};

#[test]
fn a_boundary_is_read_or_refused_where_the_file_says() {
    for row in rows("boundaries.tsv") {
        let content_type = row.octets(0);
        match multipart::on_multipart(content_type, b"", None) {
            Ok(_) => {
                let boundary = oracle::multipart::boundary(content_type);
                assert_eq!(boundary.as_deref(), Some(row.octets(1)), "{row}");
                let content = [b"--", row.octets(1), b"--"].concat();
                let (_, ending) = multipart::on_multipart(content_type, &content, None).unwrap();
                assert_eq!(ending, Some(Ok(())), "{row}");
            }
            Err(error) => {
                assert_eq!(row.text(1), "err", "{row}: {error}");
                assert_eq!(kind(error), row.text(2), "{row}");
                assert_eq!(error.offset(), row.number::<usize>(3), "{row}");
            }
        }
    }
}

#[test]
fn a_content_has_the_parts_that_the_file_says() {
    for row in rows("multipart.tsv") {
        let length = (row.text(0) != "*").then(|| row.number(0));
        let content_type = b"multipart/byteranges; boundary=b";
        let read = multipart::on_multipart(content_type, row.octets(2), length);
        let (parts, ending) = read.unwrap();
        let mut words: Vec<String> = Vec::new();
        for (first, last, _, content_type, content) in parts {
            let content = content.escape_ascii();
            let content_type = content_type.map(|value| format!("({})", value.escape_ascii()));
            words.push(format!(
                "{first}-{last}{}={content}",
                content_type.unwrap_or_default()
            ));
        }
        words.push(match ending {
            None => "cut".to_owned(),
            Some(Ok(())) => "end".to_owned(),
            Some(Err(error)) => format!("{}@{}", kind(error), error.offset()),
        });
        assert_eq!(words.join(" "), row.text(1), "{row}");
    }
}

/// A head has a limit, and is found where it is just within it.
#[test]
fn a_head_ends_within_the_limit() {
    const LIMIT: usize = MultipartReader::MAX_HEAD;
    let content_type = b"multipart/byteranges; boundary=b";
    let head = |length: usize| {
        let end = "\r\nContent-Range: bytes 0-0/1\r\n\r\n";
        let start = "--b\r\nX: ";
        format!(
            "{start}{}{end}",
            "x".repeat(length - start.len() - end.len())
        )
    };
    let content = head(LIMIT) + "0\r\n--b--";
    let (parts, ending) = multipart::on_multipart(content_type, content.as_bytes(), None).unwrap();
    assert_eq!((parts.len(), ending), (1, Some(Ok(()))));
    let reader = MultipartReader::new(content_type).unwrap();
    for content in [head(LIMIT + 1), "x".repeat(LIMIT), "\n".repeat(LIMIT + 1)] {
        for step in [1, 1000, LIMIT * 2] {
            let (parts, ending) = multipart::read(&reader, content.as_bytes(), step);
            let error = ending.expect("an ending").unwrap_err();
            assert_eq!((parts.len(), error.kind()), (0, ErrorKind::PartHead));
            assert_eq!(error.offset(), LIMIT);
        }
    }
    // Less than the limit may still become a head.
    let (_, ending) = multipart::read(&reader, "x".repeat(LIMIT - 1).as_bytes(), 1);
    assert_eq!(ending, None);
}

#[test]
fn a_part_holds_what_the_file_says() {
    for row in rows("requested.tsv") {
        let range = Range::parse(row.octets(0)).unwrap();
        let part = ContentRange::parse(row.octets(1)).unwrap();
        let held = part.requested(range.specs()).map(|held| {
            let whole = if held.is_whole() { "" } else { "+" };
            let (first, last) = (held.range().first(), held.range().last());
            format!("{}:{first}-{last}@{}{whole}", held.index(), held.offset())
        });
        assert_eq!(held.collect::<Vec<_>>().join(" "), row.text(2), "{row}");
    }
}

#[test]
fn a_206_to_several_ranges_is_judged_as_one_to_a_single_range() {
    let version = ResponseValidators::from_fields([("ETag", "\"v1\"")]);
    let held = IncompleteResponse::new(version, 0);
    let (v1, many) = (
        ("ETag", "\"v1\""),
        ("Content-Type", "multipart/byteranges; boundary=b"),
    );
    let one = ("Content-Range", "bytes 0-499/1000");
    let refused = PartsResponse::Refused;
    let single = PartsResponse::Single(ContentRange::parse(one.1.as_bytes()).unwrap());
    let reader = MultipartReader::new(many.1.as_bytes()).unwrap();
    let several = PartsResponse::Multipart(reader.clone());
    let mixed = ("Content-Type", "multipart/byteranges");
    let cases: [(&[(&str, &str)], PartsResponse); 12] = [
        (&[v1, many], several.clone()),
        (&[v1, many, many], several),
        (&[v1, one], single.clone()),
        (&[v1, one, ("Content-Length", "500")], single),
        (&[v1, mixed], PartsResponse::NoBoundary),
        (&[v1, many, mixed], PartsResponse::NoBoundary),
        (
            &[v1, many, ("Content-Type", "text/plain")],
            PartsResponse::NoBoundary,
        ),
        (&[many], refused(PartialResponse::DifferentVersion)),
        (
            &[("ETag", "\"v2\""), one],
            refused(PartialResponse::DifferentVersion),
        ),
        (
            &[v1, many, ("Content-Encoding", "gzip")],
            refused(PartialResponse::DifferentCoding),
        ),
        (&[v1], refused(PartialResponse::NoContentRange)),
        (
            &[v1, one, ("Content-Length", "499")],
            refused(PartialResponse::WrongContentLength),
        ),
    ];
    for (fields, expected) in cases {
        assert_eq!(held.parts(fields.iter().copied()), expected, "{fields:?}");
    }
    let other = held.complete_length(999).parts([v1, one]);
    assert_eq!(other, refused(PartialResponse::DifferentLength));
    let known = PartsResponse::Multipart(reader.complete_length(999));
    assert_eq!(held.complete_length(999).parts([v1, many]), known);
    // What is held does not end behind the complete length, nor does a segment.
    let segment = ByteRange::new(5, 9).unwrap();
    for held in [IncompleteResponse::new(version, 10), held.segment(segment)] {
        let PartsResponse::Multipart(mut reader) = held.parts([v1, many]) else {
            panic!("{held:?}");
        };
        let mut other = reader.clone();
        let content = b"--b\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n--b--";
        assert!(matches!(reader.read(content), Ok(MultipartStep::Part(_))));
        let content = b"--b\r\nContent-Range: bytes 0-1/9\r\n\r\n01\r\n--b--";
        let error = other.read(content).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::PartLength, 19));
    }
}
