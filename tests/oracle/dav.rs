//! `If` of WebDAV (RFC 4918 section 10.4) and `If-Schedule-Tag-Match` of CalDAV (RFC 6638 section 8.3).
//!
//! A value is read by one function for each rule of the grammar and kept as lists of conditions; truth is
//! three loops within each other. Section numbers without an RFC number are those of RFC 4918.

use super::{Outcome, Request, Tag, Verdict, lines};

/// What a condition asks for: a state token, or an entity tag by the grammar of RFC 2616 section 3.11.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Token(Vec<u8>),
    Tag(Tag),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub not: bool,
    pub state: State,
}

/// A list, and the Resource-Tag that it is about; `None` is the Request-URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub resource: Option<Vec<u8>>,
    pub conditions: Vec<Condition>,
}

/// A value and how far it is read. An error is the place of the first octet that cannot stand there, or the end.
struct Reader<'a> {
    value: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The octet `ahead` of the next one. CR, LF and NUL are octets like others: our decision.
    fn ahead(&self, ahead: usize) -> Option<u8> {
        self.value.get(self.at + ahead).copied()
    }

    fn next_is(&self, wanted: u8) -> bool {
        self.ahead(0) == Some(wanted)
    }

    fn octet(&mut self, wanted: u8) -> Result<(), usize> {
        if !self.next_is(wanted) {
            return Err(self.at);
        }
        self.at += 1;
        Ok(())
    }

    /// `OWS`: RFC 2616 section 2.1 allows whitespace between two parts of a rule.
    fn whitespace(&mut self) {
        while self.next_is(b' ') || self.next_is(b'\t') {
            self.at += 1;
        }
    }

    /// `List = "(" OWS 1*( Condition OWS ) ")"`
    fn list(&mut self, resource: Option<Vec<u8>>) -> Result<List, usize> {
        self.octet(b'(')?;
        self.whitespace();
        let mut conditions = vec![self.condition()?];
        self.whitespace();
        // What begins a condition: `Not` in any case, `<` and `[`.
        while self.next_is(b'<') || self.next_is(b'[') || self.not_is_next()? {
            conditions.push(self.condition()?);
            self.whitespace();
        }
        self.octet(b')')?;
        Ok(List {
            resource,
            conditions,
        })
    }

    /// Whether the literal `Not` follows, which has no case. A value that ends within it is an error at its end.
    fn not_is_next(&self) -> Result<bool, usize> {
        for (place, wanted) in b"not".iter().enumerate() {
            match self.ahead(place) {
                None if place > 0 => return Err(self.value.len()),
                Some(octet) if octet.eq_ignore_ascii_case(wanted) => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// `Condition = [ "Not" OWS ] ( State-token / "[" If-tag "]" )`
    fn condition(&mut self) -> Result<Condition, usize> {
        let not = self.not_is_next()?;
        if not {
            self.at += 3;
            self.whitespace();
        }
        let state = if self.next_is(b'<') {
            State::Token(self.coded_url(false)?)
        } else {
            self.octet(b'[')?;
            let tag = self.tag()?;
            self.octet(b']')?;
            State::Tag(tag)
        };
        Ok(Condition { not, state })
    }

    /// `"<" absolute-URI ">"`, or `"<" Simple-ref ">"`, which may be a path (8.3).
    fn coded_url(&mut self, may_be_path: bool) -> Result<Vec<u8>, usize> {
        self.octet(b'<')?;
        let start = self.at;
        if may_be_path && self.next_is(b'/') {
            // path-absolute does not begin with `//`
            if self.ahead(1) == Some(b'/') {
                return Err(start);
            }
        } else {
            // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
            let in_scheme = |octet: u8| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet);
            if !self
                .ahead(0)
                .is_some_and(|octet| octet.is_ascii_alphabetic())
            {
                return Err(start);
            }
            while self.ahead(0).is_some_and(in_scheme) {
                self.at += 1;
            }
            if self.ahead(0).is_none() {
                return Err(self.at);
            }
            // What has no scheme is no URI from its first octet on.
            if !self.next_is(b':') {
                return Err(start);
            }
        }
        // Any octet but controls, SP, DEL, `<`, `>` and `#`: our decision.
        while let Some(octet) = self.ahead(0) {
            if octet <= b' ' || octet == 0x7F || b"<>#".contains(&octet) {
                break;
            }
            self.at += 1;
        }
        let url = self.value[start..self.at].to_vec();
        self.octet(b'>')?;
        Ok(url)
    }

    /// `[ "W/" ] DQUOTE *if-tagc DQUOTE`
    fn tag(&mut self) -> Result<Tag, usize> {
        let weak = self.next_is(b'W') && self.ahead(1) == Some(b'/');
        if weak {
            self.at += 2;
        } else if self.next_is(b'W') && self.ahead(1).is_none() {
            return Err(self.value.len());
        }
        let opaque = self.quoted()?;
        Ok(Tag { weak, opaque })
    }

    /// `DQUOTE *if-tagc DQUOTE`: RFC 2616's quoted-string. That a backslash is data is our decision.
    fn quoted(&mut self) -> Result<Vec<u8>, usize> {
        self.octet(b'"')?;
        let start = self.at;
        while let Some(octet) = self.ahead(0) {
            let control = (octet < b' ' && octet != b'\t') || octet == 0x7F;
            if octet == b'"' || control {
                break;
            }
            self.at += 1;
        }
        let opaque = self.value[start..self.at].to_vec();
        self.octet(b'"')?;
        Ok(opaque)
    }
}

/// `If = OWS ( 1*( List OWS ) / 1*( Resource-Tag OWS 1*( List OWS ) ) )`
pub fn if_value(value: &[u8]) -> Result<Vec<List>, usize> {
    let mut reader = Reader { value, at: 0 };
    let mut read = Vec::new();
    reader.whitespace();
    let tagged = reader.next_is(b'<');
    let mut resource = None;
    loop {
        if tagged && reader.next_is(b'<') {
            resource = Some(reader.coded_url(true)?);
            reader.whitespace();
            // At least one list follows.
            read.push(reader.list(resource.clone())?);
        } else if read.is_empty() || reader.next_is(b'(') {
            read.push(reader.list(resource.clone())?);
        } else if reader.at < value.len() {
            return Err(reader.at);
        } else {
            return Ok(read);
        }
        reader.whitespace();
    }
}

/// `Lock-Token = Coded-URL`, 10.5.
pub fn lock_token(value: &[u8]) -> Result<Vec<u8>, usize> {
    only(value, |reader| reader.coded_url(false))
}

/// `If-Schedule-Tag-Match = opaque-tag`, RFC 6638 section 8.3.
pub fn schedule_tag(value: &[u8]) -> Result<Vec<u8>, usize> {
    only(value, Reader::quoted)
}

/// A whole value by this rule, with whitespace around it.
fn only<'a, T>(
    value: &'a [u8],
    rule: impl Fn(&mut Reader<'a>) -> Result<T, usize>,
) -> Result<T, usize> {
    let mut reader = Reader { value, at: 0 };
    reader.whitespace();
    let read = rule(&mut reader)?;
    reader.whitespace();
    if reader.at < value.len() {
        return Err(reader.at);
    }
    Ok(read)
}

/// Has the resource this state?
pub type Has<'a> = dyn Fn(Option<&[u8]>, &State) -> bool + 'a;

/// 10.4.3: a list is true if all its conditions are, the value if one of its lists is. `has` is asked from left to
/// right, no further than needed, and not for DAV:no-lock, which no resource has (10.4.8).
pub fn is_true(lists: &[List], mut has: impl FnMut(Option<&[u8]>, &State) -> bool) -> bool {
    for list in lists {
        let mut all = true;
        for condition in &list.conditions {
            let mut found = false;
            if condition.state != State::Token(b"DAV:no-lock".to_vec()) {
                found = has(list.resource.as_deref(), &condition.state);
            }
            if found == condition.not {
                all = false;
                break;
            }
        }
        if all {
            return true;
        }
    }
    false
}

/// 10.4.1: every state token of the value, in order, wherever it stands.
pub fn submitted(lists: &[List]) -> Vec<&[u8]> {
    let mut tokens = Vec::new();
    for list in lists {
        for condition in &list.conditions {
            if let State::Token(token) = &condition.state {
                tokens.push(token.as_slice());
            }
        }
    }
    tokens
}

/// What a server of WebDAV and CalDAV knows beside the representation.
pub struct Dav<'a> {
    /// What the resources have; `None`: the server does not look at If.
    pub has: Option<&'a Has<'a>>,
    /// The locks that the method must satisfy, each with tokens of which one must be submitted.
    pub locks: Vec<Vec<Vec<u8>>>,
    /// The schedule tag of the Request-URI, if it has one; `None`: the server does not look at If-Schedule-Tag-Match.
    pub schedule_tag: Option<Option<Vec<u8>>>,
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Absent,
    Ignored,
    True,
    False,
}

/// The answer, and what becomes of If and of If-Schedule-Tag-Match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DavVerdict {
    pub verdict: Verdict,
    pub of_if: Word,
    pub of_schedule_tag: Word,
}

/// Section 10.4.3 and 7.5 around the steps of RFC 9110 section 13.2.2. The lines are those of the request.
pub fn decide(request: &Request<'_>, dav: &Dav<'_>) -> DavVerdict {
    let mut if_lines = lines(request, "If");
    if dav.has.is_none() {
        if_lines.clear();
    }
    let mut tag_lines = lines(request, "If-Schedule-Tag-Match");
    if dav.schedule_tag.is_none() {
        tag_lines.clear();
    }
    let mut plain = request.clone();
    // A client with a lock guards its update: our decision.
    if !if_lines.is_empty() {
        plain.require_if_match = false;
    }
    let verdict = super::decide(&plain);
    let word = |lines: &[&[u8]], word: Word| {
        if lines.is_empty() { Word::Absent } else { word }
    };
    let method = request.method;
    let status = super::status_without_conditions(request);
    let ignores = method == "CONNECT" || method == "OPTIONS" || method == "TRACE";
    if ignores || !(status >= 200 && status <= 299 || status == 412) {
        return DavVerdict {
            verdict,
            of_if: word(&if_lines, Word::Ignored),
            of_schedule_tag: word(&tag_lines, Word::Ignored),
        };
    }

    // 10.4.2: a second line is not allowed; what is malformed is false and submits nothing: our decision.
    let read = match if_lines[..] {
        [line] => if_value(line).ok(),
        _ => None,
    };
    let mut if_is_true = false;
    let mut tokens = Vec::new();
    if let (Some(lists), Some(has)) = (&read, dav.has) {
        if_is_true = is_true(lists, has);
        tokens = submitted(lists);
    }
    let tag = match tag_lines[..] {
        [line] => schedule_tag(line).ok(),
        _ => None,
    };
    // RFC 6638 section 3.2.10: equal to the tag of the Request-URI; otherwise false.
    let current = dav.schedule_tag.clone().flatten();
    let tag_is_true = tag.is_some() && tag == current;
    let told = |is_true| if is_true { Word::True } else { Word::False };
    let mut answer = DavVerdict {
        of_if: word(&if_lines, told(if_is_true)),
        of_schedule_tag: word(&tag_lines, told(tag_is_true)),
        verdict,
    };
    let mut malformed = Vec::new();
    if !if_lines.is_empty() && read.is_none() {
        malformed.push("If");
    }
    let mut later = std::mem::take(&mut answer.verdict.malformed);
    later.retain(|field| {
        let earlier = *field == "If-Match" || *field == "If-Unmodified-Since";
        if earlier {
            malformed.push(*field);
        }
        !earlier
    });
    if !tag_lines.is_empty() && tag.is_none() {
        malformed.push("If-Schedule-Tag-Match");
    }
    malformed.append(&mut later);
    answer.verdict.malformed = malformed;

    // 10.4.3, 12.1: 412, also for GET, and before the rest.
    if answer.of_if == Word::False {
        refuse(&mut answer, Outcome::PreconditionFailed, 412, Some("If"));
        return answer;
    }
    // 7.5: a token of each lock. RFC 9110 section 13.2.1: what would be 423 ignores its conditions.
    for lock in &dav.locks {
        if !lock.iter().any(|token| tokens.contains(&token.as_slice())) {
            refuse(&mut answer, Outcome::Locked, 423, None);
            return answer;
        }
    }
    // That If-Schedule-Tag-Match comes behind the first two steps is our decision.
    let decided_by = answer.verdict.decided_by;
    let earlier = decided_by == Some("If-Match") || decided_by == Some("If-Unmodified-Since");
    if earlier && answer.verdict.outcome == Outcome::PreconditionFailed {
        return answer;
    }
    if answer.of_schedule_tag == Word::False {
        let field = Some("If-Schedule-Tag-Match");
        refuse(&mut answer, Outcome::PreconditionFailed, 412, field);
    }
    answer
}

fn refuse(
    answer: &mut DavVerdict,
    outcome: Outcome,
    status: u16,
    decided_by: Option<&'static str>,
) {
    answer.verdict.outcome = outcome;
    answer.verdict.status = status;
    answer.verdict.decided_by = decided_by;
    answer.verdict.range = false;
    answer.verdict.ranges.clear();
}
