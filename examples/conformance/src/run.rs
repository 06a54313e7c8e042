//! Runs the cases that change nothing, one after the other.

use crate::case::{At, Case, Check, Level, Need, Role};
use crate::content;
use crate::expected::Expected;
use crate::resource::Resource;
use crate::responses::Breach;
use crate::verdict::{Verdict, judge, rule};
use crate::wire::{Fault, Request, Response, Wire, text};

/// A case that has run or was skipped, as reports show it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The name of the case.
    pub name: &'static str,
    /// Its level.
    pub level: Level,
    /// The RFC that has the rule.
    pub rfc: u16,
    /// Its section.
    pub section: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// The request line and the field lines of the case.
    pub sent: Vec<String>,
    /// The response in short: the status, or what is in its place.
    pub got: String,
    /// What is required, in short.
    pub required: String,
    /// What is said of it.
    pub verdict: Verdict,
    /// The octets of the request and of the response's head, as text.
    pub wire: Vec<String>,
    /// The status of the response, if one came.
    pub status: Option<u16>,
    /// The rule for every response that this one breaks.
    pub breach: Option<Breach>,
    /// The cases that show it, where one finding is of several.
    pub cases: Vec<&'static str>,
}

impl Finding {
    /// The document and the section: `RFC 9110 §13.1.1`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("RFC {} §{}", self.rfc, self.section)
    }

    /// Returns true if the response is one that the RFC does not allow.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self.verdict, Verdict::Wrong(_))
    }

    /// Notes a rule for every response that this one breaks. The case does not count as right then.
    pub(crate) fn note(&mut self, breach: Breach) {
        if self.verdict == Verdict::Right {
            let reason = format!("the response breaks {}", breach.rule.name);
            self.verdict = Verdict::Skipped(reason);
        }
        self.breach = Some(breach);
    }
}

/// Runs one case.
#[must_use]
pub fn run(case: &Case, wire: &Wire, resource: &Resource, role: Role) -> Finding {
    let path = match case.at {
        At::Resource => &resource.path,
        At::Unmapped => &resource.unmapped.0,
    };
    let fields = resource.template().fields(case.lines);
    let request = Request::new(case.method, path, fields);
    let expected = Expected::of(case, &request.fields, resource);
    let (level, rfc, section) = rule(case, role, &expected);
    let mut finding = Finding {
        name: case.name,
        level,
        rfc,
        section,
        why: case.why,
        sent: request.lines(),
        got: String::new(),
        required: required(case, &expected, resource),
        verdict: Verdict::Right,
        wire: Vec::new(),
        status: None,
        breach: None,
        cases: Vec::new(),
    };
    let method = (case.method != "GET").then_some(Need::Allowed(case.method));
    let mut lacks = case
        .needs
        .iter()
        .chain(&method)
        .filter_map(|need| resource.lacks(*need));
    let reason = if role == Role::Cache && case.is_for_origins() {
        Some("a cache does not evaluate it".to_owned())
    } else {
        lacks.next()
    };
    if let Some(reason) = reason {
        finding.verdict = Verdict::Skipped(reason);
        return finding;
    }

    let response = match case.check {
        Check::AfterNotModified => after_not_modified(wire, &request, &expected),
        _ => wire.exchange_patiently(&request).map_err(Some),
    };
    let head = match &response {
        Ok(response) => Some(response),
        Err(fault) => fault.as_ref().and_then(Fault::head),
    };
    finding.wire = octets(wire.host(), &request, head);
    finding.status = head.map(|head| head.status);
    // The response behind a 304 is one without conditions.
    let (expected, sent_range) = if case.check == Check::AfterNotModified {
        (Expected::full(), None)
    } else {
        (expected, request.value("Range"))
    };
    if let Some(head) = head {
        finding.got = head.status.to_string();
        finding.verdict = judge(case, &expected, resource, head);
    }
    let breach = match &response {
        Ok(response) if response.status == 429 => {
            finding.verdict = Verdict::Skipped("the server wants fewer requests (429)".to_owned());
            None
        }
        Ok(response) if case.method == "GET" => content::breach(response, resource, sent_range),
        Ok(_) => None,
        Err(None) => {
            let reason = "the server ends the connection after a 304, or sends none";
            finding.verdict = Verdict::Skipped(reason.to_owned());
            None
        }
        Err(Some(fault)) => Some(Breach::from(fault)),
    };
    match breach {
        // Octets behind the 304 are what this case is about.
        Some(breach) if case.check == Check::AfterNotModified => {
            finding.verdict = Verdict::Wrong(breach.what);
        }
        Some(breach) => finding.note(breach),
        None => {}
    }
    if let Verdict::Wrong(what) = &finding.verdict
        && !what.starts_with("status ")
    {
        finding.got.clone_from(what);
    }
    finding
}

/// Gets a 304, and then the whole on the same connection. `None` if the server ends it, which it
/// may.
fn after_not_modified(
    wire: &Wire,
    request: &Request,
    expected: &Expected,
) -> Result<Response, Option<Fault>> {
    let first = wire.exchange(request).map_err(Some)?;
    if !expected.statuses.contains(&first.status) {
        return Err(None);
    }
    let plain = Request::new("GET", &request.target, Vec::new());
    match wire.exchange_in_turn(&[request.clone(), plain]) {
        Err(Fault::Closed | Fault::Failed(_)) => Err(None),
        other => other.map_err(Some),
    }
}

fn required(case: &Case, expected: &Expected, resource: &Resource) -> String {
    let also = case.also.iter().map(u16::to_string);
    let mut statuses: Vec<String> = expected.statuses.iter().map(u16::to_string).collect();
    statuses.extend(also.filter(|status| case.check == Check::Status && !status.is_empty()));
    statuses.dedup();
    let statuses = statuses.join(" or ");
    match case.check {
        Check::Status if expected.statuses == [412] => "412, or another 4xx".to_owned(),
        Check::Status => statuses,
        Check::Keeps {
            field,
            exact: false,
        }
        | Check::Has(field) => format!("{statuses} with {field}"),
        Check::Keeps { field, .. } => {
            let value = resource.full.combined(field).unwrap_or_default();
            format!("{statuses} with {field}: {}", text(&value))
        }
        Check::KeepsAll(_) => format!("{statuses} with the fields of the representation"),
        Check::Lacks(fields) => format!("{statuses} without {}", fields.join(", ")),
        Check::Length => {
            let length = resource.full.content.len();
            format!("{statuses} with no Content-Length but {length}")
        }
        Check::NoContent => format!("{statuses} with no content"),
        Check::Refusal => "412, and no other 4xx".to_owned(),
        Check::Unsatisfied => {
            let length = resource.full.content.len();
            format!("{statuses} with Content-Range: bytes */{length}")
        }
        Check::ValidTag => format!("{statuses} with one entity tag"),
        Check::ValidDate => format!("{statuses} with one IMF-fixdate"),
        Check::DateOrder => "Last-Modified not later than Date".to_owned(),
        Check::OtherTag => format!("{statuses} with another tag, or a weak one"),
        Check::Varies => format!("{statuses} with Vary: Accept-Encoding"),
        Check::AfterNotModified => format!("{statuses}, and behind it a whole 200"),
    }
}

/// The octets of an exchange, line by line, but for the content.
pub(crate) fn octets(host: &str, request: &Request, response: Option<&Response>) -> Vec<String> {
    let mut lines = Vec::new();
    let sent = request.octets(host, true);
    let head = sent.split(|octet| *octet == b'\n');
    lines.extend(head.map(|line| format!("> {}", text(line.trim_ascii_end()))));
    if let Some(response) = response {
        lines.extend(
            response
                .interim
                .iter()
                .map(|status| format!("< ({status})")),
        );
        let head = response.head.split(|octet| *octet == b'\n');
        lines.extend(head.map(|line| format!("< {}", text(line.trim_ascii_end()))));
        let (content, surplus) = (response.content.len(), response.surplus.len());
        lines.push(format!(
            "< ({content} octets of content, {surplus} behind it)"
        ));
    }
    lines.retain(|line| line.len() > 2);
    lines
}
