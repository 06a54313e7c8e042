//! The state of the resource, whether the options or a line of the batch tell it.

use http_preconditions::{Decision, EntityTag, Evaluation, HttpDate, Representation};

/// What the server knows before it looks at the request's conditions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State<'a> {
    /// The validators of the current representation; none where there is no representation.
    pub(crate) validators: Option<Validators<'a>>,
    /// What is answered without conditions, where it is said.
    pub(crate) status: Option<u16>,
    pub(crate) now: HttpDate,
    pub(crate) require_precondition: bool,
    pub(crate) already_applied: bool,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Validators<'a> {
    pub(crate) etag: Option<EntityTag<'a>>,
    pub(crate) last_modified: Option<HttpDate>,
    pub(crate) strong_date: bool,
    /// How many octets there are, where it is said.
    pub(crate) length: Option<u64>,
}

impl<'a> State<'a> {
    pub(crate) fn etag(&self) -> Option<EntityTag<'a>> {
        self.validators.and_then(|validators| validators.etag)
    }

    pub(crate) fn last_modified(&self) -> Option<HttpDate> {
        self.validators
            .and_then(|validators| validators.last_modified)
    }

    pub(crate) fn length(&self) -> Option<u64> {
        self.validators.and_then(|validators| validators.length)
    }

    /// Evaluates a request with these header fields.
    pub(crate) fn decide<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        method: &[u8],
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Decision {
        let representation = self.validators.map(Validators::representation);
        let mut evaluation = Evaluation::new(method, representation.as_ref()).now(self.now);
        if let Some(status) = self.status {
            evaluation = evaluation.unconditional_status(status);
        }
        if self.require_precondition {
            evaluation = evaluation.require_precondition();
        }
        if self.already_applied {
            evaluation = evaluation.already_applied();
        }
        evaluation.fields(fields).decide()
    }
}

impl<'a> Validators<'a> {
    fn representation(self) -> Representation<'a> {
        let representation = match self.last_modified {
            Some(date) if self.strong_date => {
                Representation::with_validators(self.etag, None).strong_last_modified(date)
            }
            date => Representation::with_validators(self.etag, date),
        };
        match self.length {
            Some(octets) => representation.complete_length(octets),
            None => representation,
        }
    }
}
