//! The lists and the conditions of an `If`, read from the value itself, which has been checked.

use core::fmt;
use core::iter::FusedIterator;

use crate::dav::resource_tag::ResourceTag;
use crate::dav::state::{IfTag, StateToken};
use crate::grammar::{self, text};
use crate::tag::entity_tag::EntityTag;

/// An iterator over the lists of an [`If`](crate::dav::If), in order. ([RFC 4918 §10.4.2])
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone)]
pub struct Lists<'a> {
    rest: &'a [u8],
    resource: Option<ResourceTag<'a>>,
}

impl<'a> Lists<'a> {
    /// `value` must have been checked.
    pub(super) const fn new(value: &'a [u8]) -> Self {
        Self {
            rest: value,
            resource: None,
        }
    }
}

impl<'a> Iterator for Lists<'a> {
    type Item = List<'a>;

    fn next(&mut self) -> Option<List<'a>> {
        if let Ok((rest, tag)) = grammar::resource_tag(grammar::ows(self.rest)) {
            self.rest = rest;
            self.resource = Some(ResourceTag::checked(tag));
        }
        let (rest, conditions) = grammar::list(grammar::ows(self.rest)).ok()?;
        self.rest = rest;
        Some(List {
            resource: self.resource,
            conditions,
        })
    }
}

impl FusedIterator for Lists<'_> {}

/// Shows the lists that are left: `[List(</x> (["v1"]))]`.
impl fmt::Debug for Lists<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// A list of conditions, all of which must be true. ([RFC 4918 §10.4.2])
///
/// `==` compares the bytes as they are written, whitespace included.
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct List<'a> {
    resource: Option<ResourceTag<'a>>,
    /// What is between the parentheses.
    conditions: &'a [u8],
}

impl<'a> List<'a> {
    /// Returns the Resource-Tag that the list is about, or `None` for the Request-URI.
    #[must_use]
    pub const fn resource(&self) -> Option<ResourceTag<'a>> {
        self.resource
    }

    /// Returns the conditions, in order: at least one.
    #[must_use]
    pub const fn conditions(&self) -> StateConditions<'a> {
        StateConditions(self.conditions)
    }
}

/// Shows the list as it is written: `List(</x> (<urn:x:t> Not ["v1"]))`.
impl fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("List(")?;
        if let Some(resource) = self.resource {
            f.write_str("<")?;
            text::write_escaped(f, resource.as_bytes())?;
            f.write_str("> ")?;
        }
        f.write_str("(")?;
        text::write_escaped(f, self.conditions)?;
        f.write_str("))")
    }
}

/// An iterator over the conditions of a [`List`], in order. ([RFC 4918 §10.4.2])
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone)]
pub struct StateConditions<'a>(&'a [u8]);

impl StateConditions<'_> {
    pub(super) const NONE: Self = Self(&[]);
}

impl<'a> Iterator for StateConditions<'a> {
    type Item = StateCondition<'a>;

    fn next(&mut self) -> Option<StateCondition<'a>> {
        let (rest, (is_negated, state)) = grammar::condition(grammar::ows(self.0)).ok()?;
        self.0 = rest;
        let state = match state {
            grammar::State::Token(token) => State::Token(StateToken::checked(token)),
            grammar::State::Tag(tag) => State::EntityTag(IfTag::checked(tag)),
        };
        Some(StateCondition { is_negated, state })
    }
}

impl FusedIterator for StateConditions<'_> {}

/// Shows the conditions that are left: `[StateCondition(Not <urn:x:t>)]`.
impl fmt::Debug for StateConditions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// One condition of a [`List`]: a state, which the resource must have, or must not have.
/// ([RFC 4918 §10.4.2])
///
/// A client makes conditions for [`ListToSend`](crate::dav::ListToSend).
///
/// # Examples
///
/// ```
/// use http_preconditions::EntityTag;
/// use http_preconditions::dav::{If, StateCondition};
///
/// let value = If::parse(b"(Not [\"v1\"])")?;
/// let mut conditions = value.lists().flat_map(|list| list.conditions());
/// let condition = StateCondition::etag(EntityTag::from_static("\"v1\""));
/// assert_eq!(conditions.next(), Some(condition.negated()));
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateCondition<'a> {
    is_negated: bool,
    state: State<'a>,
}

impl<'a> StateCondition<'a> {
    /// `Not <DAV:no-lock>`, which is always true (§10.4.8). In a list of its own it lets a client
    /// submit the tokens of the other lists without making the request depend on them.
    pub const NOT_NO_LOCK: StateCondition<'static> = StateCondition {
        is_negated: true,
        state: State::Token(StateToken::NO_LOCK),
    };

    /// Creates the condition that the resource is locked with this token.
    #[must_use]
    pub const fn token(token: StateToken<'a>) -> Self {
        Self {
            is_negated: false,
            state: State::Token(token),
        }
    }

    /// Creates the condition that the resource has this entity tag.
    #[must_use]
    pub const fn etag(tag: EntityTag<'a>) -> Self {
        Self {
            is_negated: false,
            state: State::EntityTag(IfTag::of(tag)),
        }
    }

    /// Returns the opposite condition: with `Not`, if it was without, and the other way round.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self {
            is_negated: !self.is_negated,
            ..self
        }
    }

    /// Returns true if the condition is written with `Not`: it is true if the resource does not
    /// have the state.
    #[must_use]
    pub const fn is_negated(&self) -> bool {
        self.is_negated
    }

    /// Returns the state.
    #[must_use]
    pub const fn state(&self) -> State<'a> {
        self.state
    }

    /// Passes the condition to `piece`, in one or more pieces.
    pub(super) fn pieces(self, piece: &mut dyn FnMut(&[u8])) {
        if self.is_negated {
            piece(b"Not ");
        }
        match self.state {
            State::Token(token) => {
                piece(b"<");
                piece(token.as_bytes());
                piece(b">");
            }
            State::EntityTag(tag) => {
                piece(if tag.is_weak() { b"[W/\"" } else { b"[\"" });
                piece(tag.opaque());
                piece(b"\"]");
            }
        }
    }
}

/// Shows the condition as it is written: `StateCondition(Not <urn:x:t>)`.
impl fmt::Debug for StateCondition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = f.write_str("StateCondition(");
        self.pieces(&mut |piece| {
            result = result.and_then(|()| text::write_escaped(f, piece));
        });
        result.and_then(|()| f.write_str(")"))
    }
}

/// The state that a [`StateCondition`] asks for. ([RFC 4918 §10.4.2])
///
/// [RFC 4918 §10.4.2]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the grammar has these two. A caller's arm for others would be a wrong answer"
)]
pub enum State<'a> {
    /// A state token: nearly always that of a lock.
    Token(StateToken<'a>),
    /// An entity tag.
    EntityTag(IfTag<'a>),
}

/// An iterator over the state tokens that an [`If`](crate::dav::If) submits, in order, repeated
/// ones too. ([RFC 4918 §10.4.1])
///
/// [RFC 4918 §10.4.1]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.1
#[derive(Clone)]
pub struct StateTokens<'a> {
    lists: Lists<'a>,
    conditions: StateConditions<'a>,
}

impl<'a> StateTokens<'a> {
    pub(super) const fn new(lists: Lists<'a>) -> Self {
        Self {
            lists,
            conditions: StateConditions::NONE,
        }
    }
}

impl<'a> Iterator for StateTokens<'a> {
    type Item = StateToken<'a>;

    fn next(&mut self) -> Option<StateToken<'a>> {
        loop {
            match self.conditions.next() {
                Some(condition) => {
                    if let State::Token(token) = condition.state() {
                        return Some(token);
                    }
                }
                None => self.conditions = self.lists.next()?.conditions(),
            }
        }
    }
}

impl FusedIterator for StateTokens<'_> {}

/// Shows the tokens that are left: `[StateToken(urn:x:t)]`.
impl fmt::Debug for StateTokens<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
