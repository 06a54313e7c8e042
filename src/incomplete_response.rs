//! The client's side of ranges: what to ask for after a cut, and whether the answer fits.

mod seen;

use core::cmp::Ordering;

use crate::byte_range::RangeSpec;
use crate::if_range::IfRange;
use crate::representation::Representation;
use crate::single::Single;

use seen::Seen;

impl<'a> Representation<'a> {
    /// The validator by which parts of this very version can be told from those of others: its tag
    /// if that is strong, or its date if that is strong and there is no tag. ([RFC 9110 §13.1.5])
    ///
    /// It is what a client sends as If-Range. None with a weak tag, even beside a strong date.
    ///
    /// [RFC 9110 §13.1.5]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
    #[must_use]
    pub const fn strong_validator(&self) -> Option<IfRange<'a>> {
        match (self.etag, self.last_modified) {
            (Some(tag), _) if !tag.is_weak() => Some(IfRange::EntityTag(tag)),
            (None, Some(date)) if self.strong_date => Some(IfRange::HttpDate(date)),
            _ => None,
        }
    }

    /// Reports whether parts of the two may be put together, because they share a strong validator
    /// (§15.3.7.3).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation};
    ///
    /// let strong = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let weak = Representation::new().etag(EntityTag::from_static("W/\"v1\""));
    /// assert!(strong.combines_with(&strong));
    /// assert!(!weak.combines_with(&weak), "two versions can have this tag");
    /// ```
    #[must_use]
    pub fn combines_with(&self, other: &Representation<'_>) -> bool {
        matches!(
            (self.strong_validator(), other.strong_validator()),
            (Some(this), Some(other)) if this == other
        )
    }
}

/// The beginning of a representation, which a client holds because the transfer was cut. ([RFC 9110
/// §15.3.7.3], [RFC 9111 §3.4])
///
/// # Examples
///
/// ```
/// use http_preconditions::{Continuation, EntityTag, IncompleteResponse, NextRequest, Representation};
///
/// // A 200 with `ETag: "v1"` and `Content-Length: 1000` broke off after 600 octets.
/// let version = Representation::new().etag(EntityTag::from_static("\"v1\""));
/// let held = IncompleteResponse::new(version, 600).complete_length(1000);
/// let NextRequest::Rest(range) = held.next_request() else { panic!("the tag is strong") };
/// assert_eq!(range.to_string(), "bytes=600-"); // as Range, with `If-Range: "v1"`
///
/// let answer = [("ETag", "\"v1\""), ("Content-Range", "bytes 600-999/1000")];
/// assert_eq!(held.continued_by(answer), Continuation::Append { skip: 0, new: 400 });
/// let answer = [("ETag", "\"v2\""), ("Content-Range", "bytes 600-999/1000")];
/// assert_eq!(held.continued_by(answer), Continuation::AnotherVersion);
/// ```
///
/// [RFC 9110 §15.3.7.3]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.3
/// [RFC 9111 §3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-3.4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IncompleteResponse<'a> {
    version: Representation<'a>,
    octets: u64,
    complete_length: Option<u64>,
    content_encoding: &'a [u8],
}

impl<'a> IncompleteResponse<'a> {
    /// Creates the beginning of this version, of so many octets, from the validators of the
    /// response that they came with: its `ETag`, and its Last-Modified, which counts only where the
    /// client knows that it is strong (§8.8.2.2).
    ///
    /// Count the octets as the message carried them: after the transfer coding was taken off, and
    /// before the content coding is (§8.4, §14.2). Positions in a Range are positions in the coded
    /// content; a client that stores what it has decoded cannot go on. If the response had a
    /// Content-Encoding, set [it](Self::content_encoding).
    #[must_use]
    pub const fn new(version: Representation<'a>, octets: u64) -> Self {
        Self {
            version,
            octets,
            complete_length: None,
            content_encoding: &[],
        }
    }

    /// Sets the Content-Encoding of the response that brought the octets, as its line says; several
    /// lines are joined with commas. Without it the octets have no content coding. ([RFC 9110
    /// §8.4])
    ///
    /// Transfer-Encoding is of the connection, and does not belong here.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Continuation, EntityTag, IncompleteResponse, Representation};
    ///
    /// let version = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let plain = IncompleteResponse::new(version, 600);
    /// let coded = plain.content_encoding(b"gzip");
    /// let answer = [
    ///     ("ETag", "\"v1\""),
    ///     ("Content-Encoding", "x-gzip"),
    ///     ("Content-Range", "bytes 600-999/1000"),
    /// ];
    /// assert_eq!(coded.continued_by(answer), Continuation::Append { skip: 0, new: 400 });
    /// assert_eq!(plain.continued_by(answer), Continuation::AnotherCoding);
    /// ```
    ///
    /// [RFC 9110 §8.4]: https://www.rfc-editor.org/rfc/rfc9110#section-8.4
    #[must_use]
    pub const fn content_encoding(self, value: &'a [u8]) -> Self {
        Self {
            content_encoding: value,
            ..self
        }
    }

    /// The same where it is known how many octets there are in all: by the Content-Length of a 200
    /// or the Content-Range of a 206.
    #[must_use]
    pub const fn complete_length(self, octets: u64) -> Self {
        Self {
            complete_length: Some(octets),
            ..self
        }
    }

    /// What to ask for next.
    #[must_use]
    pub fn next_request(&self) -> NextRequest {
        match self.complete_length.map(|length| length.cmp(&self.octets)) {
            Some(Ordering::Equal) => return NextRequest::Nothing,
            // Less than is held, which is wrong in some way.
            Some(Ordering::Less) => return NextRequest::Whole,
            Some(Ordering::Greater) | None => {}
        }
        if self.octets == 0 || self.version.strong_validator().is_none() {
            return NextRequest::Whole;
        }
        NextRequest::Rest(RangeSpec::Int {
            first: self.octets,
            last: None,
        })
    }

    /// What a 206 means whose header section has these fields, if
    /// [`NextRequest::Rest`] was asked for, with the [strong
    /// validator](Representation::strong_validator) as If-Range.
    ///
    /// To that request a 200 brings the whole of another version, or of the same, in place of what
    /// is held. After a 416 what is held is not the beginning of what there is, unless it was all
    /// of it.
    ///
    /// Looks at `ETag`, Last-Modified, Content-Encoding, Content-Range, Content-Length and
    /// Content-Type. A field with a single value says nothing in two lines that are not the same. A
    /// 206 without Content-Encoding has the coding of what is held: after If-Range a server should
    /// not repeat it (§15.3.7). `gzip` and `x-gzip` are one coding, and so are `compress` and
    /// `x-compress` (§8.4.1), in any case; `identity` is no coding.
    pub fn continued_by<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Continuation {
        let mut seen = Seen::new(self.version, self.content_encoding);
        for (name, value) in fields {
            seen.line(name.as_ref(), value.as_ref());
        }
        self.judge(&seen)
    }

    fn judge(&self, seen: &Seen<'_>) -> Continuation {
        if !self.is_same_version(seen) {
            return Continuation::AnotherVersion;
        }
        if !seen.is_same_coding() {
            return Continuation::AnotherCoding;
        }
        // §15.3.7.2: the parts have each their Content-Range then, and the answer has none of its
        // own. Where it has one all the same, what follows are no octets of the
        // representation.
        if seen.multipart {
            return Continuation::Multipart;
        }
        let field = seen.content_range.value();
        let Some((field, range)) = field.and_then(|field| Some((field, field.range()?))) else {
            return Continuation::NoContentRange;
        };
        match seen.content_length {
            Single::Absent => {}
            Single::Value(length) if length == range.length() => {}
            Single::Value(_) | Single::Malformed => return Continuation::AnotherContentLength,
        }
        let lengths = [self.complete_length, field.complete_length()];
        let differ = matches!(lengths, [Some(held), Some(sent)] if held != sent);
        let needed = range.end().max(self.octets);
        if differ || lengths.into_iter().flatten().any(|length| length < needed) {
            return Continuation::AnotherLength;
        }
        let skip = self.octets.checked_sub(range.first());
        let new = range.end().saturating_sub(self.octets);
        match skip {
            Some(skip) if new > 0 => Continuation::Append { skip, new },
            _ => Continuation::Elsewhere,
        }
    }

    /// Reports whether the parts share the strong validator that was sent (§15.3.7.3).
    fn is_same_version(&self, seen: &Seen<'_>) -> bool {
        match self.version.strong_validator() {
            // The tag of the 200 is on each 206 too (§15.3.7).
            Some(IfRange::EntityTag(_)) => seen.etag == Some(true),
            // The date need not be: that there is a 206 says that If-Range was true.
            Some(IfRange::HttpDate(_)) => match seen.last_modified {
                Some(same) => same,
                None => seen.etag.is_none(),
            },
            None => false,
        }
    }
}

/// What a client asks for after a cut. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a client asks for all, for a part or not at all"
)]
pub enum NextRequest {
    /// All octets are there.
    Nothing,
    /// Ask without Range, and throw away what is held: it is nothing, or it has no strong
    /// validator, so that nothing may be put behind it (§15.3.7.3).
    Whole,
    /// Send this as Range, and the [strong validator](Representation::strong_validator) as
    /// If-Range, so that a server that has another version sends the whole of that.
    Rest(RangeSpec),
}

/// What a 206 means for a client that has asked for the rest. ([RFC 9110 §15.3.7])
///
/// Only [`Append`](Self::Append) lets it go on. After each of the others the content of the 206 is
/// no use to a client that holds a beginning; asking for the whole, without Range, always works.
///
/// [RFC 9110 §15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Continuation {
    /// Pass over the first `skip` octets of the content, which are held already; the `new` ones
    /// behind them belong behind what is held. That need not be all of the rest: a server may send
    /// less than it was asked for.
    Append {
        /// Octets of the content that are held already; 0 where the server sent what was asked.
        skip: u64,
        /// Octets of the content that are new, at least 1.
        new: u64,
    },
    /// The part begins behind the octet that is missing, or ends before it.
    Elsewhere,
    /// The part shares no strong validator with what is held: both are parts of different versions,
    /// or it cannot be known that they are not (§15.3.7.3).
    AnotherVersion,
    /// The validator is the same and the complete length is not: the server uses one validator for
    /// two versions, and nothing of it can be relied on.
    AnotherLength,
    /// The content coding is another one than that of what is held, so that the octets do not
    /// belong together although the tags are the same: something on the way has coded the part, or
    /// the server uses one tag for several codings (§8.8.3.3).
    AnotherCoding,
    /// Content-Length is not the length of the range, or cannot be read: the content is something
    /// else than Content-Range says (§8.6).
    AnotherContentLength,
    /// Several parts, which a server must not send to who asks for one range (§15.3.7.2).
    Multipart,
    /// Which part it is cannot be known: Content-Range is absent, malformed, of another unit than
    /// bytes, or that of a 416 (§14.4, §15.3.7).
    NoContentRange,
}
