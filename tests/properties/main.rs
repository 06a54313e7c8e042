//! Laws that hold for random values.

mod content_coding;
mod dav;
mod dav_requests;
mod evaluation;
mod ranges;
mod recipe;
mod roles;
mod tags;
