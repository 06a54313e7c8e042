//! The If-* fields of WebDAV and CalDAV: `If`, and `If-Schedule-Tag-Match`. ([RFC 4918 §10.4],
//! [RFC 6638 §8.3])
//!
//! `If` asks two questions, and most of its bugs come from mixing them. *Is the condition true?* A
//! list of conditions in parentheses is an AND, and the field is an OR over its lists, whichever
//! resource they are about. If it is false, the response is 412, whatever the method. *Which tokens
//! did the client submit?* Every state token anywhere in the field counts as submitted, even in a
//! false list and after `Not`. A method that changes a locked resource needs a submitted token of
//! its lock; otherwise the response is 423 (Locked).
//!
//! [`Preconditions`] answers both questions, and [`Evaluation::decide_dav`] puts the answers in
//! order with the preconditions of RFC 9110: 412 for `If`, then 423, then If-Match and the others.
//!
//! ```
//! use core::convert::Infallible;
//! use http_preconditions::dav::{Preconditions, ResourceTag, State};
//! use http_preconditions::{EntityTag, Evaluation, Outcome, Representation};
//!
//! // What the server knows: `/x` has this tag, and a lock with this token.
//! let tag = EntityTag::from_static("\"v1\"");
//! let lock = "urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2";
//!
//! // Is it the URL of `/x` on this server? The real comparison is that of the server's URLs.
//! let is_x = |url: ResourceTag| {
//!     let is_ours = match (url.scheme(), url.authority()) {
//!         (None, _) => true,
//!         (Some(b"http"), Some(authority)) => authority.eq_ignore_ascii_case(b"example.com"),
//!         _ => false,
//!     };
//!     is_ours && url.path_and_query() == b"/x"
//! };
//! let put = |lines: &[&str]| {
//!     let conditions = Preconditions::new().check_if(
//!         lines.iter().copied(),
//!         // Does the resource have this state? A resource that is not mapped has no state.
//!         |resource, state| {
//!             Ok::<_, Infallible>(resource.is_none_or(is_x) && match state {
//!                 State::Token(token) => token.as_bytes() == lock.as_bytes(),
//!                 State::EntityTag(listed) => listed.weak_eq(tag),
//!             })
//!         },
//!         // The locked resources that the method changes, each with the tokens of its locks.
//!         [[lock]],
//!     )?;
//!     let current = Representation::new().etag(tag);
//!     Ok::<_, Infallible>(Evaluation::new("PUT", Some(&current)).decide_dav(&conditions))
//! };
//! let token = format!("(<{lock}> [\"v1\"])");
//! assert_eq!(put(&[&token])?.outcome(), Outcome::Perform);
//! assert_eq!(put(&["([\"v0\"])"])?.status(), 412, "another version");
//! assert_eq!(put(&["([\"v1\"])"])?.status(), 423, "true, but no token is submitted");
//! assert_eq!(put(&["<http://other.example/x> ([\"v1\"])"])?.status(), 412, "another server");
//! assert_eq!(put(&[])?.status(), 423);
//! assert_eq!(put(&["([\"v1\"]"])?.status(), 412, "malformed is never true, and never absent");
//! # Ok::<(), Infallible>(())
//! ```
//!
//! A server whose look-ups are async uses [`If::ask`]: see [`Preconditions::if_is`]. A client makes
//! values with [`IfToSend`].
//!
//! # What the caller does
//!
//! - **URLs.** A [`ResourceTag`] comes apart into scheme, authority and path, and nothing is
//!   normalised. Compare it as the server compares a Request-URI. A tag that is compared as plain
//!   text never matches behind a proxy that changes scheme or port. A URL of another server is not
//!   mapped: all conditions about it are false, and their `Not` is true.
//! - **Locks.** Which locks a method must satisfy depends on the method: those of the resource, of
//!   the collection whose members change, of all members below a collection that is deleted, and of
//!   the destination of COPY and MOVE (§7.4, §7.5). Leave out tokens that this principal may not
//!   use.
//! - **Order.** Authorization comes first (§8.5).
//! - **423.** The response should name the roots of the locks, in the element `lock-token-submitted`
//!   (§7.5, §11.3).
//! - **Multi-Status.** The conditions are about the whole request. If one of several affected
//!   resources is locked, a server may answer 423 for all, or 207 with 423 for that resource
//!   (§9.6.1); for the second, leave the locks of the members out here and ask [`If::submits`].
//! - **412 or 400.** A malformed `If` is false, so the response is 412 (our decision, because
//!   RFC 4918 does not say). A server may answer 400 instead: see
//!   [`Decision::malformed`](crate::Decision::malformed).
//! - **A cache** must not evaluate `If`, because it knows no locks.
//!
//! # Limits
//!
//! There is no limit on lists and conditions. Every pass is linear in the bytes of the value and
//! needs constant memory; the check of the locks makes one pass for each token. A value asks for at most one look-up for each four bytes, which are
//! about 2,000 for 8 KiB. If that is too many, count in the closure and return an error.
//!
//! [RFC 4918 §10.4]: https://www.rfc-editor.org/rfc/rfc4918#section-10.4
//! [RFC 6638 §8.3]: https://www.rfc-editor.org/rfc/rfc6638#section-8.3
//! [`Evaluation::decide_dav`]: crate::Evaluation::decide_dav

mod asking;
mod if_value;
mod lists;
mod lock_token;
pub(crate) mod preconditions;
mod resource_tag;
mod schedule_tag;
mod state;
mod to_send;

pub use self::asking::{Asking, Question};
pub use self::if_value::If;
pub use self::lists::{List, Lists, State, StateCondition, StateConditions, StateTokens};
pub use self::lock_token::LockToken;
pub use self::preconditions::Preconditions;
pub use self::resource_tag::ResourceTag;
pub use self::schedule_tag::{IfScheduleTagMatch, ScheduleTag};
pub use self::state::{IfTag, StateToken};
pub use self::to_send::{IfToSend, ListToSend};
