//! For a terminal: a block for each failure, and the counts.

use std::fmt::Write as _;

use crate::case::Level;
use crate::report::Report;
use crate::run::Finding;
use crate::verdict::Verdict;

/// Writes the failures, the cases that were skipped, and a line a level. With `all` every case is
/// there, with the octets on the wire.
#[must_use]
pub fn text(report: &Report, all: bool) -> String {
    let mut text = String::new();
    let server = match report.server.as_str() {
        "" => String::new(),
        name => format!(" ({name})"),
    };
    line(&mut text, &format!("{}{server}", report.target));
    for (name, value) in &report.learned {
        line(&mut text, &format!("  {name}: {value}"));
    }
    if let Some(advice) = report.advice {
        line(&mut text, "");
        line(&mut text, advice);
    }
    let shown: Vec<&Finding> = if all {
        report.findings.iter().collect()
    } else {
        report.failures()
    };
    for finding in shown {
        block(&mut text, finding, all);
    }

    let skipped = report.skipped();
    if !skipped.is_empty() {
        line(&mut text, "");
        let count: usize = skipped.iter().map(|(_, names)| names.len()).sum();
        let all = cases(report.findings.len());
        line(&mut text, &format!("Not tested: {count} of {all}"));
        for (reason, names) in skipped {
            line(&mut text, &format!("  {reason}: {}", listed(&names)));
        }
    }

    line(&mut text, "");
    for level in Level::ALL {
        let count = report.count(level);
        let (right, tested) = (count.right, count.tested);
        let meaning = match level {
            Level::Must => "required",
            Level::Should => "recommended by the RFC",
            Level::Taste => "left open by the RFC; what we would do",
        };
        line(
            &mut text,
            &format!(
                "{:<6} {right:>3} of {tested:>3} right   {meaning}",
                level.name()
            ),
        );
    }
    line(&mut text, "");
    line(&mut text, &conclusion(report));
    text
}

/// How many MUST and SHOULD fail.
fn conclusion(report: &Report) -> String {
    let [must, should] = [Level::Must, Level::Should].map(|level| {
        let count = report.count(level);
        count.tested - count.right
    });
    match (must, should) {
        (0, 0) => "No MUST fails, and no SHOULD.".to_owned(),
        (0, 1) => "No MUST fails; 1 SHOULD does.".to_owned(),
        (0, should) => format!("No MUST fails; {should} SHOULD do."),
        (1, 0) => "1 MUST fails.".to_owned(),
        (must, 0) => format!("{must} MUST fail."),
        (1, should) => format!("1 MUST fails, and {should} SHOULD."),
        (must, should) => format!("{must} MUST fail, and {should} SHOULD."),
    }
}

fn block(text: &mut String, finding: &Finding, with_wire: bool) {
    let verdict = match &finding.verdict {
        Verdict::Right => "right",
        Verdict::Wrong(_) => "FAILS",
        Verdict::Skipped(_) => "skipped",
    };
    let level = finding.level;
    let (name, place) = (finding.name, finding.place());
    line(text, "");
    line(text, &format!("{verdict:<8} {name:<44} {level:<6} {place}"));
    for (index, sent) in finding.sent.iter().enumerate() {
        row(text, if index == 0 { "sent" } else { "" }, sent);
    }
    if let Verdict::Skipped(reason) = &finding.verdict {
        row(text, "because", reason);
    } else {
        row(text, "got", &finding.got);
        row(text, "required", &finding.required);
        row(text, "why", finding.why);
        for (index, names) in finding.cases.chunks(3).enumerate() {
            row(text, if index == 0 { "in" } else { "" }, &names.join(", "));
        }
    }
    if with_wire {
        for octets in &finding.wire {
            row(text, "", octets);
        }
    }
}

fn row(text: &mut String, name: &str, value: &str) {
    line(text, &format!("         {name:<9} {value}"));
}

fn line(text: &mut String, line: &str) {
    _ = writeln!(text, "{}", line.trim_end());
}

/// The first names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let first = names.get(..4).unwrap_or(names).join(", ");
    match names.len().saturating_sub(4) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn cases(count: usize) -> String {
    match count {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    }
}
