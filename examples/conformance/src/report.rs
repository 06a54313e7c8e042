//! What was found, and the three forms in which it is shown.

pub mod html;
pub mod json;
pub mod text;

use crate::case::Level;
use crate::run::Finding;
use crate::verdict::Verdict;

/// All findings about one resource.
#[derive(Clone, Debug)]
pub struct Report {
    /// The URL.
    pub target: String,
    /// The value of the field Server.
    pub server: String,
    /// What was learned of the resource.
    pub learned: Vec<(&'static str, String)>,
    /// What would show more, if something would.
    pub advice: Option<&'static str>,
    /// The cases, in the order in which they ran.
    pub findings: Vec<Finding>,
}

/// How many cases of a level are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Right.
    pub right: usize,
    /// Right or wrong.
    pub tested: usize,
}

impl Report {
    /// Counts the cases of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> Count {
        let tested = self.findings.iter().filter(|finding| {
            finding.level == level && !matches!(finding.verdict, Verdict::Skipped(_))
        });
        let right = tested.clone().filter(|finding| !finding.is_wrong());
        Count {
            right: right.count(),
            tested: tested.count(),
        }
    }

    /// The cases that fail, the strictest level first.
    #[must_use]
    pub fn failures(&self) -> Vec<&Finding> {
        let wrong = self.findings.iter().filter(|finding| finding.is_wrong());
        let mut wrong: Vec<&Finding> = wrong.collect();
        wrong.sort_by_key(|finding| finding.level);
        wrong
    }

    /// The cases that were skipped, by their reason.
    #[must_use]
    pub fn skipped(&self) -> Vec<(&str, Vec<&'static str>)> {
        let mut reasons: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for finding in &self.findings {
            let Verdict::Skipped(reason) = &finding.verdict else {
                continue;
            };
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, names)) => names.push(finding.name),
                None => reasons.push((reason, vec![finding.name])),
            }
        }
        reasons
    }

    /// Returns true if no MUST fails.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let count = self.count(Level::Must);
        count.right == count.tested
    }
}
