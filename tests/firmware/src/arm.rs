//! Cortex-M: the vector table, semihosting by `bkpt 0xAB`, and SysTick as the counter.

use core::arch::{asm, global_asm};

unsafe extern "C" {
    fn semihosting(operation: usize, argument: usize) -> usize;
    /// Paints the stack below, calls, and returns how many octets of it are no longer painted.
    pub fn stack_of(call: extern "C" fn()) -> usize;
    /// Turns around this often: two instructions each time.
    pub fn turn(times: usize);
}

global_asm!(
    r#"
    .section .vectors, "a"
    .word stack_top
    .word reset
    .word fault
    .word fault

    .section .text.reset, "ax"
    .thumb
    .global reset
    .type reset, %function
    .thumb_func
reset:
    bl main
    .type fault, %function
    .thumb_func
fault:
    movs r0, #0x18
    movs r1, #0
    bkpt 0xAB
    b fault

    .section .text.semihosting, "ax"
    .global semihosting
    .type semihosting, %function
    .thumb_func
semihosting:
    bkpt 0xAB
    bx lr

    .section .text.stack_of, "ax"
    .global stack_of
    .type stack_of, %function
    .thumb_func
stack_of:
    push {{r4, r5, r6, lr}}
    mov r4, sp
    ldr r5, 5f
    ldr r6, 6f
    mov r1, r5
1:  str r6, [r1]
    adds r1, #4
    cmp r1, r4
    blo 1b
    blx r0
3:  ldr r0, [r5]
    cmp r0, r6
    bne 4f
    adds r5, #4
    cmp r5, r4
    blo 3b
4:  subs r0, r4, r5
    pop {{r4, r5, r6, pc}}
    .balign 4
5:  .word stack_limit
6:  .word 0xC5A3C5A3

    .section .text.turn, "ax"
    .global turn
    .type turn, %function
    .thumb_func
turn:
    subs r0, #1
    bne turn
    bx lr
    "#
);

const SYST_CSR: *mut u32 = 0xE000_E010 as *mut u32;
const SYST_RVR: *mut u32 = 0xE000_E014 as *mut u32;
const SYST_CVR: *mut u32 = 0xE000_E018 as *mut u32;

/// Starts the counter.
pub fn count() {
    // SAFETY: the registers of SysTick, which every Cortex-M of these machines has.
    unsafe {
        SYST_RVR.write_volatile(0x00FF_FFFF);
        SYST_CVR.write_volatile(0);
        SYST_CSR.write_volatile(0b101);
        // The first tick reloads it.
        while SYST_CVR.read_volatile() == 0 {}
    }
}

/// What the counter has come to: it counts down.
pub fn counted() -> u32 {
    // SAFETY: as above.
    0x00FF_FFFF - unsafe { SYST_CVR.read_volatile() }
}

pub fn print(octet: u8) {
    // SAFETY: SYS_WRITEC takes the address of an octet.
    unsafe { semihosting(0x03, &raw const octet as usize) };
}

pub fn exit(success: bool) -> ! {
    // SAFETY: SYS_EXIT takes a reason: ADP_Stopped_ApplicationExit, or one that is a failure.
    unsafe { semihosting(0x18, if success { 0x20026 } else { 0 }) };
    loop {
        // SAFETY: waits.
        unsafe { asm!("wfi") };
    }
}
