//! Several ranges (RFC 9110 §14.2, §15.3.7.2), where a plain range is served. The levels are those of
//! the status; octets that are not those of their Content-Range fail a MUST.

use crate::case::Level::{Must, Should};
use crate::case::{Case, Need};

const LONG: &[Need] = &[Need::Ranges, Need::Length(20)];
/// A server may ignore Range, always.
const IGNORED: &[u16] = &[200];

const SEVERAL: &[Need] = &[Need::SeveralRanges, Need::Length(20)];

/// Several ranges may be served, joined, or ignored; what is sent has to be right.
pub(super) const CASES: &[Case] = &[
    Case::get(
        "ranges/two",
        Should,
        "15.3.7.2",
        &["Range: bytes=0-1,10-12"],
        "Each part says which octets it has, and has those.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "ranges/first-and-suffix",
        Should,
        "15.3.7.2",
        &["Range: bytes=0-0,-1"],
        "Each part says which octets it has, and has those.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "ranges/empty-members",
        Must,
        "5.6.1.2",
        &["Range: bytes=0-1, ,10-12,"],
        "A recipient must accept empty members of a list.",
    )
    .needs(SEVERAL)
    .also(IGNORED),
    Case::get(
        "ranges/one-unsatisfiable",
        Should,
        "14.1.2",
        &["Range: bytes=3-7,{beyond}-"],
        "A set is satisfiable if one range of it is.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "ranges/all-unsatisfiable",
        Should,
        "14.2",
        &["Range: bytes={length}-,{beyond}-"],
        "A set is satisfiable if one range of it is.",
    )
    .needs(LONG)
    .also(IGNORED),
    Case::get(
        "ranges/overlapping",
        Should,
        "14.2",
        &["Range: bytes=0-9,5-14,8-19"],
        "A server may ignore or reject many overlapping ranges; what it sends has to be right.",
    )
    .needs(LONG)
    .also(&[200, 400, 416]),
];
