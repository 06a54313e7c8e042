//! The rules once more, slowly: what RFC 9110 says about entity tags, dates and preconditions.
//!
//! Tests and fuzz targets compare the crate with this module, so it shares nothing with the crate:
//! no code, no tables, no parser library. Grammar is read octet by octet, days are counted year by
//! year and month by month, and [`decide`] is section 13.2.2 as nested ifs in the order of its
//! steps. Where the RFC is silent the module follows the decisions of `docs/decisions.md`; comments
//! say "our decision" there. Section numbers without an RFC number are those of RFC 9110.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "an index or a sum that goes wrong here ought to stop the test"
)]
#![allow(
    clippy::collapsible_if,
    clippy::manual_range_contains,
    reason = "one question after the other, in the words and the order of the RFC"
)]

pub mod cache;
pub mod client;
pub mod dav;
pub mod download;
pub mod multipart;
pub mod range;
pub mod validation;

/// An octet of a field value as it counts. 5.5: whoever receives CR, LF or NUL rejects the message
/// or puts SP in its place before anything else is done. That SP is put there is our decision.
fn received(octet: u8) -> u8 {
    if octet == 0x0D || octet == 0x0A || octet == 0x00 {
        b' '
    } else {
        octet
    }
}

/// `OWS = *( SP / HTAB )`, 5.6.3: no other octet is whitespace.
fn is_whitespace(octet: u8) -> bool {
    received(octet) == b' ' || octet == b'\t'
}

/// Whitespace around a field value is no part of it, 5.5.
fn trim(value: &[u8]) -> &[u8] {
    let mut start = 0;
    let mut end = value.len();
    while start < end && is_whitespace(value[start]) {
        start += 1;
    }
    while end > start && is_whitespace(value[end - 1]) {
        end -= 1;
    }
    &value[start..end]
}

/// Reports whether CR, LF or NUL stands between the ends of a value.
fn has_forbidden_inside(value: &[u8]) -> bool {
    trim(value).iter().any(|&octet| received(octet) != octet)
}

/// A value and how far it is read. A step that the grammar does not allow is `None`.
struct Reader<'a> {
    value: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(value: &'a [u8]) -> Self {
        Reader { value, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.value.get(self.at).copied().map(received)
    }

    fn octet(&mut self, wanted: u8) -> Option<()> {
        if self.peek()? != wanted {
            return None;
        }
        self.at += 1;
        Some(())
    }

    /// Every literal of the grammars here is case-sensitive.
    fn text(&mut self, wanted: &str) -> Option<()> {
        for &octet in wanted.as_bytes() {
            self.octet(octet)?;
        }
        Some(())
    }

    fn whitespace(&mut self) {
        while self.peek().is_some_and(is_whitespace) {
            self.at += 1;
        }
    }

    /// Exactly `count` digits, as a number.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let mut number = 0;
        for _ in 0..count {
            let octet = self.peek()?;
            if octet < b'0' || octet > b'9' {
                return None;
            }
            number = number * 10 + i64::from(octet - b'0');
            self.at += 1;
        }
        Some(number)
    }

    /// One of the names, which are numbered from 1.
    fn name(&mut self, names: &str) -> Option<i64> {
        let start = self.at;
        for (number, name) in (1..).zip(names.split(' ')) {
            if self.text(name).is_some() {
                return Some(number);
            }
            self.at = start;
        }
        None
    }

    fn end(&self) -> Option<()> {
        if self.peek().is_some() {
            return None;
        }
        Some(())
    }
}

// Entity tags: 8.8.3

/// An entity tag; `opaque` is what stands between the DQUOTEs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub weak: bool,
    pub opaque: Vec<u8>,
}

/// A whole `ETag` field value.
pub fn entity_tag(value: &[u8]) -> Option<Tag> {
    let mut reader = Reader::new(trim(value));
    let tag = read_tag(&mut reader)?;
    reader.end()?;
    Some(tag)
}

/// `entity-tag = [ %s"W/" ] DQUOTE *etagc DQUOTE`
fn read_tag(reader: &mut Reader<'_>) -> Option<Tag> {
    let mut weak = false;
    if reader.peek()? == b'W' {
        reader.text("W/")?;
        weak = true;
    }
    reader.octet(b'"')?;
    let mut opaque = Vec::new();
    // There is no escape: a backslash is data, and the next DQUOTE ends the tag.
    while reader.peek()? != b'"' {
        let octet = reader.peek()?;
        // etagc = %x21 / %x23-7E / obs-text, obs-text = %x80-FF
        let etagc = octet == 0x21 || (octet >= 0x23 && octet <= 0x7E) || octet >= 0x80;
        if !etagc {
            return None;
        }
        opaque.push(octet);
        reader.at += 1;
    }
    reader.octet(b'"')?;
    Some(Tag { weak, opaque })
}

/// 8.8.3.2: neither is weak and the opaque parts are the same octets.
pub fn strong_eq(a: &Tag, b: &Tag) -> bool {
    !a.weak && !b.weak && a.opaque == b.opaque
}

/// 8.8.3.2: the opaque parts are the same octets.
pub fn weak_eq(a: &Tag, b: &Tag) -> bool {
    a.opaque == b.opaque
}

// If-Match and If-None-Match: 13.1.1, 13.1.2

/// `"*" / #entity-tag`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    Any,
    Tags(Vec<Tag>),
}

/// One field line, read strictly: one wrong octet and there is no value. A recipient's list is
/// `[ element ] *( OWS "," OWS [ element ] )`, 5.6.1.2, here with any number of empty elements.
pub fn list(value: &[u8]) -> Option<List> {
    let value = trim(value);
    if value == b"*" {
        return Some(List::Any);
    }
    let mut reader = Reader::new(value);
    let mut tags = Vec::new();
    loop {
        if reader.peek().is_some() && reader.peek() != Some(b',') {
            tags.push(read_tag(&mut reader)?);
            reader.whitespace();
        }
        if reader.peek().is_none() {
            return Some(List::Tags(tags));
        }
        reader.octet(b',')?;
        reader.whitespace();
    }
}

/// What is to be had from all lines of one field, also when some of it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Members {
    pub any: bool,
    pub tags: Vec<Tag>,
    pub malformed: bool,
}

/// All lines of one field. Three decisions are ours: a list goes on after a malformed member; a `*`
/// counts only as the whole value of the only line; and no member spans two lines, although 5.3
/// joins them with a comma, which is a legal octet of a tag.
pub fn members(lines: &[&[u8]]) -> Members {
    let mut members = Members::default();
    if lines.len() == 1 && trim(lines[0]) == b"*" {
        members.any = true;
        return members;
    }
    for line in lines {
        for piece in cut(line) {
            if !trim(piece).is_empty() {
                match entity_tag(piece) {
                    Some(tag) => members.tags.push(tag),
                    None => members.malformed = true,
                }
            }
        }
    }
    members
}

/// The members of one line, in order, each as it is written: a tag, or octets that are none. Of a
/// line that is `*` that is the only member.
pub fn written_members(line: &[u8]) -> Vec<Result<Tag, Vec<u8>>> {
    let mut written = Vec::new();
    for piece in cut(line) {
        let piece = trim(piece);
        if !piece.is_empty() {
            written.push(entity_tag(piece).ok_or(piece.to_vec()));
        }
    }
    written
}

/// Cuts at the commas outside of `DQUOTE ... DQUOTE`: a comma is a legal octet of a tag. A quote
/// that nothing closes runs to the end of the line.
fn cut(line: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for at in 0..line.len() {
        if line[at] == b'"' {
            quoted = !quoted;
        }
        if line[at] == b',' && !quoted {
            pieces.push(&line[start..at]);
            start = at + 1;
        }
    }
    pieces.push(&line[start..]);
    pieces
}

// Dates: 5.6.7

const DAYS: &str = "Mon Tue Wed Thu Fri Sat Sun";
const LONG_DAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. Four digits have room for no later year; that
/// there is no year 0000 is our decision.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;

/// Year, month, day, hour, minute, second as they are written, which need not exist. Of two such
/// arrays the lesser is the earlier.
type Written = [i64; 6];

/// A whole field value in one of the three formats, as seconds since 1970. The day name is one of
/// the seven; that it need not fit the date is our decision.
///
/// Only the two-digit year looks at `now`. Outside of the years 1 to 9999 it counts as the nearest
/// second inside.
pub fn http_date(value: &[u8], now: i64) -> Option<i64> {
    let value = trim(value);
    let written = read_imf_fixdate(value)
        .or_else(|| read_rfc850_date(value, now))
        .or_else(|| read_asctime_date(value));
    seconds(written?)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn read_imf_fixdate(value: &[u8]) -> Option<Written> {
    let mut reader = Reader::new(value);
    reader.name(DAYS)?;
    reader.text(", ")?;
    let day = reader.digits(2)?;
    reader.text(" ")?;
    let month = reader.name(MONTHS)?;
    reader.text(" ")?;
    let year = reader.digits(4)?;
    reader.text(" ")?;
    let [hour, minute, second] = read_time_of_day(&mut reader)?;
    reader.text(" GMT")?;
    reader.end()?;
    Some([year, month, day, hour, minute, second])
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
fn read_rfc850_date(value: &[u8], now: i64) -> Option<Written> {
    let mut reader = Reader::new(value);
    reader.name(LONG_DAYS)?;
    reader.text(", ")?;
    let day = reader.digits(2)?;
    reader.text("-")?;
    let month = reader.name(MONTHS)?;
    reader.text("-")?;
    let two_digits = reader.digits(2)?;
    reader.text(" ")?;
    let [hour, minute, second] = read_time_of_day(&mut reader)?;
    reader.text(" GMT")?;
    reader.end()?;

    // The RFC needs some first reading of the year and names none. Ours is the century of `now`.
    let [this_year, rest @ ..] = civil(now.clamp(FIRST, LAST));
    let year = this_year - this_year % 100 + two_digits;
    // "More than 50 years in the future" is about the moment, not about the year alone.
    if (year, [month, day, hour, minute, second]) > (this_year + 50, rest) {
        Some([year - 100, month, day, hour, minute, second])
    } else {
        Some([year, month, day, hour, minute, second])
    }
}

/// `Sun Nov  6 08:49:37 1994`
fn read_asctime_date(value: &[u8]) -> Option<Written> {
    let mut reader = Reader::new(value);
    reader.name(DAYS)?;
    reader.text(" ")?;
    let month = reader.name(MONTHS)?;
    reader.text(" ")?;
    // day = 2DIGIT / ( SP DIGIT )
    let day = if reader.peek()? == b' ' {
        reader.text(" ")?;
        reader.digits(1)?
    } else {
        reader.digits(2)?
    };
    reader.text(" ")?;
    let [hour, minute, second] = read_time_of_day(&mut reader)?;
    reader.text(" ")?;
    let year = reader.digits(4)?;
    reader.end()?;
    Some([year, month, day, hour, minute, second])
}

/// `hour ":" minute ":" second`
fn read_time_of_day(reader: &mut Reader<'_>) -> Option<[i64; 3]> {
    let hour = reader.digits(2)?;
    reader.text(":")?;
    let minute = reader.digits(2)?;
    reader.text(":")?;
    let second = reader.digits(2)?;
    Some([hour, minute, second])
}

/// Seconds since 1970, if the calendar and the clock have such a moment.
fn seconds([year, month, day, hour, minute, second]: Written) -> Option<i64> {
    if year < 1 {
        return None;
    }
    if day < 1 || day > days_in_month(year, month) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // The grammar's comment ends the day at 23:59:60, a leap second. That it means the second after
    // 23:59:59, and that a 60 means nothing elsewhere, are our decisions.
    if second == 60 && (hour != 23 || minute != 59) {
        return None;
    }

    let mut days = day - 1;
    for earlier in 1970..year {
        days += days_in_year(earlier);
    }
    for later in year..1970 {
        days -= days_in_year(later);
    }
    for earlier in 1..month {
        days += days_in_month(year, earlier);
    }
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    // The leap second at the end of 9999 would be the first second of a year without a name.
    if seconds > LAST {
        return None;
    }
    Some(seconds)
}

/// The date and the time of day of a moment.
fn civil(seconds: i64) -> Written {
    let mut days = seconds.div_euclid(86_400);
    let mut year = 1970;
    while days < 0 {
        year -= 1;
        days += days_in_year(year);
    }
    while days >= days_in_year(year) {
        days -= days_in_year(year);
        year += 1;
    }
    let mut month = 1;
    while days >= days_in_month(year, month) {
        days -= days_in_month(year, month);
        month += 1;
    }
    let day = days + 1;
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    [year, month, day, hour, minute, second]
}

fn days_in_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The only format that a sender may generate. `seconds` is in the years 1 to 9999.
pub fn imf_fixdate(seconds: i64) -> String {
    assert!(FIRST <= seconds && seconds <= LAST, "{seconds}");
    let [year, month, day, hour, minute, second] = civil(seconds);
    // 1970-01-01 is a Thursday, the fourth name.
    let weekday = (seconds.div_euclid(86_400) + 3).rem_euclid(7) + 1;
    let weekday = numbered(DAYS, weekday);
    let month = numbered(MONTHS, month);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// One of the names, which are numbered from 1.
fn numbered(names: &str, wanted: i64) -> &str {
    for (number, name) in (1..).zip(names.split(' ')) {
        if number == wanted {
            return name;
        }
    }
    panic!("{wanted} of {names}")
}

// If-Range: 13.1.5

/// `entity-tag / HTTP-date`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfRange {
    Tag(Tag),
    Date(i64),
}

/// A whole If-Range field value: a DQUOTE among its first three octets tells a tag from a date.
pub fn if_range(value: &[u8], now: i64) -> Option<IfRange> {
    let mut quote = false;
    for &octet in trim(value).iter().take(3) {
        if octet == b'"' {
            quote = true;
        }
    }
    if quote {
        Some(IfRange::Tag(entity_tag(value)?))
    } else {
        Some(IfRange::Date(http_date(value, now)?))
    }
}

// Evaluation: 13.2

/// The current representation, as far as conditions ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub etag: Option<Tag>,
    pub last_modified: Option<i64>,
    /// The modification date is known to be a strong validator, 8.8.2.2.
    pub strong_date: bool,
    /// Byte ranges of it are served.
    pub ranges: bool,
    /// How many octets there are, if that is known.
    pub length: Option<u64>,
}

/// One request and everything that the answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub method: &'a str,
    /// `None`: there is no current representation.
    pub state: Option<State>,
    /// What the server answers without conditions; `None`: what is usual.
    pub status: Option<u16>,
    pub now: i64,
    /// The server demands If-Match, RFC 6585 section 3.
    pub require_if_match: bool,
    /// The server rejects what it may as well ignore of Range, 14.2.
    pub range_policy: range::Policy,
    /// The change that is asked for is in place already, 13.1.1.
    pub already_applied: bool,
    pub fields: Vec<(&'a str, &'a [u8])>,
}

/// What the server does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Answer as without conditions: perform the method if that is a success.
    Perform,
    NotModified,
    PreconditionFailed,
    /// 423 of WebDAV, which only [`dav::decide`] answers.
    Locked,
    PreconditionRequired,
    AlreadyApplied,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: Outcome,
    pub status: u16,
    /// The field whose false condition led here.
    pub decided_by: Option<&'static str>,
    /// Range is to be honoured.
    pub range: bool,
    /// The ranges of a 206, where the length is known.
    pub ranges: Vec<(u64, u64)>,
    /// The malformed fields that count for this request, in the order of evaluation.
    pub malformed: Vec<&'static str>,
}

/// What overrules the RFC: the caller's own word on a condition, and what else If-Match may name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Overruled {
    /// A field, and whether its condition is true. The last word on a field counts.
    pub conditions: Vec<(&'static str, bool)>,
    /// The tags of other representations, any of which If-Match may name where one is selected.
    pub other_tags: Vec<Tag>,
}

impl Overruled {
    fn word(&self, field: &str) -> Option<bool> {
        let mut word = None;
        for (name, is_true) in &self.conditions {
            if *name == field {
                word = Some(*is_true);
            }
        }
        word
    }
}

/// An origin server's evaluation: the exemptions of 13.2.1, then the steps of 13.2.2.
pub fn decide(request: &Request<'_>) -> Verdict {
    decide_with(request, &Overruled::default())
}

/// The same, where the caller overrules the RFC.
pub fn decide_with(request: &Request<'_>, overruled: &Overruled) -> Verdict {
    let method = request.method;
    let state = request.state.as_ref();
    let last_modified = state.and_then(|state| state.last_modified);

    let status = status_without_conditions(request);
    let success = status >= 200 && status <= 299;
    let mut verdict = Verdict {
        outcome: Outcome::Perform,
        // A caller calls the 200 by what Range would make of it.
        status: if status == 206 { 200 } else { status },
        decided_by: None,
        range: false,
        ranges: Vec::new(),
        malformed: Vec::new(),
    };

    // 13.2.1: these methods neither select nor modify a representation. Method names are
    // case-sensitive (9.1), and an unknown method is taken to modify.
    if method == "CONNECT" || method == "OPTIONS" || method == "TRACE" {
        return verdict;
    }
    // 13.2.1: conditions are ignored if the answer without them is neither 2xx nor 412.
    if !success && status != 412 {
        return verdict;
    }
    verdict.malformed = malformed(request, status);
    let if_match = lines(request, "If-Match");
    let listed = members(&if_match).tags;
    let names_another = |tag: &Tag| overruled.other_tags.iter().any(|it| strong_eq(it, tag));
    let names_another = state.is_some() && listed.iter().any(names_another);
    // Who judges a field by other rules has read it.
    verdict.malformed.retain(|field| {
        overruled.word(field).is_none() && !(*field == "If-Match" && names_another)
    });

    // Steps 1 and 2. If-Unmodified-Since is ignored beside If-Match, without one valid date, and
    // without a modification date (13.1.4).
    let if_unmodified_since = lines(request, "If-Unmodified-Since");
    if !if_match.is_empty() {
        let mut is_true = names_another || if_match_is_true(&members(&if_match), state);
        if let Some(word) = overruled.word("If-Match") {
            is_true = word;
        }
        if !is_true {
            verdict.decided_by = Some("If-Match");
        }
    } else if let (false, Some(word)) = (
        if_unmodified_since.is_empty(),
        overruled.word("If-Unmodified-Since"),
    ) {
        if !word {
            verdict.decided_by = Some("If-Unmodified-Since");
        }
    } else if has_forbidden_line(request, "If-Unmodified-Since") {
        // 5.5 lets a recipient reject such a message. A guard that may have been cut or forged does
        // not let an update through: our decision.
        if last_modified.is_some() {
            verdict.decided_by = Some("If-Unmodified-Since");
        }
    } else if let Some(date) = only_date(request, "If-Unmodified-Since") {
        if let Some(last_modified) = last_modified {
            if last_modified > date {
                verdict.decided_by = Some("If-Unmodified-Since");
            }
        }
    }
    if verdict.decided_by.is_some() {
        // 13.1.1 and 13.1.4 permit a success instead if the change appears to be made already. That
        // is for methods that change something, and for a success to begin with.
        if request.already_applied && !reads(method) && success {
            verdict.outcome = Outcome::AlreadyApplied;
        } else {
            verdict.outcome = Outcome::PreconditionFailed;
            verdict.status = 412;
        }
        return verdict;
    }

    // Steps 3 and 4. If-Modified-Since is ignored beside If-None-Match, for methods that do more
    // than read, without one valid date, and without a modification date (13.1.3).
    let if_none_match = lines(request, "If-None-Match");
    if !if_none_match.is_empty() {
        let mut is_true = if_none_match_is_true(&members(&if_none_match), state, reads(method));
        if let Some(word) = overruled.word("If-None-Match") {
            is_true = word;
        }
        if !is_true {
            verdict.decided_by = Some("If-None-Match");
        }
    } else if reads(method) {
        let present = !lines(request, "If-Modified-Since").is_empty();
        if let (true, Some(word)) = (present, overruled.word("If-Modified-Since")) {
            if !word {
                verdict.decided_by = Some("If-Modified-Since");
            }
        } else if let Some(date) = only_date(request, "If-Modified-Since") {
            if let Some(last_modified) = last_modified {
                if last_modified <= date {
                    verdict.decided_by = Some("If-Modified-Since");
                }
            }
        }
    }
    if verdict.decided_by.is_some() {
        if reads(method) {
            verdict.outcome = Outcome::NotModified;
            verdict.status = 304;
        } else {
            verdict.outcome = Outcome::PreconditionFailed;
            verdict.status = 412;
        }
        return verdict;
    }

    // RFC 6585 section 3: 428 is there so that clients work with the correct copies. Only If-Match
    // says so, and only of what exists and is changed: our decision.
    if request.require_if_match && state.is_some() && !reads(method) && if_match.is_empty() {
        verdict.outcome = Outcome::PreconditionRequired;
        verdict.status = 428;
        return verdict;
    }

    // Step 5. Without a Range to honour If-Range is ignored (13.1.5).
    let asked = asked_of_range(request, status);
    if asked != Asked::Nothing {
        if let Some(state) = state {
            let if_range = lines(request, "If-Range");
            let mut is_true =
                if_range.is_empty() || if_range_is_true(&if_range, state, request.now);
            if let (false, Some(word)) = (if_range.is_empty(), overruled.word("If-Range")) {
                is_true = word;
            }
            if is_true {
                verdict.range = true;
                match asked {
                    Asked::Parts(ranges) => {
                        verdict.status = 206;
                        verdict.ranges = ranges;
                    }
                    Asked::Refused => verdict.status = 416,
                    _ => verdict.status = status,
                }
            } else {
                verdict.decided_by = Some("If-Range");
            }
        }
    }
    verdict
}

/// What the server answers without conditions.
fn status_without_conditions(request: &Request<'_>) -> u16 {
    let method = request.method;
    if let Some(given) = request.status {
        given
    } else if request.state.is_none() && (reads(method) || method == "DELETE" || method == "PATCH")
    {
        // 13.2.1: these are refused where there is nothing to read, remove or patch. PUT and POST create.
        404
    } else {
        200
    }
}

/// The methods that 304 answers. QUERY is one by its own specification, here and for Range.
fn reads(method: &str) -> bool {
    method == "GET" || method == "HEAD" || method == "QUERY"
}

/// The methods that give Range a meaning, 14.2.
fn knows_range(method: &str) -> bool {
    method == "GET" || method == "QUERY"
}

/// The values of all lines of a field, in order. Field names ignore case, 5.1.
fn lines<'a>(request: &Request<'a>, wanted: &str) -> Vec<&'a [u8]> {
    let mut lines = Vec::new();
    for (name, value) in &request.fields {
        if name.eq_ignore_ascii_case(wanted) {
            lines.push(*value);
        }
    }
    lines
}

/// Reports whether CR, LF or NUL stands inside one of the field's lines.
fn has_forbidden_line(request: &Request<'_>, name: &str) -> bool {
    lines(request, name)
        .iter()
        .any(|line| has_forbidden_inside(line))
}

/// 13.1.3 and 13.1.4: two lines are more than one member, even if they are the same.
fn only_date(request: &Request<'_>, name: &str) -> Option<i64> {
    match lines(request, name)[..] {
        [line] => http_date(line, request.now),
        _ => None,
    }
}

/// 13.1.1: strong comparison. A member that cannot be read matches nothing.
fn if_match_is_true(members: &Members, state: Option<&State>) -> bool {
    if members.any {
        return state.is_some();
    }
    if let Some(current) = state.and_then(|state| state.etag.as_ref()) {
        for tag in &members.tags {
            if strong_eq(tag, current) {
                return true;
            }
        }
    }
    false
}

/// 13.1.2: weak comparison. A member that cannot be read may be the one that was meant to match, so
/// only methods that read go on, and all where nothing exists that could be overwritten: our decision.
fn if_none_match_is_true(members: &Members, state: Option<&State>, reads: bool) -> bool {
    if members.any {
        return state.is_none();
    }
    if let Some(current) = state.and_then(|state| state.etag.as_ref()) {
        for tag in &members.tags {
            if weak_eq(tag, current) {
                return false;
            }
        }
    }
    !members.malformed || reads || state.is_none()
}

/// What a request asks for by its Range.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// There is no Range, or it is ignored.
    Nothing,
    /// Some part of a representation whose length is not known.
    Something,
    Parts(Vec<(u64, u64)>),
    /// What is answered 416.
    Refused,
}

/// 14.2: Range applies instead of a 200 only, to a representation that has ranges.
fn range_applies(request: &Request<'_>, status: u16) -> bool {
    let has_ranges = request.state.as_ref().is_some_and(|state| state.ranges);
    knows_range(request.method) && has_ranges && (status == 200 || status == 206)
}

/// 14.2: what is processed unless If-Range is false, of one line in the one unit that this server
/// knows.
fn asked_of_range(request: &Request<'_>, status: u16) -> Asked {
    let Some(state) = &request.state else {
        return Asked::Nothing;
    };
    if !range_applies(request, status) {
        return Asked::Nothing;
    }
    let lines = lines(request, "Range");
    match (&lines[..], state.length) {
        // An empty representation has no ranges: our decision.
        ([], _) | (_, Some(0)) => Asked::Nothing,
        ([line], None) => {
            let value = trim(line);
            if value.len() >= 6 && value[..6].eq_ignore_ascii_case(b"bytes=") {
                Asked::Something
            } else {
                Asked::Nothing
            }
        }
        ([line], Some(length)) => match range::status(line, length, request.range_policy) {
            (206, ranges) => Asked::Parts(ranges),
            (416, _) => Asked::Refused,
            _ => Asked::Nothing,
        },
        // A unit that is not understood: lines that follow belong to it, joined by commas (5.3).
        ([first, ..], Some(_)) if range::has_other_unit(first) => Asked::Nothing,
        // Range has a single value, so that two lines are as good as a malformed one.
        (_, Some(_)) if request.range_policy.rejects_malformed => Asked::Refused,
        _ => Asked::Nothing,
    }
}

/// 13.1.5: a tag by strong comparison; a date only if it is the modification date itself and known
/// to be a strong validator. That a value which cannot be read is false is our decision.
fn if_range_is_true(lines: &[&[u8]], state: &State, now: i64) -> bool {
    if lines.len() != 1 {
        return false;
    }
    match if_range(lines[0], now) {
        Some(IfRange::Tag(tag)) => match &state.etag {
            Some(current) => strong_eq(&tag, current),
            None => false,
        },
        Some(IfRange::Date(date)) => state.strong_date && state.last_modified == Some(date),
        None => false,
    }
}

/// The malformed fields, without those that the method or another field makes irrelevant.
fn malformed(request: &Request<'_>, status: u16) -> Vec<&'static str> {
    let present = |name| !lines(request, name).is_empty();
    let bad_list = |name| members(&lines(request, name)).malformed;
    let bad_date = |name| present(name) && only_date(request, name).is_none();
    let mut malformed = Vec::new();
    if bad_list("If-Match") {
        malformed.push("If-Match");
    }
    let bad_guard =
        bad_date("If-Unmodified-Since") || has_forbidden_line(request, "If-Unmodified-Since");
    if bad_guard && !present("If-Match") {
        malformed.push("If-Unmodified-Since");
    }
    if bad_list("If-None-Match") {
        malformed.push("If-None-Match");
    }
    if bad_date("If-Modified-Since") && !present("If-None-Match") && reads(request.method) {
        malformed.push("If-Modified-Since");
    }
    let bad_if_range = match lines(request, "If-Range")[..] {
        [] => false,
        [line] => if_range(line, request.now).is_none(),
        _ => true,
    };
    if bad_if_range && asked_of_range(request, status) != Asked::Nothing {
        malformed.push("If-Range");
    }
    let has_length = request
        .state
        .as_ref()
        .is_some_and(|state| state.length.is_some());
    let bad_range = match lines(request, "Range")[..] {
        [] => false,
        // It is read as a whole only where there is a length to resolve it against.
        [line] => has_length && range::is_malformed(line),
        _ => true,
    };
    if bad_range && range_applies(request, status) {
        malformed.push("Range");
    }
    malformed
}
