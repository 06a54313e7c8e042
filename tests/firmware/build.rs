//! Says which memory the linker lays the program out for.

fn main() {
    let target = std::env::var("TARGET").unwrap_or_default();
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    if target.starts_with("wasm32") {
        println!("cargo:rustc-link-arg-bins=--no-entry");
        println!("cargo:rustc-link-arg-bins=--strip-all");
        println!("cargo:rustc-link-arg-bins=--export=main");
    } else {
        println!("cargo:rustc-link-arg-bins=-L{folder}/memory/{target}");
        println!("cargo:rustc-link-arg-bins=-T{folder}/link.ld");
    }
    println!("cargo:rerun-if-changed=link.ld");
    println!("cargo:rerun-if-changed=memory");
    println!("cargo:rerun-if-changed=../data");
}
