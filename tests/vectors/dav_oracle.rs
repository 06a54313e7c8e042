//! The oracle answers the rows of WebDAV and CalDAV as their file says, and as the crate does.

use oracle::dav::{Dav, State};
use support::vectors::{Row, rows};

/// A resource of a row: the path without the slash at its end, the entity tag, the state tokens.
type Resource = (Vec<u8>, Option<oracle::Tag>, Vec<Vec<u8>>);

fn without_slash(path: &str) -> Vec<u8> {
    path.strip_suffix('/').unwrap_or(path).as_bytes().to_vec()
}

/// Octets as characters, one for each, so that text can be searched.
fn text(octets: &[u8]) -> String {
    octets.iter().copied().map(char::from).collect()
}

fn octets(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).expect("one octet"))
        .collect()
}

fn resource(written: &str) -> Resource {
    let (path, state) = written.split_once(' ').expect("a path and a tag");
    let Some(end) = state.rfind('"') else {
        return (without_slash(path), None, tokens(&state[1..]));
    };
    let (weak, quoted) = match state[..end].strip_prefix("W/") {
        Some(quoted) => (true, quoted),
        None => (false, &state[..end]),
    };
    let opaque = octets(&quoted[1..]);
    let tag = oracle::Tag { weak, opaque };
    (without_slash(path), Some(tag), tokens(&state[end + 1..]))
}

fn tokens(text: &str) -> Vec<Vec<u8>> {
    text.split_whitespace().map(octets).collect()
}

/// The path of a Resource-Tag on this server, without the slash at its end.
fn path_of(tag: &[u8]) -> Option<Vec<u8>> {
    let tag = text(tag);
    if tag.starts_with('/') {
        return Some(without_slash(&tag));
    }
    let hosts = ["http://example.com", "http://www.example.com"];
    hosts.into_iter().find_map(|host| {
        let (start, path) = tag.split_at_checked(host.len())?;
        let path = path.strip_prefix(":80").unwrap_or(path);
        let is_host =
            start.eq_ignore_ascii_case(host) && (path.is_empty() || path.starts_with('/'));
        is_host.then(|| without_slash(path))
    })
}

/// One row by one of the comparisons, in the words of the verdict column.
fn answer(row: &Row, equal: fn(&oracle::Tag, &oracle::Tag) -> bool) -> String {
    let (method, target) = row.text(1).split_once(' ').expect("a method and a path");
    let target = without_slash(target);
    let column = text(row.octets(3));
    let mapped: Vec<Resource> = match column.as_str() {
        "-" | "unchecked" => Vec::new(),
        column => column.split("; ").map(resource).collect(),
    };
    let find = |path: &[u8]| mapped.iter().find(|(found, ..)| found == path);
    let has = |tag: Option<&[u8]>, state: &State| {
        let path = tag.map_or(Some(target.clone()), path_of);
        let found = path.and_then(|path| find(&path));
        found.is_some_and(|(_, etag, tokens)| match state {
            State::Token(token) => tokens.contains(token),
            State::Tag(listed) => etag.as_ref().is_some_and(|etag| equal(etag, listed)),
        })
    };
    // A tag that is none of RFC 9110 is no tag of a representation.
    let usual = |tag: &oracle::Tag| !tag.opaque.iter().any(|octet| b" \t".contains(octet));
    let state = find(&target).map(|(_, etag, _)| oracle::State {
        etag: etag.clone().filter(usual),
        last_modified: None,
        strong_date: false,
        ranges: true,
        length: None,
    });
    let request = oracle::Request {
        method,
        state,
        status: (row.text(2) != "-").then(|| row.number(2)),
        now: 0,
        require_if_match: false,
        already_applied: false,
        range_policy: oracle::range::USUAL,
        fields: row.fields(8),
    };
    let locks = text(row.octets(4));
    let locks = locks.split(',').filter(|lock| *lock != "-");
    let dav = Dav {
        has: (column != "unchecked").then_some(&has),
        locks: locks
            .map(|lock| lock.split('|').map(octets).collect())
            .collect(),
        schedule_tag: match row.octets(5) {
            b"unchecked" => None,
            b"-" => Some(None),
            tag => Some(Some(tag[1..tag.len() - 1].to_vec())),
        },
    };
    support::dav::on_request(&request, &dav);
    let verdict = oracle::dav::decide(&request, &dav).verdict;
    match (verdict.outcome, verdict.decided_by) {
        (oracle::Outcome::Perform, None) if verdict.status == 200 => "perform".to_owned(),
        (_, None) => verdict.status.to_string(),
        (_, Some(field)) => format!("{} {field}", verdict.status),
    }
}

#[test]
fn the_oracle_answers_the_requests_of_webdav() {
    for row in rows("dav.tsv") {
        let verdict = row.text(6);
        let (weak, strong) = verdict.split_once(" / ").unwrap_or((verdict, verdict));
        assert_eq!(answer(&row, oracle::weak_eq), weak, "{row}");
        assert_eq!(answer(&row, oracle::strong_eq), strong, "{row}");
    }
}

#[test]
fn the_oracle_refuses_values_where_the_file_says() {
    let mut refused = 0;
    for row in rows("dav.tsv") {
        let fields = row.fields(8);
        let reports: Vec<_> = row.text(7).split(' ').collect();
        // Where the server does not look at the fields, nothing is reported.
        if row.octets(3) == b"unchecked" || row.text(2) != "-" || row.text(1).starts_with("OPTIONS")
        {
            continue;
        }
        for field in ["If", "If-Schedule-Tag-Match"] {
            let mut lines = fields.iter().filter(|(name, _)| *name == field);
            let (Some((_, value)), None) = (lines.next(), lines.next()) else {
                continue;
            };
            let read = if field == "If" {
                oracle::dav::if_value(value).map(drop)
            } else {
                oracle::dav::schedule_tag(value).map(drop)
            };
            let report = reports.chunks(4).find(|report| report[0] == field);
            let expected = match report {
                Some(report) => Err(report[3].parse().unwrap()),
                None => Ok(()),
            };
            refused += usize::from(expected.is_err());
            assert_eq!(read, expected, "{row}");
        }
    }
    assert!(refused >= 60, "{refused}");
}
