//! Guards of methods that change something (RFC 9110 §13.1, §13.2), below a URL that is there for it.

use crate::case::Level::{Must, Taste};
use crate::case::Need;
use crate::writes::case::Write;

const TAG: &[Need] = &[Need::Tag];
const STRONG: &[Need] = &[Need::StrongTag];
const DATE: &[Need] = &[Need::Date];
const BOTH: &[Need] = &[Need::StrongTag, Need::Date];

const OVERWRITES: &str = "The write would overwrite a version that the client has not seen.";
const REFUSES: &str = "A client that has the current version must be able to write.";
const UNREADABLE: &str = "A guard that cannot be read should not count as absent.";

/// Status codes of a server that has no POST there, whatever the conditions.
const NO_POST: &[u16] = &[400, 403, 404, 405, 409, 411, 415, 501];

pub(crate) const CASES: &[Write] = &[
    // If-Match.
    Write::put(
        "write/if-match-current",
        Must,
        "13.1.1",
        &["If-Match: {tag}"],
        REFUSES,
    )
    .needs(STRONG),
    Write::put(
        "write/if-match-list",
        Must,
        "13.1.1",
        &["If-Match: {other}, {tag}"],
        REFUSES,
    )
    .needs(STRONG),
    Write::put(
        "write/if-match-lines",
        Must,
        "5.3",
        &["If-Match: {other}", "If-Match: {tag}"],
        REFUSES,
    )
    .needs(STRONG),
    Write::put(
        "write/if-match-star",
        Must,
        "13.1.1",
        &["If-Match: *"],
        "The asterisk is true of every resource that has a representation.",
    ),
    Write::put(
        "write/if-match-other",
        Must,
        "13.1.1",
        &["If-Match: {other}"],
        OVERWRITES,
    ),
    Write::put(
        "write/if-match-lines-without-current",
        Must,
        "5.3",
        &["If-Match: {other}", "If-Match: \"a\""],
        OVERWRITES,
    ),
    Write::put(
        "write/if-match-weak",
        Must,
        "13.1.1",
        &["If-Match: {weak}"],
        "A weak tag guards nothing, as two versions can share it.",
    )
    .needs(TAG),
    Write::put(
        "write/if-match-prefix",
        Must,
        "8.8.3.2",
        &["If-Match: {prefix}"],
        OVERWRITES,
    )
    .needs(TAG),
    Write::put(
        "write/if-match-empty",
        Must,
        "13.1.1",
        &["If-Match:"],
        "A list of no tags matches nothing: the condition is false, not absent.",
    ),
    Write::put(
        "write/if-match-malformed",
        Taste,
        "13.1.1",
        &["If-Match: conformance-other"],
        UNREADABLE,
    )
    .also(&[400]),
    Write::put(
        "write/if-match-malformed-octets",
        Taste,
        "13.1.1",
        &["If-Match: é"],
        UNREADABLE,
    )
    .also(&[400]),
    // If-None-Match.
    Write::put(
        "write/if-none-match-star",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "The client wants to create, and would overwrite what another has created.",
    ),
    Write::put(
        "write/if-none-match-current",
        Must,
        "13.1.2",
        &["If-None-Match: {tag}"],
        "A method other than GET and HEAD is not performed, and gets 412, not 304.",
    )
    .needs(TAG),
    Write::put(
        "write/if-none-match-weak",
        Must,
        "13.1.2",
        &["If-None-Match: W/{strong}"],
        "If-None-Match is compared weakly, whatever the method.",
    )
    .needs(TAG),
    Write::put(
        "write/if-none-match-other",
        Must,
        "13.1.2",
        &["If-None-Match: {other}"],
        "The condition is true, and the method is performed.",
    ),
    Write::put(
        "write/if-none-match-malformed",
        Taste,
        "13.1.2",
        &["If-None-Match: conformance-other"],
        UNREADABLE,
    )
    .also(&[400]),
    // Dates.
    Write::put(
        "write/if-unmodified-since-equal",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date}"],
        REFUSES,
    )
    .needs(DATE),
    Write::put(
        "write/if-unmodified-since-earlier",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1}"],
        OVERWRITES,
    )
    .needs(DATE),
    Write::put(
        "write/if-unmodified-since-garbage",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: yesterday"],
        "A recipient must ignore the field if its value is no HTTP-date.",
    ),
    Write::put(
        "write/if-modified-since",
        Must,
        "13.1.3",
        &["If-Modified-Since: {date}"],
        "A recipient must ignore If-Modified-Since if the method is neither GET nor HEAD.",
    )
    .needs(DATE),
    // Precedence.
    Write::put(
        "write/match-true-unmodified-false",
        Must,
        "13.1.4",
        &["If-Match: {tag}", "If-Unmodified-Since: {date-1}"],
        "A recipient must ignore the date beside the tags, which are more exact.",
    )
    .needs(BOTH),
    Write::put(
        "write/match-false-unmodified-true",
        Must,
        "13.1.4",
        &["If-Match: {other}", "If-Unmodified-Since: {date}"],
        OVERWRITES,
    )
    .needs(DATE),
    Write::put(
        "write/match-true-none-match-false",
        Must,
        "13.2.2",
        &["If-Match: {tag}", "If-None-Match: {tag}"],
        "A true If-Match does not end the evaluation.",
    )
    .needs(STRONG),
    Write::put(
        "write/range",
        Must,
        "14.2",
        &["If-Match: *", "Range: bytes=0-1", "If-Range: {other}"],
        "Only GET has ranges, and a server must ignore them elsewhere.",
    ),
    // Other methods.
    Write::put(
        "write/delete-if-match-other",
        Must,
        "13.1.1",
        &["If-Match: {other}"],
        "The client would delete a version that it has not seen.",
    )
    .method("DELETE"),
    Write::put(
        "write/delete-if-match-weak",
        Must,
        "13.1.1",
        &["If-Match: {weak}"],
        "A weak tag guards nothing, as two versions can share it.",
    )
    .method("DELETE")
    .needs(TAG),
    Write::put(
        "write/delete-if-none-match",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "A method other than GET and HEAD is not performed, and gets 412, not 304.",
    )
    .method("DELETE"),
    Write::put(
        "write/delete-if-unmodified-since",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: {date-1}"],
        "The client would delete a version that it has not seen.",
    )
    .method("DELETE")
    .needs(DATE),
    Write::put(
        "write/delete-if-match-current",
        Must,
        "13.1.1",
        &["If-Match: {tag}"],
        REFUSES,
    )
    .method("DELETE")
    .needs(STRONG),
    Write::put(
        "write/post-if-match-other",
        Must,
        "13.1.1",
        &["If-Match: {other}"],
        OVERWRITES,
    )
    .method("POST")
    .also(NO_POST),
    Write::put(
        "write/post-if-none-match",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "A method other than GET and HEAD is not performed, and gets 412, not 304.",
    )
    .method("POST")
    .also(NO_POST),
    // Creation.
    Write::put(
        "create/if-none-match-star",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "A client that creates only must be able to.",
    )
    .absent(),
    Write::put(
        "create/if-none-match-tag",
        Must,
        "13.1.2",
        &["If-None-Match: \"a\""],
        "There is nothing that a tag could match, and the condition is true.",
    )
    .absent(),
    Write::put(
        "create/if-match-star",
        Must,
        "13.1.1",
        &["If-Match: *"],
        "The client wants to change what another has deleted, and would bring it back.",
    )
    .absent(),
    Write::put(
        "create/if-match-tag",
        Must,
        "13.1.1",
        &["If-Match: \"a\""],
        "The client wants to change what another has deleted, and would bring it back.",
    )
    .absent(),
    Write::put(
        "create/if-unmodified-since",
        Must,
        "13.1.4",
        &["If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT"],
        "A recipient must ignore the field if there is no modification date.",
    )
    .absent(),
];
