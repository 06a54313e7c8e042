//! A request that comes from somewhere, and that the compiler knows nothing of.

use http_preconditions::{EntityTag, HttpDate, Representation};

/// Where a driver leaves a line: two pointers and two lengths, no name at the end of the header section.
#[unsafe(no_mangle)]
static mut LINE: [(usize, usize); 2] = [(0, 0); 2];

/// The next line of the header section.
#[inline(never)]
pub fn next_line() -> Option<(&'static [u8], &'static [u8])> {
    // SAFETY: the driver leaves what is valid until the next line is asked for.
    unsafe {
        let [name, value] = (&raw const LINE).read_volatile();
        let octets = |(start, length): (usize, usize)| {
            core::slice::from_raw_parts(core::ptr::with_exposed_provenance(start), length)
        };
        (name.0 != 0).then(|| (octets(name), octets(value)))
    }
}

/// Where the answer goes.
#[inline(never)]
pub fn answer(status: u16) {
    core::hint::black_box(status);
}

pub const TAG: EntityTag = EntityTag::from_static("\"v1\"");

/// What is in the device, and may change while it runs.
#[inline(never)]
pub fn current() -> Representation<'static> {
    let Ok(date) = HttpDate::from_unix(core::hint::black_box(783_459_811)) else {
        return Representation::new().etag(TAG);
    };
    Representation::new().etag(TAG).strong_last_modified(date)
}
