//! The head of a request, and the header fields of RFC 4918 §10 that are no conditions.

use std::time::Duration;

use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use crate::path::ResourcePath;
use crate::refusal::Refusal;

/// The head of a request whose target is in the folder.
#[derive(Debug)]
pub(crate) struct Request {
    parts: Parts,
    path: ResourcePath,
    host: Authority,
}

/// The value of Depth. (§10.2)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Zero,
    One,
    Infinity,
}

impl Request {
    /// Reads target and Host.
    pub(crate) fn new(parts: Parts) -> Result<Self, Refusal> {
        let target = parts.uri.path_and_query();
        let target = target.map_or("/", http::uri::PathAndQuery::as_str);
        let path = ResourcePath::parse(target.as_bytes())?;
        let host = host(&parts)?;
        Ok(Self { parts, path, host })
    }

    pub(crate) const fn method(&self) -> &Method {
        &self.parts.method
    }

    pub(crate) const fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Returns the resource that the Request-URI names.
    pub(crate) const fn path(&self) -> &ResourcePath {
        &self.path
    }

    pub(crate) const fn host(&self) -> &Authority {
        &self.host
    }

    /// Returns true if this scheme and authority of a URL are those of this server.
    ///
    /// A proxy may have ended TLS, so that both schemes are its own. A port that is not written is
    /// the scheme's (RFC 9110 §4.2).
    pub(crate) fn is_own(&self, scheme: &[u8], authority: &[u8]) -> bool {
        let default = if scheme.eq_ignore_ascii_case(b"http") {
            80
        } else if scheme.eq_ignore_ascii_case(b"https") {
            443
        } else {
            return false;
        };
        let Ok(authority) = Authority::try_from(authority) else {
            return false;
        };
        // A user name is no part of what is compared, and no URL of this server has one.
        let port = |authority: &Authority| authority.port_u16().unwrap_or(default);
        !authority.as_str().contains('@')
            && authority.host().eq_ignore_ascii_case(self.host.host())
            && port(&authority) == port(&self.host)
    }

    /// Returns the only value of a field, or `None` if the request does not have the field.
    pub(crate) fn field(&self, name: &'static str) -> Result<Option<&str>, Refusal> {
        let mut lines = self.parts.headers.get_all(name).iter();
        let value = match (lines.next(), lines.next()) {
            (None, _) => return Ok(None),
            (Some(value), None) => value.to_str().ok(),
            _ => None,
        };
        let malformed = || Refusal::bad_request(&format!("{name} is malformed."));
        value.map(Some).ok_or_else(malformed)
    }

    /// Reads Depth.
    pub(crate) fn depth(&self) -> Result<Option<Depth>, Refusal> {
        match self.field("depth")? {
            None => Ok(None),
            Some("0") => Ok(Some(Depth::Zero)),
            Some("1") => Ok(Some(Depth::One)),
            Some(depth) if depth.eq_ignore_ascii_case("infinity") => Ok(Some(Depth::Infinity)),
            Some(_) => Err(Refusal::bad_request("Depth is 0, 1 or infinity.")),
        }
    }

    /// Reads Overwrite, which is true by default. (§10.6)
    pub(crate) fn overwrite(&self) -> Result<bool, Refusal> {
        match self.field("overwrite")? {
            None => Ok(true),
            Some(value) if value.eq_ignore_ascii_case("T") => Ok(true),
            Some(value) if value.eq_ignore_ascii_case("F") => Ok(false),
            Some(_) => Err(Refusal::bad_request("Overwrite is T or F.")),
        }
    }

    /// Reads Destination: a URL of this server, or the path of one. (§10.3)
    pub(crate) fn destination(&self) -> Result<ResourcePath, Refusal> {
        let malformed = || Refusal::bad_request("Destination is a URL or an absolute path.");
        let value = self.field("destination")?.ok_or_else(malformed)?;
        // `Uri` would drop a fragment, and the rest is another resource.
        if value.contains('#') {
            return Err(malformed());
        }
        let uri = Uri::try_from(value).map_err(|_| malformed())?;
        if let Some(authority) = uri.authority() {
            // Without a scheme it is a relative reference, of which `Uri` takes the first name for a
            // host.
            let scheme = uri.scheme_str().ok_or_else(malformed)?;
            if !self.is_own(scheme.as_bytes(), authority.as_str().as_bytes()) {
                let text = "Destination is on another server.";
                return Err(Refusal::new(StatusCode::BAD_GATEWAY, text));
            }
        }
        let path = uri.path_and_query().map_or("", |path| path.as_str());
        Ok(ResourcePath::parse(path.as_bytes())?)
    }

    /// Reads Timeout: the first of its members that is understood. (§10.7)
    pub(crate) fn timeout(&self) -> Option<Duration> {
        let lines = self.parts.headers.get_all("timeout").iter();
        let members = lines.filter_map(|line| line.to_str().ok());
        let mut members = members.flat_map(|line| line.split(',')).map(str::trim);
        members.find_map(timeout)
    }

    /// Returns true if the client waits for 100 before it sends the content (RFC 9110 §10.1.1).
    pub(crate) fn expects_continue(&self) -> bool {
        let expect = self.parts.headers.get(header::EXPECT);
        let expect = expect.map(HeaderValue::as_bytes);
        expect.is_some_and(|value| value.eq_ignore_ascii_case(b"100-continue"))
    }
}

fn timeout(member: &str) -> Option<Duration> {
    if member.eq_ignore_ascii_case("Infinite") {
        return Some(Duration::MAX);
    }
    let (unit, seconds) = member.split_once('-')?;
    let is_seconds = unit.eq_ignore_ascii_case("Second");
    let seconds = seconds.parse().ok().filter(|_| is_seconds);
    seconds.map(Duration::from_secs)
}

/// Returns the host that is asked for: the one of an absolute target, else Host (RFC 9112 §3.2.2).
fn host(parts: &Parts) -> Result<Authority, Refusal> {
    if let Some(authority) = parts.uri.authority() {
        return Ok(authority.clone());
    }
    let mut lines = parts.headers.get_all(header::HOST).iter();
    let host = match (lines.next(), lines.next()) {
        (Some(host), None) => Authority::try_from(host.as_bytes()).ok(),
        _ => None,
    };
    host.ok_or_else(|| Refusal::bad_request("One Host is needed."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host: &str, lines: &[(&str, &str)]) -> Request {
        let mut request = http::Request::builder().uri("/x").header("host", host);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Request::new(parts).unwrap()
    }

    #[test]
    fn authorities_are_compared_as_urls() {
        for (host, scheme, authority, expected) in [
            ("example.com", "http", "example.com", true),
            ("example.com", "HTTP", "EXAMPLE.COM:80", true),
            ("example.com:80", "http", "example.com", true),
            ("example.com:8080", "http", "example.com:8080", true),
            // Behind a proxy with TLS.
            ("example.com", "https", "example.com", true),
            ("example.com", "https", "example.com:443", true),
            ("[::1]:80", "http", "[::1]", true),
            // Another server, another port, another scheme.
            ("example.com", "http", "other.example", false),
            ("example.com:8080", "http", "example.com", false),
            ("example.com", "https", "example.com:80", false),
            ("example.com", "ftp", "example.com", false),
            ("example.com", "http", "user@example.com", false),
            ("example.com", "http", "", false),
        ] {
            let request = request(host, &[]);
            let is_own = request.is_own(scheme.as_bytes(), authority.as_bytes());
            assert_eq!(is_own, expected, "{host} {scheme}://{authority}");
        }
    }

    #[test]
    fn timeouts_are_read() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for (value, expected) in [
            ("Second-60", seconds(60)),
            ("second-60", seconds(60)),
            ("Infinite", Some(Duration::MAX)),
            ("Infinite, Second-4100000000", Some(Duration::MAX)),
            // The first member that is understood.
            ("Days-3, Second-60", seconds(60)),
            ("Second-x, Second-1", seconds(1)),
            ("nothing", None),
        ] {
            let timeout = request("h", &[("timeout", value)]).timeout();
            assert_eq!(timeout, expected, "{value}");
        }
    }

    #[test]
    fn destinations_are_urls_of_this_server() {
        for (value, expected) in [
            ("/a", Ok("/a")),
            ("http://h/a%20b", Ok("/a%20b")),
            ("http://h", Ok("/")),
            ("/a/../b", Ok("/b")),
            // Another server; neither a URL nor a path; a query, a fragment, an encoded slash.
            ("http://other/a", Err(502)),
            ("a", Err(400)),
            ("", Err(400)),
            ("/a?b", Err(400)),
            ("/a#b", Err(400)),
            ("/a%2Fb", Err(400)),
        ] {
            let destination = request("h", &[("destination", value)]).destination();
            let destination = destination.map(|path| path.href(false));
            let destination =
                destination.map_err(|refusal| refusal.into_response().status().as_u16());
            assert_eq!(destination, expected.map(str::to_owned), "{value}");
        }
    }
}
