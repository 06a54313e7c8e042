//! The ways in which one field can come: absent, true, false, malformed, repeated.

/// The oracle counts years one by one, so that all this happens early.
pub(crate) const LM: i64 = -62_135_596_790;
pub(crate) const BEFORE: &[u8] = b"Mon, 01 Jan 0001 00:00:09 GMT";
pub(crate) const SAME: &[u8] = b"Mon, 01 Jan 0001 00:00:10 GMT";
pub(crate) const AFTER: &[u8] = b"Mon Jan  1 00:00:11 0001";

/// The lines of one field, in one of the ways in which it can come.
pub(crate) type Lines = &'static [&'static [u8]];

pub(crate) const LISTS: [Lines; 11] = [
    &[],
    &[b"\"v1\""],
    &[b"\"v0\", ,W/\"v1\""],
    &[b"\"v0\""],
    &[b""],
    &[b" * "],
    &[b"bad"],
    &[b"bad, \"v1\""],
    &[b"\"v0\"", b"\"v1\""],
    &[b"*", b"*"],
    &[b"*", b"\"v1\" \"v1\""],
];

pub(crate) const DATES: [Lines; 6] = [
    &[],
    &[BEFORE],
    &[SAME],
    &[AFTER],
    &[b"yesterday"],
    &[BEFORE, SAME],
];
