//! What an evaluation comes to: the outcome, and what led there.

use core::fmt;

use crate::answer::Faults;
use crate::error::ParseError;
use crate::field::Field;
use crate::fields::Fields;
use crate::metadata::{Metadata, metadata};
use crate::part::Part;

/// What became of one condition of a request. ([RFC 9110 §13.1])
///
/// Each is looked at by itself, also when one before it has decided.
///
/// [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// The request does not have the field.
    Absent,
    /// The RFC says to ignore the field, for this reason.
    Ignored(IgnoreReason),
    /// The condition is true.
    True,
    /// The condition is false.
    False,
}

/// Why a field is ignored. ([RFC 9110 §13.2.1], §13.1.3 to §13.1.5)
///
/// Of several reasons it is the first in the order of the variants.
///
/// [RFC 9110 §13.2.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IgnoreReason {
    /// The method is CONNECT, OPTIONS or TRACE, which ignore all conditions (§13.2.1); or
    /// If-Modified-Since came with another method than GET, HEAD and QUERY (§13.1.3).
    Method,
    /// The response without conditions is neither a success nor 412, as where no representation
    /// exists that a GET could get (§13.2.1).
    UnconditionalStatus,
    /// This field takes precedence: If-Match over If-Unmodified-Since (§13.1.4), If-None-Match over
    /// If-Modified-Since (§13.1.3).
    OverruledBy(Field),
    /// The value is not a valid date, or came in several lines (§13.1.3, §13.1.4).
    NotADate,
    /// The representation has no modification date, or does not exist (§13.1.3, §13.1.4).
    NoModificationDate,
    /// No Range is there that could be honoured (§13.1.5).
    NoRange,
}

/// What the server does next. ([RFC 9110 §13.2.2])
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Perform the method, and answer as if there were no conditions. Whether Range is part of that
    /// is said by [`Decision::honours_range`].
    Perform,
    /// Do not perform the method; answer with the status without conditions, which is a redirect or
    /// a refusal that no condition changes: 301, 403, 404.
    Unconditional,
    /// Answer 304 (Not Modified) without content, with the [fields that a 304
    /// keeps](Decision::not_modified_keeps).
    NotModified,
    /// Do not perform the method; answer 412 (Precondition Failed).
    PreconditionFailed,
    /// Do not perform the method; answer 428 (Precondition Required), and say what to send. (RFC
    /// 6585 §3)
    PreconditionRequired,
    /// Do not perform the method; answer as if it had been performed, because the caller said that
    /// the state which it asks for is in place already. (§13.1.1, §13.1.4)
    AlreadyApplied,
}

/// A field line that does not follow its field's grammar, or is one too many of a field that has a
/// single value. ([RFC 9110 §5.5])
///
/// [RFC 9110 §5.5]: https://www.rfc-editor.org/rfc/rfc9110#section-5.5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Malformed {
    field: Field,
    line: u16,
    error: ParseError,
}

impl Malformed {
    pub(crate) const fn new(field: Field, line: u16, error: ParseError) -> Self {
        Self { field, line, error }
    }

    /// The field.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Which of the field's lines, counted from 1; a count past 65,535 stays there.
    #[must_use]
    pub const fn line(&self) -> u16 {
        self.line
    }

    /// What was expected, and at which octet of that line's value; an offset past 4,294,967,295 stays
    /// there.
    #[must_use]
    pub const fn error(&self) -> ParseError {
        self.error
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            1 => write!(f, "{}: {}", self.field, self.error),
            line => write!(f, "{} (line {line}): {}", self.field, self.error),
        }
    }
}

/// The answer that a request's preconditions require, and what led to it. ([RFC 9110 §13.2.2])
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Field, Outcome, Representation, evaluate};
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let decision = evaluate("PUT", [("If-Match", "\"v1\"")], Some(&current));
/// assert_eq!((decision.outcome(), decision.status()), (Outcome::PreconditionFailed, 412));
/// assert_eq!(decision.decided_by(), Some(Field::IfMatch));
///
/// let decision = evaluate("PUT", [("If-Match", "v2")], Some(&current));
/// let malformed = decision.malformed().next().ok_or("the quotes are missing")?;
/// assert_eq!(malformed.to_string(), "If-Match: expected an entity-tag at byte 0");
/// # Ok::<(), &str>(())
/// ```
///
/// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) outcome: Outcome,
    /// What the server answers without conditions.
    pub(crate) unconditional: u16,
    pub(crate) decided_by: Option<Field>,
    /// What Range comes to where it is honoured, else `Ignored`.
    pub(crate) part: Part,
    /// 0 where Range is ignored, or nobody has said how many octets there are.
    pub(crate) complete_length: u64,
    pub(crate) has_etag: bool,
    pub(crate) present: Fields,
    pub(crate) ignored: Fields,
    /// Those that the method ignores.
    pub(crate) ignored_by_method: Fields,
    pub(crate) is_false: Fields,
    pub(crate) faults: Faults,
}

impl Decision {
    /// What the server does next. ([RFC 9110 §13.2.2])
    ///
    /// [RFC 9110 §13.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The status code to answer with: 304, 412, 428, 206 or 416, or what the server answers
    /// without conditions.
    ///
    /// Without the [complete length](crate::Representation::complete_length) a range is not part of
    /// it: where [`honours_range`](Self::honours_range) is true, the 200 becomes 206 or 416. A
    /// Range that is not honoured leads to 200, never to 206.
    ///
    /// A true If-Range beside an unsatisfiable Range is answered 416. Step 5 of §13.2.2 ends in
    /// "otherwise, ignore the Range header field and respond 200 (OK)", and its first half needs a
    /// Range that is "applicable". §14.2 and §15.5.17, which are about ranges, say 416, and a
    /// download tool learns by it that it holds all octets.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.outcome {
            Outcome::NotModified => 304,
            Outcome::PreconditionFailed => 412,
            Outcome::PreconditionRequired => 428,
            Outcome::Unconditional | Outcome::AlreadyApplied => self.unconditional,
            Outcome::Perform => match self.part.status() {
                // §14.2, where Range is honoured and the complete length is known.
                Some(status) => status,
                None => self.unconditional,
            },
        }
    }

    /// The field whose condition is false and has led here. None when no condition is false.
    ///
    /// With [`Outcome::Perform`] it can only be If-Range, because of which Range is ignored.
    #[must_use]
    pub const fn decided_by(&self) -> Option<Field> {
        self.decided_by
    }

    /// Returns true if Range is to be processed (§14.2): the request has one line of it, in bytes,
    /// the method is GET or QUERY, the response without it is a 200 of a representation that has
    /// ranges, and If-Range is true or absent. Where this is false, Range is ignored.
    ///
    /// Whether the ranges are well-formed is looked at only where the [complete
    /// length](crate::Representation::complete_length) is known, and satisfiable they need not be:
    /// a 416 honours Range too.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let resume = |tag| evaluate("GET", [("Range", "bytes=500-"), ("If-Range", tag)], Some(&current));
    /// assert!(resume("\"v2\"").honours_range());
    /// assert!(!resume("\"v1\"").honours_range(), "the file has changed: all of it is sent");
    /// assert!(!resume("W/\"v2\"").honours_range(), "a weak tag does not tell octets apart");
    /// ```
    #[must_use]
    pub const fn honours_range(&self) -> bool {
        self.part.is_usable()
    }

    /// Returns what became of one condition. Range is not a condition; for it this tells what became
    /// of If-Range.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Condition, EntityTag, Field, IgnoreReason, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let fields = [("If-None-Match", "\"v0\""), ("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT")];
    /// let decision = evaluate("GET", fields, Some(&current));
    /// assert_eq!(decision.condition(Field::IfNoneMatch), Condition::True);
    /// let overruled = Condition::Ignored(IgnoreReason::OverruledBy(Field::IfNoneMatch));
    /// assert_eq!(decision.condition(Field::IfModifiedSince), overruled);
    /// assert_eq!(decision.condition(Field::IfMatch), Condition::Absent);
    /// ```
    #[must_use]
    pub const fn condition(&self, field: Field) -> Condition {
        let field = match field {
            Field::Range => Field::IfRange,
            condition => condition,
        };
        if !self.present.has(field) {
            Condition::Absent
        } else if self.ignored.has(field) {
            Condition::Ignored(self.reason(field))
        } else if self.is_false.has(field) {
            Condition::False
        } else {
            Condition::True
        }
    }

    /// Returns the reason why this field is ignored, which it is.
    const fn reason(&self, field: Field) -> IgnoreReason {
        if self.ignored_by_method.has(field) {
            return IgnoreReason::Method;
        }
        if !matches!(self.unconditional, 200..=299 | 412) {
            return IgnoreReason::UnconditionalStatus;
        }
        let overruling = match field {
            Field::IfUnmodifiedSince => Field::IfMatch,
            Field::IfModifiedSince => Field::IfNoneMatch,
            _ => return IgnoreReason::NoRange,
        };
        if self.present.has(overruling) {
            IgnoreReason::OverruledBy(overruling)
        } else if self.faults.has(field) {
            IgnoreReason::NotADate
        } else {
            IgnoreReason::NoModificationDate
        }
    }

    /// The fields that are malformed, each with its first error, in evaluation order.
    ///
    /// The outcome is safe without a look at them: a guard that cannot be read has failed, a cache
    /// validator that cannot be read does not match. A server may answer 400 instead. The one to
    /// look at is If-Unmodified-Since, which the RFC says to ignore when it is not a date
    /// (§13.1.4), so that the method is performed.
    ///
    /// Fields that are ignored because of the method, of the status without conditions or of
    /// another field are not among them. Range is, where its [complete
    /// length](crate::Representation::complete_length) is known or it came in two lines; the
    /// [policy](crate::RangePolicy) says what becomes of it.
    pub fn malformed(&self) -> impl Iterator<Item = Malformed> + use<> {
        self.faults.iter()
    }

    /// Reports whether a field of the 200 belongs on the 304. ([RFC 9110 §15.4.5])
    ///
    /// `Content-Location`, `Date`, `ETag`, `Vary`, `Cache-Control` and `Expires` have to be there.
    /// Other representation metadata stays away, `Last-Modified` only where there is an entity-tag;
    /// so does what describes content, which a 304 has not. All else is outside of the rule, and
    /// stays.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let decision = evaluate("GET", [("If-None-Match", "\"v1\"")], Some(&current));
    /// assert!(decision.not_modified_keeps("cache-control"));
    /// assert!(!decision.not_modified_keeps("Content-Type"));
    /// ```
    ///
    /// [RFC 9110 §15.4.5]: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
    #[must_use]
    pub fn not_modified_keeps(&self, name: impl AsRef<[u8]>) -> bool {
        match metadata(name.as_ref()) {
            Some(Metadata::LastModified) => !self.has_etag,
            Some(Metadata::Representation | Metadata::Content) => false,
            None => true,
        }
    }

    /// Reports whether a field of the 200 belongs on the 206. ([RFC 9110 §15.3.7])
    ///
    /// Content-Length and digests of the content are those of the whole, and stay away. After an
    /// If-Range the client holds a part with all the metadata, and the rest of it stays away
    /// too, except what the RFC requires. For several ranges the caller replaces Content-Type
    /// by `multipart/byteranges`.
    ///
    /// [RFC 9110 §15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
    #[must_use]
    pub fn partial_content_keeps(&self, name: impl AsRef<[u8]>) -> bool {
        match metadata(name.as_ref()) {
            Some(Metadata::Content) => false,
            Some(Metadata::LastModified | Metadata::Representation) => {
                matches!(self.condition(Field::IfRange), Condition::Absent)
            }
            None => true,
        }
    }
}
