//! The evaluation of `If` by questions and answers, for look-ups that are async.

use crate::dav::lists::{Lists, State, StateCondition, StateConditions};
use crate::dav::resource_tag::ResourceTag;

/// An evaluation of `If` in progress: the next question, or the verdict. ([RFC 4918 §10.4.3])
///
/// Use it where a look-up is async, so that the closure of [`If::evaluate`] cannot make it. An
/// answer cannot be forgotten: only [`Question::answer`] leads to the next question. The locks are a
/// question of their own: [`Preconditions::if_is`] has an example with both.
///
/// # Examples
///
/// ```
/// use http_preconditions::dav::{Asking, If, ResourceTag, State};
///
/// # struct Locks;
/// # impl Locks {
/// #     async fn has(&self, _: Option<ResourceTag<'_>>, _: State<'_>) -> std::io::Result<bool> {
/// #         Ok(true)
/// #     }
/// # }
/// async fn is_true(value: If<'_>, locks: &Locks) -> std::io::Result<bool> {
///     let mut asking = value.ask();
///     loop {
///         asking = match asking {
///             Asking::Question(question) => {
///                 let has = locks.has(question.resource(), question.state()).await?;
///                 question.answer(has)
///             }
///             Asking::Verdict(is_true) => return Ok(is_true),
///         };
///     }
/// }
/// ```
///
/// [RFC 4918 §10.4.3]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.3
/// [`If::evaluate`]: crate::dav::If::evaluate
/// [`Preconditions::if_is`]: crate::dav::Preconditions::if_is
#[derive(Clone, Debug)]
#[must_use = "an evaluation does nothing until it is asked"]
#[expect(
    clippy::exhaustive_enums,
    reason = "a loop over it must handle both, and nothing else can come"
)]
pub enum Asking<'a> {
    /// Does this resource have this state?
    Question(Question<'a>),
    /// The condition is true, or false.
    Verdict(bool),
}

/// The question whether a resource has a state. ([RFC 4918 §10.4.4])
///
/// [RFC 4918 §10.4.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4.4
#[derive(Clone, Debug)]
pub struct Question<'a> {
    condition: StateCondition<'a>,
    place: Place<'a>,
}

impl<'a> Question<'a> {
    /// Returns the Resource-Tag of the resource, or `None` for the Request-URI.
    #[must_use]
    pub const fn resource(&self) -> Option<ResourceTag<'a>> {
        self.place.resource
    }

    /// Returns the state, without `Not`. It is never `DAV:no-lock`.
    #[must_use]
    pub const fn state(&self) -> State<'a> {
        self.condition.state()
    }

    /// Takes the answer: `true` if the resource has the state.
    pub fn answer(self, has: bool) -> Asking<'a> {
        self.place.after(has != self.condition.is_negated())
    }
}

/// A place after a condition of the value: what is left of its list, and the lists that follow.
#[derive(Clone, Debug)]
struct Place<'a> {
    resource: Option<ResourceTag<'a>>,
    conditions: StateConditions<'a>,
    lists: Lists<'a>,
}

impl<'a> Asking<'a> {
    pub(super) fn begin(lists: Lists<'a>) -> Self {
        let before = Place {
            resource: None,
            conditions: StateConditions::NONE,
            lists,
        };
        before.after(false)
    }
}

impl<'a> Place<'a> {
    /// Goes on after a condition that is true or false.
    fn after(mut self, mut is_true: bool) -> Asking<'a> {
        loop {
            // A false condition ends its list, because a list is an AND.
            if !is_true {
                let Some(list) = self.lists.next() else {
                    return Asking::Verdict(false);
                };
                self.resource = list.resource();
                self.conditions = list.conditions();
            }
            // All conditions of a list were true: the value is an OR over its lists.
            let Some(condition) = self.conditions.next() else {
                return Asking::Verdict(true);
            };
            match condition.state() {
                State::Token(token) if token.is_no_lock() => is_true = condition.is_negated(),
                _ => {
                    return Asking::Question(Question {
                        condition,
                        place: self,
                    });
                }
            }
        }
    }
}
