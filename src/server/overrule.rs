//! Where another specification overrules RFC 9110: recipes for FHIR, OData, SCIM, object stores,
//! proxies that change tags, and ranges in other units. ([RFC 9110 §13.1])
//!
//! By default the conditions are judged by RFC 9110 alone: a weak tag never matches If-Match, and
//! a tag without quotes is malformed. Other specifications and some clients need other rules. A
//! server sets them in three steps, request by request:
//!
//! 1. Pass all lines to an [`Evaluation`](crate::Evaluation), as ever.
//! 2. Read the lines of the field with [`ListMembers`], and judge the members by the other rule.
//! 3. If a member matches by that rule, set the result of the condition:
//!    [`decide_with`](crate::Evaluation::decide_with). Otherwise set nothing. The condition is then
//!    judged by RFC 9110, `*` and malformed members included.
//!
//! Set If-Match to true, and If-None-Match to *false*, where a member matches. A rule that sets
//! only these results never makes a guard true that the rule does not know.
//!
//! In the recipes a field has one line. For several lines, chain their members:
//! `lines.flat_map(ListMembers::new)`.
//!
//! | recipe | the rule |
//! | --- | --- |
//! | [FHIR](#fhir), [OData](#odata), [SCIM](#scim) | a weak tag satisfies If-Match |
//! | [An object store](#an-object-store) | the quotes may be missing |
//! | [A proxy that weakens tags](#a-proxy-that-weakens-tags) | `W/` may have been added |
//! | [A server that adds a suffix](#a-server-that-adds-a-suffix) | `-gzip` may have been added |
//! | [Two representations](#two-representations) | the tag of another representation counts |
//! | [Ranges in another unit](#ranges-in-another-unit) | the API defines the unit |
//!
//! # FHIR
//!
//! A version of a resource is a weak tag, and a version-aware update sends it in If-Match.
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::{EntityTag, Evaluation, Field, Representation};
//!
//! const VERSION: EntityTag = EntityTag::from_static("W/\"3\"");
//! let current = Representation::new().etag(VERSION);
//! let update = |if_match: &str| {
//!     let update = Evaluation::new("PUT", Some(&current)).fields([("If-Match", if_match)]);
//!     let same = |member| matches!(member, ListMember::Tag(tag) if tag.weak_eq(VERSION));
//!     let is_listed = ListMembers::new(if_match.as_bytes()).any(same);
//!     update.decide_with(is_listed.then_some((Field::IfMatch, true))).status()
//! };
//! assert_eq!([update("W/\"3\""), update("W/\"2\""), update("3")], [200, 412, 412]);
//! ```
//!
//! *Given up:* strong comparison. Two byte sequences can share a weak tag, so your server must
//! change the version with every change of the resource, as FHIR requires. If-Range stays strong.
//!
//! # OData
//!
//! The rule is the same. An upsert tells update from insert by `*`, which RFC 9110 judges as
//! OData does: nothing is set for it.
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::{EntityTag, Evaluation, Field, Options, Representation};
//!
//! let patch = |current: Option<EntityTag>, name, value: &str| {
//!     let entity = current.map(|tag| Representation::new().etag(tag));
//!     let options = Options::new().unconditional_status(if entity.is_some() { 204 } else { 201 });
//!     let upsert = Evaluation::with_options("PATCH", entity.as_ref(), options);
//!     let mut members = ListMembers::new(value.as_bytes());
//!     let same = |tag: EntityTag| current.is_some_and(|current| tag.weak_eq(current));
//!     let same = members.any(|member| matches!(member, ListMember::Tag(tag) if same(tag)));
//!     upsert.fields([(name, value)]).decide_with(same.then_some((Field::IfMatch, true))).status()
//! };
//! let tag = Some(EntityTag::from_static("W/\"470867\""));
//! assert_eq!([patch(tag, "If-Match", "W/\"470867\""), patch(tag, "If-Match", "*")], [204, 204]);
//! assert_eq!([patch(None, "If-Match", "*"), patch(None, "If-None-Match", "*")], [412, 201]);
//! ```
//!
//! *Given up:* strong comparison, as for FHIR. `*` guards no version: it overwrites any.
//!
//! # SCIM
//!
//! The rule is the same. In a bulk request the tag is the member `version` of an operation, and
//! not a field: pass it as a line of If-Match. ([RFC 7644 §3.7, §3.14])
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::{EntityTag, Evaluation, Field, Options, Representation};
//!
//! const VERSION: EntityTag = EntityTag::from_static("W/\"a330bc54f0671c9\"");
//! let user = Representation::new().etag(VERSION);
//! let operation = |version: Option<&str>| {
//!     let required = Options::new().require_if_match();
//!     let lines = version.map(|version| ("If-Match", version));
//!     let delete = Evaluation::with_options("DELETE", Some(&user), required).fields(lines);
//!     let mut members = version.into_iter().flat_map(|line| ListMembers::new(line.as_bytes()));
//!     let same = members.any(|member| matches!(member, ListMember::Tag(tag) if tag.weak_eq(VERSION)));
//!     delete.decide_with(same.then_some((Field::IfMatch, true))).status()
//! };
//! assert_eq!(operation(Some("W/\"a330bc54f0671c9\"")), 200);
//! assert_eq!([operation(Some("W/\"e180ee84f0671b1\"")), operation(None)], [412, 428]);
//! ```
//!
//! *Given up:* strong comparison, as for FHIR.
//!
//! # An object store
//!
//! Clients send the tag without quotes, in If-Match and in If-None-Match, or an empty If-Match for
//! "no condition". `If-None-Match: *` only creates, as RFC 9110 says.
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::{EntityTag, Evaluation, Field, Representation};
//!
//! const TAG: EntityTag = EntityTag::from_static("\"62ca\"");
//! let object = Representation::new().etag(TAG);
//! let status = |method, name, value: &str| {
//!     let line = (!value.is_empty()).then_some((name, value)); // empty: absent
//!     let request = Evaluation::new(method, Some(&object)).fields(line);
//!     let listed = ListMembers::new(value.as_bytes()).any(|member| {
//!         matches!(member, ListMember::Malformed { bytes, .. } if bytes == TAG.opaque())
//!     });
//!     let results = [(Field::IfMatch, true), (Field::IfNoneMatch, false)];
//!     request.decide_with(results.into_iter().filter(|_| listed)).status()
//! };
//! assert_eq!([status("PUT", "If-Match", "62ca"), status("PUT", "If-Match", "71fb")], [200, 412]);
//! assert_eq!([status("GET", "If-None-Match", "62ca"), status("PUT", "If-None-Match", "*")], [304, 412]);
//! ```
//!
//! *Given up:* a guard that a client has emptied by mistake no longer stops an update. Where both
//! fields are sent, judge each by its own lines. A tag that is `W/"…"` or contains a comma or a
//! space has no form without quotes: never give an object such a tag.
//!
//! # A proxy that weakens tags
//!
//! A proxy that compresses on the way out makes `W/"v1"` of `"v1"`, and passes a client's If-Match
//! back unchanged.
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::{EntityTag, Evaluation, Field, Representation};
//!
//! const TAG: EntityTag = EntityTag::from_static("\"v1\"");
//! let current = Representation::new().etag(TAG);
//! let put = |if_match: &str| {
//!     let put = Evaluation::new("PUT", Some(&current)).fields([("If-Match", if_match)]);
//!     let same = |member| matches!(member, ListMember::Tag(tag) if tag.weak_eq(TAG));
//!     let is_listed = ListMembers::new(if_match.as_bytes()).any(same);
//!     put.decide_with(is_listed.then_some((Field::IfMatch, true))).status()
//! };
//! assert_eq!([put("W/\"v1\""), put("\"v1\""), put("W/\"v0\"")], [200, 200, 412]);
//! ```
//!
//! *Given up:* nothing for a client that replaces the whole content, as long as the tag that you
//! give is strong: it names one version, with `W/` or without. Do not apply the rule to a PATCH
//! that counts bytes. Do not set If-Range: the ranges of the proxy's bytes are not yours.
//!
//! # A server that adds a suffix
//!
//! Apache's `mod_deflate` makes `"v1-gzip"` of `"v1"`. An editor that has loaded the compressed
//! content sends that tag with its PUT.
//!
//! ```
//! use http_preconditions::overrule::{ListMember, ListMembers};
//! use http_preconditions::tag::ContentCoding;
//! use http_preconditions::{EntityTag, Evaluation, Field, Representation};
//!
//! const TAG: EntityTag = EntityTag::from_static("\"v1\"");
//! let current = Representation::new().etag(TAG);
//! let is_coded = |tag: EntityTag| TAG.coding_named_by(tag, &[ContentCoding::GZIP]).is_some();
//! let put = |if_match: &str| {
//!     let put = Evaluation::new("PUT", Some(&current)).fields([("If-Match", if_match)]);
//!     let same = |member| matches!(member, ListMember::Tag(tag) if !tag.is_weak() && is_coded(tag));
//!     let is_listed = ListMembers::new(if_match.as_bytes()).any(same);
//!     put.decide_with(is_listed.then_some((Field::IfMatch, true))).status()
//! };
//! assert_eq!([put("\"v1-gzip\""), put("\"v1\""), put("\"v0-gzip\"")], [200, 200, 412]);
//! ```
//!
//! *Given up:* a version must not have a tag that ends in the suffix: see
//! [`with_coding`](crate::EntityTag::with_coding). For `--gzip`, `:gzip` and `;gzip`, use
//! [`coding_named_with`](crate::EntityTag::coding_named_with). `x-gzip` is the same coding.
//!
//! # Two representations
//!
//! A client loads the JSON of a document and writes its XML, with the tag of the JSON. A change
//! through one representation changes both, so each of the tags shows that the client knows the
//! current version. If-None-Match and If-Range look at the selected representation only.
//!
//! ```
//! use http_preconditions::overrule::ListMembers;
//! use http_preconditions::{EntityTag, Evaluation, Field, Representation};
//!
//! const JSON: EntityTag = EntityTag::from_static("\"7.json\"");
//! let xml = Representation::new().etag(EntityTag::from_static("\"7.xml\""));
//! let put = |if_match: &str| {
//!     let put = Evaluation::new("PUT", Some(&xml)).fields([("If-Match", if_match)]);
//!     let is_listed = ListMembers::new(if_match.as_bytes()).lists_one_of(&[JSON]);
//!     put.decide_with(is_listed.then_some((Field::IfMatch, true))).status()
//! };
//! assert_eq!([put("\"7.json\""), put("\"7.xml\""), put("\"6.json\"")], [200, 200, 412]);
//! ```
//!
//! *Given up:* one representation may lack what another has. The client that loaded the JSON has
//! not seen what only the XML shows, and overwrites it.
//!
//! # Ranges in another unit
//!
//! The decision ignores every unit but bytes. An API that defines `items` looks at Range after
//! the decision, and compares If-Range itself.
//!
//! ```
//! use http_preconditions::{EntityTag, IfRange, Outcome, Representation, evaluate, range::Range};
//!
//! let current = Representation::new().etag(EntityTag::from_static("\"v1\""));
//! let items = |range: &'static str, if_range| {
//!     let fields = [("Range", range), ("If-Range", if_range)];
//!     let decision = evaluate("GET", fields, Some(&current));
//!     let unchanged = IfRange::parse(str::as_bytes(if_range)).ok() == current.strong_validator();
//!     let range = Range::parse(range.as_bytes()).ok()?;
//!     let known = range.unit().eq_ignore_ascii_case(b"items");
//!     (decision.outcome() == Outcome::Perform && unchanged && known).then(|| range.range_set())
//! };
//! assert_eq!(items("items=0-4", "\"v1\""), Some(b"0-4".as_slice()));
//! assert_eq!([items("items=0-4", "\"v0\""), items("bytes=0-4", "\"v1\"")], [None, None]);
//! ```
//!
//! *Given up:* status, Content-Range and limits: the API sends its own 206 or 416. Range counts
//! only for GET and QUERY. A request without If-Range has no such condition.
//!
//! [RFC 9110 §13.1]: https://www.rfc-editor.org/rfc/rfc9110#section-13.1
//! [RFC 7644 §3.7, §3.14]: https://www.rfc-editor.org/rfc/rfc7644#section-3.7

pub use crate::request::list_members::{ListMember, ListMembers};
