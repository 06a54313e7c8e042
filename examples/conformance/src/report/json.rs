//! For programs.

use serde_json::{Value, json};

use crate::case::Level;
use crate::report::Report;
use crate::run::Finding;
use crate::verdict::Verdict;

/// The report as an object: `target`, `server`, `advice`, `resource`, `summary` by level, and `cases`.
#[must_use]
pub fn json(report: &Report) -> Value {
    let learned = report.learned.iter();
    let resource = learned.map(|(name, value)| ((*name).to_owned(), json!(value)));
    let summary = Level::ALL.map(|level| {
        let count = report.count(level);
        let counts = json!({ "right": count.right, "tested": count.tested });
        (level.name().to_owned(), counts)
    });
    json!({
        "target": report.target,
        "server": report.server,
        "advice": report.advice,
        "resource": Value::Object(resource.collect()),
        "summary": Value::Object(summary.into_iter().collect()),
        "cases": report.findings.iter().map(case).collect::<Vec<_>>(),
    })
}

fn case(finding: &Finding) -> Value {
    let (result, note) = match &finding.verdict {
        Verdict::Right => ("right", Value::Null),
        Verdict::Wrong(what) => ("wrong", json!(what)),
        Verdict::Skipped(reason) => ("skipped", json!(reason)),
    };
    json!({
        "case": finding.name,
        "level": finding.level.name(),
        "rfc": finding.rfc,
        "section": finding.section,
        "result": result,
        "note": note,
        "sent": finding.sent,
        "got": finding.got,
        "required": finding.required,
        "why": finding.why,
        "wire": finding.wire,
        "cases": finding.cases,
    })
}
