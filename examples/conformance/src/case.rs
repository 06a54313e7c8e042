//! A case: one request, and what the RFC says of its response.

use std::fmt;

/// How much the RFC asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// MUST or MUST NOT, or a definition that a MUST refers to.
    Must,
    /// SHOULD or SHOULD NOT.
    Should,
    /// The RFC leaves it open: what this crate does, and what we would do.
    Taste,
}

impl Level {
    /// All levels, the strictest first.
    pub const ALL: [Self; 3] = [Self::Must, Self::Should, Self::Taste];

    /// The keyword.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::Taste => "TASTE",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An origin server.
    Origin,
    /// A cache. It does not evaluate what only an origin server evaluates, and that it evaluates the
    /// rest is a SHOULD (RFC 9111 §4.3.2).
    Cache,
}

/// The resource that a case asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The one that was named.
    Resource,
    /// One beside it that does not exist.
    Unmapped,
}

/// What has to be there for a case to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A valid entity tag.
    Tag,
    /// A valid entity tag that is strong.
    StrongTag,
    /// A valid entity tag that is weak.
    WeakTag,
    /// A valid entity tag with a comma in it.
    TagWithComma,
    /// A valid entity tag with a letter in it.
    TagWithLetter,
    /// No `ETag` at all.
    NoTag,
    /// A valid Last-Modified.
    Date,
    /// No Last-Modified at all.
    NoDate,
    /// A 304 to the Last-Modified that was received: it is a SHOULD to evaluate it.
    DateIsHonoured,
    /// A 304 to a later date too: some servers compare for equality, which is a SHOULD as well.
    LaterIsHonoured,
    /// A 206 to a plain range: support is a MAY.
    Ranges,
    /// A 206 to two ranges: support is a MAY too.
    SeveralRanges,
    /// At least so many octets.
    Length(usize),
    /// A 200 that has this field.
    Field(&'static str),
    /// A 200 that has a content coding if the client takes one.
    Coding,
    /// The same with a valid entity tag.
    CodedTag,
    /// This method has a 2xx without conditions.
    Allowed(&'static str),
    /// A URL beside that is answered with neither 2xx nor 412.
    Unmapped,
    /// The content is the same each time.
    StableContent,
}

/// What is tested of a response, besides the octets of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The status code.
    Status,
    /// A field of the 200, with the same value if `exact`.
    Keeps {
        /// The name.
        field: &'static str,
        /// The value is compared too.
        exact: bool,
    },
    /// All of these fields that the 200 has.
    KeepsAll(&'static [&'static str]),
    /// None of these fields.
    Lacks(&'static [&'static str]),
    /// No Content-Length but that of the 200.
    Length,
    /// No content, and nothing behind the head.
    NoContent,
    /// This field.
    Has(&'static str),
    /// Content-Range, if it is there, with the complete length of an unsatisfied range.
    Unsatisfied,
    /// 412, where the server refuses at all.
    Refusal,
    /// `ETag` that is an entity tag, on one line.
    ValidTag,
    /// Last-Modified that is an IMF-fixdate, on one line.
    ValidDate,
    /// Last-Modified that is not later than Date.
    DateOrder,
    /// A strong `ETag` that differs from the one of the content without a coding.
    OtherTag,
    /// Vary that names Accept-Encoding.
    Varies,
    /// The response on a connection on which a 304 was read before.
    AfterNotModified,
}

/// One request, and what the RFC says of its response.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What it is called, in a group: `if-match/weak-tag`.
    pub name: &'static str,
    /// How much the RFC asks for.
    pub level: Level,
    /// The section of RFC 9110.
    pub section: &'static str,
    /// The section that asks a gateway for it too, where this one asks origin servers alone.
    pub section_for_gateways: Option<&'static str>,
    /// The method.
    pub method: &'static str,
    /// The field lines, with words in braces that [`Template`](crate::template::Template) fills.
    pub lines: &'static [&'static str],
    /// What is asked for.
    pub at: At,
    /// When the case is skipped.
    pub needs: &'static [Need],
    /// Status codes that the RFC allows besides the one of the evaluation.
    pub also: &'static [u16],
    /// What is tested.
    pub check: Check,
    /// Why it matters, in a sentence.
    pub why: &'static str,
}

impl Case {
    /// A GET of the resource with these field lines, whose status is tested.
    #[must_use]
    pub const fn get(
        name: &'static str,
        level: Level,
        section: &'static str,
        lines: &'static [&'static str],
        why: &'static str,
    ) -> Self {
        Self {
            name,
            level,
            section,
            section_for_gateways: None,
            method: "GET",
            lines,
            at: At::Resource,
            needs: &[],
            also: &[],
            check: Check::Status,
            why,
        }
    }

    /// Sets the method.
    #[must_use]
    pub const fn method(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    /// Asks for a resource that does not exist.
    #[must_use]
    pub const fn unmapped(self) -> Self {
        Self {
            at: At::Unmapped,
            needs: &[Need::Unmapped],
            ..self
        }
    }

    /// Says that the section asks origin servers alone. §3.7 asks a gateway, such as a cache before
    /// the origin server, for all that is asked of an origin server.
    #[must_use]
    pub const fn of_origins(self) -> Self {
        Self {
            section_for_gateways: Some("3.7"),
            ..self
        }
    }

    /// Sets what has to be there.
    #[must_use]
    pub const fn needs(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    /// Sets the status codes that are right too.
    #[must_use]
    pub const fn also(self, also: &'static [u16]) -> Self {
        Self { also, ..self }
    }

    /// Sets what is tested besides the status.
    #[must_use]
    pub const fn check(self, check: Check) -> Self {
        Self { check, ..self }
    }

    /// Returns true if only an origin server evaluates one of the fields (RFC 9111 §4.3.2).
    #[must_use]
    pub fn is_for_origins(&self) -> bool {
        let is_origins = |line: &&str| {
            ["If-Match:", "If-Unmodified-Since:"]
                .iter()
                .any(|name| line.starts_with(name))
        };
        self.lines.iter().any(is_origins) || self.needs.contains(&Need::NoDate)
    }
}
