//! The rows of `if.tsv`, sent by `curl`.

use std::collections::BTreeMap;
use std::fs;

use example_over_sockets::Client;

use crate::server::{EXCLUSIVE, Server};

/// Tokens that were never issued, for the names of RFC 4918's examples.
const NEVER_ISSUED: [(&str, &str); 3] = [
    ("<T1>", "<urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2>"),
    ("<T2>", "<urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092>"),
    ("<T3>", "<urn:uuid:150852e2-3847-42d5-8cbe-0f4f296f26cf>"),
];

/// A resource of a row.
struct Resource<'a> {
    path: &'a str,
    /// The tag with its quotes, and without `W/`, because the tags of the server are strong.
    etag: Option<&'a str>,
    locks: Vec<&'a str>,
}

impl<'a> Resource<'a> {
    fn read(text: &'a str) -> Self {
        let (path, rest) = text.split_once(' ').unwrap_or((text, ""));
        let quoted = rest.find('"').zip(rest.rfind('"'));
        let locks = quoted.map_or(rest.trim_start_matches('-'), |(_, last)| &rest[last + 1..]);
        Self {
            path,
            etag: quoted.map(|(first, last)| &rest[first..=last]),
            locks: locks.split_whitespace().collect(),
        }
    }
}

/// Makes the resources of a row. Returns what their names stand for.
fn make(server: &Server, resources: &[Resource<'_>]) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for resource in resources {
        let place = server.inside(resource.path);
        let folder = place.parent().expect("it is in the folder");
        fs::create_dir_all(folder).expect("there is room for a folder");
        if resource.path.ends_with('/') {
            fs::create_dir_all(place).expect("there is room for a folder");
        } else {
            fs::write(place, resource.path).expect("there is room for a file");
        }
        if let Some(etag) = resource.etag {
            names.push((etag.to_owned(), server.etag(resource.path)));
        }
    }
    let mut roots: BTreeMap<&str, &Resource<'_>> = BTreeMap::new();
    for resource in resources {
        for lock in &resource.locks {
            let root = roots.entry(lock).or_insert(resource);
            if resource.path.len() < root.path.len() {
                *root = resource;
            }
        }
    }
    for (lock, root) in roots {
        let mut members = resources.iter();
        let reaches =
            members.all(|other| !other.path.starts_with(root.path) || other.locks.contains(&lock));
        let depth = if reaches && resources.len() > 1 {
            "infinity"
        } else {
            "0"
        };
        let lockinfo = if root.locks.len() > 1 {
            EXCLUSIVE.replace("exclusive", "shared")
        } else {
            EXCLUSIVE.to_owned()
        };
        let token = server.lock(root.path, &[("Depth", depth)], &lockinfo);
        let name = if lock.starts_with('T') {
            lock
        } else {
            &format!("urn:x:{lock}")
        };
        names.push((format!("<{name}>"), token));
    }
    names.extend(NEVER_ISSUED.map(|(name, token)| (name.to_owned(), token.to_owned())));
    names.push(("{host}".to_owned(), server.authority().to_owned()));
    names
}

/// Writes names out, and reads `\t` and `\xNN`.
fn value(text: &str, names: &[(String, String)]) -> Vec<u8> {
    let mut text = text.to_owned();
    for (name, meaning) in names {
        // What is put in has no name of another one in it.
        text = text.replace(name, meaning);
    }
    let (mut octets, mut rest) = (Vec::new(), text.as_str());
    while let Some(first) = rest.chars().next() {
        let escaped = rest.strip_prefix("\\x").and_then(|rest| rest.get(..2));
        let octet = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(octet) = octet {
            octets.push(octet);
            rest = &rest[4..];
        } else if let Some(behind) = rest.strip_prefix("\\t") {
            octets.push(b'\t');
            rest = behind;
        } else {
            let (octet, behind) = rest.split_at(first.len_utf8());
            octets.extend(octet.as_bytes());
            rest = behind;
        }
    }
    octets
}

#[test]
fn the_field_if_is_evaluated_as_the_rows_say() {
    let rows = include_str!("if.tsv").lines();
    let rows = rows.filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let columns: Vec<_> = row.split('\t').collect();
        let [request, destination, resources, lines, other, expected, _] = columns[..] else {
            panic!("seven columns: {row}");
        };
        let server = Server::start();
        let resources = resources.split("; ").filter(|resource| *resource != "-");
        let resources: Vec<_> = resources.map(Resource::read).collect();
        let names = make(&server, &resources);

        let (method, path) = request.split_once(' ').expect("method and path");
        let mut fields = Vec::new();
        match lines {
            "-" => {}
            "(empty)" => fields.push(("If", Vec::new())),
            lines => fields.extend(lines.split("\\n").map(|line| ("If", value(line, &names)))),
        }
        if destination != "-" {
            fields.push(("Destination", server.url(destination).into_bytes()));
        }
        if let Some((name, text)) = other.split_once(": ") {
            fields.push((name, value(text, &names)));
        }
        let borrowed: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let content = (method == "PUT").then_some(b"new".as_slice());
        let response = Client::Curl.send(method, &server.url(path), &borrowed, content);
        let is_expected = match expected {
            "perform" => matches!(response.status, 200..=299),
            expected => response.status.to_string() == expected,
        };
        assert!(is_expected, "{row}\n{response:?}");
        // What is not performed changes nothing.
        if method == "PUT"
            && let Some(resource) = resources.iter().find(|r| r.path == path)
        {
            let stored = fs::read_to_string(server.inside(path)).expect("it exists");
            let expected = if expected == "perform" {
                "new"
            } else {
                resource.path
            };
            assert_eq!(stored, expected, "{row}");
        }
        count += 1;
    }
    assert!(count >= 190, "only {count} rows");
}
