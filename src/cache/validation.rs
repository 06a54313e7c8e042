//! One validation: the fields to send for a client and for the cache, and the meaning of the
//! response. (RFC 9111 §4.3)

use core::iter::Enumerate;

use crate::cache::freshen::{freshened_of, most_recent_of};
use crate::cache::held_range::Asked;
use crate::cache::lines::Lines;
use crate::cache::outcome::ValidationOutcome;
use crate::client::requests::tag_list;
use crate::client::tags::Tags;
use crate::error::ParseError;
use crate::range::byte_range::RangeSpec;
use crate::request::field::Field;
use crate::request::field_value::{FieldValue, RequestField};
use crate::request::if_match::IfNoneMatch;
use crate::request::method::Method;
use crate::stored::single_line::SingleLine;
use crate::stored::validators::ResponseValidators;
use crate::tag::entity_tag::EntityTag;

/// One validation: a client's request that a cache forwards, with which the cache also asks about
/// the responses that it has stored. ([RFC 9111 §4.3])
///
/// 1. Create it with the client's fields and the validators of the stored responses.
/// 2. Remove the client's fields for which [`replaces`](Self::replaces) returns true, add the
///    [`fields`](Self::fields), and send the request. With the feature `http`, `apply` does both.
/// 3. Pass the status code and the validators of the response to [`outcome`](Self::outcome), and do
///    what it says. [`freshened`](Self::freshened) says which stored responses a 304 updates.
///
/// A client with a store of its own uses the same value, and passes the fields of its request.
///
/// The cache asks about each stored response with its tag. It asks with a Last-Modified, about one
/// response, if the client sent no If-None-Match and either only one response is stored or none has
/// a tag; of several, about the most recent (our decision). It asks nothing about:
///
/// - a response whose [status](ResponseValidators::status) is not 2xx
/// - a [part](ResponseValidators::content_range) that lacks bytes that the request asks for
/// - any response, if the client's If-None-Match is `*` or malformed, or if the method is not GET,
///   HEAD or QUERY. The request is then forwarded unchanged.
///
/// A stored response about which the cache did not ask is never freshened and never used: a 304 is
/// then about what the client asked.
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::cache::{ResponseValidators, Validation, ValidationOutcome};
///
/// let stored = ResponseValidators::new().etag(EntityTag::from_static("\"s\""));
/// let client = [("Accept", "*/*"), ("If-None-Match", "\"c\"")];
/// let validation = Validation::new("GET", client, [stored]);
///
/// let sent: Vec<_> = validation.fields().map(|field| field.to_string()).collect();
/// assert_eq!(sent, ["If-None-Match: \"c\", \"s\""]);
/// assert!(validation.replaces("If-None-Match") && !validation.replaces("Accept"));
///
/// let answer = ResponseValidators::from_fields([("ETag", "\"s\"")]);
/// assert_eq!(validation.outcome(304, &answer), ValidationOutcome::Stored(0));
/// assert!(validation.freshened(304, &answer).eq([0]));
///
/// let answer = ResponseValidators::from_fields([("ETag", "\"c\"")]);
/// assert_eq!(validation.outcome(304, &answer), ValidationOutcome::NotModified);
/// assert_eq!(validation.freshened(304, &answer).count(), 0);
/// ```
///
/// [RFC 9111 §4.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3
#[derive(Clone, Debug)]
#[must_use = "a validation sends nothing itself"]
pub struct Validation<F, S> {
    method: Method,
    /// The client's fields.
    fields: F,
    stored: S,
    /// The range that the request asks for, if it asks for one.
    range: Option<RangeSpec>,
    asks: Asks,
}

/// What the cache asks about its stored responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// By tags that the client's If-None-Match lists already.
    ClientTags,
    /// By tags that the client's If-None-Match does not list all, and by the date if there is only
    /// one response and the client sent no If-None-Match.
    Tags,
    /// By the date of the response with this index.
    Date(usize),
}

impl<'a, F, S, N, V> Validation<F, S>
where
    F: IntoIterator<Item = (N, &'a V)> + Clone,
    N: AsRef<[u8]>,
    V: AsRef<[u8]> + ?Sized + 'a,
    S: Iterator<Item = ResponseValidators<'a>> + Clone,
{
    /// Creates the validation.
    ///
    /// - `fields`: all fields of the client's request. The validation reads them several times, so
    ///   they must be cloneable: an array or a slice iterator of pairs, or, with the feature
    ///   `http`, a `&HeaderMap`.
    /// - `stored`: all responses that the cache could have selected for the request, fresh or
    ///   stale. The caller selects them with Vary (§4.1); a response with `Vary: *` is never among
    ///   them.
    pub fn new(
        method: impl Into<Method>,
        fields: F,
        stored: impl IntoIterator<IntoIter = S>,
    ) -> Self {
        let method = method.into();
        let range = Asked::of(method, fields.clone()).range();
        let validation = Self {
            method,
            fields,
            stored: stored.into_iter(),
            range,
            asks: Asks::Nothing,
        };
        Self {
            asks: validation.choose(),
            ..validation
        }
    }

    fn choose(&self) -> Asks {
        let mut lines = self.if_none_match();
        // §13.1.2: `*` stands alone. A malformed line may list a tag that we cannot read.
        let is_unchanged =
            |line: Result<IfNoneMatch<'_>, _>| line.map_or(true, |line| line.is_any());
        if !self.method.revalidates() || lines.clone().any(is_unchanged) {
            return Asks::Nothing;
        }
        if self.candidates().any(|(_, stored)| stored.tag().is_some()) {
            let adds = self.tags().count() > self.client_tags().count();
            return if adds { Asks::Tags } else { Asks::ClientTags };
        }
        // RFC 9111 §4.3.1 wants the date where a single response is validated. Our decision: that
        // one is the most recent of those with a date.
        let with_date = self.candidates();
        let with_date = with_date.filter(|(_, stored)| stored.last_modified.value().is_some());
        match most_recent_of(with_date) {
            Some((index, _)) if lines.next().is_none() => Asks::Date(index),
            _ => Asks::Nothing,
        }
    }

    /// Returns the fields to add to the request: If-None-Match, If-Modified-Since, both or none.
    /// Remove the fields that these [replace](Self::replaces) first.
    ///
    /// A tag may be listed twice, which does no harm: a stored tag is compared only with the first
    /// eight different tags of the list, so that the time is linear.
    pub fn fields(
        &self,
    ) -> impl Iterator<
        Item = RequestField<'a, impl Iterator<Item = EntityTag<'a>> + Clone + use<'a, F, S, N, V>>,
    > + use<'a, F, S, N, V> {
        let tags = match self.asks {
            Asks::Tags => tag_list(self.tags()),
            _ => None,
        };
        let about = match self.asks {
            // §13.1.3: beside If-None-Match, only a server that does not know tags reads the date.
            Asks::Tags if self.if_none_match().next().is_none() => only(self.candidates()),
            Asks::Date(_) => only(self.asked()),
            _ => None,
        };
        let date = about.and_then(|(_, stored)| stored.last_modified.value());
        let date = date.map(FieldValue::date);
        let date = date.map(|date| RequestField::new(Field::IfModifiedSince, date));
        [tags, date].into_iter().flatten()
    }

    /// Returns true if the client's field with this name must not be sent: If-None-Match and
    /// If-Modified-Since, if the cache asks with [fields](Self::fields) of its own.
    #[must_use]
    pub fn replaces(&self, name: impl AsRef<[u8]>) -> bool {
        matches!(self.asks, Asks::Tags | Asks::Date(_))
            && matches!(
                Field::from_name(name),
                Some(Field::IfNoneMatch | Field::IfModifiedSince)
            )
    }

    /// Decides how to proceed after the response. ([RFC 9111 §4.3.3])
    ///
    /// `status` is the status code of the response, 100 to 599; any other number is
    /// [`Unrelated`](ValidationOutcome::Unrelated). `answer` has its validators. Call this once for
    /// each request of a client; a request that you repeat because of
    /// [`ValidationOutcome::Forward`] is the client's alone.
    ///
    /// A 304 with a tag is about that tag: for the client if its If-None-Match lists the tag,
    /// otherwise for the stored response that has the tag. Our decision: tags are compared weakly,
    /// because the origin compared If-None-Match weakly. A 304 without a tag is for the stored
    /// response that its Last-Modified [freshens](Self::freshened), or for the only response that
    /// anybody asked about.
    ///
    /// A 2xx to a HEAD has no content, and is [`Unrelated`](ValidationOutcome::Unrelated): pass it
    /// to [`ResponseValidators::compared_with_head`].
    ///
    /// [RFC 9111 §4.3.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3
    #[must_use]
    pub fn outcome(&self, status: u16, answer: &ResponseValidators<'_>) -> ValidationOutcome {
        if !self.method.revalidates() {
            return ValidationOutcome::Unrelated;
        }
        match ValidationOutcome::of_status(status) {
            Some(ValidationOutcome::Response) if self.method == Method::Head => {
                return ValidationOutcome::Unrelated;
            }
            Some(outcome) => return outcome,
            None => {}
        }
        let tag = answer.tag();
        let is_client_s =
            tag.is_some_and(|tag| self.client_tags().any(|listed| listed.weak_eq(tag)));
        if is_client_s || self.asks == Asks::Nothing {
            return ValidationOutcome::NotModified;
        }
        // §4.3.4 may forbid the update of a response that has the tag. Its content is current
        // nevertheless: §15.4.5 of RFC 9110.
        let has_tag = |(_, stored): &(usize, ResponseValidators<'_>)| matches!((tag, stored.tag()), (Some(tag), Some(own)) if own.weak_eq(tag));
        let current = most_recent_of(freshened_of(answer, self.asked()))
            .or_else(|| most_recent_of(self.asked().filter(has_tag)));
        if let Some((index, _)) = current {
            return ValidationOutcome::Stored(index);
        }
        if self.client_tags().next().is_some() {
            // Without a tag nothing says which of the tags the 304 is about.
            return match (self.asks, tag) {
                (Asks::ClientTags, None) => ValidationOutcome::NotModified,
                _ => ValidationOutcome::Forward,
            };
        }
        match only(self.asked()) {
            Some((index, asked)) if !contradicts(answer, &asked) => {
                ValidationOutcome::Stored(index)
            }
            _ => ValidationOutcome::Forward,
        }
    }

    /// Returns the stored responses that the response updates, as indices in ascending order. ([RFC
    /// 9111 §4.3.4])
    ///
    /// Only a 304 updates stored responses, by the rules of
    /// [`freshened_by`](crate::cache::freshened_by()): for another `status` the iterator is empty.
    /// A stored response about which the cache did not ask is never updated.
    ///
    /// The iterator may be empty although the [outcome](Self::outcome) is
    /// [`Stored`](ValidationOutcome::Stored): you may then use the stored response for this
    /// request, and the stored response stays stale.
    ///
    /// [RFC 9111 §4.3.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
    pub fn freshened(
        &self,
        status: u16,
        answer: &ResponseValidators<'_>,
    ) -> impl Iterator<Item = usize> + Clone {
        let asked = self.asked().filter(move |_| status == 304);
        freshened_of(answer, asked).map(|(index, _)| index)
    }

    /// Returns the lines of the client's If-None-Match.
    fn if_none_match(
        &self,
    ) -> impl Iterator<Item = Result<IfNoneMatch<'a>, ParseError>> + Clone + use<'a, F, S, N, V>
    {
        Lines::new(self.fields.clone())
            .filter(|(name, _)| Field::from_name(name) == Some(Field::IfNoneMatch))
            .map(|(_, value)| IfNoneMatch::parse(value.as_ref()))
    }

    fn client_tags(&self) -> impl Iterator<Item = EntityTag<'a>> + Clone + use<'a, F, S, N, V> {
        self.if_none_match().flatten().flat_map(|line| line.tags())
    }

    /// Returns the client's tags, and behind them those of the candidates.
    fn tags(&self) -> impl Iterator<Item = EntityTag<'a>> + Clone + use<'a, F, S, N, V> {
        let stored = self.candidates().map(|(_, stored)| stored);
        Tags::new(self.client_tags(), stored)
    }

    /// Returns the stored responses that could answer the request, with their indices.
    fn candidates(
        &self,
    ) -> impl Iterator<Item = (usize, ResponseValidators<'a>)> + Clone + use<'a, F, S, N, V> {
        let range = self.range;
        let stored: Enumerate<S> = self.stored.clone().enumerate();
        stored
            .map(move |(index, stored)| (index, stored.for_range(range)))
            .filter(|(_, stored)| stored.is_candidate())
    }

    /// Returns the candidates about which the cache asks.
    fn asked(
        &self,
    ) -> impl Iterator<Item = (usize, ResponseValidators<'a>)> + Clone + use<'a, F, S, N, V> {
        let asks = self.asks;
        self.candidates().filter(move |(index, stored)| match asks {
            Asks::Nothing => false,
            Asks::ClientTags | Asks::Tags => stored.tag().is_some(),
            Asks::Date(asked) => *index == asked,
        })
    }
}

/// Returns the only item, or `None` if there are none or several.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// Returns true if the 304 has a validator that differs from that of the stored response: it is
/// about another version.
fn contradicts(answer: &ResponseValidators<'_>, stored: &ResponseValidators<'_>) -> bool {
    let tags = (answer.tag(), stored.tag());
    let tag_differs = matches!(tags, (Some(answer), Some(stored)) if !answer.weak_eq(stored));
    let dates = (answer.last_modified, stored.last_modified);
    let date_differs = match dates {
        (SingleLine::Value(answer), SingleLine::Value(stored)) => answer != stored,
        _ => false,
    };
    tag_differs || date_differs
}
