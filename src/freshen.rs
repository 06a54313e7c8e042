//! Which stored responses a 304 freshens, what a HEAD says about them, and which of their fields
//! are replaced.

use crate::http_date::HttpDate;
use crate::single::Single;
use crate::validators::Validators;

/// The stored responses that a 304 freshens, as their indices in ascending order. ([RFC 9111
/// §4.3.4])
///
/// `stored` are all that could have been chosen for the request if freshness did not matter, and
/// `not_modified` has the validators of the 304. The first rule that applies:
///
/// - Every response with a strong validator of the 304: its tag by strong comparison; or its
///   Last-Modified, where that is [strong in the stored
///   response](Validators::strong_last_modified). If the tag of the 304 is strong and no stored
///   response is of that kind, then none.
/// - The most recent of the responses that match weakly: by tag, or by Last-Modified where one of
///   the two has no tag. Of several with the same Date it is the last.
/// - The only stored response, if neither it nor the 304 has a validator.
///
/// Two tags that differ are of different versions, and nothing is freshened on account of a date
/// that both share; nor on account of a tag or a date that cannot be read. These are our decisions.
///
/// Where nothing is freshened, nothing that is stored may be used: ask again without conditions.
/// What could have been chosen is the caller's to know, with what Vary says (§4.1); of a response
/// with `Vary: *` none can.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Validators, freshens};
///
/// const STRONG: Validators = Validators::new().etag(EntityTag::from_static("\"v1\""));
/// const WEAK: Validators = Validators::new().etag(EntityTag::from_static("W/\"v1\""));
/// assert!(freshens(&STRONG, [STRONG, WEAK, STRONG]).eq([0, 2]));
/// assert_eq!(freshens(&STRONG, [WEAK]).count(), 0);
/// assert!(freshens(&WEAK, [WEAK, WEAK]).eq([1]));
/// ```
///
/// [RFC 9111 §4.3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
pub fn freshens<'s, S>(
    not_modified: &Validators<'_>,
    stored: S,
) -> impl Iterator<Item = usize> + Clone
where
    S: IntoIterator<Item = Validators<'s>, IntoIter: Clone>,
{
    let stored = stored.into_iter();
    let strong = stored
        .clone()
        .enumerate()
        .filter(|(_, stored)| shares_strong(not_modified, stored))
        .map(|(index, _)| index);
    let weak = if strong.clone().next().is_none() {
        freshens_weakly(not_modified, stored)
    } else {
        None
    };
    strong.chain(weak)
}

/// Reports whether the stored response has a strong validator of the 304. (RFC 9110 §8.8.2.2: a
/// date is strong by what is stored beside it.)
fn shares_strong(not_modified: &Validators<'_>, stored: &Validators<'_>) -> bool {
    let date = stored.strong_last_modified();
    let has_date = date.is_some() && date == not_modified.last_modified.value();
    match (not_modified.etag, stored.etag) {
        (Single::Malformed, _) | (Single::Value(_), Single::Malformed) => false,
        (Single::Absent, _) | (_, Single::Absent) => has_date,
        // Equal by weak comparison only, they leave it to the date.
        (Single::Value(a), Single::Value(b)) => a.strong_eq(b) || (a.weak_eq(b) && has_date),
    }
}

/// The stored response that a 304 freshens where no strong validator is shared.
fn freshens_weakly<'s>(
    not_modified: &Validators<'_>,
    mut stored: impl Iterator<Item = Validators<'s>>,
) -> Option<usize> {
    match not_modified.etag {
        Single::Malformed => None,
        Single::Value(tag) if !tag.is_weak() => None,
        Single::Absent if not_modified.last_modified.is_absent() => {
            match (stored.next(), stored.next()) {
                (Some(only), None) => {
                    (only.etag.is_absent() && only.last_modified.is_absent()).then_some(0)
                }
                _ => None,
            }
        }
        Single::Absent | Single::Value(_) => {
            let matching = stored.enumerate();
            most_recent(matching.filter(|(_, stored)| matches_weakly(not_modified, stored)))
        }
    }
}

fn matches_weakly(not_modified: &Validators<'_>, stored: &Validators<'_>) -> bool {
    match (not_modified.tag(), stored.etag) {
        (Some(_), Single::Malformed) => false,
        (Some(tag), Single::Value(stored)) => tag.weak_eq(stored),
        _ => not_modified.last_modified.is_same(stored.last_modified),
    }
}

/// The index of the most recent one: by Date, else by when it was received; the last of equals.
pub(crate) fn most_recent<'s>(
    stored: impl Iterator<Item = (usize, Validators<'s>)>,
) -> Option<usize> {
    let age = |(_, stored): &(usize, Validators<'_>)| -> Option<HttpDate> {
        stored.date.or(stored.received)
    };
    stored.max_by_key(age).map(|(index, _)| index)
}

impl Validators<'_> {
    /// Reports whether a 200 to a HEAD freshens this stored response to a GET; if not, the stored
    /// response is stale. ([RFC 9111 §4.3.5])
    ///
    /// Each validator that the HEAD has, and its Content-Length, is the same as the stored one: a
    /// tag with its weakness. What it has not says nothing; what cannot be read is not the same:
    /// our decision. Other statuses are outside of the rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Validators};
    ///
    /// const TAG: EntityTag = EntityTag::from_static("\"v1\"");
    /// let stored = Validators::new().etag(TAG).content_length(10);
    /// assert!(stored.freshened_by_head(&Validators::new().etag(TAG)));
    /// assert!(!stored.freshened_by_head(&Validators::new().etag(TAG).content_length(11)));
    /// ```
    ///
    /// [RFC 9111 §4.3.5]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5
    #[must_use]
    pub fn freshened_by_head(&self, head: &Validators<'_>) -> bool {
        (head.etag.is_absent() || head.etag.is_same(self.etag))
            && (head.last_modified.is_absent() || head.last_modified.is_same(self.last_modified))
            && (head.content_length.is_absent() || head.content_length.is_same(self.content_length))
    }
}
