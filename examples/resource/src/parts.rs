//! Parts of a content: from the value of `Range` to a 206 or a 416.

use bytes::Bytes;
use http_preconditions::{ByteRange, ContentRange, Range, RangeLimits, Resolution};

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
    /// The parts that a `Range` asks for; none if the whole is to be sent.
    ///
    /// Call it if the decision [honours the
    /// range](http_preconditions::Decision::honours_range), and not before.
    #[must_use]
    pub fn of(content: &Bytes, content_type: &str, range: &[u8]) -> Option<Self> {
        let length = u64::try_from(content.len()).ok()?;
        let range = Range::parse(range).ok()?;
        let mut ranges = match range.resolve(length, RangeLimits::new()) {
            Resolution::Partial(ranges) => ranges,
            Resolution::Unsatisfiable => {
                return Some(Self {
                    status: 416,
                    field: content_range(ContentRange::unsatisfied(length)),
                    content: Vec::new(),
                });
            }
            Resolution::Ignored => return None,
        };
        if ranges.len() > 1 {
            return multipart(content, content_type, ranges);
        }
        let (content, field) = part(content, ranges.next()?)?;
        Some(Self {
            status: 206,
            field: content_range(field),
            content: vec![content],
        })
    }
}

/// Several ranges, each with fields of its own (RFC 9110 §14.6).
fn multipart(
    content: &Bytes,
    content_type: &str,
    ranges: impl Iterator<Item = ByteRange>,
) -> Option<Parts> {
    let boundary = boundary(content);
    let mut pieces = Vec::new();
    for range in ranges {
        let (part, field) = part(content, range)?;
        let (name, value) = content_range(field);
        let head =
            format!("--{boundary}\r\nContent-Type: {content_type}\r\n{name}: {value}\r\n\r\n");
        pieces.extend([head.into(), part, Bytes::from_static(b"\r\n")]);
    }
    pieces.push(format!("--{boundary}--\r\n").into());
    Some(Parts {
        status: 206,
        field: (
            "Content-Type",
            format!("multipart/byteranges; boundary={boundary}"),
        ),
        content: pieces,
    })
}

/// The octets of a range, without a copy.
fn part(content: &Bytes, range: ByteRange) -> Option<(Bytes, ContentRange)> {
    let first = usize::try_from(range.first()).ok()?;
    let end = usize::try_from(range.end()).ok()?;
    let field = ContentRange::new(range, u64::try_from(content.len()).ok())?;
    Some((content.slice(first..end), field))
}

fn content_range(field: ContentRange) -> (&'static str, String) {
    ("Content-Range", field.to_string())
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
    use super::*;

    const CONTENT: Bytes = Bytes::from_static(b"0123456789");

    fn of(range: &str) -> Option<(u16, String, Vec<u8>)> {
        let parts = Parts::of(&CONTENT, "text/plain", range.as_bytes())?;
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
