//! WebAssembly: `host.mjs` gives the two functions. There is no stack to paint and no counter.

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    #[link_name = "print"]
    safe fn host_print(octet: u32);
    #[link_name = "exit"]
    safe fn host_exit(success: u32);
}

pub fn print(octet: u8) {
    host_print(octet.into());
}

pub fn exit(success: bool) -> ! {
    host_exit(success.into());
    core::arch::wasm32::unreachable()
}
