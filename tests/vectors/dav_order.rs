//! The place of `If`, of locks and of `If-Schedule-Tag-Match` beside the server's options and beside Range.

use http_preconditions::{
    EntityTag, Evaluation, Field, HttpDate, Options, Outcome, Representation,
    dav::{Preconditions, ScheduleTag},
};

/// A request. The current tag is `"v1"`, the schedule tag `"s1"`, and Last-Modified is Sat, 29 Oct 1994 19:43:31 GMT.
#[derive(Clone, Copy)]
struct Case {
    method: &'static str,
    options: Options,
    is_locked: bool,
    lines: &'static [(&'static str, &'static str)],
    verdict: &'static str,
}

/// Nothing has any state: the first is true, the second is false.
const TRUE: (&str, &str) = ("If", "(Not <urn:x:t>)");
const FALSE: (&str, &str) = ("If", "(<urn:x:t>)");
const MATCH: (&str, &str) = ("If-Match", "\"v1\"");
const NO_MATCH: (&str, &str) = ("If-Match", "\"v0\"");
const OLD_DATE: (&str, &str) = ("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:30 GMT");
const SAME: (&str, &str) = ("If-Schedule-Tag-Match", "\"s1\"");
const OTHER: (&str, &str) = ("If-Schedule-Tag-Match", "\"s0\"");
const CURRENT: (&str, &str) = ("If-None-Match", "\"v1\"");
const RANGE: (&str, &str) = ("Range", "bytes=0-1");

const PLAIN: Options = Options::new();
const REQUIRED: Options = Options::new().require_if_match();
const APPLIED: Options = Options::new().already_applied();

const fn case(
    method: &'static str,
    options: Options,
    lines: &'static [(&'static str, &'static str)],
    verdict: &'static str,
) -> Case {
    Case {
        method,
        options,
        is_locked: false,
        lines,
        verdict,
    }
}

const fn locked(case: Case) -> Case {
    Case {
        is_locked: true,
        ..case
    }
}

const CASES: &[Case] = &[
    // 412 of If, 423, 412 of RFC 9110's guards, 412 of the schedule tag, then 304.
    case("PUT", PLAIN, &[FALSE, NO_MATCH, OTHER], "412 If"),
    locked(case("PUT", PLAIN, &[FALSE, NO_MATCH, OTHER], "412 If")),
    locked(case("PUT", PLAIN, &[TRUE, NO_MATCH, OTHER], "423")),
    locked(case("GET", PLAIN, &[CURRENT, OTHER], "423")),
    case("PUT", PLAIN, &[TRUE, NO_MATCH, OTHER], "412 If-Match"),
    case("PUT", PLAIN, &[OLD_DATE, OTHER], "412 If-Unmodified-Since"),
    case("PUT", PLAIN, &[CURRENT, OTHER], "412 If-Schedule-Tag-Match"),
    case("GET", PLAIN, &[CURRENT, OTHER], "412 If-Schedule-Tag-Match"),
    case("GET", PLAIN, &[CURRENT, TRUE, SAME], "304 If-None-Match"),
    case("PUT", PLAIN, &[CURRENT, TRUE, SAME], "412 If-None-Match"),
    // An If satisfies a server that requires If-Match, and a schedule tag does not (our decisions).
    case("PUT", REQUIRED, &[], "428"),
    case("PUT", REQUIRED, &[TRUE], "perform 200"),
    case("PUT", REQUIRED, &[FALSE], "412 If"),
    case("PUT", REQUIRED, &[("If", "")], "412 If"),
    case("PUT", REQUIRED, &[MATCH], "perform 200"),
    case("PUT", REQUIRED, &[SAME], "428"),
    case("PUT", REQUIRED, &[OTHER], "412 If-Schedule-Tag-Match"),
    locked(case("PUT", REQUIRED, &[], "423")),
    // RFC 9110 13.1.1 turns a false If-Match into a success, and neither If nor a lock nor the schedule tag.
    case("PUT", APPLIED, &[NO_MATCH], "applied If-Match"),
    case("PUT", APPLIED, &[NO_MATCH, TRUE, SAME], "applied If-Match"),
    case("PUT", APPLIED, &[NO_MATCH, FALSE], "412 If"),
    case(
        "PUT",
        APPLIED,
        &[NO_MATCH, OTHER],
        "412 If-Schedule-Tag-Match",
    ),
    case(
        "PUT",
        APPLIED,
        &[OLD_DATE, OTHER],
        "412 If-Schedule-Tag-Match",
    ),
    locked(case("PUT", APPLIED, &[NO_MATCH, TRUE], "423")),
    // Range counts for what is performed.
    case("GET", PLAIN, &[RANGE, TRUE, SAME], "perform 206"),
    case("GET", PLAIN, &[RANGE, FALSE], "412 If"),
    case("GET", PLAIN, &[RANGE, OTHER], "412 If-Schedule-Tag-Match"),
    locked(case("GET", PLAIN, &[RANGE], "423")),
    // A status that no condition changes, and a method that evaluates none.
    locked(case(
        "PUT",
        PLAIN.unconditional_status(403),
        &[FALSE, OTHER],
        "403",
    )),
    locked(case(
        "OPTIONS",
        PLAIN,
        &[FALSE, OTHER, NO_MATCH],
        "perform 200",
    )),
    // 412 is no such status, and a 206 of the caller's is the 200 that Range makes it of.
    case(
        "PUT",
        PLAIN.unconditional_status(412),
        &[TRUE, OTHER],
        "412 If-Schedule-Tag-Match",
    ),
    locked(case("PUT", PLAIN.unconditional_status(412), &[TRUE], "423")),
    case(
        "GET",
        PLAIN.unconditional_status(206),
        &[RANGE, FALSE],
        "412 If",
    ),
];

#[test]
fn the_conditions_keep_their_order_beside_options_and_range() {
    let date = HttpDate::from_unix(783_459_811).unwrap();
    let current = Representation::new()
        .etag(EntityTag::from_static("\"v1\""))
        .last_modified(date)
        .complete_length(10);
    for Case {
        method,
        options,
        is_locked,
        lines,
        verdict,
    } in CASES
    {
        let of = |wanted| {
            let fields = lines.iter().filter(move |(name, _)| *name == wanted);
            fields.map(|(_, value)| *value)
        };
        let checked =
            Preconditions::new().check_if(of("If"), |_, _| Ok::<_, ()>(false), [[""; 0]; 0]);
        let conditions = checked
            .unwrap()
            .check_schedule_tag(
                of("If-Schedule-Tag-Match"),
                ScheduleTag::parse(b"\"s1\"").ok(),
            )
            .locked(*is_locked);
        let evaluation = Evaluation::with_options(*method, Some(&current), *options);
        let decision = evaluation
            .fields(lines.iter().copied())
            .decide_dav(&conditions);
        let (status, by) = (decision.status(), decision.decided_by());
        let said = match (decision.outcome(), by.map(Field::name)) {
            (Outcome::Perform, None) => format!("perform {status}"),
            (Outcome::AlreadyApplied, Some(by)) => format!("applied {by}"),
            (_, Some(by)) => format!("{status} {by}"),
            (_, None) => status.to_string(),
        };
        assert_eq!(
            said, *verdict,
            "{method} {lines:?} {options:?} locked: {is_locked}"
        );
        let is_part = decision.honours_range() || decision.content_range().is_some();
        assert_eq!(is_part, *verdict == "perform 206", "{method} {lines:?}");
    }
}
