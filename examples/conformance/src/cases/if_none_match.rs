//! If-None-Match (RFC 9110 §13.1.2), on methods that change nothing.

use crate::case::Level::{Must, Taste};
use crate::case::{Case, Need};

const TAG: &[Need] = &[Need::Tag];

pub(super) const CASES: &[Case] = &[
    // One tag.
    Case::get(
        "if-none-match/current",
        Must,
        "13.1.2",
        &["If-None-Match: {tag}"],
        "A cache that has the current version must not be sent it again.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/other",
        Must,
        "13.1.2",
        &["If-None-Match: {other}"],
        "A cache that has another version would keep it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/head",
        Must,
        "13.1.2",
        &["If-None-Match: {tag}"],
        "HEAD is answered as GET is, without the content.",
    )
    .method("HEAD")
    .needs(TAG),
    Case::get(
        "if-none-match/head-other",
        Must,
        "13.1.2",
        &["If-None-Match: {other}"],
        "HEAD is answered as GET is, without the content.",
    )
    .method("HEAD")
    .needs(TAG),
    Case::get(
        "if-none-match/star",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "The asterisk matches every representation, for GET too.",
    ),
    Case::get(
        "if-none-match/star-head",
        Must,
        "13.1.2",
        &["If-None-Match: *"],
        "The asterisk matches every representation, for HEAD too.",
    )
    .method("HEAD"),
    Case::get(
        "if-none-match/no-tag",
        Must,
        "13.1.2",
        &["If-None-Match: \"a\""],
        "A resource without an entity tag matches no entity tag.",
    )
    .needs(&[Need::NoTag]),
    Case::get(
        "if-none-match/field-name-case",
        Must,
        "5.1",
        &["iF-nONE-mATCH: {tag}"],
        "Field names have no letter case.",
    )
    .needs(TAG),
    // Weak comparison.
    Case::get(
        "if-none-match/weak-form",
        Must,
        "13.1.2",
        &["If-None-Match: W/{strong}"],
        "A cache whose tag was weakened by a proxy or a coding must still be able to validate.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/strong-form",
        Must,
        "13.1.2",
        &["If-None-Match: {strong}"],
        "Weak comparison does not look at the prefix.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/weak-head",
        Must,
        "13.1.2",
        &["If-None-Match: W/{strong}"],
        "Weak comparison counts for HEAD too.",
    )
    .method("HEAD")
    .needs(TAG),
    // Which octets count.
    Case::get(
        "if-none-match/prefix",
        Must,
        "8.8.3.2",
        &["If-None-Match: {prefix}"],
        "A shorter tag is another version, and the cache would keep it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/longer",
        Must,
        "8.8.3.2",
        &["If-None-Match: {longer}"],
        "A longer tag is another version, and the cache would keep it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/letter-case",
        Must,
        "8.8.3.2",
        &["If-None-Match: {swapped}"],
        "Tags are compared octet by octet, and base64 differs in the case of letters.",
    )
    .needs(&[Need::TagWithLetter]),
    Case::get(
        "if-none-match/weak-prefix-in-quotes",
        Must,
        "8.8.3.2",
        &["If-None-Match: \"W/{opaque}\""],
        "In quotes the letters W/ are part of the tag.",
    )
    .needs(TAG),
    // Lists.
    Case::get(
        "if-none-match/list-last",
        Must,
        "13.1.2",
        &["If-None-Match: {other}, {tag}"],
        "A cache with several stored responses names the tags of all.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-first",
        Must,
        "13.1.2",
        &["If-None-Match: {tag}, {other}"],
        "A cache with several stored responses names the tags of all.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-without-current",
        Must,
        "13.1.2",
        &["If-None-Match: {other}, \"a\", W/\"b\""],
        "A cache that has other versions would keep one of them.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-without-spaces",
        Must,
        "5.6.1",
        &["If-None-Match: {other},{tag}"],
        "Whitespace around a comma is optional.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-whitespace",
        Must,
        "5.6.3",
        &["If-None-Match: \t{other}\t , \t {tag} \t"],
        "Whitespace is spaces and tabs, around the value and around commas.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-empty-members",
        Must,
        "5.6.1.2",
        &["If-None-Match: , {other} ,, {tag},"],
        "A recipient must accept empty members, which proxies leave when they join lines.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-comma-in-tag",
        Must,
        "8.8.3",
        &["If-None-Match: \"a,b\", {tag}"],
        "A comma is a legal character of a tag, so that commas in quotes separate nothing.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/own-comma",
        Must,
        "8.8.3",
        &["If-None-Match: {tag}"],
        "The server's own tag has a comma, and must be found whole.",
    )
    .needs(&[Need::TagWithComma]),
    Case::get(
        "if-none-match/list-backslash-in-tag",
        Must,
        "8.8.3",
        &["If-None-Match: \"a\\\", {tag}"],
        "A backslash escapes nothing in a tag, and a quote always ends it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-empty-tag",
        Must,
        "8.8.3",
        &["If-None-Match: \"\", {tag}"],
        "A tag of no characters is a tag.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-non-ascii-tag",
        Must,
        "8.8.3",
        &["If-None-Match: {non-ascii}, {tag}"],
        "Octets from 0x80 on are legal in a tag.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/list-long",
        Must,
        "5.4",
        &["If-None-Match: {many}{tag}"],
        "A list of forty tags is of a reasonable length.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/empty",
        Must,
        "13.1.2",
        &["If-None-Match:"],
        "A list of no tags matches nothing.",
    ),
    // Several lines.
    Case::get(
        "if-none-match/lines-second",
        Must,
        "5.3",
        &["If-None-Match: {other}", "If-None-Match: {tag}"],
        "Lines of one name are one list, and a proxy may split it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/lines-first",
        Must,
        "5.3",
        &["If-None-Match: {tag}", "If-None-Match: {other}"],
        "Lines of one name are one list, and a proxy may split it.",
    )
    .needs(TAG),
    Case::get(
        "if-none-match/lines-without-current",
        Must,
        "5.3",
        &["If-None-Match: {other}", "If-None-Match: \"a\""],
        "A cache that has other versions would keep one of them.",
    )
    .needs(TAG),
    // What the RFC leaves open. A 304 would keep what matches nothing.
    Case::get(
        "if-none-match/without-quotes",
        Taste,
        "8.8.3",
        &["If-None-Match: {opaque}"],
        "A value that is no tag should match nothing: the full response is safe.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-none-match/other-without-quotes",
        Taste,
        "8.8.3",
        &["If-None-Match: conformance-other"],
        "A value that is no tag names no version, and a 304 would keep a wrong one.",
    )
    .also(&[400]),
    Case::get(
        "if-none-match/unclosed",
        Taste,
        "8.8.3",
        &["If-None-Match: \"conformance-other"],
        "A value that is no tag names no version, and a 304 would keep a wrong one.",
    )
    .also(&[400]),
    Case::get(
        "if-none-match/lower-case-weak",
        Taste,
        "8.8.3",
        &["If-None-Match: w/{strong}"],
        "The prefix of a weak tag is an upper case W: the full response is safe.",
    )
    .needs(TAG)
    .also(&[400]),
    Case::get(
        "if-none-match/junk-behind",
        Taste,
        "8.8.3",
        &["If-None-Match: {other} junk"],
        "A value that is no list names no version, and a 304 would keep a wrong one.",
    )
    .also(&[400]),
    Case::get(
        "if-none-match/star-in-list",
        Taste,
        "13.1.2",
        &["If-None-Match: {other}, *"],
        "An asterisk beside tags is not in the grammar: the full response is safe.",
    )
    .also(&[400]),
];
