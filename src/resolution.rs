//! What there is of the ranges that are asked for, and how much of it is sent.

use core::iter::FusedIterator;

use crate::byte_range::{ByteRange, RangeSpec};
use crate::range::{Range, RangeSpecs};

impl<'a> Range<'a> {
    /// What there is of it in a representation of this many octets. (§14.1.2, §14.2)
    ///
    /// Ranges that cannot be satisfied are left out; the others are in the order of the request,
    /// and are not joined where they overlap or touch. Takes time linear in the octets of the
    /// value, and so does the walk over the ranges.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{Range, RangeLimits, Resolution};
    ///
    /// let resolve = |value, length| Range::parse(value).map(|range| range.resolve(length, RangeLimits::new()));
    /// assert!(matches!(resolve(b"bytes=999-,1000-", 1000)?, Resolution::Partial(ranges) if ranges.len() == 1));
    /// assert!(matches!(resolve(b"bytes=1000-", 1000)?, Resolution::Unsatisfiable));
    /// assert!(matches!(resolve(b"bytes=0-,0-", 1000)?, Resolution::Ignored), "twice the whole");
    /// assert!(matches!(resolve(b"lines=1-2", 1000)?, Resolution::Ignored));
    /// # Ok::<(), http_preconditions::ParseError>(())
    /// ```
    #[must_use]
    pub fn resolve(&self, complete_length: u64, limits: RangeLimits) -> Resolution<'a> {
        if !self.is_bytes() {
            // §14.2: a unit that is not understood is ignored, and not answered 416.
            return Resolution::Ignored;
        }
        let mut octets_left = complete_length.saturating_mul(limits.times.into());
        let mut count: u32 = 0;
        for range in self.specs().filter_map(|spec| spec.of(complete_length)) {
            count = count.saturating_add(1);
            match octets_left.checked_sub(range.length()) {
                Some(left) if count <= limits.count.into() => octets_left = left,
                _ => return Resolution::Ignored,
            }
        }
        if count > 0 {
            return Resolution::Partial(ByteRanges::new(self.specs(), complete_length, count));
        }
        // §14.1.2: a suffix of something is satisfiable also where there is nothing, but no
        // Content-Range can tell of it. §14.2 allows to send the whole, which is as much.
        let is_suffix = |spec| matches!(spec, RangeSpec::Suffix(1..));
        if self.specs().any(is_suffix) {
            Resolution::Ignored
        } else {
            Resolution::Unsatisfiable
        }
    }
}

/// How much a [`Range`] may ask for before it is ignored, which a server always may (§14.2).
///
/// A request of a few octets can ask for the whole a thousand times over (CVE-2011-3192,
/// CVE-2024-26141). So there are two bounds: on the number of ranges, each of which costs the
/// fields of a part, and on the sum of their lengths as a multiple of the complete length, which is
/// what overlapping ranges exceed. Both are sums over one walk, so that no value makes the check
/// slow or needs memory, as comparing ranges with each other would.
///
/// Only satisfiable ranges count, cut at the end of the representation; a single range never
/// exceeds the default limits. Where one is exceeded, the whole is sent in a 200.
///
/// # Examples
///
/// ```
/// use http_preconditions::{Range, RangeLimits, Resolution};
///
/// // A device that sends no multipart.
/// const SINGLE: RangeLimits = RangeLimits::new().count(1);
///
/// let range = Range::parse(b"bytes=0-1,4-5")?;
/// assert!(matches!(range.resolve(10, RangeLimits::new()), Resolution::Partial(_)));
/// assert!(matches!(range.resolve(10, SINGLE), Resolution::Ignored));
/// # Ok::<(), http_preconditions::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RangeLimits {
    count: u16,
    times: u16,
}

impl RangeLimits {
    /// At most 200 ranges, and together no more octets than the representation has.
    ///
    /// 200 is enough for clients that fetch the parts of a document one by one, and what Apache has
    /// allowed since 2011. That the ranges are no more than the whole is the rule of Go, nginx and
    /// Rack: who asks for more is better off with the whole.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            count: 200,
            times: 1,
        }
    }

    /// The same with at most this many ranges; with 0, every Range that is satisfiable is ignored.
    #[must_use]
    pub const fn count(self, count: u16) -> Self {
        Self { count, ..self }
    }

    /// The same with ranges that together have at most this many times the octets of the
    /// representation, and in any case less than 2^64; with 0, every Range that is satisfiable is
    /// ignored.
    #[must_use]
    pub const fn times(self, times: u16) -> Self {
        Self { times, ..self }
    }
}

impl Default for RangeLimits {
    fn default() -> Self {
        Self::new()
    }
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
    /// [`ContentRange`](crate::ContentRange) (§15.5.17).
    Unsatisfiable,
    /// Answer 200 with the whole, as if there were no Range: the unit is another than bytes, the
    /// limits are exceeded, or the representation is empty and a part of its end was asked for.
    Ignored,
}

/// The ranges that are to be sent, in the order of the request.
#[derive(Clone, Debug)]
pub struct ByteRanges<'a> {
    specs: RangeSpecs<'a>,
    complete_length: u64,
    /// How many are to come.
    pub(crate) left: u32,
}

impl<'a> ByteRanges<'a> {
    pub(crate) const fn new(specs: RangeSpecs<'a>, complete_length: u64, left: u32) -> Self {
        Self {
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
        self.specs.by_ref().find_map(|spec| spec.of(length))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for ByteRanges<'_> {}

impl FusedIterator for ByteRanges<'_> {}
