//! One page that needs nothing else: no script, no font, no picture.

use crate::case::Level;
use crate::report::Report;
use crate::run::Finding;
use crate::verdict::Verdict;

const STYLE: &str = include_str!("html.css");

/// The report as a page.
#[must_use]
pub fn html(report: &Report) -> String {
    let target = escape(&report.target);
    let counts = Level::ALL.map(|level| {
        let count = report.count(level);
        let class = match level {
            _ if count.right == count.tested => "right",
            Level::Taste => "open",
            _ => "wrong",
        };
        let (name, right, tested) = (level.name(), count.right, count.tested);
        format!("<li class=\"{class}\"><b>{name}</b> {right} of {tested} right</li>")
    });
    let learned = report.learned.iter().map(|(name, value)| {
        let value = escape(value);
        format!("<div><dt>{name}</dt><dd>{value}</dd></div>")
    });
    let failures: String = report.failures().into_iter().map(card).collect();
    let failures = if failures.is_empty() {
        "<p>No case fails.</p>".to_owned()
    } else {
        failures
    };
    let others = report.findings.iter().filter(|finding| !finding.is_wrong());
    let others: String = others.map(card).collect();
    let advice = report.advice.map_or_else(String::new, |advice| {
        let advice = escape(advice);
        format!("<p>{advice}</p>\n")
    });
    let counts = counts.concat();
    let learned: String = learned.collect();
    let server = escape(&report.server);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Conditional requests: {target}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<header>\n<h1>Conditional requests</h1>\n<p><code>{target}</code> {server}</p>\n\
         <ul class=\"counts\">{counts}</ul>\n<dl>{learned}</dl>\n{advice}</header>\n<main>\n\
         <h2>Failures</h2>\n{failures}\n<h2>Right, or not tested</h2>\n{others}\n</main>\n\
         </body>\n</html>\n"
    )
}

/// A case: its name and what came of it, and the rest behind it.
fn card(finding: &Finding) -> String {
    let (class, result) = match &finding.verdict {
        Verdict::Right => ("right", "right".to_owned()),
        Verdict::Wrong(_) => ("wrong", "fails".to_owned()),
        Verdict::Skipped(_) => ("skipped", "not tested".to_owned()),
    };
    let because = match &finding.verdict {
        Verdict::Skipped(reason) => row("because", &escape(reason)),
        _ => row("got", &escape(&finding.got)) + &row("required", &escape(&finding.required)),
    };
    let open = if finding.is_wrong() { " open" } else { "" };
    let sent = row("sent", &pre(&finding.sent));
    let wire = match finding.wire.as_slice() {
        [] => String::new(),
        lines => row("octets", &pre(lines)),
    };
    let why = row("why", &escape(finding.why));
    let cases = match finding.cases.as_slice() {
        [] => String::new(),
        cases => row("in", &escape(&cases.join(", "))),
    };
    let (name, place) = (escape(finding.name), finding.place());
    let rfc = finding.rfc;
    let section = finding.section;
    let url = format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}");
    let section = row("section", &format!("<a href=\"{url}\">{place}</a>"));
    let level = finding.level.name();
    format!(
        "<details class=\"{class}\" id=\"{name}\"{open}><summary><b>{result}</b> <code>{name}</code> \
         <span>{level}</span></summary><dl>{sent}{because}{section}{why}{cases}{wire}</dl></details>\n"
    )
}

fn row(name: &str, value: &str) -> String {
    format!("<div><dt>{name}</dt><dd>{value}</dd></div>")
}

fn pre(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escape(line)).collect();
    format!("<pre>{}</pre>", lines.join("\n"))
}

/// Text as it stands in an element or in a quoted attribute.
fn escape(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    });
    escaped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        for (text, escaped) in [
            ("", ""),
            ("W/\"a\"", "W/&quot;a&quot;"),
            ("<script>", "&lt;script&gt;"),
            ("a & b &amp;", "a &amp; b &amp;amp;"),
            ("it's", "it&#39;s"),
            ("é", "é"),
        ] {
            assert_eq!(escape(text), escaped, "{text}");
        }
    }
}
