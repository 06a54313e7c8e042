//! A request and the state of the resource that it meets, and octets as text.

use std::fmt::Write as _;
use std::io::BufRead;

use http_preconditions::dav::Preconditions;
use http_preconditions::range::{MalformedRange, RangePolicy, SeveralRanges};
use http_preconditions::{
    Decision, EntityTag, Evaluation, Field, HttpDate, Options, Representation,
};

/// A head of this size is more than any server takes.
const LIMIT: usize = 1024 * 1024;
/// How much of a value is shown. A tag has no limit, and a field can be a megabyte.
const SHOWN: usize = 64;

/// A request head, as far as preconditions are about it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Vec<u8>,
    /// The field lines in their order, as name and value.
    pub(crate) fields: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Request {
    /// Reads up to the empty line that ends a head; the content behind it is left alone.
    ///
    /// Line ends may be LF alone, and the empty line may be missing at the end of the input.
    pub(crate) fn read(input: impl BufRead) -> Result<Self, String> {
        let head = read_head(input)?;
        parse(&head).map_err(|error| located(&head, error))
    }

    /// Returns the values of one field's lines, in their order.
    pub(crate) fn lines(&self, field: Field) -> impl Iterator<Item = &[u8]> {
        self.named(field.name())
    }

    /// Returns the values of the lines with this name, in their order.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let lines = self.fields.iter();
        lines
            .filter(move |(line, _)| line.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value.as_slice())
    }

    /// Returns the value of the field's first line; an empty one where there is none.
    pub(crate) fn value(&self, field: Field) -> &[u8] {
        self.lines(field).next().unwrap_or_default()
    }
}

fn read_head(input: impl BufRead) -> Result<Vec<u8>, String> {
    let mut input = input.take(u64::try_from(LIMIT).unwrap_or(u64::MAX).saturating_add(1));
    let mut head = Vec::new();
    // Empty lines before the request line are no end (RFC 9112 §2.2).
    let mut has_begun = false;
    loop {
        let start = head.len();
        let count = input
            .read_until(b'\n', &mut head)
            .map_err(|error| format!("standard input: {error}"))?;
        if head.len() > LIMIT {
            return Err("the request head is longer than 1 MiB".to_owned());
        }
        let is_empty = matches!(head.get(start..), Some(b"\n" | b"\r\n"));
        if has_begun && is_empty {
            return Ok(head);
        }
        if count == 0 {
            break;
        }
        has_begun |= !is_empty;
    }
    if !has_begun {
        return Err("there is no request: expected a line like `GET / HTTP/1.1`".to_owned());
    }
    head.extend(if head.ends_with(b"\n") { "\n" } else { "\n\n" }.bytes());
    Ok(head)
}

fn parse(head: &[u8]) -> Result<Request, httparse::Error> {
    // There is at most one field to a line, so that this is always enough.
    let mut fields = vec![httparse::EMPTY_HEADER; ends_of_lines(head).count()];
    let mut request = httparse::Request::new(&mut fields);
    request.parse(head)?;
    let fields = request.headers.iter();
    Ok(Request {
        method: request.method.unwrap_or_default().into(),
        fields: fields
            .map(|field| (field.name.into(), field.value.into()))
            .collect(),
    })
}

/// Returns the message of `httparse`, with its line. The parser does not tell where it stopped, but
/// it stops in the first line with which it does so.
fn located(head: &[u8], error: httparse::Error) -> String {
    let ends: Vec<usize> = ends_of_lines(head).collect();
    let is_readable = |end: &usize| head.get(..*end).is_none_or(|part| parse(part).is_ok());
    let index = ends.partition_point(is_readable);
    let line = head.split(|octet| *octet == b'\n').nth(index);
    let hint = match error {
        httparse::Error::Token | httparse::Error::Version => {
            " (expected one like `GET / HTTP/1.1`)"
        }
        _ => "",
    };
    let shown = beginning(line.unwrap_or_default().trim_ascii_end());
    format!(
        "line {} of the request: {error}: {shown}{hint}",
        index.saturating_add(1)
    )
}

/// Returns the offsets behind the line ends.
fn ends_of_lines(head: &[u8]) -> impl Iterator<Item = usize> {
    let octets = (1..).zip(head);
    octets
        .filter(|(_, octet)| **octet == b'\n')
        .map(|(end, _)| end)
}

/// What the server knows before it looks at the request's conditions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State<'a> {
    /// The current representation, if there is one.
    pub(crate) validators: Option<Validators<'a>>,
    /// The status without conditions, if it is not the usual one.
    pub(crate) status: Option<u16>,
    pub(crate) now: HttpDate,
    pub(crate) require_if_match: bool,
    pub(crate) already_applied: bool,
    pub(crate) malformed_range: MalformedRange,
    pub(crate) several_ranges: SeveralRanges,
    /// What the fields of WebDAV say. Nothing, if the server does not know them.
    pub(crate) dav: Preconditions,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Validators<'a> {
    pub(crate) etag: Option<EntityTag<'a>>,
    pub(crate) last_modified: Option<HttpDate>,
    pub(crate) strong_date: bool,
    /// The complete length in octets, if it is known.
    pub(crate) length: Option<u64>,
}

impl State<'_> {
    pub(crate) fn length(&self) -> Option<u64> {
        self.validators.and_then(|validators| validators.length)
    }

    /// Evaluates a request.
    pub(crate) fn decide(&self, request: &Request) -> Decision {
        let representation = self.validators.map(Validators::representation);
        let policy = RangePolicy::new()
            .malformed(self.malformed_range)
            .several(self.several_ranges);
        let mut options = Options::new().now(self.now).range_policy(policy);
        if let Some(status) = self.status {
            options = options.unconditional_status(status);
        }
        if self.require_if_match {
            options = options.require_if_match();
        }
        if self.already_applied {
            options = options.already_applied();
        }
        let method = request.method.as_slice();
        let fields = request.fields.iter().map(|(name, value)| (name, value));
        Evaluation::with_options(method, representation.as_ref(), options)
            .fields(fields)
            .decide_dav(&self.dav)
    }
}

impl<'a> Validators<'a> {
    fn representation(self) -> Representation<'a> {
        let representation = Representation::with_validators(self.etag, self.last_modified);
        let representation = match self.last_modified {
            Some(date) if self.strong_date => representation.strong_last_modified(date),
            _ => representation,
        };
        match self.length {
            Some(octets) => representation.complete_length(octets),
            None => representation,
        }
    }
}

/// Reads the word for what becomes of a malformed Range.
pub(crate) fn malformed_range(word: &str) -> Result<MalformedRange, &'static str> {
    match word {
        "ignore" => Ok(MalformedRange::Ignore),
        "reject" => Ok(MalformedRange::Reject),
        _ => Err("expected \"ignore\" or \"reject\""),
    }
}

/// Reads the word for what becomes of several ranges.
pub(crate) fn several_ranges(word: &str) -> Result<SeveralRanges, &'static str> {
    match word {
        "serve" => Ok(SeveralRanges::Serve),
        "ignore" => Ok(SeveralRanges::Ignore),
        "reject" => Ok(SeveralRanges::Reject),
        _ => Err("expected \"serve\", \"ignore\" or \"reject\""),
    }
}

/// Returns the octets as text: what is not printable ASCII is escaped as `\xE9`.
pub(crate) fn octets(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for &octet in octets {
        match octet {
            b' '..=b'~' => text.push(char::from(octet)),
            // Writing into a String cannot fail.
            _ => _ = write!(text, "\\x{octet:02X}"),
        }
    }
    text
}

/// Returns the beginning of the octets as text, with `…` where something is left out.
pub(crate) fn beginning(value: &[u8]) -> String {
    match value.split_at_checked(SHOWN) {
        Some((first, [_, ..])) => format!("{}…", octets(first)),
        _ => octets(value),
    }
}

/// Returns the value around the octet at `offset`, and a line with a caret for under it.
pub(crate) fn caret(value: &[u8], offset: usize) -> (String, String) {
    let (before, after) = value.split_at_checked(offset).unwrap_or((value, &[]));
    let before = match before.split_at_checked(before.len().saturating_sub(SHOWN)) {
        Some(([_, ..], last)) => format!("…{}", octets(last)),
        _ => octets(before),
    };
    // An octet is one column, escaped it is four: the columns are those of the text shown.
    let under = " ".repeat(before.chars().count());
    (before + &beginning(after), under + "^")
}
