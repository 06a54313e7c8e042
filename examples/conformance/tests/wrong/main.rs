//! A server that is wrong on purpose: each way is found by the case that names it, and without one
//! nothing is found.

mod mistakes;
mod server;

use std::time::Duration;

use example_conformance::case::Level::{self, Must, Should, Taste};
use example_conformance::case::Role;
use example_conformance::resource::Resource;
use example_conformance::run::{Finding, run};
use example_conformance::target::Target;
use example_conformance::verdict::Verdict;
use example_conformance::{cases, responses, writes};

use crate::mistakes::Wrong;
use crate::server::start;

/// Each way, and cases that find it, with the level at which they fail.
const ROWS: &[(Wrong, &[(&str, Level)])] = &[
    (Wrong::Nothing, &[]),
    // Comparison.
    (
        Wrong::ComparesIfMatchWeakly,
        &[
            ("if-match/weak-form", Must),
            ("write/if-match-weak", Must),
            ("write/delete-if-match-weak", Must),
        ],
    ),
    (
        Wrong::ComparesIfNoneMatchStrongly,
        &[
            ("if-none-match/weak-form", Must),
            ("range/if-none-match-weak", Must),
            ("write/if-none-match-weak", Must),
        ],
    ),
    (Wrong::ComparesPrefixes, &[("if-none-match/prefix", Must)]),
    (Wrong::AcceptsAWeakIfRange, &[("if-range/weak-form", Must)]),
    (
        Wrong::AcceptsALaterIfRange,
        &[
            ("if-range/date-later", Must),
            ("if-range/date-future", Must),
        ],
    ),
    (
        Wrong::ComparesDatesForInequality,
        &[
            ("if-modified-since/later", Should),
            ("if-modified-since/future", Should),
        ],
    ),
    // What is read.
    (
        Wrong::ReadsTheFirstLine,
        &[
            ("if-match/lines-second", Must),
            ("if-none-match/lines-second", Must),
            ("write/if-match-lines", Must),
            ("if-modified-since/lines", Must),
            ("if-unmodified-since/lines", Must),
        ],
    ),
    (
        Wrong::SplitsInsideQuotes,
        &[
            ("if-match/list-comma-in-tag", Must),
            ("if-none-match/list-comma-in-tag", Must),
            ("if-match/own-comma", Must),
            ("if-none-match/own-comma", Must),
        ],
    ),
    (
        Wrong::IgnoresTheStar,
        &[
            ("if-none-match/star", Must),
            ("write/if-none-match-star", Must),
            ("create/if-match-star", Must),
            ("create/concurrent", Taste),
        ],
    ),
    (
        Wrong::PerformsWhatIsMalformed,
        &[
            ("write/if-match-malformed", Taste),
            ("if-match/other-without-quotes", Taste),
        ],
    ),
    (
        Wrong::RefusesInvalidDates,
        &[
            ("if-unmodified-since/garbage", Must),
            ("write/if-unmodified-since-garbage", Must),
        ],
    ),
    // Methods and precedence.
    (
        Wrong::IgnoresIfNoneMatchOnHead,
        &[
            ("if-none-match/head", Must),
            ("if-none-match/star-head", Must),
        ],
    ),
    (
        Wrong::SendsNotModifiedToPut,
        &[
            ("write/if-none-match-current", Must),
            ("write/if-none-match-star", Must),
        ],
    ),
    (
        Wrong::HonoursRangeOnHead,
        &[("range/head", Must), ("if-range/head", Must)],
    ),
    (
        Wrong::CountsTheDateBesideTags,
        &[("precedence/none-match-true-modified-false", Must)],
    ),
    (
        Wrong::CountsTheDateBesideIfMatch,
        &[
            ("precedence/match-true-unmodified-false", Must),
            ("write/match-true-unmodified-false", Must),
        ],
    ),
    (
        Wrong::ReadsRangeBeforeConditions,
        &[("range/unsatisfiable-if-none-match", Must)],
    ),
    (
        Wrong::HidesNotFound,
        &[
            ("unmapped/if-match", Must),
            ("unmapped/if-match-star", Must),
        ],
    ),
    // Fields and octets.
    (
        Wrong::SendsNoUnsatisfiedRange,
        &[("range/unsatisfied-length", Should)],
    ),
    (Wrong::SendsOtherOctets, &[("response/206", Must)]),
    (
        Wrong::SendsNotModifiedWithoutTag,
        &[("304/etag", Must), ("304/head-etag", Must)],
    ),
    (
        Wrong::SendsALengthOfNothing,
        &[("304/content-length", Must)],
    ),
    (
        Wrong::SendsContentWithNotModified,
        &[("304/no-content", Must), ("304/next-response", Must)],
    ),
    (Wrong::SendsNotModifiedWithoutVary, &[("304/vary", Must)]),
    (Wrong::GivesCodingsOneTag, &[("coding/other-tag", Must)]),
    (
        Wrong::ForgetsTheTagOfTheCoding,
        &[("coding/validation", Must)],
    ),
    // Writes.
    (
        Wrong::AnswersPostAsGet,
        &[
            ("write/post-if-match-other", Must),
            ("write/post-if-none-match", Must),
        ],
    ),
    (
        Wrong::LosesUpdates,
        &[("write/lost-updates", Taste), ("create/concurrent", Taste)],
    ),
    (
        Wrong::KeepsTheTag,
        &[("write/tag-changes", Must), ("write/lost-updates", Taste)],
    ),
];

#[test]
fn each_way_to_be_wrong_is_found() {
    for (wrong, cases) in ROWS {
        let findings = all_findings(*wrong);
        let failures: Vec<(&str, Level, &str)> = findings.iter().filter_map(failure).collect();
        for (name, level) in *cases {
            let is_found = failures
                .iter()
                .any(|found| (found.0, found.1) == (*name, *level));
            assert!(
                is_found,
                "{wrong:?}: {name} at {level}\nfound: {failures:#?}"
            );
        }
        let is_right = failures.is_empty();
        assert_eq!(is_right, cases.is_empty(), "{wrong:?}: {failures:#?}");
        // One mistake is not taken for many.
        assert!(failures.len() < 60, "{wrong:?}: {failures:#?}");
        let tested = findings.len()
            - findings
                .iter()
                .filter(|finding| is_skipped(finding))
                .count();
        assert!(tested > 200, "{wrong:?}: {tested} cases tested");
    }
}

/// What it returns is no write that was withheld.
#[test]
fn a_method_that_changes_nothing_is_not_called_a_refusal() {
    let findings = all_findings(Wrong::AnswersPostAsGet);
    let finding = findings
        .iter()
        .find(|finding| finding.name == "write/post-if-match-other");
    let got = finding.map(|finding| finding.got.as_str());
    assert_eq!(got, Some("200, answered as without the condition"));
    // A PUT that is withheld is one.
    let findings = all_findings(Wrong::SendsNotModifiedToPut);
    let finding = findings
        .iter()
        .find(|finding| finding.name == "write/if-none-match-star");
    let got = finding.map(|finding| finding.got.as_str());
    assert_eq!(got, Some("304, not performed"));
}

fn failure(finding: &Finding) -> Option<(&'static str, Level, &str)> {
    match &finding.verdict {
        Verdict::Wrong(what) => Some((finding.name, finding.level, what)),
        _ => None,
    }
}

fn is_skipped(finding: &Finding) -> bool {
    matches!(finding.verdict, Verdict::Skipped(_))
}

fn all_findings(wrong: Wrong) -> Vec<Finding> {
    let url = start(wrong);
    let target = |path| Target::parse(&format!("{url}{path}")).expect("it is a URL");
    let (read, written) = (target("/read"), target("/written"));
    let wire = read
        .wire(Duration::from_secs(5))
        .expect("it has an address");
    let resource =
        Resource::learn(&wire, &read).unwrap_or_else(|error| panic!("{wrong:?}: {error}"));
    let mut findings: Vec<Finding> = cases::all()
        .map(|case| run(case, &wire, &resource, Role::Origin))
        .collect();
    let writes = writes::run(&wire, &written, "");
    findings.extend(writes.unwrap_or_else(|error| panic!("{wrong:?}: {error}")));
    findings.extend(responses::findings(&findings, ""));
    findings
}
