//! Reads a request head: by `httparse`, and as people type it.

use std::io::BufRead;

use crate::show;

/// A head of this size is more than any server takes.
const LIMIT: usize = 1024 * 1024;

/// What of a request head preconditions are about.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The field lines in their order, as name and value.
    pub(crate) fields: Vec<(String, Vec<u8>)>,
}

/// Reads up to the empty line that ends a head; what follows it, the content, is left alone.
///
/// Line ends may be LF alone, and the empty line may be missing at the end of the input.
pub(crate) fn read(input: impl BufRead) -> Result<Request, String> {
    let head = read_head(input)?;
    parse(&head).map_err(|error| located(&head, error))
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
    Ok(Request {
        method: request.method.unwrap_or_default().to_owned(),
        fields: request
            .headers
            .iter()
            .map(|field| (field.name.to_owned(), field.value.to_vec()))
            .collect(),
    })
}

/// What `httparse` says, and of which line. It does not tell where it stopped, but it stops in the
/// first line with which it does so.
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
    format!(
        "line {} of the request: {error}: {}{hint}",
        index.saturating_add(1),
        show::beginning(line.unwrap_or_default().trim_ascii_end()),
    )
}

/// The offsets behind the line ends.
fn ends_of_lines(head: &[u8]) -> impl Iterator<Item = usize> {
    (1..)
        .zip(head)
        .filter(|(_, octet)| **octet == b'\n')
        .map(|(end, _)| end)
}
