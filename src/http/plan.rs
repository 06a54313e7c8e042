//! The plan of a response, made on the head of an `http` response.

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue, MaxSizeReached};
use ::http::response::{Parts, Response};

use super::status_code;
use crate::request::field::Field;
use crate::request::field_value::{ListMember, RequestField};
use crate::server::response::{FieldChange, Multipart, Plan};

impl<'a> Plan<'a> {
    /// Sets [the value of Range](Self::range), for several ranges, from the header section that was
    /// evaluated. (Feature `http`.) ([RFC 9110 §14.2])
    ///
    /// Without this call, or with the header section of another request, the plan ignores several
    /// ranges and sends the whole.
    ///
    /// # Examples
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue, Method, header};
    /// use http_preconditions::{Evaluation, Representation};
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert(header::RANGE, HeaderValue::from_static("bytes=0-9, -10"));
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let decision = Evaluation::new(&Method::GET, Some(&current)).headers(&request).decide();
    /// let plan = decision.plan().range_of(&request);
    /// assert!(plan.multipart(Some("text/plain"), "7MA4YW")?.is_some());
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    ///
    /// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
    pub fn range_of(self, headers: &'a HeaderMap) -> Self {
        // The evaluation has ignored several lines, so that the first may be any.
        match headers.get(header::RANGE) {
            Some(value) => self.range(value),
            None => self,
        }
    }

    /// Turns the head of the response without conditions into the head of this response: sets the
    /// status code, and makes the [changes](Self::changes). (Feature `http`.)
    ///
    /// For several ranges, [`Multipart::apply`] sets the rest. A status code outside of 100 to 999
    /// becomes 500, as in [`Decision::status_code`](crate::Decision::status_code).
    ///
    /// # Errors
    ///
    /// - The map is full. The head is then half changed: answer 500.
    ///
    /// # Examples
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue, Method, Response, header};
    /// use http_preconditions::{EntityTag, Evaluation, Representation};
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"v1\""));
    ///
    /// let response = Response::builder().header(header::CONTENT_TYPE, "text/plain");
    /// let (mut head, body) = response.header(header::ETAG, "\"v1\"").body("all of it")?.into_parts();
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let decision = Evaluation::new(&Method::GET, Some(&current)).headers(&request).decide();
    /// decision.plan().apply(&mut head)?;
    /// assert_eq!(head.status, 304);
    /// assert_eq!(head.headers.keys().collect::<Vec<_>>(), [header::ETAG]);
    /// # let _ = body; // to be left out: `Content::Nothing`
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, head: &mut Parts) -> Result<(), MaxSizeReached> {
        head.status = status_code(self.status());
        change(&mut head.headers, self.changes())
    }
}

impl Multipart<'_> {
    /// Sets Content-Type and Content-Length. (Feature `http`.)
    ///
    /// # Errors
    ///
    /// - The map is full.
    pub fn apply(&self, head: &mut Parts) -> Result<(), MaxSizeReached> {
        change(&mut head.headers, self.changes())
    }
}

fn change<'a>(
    headers: &mut HeaderMap,
    changes: impl Iterator<Item = FieldChange<'a>>,
) -> Result<(), MaxSizeReached> {
    for change in changes {
        match change {
            FieldChange::Remove(name) => {
                headers.remove(name);
            }
            FieldChange::Set(name, value) => {
                headers.try_insert(HeaderName::from_static(name), HeaderValue::from(value))?;
            }
        }
    }
    Ok(())
}

/// A response without content, for a refusal: the plan's status code and the fields that it sets.
/// A 304 needs the fields of the 200 too, such as Cache-Control and Vary (§15.4.5): use
/// [`Plan::apply`].
impl<B: Default> From<&Plan<'_>> for Response<B> {
    fn from(plan: &Plan<'_>) -> Self {
        let (mut head, body) = Self::default().into_parts();
        // A new map has room for the few fields.
        let _ = plan.apply(&mut head);
        Self::from_parts(head, body)
    }
}

impl From<Field> for HeaderName {
    fn from(field: Field) -> Self {
        Self::from_static(field.lowercase_name())
    }
}

impl<T: Iterator<Item: ListMember> + Clone> From<RequestField<'_, T>>
    for (HeaderName, HeaderValue)
{
    fn from(field: RequestField<'_, T>) -> Self {
        (
            field.field().into(),
            HeaderValue::from(field.into_parts().1),
        )
    }
}
