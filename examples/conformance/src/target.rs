//! The URL of a resource: where to connect, and what to ask for.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;

use url::Url;

use crate::wire::Wire;

/// A resource of a server.
#[derive(Clone, Debug)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Parses an `http` URL.
    ///
    /// # Errors
    ///
    /// If it is no URL, has another scheme, or a user name.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.contains("://") {
            return Err(format!(
                "{text}: expected a URL such as http://127.0.0.1:8080/file.txt"
            ));
        }
        let mut url = Url::parse(text).map_err(|error| format!("{text}: {error}"))?;
        if url.scheme() != "http" {
            let scheme = url.scheme();
            return Err(format!("{text}: expected http, not {scheme}"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(format!("{text}: a user name is not supported"));
        }
        url.set_fragment(None);
        Ok(Self { url })
    }

    /// The path and the query, as a request has them.
    #[must_use]
    pub fn path(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }

    /// Returns true if this names a folder: the path ends with a slash.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.url.path().ends_with('/')
    }

    /// The resource of this name in the same folder.
    ///
    /// # Errors
    ///
    /// If the name is no relative reference.
    pub fn beside(&self, name: &str) -> Result<Self, String> {
        let url = self.url.join(name);
        let url = url.map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { url })
    }

    /// Finds the server.
    ///
    /// # Errors
    ///
    /// If the host has no address.
    pub fn wire(&self, timeout: Duration) -> Result<Wire, String> {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port_or_known_default().unwrap_or(80);
        // A host in brackets is a literal, which `ToSocketAddrs` takes in this form.
        let addresses = format!("{host}:{port}").to_socket_addrs();
        let addresses = addresses.map_err(|error| format!("no such address: {host}: {error}"))?;
        let addresses: Vec<SocketAddr> = addresses.collect();
        let host = match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Wire::new(addresses, host, timeout))
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.url.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read() {
        for (url, path, beside) in [
            ("http://a", "/", "http://a/b"),
            (
                "http://a:8080/x/file.txt",
                "/x/file.txt",
                "http://a:8080/x/b",
            ),
            ("http://a/x/", "/x/", "http://a/x/b"),
            ("http://a/x?y=z#part", "/x?y=z", "http://a/b"),
            ("HTTP://A:80/ä b", "/%C3%A4%20b", "http://a/b"),
            ("http://[::1]:8080/", "/", "http://[::1]:8080/b"),
        ] {
            let target = Target::parse(url).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(target.path(), path, "{url}");
            assert_eq!(target.is_folder(), path.ends_with('/'), "{url}");
            let found = target.beside("b").map(|target| target.to_string());
            assert_eq!(found.as_deref(), Ok(beside), "{url}");
        }
    }

    #[test]
    fn host_is_the_authority() {
        for (url, host) in [
            ("http://127.0.0.1/", "127.0.0.1"),
            ("http://127.0.0.1:80/", "127.0.0.1"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://[::1]:8080/", "[::1]:8080"),
            ("http://[::1]/", "[::1]"),
        ] {
            let target = Target::parse(url).unwrap_or_else(|error| panic!("{error}"));
            let wire = target.wire(Duration::from_secs(1));
            assert_eq!(
                wire.map(|wire| wire.host().to_owned()),
                Ok(host.to_owned()),
                "{url}"
            );
        }
    }
}
