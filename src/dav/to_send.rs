//! An `If` to send: made from lists, and always well-formed.

use core::fmt;

use crate::dav::lists::StateCondition;
use crate::dav::resource_tag::ResourceTag;
use crate::error::BufferTooSmall;
use crate::grammar::text;

/// The value of an `If` that a client sends. ([RFC 4918 §10.4])
///
/// With `If`, a client must send `Cache-Control: no-cache` too, because a cache that does not know
/// `If` could answer from its store (§10.4.5).
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::dav::{IfToSend, ListToSend, ResourceTag, StateCondition, StateToken};
///
/// let lock = StateCondition::token(StateToken::new(b"urn:x:t")?);
/// let version = StateCondition::etag(EntityTag::strong(b"v1")?);
///
/// // A PUT of this version under this lock.
/// let put = [lock, version];
/// let lists = [ListToSend::new(&put)];
/// assert_eq!(IfToSend::new(&lists).ok_or("not a value")?.to_string(), "(<urn:x:t> [\"v1\"])");
///
/// // A MOVE: both locks are submitted, and the request does not depend on them.
/// let source = [lock];
/// let target = [StateCondition::token(StateToken::new(b"urn:x:u")?)];
/// let always = [StateCondition::NOT_NO_LOCK];
/// let lists = [ListToSend::new(&source), ListToSend::new(&target), ListToSend::new(&always)];
/// let value = IfToSend::new(&lists).ok_or("not a value")?;
/// assert_eq!(value.to_string(), "(<urn:x:t>) (<urn:x:u>) (Not <DAV:no-lock>)");
///
/// // Lists with a resource, and lists without one, are not mixed.
/// let mixed = [ListToSend::new(&source), ListToSend::about(ResourceTag::new(b"/z")?, &target)];
/// assert!(IfToSend::new(&mixed).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 4918 §10.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IfToSend<'a>(&'a [ListToSend<'a>]);

impl<'a> IfToSend<'a> {
    /// Creates a value. Returns `None` if there is no list, if a list has no condition, or if
    /// lists about a named resource are mixed with lists about the Request-URI.
    #[must_use]
    pub fn new(lists: &'a [ListToSend<'a>]) -> Option<Self> {
        let is_tagged = lists.first()?.resource.is_some();
        let fits = |list: &ListToSend<'_>| {
            list.resource.is_some() == is_tagged && !list.conditions.is_empty()
        };
        lists.iter().all(fits).then_some(Self(lists))
    }

    /// Passes the value to `piece`, in one or more pieces.
    fn pieces(&self, piece: &mut dyn FnMut(&[u8])) {
        let mut resource = None;
        let mut between: &[u8] = b"";
        for list in self.0 {
            piece(between);
            between = b" ";
            // A Resource-Tag is about all lists that follow.
            if list.resource != resource {
                resource = list.resource;
                if let Some(tag) = resource {
                    piece(b"<");
                    piece(tag.as_bytes());
                    piece(b"> ");
                }
            }
            let mut before: &[u8] = b"(";
            for condition in list.conditions {
                piece(before);
                before = b" ";
                condition.pieces(piece);
            }
            piece(b")");
        }
    }

    /// Returns the length of the value in bytes, at least 6.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "there is no such field with an empty value"
    )]
    pub fn len(&self) -> usize {
        text::length(|piece| self.pieces(piece))
    }

    /// Writes the exact bytes of the value to the start of `buffer`, and returns the written part.
    ///
    /// # Errors
    ///
    /// Returns an error if `buffer` is shorter than [`len`](Self::len); nothing is written then.
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        text::write_to(buffer, |piece| self.pieces(piece))
    }
}

/// Writes the value as text. Bytes that are not UTF-8 become U+FFFD;
/// [`write_to`](IfToSend::write_to) writes the exact bytes.
impl fmt::Display for IfToSend<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.pieces(&mut |piece| {
            result = result.and_then(|()| text::write_lossy(f, piece));
        });
        result
    }
}

/// Shows the value as it is written, with every byte outside of printable ASCII escaped:
/// `IfToSend((<urn:x:t>))`.
impl fmt::Debug for IfToSend<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = f.write_str("IfToSend(");
        self.pieces(&mut |piece| {
            result = result.and_then(|()| text::write_escaped(f, piece));
        });
        result.and_then(|()| f.write_str(")"))
    }
}

/// A list of conditions to send. ([RFC 4918 §10.4.2])
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListToSend<'a> {
    resource: Option<ResourceTag<'a>>,
    conditions: &'a [StateCondition<'a>],
}

impl<'a> ListToSend<'a> {
    /// Creates a list about the Request-URI.
    #[must_use]
    pub const fn new(conditions: &'a [StateCondition<'a>]) -> Self {
        Self {
            resource: None,
            conditions,
        }
    }

    /// Creates a list about this resource.
    #[must_use]
    pub const fn about(resource: ResourceTag<'a>, conditions: &'a [StateCondition<'a>]) -> Self {
        Self {
            resource: Some(resource),
            conditions,
        }
    }
}
