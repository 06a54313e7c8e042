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
