//! Resolves the requested ranges against a complete length, within the policy of the server.

use core::iter::FusedIterator;

use crate::byte_range::ByteRange;
use crate::range::{Range, RangeSpecs};

impl<'a> Range<'a> {
    /// Resolves the ranges against a representation of `complete_length` octets. (§14.1.2, §14.2)
    ///
    /// Ranges that cannot be satisfied are left out; the others are in the order of the request,
    /// and are not joined where they overlap or touch. Takes time linear in the octets of the
    /// value, and so does the walk over the ranges.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Range, RangePolicy, Resolution};
    ///
    /// let resolve = |value, length| Range::parse(value).map(|range| range.resolve(length, RangePolicy::new()));
    /// assert!(matches!(resolve(b"bytes=999-,1000-", 1000)?, Resolution::Partial(ranges) if ranges.len() == 1));
    /// assert!(matches!(resolve(b"bytes=1000-", 1000)?, Resolution::Unsatisfiable));
    /// assert!(matches!(resolve(b"bytes=0-,0-", 1000)?, Resolution::Ignored), "twice the whole");
    /// assert!(matches!(resolve(b"bytes=0-", 0)?, Resolution::Ignored), "an empty representation");
    /// assert!(matches!(resolve(b"lines=1-2", 1000)?, Resolution::Ignored));
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    #[must_use]
    pub fn resolve(&self, complete_length: u64, policy: RangePolicy) -> Resolution<'a> {
        // §14.2: a unit that is not understood is ignored, and not answered 416. So is a Range of an
        // empty representation, of which no Content-Range can describe a part: our decision.
        if !self.is_bytes() || complete_length == 0 {
            return Resolution::Ignored;
        }
        let mut octets_left = complete_length.saturating_mul(policy.max_total_times.into());
        let mut count: u32 = 0;
        for range in self.specs().filter_map(|spec| spec.of(complete_length)) {
            count = count.saturating_add(1);
            match policy.several {
                SeveralRanges::Ignore if count > 1 => return Resolution::Ignored,
                SeveralRanges::Reject if count > 1 => return Resolution::Unsatisfiable,
                _ => {}
            }
            match octets_left.checked_sub(range.length()) {
                Some(left) if count <= policy.max_ranges.into() => octets_left = left,
                _ => return Resolution::Ignored,
            }
        }
        if count > 0 {
            Resolution::Partial(ByteRanges::counted(self.specs(), complete_length, count))
        } else {
            Resolution::Unsatisfiable
        }
    }
}

/// What a server does about a Range that it need not serve: one that is malformed, asks for several
/// ranges, or asks for too much. ([RFC 9110 §14.2])
///
/// A request of a few octets can ask for the whole a thousand times over (CVE-2011-3192,
/// CVE-2024-26141). So there are two limits: on the number of ranges, each of which costs the
/// fields of a part, and on the sum of their lengths as a multiple of the complete length, which
/// overlapping ranges exceed. Both are sums over one walk, so that no value makes the check slow or
/// needs memory, as comparing ranges with each other would.
///
/// Only satisfiable ranges count, cut at the end of the representation; a single range never
/// exceeds the default limits. A Range that exceeds a limit is ignored: the whole is sent in a 200.
///
/// # Examples
///
/// ```
/// use http_preconditions::{Range, RangePolicy, Resolution, SeveralRanges};
///
/// // A device that sends no multipart.
/// const SINGLE: RangePolicy = RangePolicy::new().several(SeveralRanges::Ignore);
///
/// let range = Range::parse(b"bytes=0-1,4-5")?;
/// assert!(matches!(range.resolve(10, RangePolicy::new()), Resolution::Partial(_)));
/// assert!(matches!(range.resolve(10, SINGLE), Resolution::Ignored));
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RangePolicy {
    pub(crate) malformed: MalformedRange,
    several: SeveralRanges,
    max_ranges: u16,
    max_total_times: u16,
}

impl RangePolicy {
    /// Creates the usual policy: a malformed Range is ignored, several ranges are served, at most
    /// 200 of them, which together have no more octets than the representation.
    ///
    /// 200 is enough for clients that fetch the parts of a document one by one, and Apache's limit
    /// since 2011. Go, nginx and Rack have the other limit: a client that asks for more is better
    /// off with the whole.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            malformed: MalformedRange::Ignore,
            several: SeveralRanges::Serve,
            max_ranges: 200,
            max_total_times: 1,
        }
    }

    /// Sets what becomes of a malformed Range. It is [reported](crate::Decision::malformed) in
    /// either case.
    #[must_use]
    pub const fn malformed(self, malformed: MalformedRange) -> Self {
        Self { malformed, ..self }
    }

    /// Sets what becomes of several ranges. Ranges that are not satisfiable do not count.
    #[must_use]
    pub const fn several(self, several: SeveralRanges) -> Self {
        Self { several, ..self }
    }

    /// Sets the largest number of ranges. With 0, every satisfiable Range is ignored.
    #[must_use]
    pub const fn max_ranges(self, max_ranges: u16) -> Self {
        Self { max_ranges, ..self }
    }

    /// Sets how many times the octets of the representation all ranges may have together, and in
    /// any case fewer than 2^64 octets. With 0, every satisfiable Range is ignored.
    #[must_use]
    pub const fn max_total_times(self, max_total_times: u16) -> Self {
        Self {
            max_total_times,
            ..self
        }
    }
}

impl Default for RangePolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// What a server does about a malformed Range, such as `bytes=5-4`. ([RFC 9110 §14.2])
///
/// A unit other than bytes is never malformed, and always ignored.
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum MalformedRange {
    /// Answers 200 with the whole, as if there were no Range.
    #[default]
    Ignore,
    /// Answers 416.
    Reject,
}

/// What a server does about several ranges in one request. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "ranges are sent, ignored or refused"
)]
pub enum SeveralRanges {
    /// Answers 206 with `multipart/byteranges`, within the limits.
    #[default]
    Serve,
    /// Answers 200 with the whole, as if there were no Range.
    Ignore,
    /// Answers 416.
    Reject,
}

/// What a [`Range`] comes to for a representation of a known length. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a range is sent, refused or ignored"
)]
pub enum Resolution<'a> {
    /// Answer 206 (Partial Content) with these ranges, of which there is at least one: one as it is
    /// with its [`ContentRange`](crate::ContentRange), several as `multipart/byteranges` (§15.3.7).
    Partial(ByteRanges<'a>),
    /// Answer 416 (Range Not Satisfiable) with the complete length in a
    /// [`ContentRange`](crate::ContentRange) (§15.5.17): no range is satisfiable, or the policy
    /// rejects several.
    Unsatisfiable,
    /// Answer 200 with the whole, as if there were no Range: the unit is another than bytes, the
    /// limits are exceeded, the policy ignores several ranges, or the representation is empty.
    Ignored,
}

/// The ranges to send, in the order of the request. Their number is known beforehand.
#[derive(Clone, Debug)]
pub struct ByteRanges<'a> {
    /// The only range, which is not read again.
    one: Option<ByteRange>,
    specs: RangeSpecs<'a>,
    complete_length: u64,
    /// How many are to come.
    pub(crate) left: u32,
}

impl<'a> ByteRanges<'a> {
    pub(crate) const NONE: Self = Self::counted(RangeSpecs::NONE, 0, 0);

    pub(crate) const fn one(range: ByteRange) -> Self {
        Self {
            one: Some(range),
            left: 1,
            ..Self::NONE
        }
    }

    /// Creates the ranges that are satisfiable.
    pub(crate) fn of(specs: RangeSpecs<'a>, complete_length: u64) -> Self {
        let ranges = specs.clone().filter_map(|spec| spec.of(complete_length));
        let count = ranges.fold(0_u32, |count, _| count.saturating_add(1));
        Self::counted(specs, complete_length, count)
    }

    /// Creates the ranges that are satisfiable, of which there are `left`.
    const fn counted(specs: RangeSpecs<'a>, complete_length: u64, left: u32) -> Self {
        Self {
            one: None,
            specs,
            complete_length,
            left,
        }
    }
}

impl Iterator for ByteRanges<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        self.left = self.left.checked_sub(1)?;
        let length = self.complete_length;
        let mut ranges = self.specs.by_ref().filter_map(|spec| spec.of(length));
        self.one.take().or_else(|| ranges.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for ByteRanges<'_> {}

impl FusedIterator for ByteRanges<'_> {}
