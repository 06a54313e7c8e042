//! From the path of a URL to a place in the folder, and back.
//!
//! Request targets, Destination and the Resource-Tags of If all come through
//! [`ResourcePath::parse`], so that two URLs of one resource are one value to locks, properties
//! and conditions (RFC 4918 §10.4.4).

use std::path::{Component, Path, PathBuf};
use std::{error, fmt};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// The characters that a URL segment needs to have encoded: all but `unreserved` (RFC 3986 §2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The place of a resource: the names from the served folder down. The folder itself has no name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ResourcePath {
    names: Vec<String>,
}

/// A URL that no resource of a folder can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It does not begin with a slash.
    Relative,
    /// It has a query, which no file has.
    Query,
    /// A segment is empty, not UTF-8, or no name of a file: it has a slash or NUL in it.
    Name,
}

impl ResourcePath {
    /// Parses the path and query of a URL. A slash at the end makes no difference (RFC 4918 §5.2).
    ///
    /// Dot segments, also percent-encoded ones, are resolved as RFC 3986 §5.2.4 says: `..` never
    /// goes further up than the folder, and none is left.
    pub(crate) fn parse(path_and_query: &[u8]) -> Result<Self, Unusable> {
        if path_and_query.contains(&b'?') {
            return Err(Unusable::Query);
        }
        let mut names = Vec::new();
        let path = match path_and_query {
            // `http://example.com` has the path of `http://example.com/` (RFC 9110 §4.2.3).
            b"" | b"/" => return Ok(Self { names }),
            [b'/', path @ ..] => path.strip_suffix(b"/").unwrap_or(path),
            _ => return Err(Unusable::Relative),
        };
        for segment in path.split(|octet| *octet == b'/') {
            let name = percent_decode(segment).decode_utf8();
            match &*name.map_err(|_| Unusable::Name)? {
                "." => {}
                ".." => drop(names.pop()),
                name if is_name(name) => names.push(name.to_owned()),
                _ => return Err(Unusable::Name),
            }
        }
        Ok(Self { names })
    }

    /// Returns the URL path, with a slash at the end if it is a collection.
    pub(crate) fn href(&self, is_collection: bool) -> String {
        let mut href = String::new();
        for name in &self.names {
            href.push('/');
            href.extend(utf8_percent_encode(name, SEGMENT));
        }
        if is_collection || href.is_empty() {
            href.push('/');
        }
        href
    }

    /// Returns the relative path of the file system.
    pub(crate) fn to_path(&self) -> PathBuf {
        if self.names.is_empty() {
            PathBuf::from(".")
        } else {
            self.names.iter().collect()
        }
    }

    /// Returns the paths from the first name down to this one.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = Self> {
        (1..=self.names.len()).map(|length| Self {
            names: self.names[..length].to_vec(),
        })
    }

    /// Returns the last name, which the folder itself does not have.
    pub(crate) fn name(&self) -> Option<&str> {
        self.names.last().map(String::as_str)
    }

    /// Returns the collection that has this resource as a member.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (_, names) = self.names.split_last()?;
        Some(Self {
            names: names.to_vec(),
        })
    }

    /// Returns the member of this name.
    pub(crate) fn member(&self, name: &str) -> Self {
        let mut member = self.clone();
        member.names.push(name.to_owned());
        member
    }

    /// Returns true if this is `root` or below it.
    pub(crate) fn is_within(&self, root: &Self) -> bool {
        self.names.starts_with(&root.names)
    }

    /// Returns the path that a resource within `from` has once `from` is at `to`.
    pub(crate) fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        let below = self.names.strip_prefix(from.names.as_slice())?;
        Some(Self {
            names: [to.names.as_slice(), below].concat(),
        })
    }
}

/// Returns true for a single name: a slash, `C:` or, on Windows, a backslash makes it more.
fn is_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let is_one = matches!(
        (components.next(), components.next()),
        (Some(Component::Normal(only)), None) if only == name
    );
    is_one && !name.contains('\0')
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Relative => "A path begins with a slash.",
            Self::Query => "A file has no query.",
            Self::Name => "A segment of the path is no name of a file.",
        })
    }
}

impl error::Error for Unusable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_paths() {
        for (url, expected) in [
            // The folder.
            ("", Ok(".")),
            ("/", Ok(".")),
            // Slashes at the end, percent-encoding.
            ("/a", Ok("a")),
            ("/a/", Ok("a")),
            ("/a/b%20c", Ok("a/b c")),
            ("/%61/%C3%A9", Ok("a/é")),
            ("/100%", Ok("100%")),
            // Dot segments.
            ("/a/./b", Ok("a/b")),
            ("/a/../b", Ok("b")),
            ("/../../b", Ok("b")),
            ("/%2e%2E/b", Ok("b")),
            ("/a/%2e%2e/%2e%2e/b", Ok("b")),
            ("/..", Ok(".")),
            ("/...", Ok("...")),
            // No path in the folder.
            ("a", Err(Unusable::Relative)),
            ("*", Err(Unusable::Relative)),
            ("/a?b", Err(Unusable::Query)),
            ("//a", Err(Unusable::Name)),
            ("/a//b", Err(Unusable::Name)),
            ("//", Err(Unusable::Name)),
            ("/a%2Fb", Err(Unusable::Name)),
            ("/%2F", Err(Unusable::Name)),
            ("/..%2Fa", Err(Unusable::Name)),
            ("/a%00", Err(Unusable::Name)),
            ("/%FF", Err(Unusable::Name)),
        ] {
            let path = ResourcePath::parse(url.as_bytes());
            let path = path.map(|path| path.to_path());
            assert_eq!(path, expected.map(PathBuf::from), "{url}");
        }
    }

    #[test]
    fn paths_become_urls() {
        for (url, is_collection, expected) in [
            ("/", true, "/"),
            ("/a", false, "/a"),
            ("/a", true, "/a/"),
            ("/a/b c/%25", false, "/a/b%20c/%25"),
            ("/\"<>#%3F&'é", false, "/%22%3C%3E%23%3F%26%27%C3%A9"),
        ] {
            let path = ResourcePath::parse(url.as_bytes()).unwrap();
            assert_eq!(path.href(is_collection), expected);
            let again = ResourcePath::parse(expected.as_bytes());
            assert_eq!(again, Ok(path), "{expected} is another resource");
        }
    }

    #[test]
    fn within_counts_names_and_not_letters() {
        let path = |url: &str| ResourcePath::parse(url.as_bytes()).unwrap();
        for (inner, outer, expected) in [
            ("/a/b", "/a", true),
            ("/a", "/a", true),
            ("/a", "/", true),
            ("/ab", "/a", false),
            ("/a", "/a/b", false),
        ] {
            let is_within = path(inner).is_within(&path(outer));
            assert_eq!(is_within, expected, "{inner} {outer}");
        }
        let moved = path("/a/b/c").moved(&path("/a/b"), &path("/x"));
        assert_eq!(moved, Some(path("/x/c")));
        assert_eq!(path("/ab").moved(&path("/a"), &path("/x")), None);
    }
}
