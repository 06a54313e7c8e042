//! What holds of every response, whatever was asked for. One mistake of a server shows in many cases,
//! so that it is reported once, with their names.

use crate::case::Level::Must;
use crate::run::Finding;
use crate::verdict::Verdict;
use crate::wire::Fault;

/// A rule for every response. All of them are MUST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it is called.
    pub name: &'static str,
    /// The RFC that has it.
    pub rfc: u16,
    /// Its section.
    pub section: &'static str,
    required: &'static str,
    why: &'static str,
    /// The only status that it is about.
    status: Option<u16>,
}

static ARRIVES: Rule = Rule {
    name: "response/arrives",
    rfc: 9110,
    section: "3.4",
    required: "a response to each request",
    why: "A client cannot tell whether its request was read.",
    status: None,
};

static HEAD: Rule = Rule {
    name: "response/head",
    rfc: 9112,
    section: "2.1",
    required: "a status line, field lines and an empty line",
    why: "A client that cannot read the response has none.",
    status: None,
};

static CONTENT_LENGTH: Rule = Rule {
    name: "response/content-length",
    rfc: 9110,
    section: "8.6",
    required: "as many octets of content as Content-Length says",
    why: "A client waits for octets that never come, or takes them from the next response.",
    status: None,
};

static FRAMING: Rule = Rule {
    name: "response/framing",
    rfc: 9112,
    section: "6",
    required: "content that ends where Transfer-Encoding or the end of the connection says",
    why: "A client cannot tell where the response ends.",
    status: None,
};

/// The octets of a 200.
pub(crate) static WHOLE: Rule = Rule {
    name: "response/200",
    rfc: 9110,
    section: "15.3.1",
    required: "200 with all octets of the representation",
    why: "A client takes the content of a 200 for the representation.",
    status: Some(200),
};

/// The octets of a 206.
pub(crate) static PART: Rule = Rule {
    name: "response/206",
    rfc: 9110,
    section: "15.3.7",
    required: "206 with Content-Range, and with the octets that it names",
    why: "A client puts the octets where Content-Range says.",
    status: Some(206),
};

static RULES: [&Rule; 6] = [&ARRIVES, &HEAD, &CONTENT_LENGTH, &FRAMING, &WHOLE, &PART];

/// A response that breaks one of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: &'static Rule,
    /// The response in short, and what is wrong with it.
    pub what: String,
}

impl Breach {
    pub(crate) const fn new(rule: &'static Rule, what: String) -> Self {
        Self { rule, what }
    }
}

impl From<&Fault> for Breach {
    fn from(fault: &Fault) -> Self {
        let rule = match fault {
            Fault::Content { head, .. } => {
                let is_counted = head.value("Content-Length").is_some()
                    && head.value("Transfer-Encoding").is_none();
                if is_counted {
                    &CONTENT_LENGTH
                } else {
                    &FRAMING
                }
            }
            Fault::Closed | Fault::TimedOut | Fault::Connect(_) | Fault::Failed(_) => &ARRIVES,
            Fault::Truncated | Fault::Garbage(_) | Fault::TooLong => &HEAD,
        };
        Self::new(rule, fault.to_string())
    }
}

/// The names, levels, RFCs and sections of the rules.
pub fn list() -> impl Iterator<Item = (&'static str, crate::case::Level, u16, &'static str)> {
    let rules = RULES.into_iter();
    rules.map(|rule| (rule.name, Must, rule.rfc, rule.section))
}

/// A finding for each rule whose name contains `only`, and for each that one of the cases breaks.
#[must_use]
pub fn findings(cases: &[Finding], only: &str) -> Vec<Finding> {
    let findings = RULES.into_iter().map(|rule| finding(rule, cases));
    let is_asked = |finding: &Finding| finding.is_wrong() || finding.name.contains(only);
    findings.filter(is_asked).collect()
}

fn finding(rule: &'static Rule, cases: &[Finding]) -> Finding {
    let broken = |case: &&Finding| {
        let breach = case.breach.as_ref();
        breach.is_some_and(|breach| breach.rule == rule)
    };
    let is_tested = |case: &Finding| match rule.status {
        Some(status) => case.status == Some(status),
        None => case.status.is_some() || case.breach.is_some(),
    };
    let first = cases.iter().find(broken);
    let breach = first.and_then(|case| case.breach.as_ref());
    let verdict = match breach {
        Some(breach) => Verdict::Wrong(breach.what.clone()),
        None if cases.iter().any(is_tested) => Verdict::Right,
        None => {
            let status = rule.status.map(|status| format!(" {status}"));
            let kind = status.unwrap_or_default();
            Verdict::Skipped(format!("no case gets a{kind} response"))
        }
    };
    Finding {
        name: rule.name,
        level: Must,
        rfc: rule.rfc,
        section: rule.section,
        why: rule.why,
        sent: first.map_or_else(
            || vec!["the requests of all cases".to_owned()],
            |case| case.sent.clone(),
        ),
        got: breach.map_or_else(|| "as required".to_owned(), |breach| breach.what.clone()),
        required: rule.required.to_owned(),
        verdict,
        wire: first.map_or_else(Vec::new, |case| case.wire.clone()),
        status: None,
        breach: None,
        cases: cases.iter().filter(broken).map(|case| case.name).collect(),
    }
}
