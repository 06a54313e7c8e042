//! Fields of a 200 that do not belong on every answer that stands for it. (RFC 9110 §8)

/// What a field of a 200 is about, where it may have to stay away from a 304 or a 206.
#[derive(Clone, Copy)]
pub(crate) enum Metadata {
    /// The modification date, which stands in for an entity-tag.
    LastModified,
    /// The representation, also where only a part of it is sent.
    Representation,
    /// The content of this very message.
    Content,
}

pub(crate) const METADATA: [(&str, Metadata); 10] = [
    ("Last-Modified", Metadata::LastModified),
    ("Content-Type", Metadata::Representation),
    ("Content-Encoding", Metadata::Representation),
    ("Content-Language", Metadata::Representation),
    ("Content-Disposition", Metadata::Representation),
    ("Repr-Digest", Metadata::Representation),
    ("Content-Length", Metadata::Content),
    ("Content-Range", Metadata::Content),
    ("Content-Digest", Metadata::Content),
    ("Content-MD5", Metadata::Content),
];

/// What the field of this name is about, in any case; none if it may stay wherever it is.
pub(crate) fn metadata(name: &[u8]) -> Option<Metadata> {
    let known = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    let mut metadata = METADATA.into_iter();
    metadata.find_map(|(field, metadata)| known(field).then_some(metadata))
}
