//! Calls all of the crate that takes input, from a library without `std` and without an allocator. The derived `Debug` of
//! errors alone is left out: the `Debug` of `char` in `core` has a panic of its own.
#![no_std]

use core::fmt::{self, Write as _};

use http_preconditions::{
    BufferTooSmall, Decision, EntityTag, Evaluation, Field, HttpDate, IfMatch, IfNoneMatch,
    IfRange, Options, OriginClock, PutContent, Representation, ValidatorsToSend,
    cache::{
        CacheKind, HeadVerdict, Reuse, Validation, ValidationOutcome, evaluate_stored_at,
        freshened_by, invalidates, is_storable_field, most_recent, removed_by_update,
        unstorable_fields, updates_stored_field,
    },
    client::{
        DateTrust, IncompleteResponse, MultipartReader, MultipartStep, PartsResponse,
        ResponseValidators, Resume, create_only, request_ranges, revalidate,
    },
    dav::{
        Asking, If, IfScheduleTagMatch, IfToSend, ListToSend, LockToken, Preconditions,
        ResourceTag, ScheduleTag, State, StateCondition, StateToken,
    },
    evaluate,
    overrule::{ListMember, ListMembers},
    range::{AcceptRanges, ByteRange, ContentRange, Range, RangePolicy, RangeSpec, Resolution},
    response::{Content, FieldChange, Piece},
    tag::{CodingSeparator, ContentCoding, EntityTagBuf, EntityTagBuilder, ModificationTime},
};

#[cfg(feature = "allocate")]
extern crate alloc;

// The proof is that no call of this function is left once everything is linked.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Takes text for people, and counts its octets.
struct Count(u16);

impl fmt::Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.wrapping_add(text.len() as u16);
        Ok(())
    }
}

/// The octets that a caller in C gives.
///
/// # Safety
///
/// `start` points to `length` octets.
unsafe fn octets<'a>(start: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: as demanded of the caller.
    unsafe { core::slice::from_raw_parts(start, length) }
}

/// What all the ways to make a tag come to, some of them in storage that is too small.
fn generate(text: &[u8], now: HttpDate) -> u16 {
    let digest = text.first_chunk::<32>().copied().unwrap_or_default();
    let number = u64::from_le_bytes(text.first_chunk().copied().unwrap_or_default());
    let modified = ModificationTime::from_unix(number as i64, number as u32).unwrap_or(now.into());
    let mut sum = Count(0);
    let mut take = |tag: EntityTagBuf<66>| {
        let _ = write!(sum, "{tag} {tag:?}");
        for octet in tag.as_bytes() {
            sum.0 = sum.0.rotate_left(3) ^ u16::from(*octet);
        }
    };
    take(EntityTagBuf::from_digest_hex(&digest));
    take(EntityTagBuf::from_digest_base64url(&digest));
    take(EntityTagBuf::from_version(number));
    take(EntityTagBuf::from_file_at(number, modified, now.into()));
    if let Ok(tag) = EntityTagBuf::from_id(&digest) {
        take(tag);
    }
    let parts = EntityTagBuilder::new()
        .digest_hex(text)
        .digest_base64url(text)
        .version(number)
        .length(number)
        .modified(modified);
    let parts = parts.text(text).unwrap_or(parts);
    let parts = parts.id(text).unwrap_or(parts);
    let combined = parts
        .build()
        .map(&mut take)
        .map_err(|error: BufferTooSmall| error.needed);
    let coded = ContentCoding::parse(text).map(|coding| {
        let base = EntityTag::parse(text).unwrap_or(const { EntityTag::from_static("\"1\"") });
        let named = base.coding_named_by(base, &[coding, ContentCoding::GZIP]);
        if let Ok(separator) = CodingSeparator::parse(text) {
            let named = base.coding_named_with(separator, base, &[coding]);
            let _ = write!(Count(0), "{named:?} {separator:?}");
            let _ = base.with_suffix(separator, coding).map(&mut take);
        }
        base.with_coding(coding).map(&mut take).is_ok() ^ (named == Some(ContentCoding::BR))
    });
    let state = Representation::new().last_modified(modified.date());
    let stored = if coded.is_ok() {
        PutContent::Verbatim
    } else {
        PutContent::Transformed
    };
    let validators = ValidatorsToSend::for_put(&state, stored, OriginClock::Own(now));
    let _ = write!(
        sum,
        "{combined:?} {:?} {:?}",
        coded.ok(),
        validators.last_modified()
    );
    sum.0
}

/// What a client and a cache call.
fn roles(method: &[u8], name: &[u8], value: &[u8], now: HttpDate, buffer: &mut [u8]) -> u16 {
    let read = ResponseValidators::from_fields_at([(name, value)], now);
    let other = ResponseValidators::from_fields([(value, name)]).date_trust(DateTrust::SameClock);
    let stored = ResponseValidators::from_stored_at(200, [(name, value)], read.first_date(), now)
        .updated(now);
    let held = [read, other.incomplete(value.is_empty()), stored];
    let mut text = Count(0);
    for field in revalidate(held) {
        let (name, value) = field.into_parts();
        let written = value.write_to(buffer).map_or(0, <[u8]>::len);
        let _ = write!(text, "{name}: {value} {value:?} {written}");
    }
    let validation = Validation::new(method, [(name, value)], held);
    for field in validation.fields() {
        let (name, value) = field.into_parts();
        let written = value.write_to(buffer).map_or(0, <[u8]>::len);
        let _ = write!(
            text,
            "{name}: {value} {written} {}",
            validation.replaces(name)
        );
    }
    let range = RangeSpec::Suffix(name.len() as u64);
    let guard = read.guard().map_err(|error| write!(text, "{error}"));
    let fields = read.resume(range).into_iter().flatten();
    for field in fields.chain(guard).chain([create_only()]) {
        let _ = write!(text, "{field}");
    }
    let reuse = evaluate_stored_at(method, [(name, value)], Some(&read), now);
    let verdict = validation.outcome(text.0, &other);
    let mut sum = match (reuse, verdict) {
        (Reuse::NotModified(decision) | Reuse::Range(decision), _) => decision.status(),
        (Reuse::Part { decision, offset }, _) => {
            let _ = write!(text, "{:?} {offset}", decision.content_range());
            decision.status()
        }
        (_, ValidationOutcome::Stored(index)) => index as u16,
        _ => text.0,
    };
    for index in freshened_by(&read, held).chain(validation.freshened(sum, &read)) {
        sum = sum.wrapping_add(index as u16);
    }
    for excepted in unstorable_fields(name, value, CacheKind::Shared) {
        sum = sum.wrapping_add(u16::from(updates_stored_field(excepted)));
    }
    let flags = [
        read.representation().combines_with(&other.representation()),
        other.compared_with_head(&read) == HeadVerdict::Freshened,
        other.for_request(method, [(name, value)]) == read.status(sum),
        most_recent(held) == Some(usize::from(sum)),
        is_storable_field(name) && removed_by_update(value),
        HttpDate::parse_any_case_at(value, now).is_ok(),
        invalidates(method, sum),
    ];
    sum.wrapping_add(flags.map(u16::from).iter().sum())
}

/// Judges a condition by rules of the caller's own.
fn overruled(method: &[u8], name: &[u8], value: &[u8], text: &mut Count) -> u16 {
    let other = [EntityTag::weak(name), EntityTag::parse(value)]
        .map(|tag| tag.unwrap_or(const { EntityTag::from_static("\"1\"") }));
    let current = Representation::new().etag(other[0]);
    let listed = ListMembers::new(value).any(|member| match member {
        ListMember::Malformed { bytes, error } => bytes.len() < error.offset(),
        ListMember::Tag(tag) => current.entity_tag() == Some(tag),
        _ => ListMembers::new(value).lists_one_of(&other),
    });
    let _ = write!(text, "{:?}", ListMembers::new(value));
    let mut evaluation = Evaluation::new(method, Some(&current));
    evaluation.field(name, value);
    let result = Field::from_name(name).map(|field| (field, listed));
    evaluation.decide_with(result).status()
}

/// Reads, evaluates and writes the fields of WebDAV and CalDAV.
fn webdav(evaluation: &Evaluation<'_>, name: &[u8], value: &[u8], buffer: &mut [u8]) -> u16 {
    let mut text = Count(0);
    let current = EntityTag::parse(name).unwrap_or(const { EntityTag::from_static("\"1\"") });
    let has = |resource: Option<ResourceTag<'_>>, state: State<'_>| {
        let is_ours = resource.is_none_or(|tag| {
            let parts = [tag.scheme(), tag.authority(), Some(tag.path_and_query())];
            parts.contains(&Some(name)) || tag.as_bytes() == name
        });
        is_ours
            && match state {
                State::Token(token) => token.as_bytes() == name || token.is_no_lock(),
                State::EntityTag(tag) => {
                    tag.weak_eq(current) || tag.strong_eq(current) || tag.is_weak()
                }
            }
    };
    if let Ok(value) = If::parse(value) {
        let mut asking = value.ask();
        while let Asking::Question(question) = asking {
            let answer = has(question.resource(), question.state());
            asking = question.answer(answer);
        }
        let is_true =
            matches!(asking, Asking::Verdict(true)) || value.is_true(has) || value.is_tagged();
        let _ = write!(text, "{value} {value:?} {:?} {is_true}", value.lists());
        if let Some(token) = value.single_token() {
            let written = LockToken::from(token)
                .write_to(buffer)
                .map_or(0, <[u8]>::len);
            let _ = write!(text, "{token} {token:?} {written} {}", value.submits(token));
        }
        for list in value.lists() {
            for condition in list.conditions() {
                let conditions = [condition, condition.negated(), StateCondition::NOT_NO_LOCK];
                send(list.resource(), &conditions, buffer, &mut text);
                if let State::EntityTag(tag) = condition.state() {
                    let _ = write!(
                        text,
                        "{tag} {tag:?} {} {}",
                        tag.opaque().len(),
                        condition.is_negated()
                    );
                }
            }
        }
        let _ = write!(text, "{:?}", value.state_tokens());
    }
    match (StateToken::new(value), LockToken::parse(value)) {
        (Ok(token), _) => send(
            ResourceTag::new(name).ok(),
            &[StateCondition::token(token)],
            buffer,
            &mut text,
        ),
        (_, Ok(token)) => _ = write!(text, "{token} {token:?} {:?}", token.token()),
        (Err(error), Err(other)) => _ = write!(text, "{error} {other}"),
    }
    send(None, &[StateCondition::etag(current)], buffer, &mut text);
    match (ScheduleTag::parse(value), ScheduleTag::try_from(current)) {
        (Ok(tag), _) | (_, Ok(tag)) => {
            let written = tag.write_to(buffer).map_or(0, <[u8]>::len);
            let _ = write!(text, "{tag} {tag:?} {written} {}", tag.opaque().len());
        }
        (Err(error), _) => _ = write!(text, "{error}"),
    }
    if let Ok(field) = IfScheduleTagMatch::parse(value) {
        let _ = write!(text, "{field:?} {:?} {}", field.tag(), field.matches(None));
    }
    let lines = [value, name];
    let lines = lines
        .get(name.len() % 2..)
        .unwrap_or_default()
        .iter()
        .copied();
    let checked = Preconditions::new().check_if(
        lines.clone(),
        |resource, state| Ok(has(resource, state)),
        [[name]],
    );
    let conditions: Result<Preconditions, u8> = checked;
    let conditions =
        conditions.unwrap_or(Preconditions::new().if_is(If::parse(value).map(|_| false)));
    let conditions = conditions.check_schedule_tag(lines, ScheduleTag::parse(name).ok());
    let locked = evaluation.decide_dav(&conditions.locked(value.is_empty()));
    for malformed in locked.malformed() {
        let _ = write!(text, "{malformed}");
    }
    let _ = write!(
        text,
        "{:?} {:?}",
        locked.condition(Field::If),
        locked.decided_by()
    );
    text.0.wrapping_add(locked.status())
}

/// Writes a value of If.
fn send(
    resource: Option<ResourceTag<'_>>,
    conditions: &[StateCondition<'_>],
    buffer: &mut [u8],
    text: &mut Count,
) {
    let list = match resource {
        Some(tag) => ListToSend::about(tag, conditions),
        None => ListToSend::new(conditions),
    };
    if let Some(value) = IfToSend::new(&[list]) {
        let written = value.write_to(buffer).map_or(0, <[u8]>::len);
        let _ = write!(text, "{value} {value:?} {list:?} {} {written}", value.len());
    }
}

/// Makes a response of a decision.
fn response(
    decision: &Decision,
    current: &Representation<'_>,
    range: &[u8],
    buffer: &mut [u8],
) -> u16 {
    let mut text = Count(0);
    let plan = decision.plan().range(range).repeating_metadata();
    let plan = plan.validators(ValidatorsToSend::for_response(current, OriginClock::None));
    for change in plan.changes() {
        if let FieldChange::Set(name, value) = &change {
            let written = value.write_to(buffer).map_or(0, <[u8]>::len);
            let _ = write!(text, "{name}: {value} {written}");
        }
        let _ = write!(text, "{change:?}");
    }
    if let Ok(Some(parts)) = plan.multipart(None, "boundary") {
        for piece in parts.pieces() {
            if let Piece::Text(line) = piece {
                let _ = write!(text, "{line} {}", line.len());
            }
        }
        let _ = write!(
            text,
            "{:?} {}",
            parts.content_length(),
            parts.changes().count()
        );
    }
    match (plan.go_on(), plan.content()) {
        (Err(plan), _) => plan.status(),
        (Ok(()), Content::Part(part)) => part.first() as u16,
        _ => text.0,
    }
}

/// Reads, resolves and writes ranges, and asks what a client asks.
fn ranges(name: &[u8], value: &[u8], version: ResponseValidators<'_>, text: &mut Count) {
    let mut buffer = [0; ContentRange::MAX_LENGTH];
    let length = value.len() as u64;
    match Range::parse(value) {
        Ok(range) => {
            let limits = RangePolicy::new()
                .max_ranges(length as u16)
                .max_total_times(length as u16);
            if let Resolution::Partial(ranges) = range.resolve(length, limits) {
                for range in ranges {
                    let field = ContentRange::new(range, Some(length));
                    let written = field.map(|field| field.write_to(&mut buffer).is_ok());
                    let _ = write!(text, "{range:?} {written:?}");
                }
            }
            for spec in range.specs() {
                let _ = write!(text, "{spec} {}", spec.write_to(&mut buffer).is_ok());
            }
            let _ = write!(text, "{range:?} {}", range.range_set().len());
        }
        Err(error) => _ = write!(text, "{error}"),
    }
    match ContentRange::parse(value) {
        Ok(field) => _ = write!(text, "{field} {field:?}"),
        Err(error) => _ = write!(text, "{error}"),
    }
    if let Ok(units) = AcceptRanges::parse(value) {
        let _ = write!(
            text,
            "{units} {:?} {}",
            units.units().last(),
            units.has_bytes()
        );
    }
    let held = IncompleteResponse::new(version, length)
        .complete_length(name.len() as u64)
        .content_encoding(value);
    let segment = ByteRange::new(length, length.wrapping_add(9));
    let held = segment.map_or(held.verified_by_digest(), |segment| held.segment(segment));
    if let Resume::Range(spec) = held.next_request() {
        let _ = write!(text, "{spec}");
    }
    for field in held.fields() {
        let _ = write!(text, "{field}");
    }
    let _ = write!(
        text,
        "{:?} {:?}",
        held.continued_by([(name, value), (value, name)]),
        held.unsatisfied_by([(name, value), (value, name)])
    );
    let specs = [
        RangeSpec::Suffix(length),
        RangeSpec::Int {
            first: length,
            last: None,
        },
    ];
    for field in version.resume_several(specs).into_iter().flatten() {
        let _ = write!(text, "{field}");
    }
    if let Some(field) = request_ranges(specs) {
        let _ = write!(text, "{field}");
    }
    let reader = match held.parts([(name, value), (value, name)]) {
        PartsResponse::Multipart(reader) => Ok(reader),
        PartsResponse::Single(part) => {
            requested(part, specs, text);
            MultipartReader::new(value)
        }
        _ => MultipartReader::new(name),
    };
    match reader {
        Ok(reader) => parts(reader.clone().complete_length(length), specs, value, text),
        Err(error) => _ = write!(text, "{error}"),
    }
}

/// Reads a content that has several parts.
fn parts(mut reader: MultipartReader, specs: [RangeSpec; 2], content: &[u8], text: &mut Count) {
    let mut rest = content.get(..MultipartReader::MAX_HEAD).unwrap_or(content);
    let _ = write!(text, "{reader:?}");
    loop {
        match reader.read(rest) {
            Ok(MultipartStep::Part(part)) => {
                let _ = write!(text, "{part:?} {}", part.content_type().is_some());
                requested(part.content_range(), specs, text);
                let length = usize::try_from(part.range().length()).unwrap_or(usize::MAX);
                let behind = rest.get(part.len()..).and_then(|rest| rest.get(length..));
                rest = behind.unwrap_or_default();
            }
            Ok(step) => {
                let _ = write!(text, "{step:?}");
                return;
            }
            Err(error) => {
                let _ = write!(text, "{error}");
                return;
            }
        }
    }
}

fn requested(part: ContentRange, specs: [RangeSpec; 2], text: &mut Count) {
    for held in part.requested(specs) {
        let (index, offset) = (held.index(), held.offset());
        let _ = write!(text, "{held:?} {index} {offset} {:?}", held.range());
        text.0 = text.0.wrapping_add(held.is_whole().into());
    }
}

/// # Safety
///
/// Each pointer points to as many octets as the number behind it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn evaluate_line(
    method: *const u8,
    method_length: usize,
    name: *const u8,
    name_length: usize,
    value: *const u8,
    value_length: usize,
    now: i64,
    out: *mut u8,
) -> u16 {
    // SAFETY: as demanded of the caller.
    let (method, name, value) = unsafe {
        (
            octets(method, method_length),
            octets(name, name_length),
            octets(value, value_length),
        )
    };
    let now = HttpDate::from_unix(now).unwrap_or(HttpDate::ASSUMED_NOW);
    let representation = Representation::with_validators(EntityTag::parse(value).ok(), Some(now))
        .complete_length(now.to_unix().unsigned_abs());
    let options = Options::new().now(now).already_applied().require_if_match();
    let mut evaluation = Evaluation::with_options(method, Some(&representation), options);
    evaluation.field(name, value);
    evaluation.field(value, name);
    let decision = evaluation.decide();
    let mut sum = decision.status();
    for malformed in decision.malformed() {
        sum = sum
            .wrapping_add(malformed.line())
            .wrapping_add(malformed.error().offset() as u16);
    }
    sum = sum.wrapping_add(u16::from(decision.not_modified_keeps(name)));
    sum = sum.wrapping_add(u16::from(decision.partial_content_keeps(name)));
    sum = sum.wrapping_add(u16::from(decision.content_range().is_some()));
    sum = sum.wrapping_add(decision.ranges(value).count() as u16);
    sum = sum.wrapping_add(IfMatch::parse(value).map_or(0, |list| list.tags().count() as u16));
    sum = sum.wrapping_add(IfNoneMatch::parse(value).map_or(0, |list| list.tags().count() as u16));
    sum = sum.wrapping_add(u16::from(IfRange::parse_at(value, now).is_ok()));
    sum = sum.wrapping_add(generate(value, now));
    let mut text = Count(sum);
    if let (Ok(tag), Ok(list), Ok(date)) = (
        EntityTag::parse(value),
        IfNoneMatch::parse(value),
        HttpDate::parse(value),
    ) {
        let _ = write!(text, "{tag} {tag:?} {list:?} {date} {date:?}");
        sum = sum.wrapping_add(u16::from(list.matches(tag) || tag.weak_eq(tag.to_weak())));
    }
    if let Err(error) = IfMatch::parse(value) {
        let _ = write!(text, "{error} {:?}", Field::from_name(name));
    }
    let at_once = evaluate(method, [(name, value)], Some(&representation));
    for malformed in at_once.malformed() {
        let _ = write!(text, "{malformed} {:?}", at_once.outcome());
    }
    let version = ResponseValidators::from_fields([(name, value), (value, name)]);
    ranges(name, value, version, &mut text);
    sum = sum.wrapping_add(overruled(method, name, value, &mut text));
    sum = sum.wrapping_add(text.0);
    let mut buffer = [0; 64];
    if let Ok(tag) = EntityTag::weak(value) {
        sum = sum.wrapping_add(
            tag.write_to(&mut buffer)
                .map_or(0, |octets| octets.len() as u16),
        );
    }
    sum = sum.wrapping_add(roles(method, name, value, now, &mut buffer));
    sum = sum.wrapping_add(response(&decision, &representation, value, &mut buffer));
    sum = sum.wrapping_add(webdav(&evaluation, name, value, &mut buffer));
    let text = now.to_imf_fixdate();
    for (index, octet) in text.iter().chain(&buffer).enumerate() {
        // SAFETY: `out` points to 93 octets, as many as the two have.
        unsafe { out.add(index).write(*octet) };
    }
    #[cfg(feature = "allocate")]
    core::mem::forget(alloc::vec::Vec::<u8>::with_capacity(sum.into()));
    #[cfg(feature = "panic")]
    let sum = buffer[usize::from(sum)].into();
    sum
}

/// All six fields for a representation whose length nobody says: what is linked for this has nothing that reads a Range
/// beyond its unit.
///
/// # Safety
///
/// Each pointer points to as many octets as the number behind it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn evaluate_without_length(
    name: *const u8,
    name_length: usize,
    value: *const u8,
    value_length: usize,
) -> u16 {
    // SAFETY: as demanded of the caller.
    let (name, value) = unsafe { (octets(name, name_length), octets(value, value_length)) };
    let representation =
        Representation::with_validators(EntityTag::parse(value).ok(), HttpDate::parse(value).ok());
    let mut evaluation = Evaluation::new(value, Some(&representation));
    evaluation.field(name, value);
    let decision = evaluation.decide();
    decision
        .status()
        .wrapping_add(u16::from(decision.honours_range()))
}
