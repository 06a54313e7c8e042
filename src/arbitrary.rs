//! Implements `Arbitrary` for the value types, and for field lines that are valid or nearly
//! valid.

mod dav;

use alloc::vec::Vec;

use ::arbitrary::{Arbitrary, Result, Unstructured};

use crate::tag::content_coding::ContentCoding;

use crate::date::http_date::HttpDate;
use crate::date::modification_time::ModificationTime;
use crate::range::byte_range::{ByteRange, RangeSpec};
use crate::range::content_range::ContentRange;
use crate::request::field::Field;
use crate::request::if_match::{IfMatch, IfNoneMatch};
use crate::request::if_range::IfRange;
use crate::request::method::Method;
use crate::tag::buf::EntityTagBuf;
use crate::tag::entity_tag::EntityTag;

use crate::range::specifier::Range;
use crate::representation::Representation;

/// A field line as a client might send it, valid or nearly valid. (Feature `arbitrary`.)
///
/// The value is put together from pieces of its grammar, so that many values are well-formed.
/// Some values have one byte changed, removed or added.
///
/// # Examples
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use http_preconditions::{FieldLine, Method, Outcome, Representation, evaluate};
///
/// // Your fuzzer gives you `data`. Call your own server in the place of `evaluate`.
/// let data = [
///     3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7,
/// ];
/// let (method, current, lines) =
///     <(Method, Representation, Vec<FieldLine>)>::arbitrary_take_rest(Unstructured::new(&data))?;
/// let fields = lines.iter().map(|line| (line.field.name(), &line.value));
/// let decision = evaluate(method, fields, Some(&current));
/// assert!(decision.status() != 304 || decision.outcome() == Outcome::NotModified);
/// # Ok::<(), arbitrary::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a field line is a name and a value"
)]
pub struct FieldLine {
    /// The field.
    pub field: Field,
    /// The value, perhaps with whitespace around it.
    pub value: Vec<u8>,
}

/// Pieces of a list of entity tags, malformed pieces included.
const LIST: [&[u8]; 16] = [
    b"\"v1\"",
    b"W/\"v1\"",
    b"\"v0\"",
    b"\"\"",
    b"\"a,b\"",
    b"\"\xFF\\\"",
    b"*",
    b",",
    b", ",
    b" ,\t",
    b",,",
    b" ",
    b"\"",
    b"W/",
    b"v1",
    b"\"a b\"",
];

/// Pieces of a Range, malformed pieces included.
const RANGE: [&[u8]; 16] = [
    b"0-499",
    b"0-0",
    b"500-",
    b"-500",
    b"-0",
    b"99999999999999999999-",
    b"5-4",
    b"0",
    b"9",
    b"-",
    b",",
    b", ",
    b"\t,,",
    b" ",
    b"=",
    b"a",
];

/// Well-formed lists, used if the fuzzer's bytes are not a list.
const WELL_FORMED: [&[u8]; 6] = [
    b"*",
    b"",
    b"\"v1\"",
    b"\"v0\", W/\"v1\"",
    b", \"a,b\" ,,\"\"",
    b"W/\"\xFF\"\t",
];

impl<'a> Arbitrary<'a> for FieldLine {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let field = Field::arbitrary(u)?;
        let mut value = Vec::new();
        match field {
            Field::IfMatch | Field::IfNoneMatch => {
                for _ in 0..u.int_in_range(0..=8)? {
                    value.extend_from_slice(u.choose(&LIST)?);
                }
            }
            Field::IfRange if u.arbitrary()? => value.extend_from_slice(u.choose(&LIST)?),
            Field::Range => {
                value.extend_from_slice(u.choose(&[&b"bytes=0-1"[..], b"bytes=", b"items=0-1"])?);
                for _ in 0..u.int_in_range(0..=4)? {
                    value.extend_from_slice(u.choose(&RANGE)?);
                }
            }
            _ => value.extend_from_slice(&HttpDate::arbitrary(u)?.to_imf_fixdate()),
        }
        if u.ratio(1, 4)? {
            let place = u.int_in_range(0..=value.len())?;
            let removed = place
                ..value
                    .len()
                    .min(place.saturating_add(usize::from(u.arbitrary::<bool>()?)));
            let added = u.arbitrary::<Option<u8>>()?;
            value.splice(removed, added);
        }
        Ok(Self { field, value })
    }
}

impl<'a> Arbitrary<'a> for Field {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(Self::ALL).copied()
    }
}

impl<'a> Arbitrary<'a> for EntityTag<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let weak = u.arbitrary()?;
        let octets = <&[u8]>::arbitrary(u)?;
        // The number of bytes before the first byte that is not an `etagc`.
        let length =
            Self::strong(octets).map_or_else(|error| error.offset(), |tag| tag.opaque().len());
        let tag = octets
            .get(..length)
            .and_then(|opaque| Self::strong(opaque).ok());
        let tag = tag.ok_or(::arbitrary::Error::IncorrectFormat)?;
        Ok(if weak { tag.to_weak() } else { tag })
    }
}

impl<'a, const N: usize> Arbitrary<'a> for EntityTagBuf<N> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Self::new(u.arbitrary()?).map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for ContentCoding<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let codings = [Self::GZIP, Self::DEFLATE, Self::BR, Self::ZSTD];
        Self::parse(<&[u8]>::arbitrary(u)?).or_else(|_| u.choose(&codings).copied())
    }
}

impl<'a> Arbitrary<'a> for ModificationTime {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let second = HttpDate::arbitrary(u)?.to_unix();
        let time = Self::from_unix(second, u.int_in_range(0..=999_999_999)?);
        time.map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for HttpDate {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let seconds = u.int_in_range(Self::MIN.to_unix()..=Self::MAX.to_unix())?;
        Self::from_unix(seconds).map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for IfMatch<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let list = Self::parse(<&[u8]>::arbitrary(u)?).or_else(|_| Self::parse(pick(u)));
        list.map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for IfNoneMatch<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let list = Self::parse(<&[u8]>::arbitrary(u)?).or_else(|_| Self::parse(pick(u)));
        list.map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

fn pick(u: &mut Unstructured<'_>) -> &'static [u8] {
    u.choose(&WELL_FORMED).copied().unwrap_or_default()
}

impl<'a> Arbitrary<'a> for IfRange<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(if u.arbitrary()? {
            Self::EntityTag(u.arbitrary()?)
        } else {
            Self::HttpDate(u.arbitrary()?)
        })
    }
}

/// Well-formed Ranges, used if the fuzzer's bytes are not a Range.
const RANGES: [&[u8]; 5] = [
    b"bytes=0-499",
    b"bytes=500-",
    b"bytes=-500",
    b"Bytes= ,0-0 ,, -1",
    b"items=0-1",
];

impl<'a> Arbitrary<'a> for Range<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let range = Self::parse(<&[u8]>::arbitrary(u)?)
            .or_else(|_| Self::parse(u.choose(&RANGES).copied().unwrap_or_default()));
        range.map_err(|_| ::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for RangeSpec {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        if u.arbitrary()? {
            return Ok(Self::Suffix(u.arbitrary()?));
        }
        let first = u.arbitrary()?;
        let last = u.arbitrary::<Option<u64>>()?.map(|last| last.max(first));
        Ok(Self::Int { first, last })
    }
}

impl<'a> Arbitrary<'a> for ByteRange {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let last = u.int_in_range(0..=u64::MAX.saturating_sub(1))?;
        let first = u.int_in_range(0..=last)?;
        Self::new(first, last).ok_or(::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for ContentRange {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let Some(range) = u.arbitrary::<Option<ByteRange>>()? else {
            return Ok(Self::unsatisfied(u.arbitrary()?));
        };
        let length = u.arbitrary::<Option<u64>>()?;
        let length = length.map(|length| length.max(range.end()));
        Self::new(range, length).ok_or(::arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for Method {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(&[
            Self::Get,
            Self::Head,
            Self::Query,
            Self::Unconditional,
            Self::Delete,
            Self::Patch,
            Self::Other,
        ])
        .copied()
    }
}

impl<'a> Arbitrary<'a> for Representation<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self {
            strong_date: u.arbitrary()?,
            ranges: u.arbitrary()?,
            ..Self::with_validators(u.arbitrary()?, u.arbitrary()?)
        })
    }
}
