//! The fields of a 200 that a 304, a 206 or a refusal keeps. (RFC 9110 §15.4.5, §15.3.7)

use crate::request::field::Field;
use crate::server::decision::{Condition, Decision};

/// The subject of a field of the 200 that another response may have to leave out. (§8)
#[derive(Clone, Copy)]
pub(crate) enum Metadata {
    /// The modification date, which a 304 needs only without an entity tag.
    LastModified,
    /// The representation. The field is the same for a part of it.
    Representation,
    /// The content of this message.
    Content,
    /// The 200 as a whole: a 304 and a 206 keep the field, a refusal does not.
    Response,
}

/// The names are in lower case, as frameworks want them.
pub(crate) const METADATA: [(&str, Metadata); 18] = [
    ("last-modified", Metadata::LastModified),
    ("content-type", Metadata::Representation),
    ("content-encoding", Metadata::Representation),
    ("content-language", Metadata::Representation),
    ("content-disposition", Metadata::Representation),
    ("repr-digest", Metadata::Representation),
    ("content-length", Metadata::Content),
    ("content-range", Metadata::Content),
    ("content-digest", Metadata::Content),
    ("content-md5", Metadata::Content),
    ("transfer-encoding", Metadata::Content),
    ("etag", Metadata::Response),
    ("cache-control", Metadata::Response),
    ("cdn-cache-control", Metadata::Response),
    ("surrogate-control", Metadata::Response),
    ("expires", Metadata::Response),
    ("content-location", Metadata::Response),
    ("accept-ranges", Metadata::Response),
];

/// Returns the subject of the field with this name, in any case. Returns `None` if every response
/// keeps the field.
pub(crate) fn metadata(name: &[u8]) -> Option<Metadata> {
    let known = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    let mut metadata = METADATA.into_iter();
    metadata.find_map(|(field, metadata)| known(field).then_some(metadata))
}

impl Decision {
    /// Returns true if a field of the 200 belongs on the 304. ([RFC 9110 §15.4.5])
    ///
    /// The 304 must have `Content-Location`, `Date`, `ETag`, `Vary`, `Cache-Control` and
    /// `Expires` if the 200 has them. It leaves out other representation metadata, but keeps
    /// `Last-Modified` if the representation has no entity tag. It also leaves out fields that
    /// describe the content, because a 304 has no content. It keeps all other fields.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Representation, evaluate};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
    /// let decision = evaluate("GET", [("If-None-Match", "\"v1\"")], Some(&current));
    /// assert!(decision.not_modified_keeps("cache-control"));
    /// assert!(!decision.not_modified_keeps("Content-Type"));
    /// ```
    ///
    /// [RFC 9110 §15.4.5]: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
    #[must_use]
    pub fn not_modified_keeps(&self, name: impl AsRef<[u8]>) -> bool {
        metadata(name.as_ref()).is_none_or(|subject| self.not_modified_keeps_subject(subject))
    }

    pub(crate) const fn not_modified_keeps_subject(&self, subject: Metadata) -> bool {
        match subject {
            Metadata::LastModified => !self.has_etag,
            Metadata::Representation | Metadata::Content => false,
            Metadata::Response => true,
        }
    }

    /// Returns true if a field of the 200 belongs on the 206. ([RFC 9110 §15.3.7])
    ///
    /// The 206 leaves out `Content-Length` and digests of the content, because they describe the
    /// content of the 200. If the request has If-Range, the client already holds a part with the
    /// representation metadata: the 206 then leaves out the metadata that the RFC does not
    /// require. For several ranges, you must set `Content-Type` to `multipart/byteranges`.
    ///
    /// [RFC 9110 §15.3.7]: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
    #[must_use]
    pub fn partial_content_keeps(&self, name: impl AsRef<[u8]>) -> bool {
        metadata(name.as_ref()).is_none_or(|subject| self.partial_content_keeps_subject(subject))
    }

    pub(crate) const fn partial_content_keeps_subject(&self, subject: Metadata) -> bool {
        match subject {
            Metadata::Content => false,
            Metadata::LastModified | Metadata::Representation => {
                matches!(self.condition(Field::IfRange), Condition::Absent)
            }
            Metadata::Response => true,
        }
    }
}
