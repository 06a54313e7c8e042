//! Builds the If-None-Match that validates for a client and for the cache at once. (RFC 9111
//! §4.3.2)

use crate::client::requests::tag_list;
use crate::client::tags::Tags;
use crate::request::field_value::RequestField;
use crate::request::if_match::IfNoneMatch;
use crate::stored::validators::ResponseValidators;
use crate::tag::entity_tag::EntityTag;

/// Returns an If-None-Match with the client's tags and the tags of the stored responses. It asks
/// the origin on behalf of the client and of the cache at once. ([RFC 9111 §4.3.2])
///
/// `client` contains the lines of the client's If-None-Match, and is empty if the client did not
/// send the field. Send the returned field instead of these lines, and pass the response to
/// [`handle_validation_response`](crate::cache::handle_validation_response()).
///
/// Returns `None` if the client sent `*`, which must stand alone, or if there is no tag at all.
/// Send the client's fields unchanged then, and also if a line of its If-None-Match is malformed.
///
/// Skips the tags of stored responses that [lack the requested
/// bytes](ResponseValidators::for_request) or whose status is not 2xx. A tag may be listed twice,
/// which does no harm: a stored tag is compared only with the first eight different tags of the
/// list, so that time is linear.
///
/// # Examples
///
/// ```
/// use http_preconditions::cache::{ResponseValidators, revalidate_for};
/// use http_preconditions::{EntityTag, IfNoneMatch};
///
/// let stored = [ResponseValidators::new().etag(EntityTag::from_static("\"s\""))];
/// let client = [IfNoneMatch::parse(b"\"c,d\", \"s\"")?];
/// let field = revalidate_for(client, stored).ok_or("there are tags")?;
/// assert_eq!(field.to_string(), "If-None-Match: \"c,d\", \"s\"");
///
/// assert!(revalidate_for([IfNoneMatch::parse(b"*")?], stored).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9111 §4.3.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2
pub fn revalidate_for<'a, C, S>(
    client: C,
    stored: S,
) -> Option<RequestField<'a, impl Iterator<Item = EntityTag<'a>> + Clone>>
where
    C: IntoIterator<Item = IfNoneMatch<'a>, IntoIter: Clone>,
    S: IntoIterator<Item = ResponseValidators<'a>, IntoIter: Clone>,
{
    let client = client.into_iter();
    if client.clone().any(|line| line.is_any()) {
        return None;
    }
    let listed = client.flat_map(|line| line.tags());
    let stored = stored.into_iter().filter(ResponseValidators::is_candidate);
    tag_list(Tags::new(listed, stored))
}
