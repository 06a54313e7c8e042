//! The ways to be wrong, and those of a server that reads something else than was sent.

use http_preconditions::{EntityTag, HttpDate, IfMatch};

use crate::server::{Fields, LAST_MODIFIED};

/// A way to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Nothing,
    ComparesIfMatchWeakly,
    ComparesIfNoneMatchStrongly,
    IgnoresIfNoneMatchOnHead,
    SendsNotModifiedToPut,
    ComparesDatesForInequality,
    ReadsTheFirstLine,
    SplitsInsideQuotes,
    AcceptsAWeakIfRange,
    AcceptsALaterIfRange,
    CountsTheDateBesideTags,
    CountsTheDateBesideIfMatch,
    RefusesInvalidDates,
    SendsNoUnsatisfiedRange,
    SendsOtherOctets,
    SendsNotModifiedWithoutTag,
    SendsALengthOfNothing,
    SendsContentWithNotModified,
    PerformsWhatIsMalformed,
    LosesUpdates,
    IgnoresTheStar,
    HonoursRangeOnHead,
    HidesNotFound,
    KeepsTheTag,
    ReadsRangeBeforeConditions,
    ComparesPrefixes,
    GivesCodingsOneTag,
    ForgetsTheTagOfTheCoding,
    SendsNotModifiedWithoutVary,
    AnswersPostAsGet,
}

/// Mistakes of a server that reads something else than was sent.
pub(crate) fn mistakes_before(wrong: Wrong, method: &str, tag: Option<&str>, fields: &mut Fields) {
    let without_w = |value: &[u8]| {
        String::from_utf8_lossy(value)
            .replace("W/", "")
            .into_bytes()
    };
    let of = |name: &'static str| move |line: &&mut (String, Vec<u8>)| line.0 == name;
    match wrong {
        Wrong::ComparesIfMatchWeakly => {
            let lines = fields.iter_mut().filter(of("if-match"));
            lines.for_each(|line| line.1 = without_w(&line.1));
        }
        Wrong::ComparesIfNoneMatchStrongly => {
            let lines = fields.iter_mut().filter(of("if-none-match"));
            lines.for_each(|line| {
                let text = String::from_utf8_lossy(&line.1);
                line.1 = text.replace("W/\"", "\"weak-").into_bytes();
            });
        }
        Wrong::AcceptsAWeakIfRange => {
            let lines = fields.iter_mut().filter(of("if-range"));
            lines.for_each(|line| line.1 = without_w(&line.1));
        }
        Wrong::IgnoresIfNoneMatchOnHead if method == "HEAD" => {
            fields.retain(|(name, _)| name != "if-none-match");
        }
        Wrong::ComparesDatesForInequality => fields.retain(|(name, value)| {
            let date = HttpDate::parse(value).map(HttpDate::to_unix);
            name != "if-modified-since" || date == Ok(LAST_MODIFIED)
        }),
        Wrong::AcceptsALaterIfRange => fields.retain(|(name, value)| {
            let date = HttpDate::parse(value).map(HttpDate::to_unix);
            name != "if-range"
                || date.is_ok_and(|date| date < LAST_MODIFIED)
                || value.contains(&b'"')
        }),
        Wrong::ReadsTheFirstLine => {
            let mut names = Vec::new();
            fields.retain(|(name, _)| {
                let is_first = !names.contains(name);
                names.push(name.clone());
                is_first
            });
        }
        Wrong::SplitsInsideQuotes => {
            for (_, value) in fields
                .iter_mut()
                .filter(|(name, _)| name.ends_with("-match"))
            {
                let members = value.split(|octet| *octet == b',').map(<[u8]>::trim_ascii);
                let valid = members.take_while(|member| {
                    member.is_empty() || *member == b"*" || EntityTag::parse(member).is_ok()
                });
                *value = valid.collect::<Vec<_>>().join(b",".as_slice());
            }
        }
        Wrong::PerformsWhatIsMalformed => {
            fields.retain(|(name, value)| name != "if-match" || IfMatch::parse(value).is_ok());
        }
        Wrong::IgnoresTheStar => {
            fields.retain(|(name, value)| !name.ends_with("-match") || value.trim_ascii() != b"*");
        }
        Wrong::RefusesInvalidDates => {
            for line in fields.iter_mut().filter(of("if-unmodified-since")) {
                if HttpDate::parse(&line.1).is_err() {
                    line.1 = b"Thu, 01 Jan 1970 00:00:00 GMT".to_vec();
                }
            }
        }
        Wrong::ComparesPrefixes => {
            for line in fields.iter_mut().filter(of("if-none-match")) {
                let value = line.1.strip_suffix(b"\"").unwrap_or(&line.1);
                if let Some(tag) =
                    tag.filter(|tag| value.len() > 2 && tag.as_bytes().starts_with(value))
                {
                    line.1 = tag.as_bytes().to_vec();
                }
            }
        }
        _ => {}
    }
}
