//! What the targets share: how an input falls into its parts, and how two answers are compared.

pub mod compare;
pub mod differences;
pub mod sections;
pub mod split;
