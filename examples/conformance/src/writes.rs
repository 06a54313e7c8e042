//! Runs the cases that change something, below a URL that the caller names for it.

pub(crate) mod case;
mod place;
mod races;
mod sequences;

use http_preconditions::{Evaluation, Options, Outcome, Representation};

use crate::case::Level;
use crate::cases::writes::CASES;
use crate::responses::Breach;
use crate::run::{Finding, octets};
use crate::target::Target;
use crate::verdict::Verdict;
use crate::wire::{Fault, Request, Response, Wire};
use crate::writes::case::{Start, Write};
use crate::writes::place::{Place, State};

/// The names, levels, RFCs and sections of all cases that change something.
pub fn list() -> impl Iterator<Item = (&'static str, Level, u16, &'static str)> {
    let table = CASES
        .iter()
        .map(|case| (case.name, case.level, 9110, case.section));
    table.chain(
        sequences::CASES
            .iter()
            .map(|case| (case.name, case.level, case.rfc, case.section)),
    )
}

/// Runs the cases whose name contains this. What they create is deleted.
///
/// # Errors
///
/// If the URL names something that exists, or PUT or DELETE does not work there without conditions.
pub fn run(wire: &Wire, target: &Target, only: &str) -> Result<Vec<Finding>, String> {
    let mut place = Place::prepare(wire, target)?;
    let mut findings = Vec::new();
    for case in CASES.iter().filter(|case| case.name.contains(only)) {
        findings.push(run_one(&mut place, case)?);
    }
    findings.extend(sequences::run(&mut place, only)?);
    place.reach(Start::Absent)?;
    Ok(findings)
}

fn run_one(place: &mut Place<'_>, case: &Write) -> Result<Finding, String> {
    let before = place.reach(case.start)?;
    let fields = before.template().fields(case.lines);
    let content = place.content();
    let mut request = Request::new(case.method, place.path(), fields);
    if case.method != "DELETE" {
        request = request.content(&content);
    }
    let outcome = expected(&before, &request, place.demands_if_match());
    let mut finding = Finding {
        name: case.name,
        level: case.level,
        rfc: 9110,
        section: case.section,
        why: case.why,
        sent: request.lines(),
        got: String::new(),
        required: required(outcome).to_owned(),
        verdict: Verdict::Right,
        wire: Vec::new(),
        status: None,
        breach: None,
        cases: Vec::new(),
    };
    if let Some(reason) = case.needs.iter().find_map(|need| before.lacks(*need)) {
        finding.verdict = Verdict::Skipped(reason.to_owned());
        return Ok(finding);
    }
    let response = place.wire().exchange(&request);
    let head = response.as_ref().map_or_else(Fault::head, Some);
    if let Some(head) = head {
        let after = place.state()?;
        finding.wire = octets(place.wire().host(), &request, Some(head));
        finding.status = Some(head.status);
        let became = Became::of(
            &before,
            &after,
            (case.method != "DELETE").then_some(&content),
        );
        finding.verdict = judge(case, outcome, head, became);
        let is_ignored = finding.is_wrong()
            && became == Became::Unchanged
            && is_the_same_without_conditions(place, &request, head, &after)?;
        let became = if is_ignored {
            "answered as without the condition"
        } else {
            became.text()
        };
        finding.got = format!("{}, {became}", head.status);
    }
    if let Err(fault) = &response {
        finding.note(Breach::from(fault));
    }
    Ok(finding)
}

/// Asks without the fields, and returns true if the status is the same and nothing changes either: to
/// the server the method is one that changes nothing.
fn is_the_same_without_conditions(
    place: &Place<'_>,
    request: &Request,
    head: &Response,
    before: &State,
) -> Result<bool, String> {
    let plain = Request {
        fields: Vec::new(),
        ..request.clone()
    };
    let plain = place.wire().exchange(&plain);
    let is_same = plain.is_ok_and(|plain| plain.status == head.status);
    Ok(is_same && place.state()?.content() == before.content())
}

/// What the crate requires of the request.
fn expected(before: &State, request: &Request, demands_if_match: bool) -> Outcome {
    let status = match (request.method.as_str(), before.exists()) {
        ("PUT", false) => 201,
        _ => 204,
    };
    let mut options = Options::new().unconditional_status(status);
    if demands_if_match {
        options = options.require_if_match();
    }
    let current = Representation::with_validators(before.etag(), before.last_modified());
    let current = before.exists().then_some(current);
    let lines = request.fields.iter().map(|(name, value)| (name, value));
    Evaluation::with_options(request.method.as_str(), current.as_ref(), options)
        .fields(lines)
        .decide()
        .outcome()
}

const fn required(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Perform => "2xx, performed",
        Outcome::PreconditionRequired => "428, not performed",
        _ => "412, not performed",
    }
}

/// What became of the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Performed,
    Unchanged,
    Other,
}

impl Became {
    /// `content` is what a PUT or POST sent; a DELETE sends none.
    fn of(before: &State, after: &State, content: Option<&Vec<u8>>) -> Self {
        let wanted = content.map(Vec::as_slice);
        if after.content() == before.content() {
            Self::Unchanged
        } else if after.content() == wanted {
            Self::Performed
        } else {
            Self::Other
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Performed => "performed",
            Self::Unchanged => "not performed",
            Self::Other => "changed in another way",
        }
    }
}

fn judge(case: &Write, outcome: Outcome, response: &Response, became: Became) -> Verdict {
    let status = response.status;
    let is_success = (200..300).contains(&status);
    let wrong = |what: &str| Verdict::Wrong(format!("{status}: {what}"));
    if outcome == Outcome::Perform {
        return match became {
            // §9.3.4: a server may store another form of what was sent.
            Became::Performed | Became::Other if is_success => Verdict::Right,
            Became::Unchanged if case.also.contains(&status) => Verdict::Right,
            Became::Unchanged => wrong("not performed though the conditions are true"),
            _ => wrong("performed, and not answered with success"),
        };
    }
    match (became, status) {
        (Became::Performed | Became::Other, _) => wrong("performed though a condition is false"),
        (_, 412) => Verdict::Right,
        (_, 428) if outcome == Outcome::PreconditionRequired => Verdict::Right,
        (_, status) if case.also.contains(&status) => Verdict::Right,
        (_, 304) => wrong("only GET and HEAD get 304"),
        // Not performed, and told so: §13.1.1 leaves the status to the server.
        (_, 400..=499) => Verdict::Right,
        (_, _) => wrong("not performed, but not refused with 412"),
    }
}
