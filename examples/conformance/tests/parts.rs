//! What a 206 has in it: the octets that its Content-Range says, and no others.

mod canned;

use std::time::Duration;

use example_conformance::case::Role::Origin;
use example_conformance::cases;
use example_conformance::resource::Resource;
use example_conformance::run::run;
use example_conformance::target::Target;
use example_conformance::verdict::Verdict;

const CONTENT: &str = "abcdefghijklmnopqrstuvwxyz0123";

const ONE: &str = "range/first-last"; // bytes=3-7
const TWO: &str = "ranges/two"; // bytes=0-1,10-12

/// The rule that is broken, and a part of what is said of it, if one is.
type Found<'f> = Option<(&'f str, &'f str)>;

const PART: &str = "response/206";

/// The case, the fields of the 206 with its content behind a line `-`, and what is found.
const ROWS: &[(&str, &str, Found<'static>)] = &[
    // One part.
    (ONE, "Content-Range: bytes 3-7/30\n-defgh", None),
    (ONE, "Content-Range: bytes 3-7/*\n-defgh", None),
    (
        ONE,
        "Content-Range: bytes 0-9/30\n-abcdefghij",
        Some((ONE, "octets 0-9; asked for 3-7")),
    ),
    (ONE, "-defgh", Some((PART, "206 without Content-Range"))),
    (
        ONE,
        "Content-Range: bytes */30\n-defgh",
        Some((PART, "Content-Range: bytes */30")),
    ),
    (
        ONE,
        "Content-Range: bytes 7-3/30\n-defgh",
        Some((PART, "Content-Range: bytes 7-3/30")),
    ),
    (
        ONE,
        "Content-Range: bytes 3-7/30\n-efghi",
        Some((PART, "octets 3-7 are not those of the 200")),
    ),
    (
        ONE,
        "Content-Range: bytes 3-7/30\n-defghi",
        Some((
            PART,
            "206 whose Content-Range has 5 octets, and whose content has 6",
        )),
    ),
    (
        ONE,
        "Content-Range: bytes 3-7/31\n-defgh",
        Some((PART, "206 whose Content-Range says that all is")),
    ),
    (
        ONE,
        "Content-Range: bytes 28-32/33\n-23456",
        Some((PART, "206 whose Content-Range says that all is")),
    ),
    (
        ONE,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Range: bytes 3-7/30\r\n\r\ndefgh\r\n--b--\r\n",
        Some((PART, "several parts to a request for one range")),
    ),
    // Two parts, in any order, or one with both.
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n--b\r\nContent-Range: bytes 10-12/30\r\n\r\nklm\r\n--b--\r\n",
        None,
    ),
    (
        TWO,
        "Content-Type: Multipart/ByteRanges; boundary=b\n---b\r\nContent-Range: bytes 10-12/30\r\n\r\nklm\r\n--b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n--b--\r\n",
        None,
    ),
    (TWO, "Content-Range: bytes 0-12/30\n-abcdefghijklm", None),
    (TWO, "Content-Range: bytes 0-1/30\n-ab", None),
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n--b\r\nContent-Range: bytes 10-12/30\r\n\r\nlmn\r\n--b--\r\n",
        Some((PART, "octets 10-12 are not those of the 200")),
    ),
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\nContent-Range: bytes 0-12/30\n---b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n--b--\r\n",
        Some((
            PART,
            "several parts, and Content-Range in the header section",
        )),
    ),
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n",
        Some((PART, "multipart/byteranges without its end")),
    ),
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Range: bytes 10-29/30\r\n\r\nklm",
        Some((PART, "a part is shorter than its Content-Range")),
    ),
    (
        TWO,
        "Content-Type: multipart/byteranges; boundary=b\n---b\r\nContent-Type: text/plain\r\n\r\nab\r\n--b--\r\n",
        Some((PART, "multipart/byteranges: expected a Content-Range")),
    ),
    (
        TWO,
        "Content-Type: multipart/byteranges\n---b\r\nContent-Range: bytes 0-1/30\r\n\r\nab\r\n--b--\r\n",
        Some((
            PART,
            "multipart/byteranges: expected one boundary parameter",
        )),
    ),
    // Nobody asked.
    (
        "if-range/without-range",
        "Content-Range: bytes 3-7/30\n-defgh",
        Some((PART, "206 to a request without Range")),
    ),
];

fn response(status: &str, row: &str) -> String {
    let (fields, content) = match row.strip_prefix('-') {
        Some(content) => ("", content),
        None => row.split_once("\n-").expect("a row has content"),
    };
    let fields = fields.lines().map(|line| format!("{line}\r\n"));
    let fields: Vec<String> = fields.collect();
    let (fields, length) = (fields.concat(), content.len());
    format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {length}\r\n\r\n{content}")
}

#[test]
fn the_octets_of_a_206_are_those_of_its_content_range() {
    for (name, row, expected) in ROWS {
        let url = canned::serve(|request| {
            let has = |field| request.contains(field);
            if has("bytes=0-0") {
                // What is learned: ranges are served, one or several.
                response("206 Partial Content", "Content-Range: bytes 0-0/30\n-a")
            } else if has("\r\nRange:") || has("\r\nIf-Range:") {
                response("206 Partial Content", row)
            } else {
                response("200 OK", &format!("ETag: \"a\"\n-{CONTENT}"))
            }
        });
        let target = Target::parse(&url).expect("it is a URL");
        let wire = target.wire(Duration::from_secs(5));
        let wire = wire.expect("it has an address");
        let resource = Resource::learn(&wire, &target);
        let resource = resource.unwrap_or_else(|error| panic!("{name}: {error}"));
        let case = cases::all().find(|case| case.name == *name);
        let case = case.unwrap_or_else(|| panic!("{name}: no such case"));
        let finding = run(case, &wire, &resource, Origin);
        let found = match (&finding.breach, &finding.verdict) {
            (Some(breach), _) => Some((breach.rule.name, breach.what.as_str())),
            (None, Verdict::Wrong(what)) => Some((finding.name, what.as_str())),
            _ => None,
        };
        let is_right = match (found, expected) {
            (Some((rule, what)), Some((wanted, text))) => {
                rule == *wanted && what.contains(text) && finding.verdict != Verdict::Right
            }
            (None, None) => finding.verdict == Verdict::Right,
            _ => false,
        };
        assert!(is_right, "{name}: {row:?}: {finding:#?}");
    }
}
