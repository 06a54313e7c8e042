//! Every case there is, or every short value, against the oracle.

mod dav;
mod downloads;
mod evaluation;
mod lines;
mod multipart;
mod overruled;
mod range_decisions;
mod ranges;
mod roles;
mod validation;
mod values;
