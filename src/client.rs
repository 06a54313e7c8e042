//! The client's side: from the validators that it holds, the fields to send for each purpose.

mod tags;

use core::fmt;
use core::iter::{self, Once};

use crate::byte_range::RangeSpec;
use crate::entity_tag::EntityTag;
use crate::field::Field;
use crate::field_value::FieldValue;
use crate::if_match::IfNoneMatch;
use crate::if_range::IfRange;
use crate::validators::Validators;

use tags::Tags;

/// The name and the value of a field to send, with at most one tag in it.
pub type RequestField<'a> = (&'static str, FieldValue<Once<EntityTag<'a>>>);

/// The fields that ask whether one of the stored responses is still current, for a GET or a HEAD.
/// ([RFC 9111 §4.3.1])
///
/// If-None-Match lists the tags of all in one line; If-Modified-Since comes with it where a single
/// response is stored, also beside an `ETag` that cannot be read. There may be nothing to send:
/// responses without a validator are not validated but replaced. A tag may be listed more than once
/// if there are more than eight different ones, which does no harm: a tag is looked for among the
/// first eight only, so that time is linear.
///
/// Passed over are an [incomplete](Validators::incomplete) response that lacks what is asked for,
/// and a response whose [status](Validators::status) is not 2xx. A part that holds what is asked
/// for is validated like a complete response, with its date too: the RFC wants the date in requests
/// without Range, and forbids it in none.
///
/// The other fields of the request are the caller's: where a cache asks on its own, those that the
/// stored Vary names go with it as they were stored; of a response with `Vary: *` it does not know
/// them, and forwards the client's request (RFC 9111 §4.1).
///
/// The answer 304 is for [`freshens`](crate::freshens()); a full response replaces what is stored.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, HttpDate, Validators, revalidate};
///
/// let stored = Validators::new()
///     .etag(EntityTag::from_static("W/\"v1\""))
///     .last_modified(HttpDate::from_unix(783_459_811)?);
/// let lines: Vec<_> =
///     revalidate([stored]).map(|(name, value)| format!("{name}: {value}")).collect();
/// assert_eq!(
///     lines,
///     ["If-None-Match: W/\"v1\"", "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT"]
/// );
/// assert_eq!(revalidate([Validators::new()]).count(), 0);
/// # Ok::<(), http_preconditions::OutOfRange>(())
/// ```
///
/// [RFC 9111 §4.3.1]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
pub fn revalidate<'a, S>(
    stored: S,
) -> impl Iterator<
    Item = (
        &'static str,
        FieldValue<impl Iterator<Item = EntityTag<'a>> + Clone>,
    ),
>
where
    S: IntoIterator<Item = Validators<'a>, IntoIter: Clone>,
{
    let stored = stored.into_iter().filter(Validators::is_candidate);
    let mut first_two = stored.clone();
    let date = match (first_two.next(), first_two.next()) {
        (Some(only), None) => only.last_modified.value(),
        _ => None,
    };
    let tags = tag_list(Tags::new(iter::empty(), stored));
    let date = date.map(|date| (Field::IfModifiedSince.name(), FieldValue::date(date)));
    [tags, date].into_iter().flatten()
}

/// The If-None-Match that asks on behalf of a client and of a cache at once: the client's list with
/// the tags of the stored responses added. ([RFC 9111 §4.3.2])
///
/// `client` are the lines of the client's If-None-Match, none if it sent none. Nothing comes back
/// where its `*` cannot have anything beside it, and where there is no tag at all: its fields then
/// go on as they are, as they do where one of its lines is malformed.
///
/// The answer is for [`validated`](crate::validated()). A stored tag is looked for among the first
/// eight different tags of the list only, so that time is linear; a tag that is listed twice does no
/// harm.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, IfNoneMatch, Validators, revalidate_for};
///
/// let stored = [Validators::new().etag(EntityTag::from_static("\"s\""))];
/// let client = [IfNoneMatch::parse(b"\"c,d\", \"s\"")?];
/// let (_, value) = revalidate_for(client, stored).ok_or("there are tags")?;
/// assert_eq!(value.to_string(), "\"c,d\", \"s\"");
///
/// assert!(revalidate_for([IfNoneMatch::parse(b"*")?], stored).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
pub fn revalidate_for<'a, C, S>(
    client: C,
    stored: S,
) -> Option<(
    &'static str,
    FieldValue<impl Iterator<Item = EntityTag<'a>> + Clone>,
)>
where
    C: IntoIterator<Item = IfNoneMatch<'a>, IntoIter: Clone>,
    S: IntoIterator<Item = Validators<'a>, IntoIter: Clone>,
{
    let client = client.into_iter();
    if client.clone().any(|line| line.is_any()) {
        return None;
    }
    let listed = client.flat_map(|line| line.tags());
    let stored = stored.into_iter().filter(Validators::is_candidate);
    tag_list(Tags::new(listed, stored))
}

/// The field that makes a PUT create and never overwrite: `If-None-Match: *`. ([RFC 9110 §13.1.2])
///
/// # Examples
///
/// ```
/// use http_preconditions::create_only;
///
/// let (name, value) = create_only();
/// assert_eq!((name, value.to_string()), ("If-None-Match", "*".to_owned()));
/// ```
///
/// [RFC 9110 §13.1.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
#[must_use]
pub const fn create_only() -> RequestField<'static> {
    (Field::IfNoneMatch.name(), FieldValue::ANY)
}

impl<'a> Validators<'a> {
    /// The field that keeps an update or a deletion from overwriting a change of someone else:
    /// If-Match with a strong tag, else If-Unmodified-Since with a strong date. ([RFC 9110
    /// §13.1.1], [§13.1.4])
    ///
    /// With a GET and a Range it asks for 412 instead of another version. A server that has no date
    /// for the resource ignores If-Unmodified-Since, and performs the method.
    ///
    /// A date is less safe than a tag. A cache on the way may have put the Date of a 304 beside the
    /// content, as RFC 9111 §3.2 wants; a date that two versions share then looks strong, and a
    /// change is lost. [`Clocks`](crate::Clocks) says how to believe no date.
    ///
    /// # Errors
    ///
    /// - a weak tag, or none, and no Last-Modified
    /// - the same, and a Last-Modified that is [not known to be
    ///   strong](Validators::strong_last_modified)
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Validators};
    ///
    /// let held = Validators::new().etag(EntityTag::from_static("\"v1\""));
    /// let (name, value) = held.guard()?;
    /// assert_eq!((name, value.to_string()), ("If-Match", "\"v1\"".to_owned()));
    ///
    /// let weak = Validators::new().etag(EntityTag::from_static("W/\"v1\""));
    /// let error = weak.guard().unwrap_err();
    /// assert_eq!(error.to_string(), "expected a strong entity-tag or a strong Last-Modified");
    /// # Ok::<(), http_preconditions::NoStrongValidator>(())
    /// ```
    ///
    /// [RFC 9110 §13.1.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
    /// [§13.1.4]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.4
    pub fn guard(&self) -> Result<RequestField<'a>, NoStrongValidator> {
        match (self.tag(), self.strong_last_modified()) {
            (Some(tag), _) if !tag.is_weak() => Ok((Field::IfMatch.name(), one(tag))),
            (_, Some(date)) => Ok((Field::IfUnmodifiedSince.name(), FieldValue::date(date))),
            _ => Err(NoStrongValidator),
        }
    }

    /// Range and If-Range, which go on with a download or take the whole again if it has changed.
    /// ([RFC 9110 §13.1.5])
    ///
    /// A strong tag, or where there is no tag at all a strong date; else nothing, since the part
    /// that is held cannot be completed safely, and the whole is to be asked for. What to ask for,
    /// and whether a 206 goes on with it, is said by
    /// [`IncompleteResponse`](crate::IncompleteResponse). Returns `None` also for a range whose last
    /// position is before its first, which is invalid (§14.1.1), and for a suffix of no octets,
    /// which nothing satisfies (§14.1.2).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, RangeSpec, Validators};
    ///
    /// let rest = RangeSpec::Int { first: 500, last: None };
    /// let held = Validators::new().etag(EntityTag::from_static("\"v1\""));
    /// let fields = held.resume(rest).ok_or("the tag is strong")?;
    /// let lines = fields.map(|(name, value)| format!("{name}: {value}"));
    /// assert_eq!(lines, ["Range: bytes=500-", "If-Range: \"v1\""]);
    ///
    /// let weak = Validators::new().etag(EntityTag::from_static("W/\"v1\""));
    /// assert!(weak.resume(rest).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// [RFC 9110 §13.1.5]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
    #[must_use]
    pub fn resume(&self, range: RangeSpec) -> Option<[RequestField<'a>; 2]> {
        match range {
            RangeSpec::Int {
                first,
                last: Some(last),
            } if last < first => return None,
            RangeSpec::Suffix(0) => return None,
            _ => {}
        }
        let if_range = match self.representation().strong_validator()? {
            IfRange::EntityTag(tag) => one(tag),
            IfRange::HttpDate(date) => FieldValue::date(date),
        };
        let range = FieldValue::range(range);
        Some([
            (Field::Range.name(), range),
            (Field::IfRange.name(), if_range),
        ])
    }
}

/// A response without a strong validator: no field keeps a change to it from overwriting that of
/// someone else. ([RFC 9110 §8.8.1])
///
/// [RFC 9110 §8.8.1]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NoStrongValidator;

impl fmt::Display for NoStrongValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a strong entity-tag or a strong Last-Modified")
    }
}

impl core::error::Error for NoStrongValidator {}

fn one(tag: EntityTag<'_>) -> FieldValue<Once<EntityTag<'_>>> {
    FieldValue::tags(iter::once(tag))
}

/// If-None-Match with these tags, if there is one.
fn tag_list<'a, T: Iterator<Item = EntityTag<'a>> + Clone>(
    tags: T,
) -> Option<(&'static str, FieldValue<T>)> {
    tags.clone().next()?;
    Some((Field::IfNoneMatch.name(), FieldValue::tags(tags)))
}
