//! A device without anything: start-up, and semihosting to talk to the emulator.
#![no_std]

#[cfg(target_arch = "arm")]
#[path = "arm.rs"]
mod device;
#[cfg(target_arch = "riscv32")]
#[path = "riscv.rs"]
mod device;
#[cfg(target_arch = "wasm32")]
#[path = "wasm.rs"]
mod device;

pub mod request;

use core::fmt;

pub use device::*;

/// Text for the emulator to print.
pub struct Console;

impl fmt::Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for octet in text.bytes() {
            device::print(octet);
        }
        Ok(())
    }
}

/// Says what happened, and ends the emulator with a failure. A program without panics does not have it.
#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    use fmt::Write as _;
    let _ = writeln!(Console, "{info}");
    device::exit(false)
}
