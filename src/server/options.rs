//! The server's settings for an evaluation, given before the first field line.

use crate::date::http_date::HttpDate;
use crate::range::resolve::RangePolicy;
use crate::request::method::Method;

/// The server's settings for an [`Evaluation`](crate::Evaluation): its policies, and its
/// knowledge of this request. ([RFC 9110 §13.2])
///
/// By default the status code without conditions is 404 for a GET, HEAD, QUERY, DELETE or PATCH
/// if no representation exists, and 200 otherwise (our decision). No condition is required.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};
///
/// // A constant, if the server has the same policy for every request.
/// const OPTIONS: Options = Options::new().require_if_match();
///
/// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
/// let put = || Evaluation::with_options("PUT", Some(&current), OPTIONS.unconditional_status(204));
/// assert_eq!(put().fields([("If-Match", "\"v2\"")]).decide().status(), 204);
/// assert_eq!(put().decide().outcome(), Outcome::PreconditionRequired);
/// ```
///
/// [RFC 9110 §13.2]: https://www.rfc-editor.org/rfc/rfc9110#section-13.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    unconditional: Option<u16>,
    pub(crate) now: HttpDate,
    pub(crate) range_policy: RangePolicy,
    pub(crate) require_if_match: bool,
    pub(crate) already_applied: bool,
}

impl Options {
    /// Creates the default options.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            unconditional: None,
            now: HttpDate::ASSUMED_NOW,
            range_policy: RangePolicy::new(),
            require_if_match: false,
            already_applied: false,
        }
    }

    /// Sets the status code that the server would send without conditions and without Range, as
    /// far as the server knows it before it performs the method. Pass 200 if Range would make it
    /// 206 or 416. Status codes are 100 to 599; any other number has the effect of a refusal.
    ///
    /// If the status code is neither 2xx nor 412, the conditions are ignored and the decision
    /// returns it unchanged (§13.2.1), because the request would be redirected or refused anyway.
    /// The outcome is then [`Outcome::Unconditional`](crate::Outcome::Unconditional).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Evaluation, Options, Outcome, Representation};
    ///
    /// let fields = [("If-None-Match", "*")];
    /// let page = Representation::new();
    /// let options = Options::new().unconditional_status(301);
    /// let moved = Evaluation::with_options("GET", Some(&page), options).fields(fields).decide();
    /// assert_eq!((moved.outcome(), moved.status()), (Outcome::Unconditional, 301));
    ///
    /// let options = Options::new().unconditional_status(201);
    /// let creates = Evaluation::with_options("PUT", None, options).fields(fields).decide();
    /// assert_eq!((creates.outcome(), creates.status()), (Outcome::Perform, 201));
    /// ```
    #[must_use]
    pub const fn unconditional_status(self, status: u16) -> Self {
        Self {
            unconditional: Some(status),
            ..self
        }
    }

    /// Sets the current time, which decides the century of a two-digit year (§5.6.7). It has no
    /// other effect. The default is [`HttpDate::ASSUMED_NOW`].
    #[must_use]
    pub const fn now(self, now: HttpDate) -> Self {
        Self { now, ..self }
    }

    /// Sets how the server treats a malformed Range and several ranges (§14.2). The policy has an
    /// effect only if the [complete length](crate::Representation::complete_length) is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::{RangePolicy, SeveralRanges};
    /// use http_preconditions::{Evaluation, Options, Representation};
    ///
    /// // A device that cannot send multipart content.
    /// const OPTIONS: Options =
    ///     Options::new().range_policy(RangePolicy::new().several(SeveralRanges::Ignore));
    ///
    /// let current = Representation::new().complete_length(1000);
    /// let status = |range| {
    ///     let evaluation = Evaluation::with_options("GET", Some(&current), OPTIONS);
    ///     evaluation.fields([("Range", range)]).decide().status()
    /// };
    /// assert_eq!(status("bytes=-500"), 206);
    /// assert_eq!(status("bytes=0-0,-1"), 200);
    /// ```
    #[must_use]
    pub const fn range_policy(self, range_policy: RangePolicy) -> Self {
        Self {
            range_policy,
            ..self
        }
    }

    /// Sets If-Match as required for a change of an existing representation: a request without
    /// If-Match gets 428 (Precondition Required). ([RFC 6585 §3])
    ///
    /// No other field satisfies this requirement, because only If-Match shows that the client
    /// knows the current version. `If-Match: *`, from a client that overwrites any version,
    /// satisfies it. If-Match is not required for GET, HEAD and QUERY, nor for the methods that
    /// ignore all conditions, nor where no representation exists, since nothing can be lost
    /// there. These are our decisions.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Evaluation, Options, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let status = |name, value| {
    ///     let options = Options::new().require_if_match();
    ///     let evaluation = Evaluation::with_options("PUT", Some(&current), options);
    ///     evaluation.fields([(name, value)]).decide().status()
    /// };
    /// assert_eq!(status("If-Match", "\"v2\""), 200);
    /// assert_eq!(status("If-Match", "\"v1\""), 412);
    /// assert_eq!(status("If-None-Match", "\"v1\""), 428, "guards no version");
    /// ```
    ///
    /// [RFC 6585 §3]: https://www.rfc-editor.org/rfc/rfc6585#section-3
    #[must_use]
    pub const fn require_if_match(self) -> Self {
        Self {
            require_if_match: true,
            ..self
        }
    }

    /// Sets the requested state as already in place: for example, a client retries a request
    /// because the response was lost, and the server recognises the request.
    ///
    /// A false If-Match or If-Unmodified-Since then leads to
    /// [`Outcome::AlreadyApplied`](crate::Outcome::AlreadyApplied): a success, without performing
    /// the method again (§13.1.1, §13.1.4). This setting has no effect on GET, HEAD and QUERY,
    /// which change nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let options = Options::new().unconditional_status(204).already_applied();
    /// let retry = Evaluation::with_options("PUT", Some(&current), options)
    ///     .fields([("If-Match", "\"v1\"")])
    ///     .decide();
    /// assert_eq!((retry.outcome(), retry.status()), (Outcome::AlreadyApplied, 204));
    /// ```
    #[must_use]
    pub const fn already_applied(self) -> Self {
        Self {
            already_applied: true,
            ..self
        }
    }

    /// Returns the status code without conditions: as set, or the default for this method.
    #[inline]
    pub(crate) const fn status(self, method: Method, exists: bool) -> u16 {
        match self.unconditional {
            Some(status) => status,
            None if !exists && method.needs_representation() => 404,
            None => 200,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
