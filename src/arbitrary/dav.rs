//! Implements `Arbitrary` for the value types of WebDAV and CalDAV.

use ::arbitrary::{Arbitrary, Error, Result, Unstructured};

use crate::dav::{
    If, IfScheduleTagMatch, LockToken, ResourceTag, ScheduleTag, StateCondition, StateToken,
};
use crate::tag::entity_tag::EntityTag;

/// Well-formed values, used if the fuzzer's bytes are not one.
const IFS: [&[u8]; 6] = [
    b"(<urn:x:t>)",
    b"([\"v1\"] Not <urn:x:t>)([W/\"v 0\"])",
    b"(<urn:x:t>) (Not <DAV:no-lock>)",
    b"</x> (<urn:x:t>) ([\"\"])",
    b"<http://h/x?q>\t(not[\"v1\"]) </y> ( <a:> )",
    b"<urn:x:t> (Not <urn:x:\xFF>)",
];
const TOKENS: [&[u8]; 4] = [b"urn:x:t", b"urn:x:u", b"DAV:no-lock", b"a:\xFF("];
const URLS: [&[u8]; 4] = [b"/x", b"/x/?q", b"http://h", b"HTTP://H:80/y"];
const SCHEDULE_TAGS: [&[u8]; 4] = [b"\"s1\"", b"\"\"", b" \"s 1\"\t", b"\"\xFF\\\""];

impl<'a> Arbitrary<'a> for If<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let value = Self::parse(<&[u8]>::arbitrary(u)?).or_else(|_| Self::parse(pick(u, &IFS)));
        value.map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for StateToken<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let token = Self::new(<&[u8]>::arbitrary(u)?).or_else(|_| Self::new(pick(u, &TOKENS)));
        token.map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for ResourceTag<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let tag = Self::new(<&[u8]>::arbitrary(u)?).or_else(|_| Self::new(pick(u, &URLS)));
        tag.map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for LockToken<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        StateToken::arbitrary(u).map(Self::from)
    }
}

impl<'a> Arbitrary<'a> for StateCondition<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let condition = if u.arbitrary()? {
            Self::token(u.arbitrary()?)
        } else {
            Self::etag(EntityTag::arbitrary(u)?)
        };
        Ok(if u.arbitrary()? {
            condition.negated()
        } else {
            condition
        })
    }
}

impl<'a> Arbitrary<'a> for ScheduleTag<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        IfScheduleTagMatch::arbitrary(u).map(|field| field.tag())
    }
}

impl<'a> Arbitrary<'a> for IfScheduleTagMatch<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let field =
            Self::parse(<&[u8]>::arbitrary(u)?).or_else(|_| Self::parse(pick(u, &SCHEDULE_TAGS)));
        field.map_err(|_| Error::IncorrectFormat)
    }
}

fn pick(u: &mut Unstructured<'_>, among: &[&'static [u8]]) -> &'static [u8] {
    u.choose(among).copied().unwrap_or_default()
}
