//! If-Match (RFC 9110 §13.1.1), on methods that change nothing.

use crate::case::Level::{Must, Taste};
use crate::case::{Case, Need};

const TAG: &[Need] = &[Need::Tag];
const STRONG: &[Need] = &[Need::StrongTag];

pub(super) const CASES: &[Case] = &[
    // One tag.
    Case::get(
        "if-match/current",
        Must,
        "13.1.1",
        &["If-Match: {tag}"],
        "A client that has the current version must get what it asks for.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/other",
        Must,
        "13.1.1",
        &["If-Match: {other}"],
        "A client that resumes a download with If-Match would splice two versions.",
    )
    .needs(TAG),
    Case::get(
        "if-match/head",
        Must,
        "13.1.1",
        &["If-Match: {other}"],
        "A client asks with HEAD whether its version is current.",
    )
    .method("HEAD")
    .needs(TAG),
    Case::get(
        "if-match/star",
        Must,
        "13.1.1",
        &["If-Match: *"],
        "The asterisk is true of every resource that has a representation.",
    ),
    Case::get(
        "if-match/no-tag",
        Must,
        "13.1.1",
        &["If-Match: \"a\""],
        "A resource without an entity tag matches no entity tag.",
    )
    .needs(&[Need::NoTag]),
    // Strong comparison.
    Case::get(
        "if-match/weak-form",
        Must,
        "13.1.1",
        &["If-Match: {weak}"],
        "A weak tag says that the octets may differ, so that it guards nothing.",
    )
    .needs(TAG),
    Case::get(
        "if-match/strong-form-of-weak",
        Must,
        "13.1.1",
        &["If-Match: {strong}"],
        "The current tag is weak: no tag matches it strongly.",
    )
    .needs(&[Need::WeakTag]),
    // Which octets count.
    Case::get(
        "if-match/prefix",
        Must,
        "8.8.3.2",
        &["If-Match: {prefix}"],
        "A tag is compared whole, and a shorter one is another version.",
    )
    .needs(TAG),
    Case::get(
        "if-match/longer",
        Must,
        "8.8.3.2",
        &["If-Match: {longer}"],
        "A tag is compared whole, and a longer one is another version.",
    )
    .needs(TAG),
    Case::get(
        "if-match/letter-case",
        Must,
        "8.8.3.2",
        &["If-Match: {swapped}"],
        "Tags are compared octet by octet, and base64 differs in the case of letters.",
    )
    .needs(&[Need::TagWithLetter]),
    // Lists.
    Case::get(
        "if-match/list-last",
        Must,
        "13.1.1",
        &["If-Match: {other}, {tag}"],
        "A client that knows several versions names all of them.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-first",
        Must,
        "13.1.1",
        &["If-Match: {tag}, {other}"],
        "A client that knows several versions names all of them.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-without-current",
        Must,
        "13.1.1",
        &["If-Match: {other}, \"a\", \"b\""],
        "None of the versions that the client knows is current.",
    )
    .needs(TAG),
    Case::get(
        "if-match/list-weak-then-strong",
        Must,
        "13.1.1",
        &["If-Match: {weak}, {tag}"],
        "A weak member does not end the list.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-without-spaces",
        Must,
        "5.6.1",
        &["If-Match: {other},{tag}"],
        "Whitespace around a comma is optional.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-whitespace",
        Must,
        "5.6.3",
        &["If-Match: \t{other}\t , \t {tag} \t"],
        "Whitespace is spaces and tabs, around the value and around commas.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-empty-members",
        Must,
        "5.6.1.2",
        &["If-Match: , {other} ,, {tag},"],
        "A recipient must accept empty members, which proxies leave when they join lines.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-comma-in-tag",
        Must,
        "8.8.3",
        &["If-Match: \"a,b\", {tag}"],
        "A comma is a legal character of a tag, so that commas in quotes separate nothing.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/own-comma",
        Must,
        "8.8.3",
        &["If-Match: {tag}"],
        "The server's own tag has a comma, and must be found whole.",
    )
    .needs(&[Need::StrongTag, Need::TagWithComma]),
    Case::get(
        "if-match/list-backslash-in-tag",
        Must,
        "8.8.3",
        &["If-Match: \"a\\\", {tag}"],
        "A backslash escapes nothing in a tag, and a quote always ends it.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-empty-tag",
        Must,
        "8.8.3",
        &["If-Match: \"\", {tag}"],
        "A tag of no characters is a tag.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-non-ascii-tag",
        Must,
        "8.8.3",
        &["If-Match: {non-ascii}, {tag}"],
        "Octets from 0x80 on are legal in a tag.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-long",
        Must,
        "5.4",
        &["If-Match: {many}{tag}"],
        "A list of forty tags is of a reasonable length.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/list-empty",
        Must,
        "13.1.1",
        &["If-Match: ,"],
        "A list of no tags matches nothing: the condition is false, not absent.",
    )
    .needs(TAG),
    Case::get(
        "if-match/empty",
        Must,
        "13.1.1",
        &["If-Match:"],
        "An empty value is a list of no tags: the condition is false, not absent.",
    )
    .needs(TAG),
    // Several lines.
    Case::get(
        "if-match/lines-second",
        Must,
        "5.3",
        &["If-Match: {other}", "If-Match: {tag}"],
        "Lines of one name are one list, and a proxy may split it.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/lines-first",
        Must,
        "5.3",
        &["If-Match: {tag}", "If-Match: {other}"],
        "Lines of one name are one list, and a proxy may split it.",
    )
    .needs(STRONG),
    Case::get(
        "if-match/lines-without-current",
        Must,
        "5.3",
        &["If-Match: {other}", "If-Match: \"a\""],
        "None of the versions that the client knows is current.",
    )
    .needs(TAG),
    // What the RFC leaves open: whatever a server makes of these, it should not perform.
    Case::get(
        "if-match/without-quotes",
        Taste,
        "8.8.3",
        &["If-Match: {opaque}"],
        "A value that is no tag should match nothing, so that the client finds its mistake.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-match/other-without-quotes",
        Taste,
        "8.8.3",
        &["If-Match: conformance-other"],
        "A guard that cannot be read should not count as absent.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-match/unclosed",
        Taste,
        "8.8.3",
        &["If-Match: \"conformance-other"],
        "A guard that cannot be read should not count as absent.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-match/lower-case-weak",
        Taste,
        "8.8.3",
        &["If-Match: w/{other}"],
        "A guard that cannot be read should not count as absent.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-match/star-in-list",
        Taste,
        "13.1.1",
        &["If-Match: \"a\", *"],
        "An asterisk beside tags is not in the grammar, and should not open the guard.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-match/star-on-second-line",
        Taste,
        "13.1.1",
        &["If-Match: \"a\"", "If-Match: *"],
        "An asterisk beside tags is not in the grammar, and should not open the guard.",
    )
    .needs(TAG)
    .also(&[400]),
];
