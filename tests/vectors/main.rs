//! The tables of `tests/data`, a module for each of their subjects, and tables in the modules themselves.

mod cache;
mod client;
mod dav;
mod dav_oracle;
mod dav_order;
mod dav_text;
mod dav_values;
mod entity_tag;
mod evaluate;
mod http_date;
mod if_match;
mod if_range;
mod incomplete_response;
mod multipart;
mod oracle_is_right;
mod overruled;
mod range;
mod response;
mod stable_tags;
mod validator_fields;
mod versus_http_cache_semantics;
