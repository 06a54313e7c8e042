//! The ranges of a request, resolved against a complete length within the policy of the server.

use core::iter::FusedIterator;

use crate::range::byte_range::ByteRange;
use crate::range::specifier::{Range, RangeSpecs};

impl<'a> Range<'a> {
    /// Resolves the ranges against a representation of `complete_length` bytes. (§14.1.2, §14.2)
    ///
    /// Unsatisfiable ranges are left out. The other ranges stay in the order of the request, and
    /// are not joined if they overlap or touch. The time is linear in the length of the value,
    /// for this function and again for iterating over the ranges.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::range::{Range, RangePolicy, Resolution};
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
        // §14.2: Range in a unit that is not understood is ignored, and not answered with 416.
        // Range of an empty representation is ignored too, because no Content-Range can describe
        // a part of it: our decision.
        if !self.is_bytes() || complete_length == 0 {
            return Resolution::Ignored;
        }
        let mut octets_left = complete_length.saturating_mul(policy.max_total_times.into());
        let mut count: u32 = 0;
        for range in self
            .specs()
            .filter_map(|spec| spec.resolve(complete_length))
        {
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

/// A server's policy for a Range that it need not serve: a malformed Range, several ranges, or a
/// request for too many bytes. ([RFC 9110 §14.2])
///
/// A request of a few bytes can ask for the whole representation a thousand times (CVE-2011-3192,
/// CVE-2024-26141). Two limits prevent that. [`max_ranges`](Self::max_ranges) limits the number
/// of ranges, because each range costs the fields of a part.
/// [`max_total_times`](Self::max_total_times) limits the sum of their lengths, because
/// overlapping ranges repeat bytes. Both limits are checked in one pass without memory; comparing
/// the ranges with each other would be slow for a long list.
///
/// Only satisfiable ranges count, cut at the end of the representation. A single range never
/// exceeds the default limits. A Range that exceeds a limit is ignored, and the server sends the
/// whole representation in a 200. Range of an empty representation is ignored under every policy:
/// our decision.
///
/// # Examples
///
/// ```
/// use http_preconditions::range::{Range, RangePolicy, Resolution, SeveralRanges};
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
    /// Creates the default policy (our decision): a malformed Range is ignored, and several
    /// ranges are served if there are at most 200 and the sum of their lengths is at most the
    /// complete length.
    ///
    /// 200 ranges are enough for clients that fetch the parts of a document, and have been
    /// Apache's limit since 2011. Go, nginx and Rack have the limit on the sum: a client that
    /// requests more bytes than the whole is better served with the whole.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            malformed: MalformedRange::Ignore,
            several: SeveralRanges::Serve,
            max_ranges: 200,
            max_total_times: 1,
        }
    }

    /// Sets the response to a malformed Range.
    /// [`Decision::malformed`](crate::Decision::malformed) reports the error under either policy.
    #[must_use]
    pub const fn malformed(self, malformed: MalformedRange) -> Self {
        Self { malformed, ..self }
    }

    /// Sets the response to several ranges. Unsatisfiable ranges do not count.
    #[must_use]
    pub const fn several(self, several: SeveralRanges) -> Self {
        Self { several, ..self }
    }

    /// Sets the largest number of ranges. With 0, every satisfiable Range is ignored.
    #[must_use]
    pub const fn max_ranges(self, max_ranges: u16) -> Self {
        Self { max_ranges, ..self }
    }

    /// Sets the largest sum of the lengths of all ranges, as a multiple of the complete length. A
    /// sum of 2^64 bytes or more always exceeds the limit. With 0, every satisfiable Range is
    /// ignored.
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

/// A server's response to a malformed Range, such as `bytes=5-4`. ([RFC 9110 §14.2])
///
/// Range in a unit other than bytes is always ignored. Otherwise, several lines are malformed,
/// since Range has a single value (our decision).
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the RFC has these two alternatives"
)]
pub enum MalformedRange {
    /// Answer 200 with the whole representation, as if there were no Range.
    #[default]
    Ignore,
    /// Answer 416.
    Reject,
}

/// A server's response to several satisfiable ranges in one request. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "ranges are sent, ignored or refused"
)]
pub enum SeveralRanges {
    /// Answer 206 with `multipart/byteranges`, within the limits.
    #[default]
    Serve,
    /// Answer 200 with the whole representation, as if there were no Range.
    Ignore,
    /// Answer 416.
    Reject,
}

/// The response to a [`Range`], for a representation of a known length. ([RFC 9110 §14.2])
///
/// [RFC 9110 §14.2]: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a range is sent, refused or ignored"
)]
pub enum Resolution<'a> {
    /// Answer 206 (Partial Content) with these ranges, at least one. Send a single range with its
    /// [`ContentRange`](crate::range::ContentRange), and several as `multipart/byteranges`
    /// (§15.3.7).
    Partial(ByteRanges<'a>),
    /// Answer 416 (Range Not Satisfiable) with the complete length in a
    /// [`ContentRange`](crate::range::ContentRange) (§15.5.17): no range is satisfiable, or the
    /// policy rejects several ranges.
    Unsatisfiable,
    /// Answer 200 with the whole representation, as if there were no Range: the unit is not
    /// bytes, a limit is exceeded, the policy ignores several ranges, or the representation is
    /// empty.
    Ignored,
}

/// An iterator over the ranges to send, in the order of the request. Its length is known in
/// advance.
#[derive(Clone, Debug)]
pub struct ByteRanges<'a> {
    /// The only range, if it is known already and need not be read from `specs`.
    one: Option<ByteRange>,
    specs: RangeSpecs<'a>,
    complete_length: u64,
    /// The number of ranges that are still to come.
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

    /// Creates an iterator over the satisfiable ranges, and counts them.
    pub(crate) fn of(specs: RangeSpecs<'a>, complete_length: u64) -> Self {
        let ranges = specs
            .clone()
            .filter_map(|spec| spec.resolve(complete_length));
        let count = ranges.fold(0_u32, |count, _| count.saturating_add(1));
        Self::counted(specs, complete_length, count)
    }

    /// Creates an iterator over the satisfiable ranges; there must be `left` of them.
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
        let mut ranges = self.specs.by_ref().filter_map(|spec| spec.resolve(length));
        self.one.take().or_else(|| ranges.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for ByteRanges<'_> {}

impl FusedIterator for ByteRanges<'_> {}
