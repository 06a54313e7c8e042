//! The boundary of a `multipart/byteranges`, copied from Content-Type.

use core::fmt;

use crate::error::ParseError;
use crate::grammar;

/// A copy, so that a reader outlives the fields of its response.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::client) struct Boundary {
    octets: [u8; 70],
    length: usize,
}

impl Boundary {
    /// Parses a Content-Type that is `multipart/byteranges`.
    pub(in crate::client) fn parse(content_type: &[u8]) -> Result<Self, ParseError> {
        let value = grammar::whole(content_type, grammar::byteranges)?;
        let mut octets = [0; 70];
        let mut length: usize = 0;
        for (place, octet) in octets.iter_mut().zip(grammar::unquoted(value)) {
            *place = octet;
            length = length.saturating_add(1);
        }
        Ok(Self { octets, length })
    }

    /// Returns true if the line is the boundary before a part.
    pub(super) fn is_delimiter(&self, line: &[u8]) -> bool {
        grammar::is_delimiter(line, self.as_octets())
    }

    /// Returns true if the text begins with the boundary that ends the content.
    pub(super) fn is_close_delimiter(&self, text: &[u8]) -> bool {
        grammar::is_close_delimiter(text, self.as_octets())
    }

    fn as_octets(&self) -> &[u8] {
        self.octets.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Debug for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Boundary({})", self.as_octets().escape_ascii())
    }
}
