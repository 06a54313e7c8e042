//! The octets of a response: those of the 200, or the parts of them that it says it has.

use http_preconditions::client::{MultipartReader, MultipartStep};
use http_preconditions::range::{ByteRange, ContentRange};

use crate::expected::Expected;
use crate::resource::Resource;
use crate::responses::{Breach, PART, WHOLE};
use crate::wire::{Response, text};

/// What is wrong with the octets of a response to GET, if something is.
#[must_use]
pub fn breach(
    response: &Response,
    resource: &Resource,
    sent_range: Option<&[u8]>,
) -> Option<Breach> {
    let wrong = |what: String| Some(Breach::new(&PART, what));
    match response.status {
        200 => {
            let is_coded =
                response.value("Content-Encoding") != resource.full.value("Content-Encoding");
            let is_same = response.content == resource.full.content;
            if is_same || is_coded || !resource.is_stable {
                return None;
            }
            let (has, full) = (response.content.len(), resource.full.content.len());
            let what = if has == full {
                "200 with other octets than before".to_owned()
            } else {
                format!("200 with {has} octets of {full}")
            };
            Some(Breach::new(&WHOLE, what))
        }
        206 => {
            let Some(sent_range) = sent_range else {
                return wrong("206 to a request without Range".to_owned());
            };
            let media_type = response.value("Content-Type").unwrap_or_default();
            let is_multipart = media_type
                .to_ascii_lowercase()
                .starts_with(b"multipart/byteranges");
            let parts = if is_multipart {
                multipart(response, media_type, sent_range)
            } else {
                single(response)
            };
            let parts = match parts {
                Ok(parts) => parts,
                Err(fault) => return wrong(fault),
            };
            for (range, length, octets) in &parts {
                if let Some(fault) = part_fault(*range, *length, octets, resource) {
                    return wrong(fault);
                }
            }
            None
        }
        _ => None,
    }
}

/// The range of a 206 that has another than the one that was asked for. §15.3.7 allows a part of it,
/// for reasons of the server's own.
#[must_use]
pub fn other_range(response: &Response, expected: &Expected) -> Option<String> {
    let asked = expected.range.filter(|_| response.status == 206)?;
    let parsed = ContentRange::parse(response.value("Content-Range")?).ok()?;
    let sent = parsed.range().filter(|sent| *sent != asked)?;
    Some(format!(
        "octets {}; asked for {}",
        shown(sent),
        shown(asked)
    ))
}

type Part<'r> = (ByteRange, Option<u64>, &'r [u8]);

/// §15.3.7.1.
fn single(response: &Response) -> Result<Vec<Part<'_>>, String> {
    let Some(value) = response.value("Content-Range") else {
        return Err("206 without Content-Range".to_owned());
    };
    let parsed = ContentRange::parse(value).ok();
    let range = parsed.and_then(|content_range| content_range.range());
    match (parsed, range) {
        (Some(parsed), Some(range)) => {
            Ok(vec![(range, parsed.complete_length(), &response.content)])
        }
        _ => Err(format!("206 with Content-Range: {}", text(value))),
    }
}

/// §15.3.7.2.
fn multipart<'r>(
    response: &'r Response,
    media_type: &[u8],
    sent_range: &[u8],
) -> Result<Vec<Part<'r>>, String> {
    if !sent_range.contains(&b',') {
        return Err("206 with several parts to a request for one range".to_owned());
    }
    if response.value("Content-Range").is_some() {
        return Err("206 with several parts, and Content-Range in the header section".to_owned());
    }
    let error = |error| format!("multipart/byteranges: {error}");
    let mut reader = MultipartReader::new(media_type).map_err(error)?;
    let mut rest = response.content.as_slice();
    let mut parts = Vec::new();
    loop {
        match reader.read(rest).map_err(error)? {
            MultipartStep::End => return Ok(parts),
            MultipartStep::NeedMore => {
                return Err("multipart/byteranges without its end".to_owned());
            }
            MultipartStep::Part(head) => {
                let behind = &rest[head.len()..];
                let length = usize::try_from(head.range().length()).unwrap_or(usize::MAX);
                let Some((octets, behind)) = behind.split_at_checked(length) else {
                    return Err("a part is shorter than its Content-Range".to_owned());
                };
                let complete_length = head.content_range().complete_length();
                parts.push((head.range(), complete_length, octets));
                rest = behind;
            }
        }
    }
}

fn part_fault(
    range: ByteRange,
    length: Option<u64>,
    octets: &[u8],
    resource: &Resource,
) -> Option<String> {
    let full = &resource.full.content;
    if range.length() != octets.len() as u64 {
        let (says, has) = (range.length(), octets.len());
        return Some(format!(
            "206 whose Content-Range has {says} octets, and whose content has {has}"
        ));
    }
    if !resource.is_stable {
        return None;
    }
    if let Some(length) = length.filter(|length| *length != full.len() as u64) {
        let has = full.len();
        return Some(format!(
            "206 whose Content-Range says that all is {length} octets, and not {has}"
        ));
    }
    let bounds = usize::try_from(range.first()).ok()?..usize::try_from(range.end()).ok()?;
    let is_same = full.get(bounds).is_some_and(|part| part == octets);
    (!is_same).then(|| format!("206 whose octets {} are not those of the 200", shown(range)))
}

fn shown(range: ByteRange) -> String {
    format!("{}-{}", range.first(), range.last())
}
