//! The parts of a request that preconditions read: the method and six fields. (RFC 9110 §13.1)
//!
//! | file | content |
//! | --- | --- |
//! | `method` | the classes of methods |
//! | `field` | the six fields, found by name |
//! | `field_set` | a set of these fields |
//! | `field_value` | values that are made, for requests and responses |
//! | `tag_list` | one line of If-Match or If-None-Match: its members, and their comparison |
//! | `if_match` | `IfMatch` and `IfNoneMatch`: a valid `tag_list` line, for public use |
//! | `list_members` | the members of a line, malformed ones too, for public use |
//! | `if_range` | `IfRange`: a tag or a date, for public use |
//!
//! `Evaluation` uses `tag_list` directly, because a malformed line can still match. It uses
//! neither `if_match`, `list_members` nor `if_range`: a change there does not change a decision.

pub(crate) mod field;
pub(crate) mod field_set;
pub(crate) mod field_value;
pub(crate) mod if_match;
pub(crate) mod if_range;
pub(crate) mod list_members;
pub(crate) mod method;
pub(crate) mod tag_list;
