//! Parts of a content: from the value of `Range` to a 206 or a 416.

use bytes::Bytes;
use http_preconditions::{
    Decision,
    range::{ByteRange, ContentRange},
};

/// What stands in the place of the whole content.
#[derive(Clone, Debug)]
pub struct Parts {
    /// 206 or 416.
    pub status: u16,
    /// The field that says which part it is: `Content-Range`, or for several parts `Content-Type`,
    /// in the place of that of the whole.
    pub field: (&'static str, String),
    /// The octets, in pieces.
    pub content: Vec<Bytes>,
}

impl Parts {
    /// The parts that a decision asks for, on a representation with its [complete
    /// length](http_preconditions::Representation::complete_length); none if the whole is to be
    /// sent. `range` is the value of the `Range` that was evaluated.
    #[must_use]
    pub fn of(
        decision: &Decision,
        range: &[u8],
        content: &Bytes,
        content_type: &str,
    ) -> Option<Self> {
        if !decision.honours_range() {
            return None;
        }
        let Some(field) = decision.content_range() else {
            return Some(multipart(decision.ranges(range), content, content_type));
        };
        Some(Self {
            status: decision.status(),
            field: ("Content-Range", field.to_string()),
            content: Vec::from_iter(field.range().map(|range| part(content, range))),
        })
    }
}

/// Several ranges, each with fields of its own (RFC 9110 §14.6).
fn multipart(
    ranges: impl Iterator<Item = ByteRange>,
    content: &Bytes,
    content_type: &str,
) -> Parts {
    let boundary = boundary(content);
    let length = u64::try_from(content.len()).ok();
    let mut pieces = Vec::new();
    for range in ranges {
        let field = ContentRange::new(range, length).expect("it is within the content");
        let head = format!(
            "--{boundary}\r\nContent-Type: {content_type}\r\nContent-Range: {field}\r\n\r\n"
        );
        pieces.extend([
            head.into(),
            part(content, range),
            Bytes::from_static(b"\r\n"),
        ]);
    }
    pieces.push(format!("--{boundary}--\r\n").into());
    Parts {
        status: 206,
        field: (
            "Content-Type",
            format!("multipart/byteranges; boundary={boundary}"),
        ),
        content: pieces,
    }
}

/// The octets of a range, without a copy. It is within the content, whose length it was resolved
/// against.
fn part(content: &Bytes, range: ByteRange) -> Bytes {
    let position = |position| usize::try_from(position).expect("the content is in memory");
    content.slice(position(range.first())..position(range.end()))
}

/// A boundary that is nowhere in the content.
fn boundary(content: &[u8]) -> String {
    let mut number = 0_u64;
    loop {
        let boundary = format!("part-{number}");
        let mut places = content.windows(boundary.len());
        if !places.any(|octets| octets == boundary.as_bytes()) {
            return boundary;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use http_preconditions::{Representation, evaluate};

    use super::*;

    const CONTENT: Bytes = Bytes::from_static(b"0123456789");

    fn of(range: &str) -> Option<(u16, String, Vec<u8>)> {
        let current = Representation::new().complete_length(10);
        let decision = evaluate("GET", [("Range", range)], Some(&current));
        let parts = Parts::of(&decision, range.as_bytes(), &CONTENT, "text/plain")?;
        let (_, value) = parts.field;
        Some((parts.status, value, parts.content.concat()))
    }

    #[test]
    fn one_range_is_sent_as_it_is() {
        for (range, field, content) in [
            ("bytes=0-0", "bytes 0-0/10", "0"),
            ("bytes=7-", "bytes 7-9/10", "789"),
            ("bytes=-2", "bytes 8-9/10", "89"),
            ("bytes=10-11,9-10", "bytes 9-9/10", "9"),
        ] {
            let expected = (206, field.to_owned(), content.as_bytes().to_vec());
            assert_eq!(of(range), Some(expected), "{range}");
        }
        let unsatisfied = (416, "bytes */10".to_owned(), vec![]);
        assert_eq!(of("bytes=10-"), Some(unsatisfied));
        for ignored in ["bytes=2-1", "lines=0-1", "bytes=0-9,0-9"] {
            assert_eq!(of(ignored), None, "{ignored}");
        }
    }

    #[test]
    fn several_ranges_are_parts_in_the_order_of_the_request() {
        let expected = "--part-0\r\n\
            Content-Type: text/plain\r\n\
            Content-Range: bytes 8-9/10\r\n\
            \r\n\
            89\r\n\
            --part-0\r\n\
            Content-Type: text/plain\r\n\
            Content-Range: bytes 0-1/10\r\n\
            \r\n\
            01\r\n\
            --part-0--\r\n";
        let (status, content_type, content) = of("bytes=-2, 0-1").unwrap();
        assert_eq!(status, 206);
        assert_eq!(content_type, "multipart/byteranges; boundary=part-0");
        assert_eq!(
            content.escape_ascii().to_string(),
            expected.escape_default().to_string()
        );
    }

    #[test]
    fn no_boundary_is_in_the_content() {
        assert_eq!(boundary(b"part-0"), "part-1");
        assert_eq!(boundary(b"part-1 part-0 part-00"), "part-2");
    }
}
