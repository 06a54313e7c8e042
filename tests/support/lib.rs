//! What the test programs, the fuzz targets and the benchmarks share.

pub mod agree;
pub mod agree_on_ranges;
pub mod dav;
pub mod downloads;
pub mod hostile;
pub mod multipart;
pub mod roles;
pub mod vectors;
