//! One request met one state: what the words are about.

use http_preconditions::{Condition, Decision, Field, Method};

use crate::head::Request;
use crate::state::{State, Validators};

/// The conditions in evaluation order.
pub(crate) const CONDITIONS: [Field; 5] = [
    Field::IfMatch,
    Field::IfUnmodifiedSince,
    Field::IfNoneMatch,
    Field::IfModifiedSince,
    Field::IfRange,
];

/// A request, the state that it met, and what came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    pub(crate) request: &'a Request,
    pub(crate) state: &'a State<'a>,
    pub(crate) decision: Decision,
}

impl<'a> Case<'a> {
    pub(crate) fn new(request: &'a Request, state: &'a State<'a>) -> Self {
        let decision = state.decide(request.method.as_bytes(), lines_of(request));
        Self {
            request,
            state,
            decision,
        }
    }

    pub(crate) fn method(&self) -> &'a str {
        &self.request.method
    }

    /// The values of one field's lines, in their order.
    pub(crate) fn lines(&self, field: Field) -> impl Iterator<Item = &'a [u8]> {
        lines_of(self.request)
            .filter(move |(name, _)| Field::from_name(name.as_bytes()) == Some(field))
            .map(|(_, value)| value)
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.lines(field).next().is_some()
    }

    pub(crate) fn is_malformed(&self, field: Field) -> bool {
        self.decision
            .malformed()
            .any(|malformed| malformed.field() == field)
    }

    /// Reports whether the method asks for a representation that the client may hold already.
    pub(crate) fn revalidates(&self) -> bool {
        matches!(
            Method::from(self.method()),
            Method::Get | Method::Head | Method::Query
        )
    }

    /// Reports whether the method is one of those that select no representation.
    pub(crate) fn selects_nothing(&self) -> bool {
        Method::from(self.method()) == Method::Ignoring
    }

    /// What is answered without conditions, which the evaluation knows where nobody has said it.
    pub(crate) fn unconditional_status(&self) -> u16 {
        let state = State {
            require_precondition: false,
            ..*self.state
        };
        let no_fields: [(&str, &str); 0] = [];
        state.decide(self.method().as_bytes(), no_fields).status()
    }

    /// Reports whether one of the tags that can be read equals the current one by weak comparison,
    /// also in a list that is malformed elsewhere: a GET with this field alone tells.
    pub(crate) fn has_matching_tag(&self) -> bool {
        let state = State {
            status: None,
            require_precondition: false,
            ..*self.state
        };
        let lines = self.lines(Field::IfNoneMatch);
        let decision = state.decide(b"GET", lines.map(|value| ("If-None-Match", value)));
        decision.condition(Field::IfNoneMatch) == Condition::False
    }

    /// Reports whether Range is one line in bytes: a GET with this field alone tells.
    pub(crate) fn has_byte_range(&self) -> bool {
        let state = State {
            validators: Some(Validators::default()),
            status: None,
            require_precondition: false,
            ..*self.state
        };
        let lines = self.lines(Field::Range);
        state
            .decide(b"GET", lines.map(|value| ("Range", value)))
            .honours_range()
    }
}

fn lines_of(request: &Request) -> impl Iterator<Item = (&str, &[u8])> {
    request
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_slice()))
}
