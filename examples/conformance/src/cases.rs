//! The tables of cases, a file for each part of RFC 9110.

mod coding;
mod elsewhere;
mod if_match;
mod if_modified_since;
mod if_none_match;
mod if_range;
mod if_unmodified_since;
mod kept_fields;
mod precedence;
mod range;
mod ranges;
mod validators;
pub(crate) mod writes;

use crate::case::Case;

/// All cases that change nothing, in the order in which they run.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let tables: [&'static [Case]; 12] = [
        validators::CASES,
        if_match::CASES,
        if_unmodified_since::CASES,
        if_none_match::CASES,
        if_modified_since::CASES,
        precedence::CASES,
        range::CASES,
        ranges::CASES,
        if_range::CASES,
        kept_fields::CASES,
        coding::CASES,
        elsewhere::CASES,
    ];
    tables.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let mut names: Vec<_> = all().map(|case| case.name).collect();
        assert!(names.len() > 120, "{}", names.len());
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for case in all() {
            let name = case.name;
            assert!(name.contains('/'), "{name}");
            assert!(case.why.ends_with('.'), "{name}: {}", case.why);
            assert!(
                !case.why.trim_end_matches('.').contains(". "),
                "{name}: one sentence"
            );
            let is_section = |part: &str| part.bytes().all(|octet| octet.is_ascii_digit());
            assert!(case.section.split('.').all(is_section), "{name}");
            assert!(
                ["GET", "HEAD", "OPTIONS", "TRACE"].contains(&case.method),
                "{name}"
            );
        }
    }
}
