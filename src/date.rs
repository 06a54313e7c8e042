//! Dates: the HTTP-date, and the modification time of a file. (RFC 9110 §5.6.7)

pub(crate) mod http_date;
pub(crate) mod modification_time;
