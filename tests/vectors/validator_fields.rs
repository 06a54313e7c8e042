//! Which validators belong on which answer.

use http_preconditions::{
    EntityTag, HttpDate, OriginClock, PutContent, Representation, ValidatorsToSend,
    tag::ModificationTime,
};

const TAG: EntityTag = EntityTag::from_static("\"v2\"");
const MODIFIED: i64 = 783_459_811;

fn date(seconds: i64) -> HttpDate {
    HttpDate::from_unix(seconds).unwrap()
}

/// RFC 9110 section 8.8.2.1: with a clock, never later than Date; without one, none but what
/// another system assigned. Section 6.6.1: without a clock, no Date.
#[test]
fn last_modified_is_never_later_than_date_and_needs_a_clock() {
    let cases = [
        (OriginClock::Own(date(MODIFIED + 3600)), Some(MODIFIED)),
        (OriginClock::Own(date(MODIFIED + 1)), Some(MODIFIED)),
        (OriginClock::Own(date(MODIFIED)), Some(MODIFIED)),
        (OriginClock::Own(date(MODIFIED - 1)), Some(MODIFIED - 1)),
        (
            OriginClock::Own(date(MODIFIED - 3600)),
            Some(MODIFIED - 3600),
        ),
        (
            OriginClock::Own(HttpDate::MIN),
            Some(HttpDate::MIN.to_unix()),
        ),
        (OriginClock::Own(HttpDate::MAX), Some(MODIFIED)),
        (OriginClock::None, None),
        (OriginClock::OfAnotherSystem, Some(MODIFIED)),
    ];
    let current = Representation::new()
        .etag(TAG)
        .last_modified(date(MODIFIED));
    for (clock, expected) in cases {
        let expected = expected.map(date);
        assert_eq!(clock.last_modified(date(MODIFIED)), expected, "{clock:?}");
        let validators = ValidatorsToSend::for_response(&current, clock);
        assert_eq!(validators.last_modified(), expected, "{clock:?}");
        assert_eq!(
            validators.etag(),
            Some(TAG),
            "a tag needs no clock: {clock:?}"
        );
        let sent = clock.date();
        assert_eq!(
            sent.is_some(),
            matches!(clock, OriginClock::Own(_)),
            "{clock:?}"
        );
        assert!(sent.is_none() || expected <= sent, "{clock:?}");
    }
}

/// Sections 8.8 and 15.3.1: all that there are.
#[test]
fn an_answer_has_the_validators_that_the_representation_has() {
    let clock = OriginClock::Own(date(MODIFIED + 9));
    for etag in [None, Some(TAG), Some(TAG.to_weak())] {
        for last_modified in [None, Some(date(MODIFIED))] {
            let state = Representation::with_validators(etag, last_modified);
            let validators = ValidatorsToSend::for_response(&state, clock);
            assert_eq!(
                (validators.etag(), validators.last_modified()),
                (etag, last_modified)
            );
            let of_put = ValidatorsToSend::for_put(&state, PutContent::Verbatim, clock);
            assert_eq!(of_put, validators);
        }
    }
    assert_eq!(
        ValidatorsToSend::for_response(&Representation::new(), clock),
        ValidatorsToSend::NONE
    );
    let strong = Representation::new().strong_last_modified(date(MODIFIED));
    assert_eq!(
        ValidatorsToSend::for_response(&strong, clock).last_modified(),
        Some(date(MODIFIED))
    );
}

/// Section 9.3.4: none unless the content was stored without any transformation.
#[test]
fn the_answer_to_a_put_has_validators_only_if_nothing_was_transformed() {
    let new = Representation::new()
        .etag(TAG)
        .last_modified(date(MODIFIED));
    for clock in [
        OriginClock::Own(date(MODIFIED)),
        OriginClock::None,
        OriginClock::OfAnotherSystem,
    ] {
        let transformed = ValidatorsToSend::for_put(&new, PutContent::Transformed, clock);
        assert_eq!(
            (transformed.etag(), transformed.last_modified()),
            (None, None)
        );
        assert_eq!(transformed, ValidatorsToSend::NONE);
        let verbatim = ValidatorsToSend::for_put(&new, PutContent::Verbatim, clock);
        assert_eq!(verbatim.etag(), Some(TAG));
        assert_eq!(
            verbatim.last_modified(),
            clock.last_modified(date(MODIFIED))
        );
    }
}

/// 783459811.9 is in the second that ends in :31.
#[test]
fn parts_of_a_second_are_cut_off() {
    let modified = ModificationTime::from_unix(MODIFIED, 900_000_000).unwrap();
    let sent = OriginClock::Own(date(MODIFIED))
        .last_modified(modified.date())
        .unwrap();
    assert_eq!(sent.to_string(), "Sat, 29 Oct 1994 19:43:31 GMT");
}

#[test]
fn validators_can_be_constant() {
    const PAGE: Representation = Representation::new().etag(TAG);
    const FIELDS: ValidatorsToSend = ValidatorsToSend::for_response(&PAGE, OriginClock::None);
    const PUT: ValidatorsToSend =
        ValidatorsToSend::for_put(&PAGE, PutContent::Transformed, OriginClock::None);
    assert_eq!(
        (FIELDS.etag(), FIELDS.last_modified(), PUT.etag()),
        (Some(TAG), None, None)
    );
}

/// The tag of a file of 5 octets at a time that is set, at times around the moment where it
/// settles. The text is promised.
#[cfg(feature = "std")]
#[test]
fn a_file_has_validators() {
    use http_preconditions::tag::FileValidators;
    use std::time::{Duration, SystemTime};

    let path = std::env::temp_dir().join(format!("http-preconditions-{}", std::process::id()));
    std::fs::write(&path, "octet").unwrap();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(783_459_811_900);
    file.set_modified(time).unwrap();
    let metadata = file.metadata().unwrap();
    std::fs::remove_file(&path).unwrap();

    let at = |milliseconds| {
        let now = time + Duration::from_millis(milliseconds);
        FileValidators::from_metadata_at(&metadata, now).unwrap()
    };
    let weak = FileValidators::from_metadata(&metadata).unwrap();
    for (validators, tag) in [
        (weak, "W/\"5.2eb2a5e3.35a4e900\""),
        (weak.inode(7), "W/\"5.2eb2a5e3.35a4e900.7\""),
        (at(0), "W/\"5.2eb2a5e3.35a4e900\""),
        (at(2099), "W/\"5.2eb2a5e3.35a4e900\""),
        (at(2100), "\"5.2eb2a5e3.35a4e900\""),
        (
            at(2100).inode(u64::MAX),
            "\"5.2eb2a5e3.35a4e900.18446744073709551615\"",
        ),
    ] {
        assert_eq!(validators.tag().to_string(), tag);
        assert_eq!(validators.length(), 5);
        let current = validators.representation();
        assert_eq!(current.entity_tag(), Some(validators.tag().as_entity_tag()));
        assert_eq!(current.modification_date(), Some(date(MODIFIED)));
        assert_eq!(
            (current.length(), current.has_strong_date()),
            (Some(5), false)
        );
        assert!(current.has_ranges());
    }
    let no_time = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    assert!(FileValidators::from_metadata_at(&metadata, no_time).is_err());
}

#[test]
fn a_representation_says_what_it_has() {
    let (tag, lm) = (Some(TAG), Some(date(MODIFIED)));
    for (current, tag, lm, is_strong) in [
        (Representation::new(), None, None, false),
        (Representation::with_validators(tag, lm), tag, lm, false),
        (Representation::with_strong_date(tag, lm), tag, lm, true),
        (
            Representation::with_strong_date(tag, None),
            tag,
            None,
            false,
        ),
        (
            Representation::new().strong_last_modified(date(MODIFIED)),
            None,
            lm,
            true,
        ),
    ] {
        assert_eq!(
            (current.entity_tag(), current.modification_date()),
            (tag, lm)
        );
        assert_eq!(current.has_strong_date(), is_strong);
        assert_eq!((current.length(), current.has_ranges()), (None, true));
        let part = current.complete_length(9).without_ranges();
        assert_eq!((part.length(), part.has_ranges()), (Some(9), false));
    }
}
