//! Evaluation of a request's preconditions on an origin server. ([RFC 9110 §13.2])
//!
//! A header line goes into `evaluation` and leaves its result in `conditions`; `decide()`, which is in
//! `precedence`, makes the decision of the results. The last four files help the server to
//! build the response.
//!
//! | file | task | RFC 9110 |
//! | --- | --- | --- |
//! | `evaluation` | finds the field of a line, compares a date or If-Range | §13.1.3 to §13.1.5 |
//! | `options` | holds the server's settings for one evaluation | §13.2.1, §14.2 |
//! | `conditions` | has the tags compared, keeps the result of each field so far | §13.1.1, §13.1.2 |
//! | `malformed` | keeps the first error of each field | §5.5 |
//! | `precedence` | finds the ignored and the false fields, runs the six steps | §13.2 |
//! | `dav` | puts the conditions of WebDAV before and between the six steps | RFC 4918 §10.4 |
//! | `overrides` | puts results that the caller has set in the place of ours | §13.2.2 |
//! | `decision` | reports the outcome, the status code and the reasons | §13.2.2 |
//! | `ranges` | reports the ranges of a 206 or a 416 | §14.2, §14.4 |
//! | `kept_fields` | tells which fields of the 200 belong on a 304 or a 206 | §15.4.5, §15.3.7 |
//! | `overrule` | recipes where another specification overrules RFC 9110 | §13.1 |
//! | `response` | turns the decision into a response: status code, fields and content | §15 |
//! | `validators_to_send` | computes `ETag` and `Last-Modified`; reads no request | §8.8 |
//!
//! To change a rule:
//!
//! - The grammar of a value is in `grammar`. The members of a list of tags are read in
//!   `request/tag_list.rs`, and Range in `range/verdict.rs`.
//! - A rule about one field (when is its date or tag met?) is in `evaluation` or `conditions`.
//! - A rule about several fields, the method or the status code is in `precedence`, and only
//!   there.
//! - The files from `decision` on report what `precedence` has decided, and decide nothing.
//! - Change the rule in `tests/oracle` too: `tests/exhaustive` compares the crate with the oracle
//!   for all combinations of fields.
//! - Every request passes through `evaluation` and `conditions`. Run `benches/instructions` after
//!   a change there, above all after a change of an `inline` attribute.
//!
//! All public items are exported at the root of the crate, those of `response` and
//! `overrule` as modules.
//!
//! [RFC 9110 §13.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2

pub(crate) mod conditions;
mod dav;
pub(crate) mod decision;
pub(crate) mod evaluation;
pub(crate) mod kept_fields;
pub(crate) mod malformed;
pub(crate) mod options;
mod overrides;
pub mod overrule;
mod precedence;
mod ranges;
pub mod response;
pub(crate) mod validators_to_send;
