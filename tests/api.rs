//! What users build on beside the behaviour: traits, sizes, constants, and the sentences of errors.

use http_preconditions::{
    BufferTooSmall, Condition, Decision, EntityTag, EntityTags, ErrorKind, Evaluation, Field,
    HttpDate, IfMatch, IfNoneMatch, IfRange, Malformed, Method, OriginClock, OutOfRange, Outcome,
    ParseError, PutContent, Representation, ValidatorsToSend,
    client::{
        IncompleteResponse, MultipartReader, MultipartStep, PartHead, PartialResponse,
        PartsResponse, RequestedRange, Resume, UnsatisfiedRange,
    },
    dav::{
        Asking, If, IfScheduleTagMatch, IfTag, IfToSend, List, ListToSend, Lists, LockToken,
        Preconditions, Question, ResourceTag, ScheduleTag, State, StateCondition, StateConditions,
        StateToken, StateTokens,
    },
    range::{
        AcceptRanges, ByteRange, ByteRanges, ContentRange, Range, RangePolicy, RangeSpec,
        RangeSpecs, RangeUnits, Resolution,
    },
    response::{Content, FieldChange, Multipart, MultipartText, Piece, Plan},
    tag::{ContentCoding, EntityTagBuf, EntityTagBuilder, ModificationTime},
};

#[test]
fn types_are_plain_values() {
    fn copy<T: Copy + Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    fn error<T: std::error::Error + Copy + Eq + std::hash::Hash + Send + Sync + 'static>() {}
    fn iterator<
        'a,
        I: 'a,
        T: Iterator<Item = I> + Clone + std::fmt::Debug + std::iter::FusedIterator + Send + Sync,
    >() {
    }
    // A copy of an evaluation would take lines that the other never sees, and so would a reader.
    fn is_clone<T: Clone + Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    is_clone::<Evaluation>();
    is_clone::<MultipartReader>();
    is_clone::<PartsResponse>();
    copy::<EntityTag>();
    copy::<IfMatch>();
    copy::<IfNoneMatch>();
    copy::<IfRange>();
    copy::<HttpDate>();
    copy::<Method>();
    copy::<Representation>();
    copy::<Decision>();
    copy::<Malformed>();
    copy::<Field>();
    copy::<Condition>();
    copy::<Outcome>();
    copy::<ErrorKind>();
    copy::<EntityTagBuf<22>>();
    copy::<EntityTagBuilder<22>>();
    copy::<ContentCoding>();
    copy::<ModificationTime>();
    copy::<ValidatorsToSend>();
    copy::<PutContent>();
    copy::<OriginClock>();
    copy::<Plan>();
    is_clone::<Content>();
    is_clone::<FieldChange>();
    is_clone::<Multipart>();
    is_clone::<Piece>();
    is_clone::<MultipartText>();
    error::<ParseError>();
    error::<OutOfRange>();
    error::<BufferTooSmall>();
    copy::<Range>();
    copy::<RangeSpec>();
    copy::<RangePolicy>();
    copy::<ByteRange>();
    copy::<ContentRange>();
    copy::<AcceptRanges>();
    copy::<IncompleteResponse>();
    copy::<Resume>();
    copy::<PartialResponse>();
    copy::<UnsatisfiedRange>();
    copy::<MultipartStep>();
    copy::<PartHead>();
    copy::<RequestedRange>();
    copy::<If>();
    copy::<List>();
    copy::<StateCondition>();
    copy::<State>();
    copy::<StateToken>();
    copy::<IfTag>();
    copy::<ResourceTag>();
    copy::<LockToken>();
    copy::<ScheduleTag>();
    copy::<IfScheduleTagMatch>();
    copy::<IfToSend>();
    copy::<ListToSend>();
    copy::<Preconditions>();
    // A copy of an evaluation in progress would ask twice.
    is_clone::<Asking>();
    is_clone::<Question>();
    is_clone::<Resolution>();
    iterator::<EntityTag, EntityTags>();
    iterator::<RangeSpec, RangeSpecs>();
    iterator::<ByteRange, ByteRanges>();
    iterator::<&[u8], RangeUnits>();
    iterator::<List, Lists>();
    iterator::<StateCondition, StateConditions>();
    iterator::<StateToken, StateTokens>();
}

/// A pointer and a length for a tag, eight octets for a date, and an evaluation that fits a small
/// stack.
#[test]
fn types_are_small() {
    let word = size_of::<usize>();
    assert_eq!(size_of::<HttpDate>(), 8);
    assert!(size_of::<EntityTag>() <= 3 * word);
    assert_eq!(size_of::<Option<EntityTag>>(), size_of::<EntityTag>());
    assert!(size_of::<ParseError>() <= 2 * word);
    assert_eq!(size_of::<EntityTagBuf<24>>(), 24 + word);
    assert_eq!(size_of::<If>(), 2 * word);
    assert!(size_of::<Preconditions>() <= 6 * word);
    assert!(size_of::<Evaluation>() <= 176 && size_of::<Decision>() <= 152);
}

#[test]
fn what_can_be_constant_is() {
    const TAG: EntityTag = EntityTag::from_static("W/\"v1\"");
    const DATE: HttpDate = match HttpDate::from_unix(783_459_811) {
        Ok(date) => date,
        Err(_) => HttpDate::MIN,
    };
    const FORMATTED: [u8; 29] = DATE.to_imf_fixdate();
    const CURRENT: Representation = Representation::new()
        .etag(TAG)
        .strong_last_modified(DATE)
        .complete_length(1000)
        .without_ranges();
    const LENGTH: ContentRange = ContentRange::unsatisfied(1000);
    const LOCK: StateCondition = StateCondition::token(StateToken::NO_LOCK).negated();
    const LISTS: [ListToSend; 2] = [ListToSend::new(&[LOCK]), ListToSend::new(&[VERSION, LOCK])];
    const VERSION: StateCondition = StateCondition::etag(TAG);
    const LOCKED: Preconditions = Preconditions::new().locked(true);
    assert_eq!(LOCK, StateCondition::NOT_NO_LOCK);
    assert!(VERSION.state() != LOCK.state() && LOCK.is_negated());
    assert!(IfToSend::new(&LISTS).is_some());
    assert_ne!(LOCKED, Preconditions::default());
    assert_eq!(LENGTH.complete_length(), Some(1000));
    assert_eq!(FORMATTED, *b"Sat, 29 Oct 1994 19:43:31 GMT");
    assert_ne!(
        CURRENT,
        Representation::with_validators(Some(TAG), Some(DATE))
    );
    assert_eq!(Representation::default(), Representation::new());
}

/// Each error is a sentence: what was expected, and where.
#[test]
fn errors_read_as_sentences() {
    let tag = |value: &'static str| EntityTag::parse(value.as_bytes()).map(drop);
    let list = |value: &'static str| IfMatch::parse(value.as_bytes()).map(drop);
    let date = |value: &'static str| HttpDate::parse(value.as_bytes()).map(drop);
    let content_type = |value: &'static str| MultipartReader::new(value.as_bytes()).map(drop);
    let part = |content: &'static str| {
        let mut reader = MultipartReader::new(b"multipart/byteranges; boundary=b")?;
        reader.read(content.as_bytes()).map(drop)
    };
    let cases = [
        (tag("v1"), "expected an entity tag at byte 0"),
        (tag("W/v1"), "expected `\"` after `W/` at byte 2"),
        (
            tag("\"v 1\""),
            "expected an entity tag character or `\"` at byte 2",
        ),
        (
            tag("\"v1\"; q=1"),
            "expected the end of the value at byte 4",
        ),
        (
            list("\"v1\" \"v2\""),
            "expected `,` or the end of the list at byte 5",
        ),
        (list("*, \"v1\""), "expected `*` to stand alone at byte 0"),
        (date("yesterday"), "expected a day name at byte 0"),
        (
            date("Sun. 06 Nov 1994 08:49:37 GMT"),
            "expected `,` at byte 3",
        ),
        (
            date("Sun,06 Nov 1994 08:49:37 GMT"),
            "expected a space at byte 4",
        ),
        (
            date("Sun, 31 Nov 1994 08:49:37 GMT"),
            "expected a day that the month has, in two digits at byte 5",
        ),
        (
            date("Sun, 06 nov 1994 08:49:37 GMT"),
            "expected a month name at byte 8",
        ),
        (
            date("Sun, 06 Nov 94 08:49:37 GMT"),
            "expected a year at byte 14",
        ),
        (
            date("Sun, 06 Nov 1994 24:49:37 GMT"),
            "expected an hour from 00 to 23 at byte 17",
        ),
        (
            date("Sun, 06 Nov 1994 08:60:37 GMT"),
            "expected a minute from 00 to 59 at byte 20",
        ),
        (
            date("Sun, 06 Nov 1994 08:49:60 GMT"),
            "expected a second from 00 to 59 at byte 23",
        ),
        (
            date("Sun, 06 Nov 1994 08:49:37 UTC"),
            "expected `GMT` at byte 26",
        ),
        (
            date("Sun, 06 Nov 1994 08:49:37 GMT+1"),
            "expected the end of the value at byte 29",
        ),
        (
            content_type("text/plain"),
            "expected the media type `multipart/byteranges` at byte 0",
        ),
        (
            content_type("multipart/byteranges"),
            "expected one boundary parameter of 1 to 70 bytes at byte 20",
        ),
        (
            content_type("multipart/byteranges; boundary=\"b"),
            "expected a quoted-string character or `\"` at byte 33",
        ),
        (
            part("--b\n\n"),
            "expected a Content-Range with a range at byte 4",
        ),
    ];
    for (read, sentence) in cases {
        assert_eq!(read.unwrap_err().to_string(), sentence);
    }
    assert_eq!(ErrorKind::SingleLine.to_string(), "a single field line");
    let too_small = EntityTag::from_static("\"v1\"")
        .write_to(&mut [0; 3])
        .unwrap_err();
    assert_eq!(too_small.to_string(), "buffer too small: 4 bytes needed");
}

#[test]
fn fields_are_known_by_name_in_any_case() {
    let fields = [
        (Field::IfMatch, "If-Match"),
        (Field::IfUnmodifiedSince, "If-Unmodified-Since"),
        (Field::IfNoneMatch, "If-None-Match"),
        (Field::IfModifiedSince, "If-Modified-Since"),
        (Field::IfRange, "If-Range"),
        (Field::Range, "Range"),
    ];
    assert_eq!(Field::ALL, fields.map(|(field, _)| field));
    for (field, name) in fields {
        assert_eq!((field.name(), field.to_string().as_str()), (name, name));
        assert_eq!(
            Field::from_name(name.to_lowercase().as_bytes()),
            Some(field)
        );
        assert_eq!(
            Field::from_name(name.to_uppercase().as_bytes()),
            Some(field)
        );
        for place in 0..name.len() {
            let mut other = name.as_bytes().to_vec();
            for octet in 0..=u8::MAX {
                other[place] = octet;
                let expected = other.eq_ignore_ascii_case(name.as_bytes()).then_some(field);
                assert_eq!(
                    Field::from_name(&other),
                    expected,
                    "{}",
                    other.escape_ascii()
                );
            }
            assert_eq!(Field::from_name(&name.as_bytes()[..place]), None);
        }
    }
}

/// The fields of WebDAV have names, and are not found by them: a server asks for them by itself.
#[test]
fn fields_of_webdav_are_found_by_no_name() {
    for (field, name) in [
        (Field::If, "If"),
        (Field::IfScheduleTagMatch, "If-Schedule-Tag-Match"),
    ] {
        assert_eq!((field.name(), field.to_string().as_str()), (name, name));
        assert_eq!(field.lowercase_name(), name.to_lowercase());
        assert_eq!(Field::from_name(name), None);
        assert!(!Field::ALL.contains(&field));
    }
}
