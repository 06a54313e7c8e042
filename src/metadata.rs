//! Fields of a 200 that do not belong on every answer that stands for it.

/// Representation metadata that neither a 304 nor a 206 has to carry. (§8)
pub(crate) enum Metadata {
    LastModified,
    /// Describes the representation, also where only a part of it is sent.
    OfRepresentation,
    /// Describes the content of this very message.
    OfContent,
}

/// What kind of metadata the field of this name is, in any case; none if it may stay.
pub(crate) fn metadata(name: &[u8]) -> Option<Metadata> {
    let is_one_of = |names: &[&str]| {
        names
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
    };
    if is_one_of(&["Last-Modified"]) {
        Some(Metadata::LastModified)
    } else if is_one_of(&[
        "Content-Type",
        "Content-Encoding",
        "Content-Language",
        "Content-Disposition",
        "Repr-Digest",
    ]) {
        Some(Metadata::OfRepresentation)
    } else if is_one_of(&[
        "Content-Length",
        "Content-Range",
        "Content-Digest",
        "Content-MD5",
    ]) {
        Some(Metadata::OfContent)
    } else {
        None
    }
}
