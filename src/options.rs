//! The server's say in an evaluation, set before the first field line.

use crate::http_date::HttpDate;
use crate::method::Method;
use crate::resolution::RangePolicy;

/// The server's say in an [`Evaluation`](crate::Evaluation): its policies, and its knowledge of
/// this request. ([RFC 9110 §13.2])
///
/// Without options the server is taken to answer 200 to a request without conditions, and 404 to a
/// GET, HEAD, QUERY, DELETE or PATCH where no representation exists. It demands no condition.
///
/// # Examples
///
/// ```
/// use http_preconditions::{EntityTag, Evaluation, Options, Outcome, Representation};
///
/// // The same for every request of a server: a constant.
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
    /// Creates the options of a server that has nothing to say.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            unconditional: None,
            now: HttpDate::NOW_WITHOUT_CLOCK,
            range_policy: RangePolicy::new(),
            require_if_match: false,
            already_applied: false,
        }
    }

    /// Sets the status code that the server would answer without conditions and without Range, as
    /// far as it is known before the method is performed. Where Range would make it 206 or 416, say
    /// 200. A status code is 100 to 599; any other number comes back like a refusal.
    ///
    /// Any status other than 2xx and 412 comes back as it is, and the conditions are ignored
    /// (§13.2.1): a request that would be redirected or refused anyway is. The outcome is then
    /// [`Outcome::Unconditional`](crate::Outcome::Unconditional).
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

    /// Sets the time that it is. Only a year of two digits asks for it (§5.6.7); no condition is
    /// compared with the clock. By default it is [`HttpDate::NOW_WITHOUT_CLOCK`].
    #[must_use]
    pub const fn now(self, now: HttpDate) -> Self {
        Self { now, ..self }
    }

    /// Sets what becomes of a malformed Range and of several ranges (§14.2). It counts where the
    /// [complete length](crate::Representation::complete_length) is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Evaluation, Options, RangePolicy, Representation, SeveralRanges};
    ///
    /// // A device that sends no multipart.
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

    /// Demands If-Match of a request that changes an existing representation: a request without one
    /// is answered 428 (Precondition Required). ([RFC 6585 §3])
    ///
    /// Only If-Match tells that a client works with the current version, so that no other field
    /// counts; the `*` of a client that overwrites any version does. Nothing is demanded where no
    /// representation exists, since nothing can be lost there, nor of GET, HEAD and QUERY, nor of
    /// the methods that ignore all conditions. These are our decisions.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{EntityTag, Evaluation, Options, Representation};
    ///
    /// let current = Representation::new().etag(EntityTag::from_static("\"v2\""));
    /// let status = |name, value| {
    ///     let evaluation = Evaluation::with_options("PUT", Some(&current), Options::new().require_if_match());
    ///     evaluation.fields([(name, value)]).decide().status()
    /// };
    /// assert_eq!(status("If-Match", "\"v2\""), 200);
    /// assert_eq!(status("If-Match", "\"v1\""), 412);
    /// assert_eq!(status("If-None-Match", "\"v1\""), 428, "it guards no version");
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

    /// Says that the requested state is in place already, as after the retry of a request whose
    /// response was lost.
    ///
    /// A false If-Match or If-Unmodified-Since then leads to success without performing the method
    /// again (§13.1.1, §13.1.4), except for GET, HEAD and QUERY, which change nothing.
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

    /// Returns the status without conditions: the server's, or the usual one.
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
