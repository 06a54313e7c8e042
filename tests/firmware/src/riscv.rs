//! RISC-V: start-up, semihosting by its three instructions, and `minstret` as the counter.

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
    .section .text.reset, "ax"
    .global reset
reset:
    la sp, stack_top
    la t0, fault
    csrw mtvec, t0
    call main
    .balign 4
fault:
    li a0, 0x18
    li a1, 0
    call semihosting
    j fault

    .section .text.semihosting, "ax"
    .global semihosting
    .balign 16
semihosting:
    .option push
    .option norvc
    slli x0, x0, 0x1f
    ebreak
    srai x0, x0, 7
    .option pop
    ret

    .section .text.stack_of, "ax"
    .global stack_of
stack_of:
    addi sp, sp, -16
    sw ra, 12(sp)
    sw s0, 8(sp)
    sw s1, 4(sp)
    la s0, stack_limit
    li s1, 0xC5A3C5A3
    mv t0, s0
1:  sw s1, 0(t0)
    addi t0, t0, 4
    bltu t0, sp, 1b
    jalr a0
2:  lw t0, 0(s0)
    bne t0, s1, 3f
    addi s0, s0, 4
    bltu s0, sp, 2b
3:  sub a0, sp, s0
    lw ra, 12(sp)
    lw s0, 8(sp)
    lw s1, 4(sp)
    addi sp, sp, 16
    ret

    .section .text.turn, "ax"
    .global turn
turn:
    addi a0, a0, -1
    bnez a0, turn
    ret
    "#
);

/// Starts the counter, which runs always.
pub fn count() {}

/// What the counter has come to.
pub fn counted() -> u32 {
    let count;
    // SAFETY: reads a counter.
    unsafe { asm!("csrr {}, minstret", out(reg) count) };
    count
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
