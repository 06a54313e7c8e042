//! Creates entity tags from versions, digests, ids and file times. ([RFC 9110 §8.8.3])
//!
//! # Making tags
//!
//! A server needs an [`EntityTag`](crate::EntityTag) before it can compare one.
//! [`EntityTagBuf<N>`](EntityTagBuf) owns a tag of up to `N` bytes, without an allocator. Every
//! function that makes a tag is a `const fn`. No tag is ever cut off: if `N` is too small, the
//! program does not build where the compiler knows the size, and the function returns
//! [`BufferTooSmall`](crate::BufferTooSmall) everywhere else.
//!
//! | you have | make the tag with | the tag is |
//! | --- | --- | --- |
//! | a number that every change increases: a row's version, a revision | [`from_version`](EntityTagBuf::from_version); for an `i64` [`from_signed_version`](EntityTagBuf::from_signed_version) | strong, and the cheapest |
//! | the content, the same for everybody | [`from_digest_hex`](EntityTagBuf::from_digest_hex), [`from_digest_base64url`](EntityTagBuf::from_digest_base64url), with SHA-256, or with a fast hash if nobody gains from two contents with one hash | strong |
//! | the content, for some users only | the same with a keyed hash that includes the user, as below | strong |
//! | a file that you do not read | [`from_file`](EntityTagBuf::from_file); with the feature `std` `FileValidators` has its date and length too | weak: the file may change twice and keep its time |
//! | such a file, and you guarantee that each change sets its time by your clock | [`from_file_at`](EntityTagBuf::from_file_at), which lists the conditions and the order of reading | strong once the time is more than two seconds ago |
//! | such a file, which may be replaced by a rename | length, time and inode in the builder, as [`from_file_at`](EntityTagBuf::from_file_at) shows | like the row above |
//! | a commit that everything is built from | [`from_id`](EntityTagBuf::from_id) | strong |
//! | several of these | [`EntityTagBuilder`] | strong, unless a part is weak |
//! | an asset of the program | `from_digest_base64url` in a `const` | strong, without hashing at run time |
//! | several content codings | [`with_coding`](crate::EntityTag::with_coding), or [`to_weak`](crate::EntityTag::to_weak) if you compress on the fly | as strong as the tag without a coding; weak after `to_weak` |
//!
//! ```
//! use http_preconditions::{Representation, evaluate, tag::{EntityTagBuf, EntityTagBuilder}};
//! use sha2::{Digest, Sha256};
//! use xxhash_rust::{const_xxh3, xxh3};
//!
//! let row = EntityTagBuf::<22>::from_version(17);
//! assert_eq!(row.as_bytes(), b"\"17\"");
//!
//! // Any hash function that returns an array of bytes.
//! let page = b"<!doctype html>";
//! let digest: [u8; 32] = Sha256::digest(page).into();
//! let sha256 = EntityTagBuf::<66>::from_digest_hex(&digest);
//! let fast = EntityTagBuf::<24>::from_digest_base64url(&xxh3::xxh3_128(page).to_be_bytes());
//! assert_eq!(sha256.to_string(),
//!     "\"fe26c59e91ac8de694b2531dc3bdc1b7faf471d3d7e4e00870af60f5f22897cb\"");
//!
//! // An asset: use `include_bytes!("page.html")` here. Hashing a large file slows down the build.
//! const PAGE: &[u8] = b"<!doctype html>";
//! const TAG: EntityTagBuf<24> =
//!     EntityTagBuf::from_digest_base64url(&const_xxh3::xxh3_128(PAGE).to_be_bytes());
//! const CURRENT: Representation = Representation::new().etag(TAG.as_entity_tag());
//! assert_eq!(TAG, fast);
//! assert_eq!(evaluate("GET", [("If-None-Match", fast.as_bytes())], Some(&CURRENT)).status(), 304);
//!
//! // Everything that changes the representation: row, release of the templates, language.
//! let rendered: EntityTagBuf<32> =
//!     EntityTagBuilder::new().version(17).id(b"e83c516")?.text(b"en")?.build()?;
//! assert_eq!(rendered.to_string(), "\"17.e83c516.en\"");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! | trap | consequence | remedy |
//! | --- | --- | --- |
//! | a weak tag where a strong tag is needed | `If-Match` never matches it: every update gets 412, and no download resumes without a strong date | a version or a digest; check [`is_weak`](crate::EntityTag::is_weak) |
//! | two files of one size and time, of which one replaces the other | one tag for both: 304 with the old content | the inode, as [`from_file_at`](EntityTagBuf::from_file_at) shows, or a digest |
//! | a file that changes while it is read, or a clock that is read after the content | a strong tag for a mixture of two versions | the order of [`from_file_at`](EntityTagBuf::from_file_at): clock, metadata, content, metadata |
//! | a strong tag that two contents share | a resumed download joins both; an update overwrites a version that its author has not seen | [`from_file`](EntityTagBuf::from_file) is weak; call [`strong_modified`](EntityTagBuilder::strong_modified) only if you can guarantee the times |
//! | a tag that stays although the resource changes: another template, language or joined row, a time that the build sets to a constant, `git describe --dirty` | the old page, 304 after 304 | a part for each in the builder, whose [`id`](EntityTagBuilder::id) refuses `-dirty`; no tag rather than a tag from a constant time |
//! | a tag that is cut to fit | two versions with one tag | this crate returns `BufferTooSmall` |
//! | one strong tag for gzip and plain | different bytes under one strong tag (§8.8.3.3): a resumed download joins both | `with_coding`, as below |
//! | a coding's suffix that is recognised without a look at the text before it | any version passes for the current version | [`coding_named_by`](crate::EntityTag::coding_named_by) compares the whole tag |
//! | a tag that ends like a coded tag: version `"a-gzip"` after `"a"`, or the language `pt-br` beside `pt` | the coded variant of one passes for the other | do not end a tag in a name; versions, ids and digests never do |
//! | a proxy that compresses, and strips the tag, weakens it, or adds its suffix | no 304, and 412 to every `If-Match` | compress at the origin, with a tag for each coding, and send `Cache-Control: no-transform`; or recognise the suffix, as below, or the weakened tag: [`overrule`](crate::overrule#a-proxy-that-weakens-tags) |
//! | equal tags for equal content | a tag reveals who else has the file, or whether a guess at its content is right | a keyed hash, as below |
//! | file times that differ between the servers of a pool, because each server unpacks the files itself | each request that reaches another server is a full transfer; downloads do not resume | a digest or the release; or a build that sets all times to the time of the last change |
//! | a hash that each process seeds (the default hasher of `std`), or that a library release changes | all tags change with a restart or an update: 200 to everybody, 412 to every update | a specified hash: SHA-256, XXH3; this crate never changes the text of a tag |
//! | a compressor that writes the time into its output, as gzip may | the digest of the coded bytes differs for equal content, also between servers; a strong tag of the content names two byte sequences | set that time to 0, and compress once; or use a weak tag |
//! | a nonce in a field that a 304 keeps, such as `Content-Security-Policy` | the stored page has the old nonce, the 304 brings a new one: scripts are blocked | leave the field out of the 304, send no validators for the page, or use a hash in the policy instead of the nonce |
//! | only a date, for a resource with several representations | a language or coding that has not changed gets 304 for another that the client holds; `If-Range` joins the two | a tag for each representation, beside the date |
//! | `If-None-Match: "*"`, a tag that is an asterisk, where `*` was meant | the `PUT` overwrites what exists | clients use [`create_only`](crate::client::create_only); a server can look for the tag `"*"`, as at [`IfNoneMatch::is_any`](crate::IfNoneMatch::is_any) |
//! | an editor that loaded the gzip variant from a server that adds the suffix on the way out (`mod_deflate`) | `If-Match: "x-gzip"` is compared with `"x"`: 412 every time | clients send `Accept-Encoding: identity` before they edit; a server compresses at the origin, or [recognises the suffix](crate::overrule#a-server-that-adds-a-suffix) |
//! | a suffix with another separator: `"x--gzip"` (Jetty), `"x:gzip"` (flask-compress), `"x;gzip"` | it names no coding: a transfer, or 412 | [`CodingSeparator`] |
//! | a change that comes with the tag of another representation: `"7.json"` to the XML | 412 every time, although the client knows the version | [two representations](crate::overrule#two-representations), if one change changes all representations |
//! | weak tags in an API whose clients send them in If-Match (FHIR, OData, SCIM) | 412 to every update | the rule of that specification: [`overrule`](crate::overrule) |
//! | validators on the response to a `PUT` whose content the server has changed | the client takes its own content for the new version (§9.3.4) | [`ValidatorsToSend::for_put`](crate::ValidatorsToSend::for_put) sends none then |
//!
//! # Content codings
//!
//! The tag of a coded variant ends in `-` and the name of its coding, inside the quotes, as in
//! Apache. For another separator, such as the `--` of Jetty, see [`CodingSeparator`]. If the origin compresses, you need only give the tag of the variant that it selects.
//!
//! ```
//! use http_preconditions::{EntityTag, IfNoneMatch, Representation, evaluate};
//! use http_preconditions::tag::{ContentCoding, EntityTagBuf};
//!
//! const BASE: EntityTag = EntityTag::from_static("\"abc\"");
//! const CODINGS: [ContentCoding; 2] = [ContentCoding::BR, ContentCoding::GZIP];
//!
//! let selected: EntityTagBuf<32> = BASE.with_coding(ContentCoding::GZIP)?;
//! assert_eq!(selected.as_bytes(), b"\"abc-gzip\"");
//! let gzip = Representation::new().etag(selected.as_entity_tag());
//! let revalidate = |field| evaluate("GET", [("If-None-Match", field)], Some(&gzip)).status();
//! assert_eq!(revalidate("\"abc-gzip\""), 304);
//! assert_eq!((revalidate("\"abc\""), revalidate("\"abc-br\"")), (200, 200));
//! assert_eq!(revalidate("\"ab-gzip\""), 200);
//!
//! // Behind a proxy that adds the suffix: the client holds a variant of this version, in the
//! // proxy's bytes, so that no range of our bytes continues it.
//! let field = IfNoneMatch::parse(b"\"old\", \"abc-gzip\"")?;
//! let current = match field.tags().find(|tag| BASE.coding_named_by(*tag, &CODINGS).is_some()) {
//!     Some(held) => Representation::new().etag(held).without_ranges(),
//!     None => Representation::new().etag(BASE),
//! };
//! let request = [("If-None-Match", "\"old\", \"abc-gzip\"")];
//! assert_eq!(evaluate("GET", request, Some(&current)).status(), 304);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Private resources
//!
//! Hash the user too, and keep the key secret: equal content has equal tags for one user only.
//!
//! ```
//! use hmac::{Hmac, KeyInit, Mac};
//! use http_preconditions::tag::EntityTagBuf;
//! use sha2::Sha256;
//!
//! fn private_tag(key: &[u8], user: u64, content: &[u8]) -> EntityTagBuf<45> {
//!     let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
//!     mac.update(&user.to_be_bytes());
//!     mac.update(content);
//!     EntityTagBuf::from_digest_base64url(&mac.finalize().into_bytes().into())
//! }
//!
//! let [alice, bob] = [1, 2].map(|user| private_tag(b"kept on the server", user, b"the same file"));
//! assert_ne!(alice, bob);
//! assert_eq!(alice, private_tag(b"kept on the server", 1, b"the same file"));
//! ```
//!
//! [RFC 9110 §8.8.3]: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3

pub(crate) mod buf;
pub(crate) mod builder;
mod coded;
pub(crate) mod content_coding;
pub(crate) mod entity_tag;
mod from;
mod from_file;

pub use self::buf::EntityTagBuf;
pub use self::builder::EntityTagBuilder;
pub use self::coded::CodingSeparator;
pub use self::content_coding::ContentCoding;
pub use crate::date::modification_time::ModificationTime;
#[cfg(feature = "std")]
pub use crate::representation::file::FileValidators;

/// A buffer for the tag of a number: [`from_version`](EntityTagBuf::from_version),
/// [`from_signed_version`](EntityTagBuf::from_signed_version).
pub type VersionTag = EntityTagBuf<22>;

/// A buffer for the tag of a digest of 32 bytes, such as SHA-256, in base64url:
/// [`from_digest_base64url`](EntityTagBuf::from_digest_base64url).
pub type DigestTag = EntityTagBuf<45>;

/// A buffer for the tag of a file: [`from_file`](EntityTagBuf::from_file),
/// [`from_file_at`](EntityTagBuf::from_file_at).
pub type FileTag = EntityTagBuf<40>;
