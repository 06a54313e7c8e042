//! A validation, made on the header map of the request.

use ::http::header::{HeaderMap, HeaderName, HeaderValue, MaxSizeReached};

use crate::cache::validation::Validation;
use crate::request::field::Field;
use crate::stored::validators::ResponseValidators;

impl<'a, F, S, N, V> Validation<F, S>
where
    F: IntoIterator<Item = (N, &'a V)> + Clone,
    N: AsRef<[u8]>,
    V: AsRef<[u8]> + ?Sized + 'a,
    S: Iterator<Item = ResponseValidators<'a>> + Clone,
{
    /// Turns the header section of the client's request into that of the request to send: removes
    /// the fields that the validation [replaces](Self::replaces), and adds its
    /// [fields](Self::fields). (Feature `http`.)
    ///
    /// # Errors
    ///
    /// - The map is full. It is then half changed: answer 500.
    ///
    /// # Examples
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue, Method, header};
    /// use http_preconditions::EntityTag;
    /// use http_preconditions::cache::{ResponseValidators, Validation};
    ///
    /// let mut client = HeaderMap::new();
    /// client.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"c\""));
    /// let stored = ResponseValidators::new().etag(EntityTag::from_static("\"s\""));
    ///
    /// let mut request = client.clone();
    /// Validation::new(&Method::GET, &client, [stored]).apply(&mut request)?;
    /// assert_eq!(request[header::IF_NONE_MATCH], "\"c\", \"s\"");
    /// # Ok::<(), http::header::MaxSizeReached>(())
    /// ```
    pub fn apply(&self, request: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        for field in [Field::IfNoneMatch, Field::IfModifiedSince] {
            if self.replaces(field.name()) {
                request.remove(field.lowercase_name());
            }
        }
        for field in self.fields() {
            let (name, value): (HeaderName, HeaderValue) = field.into();
            request.try_insert(name, value)?;
        }
        Ok(())
    }
}
